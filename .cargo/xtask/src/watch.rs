//! `serve --dev`: follow the sources, build again, let the page reload itself.
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

use crate::bundle;
use crate::serve::{Door, Place, Shelf};
use crate::step::{Failure, Outcome, root, say};
use crate::wasm::Mode;

/// The folders whose change can change the page.
const FOLLOWED: [&str; 4] = ["core", "web", "www", "Cargo.toml"];

/// Often enough to feel immediate; a few hundred files cost next to nothing.
const PAUSE: Duration = Duration::from_millis(400);

/// Serves, and builds again at every change, until the person stops us.
pub(crate) fn follow(place: &Place) -> Outcome<()> {
    let door = Door::at(place)?;
    let mut seen = state();
    let shelf = Shelf::new(bundle::build(Mode::Dev)?, true);
    door.open(&shelf);
    say(format!("following {}", FOLLOWED.join(", ")));
    loop {
        thread::sleep(PAUSE);
        let now = state();
        if now == seen {
            continue;
        }
        seen = now;
        match bundle::build(Mode::Dev) {
            Ok(bundle) => {
                shelf.replace(bundle);
                say("built: the page reloads itself");
            }
            Err(Failure::Call(why) | Failure::Step(why)) => {
                say(format!("{why}; the page keeps the last build"));
            }
        }
    }
}

fn state() -> BTreeMap<PathBuf, SystemTime> {
    let mut state = BTreeMap::new();
    for name in FOLLOWED {
        note(&root().join(name), &mut state);
    }
    state
}

fn note(path: &Path, into: &mut BTreeMap<PathBuf, SystemTime>) {
    // Tools keep their own files in folders of such names.
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if name.starts_with('.') || name == "node_modules" || name == "target" {
        return;
    }
    if let Ok(entries) = fs::read_dir(path) {
        for entry in entries.flatten() {
            note(&entry.path(), into);
        }
    } else if let Ok(changed) = fs::metadata(path).and_then(|file| file.modified()) {
        into.insert(path.to_path_buf(), changed);
    }
}
