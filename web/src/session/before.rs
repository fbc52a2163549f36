//! A visit made from last year's (据上年走访新建): what was answered then stands beside each
//! question, and counts only once somebody confirms it.

use ruhu_core::record::Row;
use ruhu_core::{Act, Answers, At, EntityRef, FactRef, Place, Verdict, Visit, read};

use super::edit::{Edit, Effect};
use super::{Session, Watch, owns_list};

/// What was answered last year, as people read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Was {
    /// The answer.
    pub said: String,
    /// Whether it may be taken over, and is not the answer already.
    pub may_carry: bool,
}

impl Session {
    /// The visit of last year, where this one was made from it.
    #[must_use]
    pub fn before(&self) -> Option<&Visit> {
        self.before.as_ref()
    }

    /// What was answered last year where a question stands.
    #[must_use]
    pub fn was(&self, at: At) -> Option<Was> {
        let before = self.before.as_ref()?;
        let answer = before.typed(at)?;
        let said = self.say_answer(before, at);
        let may_carry = self.carries(at.fact) && self.visit.typed(at) != Some(answer);
        (!said.is_empty()).then_some(Was { said, may_carry })
    }

    fn carries(&self, fact: FactRef) -> bool {
        let info = self.visit.standard().dictionary().info(fact);
        info.is_some_and(|info| info.carries)
    }

    /// An answer as people read it, or why there is none; masked where it is to be.
    #[must_use]
    pub fn say_answer(&self, visit: &Visit, at: At) -> String {
        if visit.reason(at).is_some() || visit.problem(at).is_some() {
            return visit.say_why(&self.lang, at);
        }
        let value = visit.say_value(&self.lang, at);
        match visit.standard().dictionary().info(at.fact).and_then(|info| info.mask) {
            Some(mask) => mask.over(&value),
            None => value,
        }
    }

    /// What is shown of an answer where nobody is at it; nothing where it is shown as it is.
    /// What cannot be right is shown: it must be put right.
    #[must_use]
    pub fn say_masked(&self, at: At) -> Option<String> {
        let mask = self.visit.standard().dictionary().info(at.fact)?.mask?;
        let answer = self.visit.typed(at).filter(|_| self.visit.problem(at).is_none());
        answer.map(|answer| mask.over(answer.text())).filter(|text| !text.is_empty())
    }

    /// Blank questions of a topic that last year's answer may fill.
    #[must_use]
    pub fn left_as_before(&self, topic: usize, place: Place) -> Vec<At> {
        let Some(before) = &self.before else { return Vec::new() };
        let facts = self.visit.standard().dictionary().facts_of(topic);
        let all = facts.map(|fact| At { place, fact });
        let left = all.filter(|at| {
            self.carries(at.fact)
                && self.visit.typed(*at).is_none()
                && before.typed(*at).is_some()
                && self.is_asked(*at)
        });
        left.collect()
    }

    /// The rows of last year that are not here yet, where a topic's rows may carry over.
    #[must_use]
    pub fn missing_rows(&self, topic: usize) -> Vec<Place> {
        let dictionary = self.visit.standard().dictionary();
        let mut facts = dictionary.facts_of(topic);
        if !owns_list(dictionary, topic) || !facts.any(|fact| self.carries(fact)) {
            return Vec::new();
        }
        let entity = self.entity_of(topic);
        let here: Vec<u32> = self.visit.rows(entity).collect();
        let rows = self.before.iter().flat_map(|before| before.rows(entity));
        let gone = rows.filter(|row| !here.contains(row));
        gone.map(|row| Place { entity, row }).collect()
    }

    /// What is answered otherwise than last year, a line each.
    #[must_use]
    pub fn since_before(&self) -> Vec<String> {
        let Some(before) = &self.before else { return Vec::new() };
        let dictionary = self.visit.standard().dictionary();
        let mut said = Vec::new();
        for topic in 0..dictionary.topics().len() {
            let of = |visit: &Visit, place| visit.say_row(&self.lang, place);
            let entity = self.entity_of(topic);
            if self.visit.is_complete(entity) {
                let gone = self.missing_rows(topic).into_iter();
                let gone = gone.map(|place| of(before, place));
                said.extend(gone.map(|name| self.fill("row_gone", &[("name", &name)])));
            }
            for place in self.places(topic) {
                let is_row = place.entity != EntityRef::HOUSEHOLD;
                if is_row && before.answers(place).is_none() {
                    let mut carried = dictionary.facts_of(topic);
                    if owns_list(dictionary, topic)
                        && carried.any(|fact| self.carries(fact))
                    {
                        let name = of(&self.visit, place);
                        said.push(self.fill("row_new", &[("name", &name)]));
                    }
                    continue;
                }
                for fact in dictionary.facts_of(topic) {
                    let at = At { place, fact };
                    let both = self.visit.typed(at).zip(before.typed(at));
                    if both.is_none_or(|(now, was)| now == was) {
                        continue;
                    }
                    let now = self.say_answer(&self.visit, at);
                    let was = self.say_answer(before, at);
                    if now == was {
                        continue;
                    }
                    let mut name = self.visit.say_fact(&self.lang, fact);
                    if is_row {
                        name = [&of(&self.visit, place), " · ", &name].concat();
                    }
                    let parts = [("name", &*name), ("was", &was), ("now", &now)];
                    said.push(self.fill("since", &parts));
                }
            }
        }
        said
    }

