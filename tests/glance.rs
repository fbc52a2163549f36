//! A line that is judged at a glance is judged as the record that it holds, whatever stands
//! in it.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::print_stdout,
    reason = "a test may fail loudly, and says how much it tried"
)]

use std::cell::Cell;

use ruhu_core::{Assess, Library, Record, Refused, Verdict, Visit};
use ruhu_tests::engine::Engine;
use ruhu_tests::random::{forget, villager};
use ruhu_tests::run::{fail, run};
use ruhu_tests::slow::built_in;
use ruhu_tests::tape::Tape;
use serde_json::{Map, Value, json};

/// JSON as other programs write it: keys in any order, spaces, escapes, and now and then
/// something that should not be there.
struct Writer<'a, 'b> {
    tape: &'a Tape<'b>,
    /// Once in how many places something is out of the ordinary.
    odd: usize,
    text: String,
}

impl Writer<'_, '_> {
    fn put(&mut self, value: &Value) {
        if self.tape.once_in(self.odd) {
            let odd = [
                json!(null),
                json!(""),
                json!(" "),
                json!({}),
                json!([[], {}]),
                json!(true),
                json!(false),
                json!(7),
                json!(-3),
                json!("７"),
                json!("一"),
                json!("1"),
                json!({ "unknown": "refused", "was": "3" }),
                json!({ "unknown": "never" }),
                json!({ "key": 1, "answers": {} }),
                json!(4_294_967_296_u64),
                json!(1.5),
                json!("\u{202e}yes"),
                json!(" yes "),
                json!("2017-02-30"),
                json!("1990"),
            ];
            return self.text.push_str(&self.tape.of(&odd).to_string());
        }
        match value {
            Value::Object(entries) => self.object(entries),
            Value::Array(items) => {
                self.text.push('[');
                for (at, item) in items.iter().enumerate() {
                    self.between(at);
                    self.put(item);
                }
                self.text.push(']');
            }
            Value::String(text) => self.string(text),
            other => self.text.push_str(&other.to_string()),
        }
    }

    fn object(&mut self, entries: &Map<String, Value>) {
        let mut entries: Vec<(&String, &Value)> = entries.iter().collect();
        if self.tape.once_in(3) {
            entries.reverse();
        }
        if self.tape.once_in(self.odd * 2) && !entries.is_empty() {
            let again = *self.tape.of(&entries);
            entries.push(again);
        }
        if self.tape.once_in(self.odd * 2) && !entries.is_empty() {
            entries.remove(self.tape.below(entries.len()));
        }
        self.text.push('{');
        for (at, (key, value)) in entries.into_iter().enumerate() {
            self.between(at);
            let keys =
                ["x", "/answers/x", "answers", "key", "$serde_json::private::Number"];
            let is_odd = self.tape.once_in(self.odd * 3);
            self.string(if is_odd { self.tape.of::<&str>(&keys) } else { key });
            self.space();
            self.text.push(':');
            self.space();
            self.put(value);
        }
        self.text.push('}');
    }

    fn string(&mut self, text: &str) {
        // As portals send figures and answers.
        if self.tape.once_in(9) && !text.starts_with('0') && text.parse::<u64>().is_ok() {
            return self.text.push_str(text);
        }
        self.text.push('"');
        for sign in text.chars() {
            if self.tape.once_in(self.odd * 4) {
                let mut units = [0; 2];
                for unit in sign.encode_utf16(&mut units) {
                    self.text.push_str(&format!("\\u{unit:04x}"));
                }
            } else if self.tape.once_in(self.odd * 9) {
                self.text.push_str("\\ud800");
            } else {
                match sign {
                    '"' | '\\' => self.text.extend(['\\', sign]),
                    '\0'..='\u{1f}' => self.text.push_str("\\t"),
                    _ => self.text.push(sign),
                }
            }
        }
        self.text.push('"');
    }

    fn between(&mut self, at: usize) {
        if at > 0 {
            self.space();
            self.text.push(',');
        }
        self.space();
    }

