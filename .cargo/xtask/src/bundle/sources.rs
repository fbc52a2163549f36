//! Files as they are written, and as they become: marks in them filled in, names by content.
//!
//! A file names another as `{{style.css}}`; what is written is the name with the
//! content's fingerprint, so that it may be cached for ever. `{{lazy:sheet.js}}` is the
//! same for what the first page does not load, and `{{folder:lang}}` an object of where all
//! such files in a folder lie. `{{files}}` becomes a JSON object of every file with its
//! integrity and `{{version}}` one fingerprint of them all, for the offline worker.
mod shelf;

use std::collections::{BTreeMap, BTreeSet};

use super::{Bundle, File, LIST, WORKER, for_portals, json};
use crate::names::{fingerprint, hashed, integrity, kind};
use crate::shorten;
use crate::step::{Failure, Outcome, fail};

/// Names that others hold on to: the offline worker's, and those that a portal imports.
const KEPT: [&str; 8] = [
    WORKER,
    "ruhu.js",
    "node.js",
    "visit.js",
    "classic.js",
    "single.js",
    "connect.js",
    "send.js",
];

/// Files as they were written, and what has become of them so far.
#[derive(Default)]
pub(super) struct Sources {
    /// Whether scripts are shortened.
    is_short: bool,
    files: BTreeMap<String, Vec<u8>>,
    /// Final name of each file that is done.
    names: BTreeMap<String, String>,
    /// Who loads whom at once, by the names as written.
    loads: BTreeMap<String, BTreeSet<String>>,
    bundle: Bundle,
}

impl Sources {
    pub(super) fn new(is_short: bool) -> Self {
        Self { is_short, ..Self::default() }
    }

    /// Scripts take in the folders of their names.
    pub(super) fn join(&mut self) -> Outcome<()> {
        let has_parts = |name: &String| {
            let folder = name.strip_suffix(".js").map(|stem| format!("{stem}/"));
            folder.is_some_and(|folder| {
                self.files.keys().any(|one| one.starts_with(&folder))
            })
        };
        let names: Vec<String> =
            self.files.keys().filter(|one| has_parts(one)).cloned().collect();
        for name in names {
            let joined = shorten::joined(&name, &|part| self.text(part))?;
            let folder = name.replace(".js", "/");
            self.files.retain(|one, _| !one.starts_with(&folder));
            self.files.insert(name, joined.into_bytes());
        }
        Ok(())
    }

    /// These files, and all that they name.
    pub(super) fn reach(mut self, entries: &[&str]) -> Outcome<Bundle> {
        for name in entries {
            self.finish(name, &mut Vec::new())?;
        }
        Ok(self.bundle)
    }

    pub(super) fn place(mut self) -> Outcome<Bundle> {
        let mut names: Vec<String> = self.files.keys().cloned().collect();
        names.retain(|name| name != WORKER);
        for name in &names {
            self.finish(name, &mut Vec::new())?;
        }
        let mut prints: Vec<String> = self
            .bundle
            .files
            .iter()
            .map(|(name, file)| format!("{name} {}", file.fingerprint))
            .collect();
        // The worker as written: what it becomes depends on this very fingerprint.
        prints.extend(self.files.get(WORKER).map(|text| fingerprint(text)));
        self.bundle.version = fingerprint(prints.join("\n").as_bytes());
        if self.files.contains_key(WORKER) {
            let list = for_portals(&self.bundle.files)?;
            self.finish(WORKER, &mut Vec::new())?;
            self.bundle.files.insert(LIST.to_owned(), File::new(list, false));
        }
        let mut first = BTreeSet::new();
        self.gather("index.html", &mut first);
        self.bundle.first_load =
            first.iter().filter_map(|name| self.names.get(name).cloned()).collect();
        Ok(self.bundle)
    }

    fn text(&self, name: &str) -> Option<&str> {
        let is_text = matches!(kind(name), "html" | "js" | "css" | "svg" | "webmanifest");
        self.files
            .get(name)
            .filter(|_| is_text)
            .and_then(|bytes| str::from_utf8(bytes).ok())
    }

