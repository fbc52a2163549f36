//! Households in which nobody lives: made up, and the one on which two standards differ.

use std::fs;

use super::{ruhu, scratch};
use ruhu_core::{FIRST_STANDARD, Library, Sampler};

#[test]
fn the_same_seed_makes_the_same_households() {
    let words = ["sample", "-n", "40", "--seed", "7"];
    let ended = ruhu(&words, "");
    assert_eq!((ended.code, ended.told.as_str()), (0, ""));
    assert_eq!(ended.out.lines().count(), 40);
    assert_eq!(ruhu(&words, "").out, ended.out);
    let standard = Library::builtin().unwrap().standard(FIRST_STANDARD).unwrap();
    let sampler = Sampler::new(&standard, 7);
    for (number, line) in (0..).zip(ended.out.lines()) {
        assert_eq!(sampler.household(number).to_json(), line);
    }
    assert_ne!(ruhu(&["sample", "-n", "40", "--seed", "8"], "").out, ended.out);
    let few = ruhu(&["sample", "-n", "3", "--seed", "7"], "").out;
    assert!(ended.out.starts_with(&few));
    // Each of them is a record that is judged.
    let judged = ruhu(&["assess", "--decide"], &ended.out);
    assert_eq!((judged.code, judged.told.as_str()), (0, ""));
    for verdict in ["met", "not_met", "unknown"] {
        let mut lines = judged.json().into_iter();
        assert!(lines.any(|line| line["verdict"] == verdict), "{verdict}");
    }
}

#[test]
fn a_setting_holds_for_all_that_is_made() {
    let words = ["sample", "-n", "20", "--year", "2016", "--set", "income_line=working"];
    for record in ruhu(&words, "").json() {
        assert_eq!(
            (&record["year"], &record["date"]),
            (&2016.into(), &"2016-12-31".into())
        );
        assert_eq!(record["choices"]["income_line"], "working");
    }
    for (words, named) in [
        (&["sample", "-n", "1", "--year", "1999"][..], "1999"),
        (&["sample", "-n", "1", "--date", "2017-13-01"], "2017-13-01"),
        (&["sample", "-n", "1", "--standard", "nowhere"], "nowhere"),
        (&["sample"], "--households"),
    ] {
        let ended = ruhu(words, "");
        assert_eq!((ended.code, ended.out.as_str()), (2, ""), "{words:?}");
        assert!(ended.told.contains(named), "{words:?}: {}", ended.told);
    }
}

/// A county that asks for one minute less is told from the province by a household that
/// shows just that, and both say why.
#[test]
fn two_standards_are_told_apart_by_one_household() {
    let text = Library::builtin().unwrap().text("sichuan-household-2016").unwrap();
    let own = text
        .replace("\"id\":\"sichuan-household-2016\"", "\"id\":\"own-household-2026\"");
    let mut own: serde_json::Value = serde_json::from_str(&own).unwrap();
    let params = own["param"].as_array_mut().unwrap();
    let minutes =
        params.iter_mut().find(|param| param["id"] == "water_minutes_most").unwrap();
    for value in minutes["value"].as_array_mut().unwrap() {
        assert_eq!(value["value"], "20");
        value["value"] = "19".into();
    }
    let path = scratch("diff").join("own.json");
    fs::write(&path, own.to_string()).unwrap();
    let words = [
        "diff",
        "sichuan-household-2016",
        path.to_str().unwrap(),
        "--date",
        "2017-10-15",
        "-n",
        "2000",
    ];
    let ended = ruhu(&words, "");
    assert_eq!((ended.code, ended.told.as_str()), (0, ""));
    let record = ended.out.lines().last().unwrap();
    let two = ["--with", path.to_str().unwrap()];
    let judged = |standard: &str| {
        let words = [&["assess", "--decide", "--standard", standard][..], &two].concat();
        ruhu(&words, record).json()[0]["criteria"]["water"].clone()
    };
    let both = [judged("sichuan-household-2016"), judged("own-household-2026")];
    assert_eq!(both, ["met", "not_met"], "{}", ended.out);
    assert!(record.contains("\"water_minutes\":\"20\""), "{record}");
    assert!(
        ended.out.contains("20分钟") && ended.out.contains("19分钟"),
        "{}",
        ended.out
    );
    // Each under the name that it was called by, and said for which year and day.
    assert!(ended.out.contains(&format!("\n{}\t", path.display())), "{}", ended.out);
    assert!(ended.out.contains("2017年度、2017-10-15"), "{}", ended.out);
}

#[test]
fn where_no_household_tells_them_apart_that_is_said() {
    let path = scratch("diff").join("same.json");
    let text = Library::builtin().unwrap().text("sichuan-household-2016").unwrap();
    fs::write(&path, text).unwrap();
    let path = path.to_str().unwrap();
    let same = ruhu(&["diff", "sichuan-household-2016", path, "--language", "en"], "");
    assert_eq!((same.code, same.told.as_str()), (0, ""));
    let said = "the same of every household in 2020, checked on 2020-12-31";
    assert!(same.out.contains(said), "{}", same.out);
    let few = ruhu(
        &[
            "diff",
            "sichuan-household-2016",
            "national-household-2019",
            "-n",
            "0",
            "--language",
            "en",
        ],
        "",
    );
    assert!(few.out.starts_with("In 0 households in 2020, "), "{}", few.out);
    let none = ruhu(
        &["diff", "sichuan-household-2016", "leshan-household-2017", "--year", "2020"],
        "",
    );
    assert_eq!((none.code, none.out.as_str()), (2, ""));
    assert!(none.told.contains("2020"), "{}", none.told);
}
