//! The lists of a record: rows, and the keys that tell them apart.

use std::mem;

use super::read::{Place, Reader, plain};
use super::{List, Row};
use crate::json::Json;
use litemap::LiteMap;

impl Reader {
    pub(super) fn lists(&mut self, value: Json, at: Place<'_>) -> LiteMap<String, List> {
        let mut lists = LiteMap::new();
        for (name, value) in self.entries(value, at) {
            let at = at.step(&name);
            let Json::Object(mut entries) = value else {
                self.keep(value, at);
                continue;
            };
            let complete = match entries.remove("complete") {
                Some(Json::Bool(complete)) => complete,
                None | Some(Json::Null) => false,
                Some(other) => {
                    self.keep(other, at.step("complete"));
                    false
                }
            };
            let rows = match entries.remove("rows") {
                Some(Json::List(rows)) => self.rows(rows, at.step("rows")),
                None | Some(Json::Null) => Vec::new(),
                Some(other) => {
                    self.keep(other, at.step("rows"));
                    Vec::new()
                }
            };
            self.keep_all(entries, at);
            lists.insert(name, List { complete, rows });
        }
        lists
    }

    /// The rows, each under a key of its own: a missing or repeated one is given anew,
    /// above all that are stated, so that no row is taken for another.
    fn rows(&mut self, values: Vec<Json>, at: Place<'_>) -> Vec<Row> {
        let mut stated: Vec<u32> = values.iter().filter_map(row_key).collect();
        stated.sort_unstable();
        let highest = stated.last().copied().unwrap_or_default();
        let mut free = (highest.saturating_add(1)..=u32::MAX).chain(1..=highest);
        let mut used = vec![false; stated.len()];
        let mut rows = Vec::new();
        for (index, value) in values.into_iter().enumerate() {
            let index = index.to_string();
            let at = at.step(&index);
            let own = row_key(&value).filter(|key| {
                let at = stated.partition_point(|known| known < key);
                used.get_mut(at).is_some_and(|used| !mem::replace(used, true))
            });
            let Json::Object(mut entries) = value else {
                self.keep(value, at);
                continue;
            };
            let written = entries.remove("key");
            let given = || free.find(|key| stated.binary_search(key).is_err());
            let Some(key) = own.or_else(given) else {
                self.keep(Json::Object(entries), at);
                continue;
            };
            if own.is_none() {
                self.note(Some(at.step("key")), "row_key");
                if let Some(written) = written.filter(|written| *written != Json::Null) {
                    self.keep(written, at.step("key"));
                }
            }
            let answers = entries.remove("answers").unwrap_or_default();
            let answers = self.answers(answers, at.step("answers"));
            self.keep_all(entries, at);
            rows.push(Row { key, answers });
        }
        rows
    }
}

fn row_key(row: &Json) -> Option<u32> {
    plain(row.get("key")?)?.parse().ok()
}