    /// Writes one file under its final name, after those it names.
    fn finish(&mut self, name: &str, above: &mut Vec<String>) -> Outcome<String> {
        if let Some(done) = self.names.get(name) {
            return Ok(done.clone());
        }
        if above.iter().any(|other| other == name) {
            return fail(format!(
                "`{name}` and `{}` name each other",
                above.join("`, `")
            ));
        }
        above.push(name.to_owned());
        let bytes = match self.text(name).map(str::to_owned) {
            Some(text) => {
                let filled = self.fill(name, &text, above)?;
                // The worker no visit waits for, and who looks after a portal may read it;
                // twins are short already.
                match kind(name) {
                    _ if !self.is_short
                        || name == WORKER
                        || name.starts_with("twin_") =>
                    {
                        filled
                    }
                    "js" => shorten::script(name, &filled)?,
                    "html" => shorten::without_comments(&filled, ["<!--", "-->"]),
                    "css" => shorten::without_comments(&filled, ["/*", "*/"]),
                    _ => filled,
                }
                .into_bytes()
            }
            None => self.files.get(name).cloned().unwrap_or_default(),
        };
        above.pop();
        let file = File::new(bytes, changes_name(name));
        let done = if file.is_lasting {
            hashed(name, &file.fingerprint)
        } else {
            name.to_owned()
        };
        self.bundle.files.insert(done.clone(), file);
        self.names.insert(name.to_owned(), done.clone());
        Ok(done)
    }

