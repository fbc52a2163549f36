//! Files before any of them is written: read, laid beside each other, made of each other.
use std::fs;
use std::path::Path;

use super::Sources;
use crate::step::{OrSay, Outcome, fail};

impl Sources {
    /// Leaves out a file, or what lies in a folder.
    pub(in crate::bundle) fn leave_out(&mut self, name: &str) {
        let is_folder = name.ends_with('/');
        self.files.retain(|one, _| one != name && !(is_folder && one.starts_with(name)));
    }

    /// What lies in a folder lies beside it from now on.
    pub(in crate::bundle) fn raise(&mut self, folder: &str) -> Outcome<()> {
        for (name, bytes) in std::mem::take(&mut self.files) {
            self.put(name.strip_prefix(folder).unwrap_or(&name), bytes)?;
        }
        Ok(())
    }

    /// A file beside the others; none takes the place of another unseen.
    fn put(&mut self, name: &str, bytes: Vec<u8>) -> Outcome<()> {
        if self.files.insert(name.to_owned(), bytes).is_some() {
            return fail(format!("two files want to be `{name}`: rename one"));
        }
        Ok(())
    }

    /// The scripts of a folder stand in another one as well, for whoever is joined there.
    pub(in crate::bundle) fn lend(&mut self, folder: &str, to: &str) {
        let [named, names] = [folder, to].map(|folder| ["{{", folder].concat());
        let lent = self.files.iter().filter_map(|(name, bytes)| {
            let name = name.strip_prefix(folder)?;
            let text = String::from_utf8_lossy(bytes).replace(&named, &names);
            Some(([to, name].concat(), text.into_bytes()))
        });
        let lent: Vec<_> = lent.collect();
        self.files.extend(lent);
    }

    pub(in crate::bundle) fn read(&mut self, folder: &Path, prefix: &str) -> Outcome<()> {
        let what = format!("cannot read {}", folder.display());
        for entry in fs::read_dir(folder).or_say(&what)? {
            let entry = entry.or_say(&what)?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                self.read(&entry.path(), &format!("{name}/"))?;
            } else {
                self.put(&name, content(&entry.path())?)?;
            }
        }
        Ok(())
    }

    /// The glue is generated and knows nothing of our marks: a name is marked wherever
    /// this text stands.
    pub(in crate::bundle) fn mark(&mut self, file: &str, text_with: &str, name: &str) {
        let bytes = self.files.get(file).cloned();
        if let Some(Ok(text)) = bytes.map(String::from_utf8) {
            let mark = text_with.replace(name, &format!("{{{{{name}}}}}"));
            self.write(file, text.replace(text_with, &mark));
        }
    }

    /// Two files as one.
    pub(in crate::bundle) fn append(&mut self, one: &str, other: &str, name: &str) {
        let parts =
            [one, other].map(|name| self.files.get(name).map_or(&[][..], |it| it));
        self.files.insert(name.to_owned(), parts.concat());
    }

    /// A file that stands in no folder.
    pub(in crate::bundle) fn write(&mut self, name: &str, text: String) {
        self.files.insert(name.to_owned(), text.into_bytes());
    }

    /// A file made of another.
    pub(in crate::bundle) fn make(
        &mut self,
        from: &str,
        name: &str,
        how: impl FnOnce(&str) -> Outcome<String>,
    ) -> Outcome<()> {
        let made = how(self.text(from).unwrap_or_default())?;
        self.write(name, made);
        Ok(())
    }
}

fn content(file: &Path) -> Outcome<Vec<u8>> {
    fs::read(file).or_say(format!("cannot read {}", file.display()))
}
