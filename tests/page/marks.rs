//! Marks: links that lead somewhere, words that stay words.

use std::collections::BTreeSet;

use ruhu_core::Standard;
use ruhu_tests::engine::Engine;
use serde_json::json;

use super::pages;

/// The anchor of every heading; none may be there twice.
fn anchors(page: &str) -> Result<BTreeSet<&str>, String> {
    let mut found = BTreeSet::new();
    for line in page.lines().filter(|line| line.starts_with('#')) {
        let (heading, anchor) = line.split_once("<a id=\"").ok_or(line)?;
        let anchor = anchor.strip_suffix("\"></a>").ok_or(line)?;
        if !found.insert(anchor) {
            return Err(format!("twice: {anchor}"));
        }
        // What a renderer would make of the heading itself.
        let words = heading.trim_start_matches('#').trim().to_lowercase();
        let own: String = words
            .chars()
            .filter(|char| char.is_alphanumeric() || " -_".contains(*char))
            .map(|char| if char == ' ' { '-' } else { char })
            .collect();
        let more = anchor.strip_prefix(&own).ok_or(line)?;
        let number =
            more.strip_prefix('-').is_some_and(|more| more.parse::<u32>().is_ok());
        if own.is_empty() || !(more.is_empty() || number) {
            return Err(format!("{line}: a renderer makes it `{own}`"));
        }
    }
    Ok(found)
}

/// Whether every link leads to a heading.
pub(super) fn dangling(page: &str) -> Result<(), String> {
    let anchors = anchors(page)?;
    let links = page.split("](#").skip(1).filter_map(|rest| rest.split_once(')'));
    let mut lost = links.map(|(link, _)| link).filter(|link| !anchors.contains(link));
    lost.next().map_or(Ok(()), |link| Err(format!("leads nowhere: {link}")))
}

#[test]
fn every_link_leads_to_a_heading() {
    let engine = Engine::new().unwrap();
    for (name, page) in pages(&engine) {
        assert!(page.matches("](#").count() > 100, "{name}");
        assert_eq!(dangling(&page), Ok(()), "{name}");
    }
}

#[test]
fn no_blank_and_no_key_is_left() {
    let engine = Engine::new().unwrap();
    let kinds = [
        "criterion",
        "term",
        "define",
        "quantity",
        "param",
        "reading",
        "fact",
        "option",
        "topic",
        "entity",
        "unit",
        "group",
        "grouping",
        "hint",
        "level",
        "status",
        "page",
        "say",
        "standard",
        "verdict",
    ];
    for (name, page) in pages(&engine) {
        assert!(!page.contains('{') && !page.contains('}'), "{name}: a blank");
        let words = page.split(|char: char| !char.is_ascii_alphanumeric() && char != '.');
        for word in words {
            let kind = word.split_once('.').filter(|(_, id)| !id.is_empty());
            let key = kind.is_some_and(|(kind, _)| kinds.contains(&kind));
            assert!(!key, "{name}: {word}");
        }
        // A name without words is said as its id: of two words at least, joined by `_`.
        let ids = page.split(|char: char| !(char.is_ascii_lowercase() || char == '_'));
        let ids: Vec<&str> = ids.filter(|word| word.contains('_')).collect();
        assert_eq!(ids, Vec::<&str>::new(), "{name}");
    }
}

/// Everything that could be taken for a mark, a line or a blank.
const NASTY: &str = "# a|b *c* _d_ <e> `f` [g](#h) \\ {i} ![j] &amp; ~~k~~ $l$\n- m\r\n1. n\n\n> o\t|---|";

