//! A record is finished (完成): locked with its verdicts, until it is opened again.

use ruhu_core::read::Problem;
use ruhu_core::{Act, At, Place, Verdict};

use super::edit::{Edit, Effect, Reach};
use super::{Session, Watch};

impl Session {
    /// Whether the record is finished, and nothing in it may change.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.visit.record().finished.is_some()
    }

    /// Whether nothing in it may change here: it is finished, or another window writes.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        self.is_finished() || self.is_reading()
    }

    /// Whether somebody wants to finish and is told what is undecided.
    #[must_use]
    pub fn is_finishing(&self) -> bool {
        self.finishing
    }

    /// Whether nothing is answered and no row is there.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        let record = self.visit.record();
        record.answers.is_empty()
            && record.lists.values().all(|list| list.rows.is_empty())
    }

    /// Whether a change goes against a record that is finished. Its own standard may be
    /// loaded after it: that changes no answer.
    pub(super) fn is_locked_for(&self, edit: &Edit) -> bool {
        let Some(finished) = &self.visit.record().finished else { return false };
        match edit {
            Edit::Standard(id) => *id != finished.standard,
            other => other.reach() == Reach::Record,
        }
    }

    pub(super) fn finish(&mut self, sure: bool) -> Effect {
        if self.is_blank() {
            return self.refuse(self.say("finish_nothing"));
        }
        if self.is_unexplained() {
            return self.refuse(self.say("finish_unexplained"));
        }
        self.trouble = None;
        let undecided = self.visit.verdicts().contains(&Verdict::Unknown);
        if undecided && !sure {
            self.finishing = true;
            self.snack = None;
            let focus = Some("finish-anyway".to_owned());
            return Effect { focus, ..Effect::of(&[Watch::Screen]) };
        }
        self.seal();
        let stamp = self.stamp();
        self.visit.finish(&stamp);
        self.finishing = false;
        self.undo = None;
        self.snack = None;
        Effect { focus: Some("finished".to_owned()), ..Effect::all() }
    }

    pub(super) fn reopen(&mut self) -> Effect {
        if !self.is_finished() {
            return Effect::default();
        }
        self.seal();
        let stamp = self.stamp();
        self.visit.reopen(&stamp);
        // What was changed beside its log stays as it is in the version, and is noted.
        let at = self.notices.iter().find(|notice| notice.key.starts_with("log_"));
        let at = at.map(|notice| notice.path.clone());
        at.into_iter().for_each(|at| self.note(Act::Mismatched, at));
        self.trouble = None;
        self.tell("reopened");
        Effect { focus: Some("page-title".to_owned()), ..Effect::all() }
    }

    /// Whether a person decided otherwise and has not said why.
    fn is_unexplained(&self) -> bool {
        let facts = self.visit.standard().dictionary();
        let facts = (0..facts.topics().len()).flat_map(|topic| facts.facts_of(topic));
        let mut all = facts.map(|fact| At { place: Place::HOUSEHOLD, fact });
        all.any(|at| self.visit.problem(at) == Some(Problem::Unexplained))
    }
}
