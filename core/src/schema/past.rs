//! What a record remembers: last year's visit, how it was finished, what was done to it.

use super::{Shape, closed, one_of, put, types};
use crate::json::{Entries, Json, object};
use crate::log::Act;
use crate::verdict::Verdict;

impl Shape<'_> {
    /// 上年走访; its year need not be one of the standard's.
    pub(super) fn before(&mut self) -> Json {
        let properties = vec![
            ("id", types(&["string", "null"])),
            ("year", types(&["integer", "null"])),
            ("date", self.blank_or(Self::day)),
            ("answers", self.answers()),
            ("lists", self.lists()),
        ];
        closed(self.described(properties))
    }

    /// 完成: it may have been finished by an earlier text of the standard.
    pub(super) fn finished(&mut self) -> Json {
        let properties = vec![
            ("time", self.time()),
            ("device", types(&["string"])),
            ("engine", types(&["string"])),
            ("standard", types(&["string"])),
            ("hash", self.hash()),
            ("verdict", self.verdict()),
            ("verdicts", self.verdicts()),
        ];
        closed(self.described(properties))
    }

    fn verdicts(&mut self) -> Json {
        let verdict = self.verdict();
        let criteria = self.standard.criteria.iter().map(|criterion| {
            let mut made = verdict.clone();
            put(&mut made, "title", self.lang.named("criterion", &criterion.id));
            (criterion.id.clone(), made)
        });
        object!({
            "type": "object",
            "properties": criteria.collect::<Entries>(),
            "additionalProperties": verdict,
        })
    }

    fn verdict(&mut self) -> Json {
        self.part("verdict", |shape| {
            let verdicts = [Verdict::Met, Verdict::NotMet, Verdict::Unknown];
            let named = verdicts.iter().map(|verdict| {
                (verdict.as_str(), shape.lang.named("verdict", verdict.as_str()))
            });
            one_of(named)
        })
    }

    fn hash(&mut self) -> Json {
        self.part("hash", |_| object!({ "type": "string", "pattern": "^[0-9a-f]{64}$" }))
    }

    fn time(&mut self) -> Json {
        self.part("time", |_| object!({ "type": "string", "format": "date-time" }))
    }

    /// 留痕.
    pub(super) fn log(&mut self) -> Json {
        let entry = self.entry();
        let entries = object!({ "type": "array", "items": entry });
        let properties = vec![("entries", entries), ("seal", self.hash())];
        closed(self.described(properties))
    }

    /// 一条留痕: when, where, its hash, what, and on which device; a later version may know
    /// of more that can be done.
    fn entry(&mut self) -> Json {
        self.part("entry", |shape| {
            let text = || types(&["string"]);
            let places = object!({ "type": "array", "items": text() });
            let acts = Act::ALL.iter().map(|act| act.as_str());
            let acts = one_of(acts.map(|act| (act, shape.lang.named("act", act))));
            let parts = vec![
                shape.time(),
                object!({ "anyOf": vec![text(), places] }),
                shape.hash(),
                object!({ "anyOf": vec![acts, text()] }),
                text(),
            ];
            object!({
                "type": "array",
                "prefixItems": parts,
                "minItems": 3,
                "items": false,
                "description": shape.word("entry"),
            })
        })
    }
}

/// 重新打开前的样子: whole, or by its hash, and by the rules of its own time.
pub(super) fn versions() -> Json {
    object!({ "type": "array", "items": types(&["object", "string"]) })
}
