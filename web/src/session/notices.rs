//! What was odd in the record that was opened, in words.

use ruhu_core::record::Notice;

use super::Session;
use super::settle::told_as;

impl Session {
    /// A sentence for everything that was read otherwise than written.
    #[must_use]
    pub fn notices(&self) -> Vec<String> {
        let say = |notice: &Notice| {
            let path = self.say_path(&notice.path);
            let was = match told_as(&notice.path) {
                Some(_) => self.setting_was(notice)?,
                None => String::new(),
            };
            let parts = [("path", path.as_str()), ("was", &was)];
            Some(self.lang.fill(&["notice.", notice.key].concat(), &parts))
        };
        let missing = (self.missing > 0).then(|| {
            self.fill("changes_missing", &[("count", &self.missing.to_string())])
        });
        missing.into_iter().chain(self.notices.iter().filter_map(say)).collect()
    }

    /// A place in a record, `/lists/member/rows/2/phone`, by the names that people know.
    fn say_path(&self, path: &str) -> String {
        let steps = path.split('/').skip(1).filter_map(|step| match step {
            "answers" | "lists" | "rows" | "entries" | "choices" | "complete" | "key"
            | "was" => None,
            "before" => Some(self.say("before_visit")),
            "standard" | "year" | "date" | "log" => Some(self.say(step)),
            _ => Some(self.say_step(step)),
        });
        let said = steps.collect::<Vec<_>>().join(" · ");
        if said.is_empty() { path.replacen('/', "", 1) } else { said }
    }

    fn say_step(&self, step: &str) -> String {
        if let Ok(row) = step.parse::<usize>() {
            let number = row.saturating_add(1).to_string();
            return self.fill("row", &[("n", &number)]);
        }
        let kinds = ["fact.", "entity.", "param."].into_iter();
        let mut named = kinds.filter_map(|kind| self.lang.find(&[kind, step].concat()));
        let own = || step.replace("~1", "/").replace("~0", "~");
        named.next().map_or_else(own, str::to_owned)
    }
}