    /// Last year's visit stands beside under the standard of this one.
    pub(super) fn look_back(&mut self) {
        self.before = self.visit.before();
    }

    pub(super) fn as_before(&mut self, at: At) -> Effect {
        self.take_over(vec![at]);
        Effect { focus: Some(self.field_id(at)), ..Effect::all() }
    }

    /// All that is left, in order: an answer may bring up the next question.
    pub(super) fn all_as_before(&mut self, topic: usize, place: Place) -> Effect {
        loop {
            let left = self.left_as_before(topic, place);
            if left.is_empty() || !self.take_over(left) {
                break;
            }
        }
        let first = self.shown(topic, place).into_iter();
        let mut first = first.map(|fact| At { place, fact });
        let blank = first.find(|at| self.visit.typed(*at).is_none());
        let focus = blank.map(|at| self.field_id(at));
        Effect { focus, ..Effect::all() }
    }

    /// Takes last year's answers; whether there was any.
    fn take_over(&mut self, all: Vec<At>) -> bool {
        let mut taken = false;
        for at in all {
            if !self.carries(at.fact) {
                continue;
            }
            let was = self.before.as_ref().and_then(|before| before.typed(at)).cloned();
            if was.is_some() && self.visit.typed(at) != was.as_ref() {
                self.apply(Edit::Answer(at, was));
                taken = true;
            }
        }
        // What stands in the boxes is no longer the answer.
        self.epoch = self.epoch.wrapping_add(1);
        taken
    }

    /// Somebody of last year is here again: the row with its name, and nothing else.
    pub(super) fn row_as_before(&mut self, topic: usize, row: u32) -> Effect {
        let place = Place { entity: self.entity_of(topic), row };
        if !self.missing_rows(topic).contains(&place) {
            return Effect::default();
        }
        let dictionary = self.visit.standard().dictionary();
        let name = dictionary.entity_info(place.entity).and_then(|info| info.name);
        let was = name.and_then(|fact| {
            let answer = self.before.as_ref()?.typed(At { place, fact })?.clone();
            Some((dictionary.info(fact)?.id.clone(), answer))
        });
        let answers: Answers = was.into_iter().collect();
        let end = self.visit.rows(place.entity).count();
        let changed =
            self.visit.restore_row(place.entity, end, Row { key: row, answers });
        self.note(Act::RowAdded, self.row_path(place));
        let reopened = self.visit.set_complete(place.entity, false);
        let mut effect = self.judged(changed);
        effect.watch.extend(self.judged(reopened).watch);
        self.open.insert(topic, row);
        effect.watch.push(Watch::Screen);
        effect.focus = Some(self.row_id(place));
        effect
    }

    /// The visit of the year after this one.
    pub(super) fn next_year(&mut self, id: &str, today: &str) -> Effect {
        if self.is_blank() {
            return self.refuse(self.say("next_year_nothing"));
        }
        let next = self.visit.year().saturating_add(1);
        let year = next.to_string();
        let (first, last) = self.visit.standard().years();
        if !(first..=last).contains(&next) {
            let parts = [("year", &*year), ("last", &last.to_string())];
            return self.refuse(self.fill("next_year_none", &parts));
        }
        // Today, where that is in the year; else a year after this check, or its last day.
        let of_year = |date: &str| date.starts_with(&[&year, "-"].concat());
        let was = read::date_text(self.visit.check_date());
        let rest = was.split_once('-').map_or("12-31", |(_, rest)| rest);
        let later = [&year, "-", rest].concat();
        let is_day = read::date(&later).is_ok_and(|day| day.known().is_some());
        let date = match (of_year(today), is_day) {
            (true, _) => today.to_owned(),
            (false, true) => later,
            (false, false) => [&year, "-12-31"].concat(),
        };
        let record = self.visit.next_year(id, &date);
        let effect = self.replace(id, record, Vec::new(), "next_year_started");
        self.note(Act::Copied, "/before".to_owned());
        effect
    }

    /// Whether last year's answers wait to be confirmed anywhere.
    #[must_use]
    pub fn waits_as_before(&self) -> usize {
        let dictionary = self.visit.standard().dictionary();
        let of_topic = |topic: usize| {
            let left = self.places(topic).into_iter();
            let left = left.map(|place| self.left_as_before(topic, place).len());
            left.sum::<usize>().saturating_add(self.missing_rows(topic).len())
        };
        (0..dictionary.topics().len()).map(of_topic).sum()
    }
}

/// The states of a verdict by name, for what a finished record says.
#[must_use]
pub fn verdict_named(name: &str) -> Verdict {
    let all = [Verdict::Met, Verdict::NotMet];
    all.into_iter().find(|one| one.as_str() == name).unwrap_or(Verdict::Unknown)
}
