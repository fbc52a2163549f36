//! Reading the files of facts.

use serde_json::Value;

use super::{
    Choice, CodeList, DATES, Dictionary, Entity, EntityRef, Fact, FactRef, Kind, Mask,
    Sensitivity, Topic,
};
use crate::document::{Cursor, Loaded, is_id};
use crate::param::decimals;
use crate::range::Range;
use crate::unit::Unit;

const MOST_ROWS: i64 = 64;
/// A figure no household reaches; leaves room to multiply and add without overflow.
const MOST_FIGURE: i64 = 1_000_000_000_000;
/// What a file of facts may hold.
pub(crate) const TOPIC_KEYS: &[&str] = &["topic", "entity", "fact", "list"];
const FACT_KEYS: &[&str] = &[
    "id",
    "kind",
    "unit",
    "decimals",
    "range",
    "options",
    "list",
    "of",
    "sensitivity",
    "cost",
    "when",
    "fixed",
    "from",
    "explains",
    "carries",
    "prefill",
    "multiple_lines",
    "mask",
    "listed",
];

impl Dictionary {
    /// Takes in the shared code lists of one file: all files' lists come before any topic.
    pub(crate) fn add_lists(&mut self, file: &Cursor<'_>) -> Loaded<()> {
        for (at, value) in file.list("list")?.into_iter().enumerate() {
            let lists = file.need("list")?;
            let cursor = lists.at(at, value);
            cursor.only(&["id", "source", "options"])?;
            let id = self.new_id(&cursor)?;
            self.add_list(id, &cursor)?;
        }
        Ok(())
    }

    /// Takes in the topic, the entity and the facts of one file.
    pub(crate) fn add_topic(&mut self, file: &Cursor<'_>) -> Loaded<()> {
        let Some(topic) = file.get("topic") else { return Ok(()) };
        topic.only(&["id", "order", "entity", "carries"])?;
        let carries = topic.flag("carries")?;
        let id = self.new_id(&topic)?;
        let order = topic.need("order")?.integer()?;
        if let Some(entity) = file.get("entity") {
            self.add_entity(&entity)?;
        }
        let entity = match topic.get("entity") {
            None => EntityRef::HOUSEHOLD,
            Some(name) => self.need_entity(&name)?,
        };
        let at = self.topics.len();
        self.topics.push(Topic { id, order, entity });
        for (index, value) in file.list("fact")?.into_iter().enumerate() {
            let facts = file.need("fact")?;
            self.add_fact(at, carries, &facts.at(index, value))?;
        }
        self.name_entity(file)
    }

    /// The fact that names a row stands among the rows' own facts.
    fn name_entity(&mut self, file: &Cursor<'_>) -> Loaded<()> {
        let Some(entity) = file.get("entity") else { return Ok(()) };
        let Some(name) = entity.get("name") else { return Ok(()) };
        let fact = self.need_fact(&name)?;
        let at = self.entity(&entity.need_text("id")?);
        if let Some(found) = at.and_then(|at| self.entities.get_mut(at.index())) {
            found.name = Some(fact);
        }
        Ok(())
    }

    fn add_entity(&mut self, cursor: &Cursor<'_>) -> Loaded<()> {
        cursor.only(&["id", "name", "least", "most"])?;
        let id = self.new_id(cursor)?;
        let rows = |key: &str, otherwise: i64| -> Loaded<usize> {
            let Some(found) = cursor.get(key) else {
                return Ok(usize::try_from(otherwise).unwrap_or(0));
            };
            let rows = found.integer()?;
            let good = (0..=MOST_ROWS).contains(&rows);
            let rows = usize::try_from(rows).ok().filter(|_| good);
            rows.ok_or_else(|| found.fault("too_many_rows", key))
        };
        let (least, most) = (rows("least", 0)?, rows("most", MOST_ROWS)?);
        self.entities.push(Entity { id, name: None, least, most, facts: Vec::new() });
        Ok(())
    }

    fn add_list(&mut self, id: String, cursor: &Cursor<'_>) -> Loaded<usize> {
        let options = cursor.need("options")?;
        let mut choices: Vec<Choice> = Vec::new();
        for (at, value) in options.items()?.iter().enumerate() {
            let option = options.at(at, value);
            let choice = if let Value::String(id) = value {
                Choice { id: id.clone(), code: None, remedy: true, leads: false }
            } else {
                option.only(&["id", "code", "remedy", "leads"])?;
                Choice {
                    id: option.need_text("id")?,
                    code: option.text_of("code")?,
                    remedy: option.get("remedy").is_none() || option.flag("remedy")?,
                    leads: option.flag("leads")?,
                }
            };
            if choices.iter().any(|known| known.id == choice.id) {
                return Err(option.fault("twice", choice.id));
            }
            choices.push(choice);
        }
        if choices.is_empty() || choices.len() > 64 {
            return Err(options.fault("options_1_to_64", id));
        }
        let at = self.lists.len();
        self.lists.push(CodeList { id, options: choices });
        Ok(at)
    }

