//! Every way a visit can change.

use crate::applied::{self, Applied, Refusal};
use crate::dictionary::{EntityRef, FactRef};
use crate::enter;
use crate::record::{Answer, Answers, List, Row};

use super::{Changed, Visit};
use crate::place::{At, Place};

impl Visit {
    /// An answer given, or taken back where there is none.
    pub fn answer(&mut self, at: At, answer: Option<Answer>) -> Changed {
        let Some(id) = self.dictionary().info(at.fact).map(|info| info.id.clone()) else {
            return Changed::default();
        };
        let Some(answers) = self.answers_mut(at.place) else { return Changed::default() };
        match answer {
            Some(answer) => drop(answers.insert(id, answer)),
            None => drop(answers.remove(&id)),
        }
        self.entered(at)
    }

    /// The reading of a parameter, or the option of a switch; none takes it back.
    pub fn choose(&mut self, param: &str, reading: Option<&str>) -> Changed {
        match reading {
            Some(reading) => {
                drop(self.record.choices.insert(param.to_owned(), reading.to_owned()));
            }
            None => drop(self.record.choices.remove(param)),
        }
        self.settle(self.applied.setting.year, self.applied.setting.check_date)
    }

    /// The exit year and the day of the check.
    ///
    /// # Errors
    /// Where the year is outside the standard's life, or the day is not a date; the
    /// visit then stays as it was.
    pub fn set_when(&mut self, year: i32, date: &str) -> Result<Changed, Refusal> {
        let (was_year, was_date) = (self.record.year, self.record.date.clone());
        self.record.year = Some(year);
        self.record.date = Some(date.to_owned());
        match applied::year_and_day(
            &self.applied.standard,
            self.record.year,
            self.record.date.as_deref(),
        ) {
            Ok((year, day)) => Ok(self.settle(year, day)),
            Err(refusal) => {
                self.record.year = was_year;
                self.record.date = was_date;
                Err(refusal)
            }
        }
    }

    /// Another year, day or reading: everything is judged again.
    fn settle(&mut self, year: i64, day: i64) -> Changed {
        self.applied = self.applied.moved(year, day, &self.record.choices);
        self.hints_by = self.hints_by.moved(year, day, &self.record.choices);
        self.known.forget(u128::MAX);
        self.forget_all();
        let mut changed = self.judge_again(u128::MAX, u128::MAX, u128::MAX);
        changed.shown = true;
        changed
    }

    /// Whether these are all the rows there are.
    pub fn set_complete(&mut self, list: EntityRef, complete: bool) -> Changed {
        let Some(rows) = self.rows_mut(list) else { return Changed::default() };
        rows.complete = complete;
        if let Some(cells) = self.cells.list_mut(list) {
            cells.complete = complete && cells.beyond == 0;
        }
        self.list_changed(list)
    }

    /// A new row with the answers that every new row starts with; its key.
    pub fn add_row(&mut self, list: EntityRef) -> Option<(u32, Changed)> {
        let dictionary = self.dictionary();
        let mut answers = Answers::new();
        for fact in &dictionary.entity_info(list)?.facts {
            let info = dictionary.info(*fact)?;
            if let Some(prefill) = &info.prefill {
                answers.insert(info.id.clone(), Answer::known(prefill));
            }
        }
        self.append(list, answers)
    }

    /// A new row with the answers of another, without those that tell who it is.
    pub fn copy_row(&mut self, list: EntityRef, key: u32) -> Option<(u32, Changed)> {
        let place = Place { entity: list, row: key };
        let mut answers = self.answers(place)?.clone();
        let dictionary = self.dictionary();
        for fact in &dictionary.entity_info(list)?.facts {
            let info = dictionary.info(*fact)?;
            let tells_who = info.kind == crate::dictionary::Kind::IdNumber
                || info.from.is_some()
                || dictionary.entity_info(list)?.name == Some(*fact)
                    && info.kind == crate::dictionary::Kind::Text;
            if tells_who {
                answers.remove(&info.id);
            }
        }
        self.append(list, answers)
    }

    /// Takes a row away; it and its place are given back, for whoever wants to undo.
    pub fn remove_row(
        &mut self,
        list: EntityRef,
        key: u32,
    ) -> Option<(usize, Row, Changed)> {
        let rows = self.rows_mut(list)?;
        let at = rows.rows.iter().position(|row| row.key == key)?;
        let row = rows.rows.remove(at);
        let changed = self.rows_changed(list);
        Some((at, row, changed))
    }