    /// The text of a file with every mark in it replaced.
    fn fill(
        &mut self,
        name: &str,
        text: &str,
        above: &mut Vec<String>,
    ) -> Outcome<String> {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{{") {
            filled.push_str(before);
            rest = after;
            match after.split_once("}}").filter(|(mark, _)| is_mark(mark)) {
                Some((mark, behind)) => {
                    filled.push_str(&self.stands_for(name, mark, above)?);
                    rest = behind;
                }
                None => filled.push_str("{{"),
            }
        }
        filled.push_str(rest);
        Ok(filled)
    }

    fn stands_for(
        &mut self,
        name: &str,
        mark: &str,
        above: &mut Vec<String>,
    ) -> Outcome<String> {
        match mark {
            "version" | "files" if name != WORKER => {
                return fail(format!("`{name}` says {{{{{mark}}}}}: only {WORKER} may"));
            }
            "version" => return Ok(self.bundle.version.clone()),
            "files" => {
                let files = self.bundle.files.iter();
                let files = files.map(|(name, file)| (name, integrity(&file.bytes)));
                return json(&files.collect::<BTreeMap<_, _>>());
            }
            _ => {}
        }
        if let Some(folder) = mark.strip_prefix("folder:") {
            return self.folder(folder, above);
        }
        let wanted = mark.strip_prefix("lazy:").unwrap_or(mark);
        if !self.files.contains_key(wanted) {
            return Err(Failure::Step(format!(
                "`{name}` names {{{{{mark}}}}}, but neither www/ nor the build has it"
            )));
        }
        if wanted == mark {
            self.loads.entry(name.to_owned()).or_default().insert(wanted.to_owned());
        }
        // A name that stays needs no content, and may name us in turn.
        if changes_name(wanted) {
            self.finish(wanted, above)
        } else {
            Ok(wanted.to_owned())
        }
    }

    /// The files of a folder: what each was called, and where it lies, as whoever bundles
    /// scripts looks for it.
    fn folder(&mut self, folder: &str, above: &mut Vec<String>) -> Outcome<String> {
        let prefix = format!("{folder}/");
        let inside = self.files.keys().filter(|name| name.starts_with(&prefix));
        let inside: Vec<String> = inside.cloned().collect();
        let mut places = Vec::new();
        for name in &inside {
            let stem = name.strip_prefix(&prefix).unwrap_or(name);
            let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
            let done = self.finish(name, above)?;
            places.push(format!(
                "\"{stem}\": () => new URL(\"./{done}\", import.meta.url)"
            ));
        }
        Ok(format!("{{\n  {},\n}}", places.join(",\n  ")))
    }

    fn gather(&self, name: &str, into: &mut BTreeSet<String>) {
        if into.insert(name.to_owned()) {
            for next in self.loads.get(name).into_iter().flatten() {
                self.gather(next, into);
            }
        }
    }
}

fn changes_name(name: &str) -> bool {
    matches!(kind(name), "js" | "css" | "wasm" | "svg" | "png" | "txt")
        && !KEPT.contains(&name)
        // The glue names its pieces by a fingerprint already.
        && !name.starts_with("snippets/")
}

/// Code may hold two braces for reasons of its own.
fn is_mark(mark: &str) -> bool {
    let holds = |sign: char| sign.is_ascii_alphanumeric() || "._-/:".contains(sign);
    let is_known = matches!(mark, "files" | "version") || mark.starts_with("folder:");
    mark.chars().all(holds) && (is_known || mark.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(files: &[(&str, &str)]) -> Sources {
        let files = files.iter().map(|(name, text)| ((*name).into(), (*text).into()));
        Sources { files: files.collect(), ..Sources::default() }
    }

    fn text(bundle: &Bundle, name: &str) -> String {
        String::from_utf8(bundle.files[name].bytes.to_vec()).unwrap()
    }

    #[test]
    fn a_changed_style_changes_every_name_on_the_way_to_it() {
        let page = ("index.html", "<script src=\"{{app.js}}\">");
        let app = ("app.js", "import \"./{{style.css}}\"");
        let names = |style| {
            let bundle = sources(&[page, app, ("style.css", style)]).place().unwrap();
            bundle.files.keys().cloned().collect::<Vec<_>>()
        };
        let (before, after) = (names("a"), names("b"));
        assert!(before[0].starts_with("app."));
        assert_ne!(before[0], after[0]);
        assert_eq!(before[1], "index.html");
        assert_ne!(before[2], after[2]);
    }

    #[test]
    fn the_first_load_is_what_the_page_names_but_for_the_lazy() {
        let bundle = sources(&[
            ("index.html", "{{app.js}}"),
            ("app.js", "{{glue.js}} {{lazy:sheet.js}}"),
            ("glue.js", ""),
            ("sheet.js", ""),
            ("other.css", ""),
        ]);
        let first = bundle.place().unwrap().first_load;
        let stems: Vec<&str> =
            first.iter().filter_map(|name| name.split('.').next()).collect();
        assert_eq!(stems, ["app", "glue", "index"]);
    }

    #[test]
    fn the_worker_keeps_its_name_and_knows_every_other() {
        let bundle =
            sources(&[("index.html", "{{sw.js}}"), ("sw.js", "{{files}} {{version}}")]);
        let bundle = bundle.place().unwrap();
        let whole = "sha256-S/GbpY3I6inTl3aZ68saryvBJEGTl1S+cDjn/RMUHOA=";
        assert_eq!(
            text(&bundle, "sw.js"),
            format!("{{\n  \"index.html\": \"{whole}\"\n}} {}", bundle.version)
        );
        let print = &bundle.files["index.html"].fingerprint;
        let list = text(&bundle, "precache-manifest.json");
        assert!(list.contains(&format!("\"revision\": \"{print}\"")));
        assert!(list.contains(whole) && !list.contains("sw.js"));
    }

    #[test]
    fn a_folder_is_named_file_by_file_and_not_part_of_the_first_load() {
        let app = ("app.js", "{{folder:lang}}");
        let page = ("index.html", "{{app.js}}");
        let bundle = sources(&[page, app, ("lang/en.txt", "a")]).place().unwrap();
        let app = bundle.files.keys().find(|name| name.starts_with("app.")).unwrap();
        let english = "lang/en.ca978112ca.txt";
        let place = format!("() => new URL(\"./{english}\", import.meta.url)");
        assert_eq!(text(&bundle, app), format!("{{\n  \"en\": {place},\n}}"));
        assert!(bundle.files.contains_key(english) && bundle.first_load.len() == 2);
    }

    #[test]
    fn no_file_takes_the_place_of_another_unseen() {
        let mut files = sources(&[("app.js", "a"), ("embed/app.js", "b")]);
        assert!(files.raise("embed/").is_err());
    }

    #[test]
    fn a_name_that_nothing_has_is_an_error_and_other_braces_are_left_alone() {
        assert!(sources(&[("index.html", "{{gone.js}}")]).place().is_err());
        let bundle = sources(&[("sw.js", "f({{a}}) {{ b.c }}")]).place().unwrap();
        assert_eq!(text(&bundle, "sw.js"), "f({{a}}) {{ b.c }}");
    }
}
