//! The dictionary: every fact that can be asked, by topic (指标 and 类别).

mod read;

pub(crate) use read::TOPIC_KEYS;

use crate::range::Range;
use crate::unit::Unit;

/// A fact, by its place in the dictionary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactRef(pub(crate) u16);

/// Whose facts these are: the household, or one of the lists a household has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityRef(pub(crate) u16);

impl FactRef {
    /// Its place in the dictionary, from 0.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

impl EntityRef {
    /// 农户: the household itself.
    pub const HOUSEHOLD: Self = Self(0);

    /// Its place in the dictionary; the household is 0.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// Its place among the lists; none for the household.
    pub(crate) fn list(self) -> Option<usize> {
        self.index().checked_sub(1)
    }
}

/// What kind of answer a fact takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// 是 / 否.
    YesNo,
    /// One of a list, by its place in [`Dictionary::lists`].
    Choice {
        /// Which list.
        list: usize,
    },
    /// A whole number of something.
    Count,
    /// Yuan, held as fen.
    Money,
    /// A measured number, held in units of its last digit.
    Quantity,
    /// A day, held as days since 1970-01-01.
    Date,
    /// Words; they decide nothing.
    Text,
    /// 公民身份号码.
    IdNumber,
    /// A row of a list, by its key.
    Row {
        /// Which list.
        of: EntityRef,
    },
}

/// How much care an answer needs when it is shown or handed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sensitivity {
    /// Nothing personal.
    None,
    /// Tells who somebody is.
    Personal,
    /// Tells about somebody's health.
    Health,
    /// Is about a child.
    Minor,
    /// Tells where somebody lives.
    Location,
}

impl Sensitivity {
    const ALL: [Self; 5] =
        [Self::None, Self::Personal, Self::Health, Self::Minor, Self::Location];

    /// The name in data.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Personal => "personal",
            Self::Health => "health",
            Self::Minor => "minor",
            Self::Location => "location",
        }
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == name)
    }
}

/// 指标: one thing that can be asked.
#[derive(Clone, Debug)]
pub struct Fact {
    /// The name in data, records and words.
    pub id: String,
    /// Its topic, by place in [`Dictionary::topics`].
    pub topic: usize,
    /// Whose it is.
    pub entity: EntityRef,
    /// What kind of answer it takes.
    pub kind: Kind,
    /// The unit of a number.
    pub unit: Unit,
    /// Digits kept after the point.
    pub decimals: u8,
    /// What it can be, in units of its last digit.
    pub range: Range,
    /// How much care it needs.
    pub sensitivity: Sensitivity,
    /// Of asking: 1 seen at a glance to 5 a measurement.
    pub cost: u8,
    /// Whether nothing can be done about it.
    pub fixed: bool,
    /// The answer a new row starts with, visibly.
    pub prefill: Option<String>,
    /// The ID number in the same row that gives it when it is blank.
    pub from: Option<FactRef>,
    /// The choice it gives the reason for, where that is not the verdict that was found.
    pub explains: Option<FactRef>,
    /// Whether last year's answer may be taken over once somebody confirms it (可沿用上年);
    /// what does not carry is asked anew.
    pub carries: bool,
    /// Whether a text takes several lines.
    pub multiple_lines: bool,
    /// What of it is shown on the screen where nobody is at it (脱敏): all, where this is none.
    pub mask: Option<Mask>,
    /// Whether a list of visits shows it beside the name of the household.
    pub listed: bool,
    /// Its place among the facts of its entity.
    pub(crate) column: usize,
}

/// 脱敏: how many signs of an answer are shown at either end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mask {
    /// At the beginning.
    pub first: u8,
    /// At the end.
    pub last: u8,
}

impl Mask {
    /// Fewer hidden signs could be guessed.
    const LEAST_HIDDEN: usize = 4;

    /// An answer that may be shown: `511133********0018`; one too short for that, only stars.
    #[must_use]
    pub fn over(self, text: &str) -> String {
        let (first, last) = (usize::from(self.first), usize::from(self.last));
        let count = text.chars().count();
        let hidden = count.saturating_sub(first).saturating_sub(last);
        let is_long = hidden >= Self::LEAST_HIDDEN;
        let shown =
            |at: usize| is_long && (at < first || at >= count.saturating_sub(last));
        let signs = text.chars().enumerate();
        signs.map(|(at, sign)| if shown(at) { sign } else { '*' }).collect()
    }
}

/// 类别: the facts that are asked together.
#[derive(Clone, Debug)]
pub struct Topic {
    /// The name in data and words.
    pub id: String,
    /// Where it stands in the form.
    pub order: i64,
    /// Whose facts these are.
    pub entity: EntityRef,
}

/// A list of rows that a household has, or the household itself.
#[derive(Clone, Debug)]
pub struct Entity {
    /// The name in data and words.
    pub id: String,
    /// The fact that names a row in sentences.
    pub name: Option<FactRef>,
    /// The fewest rows there can be.
    pub least: usize,
    /// The most rows a list may hold.
    pub most: usize,
    /// Its facts, in the order of the dictionary.
    pub facts: Vec<FactRef>,
}

