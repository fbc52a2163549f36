//! Rows of a list: they come, go, and come back.

use ruhu_core::{Act, At, Place};

use super::edit::Effect;
use super::{Session, Undo, Watch};

impl Session {
    pub(super) fn add(&mut self, topic: usize, like: Option<Place>) -> Effect {
        let list = self.entity_of(topic);
        let made = match like {
            Some(place) => self.visit.copy_row(list, place.row),
            None => self.visit.add_row(list),
        };
        let Some((row, changed)) = made else { return Effect::default() };
        self.note(Act::RowAdded, self.row_path(Place { entity: list, row }));
        // A new row may take the key of the one that could have come back.
        if matches!(&self.undo, Some(Undo::Row { list: gone, .. }) if *gone == list) {
            self.undo = None;
            self.snack = None;
        }
        let mut changed = self.judged(changed);
        let reopened = self.visit.set_complete(list, false);
        changed.watch.extend(self.judged(reopened).watch);
        let place = Place { entity: list, row };
        let opened = self.show_row(topic, Some(row));
        changed.watch.extend(opened.watch);
        changed.watch.extend([Watch::List(list), Watch::Sum(list), Watch::Snack]);
        let first = self.shown(topic, place).first().copied();
        changed.focus = first.map(|fact| self.field_id(At { place, fact }));
        changed
    }

    pub(super) fn remove(&mut self, topic: usize, place: Place) -> Effect {
        let list = place.entity;
        let complete = self.visit.is_complete(list);
        let name = self.visit.say_row(&self.lang, place);
        let Some((at, row, changed)) = self.visit.remove_row(list, place.row) else {
            return Effect::default();
        };
        self.note(Act::RowRemoved, self.row_path(place));
        self.open.remove(&topic);
        self.undo = Some(Undo::Row { list, at, row, complete });
        let text = self.fill("removed", &[("name", &name)]);
        self.say_snack(text);
        let mut effect = self.judged(changed);
        effect.watch.extend([Watch::List(list), Watch::Sum(list), Watch::Snack]);
        effect.focus = Some("undo".to_owned());
        effect
    }

    pub(super) fn undo(&mut self) -> Effect {
        self.snack = None;
        match self.undo.take() {
            None => Effect::of(&[Watch::Snack]),
            Some(Undo::Row { list, at, row, complete }) => {
                let place = Place { entity: list, row: row.key };
                let changed = self.visit.restore_row(list, at, row);
                self.note(Act::RowAdded, self.row_path(place));
                let mut effect = self.judged(changed);
                let changed = self.visit.set_complete(list, complete);
                effect.watch.extend(self.judged(changed).watch);
                effect.watch.extend([Watch::List(list), Watch::Sum(list), Watch::Snack]);
                effect.focus = Some(self.row_id(place));
                effect
            }
            Some(Undo::Record(was)) => self.bring_back(*was),
            Some(Undo::Forget) => {
                let back = self.visits.removed.take();
                let mut effect = Effect::of(&[Watch::Visits, Watch::Snack]);
                effect.focus = back.map(|key| ["visit-", &key].concat());
                effect
            }
        }
    }

    /// The id of the head of a row's card.
    #[must_use]
    pub fn row_id(&self, place: Place) -> String {
        let dictionary = self.visit.standard().dictionary();
        let list = dictionary.entity_info(place.entity).map_or("", |info| &info.id);
        ["row-", list, "-", &place.row.to_string()].concat()
    }
}
