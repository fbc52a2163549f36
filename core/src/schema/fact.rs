//! The facts of a household and of its rows, each under its label.

use super::{Shape, closed, put};
use crate::dictionary::{Entity, EntityRef, Fact, FactRef, Kind, Sensitivity};
use crate::json::{Entries, Json, object};

impl Shape<'_> {
    /// The answers about the household itself.
    pub(super) fn answers(&mut self) -> Json {
        self.part("answers", |shape| {
            let household = shape.standard.dictionary.entity_info(EntityRef::HOUSEHOLD);
            let facts = household.map(|household| household.facts.as_slice());
            shape.facts(facts.unwrap_or_default())
        })
    }

    /// Every list by its name.
    pub(super) fn lists(&mut self) -> Json {
        self.part("lists", |shape| {
            let lists = shape.standard.dictionary.entities().iter().skip(1);
            let lists = lists.map(|entity| (entity.id.clone(), shape.list(entity)));
            closed(lists.collect())
        })
    }

    fn list(&mut self, entity: &Entity) -> Json {
        let mut row = closed(Entries::from_iter([
            ("key".to_owned(), self.key()),
            ("answers".to_owned(), self.facts(&entity.facts)),
        ]));
        put(&mut row, "required", vec![Json::from("key")]);
        let most = i64::try_from(entity.most).unwrap_or(i64::MAX);
        let rows = object!({ "type": "array", "maxItems": most, "items": row });
        let complete = self.part(
            "complete",
            |shape| object!({ "type": "boolean", "description": shape.word("complete") }),
        );
        let mut list = closed(Entries::from_iter([
            ("complete".to_owned(), complete),
            ("rows".to_owned(), rows),
        ]));
        put(&mut list, "title", self.lang.named("entity", &entity.id));
        let name = entity.name.and_then(|fact| self.standard.dictionary.info(fact));
        if let Some(name) = name {
            put(&mut list, "x-ruhu-name", name.id.as_str());
        }
        list
    }

    fn key(&mut self) -> Json {
        self.part("key", |shape| {
            object!({
                "type": "integer",
                "minimum": 0,
                "maximum": i64::from(u32::MAX),
                "description": shape.word("key"),
            })
        })
    }

    fn facts(&mut self, facts: &[FactRef]) -> Json {
        let mut properties = Entries::new();
        for at in facts {
            if let Some(fact) = self.standard.dictionary.info(*at) {
                properties.insert(fact.id.clone(), self.fact(fact));
            }
        }
        closed(properties)
    }

    fn fact(&mut self, fact: &Fact) -> Json {
        let mut made = self.answer(fact);
        put(&mut made, "title", self.lang.named("fact", &fact.id));
        if fact.sensitivity != Sensitivity::None {
            put(&mut made, "x-ruhu-sensitivity", fact.sensitivity.as_str());
        }
        if matches!(fact.kind, Kind::Count | Kind::Money | Kind::Quantity) {
            let unit = fact.unit.as_str();
            let words = [("unit", &*self.lang.named("unit", unit))];
            put(&mut made, "description", self.lang.fill("schema.unit", &words));
            put(&mut made, "x-ruhu-unit", unit);
        }
        if let Some(mask) = fact.mask {
            let ends = [mask.first, mask.last].map(|end| i64::from(end).into());
            put(&mut made, "x-ruhu-mask", ends.to_vec());
        }
        made
    }
}
