//! Standards as files: those that ship, and those that an office writes.

use std::fs;

use super::{ruhu, scratch};
use ruhu_core::Library;
use ruhu_tests::data::{files, folder};

#[test]
fn all_that_ship_are_listed() {
    let ended = ruhu(&["standards"], "");
    assert_eq!((ended.code, ended.told.as_str()), (0, ""));
    let library = Library::builtin().unwrap();
    let names: Vec<&str> = library.names().collect();
    let listed: Vec<&str> =
        ended.out.lines().map(|line| line.split('\t').next().unwrap()).collect();
    assert_eq!(listed, names);
    let english = ruhu(&["standards", "--language", "en"], "");
    assert_ne!(english.out, ended.out);
}

/// What a page and a schema hold is the core's to say; here they arrive whole.
#[test]
fn one_is_shown_as_a_page_and_as_a_schema() {
    let library = Library::builtin().unwrap();
    for name in library.names() {
        for language in ["zh-CN", "en"] {
            let (standard, lang) =
                (library.standard(name).unwrap(), library.lang(language));
            let page = ruhu(&["standards", name, "--language", language], "");
            assert_eq!((page.code, page.out), (0, standard.page(&lang)));
            let schema = ruhu(&["schema", name, "--language", language], "");
            assert_eq!(
                (schema.code, schema.out),
                (0, format!("{}\n", standard.schema(&lang)))
            );
        }
    }
    for words in [["standards", "nowhere"], ["schema", "nowhere"]] {
        let ended = ruhu(&words, "");
        assert_eq!((ended.code, ended.out.as_str()), (2, ""));
        assert!(ended.told.contains("sichuan-household-2016"), "{}", ended.told);
    }
}

/// TOML as it is written and JSON as it is handed on are the same standard.
#[test]
fn what_ships_is_right_in_either_form() {
    let library = Library::builtin().unwrap();
    for path in files(&folder("core/standards"), "toml") {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let copy = scratch("check").join(format!("{name}.json"));
        fs::write(&copy, library.text(name).unwrap()).unwrap();
        let hash = library.standard(name).unwrap().hash().to_owned();
        let ended = ruhu(&["check", path.to_str().unwrap(), copy.to_str().unwrap()], "");
        assert_eq!((ended.code, ended.told.as_str()), (0, ""), "{name}");
        let lines: Vec<&str> = ended.out.lines().collect();
        assert_eq!(lines.len(), 2);
        for line in lines {
            assert!(line.ends_with(&format!("\t{name}\t{hash}")), "{line}");
        }
    }
}

#[test]
fn what_is_wrong_is_told_with_its_place_and_the_others_are_checked() {
    let text =
        fs::read_to_string(folder("core/standards/sichuan-household-2016.toml")).unwrap();
    let home = scratch("wrong");
    let write = |name: &str, text: &str| {
        let path = home.join(name);
        fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let good = write("good.toml", &text);
    let spoilt = text.replacen("water_minutes", "water_hours", 1);
    assert_ne!(spoilt, text);
    let wrong = [
        write("name.toml", &spoilt),
        write("toml.toml", "[standard\nid = 1"),
        write("json.json", "{\"standard\":"),
        write("binary.toml", "\u{0}\u{1}"),
        home.join("nowhere.toml").display().to_string(),
    ];
    let words: Vec<&str> = ["check", "--language", "en"]
        .into_iter()
        .chain(wrong.iter().map(String::as_str))
        .chain([good.as_str()])
        .collect();
    let ended = ruhu(&words, "");
    assert_eq!(ended.code, 1);
    assert!(ended.out.starts_with(&good), "{}", ended.out);
    for file in &wrong {
        assert!(ended.told.contains(file.as_str()), "{file}: {}", ended.told);
    }
    // On the line where the name stands that was spoilt, or where it is looked for.
    let looked = spoilt
        .lines()
        .position(|line| line.contains("no_more") && line.contains("water_minutes_most"));
    let place = format!("name.toml, line {}, ", looked.unwrap() + 1);
    assert!(ended.told.contains(&place), "{place}: {}", ended.told);
    assert!(ended.told.contains("json.json, line 1: "), "{}", ended.told);
}

#[test]
fn completions_and_the_manual_name_every_command() {
    for words in [&["completions", "bash"][..], &["completions", "zsh"], &["manual"]] {
        let ended = ruhu(words, "");
        assert_eq!((ended.code, ended.told.as_str()), (0, ""), "{words:?}");
        for command in ["assess", "verify", "standards", "check", "completions", "manual"]
        {
            assert!(ended.out.contains(command), "{words:?} {command}");
        }
    }
}
