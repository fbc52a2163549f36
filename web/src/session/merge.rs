//! A record that is here already, and another copy of it: which of them holds the other,
//! and how two that were both changed become one again (合并).

use std::rc::Rc;

use ruhu_core::record::{Field, Merge, Side, Stand};
use ruhu_core::{Answer, Record, Visit};

use super::desk::Lies;
use super::edit::{Edit, Effect};
use super::spot::Spot;
use super::{Page, Session};

/// Two copies beside each other (合并).
#[derive(Clone, Debug)]
pub struct Merging {
    /// Under which key the one here is kept.
    pub key: String,
    /// What was chosen, by conflict.
    chosen: Vec<Option<Side>>,
    beside: Rc<Beside>,
}

#[derive(Debug)]
struct Beside {
    merge: Merge,
    /// Both as they are judged: here, there.
    copies: [Visit; 2],
}

impl PartialEq for Merging {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.beside, &other.beside) && self.chosen == other.chosen
    }
}

impl Eq for Merging {}

/// A question on which two copies differ, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// What it is about.
    pub label: String,
    /// What stands here.
    pub here: String,
    /// What stands there.
    pub there: String,
    /// What was chosen.
    pub chosen: Option<Side>,
}

impl Merging {
    /// How many places only the copy from elsewhere changed.
    #[must_use]
    pub fn taken(&self) -> usize {
        self.beside.merge.taken()
    }

    /// Whether the record that is here is still as it was laid there.
    pub(super) fn is_of(&self, record: &Record) -> bool {
        let [here, _] = self.beside.merge.copies();
        here.id == record.id && here.stand(record) == Stand::Same
    }

    /// How many are still to be chosen.
    #[must_use]
    pub fn left(&self) -> usize {
        self.chosen.iter().filter(|side| side.is_none()).count()
    }

    /// Takes one of the two, at one place or wherever they differ.
    pub(super) fn choose(&mut self, at: Option<usize>, side: Side) {
        let all = self.chosen.iter_mut().enumerate();
        all.filter(|(place, _)| at.is_none_or(|at| at == *place))
            .for_each(|(_, chosen)| *chosen = Some(side));
    }
}

impl Session {
    /// The own name of a record that is written in a text; empty where there is none.
    #[must_use]
    pub fn id_of(&self, text: &str) -> String {
        Record::from_json(text).map(|(record, _)| record.id).unwrap_or_default()
    }

    /// How a copy stands to the one here, by what their logs tell; a text that is no record
    /// stands apart from all.
    #[must_use]
    pub fn stand(here: &str, copy: &str) -> Stand {
        let read = |text: &str| Record::from_json(text).ok().map(|(record, _)| record);
        let Some((here, copy)) = read(here).zip(read(copy)) else { return Stand::Apart };
        here.stand(&copy)
    }

    /// Another copy of the record on the screen, as a server has it.
    pub(super) fn beside(&mut self, copy: &str, effect: Effect) -> Effect {
        let (here, key) = (self.record_text(), self.key().to_owned());
        let stand = Self::stand(&here, copy);
        let Ok(mut inside) = self.look_into(copy) else { return effect };
        if self.id_of(copy) != self.visit.record().id {
            return effect;
        }
        if matches!(stand, Stand::Same | Stand::Older) {
            return effect;
        }
        inside.iter_mut().for_each(|one| one.here = Some((stand, key.clone())));
        self.desk.lies = Lies::Inside(inside);
        if stand == Stand::Newer {
            return self.take(0, key);
        }
        let effect = self.lay_side_by_side(0, &here, effect);
        match &self.desk.lies {
            Lies::Merging(merging, _) if merging.left() == 0 => self.settle_merge(effect),
            // The desk stands on the first page.
            _ => Effect { focus: effect.focus, ..self.apply(Edit::Go(Page::Home)) },
        }
    }

