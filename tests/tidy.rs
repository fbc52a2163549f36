//! House rules that the compiler does not see.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use ruhu_core::{FIRST_STANDARD, HINTS, Kind};
use ruhu_tests::data::{files, folder, read};
use ruhu_tests::engine::Engine;
use serde_json::Value;

/// The words of one language as its file says them.
fn words(language: &str) -> BTreeMap<String, String> {
    let path = folder("core/lang").join(format!("{language}.txt"));
    let text = fs::read_to_string(path).unwrap();
    let lines = text.lines().map(str::trim).filter(|line| !line.starts_with('#'));
    let pairs = lines.filter_map(|line| line.split_once('='));
    pairs.map(|(key, text)| (key.trim().to_owned(), text.trim().to_owned())).collect()
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    let parts = text.split('{').skip(1);
    parts.filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect()
}

fn told(wrong: &[String]) {
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_language_has_the_same_words_with_the_same_blanks() {
    let engine = Engine::new().unwrap();
    let languages: Vec<&str> = engine.library.languages().collect();
    let chinese = words("zh-CN");
    let mut wrong = Vec::new();
    for language in languages {
        let other = words(language);
        for (key, text) in &chinese {
            match other.get(key) {
                None => wrong.push(format!("{language}: {key} = {text}")),
                Some(words) if placeholders(words) != placeholders(text) => {
                    wrong.push(format!("{language}: {key}: blanks differ from {text}"));
                }
                Some(words) if words.is_empty() => {
                    wrong.push(format!("{language}: {key}"));
                }
                Some(_) => {}
            }
        }
        let more = other.keys().filter(|key| !chinese.contains_key(*key));
        wrong.extend(more.map(|key| format!("{language}: {key} is not in zh-CN")));
    }
    told(&wrong);
}

/// Where the words are divided, those below come late, and only the rest may say them.
#[test]
fn the_first_part_of_the_form_says_no_word_of_the_rest() {
    let text = fs::read_to_string(folder("core/lang/zh-CN.txt")).unwrap();
    let (_, late) = text.split_once("\n[rest]\n").unwrap();
    let late = late.lines().filter_map(|line| line.strip_prefix("ui.")?.split_once(" ="));
    let late: Vec<String> = late.map(|(key, _)| format!("\"{key}\"")).collect();
    assert!(late.len() > 100, "{}", late.len());
    let mut wrong = Vec::new();
    for path in files(&folder("web/src"), "rs") {
        let place = path.to_string_lossy();
        if place.contains("/rest/") || place.contains("/session/") {
            continue;
        }
        let text = source(&path);
        let said = late.iter().filter(|key| text.contains(*key));
        wrong.extend(said.map(|key| format!("{place}: {key}: move it above [rest]")));
    }
    told(&wrong);
}

#[test]
fn no_key_has_two_texts() {
    let mut wrong = Vec::new();
    for path in files(&folder("core/lang"), "txt") {
        let text = fs::read_to_string(&path).unwrap();
        let mut seen = BTreeSet::new();
        let lines = text.lines().filter(|line| !line.trim_start().starts_with('#'));
        for (key, _) in lines.filter_map(|line| line.split_once('=')) {
            if !seen.insert(key.trim()) {
                wrong.push(format!("{}: {}", path.display(), key.trim()));
            }
        }
    }
    told(&wrong);
}

/// Everything that is ever named to a person.
fn named(engine: &Engine) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    let dictionary = engine.library.dictionary();
    let mut key = |kind: &str, id: &str| {
        keys.insert(format!("{kind}.{id}"));
    };
    for fact in dictionary.facts() {
        key("fact", &fact.id);
        if matches!(fact.kind, Kind::Count | Kind::Quantity | Kind::Money) {
            key("unit", &fact.unit.to_string());
        }
    }
    dictionary.topics().iter().for_each(|topic| key("topic", &topic.id));
    dictionary.entities().iter().skip(1).for_each(|entity| key("entity", &entity.id));
    for list in dictionary.lists() {
        for option in &list.options {
            key("option", &format!("{}.{}", list.id, option.id));
        }
    }
    for name in engine.library.names().chain([HINTS]) {
        let standard = engine.library.standard(name).unwrap();
        for criterion in standard.criteria() {
            key("criterion", &criterion.id);
            key("term", &criterion.id);
        }
        for define in standard.defines() {
            key(if define.is_quantity { "quantity" } else { "define" }, &define.id);
        }
        for param in standard.params() {
            key("param", &param.id);
            param
                .options
                .iter()
                .for_each(|option| key("param", &format!("{}.{option}", param.id)));
            let readings = param.values.iter().filter_map(|value| value.reading.as_ref());
            readings.for_each(|reading| key("reading", reading));
            if !param.unit.to_string().starts_with('1') {
                key("unit", &param.unit.to_string());
            }
        }
        for grouping in standard.groupings() {
            key("grouping", &grouping.id);
            grouping.groups.iter().for_each(|(group, _)| key("group", group));
        }
        standard.hint_rules().iter().for_each(|hint| key("hint", &hint.id));
    }
    keys
}

