//! Lines through `ruhu`: in order, each judged as the core judges it, none lost unseen.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::PathBuf;
use std::process::Stdio;
use std::rc::Rc;
use std::thread;

use super::{Ended, command, ruhu, scratch};
use ruhu_core::{Assess, Library};
use ruhu_tests::case;
use ruhu_tests::data::{folder, read};

fn cases() -> Vec<String> {
    case::all().into_iter().map(|(_, case)| case.unwrap().record.to_string()).collect()
}

/// The core's door, with those standards of the cases that do not ship; and the words that
/// bring them along.
fn assess() -> (Assess, Vec<String>) {
    let library = Library::builtin().unwrap();
    let named = case::all().into_iter().map(|(_, case)| case.unwrap().standard);
    let own = named.filter(|name| library.standard(name).is_err());
    let own: BTreeSet<PathBuf> =
        own.map(|name| folder("tests/standards").join(format!("{name}.toml"))).collect();
    let read = own.iter().map(|path| library.read(&read(path).unwrap().to_string()));
    let read: Vec<_> = read.map(Result::unwrap).collect();
    let mut assess = Assess::new(library, "zh-CN").unwrap();
    read.into_iter().for_each(|standard| assess.add(Rc::new(standard)));
    let words =
        own.iter().flat_map(|path| ["--with".to_owned(), path.display().to_string()]);
    (assess, words.collect())
}

fn call(words: &[&str], given: &str) -> Ended {
    let own = assess().1;
    let words = words.iter().copied().chain(own.iter().map(String::as_str));
    ruhu(&words.collect::<Vec<_>>(), given)
}

#[test]
fn every_case_has_the_report_of_the_core() {
    let (cases, (core, _)) = (cases(), assess());
    let Ended { out, told, code } = call(&["assess", "--jobs", "3"], &cases.join("\n"));
    assert_eq!((told.as_str(), code), ("", 0));
    assert_eq!(out.lines().count(), cases.len());
    for (record, line) in cases.iter().zip(out.lines()) {
        assert_eq!(core.report(record).unwrap(), line, "{record}");
    }
}

#[test]
fn verdicts_alone_are_those_of_the_reports() {
    let cases = cases().join("\n");
    let whole = call(&["assess"], &cases).json();
    let short = call(&["assess", "--decide", "-j2"], &cases).json();
    assert_eq!(whole.len(), short.len());
    for (whole, short) in whole.iter().zip(&short) {
        assert_eq!(whole["id"], short["id"]);
        assert_eq!(whole["verdict"], short["verdict"], "{}", short["id"]);
        assert_eq!(whole["standard"]["decides"], short["decides"]);
        for criterion in whole["criteria"].as_array().unwrap() {
            let id = criterion["id"].as_str().unwrap();
            assert_eq!(
                criterion["verdict"], short["criteria"][id],
                "{} {id}",
                short["id"]
            );
        }
    }
}

/// Enough lines that every thread has many batches.
#[test]
fn the_order_stays_whatever_the_threads_do() {
    let (cases, wanted) = (cases(), 20_000);
    let numbered = (0..wanted).zip(cases.iter().cycle()).map(|(number, record)| {
        let mut record: serde_json::Value = serde_json::from_str(record).unwrap();
        record["id"] = number.to_string().into();
        // Some are long and some are short, so that they are not done in step.
        if number % 97 == 0 {
            record["filler"] = "甲".repeat(30_000).into();
        }
        record.to_string()
    });
    let lines = numbered.collect::<Vec<_>>().join("\n");
    let one = call(&["assess", "--decide"], &lines);
    for jobs in ["-j2", "-j7"] {
        assert_eq!(call(&["assess", "--decide", jobs], &lines).out, one.out, "{jobs}");
    }
    let ids = one.json().into_iter().map(|line| line["id"].as_str().unwrap().to_owned());
    assert!(ids.eq((0..wanted).map(|number| number.to_string())));
}