    fn add_fact(
        &mut self,
        topic: usize,
        carries: bool,
        cursor: &Cursor<'_>,
    ) -> Loaded<()> {
        cursor.only(FACT_KEYS)?;
        let entity =
            self.topics.get(topic).map_or(EntityRef::HOUSEHOLD, |one| one.entity);
        let id = self.new_id(cursor)?;
        let kind = self.kind(&id, cursor)?;
        let decimals = if kind == Kind::Money { 2 } else { decimals(cursor)? };
        let range = self.range(kind, decimals, cursor)?;
        let unit = match (kind, cursor.text_of("unit")?) {
            (Kind::Money, None) => "yuan".to_owned(),
            (Kind::Count | Kind::Quantity, None) => {
                return Err(cursor.fault("missing", "unit"));
            }
            (_, unit) => unit.unwrap_or_else(|| "1".to_owned()),
        };
        let unit = Unit::read(&unit).ok_or_else(|| cursor.fault("bad_unit", &unit))?;
        let cost = match cursor.get("cost") {
            None => 2,
            Some(found) => match u8::try_from(found.integer()?) {
                Ok(cost @ 1..=5) => cost,
                _ => return Err(found.fault("cost_1_to_5", &id)),
            },
        };
        let named = |key: &str| cursor.get(key).map(|name| self.need_fact(&name));
        let (from, explains) =
            (named("from").transpose()?, named("explains").transpose()?);
        let column =
            self.entities.get(entity.index()).map_or(0, |found| found.facts.len());
        let fact = Fact {
            topic,
            entity,
            kind,
            unit,
            decimals,
            range,
            sensitivity: sensitivity(cursor)?,
            cost,
            fixed: cursor.flag("fixed")?,
            prefill: cursor.text_of("prefill")?,
            from,
            explains,
            carries: match cursor.get("carries") {
                None => carries,
                Some(_) => cursor.flag("carries")?,
            },
            multiple_lines: cursor.flag("multiple_lines")?,
            mask: mask(kind, cursor)?,
            listed: cursor.flag("listed")?,
            column,
            id,
        };
        let index = u16::try_from(self.facts.len());
        let at = FactRef(index.map_err(|_| cursor.fault("too_large", "fact"))?);
        if let Some(owner) = self.entities.get_mut(entity.index()) {
            owner.facts.push(at);
        }
        if let Some(when) = cursor.get("when") {
            self.whens.push((at, when.value.to_string()));
        }
        self.facts.push(fact);
        Ok(())
    }

    fn kind(&mut self, id: &str, cursor: &Cursor<'_>) -> Loaded<Kind> {
        let kind = cursor.need("kind")?;
        Ok(match kind.text()? {
            "yes_no" => Kind::YesNo,
            "choice" => {
                let list = match cursor.get("list") {
                    None => self.add_list(id.to_owned(), cursor)?,
                    Some(name) => {
                        let text = name.text()?;
                        let at = self.lists.iter().position(|list| list.id == text);
                        at.ok_or_else(|| name.fault("unknown_name", text))?
                    }
                };
                Kind::Choice { list }
            }
            "count" => Kind::Count,
            "money" => Kind::Money,
            "quantity" => Kind::Quantity,
            "date" => Kind::Date,
            "text" => Kind::Text,
            "id_number" => Kind::IdNumber,
            "row" => Kind::Row { of: self.need_entity(&cursor.need("of")?)? },
            other => return Err(kind.fault("unknown_kind", other)),
        })
    }

    fn range(&self, kind: Kind, decimals: u8, cursor: &Cursor<'_>) -> Loaded<Range> {
        Ok(match kind {
            Kind::YesNo => Range::new(0, 1),
            Kind::Choice { list } => {
                let options = self.lists.get(list).map_or(1, |list| list.options.len());
                Range::new(0, i64::try_from(options.saturating_sub(1)).unwrap_or(0))
            }
            Kind::Date => DATES,
            Kind::Text | Kind::IdNumber => Range::new(0, 1),
            Kind::Row { .. } => Range::new(0, i64::from(u32::MAX)),
            Kind::Count | Kind::Money | Kind::Quantity => {
                let range = cursor.need("range")?;
                let (low, high) = range.pair()?;
                let scale = 10_i64.saturating_pow(u32::from(decimals));
                let most = MOST_FIGURE.checked_div(scale).unwrap_or(0);
                if low < most.saturating_neg() || high > most {
                    return Err(range.fault("too_large", "range"));
                }
                Range::new(low.saturating_mul(scale), high.saturating_mul(scale))
            }
        })
    }

    fn new_id(&self, cursor: &Cursor<'_>) -> Loaded<String> {
        let id = cursor.need("id")?;
        let text = id.text()?;
        if !is_id(text) {
            return Err(id.fault("bad_id", text));
        }
        let taken = self.fact(text).is_some();
        if taken { Err(id.fault("twice", text)) } else { Ok(text.to_owned()) }
    }

    fn need_fact(&self, name: &Cursor<'_>) -> Loaded<FactRef> {
        let text = name.text()?;
        self.fact(text).ok_or_else(|| name.fault("unknown_name", text))
    }

    pub(crate) fn need_entity(&self, name: &Cursor<'_>) -> Loaded<EntityRef> {
        let text = name.text()?;
        self.entity(text).ok_or_else(|| name.fault("unknown_name", text))
    }
}

fn mask(kind: Kind, cursor: &Cursor<'_>) -> Loaded<Option<Mask>> {
    let Some(found) = cursor.get("mask") else { return Ok(None) };
    let ends = |ends: &Vec<Value>| {
        let [first, last] = ends.as_slice() else { return None };
        let end =
            |value: &Value| value.as_u64().and_then(|signs| u8::try_from(signs).ok());
        Some(Mask { first: end(first)?, last: end(last)? })
    };
    let is_written = matches!(kind, Kind::Text | Kind::IdNumber);
    let mask = found.value.as_array().filter(|_| is_written).and_then(ends);
    mask.map(Some).ok_or_else(|| found.fault("bad_mask", "mask"))
}

fn sensitivity(cursor: &Cursor<'_>) -> Loaded<Sensitivity> {
    let Some(found) = cursor.get("sensitivity") else { return Ok(Sensitivity::None) };
    let name = found.text()?;
    Sensitivity::named(name).ok_or_else(|| found.fault("unknown_name", name))
}