#[test]
fn everything_that_is_named_has_words() {
    let engine = Engine::new().unwrap();
    let mut wrong = Vec::new();
    for language in engine.library.languages() {
        let words = words(language);
        let missing = named(&engine).into_iter().filter(|key| !words.contains_key(key));
        wrong.extend(missing.map(|key| format!("{language}: {key} = ")));
    }
    told(&wrong);
}

#[test]
fn every_number_and_every_condition_of_a_standard_has_a_source() {
    let mut wrong = Vec::new();
    for path in files(&folder("core/standards"), "toml") {
        let document = read(&path).unwrap();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let entries = |list: &str| {
            let entries = document[list].as_array().cloned().unwrap_or_default();
            entries.into_iter().map(move |entry| (entry["id"].to_string(), entry))
        };
        for (id, param) in entries("param") {
            for value in param["value"].as_array().into_iter().flatten() {
                if value["source"].is_null() || value["status"].is_null() {
                    wrong.push(format!("{name}: a value of {id}"));
                }
            }
        }
        let hints = if name == HINTS {
            &["hint"][..]
        } else {
            &["criterion", "define", "quantity", "hint"]
        };
        for (id, entry) in hints.iter().flat_map(|list| entries(list)) {
            if entry["source"].is_null() {
                wrong.push(format!("{name}: {id}"));
            }
        }
    }
    told(&wrong);
}

/// A source that is proposed or unverified cannot make a value sourced.
#[test]
fn no_value_is_better_founded_than_its_source() {
    let rank = |status: &Value| match status.as_str() {
        Some("sourced") => 2,
        Some("unverified") => 1,
        _ => 0,
    };
    let mut wrong = Vec::new();
    for path in files(&folder("core/standards"), "toml") {
        let document = read(&path).unwrap();
        let sources = document["source"].as_array().cloned().unwrap_or_default();
        for param in document["param"].as_array().into_iter().flatten() {
            for value in param["value"].as_array().into_iter().flatten() {
                let source =
                    sources.iter().find(|source| source["id"] == value["source"]);
                let founded = source.map_or(2, |source| rank(&source["status"]));
                if rank(&value["status"]) > founded {
                    wrong.push(format!(
                        "{}: {} {}",
                        path.display(),
                        param["id"],
                        value["value"]
                    ));
                }
            }
        }
    }
    told(&wrong);
}

