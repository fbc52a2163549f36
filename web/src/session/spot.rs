//! Places in a record, `/lists/member/3/health`, as the form knows them and as people do.

use ruhu_core::log::steps;
use ruhu_core::{At, EntityRef, Place, Visit};

use super::Session;

/// What a place in a record is, where this device knows it.
pub(super) enum Spot {
    Answer(At),
    Row(Place),
    Complete(EntityRef),
    Named(String),
}

impl Session {
    pub(super) fn spot(&self, place: &str) -> Spot {
        let dictionary = self.visit.standard().dictionary();
        let named = || Spot::Named(place.to_owned());
        match steps(place) {
            [Some("answers"), Some(fact), ..] => {
                let fact = dictionary.fact(fact);
                fact.map_or_else(named, |fact| {
                    Spot::Answer(At { place: Place::HOUSEHOLD, fact })
                })
            }
            [Some("lists"), Some(list), Some(row), fact] => {
                let Some(entity) = dictionary.entity(list) else { return named() };
                let Ok(row) = row.parse() else { return Spot::Complete(entity) };
                let place = Place { entity, row };
                match fact.map(|fact| dictionary.fact(fact)) {
                    None => Spot::Row(place),
                    Some(Some(fact)) => Spot::Answer(At { place, fact }),
                    Some(None) => named(),
                }
            }
            _ => named(),
        }
    }

    pub(super) fn say_spot(&self, spot: &Spot, visit: &Visit) -> String {
        let dictionary = visit.standard().dictionary();
        match spot {
            Spot::Answer(at) if at.place == Place::HOUSEHOLD => {
                visit.say_fact(&self.lang, at.fact)
            }
            Spot::Answer(at) => {
                let row = visit.say_row(&self.lang, at.place);
                [row.as_str(), "：", &visit.say_fact(&self.lang, at.fact)].concat()
            }
            Spot::Row(place) => visit.say_row(&self.lang, *place),
            Spot::Complete(entity) => {
                let id = dictionary.entity_info(*entity).map_or("", |info| &info.id);
                self.lang.named("entity", id)
            }
            Spot::Named(place) => {
                let name = place.rsplit('/').next().unwrap_or_default();
                let known = ["ui.", "param."]
                    .iter()
                    .find_map(|kind| self.lang.find(&[kind, name].concat()));
                known.unwrap_or(name).to_owned()
            }
        }
    }
}