    fn space(&mut self) {
        if self.tape.once_in(30) {
            self.text.push_str(self.tape.of::<&str>(&[" ", "\t", "  \r\n"]));
        }
    }
}

/// A text that is cut off, or has a sign too many.
fn spoil(text: &mut String, tape: &Tape<'_>) {
    let mut at = tape.below(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    match tape.below(3) {
        0 => text.truncate(at),
        1 => text.insert_str(
            at,
            tape.of::<&str>(&[",", "\"", "}", "1", "[", "\\", "\u{1}", "甲"]),
        ),
        _ => text.push_str(tape.of::<&str>(&["x", "}", " \n", "{}"])),
    }
}

type Judged = Result<Vec<Verdict>, Refused>;

fn closely(assess: &Assess, engine: &Engine, text: &str) -> Judged {
    let (record, _) = Record::from_json(text).map_err(Refused::Record)?;
    let standard = assess.standard(&record.standard)?;
    let visit = Visit::open(&standard, &engine.hints, record);
    Ok(visit.map_err(Refused::Setting)?.verdicts().to_vec())
}

fn at_a_glance(assess: &Assess, text: &str) -> Judged {
    assess.decide(text).map(|one| one.verdicts().map(|(_, verdict)| verdict).collect())
}

#[test]
fn a_line_is_judged_as_its_record() {
    let engine = Engine::new().unwrap();
    let assess = Assess::new(Library::builtin().unwrap(), "zh-CN").unwrap();
    let said = [const { Cell::new(0_usize) }; 4];
    for name in engine.library.names() {
        let standard = engine.standard(name).unwrap();
        let rules = built_in(&engine, name).unwrap();
        let used = rules.used();
        run(3_000, 4_000, |tape| {
            let mut sketch = villager(&standard, (&rules, &used), tape);
            if tape.once_in(2) {
                sketch = forget(&sketch, (&rules, &used), 12, tape);
            }
            let odd = *tape.of(&[1_000_000, 300, 40]);
            let mut writer = Writer { tape, odd, text: String::new() };
            writer.put(&sketch.record());
            let mut text = writer.text;
            if tape.once_in(12) {
                spoil(&mut text, tape);
            }
            let (one, other) =
                (closely(&assess, &engine, &text), at_a_glance(&assess, &text));
            let counts = |verdict: Verdict| {
                usize::from(verdict.is_decided()) + usize::from(verdict == Verdict::Met)
            };
            match &one {
                Ok(verdicts) => verdicts.iter().for_each(|verdict| {
                    let count = &said[counts(*verdict)];
                    count.set(count.get() + 1);
                }),
                Err(_) => said[3].set(said[3].get() + 1),
            }
            if one == other {
                Ok(())
            } else {
                fail(format!("{one:?}, {other:?}: {text}"))
            }
        });
    }
    let [open, not_met, met, refused] = said.map(Cell::into_inner);
    println!(
        "at a glance: {met} met, {not_met} not met, {open} unknown, {refused} refused"
    );
    assert!([open, not_met, met, refused * 20].iter().all(|count| *count > 5_000));
}

/// Texts that could be read in two ways: what counts is what a record takes of them.
#[test]
fn what_could_be_read_otherwise_is_not() {
    let engine = Engine::new().unwrap();
    let assess = Assess::new(Library::builtin().unwrap(), "zh-CN").unwrap();
    let people = |count: usize, key: fn(usize) -> String, insured: &str| {
        let row = |at| {
            format!(
                r#"{{"key":{},"answers":{{"member_change":"none","special_status":"none","insurance_excuse":"none","employee_insurance":"no","commercial_insurance":"no","resident_insurance":"{insured}"}}}}"#,
                key(at)
            )
        };
        let rows: Vec<String> = (1..=count).map(row).collect();
        format!(r#""member":{{"complete":true,"rows":[{}]}}"#, rows.join(","))
    };
    let own = |at: usize| at.to_string();
    let rich = r#""answers":{"income_is_stable":"yes"}"#;
    // Between the two lines of 2017, so that the reading decides.
    let paid = r#""wage":{"complete":true,"rows":[{"key":1,"answers":{"wage_amount":"3100","wage_place":"in_township"}}]},"business":{"complete":true},"property":{"complete":true},"transfer":{"complete":true}"#;
    let lists = |inside: &str| format!(r#""lists":{{{inside}}}"#);
    let one = people(1, own, "yes");
    let both = lists(&format!("{one},{paid}"));
    let texts = [
        format!(r#""choices":{{"income_line":"national"}},{rich},{both}"#),
        format!(r#""choices":{{"income_line":"working"}},{rich},{both}"#),
        format!(r#""choices":{{"income_line":"working"}},"choices":{{}},{rich},{both}"#),
        format!(
            r#""choices":{{"income_line":"working","income_line":null}},{rich},{both}"#
        ),
        format!(
            r#""choices":{{"income_line":null,"income_line":"working"}},{rich},{both}"#
        ),
        format!(r#"{rich},{both},{}"#, lists("")),
        format!(r#"{rich},{},{both}"#, lists("")),
        lists(&people(64, own, "yes")),
        lists(&people(65, own, "yes")),
        lists(&people(300, own, "yes")),
        lists(&people(70, own, "no").replacen(
            "resident_insurance\":\"no",
            "resident_insurance\":\"yes",
            64,
        )),
        lists(&people(70, own, "no").replacen("\"no\"", "\"yes\"", 64)),
        lists(&people(3, |_| "1".to_owned(), "yes")),
        lists(&people(3, |at| format!("\"{at}\""), "yes")),
        lists(&people(3, |at| format!("-{at}"), "yes")),
        lists(&format!("{one},{}", people(2, own, "no"))),
        lists(&format!("{},{one}", people(2, own, "no"))),
        lists(r#""member":{"complete":true,"complete":false,"rows":[]}"#),
        lists(r#""member":{"rows":[],"rows":[{"key":1}],"complete":true}"#),
        lists(r#""member":{"rows":[{"answers":{}}],"complete":true}"#),
        lists(r#""member":{"rows":[7],"complete":true}"#),
        r#""answers":{"power_connected":"no"},"answers":{"power_connected":"yes"}"#
            .to_owned(),
        r#""answers":{"power_connected":"no","power_connected":"yes"}"#.to_owned(),
        r#""answers":{"power_connected":"yes","power_connected":null}"#.to_owned(),
        r#""answers":{"power_connected":"yes","power_connected":{"unknown":"refused"}}"#
            .to_owned(),
        r#""answers":{"power_connected":"yes"},"answers":7"#.to_owned(),
        r#""answers":{"power_connected":"yes"},"ruhu":"1""#.to_owned(),
        r#""answers":{"power_connected":"yes"},"ruhu":1.0"#.to_owned(),
        r#""answers":{"power_connected":"yes"},"ruhu":null"#.to_owned(),
        r#""answers":{"power_connected":"yes"},"ruhu":2"#.to_owned(),
        format!(
            r#""answers":{{"power_connected":"yes"}},"log":{}1{}"#,
            "[".repeat(90),
            "]".repeat(90)
        ),
        format!(
            r#""answers":{{"power_connected":"yes"}},"log":{}1{}"#,
            "[".repeat(200),
            "]".repeat(200)
        ),
        format!(r#""answers":{{"power_connected":"yes"}},"{}":1"#, "k".repeat(300)),
        format!(
            r#""answers":{{"power_connected":"yes"}},"note":"{}""#,
            "k".repeat(200_000)
        ),
    ];
    let head = r#""standard":"sichuan-household-2016","date":"2017-10-15""#;
    let mut all = std::collections::BTreeSet::new();
    for text in texts {
        let text = format!("{{{head},{text}}}");
        let judged = closely(&assess, &engine, &text);
        assert_eq!(judged, at_a_glance(&assess, &text), "{text}");
        all.insert(format!("{judged:?}"));
    }
    assert!(all.len() >= 6, "they say little: {all:?}");
}