/// 代码表: what a choice can be.
#[derive(Clone, Debug)]
pub struct CodeList {
    /// The name in data and words.
    pub id: String,
    /// The options, in the order shown.
    pub options: Vec<Choice>,
}

/// One option of a list.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The name in data and words.
    pub id: String,
    /// The number it has in its source, where that is known.
    pub code: Option<String>,
    /// Whether anybody would aim for it: only such are proposed as a change.
    pub remedy: bool,
    /// Whether the row with this option is the one a household is called after (户主).
    pub leads: bool,
}

/// The dictionary of facts.
#[derive(Clone, Debug)]
pub struct Dictionary {
    pub(crate) topics: Vec<Topic>,
    pub(crate) entities: Vec<Entity>,
    pub(crate) lists: Vec<CodeList>,
    pub(crate) facts: Vec<Fact>,
    pub(crate) hash: String,
    /// The conditions on which a fact is asked, by fact, as the JSON that was written: a
    /// form, whose standards are made ready, never reads them.
    pub(crate) whens: Vec<(FactRef, String)>,
}

impl Dictionary {
    pub(crate) fn empty() -> Self {
        let household = Entity {
            id: "household".to_owned(),
            name: None,
            least: 1,
            most: 1,
            facts: Vec::new(),
        };
        Self {
            topics: Vec::new(),
            entities: vec![household],
            lists: Vec::new(),
            facts: Vec::new(),
            hash: String::new(),
            whens: Vec::new(),
        }
    }

    /// SHA-256 of the dictionary that ships, as 64 small hex digits; the facts that a
    /// standard brings along are part of its own.
    #[must_use]
    pub fn hash(&self) -> &str {
        &self.hash
    }

    pub(crate) fn set_hash(&mut self, hash: String) {
        self.hash = hash;
    }

    /// 指标, in the order of the form.
    #[must_use]
    pub fn facts(&self) -> &[Fact] {
        &self.facts
    }

    /// 类别, in the order of the form.
    #[must_use]
    pub fn topics(&self) -> &[Topic] {
        &self.topics
    }

    /// The household and its lists.
    #[must_use]
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// 代码表.
    #[must_use]
    pub fn lists(&self) -> &[CodeList] {
        &self.lists
    }

    /// A fact by name.
    #[must_use]
    pub fn fact(&self, id: &str) -> Option<FactRef> {
        let at = self.facts.iter().position(|fact| fact.id == id)?;
        u16::try_from(at).ok().map(FactRef)
    }

    /// What the dictionary says of a fact.
    #[must_use]
    pub fn info(&self, fact: FactRef) -> Option<&Fact> {
        self.facts.get(fact.index())
    }

    /// An entity by name.
    #[must_use]
    pub fn entity(&self, id: &str) -> Option<EntityRef> {
        let at = self.entities.iter().position(|entity| entity.id == id)?;
        u16::try_from(at).ok().map(EntityRef)
    }

    /// What the dictionary says of an entity.
    #[must_use]
    pub fn entity_info(&self, entity: EntityRef) -> Option<&Entity> {
        self.entities.get(entity.index())
    }

    /// The list into which a fact points, by the ids of both; none where it points at no row.
    #[must_use]
    pub fn list_of(&self, fact: &str) -> Option<String> {
        let info = self.info(self.fact(fact)?)?;
        let Kind::Row { of } = info.kind else { return None };
        Some(self.entity_info(of)?.id.clone())
    }

    /// The facts of one topic, in order.
    pub fn facts_of(&self, topic: usize) -> impl Iterator<Item = FactRef> {
        let facts = self.facts.iter().zip(0..);
        facts.filter(move |(fact, _)| fact.topic == topic).map(|(_, at)| FactRef(at))
    }

    /// Whether every answer reads the same in another: the same facts, lists and options,
    /// each in the same place.
    pub(crate) fn reads_like(&self, other: &Self) -> bool {
        let facts = self.facts.len() == other.facts.len()
            && self.facts.iter().zip(&other.facts).all(|(one, two)| {
                (&one.id, one.entity, one.kind, one.decimals, one.range, one.from)
                    == (&two.id, two.entity, two.kind, two.decimals, two.range, two.from)
                    && one.unit.as_str() == two.unit.as_str()
            });
        let lists = self.lists.len() == other.lists.len()
            && self.lists.iter().zip(&other.lists).all(|(one, two)| {
                one.options
                    .iter()
                    .map(|option| &option.id)
                    .eq(two.options.iter().map(|option| &option.id))
            });
        let entities = self.entities.len() == other.entities.len()
            && self.entities.iter().zip(&other.entities).all(|(one, two)| {
                (&one.id, one.least, one.most) == (&two.id, two.least, two.most)
            });
        facts && lists && entities
    }

    /// The place of an option in the list of a choice.
    pub(crate) fn option(&self, kind: Kind, id: &str) -> Option<usize> {
        let Kind::Choice { list } = kind else { return None };
        self.lists.get(list)?.options.iter().position(|option| option.id == id)
    }
}

/// 1600-01-01 to 2200-12-31: the days a date can be.
pub(crate) const DATES: Range = Range { lo: -135_140, hi: 84_370 };