    /// Puts a row back where it was.
    pub fn restore_row(&mut self, list: EntityRef, at: usize, row: Row) -> Changed {
        let Some(rows) = self.rows_mut(list) else { return Changed::default() };
        if rows.rows.iter().any(|known| known.key == row.key) {
            return Changed::default();
        }
        let at = at.min(rows.rows.len());
        rows.rows.insert(at, row);
        self.rows_changed(list)
    }

    fn append(&mut self, list: EntityRef, answers: Answers) -> Option<(u32, Changed)> {
        let most = self.dictionary().entity_info(list)?.most;
        let highest = self.highest_key;
        let rows = self.rows_mut(list)?;
        if rows.rows.len() >= most {
            return None;
        }
        let key = highest.saturating_add(1);
        rows.rows.push(Row { key, answers });
        self.highest_key = key;
        let changed = self.rows_changed(list);
        Some((key, changed))
    }

    fn rows_mut(&mut self, list: EntityRef) -> Option<&mut List> {
        list.list()?;
        let id = self.dictionary().entity_info(list)?.id.clone();
        Some(self.record.lists.entry(id).or_default())
    }

    fn answers_mut(&mut self, place: Place) -> Option<&mut Answers> {
        if place.entity == EntityRef::HOUSEHOLD {
            return Some(&mut self.record.answers);
        }
        let rows = self.rows_mut(place.entity)?;
        let row = rows.rows.iter_mut().find(|row| row.key == place.row)?;
        Some(&mut row.answers)
    }

    /// Rows came or went: the list's cells are made again, and so are references to it.
    fn rows_changed(&mut self, list: EntityRef) -> Changed {
        self.cells = applied::cells(&self.applied.standard.dictionary, &self.record);
        self.list_changed(list)
    }

    fn list_changed(&mut self, list: EntityRef) -> Changed {
        self.known.forget(u128::MAX);
        let mut masks = self.masks(|applied| {
            (applied.links.criteria.on_list(list), applied.links.hints.on_list(list))
        });
        // Facts that point into this list read otherwise when a row is gone.
        let dictionary = std::rc::Rc::clone(self.dictionary());
        for (fact, at) in dictionary.facts().iter().zip(0..) {
            if fact.kind == (crate::dictionary::Kind::Row { of: list }) {
                let more = self.masks(|applied| {
                    let fact = FactRef(at);
                    (
                        applied.links.criteria.on_fact(fact),
                        applied.links.hints.on_fact(fact),
                    )
                });
                masks = (masks.0 | more.0, masks.1 | more.1, masks.2 | more.2);
            }
        }
        let mut changed = self.judge_again(masks.0, masks.1, masks.2);
        self.forget_all();
        changed.shown = true;
        changed
    }

    /// An answer is in the record: its cell follows, and those that it gives.
    fn entered(&mut self, at: At) -> Changed {
        let dictionary = std::rc::Rc::clone(self.dictionary());
        let mut touched = vec![at.fact];
        for (fact, index) in dictionary.facts().iter().zip(0..) {
            if fact.from == Some(at.fact) {
                touched.push(FactRef(index));
            }
        }
        let (mut criteria, mut own, mut beside, mut shown) = (0, 0, 0, 0);
        let mut changed_facts = Vec::new();
        for fact in touched {
            let Some(answers) = self.answers(at.place) else { continue };
            let (range, _) = enter::cell(&dictionary, &self.record, fact, answers);
            let was = self.cells.put(&dictionary, fact, at.place.row, range);
            // The same figure as before judges nothing anew; what is still unknown may
            // be so for another reason, which the sentences tell.
            if was == Some(range) && range.known().is_some() {
                continue;
            }
            changed_facts.push(fact);
            self.known.forget(self.applied.links.defines.on_fact(fact));
            let masks = self.masks(|applied| {
                (applied.links.criteria.on_fact(fact), applied.links.hints.on_fact(fact))
            });
            criteria |= masks.0;
            own |= masks.1;
            beside |= masks.2;
            shown |= self.applied.links.shown.on_fact(fact);
        }
        let mut changed = self.judge_again(criteria, own, beside);
        let entity = dictionary.entity_info(at.place.entity);
        if entity.is_some_and(|entity| entity.name == Some(at.fact)) {
            // Every sentence about the row names it.
            self.forget_all();
            changed.criteria = self.all_criteria();
        } else {
            self.forget(changed.criteria, &changed_facts);
        }
        changed.shown = shown != 0;
        changed
    }

    fn masks(&self, of: impl Fn(&Applied) -> (u128, u128)) -> (u128, u128, u128) {
        let (criteria, own) = of(&self.applied);
        (criteria, own, of(&self.hints_by).1)
    }
}
