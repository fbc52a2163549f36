//! Random small standards: their pages in a shorthand, beside the same made from the file.

use std::cell::Cell;

use ruhu_core::Lang;
use ruhu_tests::engine::Engine;
use ruhu_tests::random::{Maker, Where, standard};
use ruhu_tests::run::{fail, run};
use serde_json::{Value, json};

use super::marks::dangling;

/// A page in these words can be compared sign by sign.
const SHORTHAND: &[(&str, &str)] = &[
    ("page.all", "all"),
    ("page.any", "any"),
    ("page.at_least", "at_least {count}"),
    ("page.not.below", "not"),
    ("page.if", "if"),
    ("page.if.when", "when:␣"),
    ("page.if.then", "then:␣"),
    ("page.if.else", "else:␣"),
    ("page.every", "every {row}"),
    ("page.every.only", "every {row} where {only}"),
    ("page.every.where", "every {row} where below"),
    ("page.some", "some {row}"),
    ("page.some.only", "some {row} where {only}"),
    ("page.some.where", "some {row} where below"),
    ("page.where", "where:␣"),
    ("page.holds", "holds:␣"),
    ("page.bracket", "({what})"),
    ("page.and", "␣and␣"),
    ("page.or", "␣or␣"),
    ("page.or.of", "␣of␣"),
    ("page.at_least.of", "at_least {count}: {what}"),
    ("page.if.of", "if {when} then {then} else {else}"),
    ("page.every.of", "every {row}: {what}"),
    ("page.every.of.only", "every {row} where {only}: {what}"),
    ("page.some.of", "some {row}: {what}"),
    ("page.some.of.only", "some {row} where {only}: {what}"),
    ("page.not", "not {what}"),
    ("page.fact", "{fact}"),
    ("page.is", "{fact} is {options}"),
    ("page.is.not", "{fact} is not {options}"),
    ("page.set", "{param} is {options}"),
    ("page.set.not", "{param} is not {options}"),
    ("page.same", "{fact} same {row}"),
    ("page.same.not", "{fact} not same {row}"),
    ("page.named", "{name}"),
    ("page.named.not", "not {name}"),
    ("page.over", "{left} over {right}"),
    ("page.no_less", "{left} no_less {right}"),
    ("page.under", "{left} under {right}"),
    ("page.no_more", "{left} no_more {right}"),
    ("page.equal", "{left} equal {right}"),
    ("page.equal.not", "{left} not equal {right}"),
    ("page.between", "{left} between {low} {high}"),
    ("page.between.not", "{left} not between {low} {high}"),
    ("page.in_unit", "{name}"),
    ("page.plus", "␣+␣"),
    ("page.less", "{one} less {other}"),
    ("say.times_open", "{one} times {other}"),
    ("page.take.of", "if {when} then {then} else {else}"),
    ("page.sum", "sum {what} of {rows}"),
    ("page.count", "count {row}"),
    ("page.count.only", "count {row} where {only}"),
    ("page.min", "min {what} of {rows}"),
    ("page.max", "max {what} of {rows}"),
    ("page.age", "age {born} at {at}"),
    ("page.last", "last {day}"),
    ("page.rows", "{row}"),
    ("page.rows.only", "{row} where {only}"),
    ("page.row", "{entity}"),
    ("say.option", "{option}"),
    ("say.or", "␣or␣"),
    ("say.true", "yes"),
    ("say.false", "no"),
];

/// A language that says conditions in the shorthand.
fn shorthand(engine: &Engine) -> Lang {
    let words: serde_json::Map<String, Value> =
        SHORTHAND.iter().map(|(key, text)| ((*key).to_owned(), json!(text))).collect();
    let document = json!({
        "standard": {
            "id": "words", "title": "words", "level": "nation", "status": "proposed",
            "years": [2017, 2017],
        },
        "words": { "zh-CN": words },
    });
    let mut lang = engine.library.lang("zh-CN");
    lang.add(&engine.read(&document).unwrap());
    lang
}

fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The only entry of a table, or the one that says what the table is.
fn entry(value: &Value) -> (&str, &Value) {
    let map = value.as_object().unwrap();
    let chief = ["every", "some", "at_least", "if", "age", "count", "sum", "min", "max"];
    let found = map.iter().find(|(key, _)| chief.contains(&key.as_str()));
    let (key, inner) = found.or(map.iter().next()).unwrap();
    (key, inner)
}

fn is_leaf(value: &Value) -> bool {
    if value.is_string() {
        return true;
    }
    match entry(value) {
        ("all" | "any" | "at_least" | "if" | "every" | "some", _) => false,
        ("not", inner) => is_leaf(inner),
        _ => true,
    }
}

/// A condition as lines, each with the depth it stands at.
fn lines(value: &Value, depth: usize, label: &str, into: &mut Vec<String>) {
    let mut line = |text: String| {
        into.push(format!("{}- {label}{text}", "  ".repeat(depth)));
    };
    if is_leaf(value) {
        return line(phrase(value));
    }
    let below = depth + 1;
    match entry(value) {
        (key @ ("all" | "any"), inner) => {
            line(key.to_owned());
            items(inner).iter().for_each(|item| lines(item, below, "", into));
        }
        ("at_least", count) => {
            line(format!("at_least {count}"));
            items(&value["of"]).iter().for_each(|item| lines(item, below, "", into));
        }
        ("not", inner) => {
            line("not".to_owned());
            lines(inner, below, "", into);
        }
        ("if", condition) => {
            line("if".to_owned());
            lines(condition, below, "when: ", into);
            lines(&value["then"], below, "then: ", into);
            lines(&value["else"], below, "else: ", into);
        }
        (key, list) => {
            let list = list.as_str().unwrap();
            match value.get("where") {
                None => line(format!("{key} {list}")),
                Some(only) if is_leaf(only) => {
                    line(format!("{key} {list} where {}", phrase(only)));
                }
                Some(only) => {
                    line(format!("{key} {list} where below"));
                    lines(only, below, "where: ", into);
                    return lines(&value["holds"], below, "holds: ", into);
                }
            }
            lines(&value["holds"], below, "", into);
        }
    }
}

fn part(value: &Value) -> String {
    if is_leaf(value) { phrase(value) } else { format!("({})", phrase(value)) }
}

fn parts(value: &Value, between: &str) -> String {
    items(value).iter().map(part).collect::<Vec<_>>().join(between)
}

const DEFINES: [&str; 2] = ["some_item", "good"];

/// A condition within a line.
fn phrase(value: &Value) -> String {
    if let Some(name) = value.as_str() {
        let is_named = DEFINES.contains(&name);
        return if is_named { name.to_owned() } else { format!("{name} is yes") };
    }
    let two = |inner: &Value, sign: &str| {
        let sides: Vec<String> = items(inner).iter().map(side).collect();
        format!("{} {sign} {}", sides[0], sides[1..].join(" "))
    };
    let options = |inner: &Value| {
        let names: Vec<&str> =
            items(inner).iter().map(|one| one.as_str().unwrap()).collect();
        (names[0].to_owned(), names[1..].join(" or "))
    };
    match entry(value) {
        ("all", inner) => parts(inner, " and "),
        ("any", inner) => parts(inner, " or "),
        ("at_least", count) => {
            format!("at_least {count}: {}", parts(&value["of"], " of "))
        }
        ("if", condition) => format!(
            "if {} then {} else {}",
            part(condition),
            part(&value["then"]),
            part(&value["else"])
        ),
        (key @ ("every" | "some"), list) => {
            format!("{key} {}: {}", rows(list, value), part(&value["holds"]))
        }
        ("is", inner) => {
            let (name, options) = options(inner);
            format!("{name} is {options}")
        }
        ("same", fact) => format!("{} same item", fact.as_str().unwrap()),
        ("not", Value::String(name)) if DEFINES.contains(&name.as_str()) => {
            format!("not {name}")
        }
        ("not", Value::String(name)) => format!("{name} is no"),
        ("not", inner) => match entry(inner) {
            ("is", inner) => {
                let (name, options) = options(inner);
                format!("{name} is not {options}")
            }
            ("same", fact) => format!("{} not same item", fact.as_str().unwrap()),
            (key @ ("equal" | "between"), inner) => two(inner, &format!("not {key}")),
            _ => format!("not {}", part(inner)),
        },
        (sign, inner) => two(inner, sign),
    }
}