fn nasty(engine: &Engine) -> Standard {
    let source = |id: &str| json!({ "id": id, "title": NASTY, "number": NASTY, "date": NASTY, "note": NASTY, "status": "proposed" });
    let value = |value: &str, reading: &str| {
        json!({
            "years": [2017, 2018], "value": value, "reading": reading, "source": NASTY,
            "clause": NASTY, "status": "proposed",
        })
    };
    let words = [
        "criterion.c",
        "term.c",
        "define.d",
        "quantity.q",
        "param.p",
        "param.s",
        "param.s.x",
        "param.s.y",
        "reading.r",
        "reading.t",
        "fact.f",
        "fact.n",
        "fact.o",
        "option.o.a",
        "option.o.b",
        "topic.mine",
        "unit.thing",
        "grouping.g",
        "group.h",
        "hint.i",
    ];
    let words: serde_json::Map<_, _> =
        words.iter().map(|key| ((*key).to_owned(), json!(NASTY))).collect();
    let document = json!({
        "standard": {
            "id": "nasty", "title": NASTY, "level": "county", "place": NASTY,
            "status": "proposed", "years": [2017, 2018],
        },
        "source": [source(NASTY), source("- 1"), source("***"), source("12. x")],
        "topics": [{
            "topic": { "id": "mine", "order": 900 },
            "fact": [
                { "id": "f", "kind": "yes_no" },
                { "id": "n", "kind": "count", "unit": "thing", "range": [0, 9] },
                {
                    "id": "o", "kind": "choice", "when": "f",
                    "options": [{ "id": "a", "code": NASTY }, { "id": "b" }],
                },
            ],
        }],
        "param": [
            { "id": "p", "kind": "count", "unit": "thing", "value": [value("1", "r"), value("2", "t")] },
            { "id": "s", "kind": "choice", "options": ["x", "y"], "default": "x", "value": [value("x", "x")] },
        ],
        "define": [{ "id": "d", "when": { "is": ["o", "a"] }, "source": NASTY, "text": NASTY }],
        "quantity": [{ "id": "q", "unit": "thing", "value": { "add": ["n", "p"] }, "source": NASTY }],
        "criterion": [{
            "id": "c", "topic": "mine", "source": NASTY, "clause": NASTY, "text": NASTY,
            "met": { "any": ["d", "f", { "over": ["q", "p"] }, { "is": ["s", "x"] }] },
        }],
        "grouping": [{ "id": "g", "groups": [{ "id": "h", "criteria": ["c"] }] }],
        "hint": [{ "id": "i", "topic": "mine", "source": NASTY, "facts": ["n"], "when": "f" }],
        "words": { "zh-CN": words, "en": words },
    });
    engine.library.read(&document.to_string()).unwrap()
}

/// A line without what is escaped in it.
fn bare(line: &str) -> String {
    let mut made = String::new();
    let mut chars = line.chars();
    while let Some(char) = chars.next() {
        if char == '\\' {
            chars.next();
        } else {
            made.push(char);
        }
    }
    made
}

#[test]
fn words_are_never_taken_for_marks() {
    let engine = Engine::new().unwrap();
    let standard = nasty(&engine);
    for language in engine.library.languages() {
        let page = standard.page(&engine.library.lang(language));
        assert_eq!(dangling_of_nasty(&page), Ok(()));
        let mut columns = 0;
        for line in page.lines() {
            let bare = bare(line);
            let text = bare.trim_start();
            // No mark but ours: links, anchors, ids, tables, points and quotes.
            let inner = text.trim_start_matches("- ").trim_start_matches("> ");
            for mark in ["*", "_", "~", "$", "&", "{", "![", "<e", "- m", "1. n"] {
                let own = inner.split("](#").map(|part| part.split_once(')'));
                let own = own.map(|part| part.map_or("", |(_, rest)| rest));
                let first = inner.split("](#").next().unwrap();
                let seen = own.chain([first]).any(|part| part.starts_with(mark));
                assert!(!seen, "{line}: {mark}");
            }
            let pipes = bare.matches('|').count();
            assert!(pipes == 0 || text.starts_with('|'), "{line}");
            assert!(columns == 0 || pipes == 0 || pipes == columns, "{line}");
            columns = pipes;
            let marks = bare.matches('<').count();
            assert_eq!(marks, if line.starts_with('#') { 2 } else { 0 }, "{line}");
        }
    }
}

/// Headings may hold escaped marks, which the short way above does not read.
fn dangling_of_nasty(page: &str) -> Result<(), String> {
    let anchors: BTreeSet<&str> = page
        .lines()
        .filter(|line| line.starts_with('#'))
        .filter_map(|line| line.rsplit_once("<a id=\"")?.1.strip_suffix("\"></a>"))
        .collect();
    let headings = page.lines().filter(|line| line.starts_with('#')).count();
    if headings != anchors.len() {
        return Err(format!("{headings} headings, {} anchors", anchors.len()));
    }
    for (link, _) in page.split("](#").skip(1).filter_map(|rest| rest.split_once(')')) {
        // A link that was only written about is escaped: `\](#h)`.
        if !anchors.contains(link) && link != "h" {
            return Err(format!("leads nowhere: {link}"));
        }
    }
    Ok(())
}