/// Whatever a line is, it has its answer, its place is told, and the others are judged.
#[test]
fn what_cannot_be_judged_is_told_and_the_rest_goes_on() {
    let good = &cases()[0];
    let with = |from: &str, to: &str| {
        assert!(good.contains(from), "{good}");
        good.replacen(from, to, 1).into_bytes()
    };
    let bad: [(&str, Vec<u8>); 9] = [
        ("not_json", b"{\"ruhu\":1,".to_vec()),
        ("not_a_record", b"[]".to_vec()),
        ("not_text", vec![b'{', 0xff, 0xfe, b'}']),
        ("newer", with("\"ruhu\":1", "\"ruhu\":2")),
        ("no_standard", b"{\"ruhu\":1,\"answers\":{}}".to_vec()),
        ("unknown_standard", with("\"standard\":\"", "\"standard\":\"x-")),
        ("year", with("\"year\":20", "\"year\":19")),
        ("date", b"{\"standard\":\"sichuan-household-2016\",\"answers\":{},\"date\":\"2017-13-41\"}".to_vec()),
        ("too_large", [b"{\"ruhu\":1,\"a\":\"", "甲".repeat(18_000_000).as_bytes(), b"\"}"].concat()),
    ];
    let path = scratch("bad").join("bad.jsonl");
    let mut bytes = Vec::new();
    for (_, line) in &bad {
        for line in [good.as_bytes(), line] {
            bytes.extend_from_slice(line);
            bytes.extend_from_slice(b"\r\n\n");
        }
    }
    fs::write(&path, bytes).unwrap();
    let ended = ruhu(&["assess", "--decide", path.to_str().unwrap()], "");
    assert_eq!(ended.code, 1);
    let lines = ended.json();
    assert_eq!(lines.len(), bad.len() * 2);
    let told: Vec<&str> = ended.told.lines().collect();
    assert_eq!(told.len(), bad.len(), "{}", ended.told);
    for (at, (key, _)) in bad.iter().enumerate() {
        assert!(lines[at * 2].get("verdict").is_some(), "{}", lines[at * 2]);
        assert_eq!(lines[at * 2 + 1]["refused"], *key);
        let (place, why) = told[at].split_once(": ").unwrap();
        // Each is followed by a blank line, which counts.
        assert_eq!(place, format!("{}:{}", path.display(), at * 4 + 3));
        assert_eq!(lines[at * 2 + 1]["text"], why);
    }
}

#[test]
fn a_last_line_that_is_cut_off_is_told() {
    let good = &cases()[0];
    let cut: String = good.chars().take(good.chars().count() / 2).collect();
    let ended = ruhu(&["assess", "--decide"], &format!("{good}\n{cut}"));
    assert_eq!((ended.code, ended.json().len()), (1, 2));
    assert!(ended.told.starts_with("-:2: "), "{}", ended.told);
}