fn source(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

/// The modules that a file of core names, by the file that stands at the top.
fn arrows() -> BTreeMap<String, BTreeSet<String>> {
    let root = folder("core/src");
    let mut arrows: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for path in files(&root, "rs") {
        let inner = path.strip_prefix(&root).unwrap();
        let module = inner.components().next().unwrap().as_os_str().to_string_lossy();
        let module = module.trim_end_matches(".rs").to_owned();
        let text = source(&path);
        let named = text.split("crate::").skip(1).map(|rest| {
            rest.chars()
                .take_while(|char| char.is_ascii_lowercase() || *char == '_')
                .collect()
        });
        let named = named.filter(|name: &String| !name.is_empty() && *name != module);
        arrows.entry(module.clone()).or_default().extend(named);
    }
    arrows
}

#[test]
fn arrows_in_core_never_run_in_a_circle() {
    let arrows = arrows();
    let mut circle = Vec::new();
    for from in arrows.keys() {
        let mut reached: BTreeSet<&String> = BTreeSet::new();
        let mut open: Vec<&String> = vec![from];
        while let Some(module) = open.pop() {
            let uses = arrows.get(module).into_iter().flatten();
            open.extend(uses.filter(|used| reached.insert(*used)));
        }
        if reached.contains(from) {
            circle.push(from);
        }
    }
    assert!(circle.is_empty(), "in a circle: {circle:?}");
}

#[test]
fn the_session_of_the_screen_knows_no_screen() {
    let mut wrong = Vec::new();
    let session = files(&folder("web/src/session"), "rs").into_iter();
    for path in session.chain([folder("web/src/session.rs")]).filter(|path| path.exists())
    {
        let text = source(&path);
        for word in ["yew", "web_sys", "js_sys", "wasm_bindgen", "gloo"] {
            if text
                .lines()
                .any(|line| line.contains(word) && !line.trim_start().starts_with("//"))
            {
                wrong.push(format!("{}: {word}", path.display()));
            }
        }
    }
    told(&wrong);
}

#[test]
fn the_screen_keeps_to_a_strict_content_policy() {
    let mut wrong = Vec::new();
    for path in files(&folder("web/src"), "rs") {
        let text = source(&path);
        for word in
            ["style=", "set_inner_html", "insert_adjacent_html", "from_html_unchecked"]
        {
            if text.contains(word) {
                wrong.push(format!("{}: {word}", path.display()));
            }
        }
    }
    told(&wrong);
}

#[test]
fn what_is_seen_before_the_form_is_what_the_form_says() {
    let page = fs::read_to_string(folder("www/index.html")).unwrap();
    let words = words("zh-CN");
    let keys = ["visits", "title", "welcome", "basis", "standard", "year", "date"];
    let mut said: Vec<String> =
        keys.map(|key| format!("{}<", words[&format!("ui.{key}")])).into();
    let engine = Engine::new().unwrap();
    let standard = engine.standard(FIRST_STANDARD).unwrap();
    let (first, last) = standard.years();
    let years = (first..=last).rev().map(|year| format!("<option>{year}</option>"));
    said.push(format!(
        "id=\"year\" class=\"box\">{}</select>",
        years.collect::<String>()
    ));
    said.push(format!("<option>{}</option></select>", standard.title()));
    said.push(format!("value=\"{last}-12-31\""));
    said.push(format!(
        "{} <b>{}</b>",
        words["verdict.unknown"],
        standard.criteria().len()
    ));
    told(&said.into_iter().filter(|text| !page.contains(text)).collect::<Vec<_>>());
}

fn by_hand() -> Vec<PathBuf> {
    let mut all = Vec::new();
    for part in ["core", "web", "tests", "www", ".cargo/xtask/src"] {
        for kind in ["rs", "js"] {
            all.extend(files(&folder(part), kind));
        }
    }
    all.retain(|path| {
        let text = path.to_string_lossy();
        !text.contains("node_modules") && !text.contains("/target/")
    });
    all
}

#[test]
fn no_file_is_longer_than_400_lines() {
    let mut wrong = Vec::new();
    for path in by_hand() {
        let lines = source(&path).lines().count();
        if lines > 400 {
            wrong.push(format!("{}: {lines}", path.display()));
        }
    }
    told(&wrong);
}

#[test]
fn core_counts_in_whole_numbers() {
    let mut wrong = Vec::new();
    for path in files(&folder("core/src"), "rs") {
        for word in ["f32", "f64"] {
            let text = source(&path);
            let mut words = text.split(|char: char| !char.is_alphanumeric());
            if words.any(|found| found == word) {
                wrong.push(format!("{}: {word}", path.display()));
            }
        }
    }
    told(&wrong);
}

#[test]
fn nothing_in_www_was_made_by_a_machine() {
    let mut wrong = Vec::new();
    for kind in ["wasm", "br", "gz", "map"] {
        wrong.extend(
            files(&folder("www"), kind).iter().map(|path| path.display().to_string()),
        );
    }
    for kind in ["js", "css", "html"] {
        for path in files(&folder("www"), kind) {
            let longest = source(&path).lines().map(str::len).max().unwrap_or(0);
            if longest > 400 {
                wrong.push(format!("{}: a line of {longest} bytes", path.display()));
            }
        }
    }
    told(&wrong);
}

/// No case may point at a person: no ID number, no telephone.
#[test]
fn cases_name_nobody() {
    let mut wrong = Vec::new();
    for path in files(&folder("tests/cases"), "toml") {
        let text = source(&path);
        let mut numbers = text.split(|char: char| !char.is_ascii_digit());
        if numbers.any(|number| number.len() >= 11) || text.contains("id_number") {
            wrong.push(path.display().to_string());
        }
    }
    told(&wrong);
}