    /// What was chosen is done, once all of it is.
    pub(super) fn settle_merge(&mut self, mut effect: Effect) -> Effect {
        let Lies::Merging(merging, inside) = &self.desk.lies else { return effect };
        let left = merging.left();
        if left > 0 {
            self.desk.trouble =
                Some(self.fill("merge_left", &[("count", &left.to_string())]));
            effect.focus = Some("desk-trouble".to_owned());
            return effect;
        }
        let (merging, mut inside) = (merging.clone(), inside.clone());
        let key = merging.key.clone();
        // What was answered since is part of what is here.
        if key == self.key() && !merging.is_of(self.visit.record()) {
            let at = inside
                .iter()
                .position(|one| one.here.as_ref().is_some_and(|(_, here)| *here == key));
            self.desk.lies = Lies::Inside(inside);
            let here = self.record_text();
            return self.lay_side_by_side(at.unwrap_or_default(), &here, effect);
        }
        let effect = self.merged(&merging);
        if self.trouble.is_some() {
            return effect;
        }
        // What else is in the file is not forgotten.
        inside.retain(|one| one.here.as_ref().is_none_or(|(_, here)| *here != key));
        self.desk.lies =
            if inside.is_empty() { Lies::Nothing } else { Lies::Inside(inside) };
        effect
    }

    /// Lays two copies beside each other; nothing where one of them cannot be judged.
    pub(super) fn merging(
        &self,
        key: String,
        here: &str,
        there: &str,
    ) -> Option<Merging> {
        let read = |text: &str| Record::from_json(text).ok().map(|(record, _)| record);
        let (here, there) = read(here).zip(read(there))?;
        let points = |fact: &str| self.library.dictionary().list_of(fact);
        let merge = Merge::new(here, there, &points);
        let [here, there] = merge.copies().map(|record| {
            let standard = self.deciding_standard(&record.standard);
            let record = Record { standard: standard.id().to_owned(), ..record.clone() };
            Visit::open(&standard, self.visit.hints_standard(), record).ok()
        });
        let chosen = vec![None; merge.conflicts().len()];
        let beside = Rc::new(Beside { merge, copies: [here?, there?] });
        Some(Merging { key, chosen, beside })
    }

    /// What has to be asked, in words.
    #[must_use]
    pub fn asked(&self, merging: &Merging) -> Vec<Asked> {
        let Beside { merge, copies } = &*merging.beside;
        let conflicts = merge.conflicts().iter().zip(&merging.chosen);
        let asked = conflicts.map(|(conflict, chosen)| {
            let spot = self.spot(&conflict.place);
            let [here, there] = copies;
            // A row is named by who has it.
            let who = if conflict.here.is_some() { here } else { there };
            Asked {
                label: self.say_spot(&spot, who),
                here: self.say_field(&spot, here, conflict.here.as_ref()),
                there: self.say_field(&spot, there, conflict.there.as_ref()),
                chosen: *chosen,
            }
        });
        asked.collect()
    }

    /// Two copies are one: what was there stays among its versions, and can be brought back.
    pub(super) fn merged(&mut self, merging: &Merging) -> Effect {
        let stamp = self.stamp();
        let record = merging.beside.merge.settle(&merging.chosen, &stamp);
        let effect = self.replace(&merging.key, record, Vec::new(), "merged");
        Effect { focus: Some("page-title".to_owned()), ..effect }
    }

    fn say_field(&self, spot: &Spot, visit: &Visit, field: Option<&Field>) -> String {
        let text = match (spot, field) {
            (Spot::Answer(at), Some(Field::Answer(answer))) => {
                // In full, also where it is masked elsewhere: what differs must be seen.
                let said = match answer {
                    Answer::Known(_) => visit.say_value(&self.lang, *at),
                    Answer::Unknown { reason, .. } => {
                        self.lang.named("reason", reason.as_str())
                    }
                };
                if said.is_empty() { answer.text().to_owned() } else { said }
            }
            (_, Some(Field::Answer(answer))) => answer.text().to_owned(),
            (Spot::Named(place), Some(Field::Setting(text))) => {
                let param = place.strip_prefix("/choices/");
                let key = param.map(|param| ["param.", param, ".", text].concat());
                let said = key.and_then(|key| self.lang.find(&key));
                let standard = self.standard_named(text);
                let title = standard.as_ref().map(|standard| standard.title());
                said.or(title).unwrap_or(text).to_owned()
            }
            (_, Some(Field::Setting(text))) => text.clone(),
            (Spot::Row(_), Some(_)) => self.say("merge_row"),
            (Spot::Row(_), None) => self.say("merge_no_row"),
            (_, Some(Field::Complete)) => self.say("merge_complete"),
            (Spot::Complete(_), None) => self.say("merge_not_complete"),
            _ => String::new(),
        };
        if text.trim().is_empty() { self.say("merge_blank") } else { text }
    }
}