fn rows(list: &Value, value: &Value) -> String {
    let list = list.as_str().unwrap();
    let only = value.get("where").map(|only| format!(" where {}", part(only)));
    format!("{list}{}", only.unwrap_or_default())
}

fn side(value: &Value) -> String {
    let is_if = value.get("if").is_some();
    if is_if { format!("({})", number(value)) } else { number(value) }
}

fn operand(value: &Value) -> String {
    let is_made =
        ["add", "less", "times", "if"].into_iter().any(|key| value.get(key).is_some());
    if is_made { format!("({})", number(value)) } else { number(value) }
}

fn number(value: &Value) -> String {
    if let Some(name) = value.as_str() {
        return name.to_owned();
    }
    let join = |inner: &Value, sign: &str| {
        items(inner).iter().map(operand).collect::<Vec<_>>().join(sign)
    };
    match entry(value) {
        ("add", inner) => join(inner, " + "),
        ("less", inner) => join(inner, " less "),
        ("times", inner) => join(inner, " times "),
        ("if", condition) => format!(
            "if {} then {} else {}",
            phrase(condition),
            operand(&value["then"]),
            operand(&value["else"])
        ),
        ("age", born) => format!("age {} at {}", side(born), side(&value["at"])),
        ("last", day) => format!("last {}", day.as_str().unwrap()),
        ("count", list) => format!("count {}", rows(list, value)),
        (key, inner) => {
            format!("{key} {} of {}", operand(inner), rows(&value["of"], value))
        }
    }
}

/// The points of every criterion, without links.
fn points(page: &str) -> Vec<Vec<String>> {
    let mut made: Vec<Vec<String>> = Vec::new();
    for line in page.lines().skip_while(|line| !line.starts_with("## ")).skip(1) {
        if line.starts_with("## ") {
            break;
        }
        if line.starts_with("### ") {
            made.push(Vec::new());
        }
        if let Some(points) =
            made.last_mut().filter(|_| line.trim_start().starts_with("- "))
        {
            let mut pieces = line.split("](#");
            let mut text = pieces.next().unwrap().to_owned();
            for piece in pieces {
                text.push_str(piece.split_once(')').unwrap().1);
            }
            points.push(text.replace(['[', '\\'], ""));
        }
    }
    made
}

#[test]
fn a_page_says_every_part_of_every_condition_and_no_other() {
    let engine = Engine::new().unwrap();
    let shorthand = shorthand(&engine);
    let english = engine.library.lang("en");
    let (tried, said) = (Cell::new(0_usize), Cell::new(0_usize));
    run(1_300, 120, |tape| {
        let make = || Maker::new(tape, 14).condition(Where::Household);
        let Some((standard, rules)) = standard(&engine, 3, make) else { return Ok(()) };
        let page = standard.page(&shorthand);
        let found = points(&page);
        for (at, criterion) in found.iter().enumerate() {
            let asks: Value = serde_json::from_str(&rules.condition(at)).unwrap();
            let mut wanted = Vec::new();
            lines(&asks, 0, "", &mut wanted);
            if *criterion != wanted {
                let told = [wanted, criterion.clone()].map(|lines| lines.join("\n"));
                return fail(format!(
                    "{asks}\n{}\n\nbut the page:\n{}",
                    told[0], told[1]
                ));
            }
            said.set(said.get() + wanted.len());
        }
        if found.len() != standard.criteria().len() {
            return fail(format!("{} criteria on the page", found.len()));
        }
        if let Err(lost) = dangling(&standard.page(&english)) {
            return fail(lost);
        }
        tried.set(tried.get() + 1);
        Ok(())
    });
    println!("{} standards, {} points", tried.get(), said.get());
    assert!(tried.get() >= 1_000, "{}", tried.get());
}
