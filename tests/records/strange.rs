//! What a record holds that its standard does not ask is named, up to a count.

use std::rc::Rc;

use ruhu_core::{Library, Record, Visit};

/// The notices of a record under the first standard, each as `path key`.
fn strange(rest: &str) -> Vec<String> {
    let library = Library::builtin().unwrap();
    let standard = library.standard("sichuan-household-2016").unwrap();
    let text = format!(r#"{{"date":"2017-10-15",{rest}}}"#);
    let (record, _) = Record::from_json(&text).unwrap();
    let hints = Rc::clone(&library.hints().unwrap());
    let visit = Visit::open(&standard, &hints, record).unwrap();
    let told = visit.strange();
    told.iter().map(|one| format!("{} {}", one.path, one.key)).collect()
}

#[test]
fn facts_lists_options_and_readings_that_there_are_not_are_named() {
    let told = strange(
        r#""choices":{"income_line":"nope","no/param":"x"},
        "answers":{"powr_connected":"yes","house_grade":"E","member_name":"甲",
        "water_tap":"maybe","water_litres":"许多","note":"x"},
        "lists":{"pigs":{"rows":[{"key":1}]},"household":{"rows":[]},
        "member":{"rows":[{"key":3,"answers":{"member_name":"甲","water_tap":"yes",
        "special_status":"odd"}}]}}"#,
    );
    let wanted = [
        "/choices/income_line no_such_choice",
        "/choices/no~1param no_such_choice",
        "/answers/house_grade no_such_option",
        "/answers/member_name no_such_fact",
        "/answers/powr_connected no_such_fact",
        "/answers/water_tap no_such_option",
        "/lists/household no_such_list",
        "/lists/pigs no_such_list",
        "/lists/member/rows/0/answers/special_status no_such_option",
        "/lists/member/rows/0/answers/water_tap no_such_fact",
    ];
    for one in wanted {
        assert!(told.iter().any(|told| told == one), "{one}: {told:?}");
    }
    let rest: Vec<_> =
        told.iter().filter(|one| !wanted.contains(&one.as_str())).collect();
    assert!(rest.iter().all(|one| one.starts_with("/answers/note ")), "{rest:?}");
}

#[test]
fn what_is_asked_is_no_matter_and_many_strange_things_are_counted() {
    let none = strange(
        r#""choices":{},"answers":{"water_tap":"yes","house_grade":
        {"unknown":"refused"}},"lists":{"member":{"rows":[{"key":1}]}}"#,
    );
    assert_eq!(none, [""; 0]);
    let many: Vec<String> = (10..35).map(|at| format!(r#""x{at}":"1""#)).collect();
    let told = strange(&format!(r#""answers":{{{}}}"#, many.join(",")));
    assert_eq!(told.len(), 21);
    assert_eq!(told[0], "/answers/x10 no_such_fact");
    assert_eq!(told[20], "5 more_strange");
}