/// Answers leave while questions still come: whoever asks line by line is answered, and
/// whoever stops reading ends it.
#[test]
fn it_ends_when_nobody_reads_any_more() {
    let mut child = command(&["assess", "--decide"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut given = child.stdin.take().unwrap();
    let line = format!("{}\n", cases()[0]);
    let writer = thread::spawn(move || {
        // Ends only when nobody takes them.
        while given.write_all(line.as_bytes()).is_ok() {}
    });
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut first = String::new();
    out.read_line(&mut first).unwrap();
    assert!(first.contains("\"verdict\""), "{first}");
    drop(out);
    writer.join().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let mut told = String::new();
    child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    assert_eq!(told, "");
}

#[test]
fn settings_take_the_place_of_those_of_the_records() {
    let record = r#"{"ruhu":1,"id":"甲","answers":{"power_connected":"yes"}}"#;
    let words =
        ["assess", "--standard", "sichuan-household-2016", "--date", "2017-10-15"];
    let [report] = &ruhu(&words, record).json()[..] else { unreachable!("one line") };
    assert_eq!((&report["id"], &report["year"]), (&"甲".into(), &2017.into()));
    assert_eq!(report["params"]["income_line"]["reading"], serde_json::Value::Null);
    let words =
        [&words[..], &["--year", "2016", "--set", "income_line=working"]].concat();
    let [report] = &ruhu(&words, record).json()[..] else { unreachable!("one line") };
    assert_eq!(report["year"], 2016);
    assert_eq!(report["params"]["income_line"]["reading"], "working");
}

/// Where the records name their standards, a reading is theirs to have or to pass by.
#[test]
fn a_reading_holds_for_whatever_standard_a_record_names() {
    let record =
        r#"{"standard":"sichuan-household-2016","date":"2017-10-15","answers":{}}"#;
    let ended = ruhu(&["assess", "--set", "income_line=working"], record);
    assert_eq!((ended.code, ended.told.as_str()), (0, ""));
    assert_eq!(ended.json()[0]["params"]["income_line"]["reading"], "working");
}

#[test]
fn a_countys_own_standard_judges_by_its_file() {
    let text = Library::builtin().unwrap().text("sichuan-household-2016").unwrap();
    let own = text
        .replace("\"id\":\"sichuan-household-2016\"", "\"id\":\"own-household-2026\"");
    assert_ne!(own, text);
    let path = scratch("own").join("own.json");
    fs::write(&path, own).unwrap();
    let path = path.to_str().unwrap();
    let record = r#"{"date":"2017-10-15","answers":{"power_connected":"yes"}}"#;
    let named = r#"{"standard":"own-household-2026","date":"2017-10-15","answers":{}}"#;
    for words in [["assess", "--standard", path, "-q"], ["assess", "-q", "--with", path]]
    {
        let ended = ruhu(&words, if words[1] == "-q" { named } else { record });
        assert_eq!((ended.code, ended.told.as_str()), (0, ""));
        assert_eq!(ended.json()[0]["standard"]["id"], "own-household-2026");
    }
}

/// Its words are its own: a report by another standard has none of them. And it is read once,
/// from wherever it comes.
#[test]
fn what_a_county_calls_things_stays_its_own() {
    let text = Library::builtin().unwrap().text("sichuan-household-2016").unwrap();
    let mut own: serde_json::Value = serde_json::from_str(&text).unwrap();
    own["standard"]["id"] = "own-household-2026".into();
    own["words"] = serde_json::json!({ "zh-CN": { "param.income_line": "本县收入线" } });
    let home = scratch("words");
    fs::write(home.join("own.json"), own.to_string()).unwrap();
    let record = |standard: &str| {
        format!(r#"{{"standard":"{standard}","date":"2017-10-15","answers":{{}}}}"#)
    };
    let lines =
        [record("own-household-2026"), record("sichuan-household-2016")].join("\n");
    let path = home.join("own.json").display().to_string();
    let ended = ruhu(&["assess", "--with", &path], &lines);
    let has: Vec<bool> =
        ended.out.lines().map(|line| line.contains("本县收入线")).collect();
    assert_eq!(has, [true, false], "{}", ended.told);
    fs::write(home.join("two.jsonl"), &lines).unwrap();
    let records = home.join("two.jsonl").display().to_string();
    let words = ["assess", "-j3", "--standard", "/dev/stdin", &records];
    let ended = ruhu(&words, &own.to_string());
    assert_eq!((ended.code, ended.out.lines().count()), (0, 2), "{}", ended.told);
}

/// Two members under one key: who is meant by it is to be looked into.
#[test]
fn what_was_mended_in_reading_is_in_the_report() {
    let record = r#"{"standard":"sichuan-household-2016","date":"2017-10-15",
        "lists":{"member":{"rows":[{"key":1,"answers":{}},{"key":1,"answers":{}}]}}}"#;
    let report = &ruhu(&["assess"], &record.replace('\n', "")).json()[0];
    let notices = report["notices"].as_array().unwrap();
    let of_key = |one: &&serde_json::Value| one["path"] == "/lists/member/rows/1/key";
    let keys: Vec<&str> =
        notices.iter().filter(of_key).map(|one| one["key"].as_str().unwrap()).collect();
    assert_eq!(keys, ["row_key", "kept"]);
}

/// Whoever does not want to hear of what is refused still has all the rest, and the code.
#[test]
fn where_nobody_listens_to_what_is_refused_the_work_goes_on() {
    let good = &cases()[0];
    let path = scratch("deaf").join("lines.jsonl");
    let lines: Vec<&str> =
        (0..3_000).map(|at| if at % 2 == 0 { good } else { "{" }).collect();
    fs::write(&path, lines.join("\n")).unwrap();
    let mut child = command(&["assess", "--decide", path.to_str().unwrap()])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stderr.take());
    let mut out = String::new();
    child.stdout.take().unwrap().read_to_string(&mut out).unwrap();
    assert_eq!(
        (child.wait().unwrap().code(), out.lines().count()),
        (Some(1), lines.len())
    );
}

#[test]
fn whoever_calls_it_wrongly_is_told_what_there_is() {
    let standard = "sichuan-household-2016";
    for (words, named) in [
        (vec!["assess", "--standard", "nowhere"], standard),
        (vec!["assess", "--standard", standard, "--set", "line=1"], "income_line"),
        (vec!["assess", "--standard", standard, "--set", "income_line=x"], "working"),
        (vec!["assess", "--set", "income_line"], "PARAM=VALUE"),
        (vec!["assess", "--language", "xx"], "zh-CN"),
        (vec!["assess", "no-such-file.jsonl"], "no-such-file.jsonl"),
        (vec!["assess", "--jobs", "0"], "0"),
        (vec!["assess", "--jobs", "257"], "256"),
        (vec!["assess", "--date", "2017-13-45"], "2017-13-45"),
        (vec!["assess", "--date", "2017"], "2017"),
        (vec!["assess", "--standard", standard, "--year", "1990"], "1990"),
        (vec!["assess", "--set", "income_line=x"], "income_line"),
        (vec!["assess", "--with", "no-such-file.toml"], "no-such-file.toml"),
        (vec!["assess", "."], ".: "),
        (vec!["judge"], "judge"),
        (vec![], "assess"),
    ] {
        let ended = ruhu(&words, "");
        assert_eq!((ended.code, ended.out.as_str()), (2, ""), "{words:?}");
        assert!(ended.told.contains(named), "{words:?}: {}", ended.told);
    }
    // Hints judge nobody, and are no standard to judge by.
    let ended = ruhu(&["assess", "--standard", "consistency-hints"], "");
    assert_eq!(ended.code, 2);
}
