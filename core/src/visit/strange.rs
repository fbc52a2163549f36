//! What a record holds that its standard does not ask: kept, and of no weight.

use crate::dictionary::{EntityRef, Kind};
use crate::enter;
use crate::param::Param;
use crate::read::Problem;
use crate::record::{Answers, Notice};

use super::Visit;

/// The most places that are named; how many more there are is told after them.
const MOST: usize = 20;

/// What was found so far.
#[derive(Debug, Default)]
struct Told {
    notices: Vec<Notice>,
    more: usize,
}

impl Told {
    fn note(&mut self, steps: &[&str], key: &'static str) {
        if self.notices.len() >= MOST {
            self.more = self.more.saturating_add(1);
            return;
        }
        self.notices.push(Notice { path: pointer(steps), key });
    }
}

/// A place as a JSON pointer (RFC 6901).
fn pointer(steps: &[&str]) -> String {
    let mut path = String::new();
    for step in steps {
        path.push('/');
        path.push_str(&step.replace('~', "~0").replace('/', "~1"));
    }
    path
}

impl Visit {
    /// What a reader should know of the record as it stands: what was kept without being
    /// understood, a log that does not hold, and what counts for nothing here. What was
    /// mended when it was read, only its reading tells.
    #[must_use]
    pub fn notices(&self) -> Vec<Notice> {
        let kept = self.record.unread.keys().map(|key| match key.starts_with('/') {
            true => Notice { path: key.clone(), key: "kept" },
            false => Notice { path: pointer(&[key]), key: "unknown_key" },
        });
        let broken = self.record.log.verify(&self.record).err().map(Notice::broken);
        kept.chain(broken).chain(self.strange()).collect()
    }

    /// Notices of what is kept and counts for nothing here (不参与判断的内容): answers to
    /// facts, lists, options and readings that there are not.
    ///
    /// At most 20, in the order of the record, and then `more_strange`, whose path is the
    /// count of the rest.
    #[must_use]
    pub fn strange(&self) -> Vec<Notice> {
        let mut told = Told::default();
        for (param, choice) in &self.record.choices {
            if !self.has_reading(param, choice) {
                told.note(&["choices", param], "no_such_choice");
            }
        }
        let answers = &self.record.answers;
        self.strange_answers(EntityRef::HOUSEHOLD, answers, &["answers"], &mut told);
        for (name, list) in &self.record.lists {
            let entity = self.dictionary().entity(name);
            let Some(entity) = entity.filter(|one| *one != EntityRef::HOUSEHOLD) else {
                told.note(&["lists", name], "no_such_list");
                continue;
            };
            for (at, row) in list.rows.iter().enumerate() {
                let steps = ["lists", name, "rows", &at.to_string(), "answers"];
                self.strange_answers(entity, &row.answers, &steps, &mut told);
            }
        }
        let Told { mut notices, more } = told;
        if more > 0 {
            notices.push(Notice { path: more.to_string(), key: "more_strange" });
        }
        notices
    }

    fn strange_answers(
        &self,
        entity: EntityRef,
        answers: &Answers,
        steps: &[&str],
        told: &mut Told,
    ) {
        let dictionary = self.dictionary();
        for id in answers.keys() {
            let fact = dictionary.fact(id);
            let info = fact.and_then(|fact| dictionary.info(fact));
            let info = info.filter(|info| info.entity == entity);
            let (Some(fact), Some(info)) = (fact, info) else {
                told.note(&[steps, &[id]].concat(), "no_such_fact");
                continue;
            };
            if !matches!(info.kind, Kind::YesNo | Kind::Choice { .. }) {
                continue;
            }
            let problem = enter::cell(dictionary, &self.record, fact, answers).1;
            if problem == Some(Problem::NotAnOption) {
                told.note(&[steps, &[id]].concat(), "no_such_option");
            }
        }
    }

    /// Whether a parameter of the standard, or of the hints beside it, can be so chosen.
    fn has_reading(&self, id: &str, choice: &str) -> bool {
        let own = self.applied.standard.params.iter();
        let mut params = own.chain(&self.hints_by.standard.params);
        let reads = |param: &Param| {
            let mut readings = param.values.iter().flat_map(|value| &value.reading);
            readings.any(|reading| reading == choice)
                || param.options.iter().any(|option| option == choice)
        };
        params.any(|param| param.id == id && reads(param))
    }
}
