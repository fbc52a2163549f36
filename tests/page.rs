//! The page of a standard: each as a file of `pages`, and nothing that decides left out.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test may fail loudly, and says how much it tried"
)]

#[path = "page/marks.rs"]
mod marks;
#[path = "page/small.rs"]
mod small;
#[path = "page/whole.rs"]
mod whole;

use std::fs;

use ruhu_core::HINTS;
use ruhu_tests::data::{files, folder};
use ruhu_tests::engine::Engine;

/// Set to anything, the files are written anew; then `git diff` says what has changed.
const WRITE: &str = "RUHU_WRITE_PAGES";

/// Every built-in standard in every language: its file, and its page.
fn pages(engine: &Engine) -> Vec<(String, String)> {
    let mut made = Vec::new();
    for name in engine.library.names().chain([HINTS]) {
        let standard = engine.library.standard(name).unwrap();
        for language in engine.library.languages() {
            let page = standard.page(&engine.library.lang(language));
            made.push((format!("{name}.{language}.md"), page));
        }
    }
    made
}

#[test]
fn every_page_is_the_file_that_was_read_over() {
    let engine = Engine::new().unwrap();
    let home = folder("tests/pages");
    let mut wrong = Vec::new();
    let pages = pages(&engine);
    for (name, page) in &pages {
        let path = home.join(name);
        if std::env::var_os(WRITE).is_some() {
            fs::write(&path, page).unwrap();
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        let mut lines = (1..).zip(page.lines().zip(kept.lines()));
        if let Some((line, (now, was))) = lines.find(|(_, (now, was))| now != was) {
            wrong.push(format!("{name}:{line}: `{now}`, and not `{was}`"));
        } else if *page != kept {
            wrong.push(format!("{name}: not as long"));
        }
    }
    let kept = files(&home, "md");
    let stray = kept.iter().map(|path| path.file_name().unwrap().to_str().unwrap());
    let stray = stray.filter(|name| pages.iter().all(|(known, _)| known != name));
    wrong.extend(stray.map(|name| format!("{name}: the page of no standard")));
    let advice = format!("{WRITE}=1 cargo test -p ruhu-tests --test page, and read them");
    assert!(wrong.is_empty(), "{}\n{advice}", wrong.join("\n"));
}

#[test]
fn a_page_is_the_same_every_time() {
    assert_eq!(pages(&Engine::new().unwrap()), pages(&Engine::new().unwrap()));
}
