//! What comes of a record, as one line of JSON, and why nothing does, in words.

use std::collections::BTreeSet;

use super::{Decision, Refused, Replayed};
use crate::applied::Refusal;
use crate::json::{Entries, Json};
use crate::lang::Lang;
use crate::record::Notice;
use crate::verdict::Verdict;
use crate::visit::Replay;

impl Decision {
    /// The household: not met if any criterion is not met, else unknown if any is.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.states.whole(self.standard.criteria().len())
    }

    /// Whether the standard may decide; what is only proposed is shown beside.
    #[must_use]
    pub fn decides(&self) -> bool {
        self.standard.decides()
    }

    /// The id and the state of each criterion.
    pub fn verdicts(&self) -> impl Iterator<Item = (&str, Verdict)> {
        let criteria = self.standard.criteria().iter().enumerate();
        criteria.map(|(at, one)| (one.id.as_str(), self.states.of(at)))
    }

    /// As canonical JSON.
    #[must_use]
    pub fn write(&self) -> String {
        let criteria = self.verdicts();
        let criteria = criteria.map(|(id, one)| (id.to_owned(), one.as_str().into()));
        Json::object(vec![
            ("id", self.id.as_str().into()),
            ("standard", self.standard.id().into()),
            ("decides", self.decides().into()),
            ("verdict", self.verdict().as_str().into()),
            ("criteria", Json::Object(criteria.collect::<Entries>())),
        ])
        .write()
    }
}

impl Replayed {
    /// Whether it is judged as it was.
    #[must_use]
    pub fn replays(&self) -> bool {
        self.differences.is_empty()
    }

    /// As canonical JSON.
    #[must_use]
    pub fn write(&self) -> String {
        let all = self.differences.iter().map(|one| one.as_str().into());
        let parts = vec![
            ("id", self.id.as_str().into()),
            ("replays", self.replays().into()),
            ("differences", all.collect::<Vec<Json>>().into()),
        ];
        Json::object(parts).write()
    }
}

impl Refused {
    /// The name in data and words.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Record(error) => error.key(),
            Self::NoStandard => "no_standard",
            Self::UnknownStandard { .. } => "unknown_standard",
            Self::Setting(Refusal::Year { .. }) => "year",
            Self::Setting(Refusal::Date { .. }) => "date",
            Self::Open => "open",
            Self::OtherRecord { .. } => "other_record",
            Self::UnknownParam { .. } => "unknown_param",
            Self::UnknownChoice { .. } => "unknown_choice",
        }
    }
}

impl Lang {
    /// Why a record was not judged, and what to do.
    #[must_use]
    pub fn say_refused(&self, refused: &Refused) -> String {
        match refused {
            Refused::Record(error) => self.say_record_error(error),
            Refused::Setting(refusal) => self.say_refusal(refusal),
            Refused::UnknownStandard { id } => {
                self.fill("assess.unknown_standard", &[("id", id)])
            }
            Refused::NoStandard => self.text("assess.no_standard").to_owned(),
            Refused::Open => self.text("assess.open").to_owned(),
            Refused::OtherRecord { ids: [here, there] } => {
                self.fill("assess.other_record", &[("here", here), ("there", there)])
            }
            Refused::UnknownParam { param, all } => {
                let all = all.join(&self.comma());
                self.fill("assess.unknown_param", &[("param", param), ("all", &all)])
            }
            Refused::UnknownChoice { param, choice, all } => {
                let all = all.join(&self.comma());
                let parts = [("param", param), ("choice", choice), ("all", &all)];
                self.fill("assess.unknown_choice", &parts.map(|(k, v)| (k, v.as_str())))
            }
        }
    }

    /// A refusal as canonical JSON, in place of what was asked for.
    #[must_use]
    pub fn write_refused(&self, key: &str, text: &str) -> String {
        Json::object(vec![("refused", key.into()), ("text", text.into())]).write()
    }

    /// Something in a record that was read otherwise than written.
    #[must_use]
    pub fn say_notice(&self, notice: &Notice) -> String {
        self.fill(&["notice.", notice.key].concat(), &[("path", &notice.path)])
    }

    pub(super) fn say_replay(&self, replay: &Replay) -> Vec<String> {
        let Replay { was, now } = replay;
        let fill = |key: &str, was: &str, now: &str| {
            self.fill(key, &[("was", was), ("now", now)])
        };
        let text = replay.is_other_text();
        let text = text.then(|| fill("assess.other_text", &was.hash, &now.hash));
        let engine = replay.is_other_engine();
        let engine =
            engine.then(|| fill("assess.other_engine", &was.engine, &now.engine));
        let whole = self.text("assess.household").to_owned();
        let whole = [(whole, Some(&was.verdict), Some(&now.verdict))];
        let ids: BTreeSet<&String> =
            was.verdicts.keys().chain(now.verdicts.keys()).collect();
        let each = ids.into_iter().map(|id| {
            (self.named("criterion", id), was.verdicts.get(id), now.verdicts.get(id))
        });
        let other = whole.into_iter().chain(each).filter(|(_, was, now)| was != now);
        let verdict = |one: Option<&String>| match one {
            Some(verdict) => self.named("verdict", verdict),
            None => self.text("assess.no_verdict").to_owned(),
        };
        let other = other.map(|(name, was, now)| {
            let (was, now) = (verdict(was), verdict(now));
            let parts = [("name", name.as_str()), ("was", &was), ("now", &now)];
            self.fill("assess.other_verdict", &parts)
        });
        text.into_iter().chain(engine).chain(other).collect()
    }
}
