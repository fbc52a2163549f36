//! A standard as loaded: its criteria, what they rest on, and the program that judges.

use std::rc::Rc;

use crate::dictionary::{Dictionary, EntityRef, FactRef};
use crate::param::{Param, Status};
use crate::program::{Program, TestId};

/// 退出标准: one official document, ready to judge by.
#[derive(Clone, Debug)]
pub struct Standard {
    pub(crate) id: String,
    pub(crate) hash: String,
    pub(crate) title: String,
    pub(crate) level: Level,
    pub(crate) place: Option<String>,
    pub(crate) status: Status,
    pub(crate) years: (i64, i64),
    pub(crate) sources: Vec<Source>,
    pub(crate) params: Vec<Param>,
    pub(crate) defines: Vec<Named>,
    pub(crate) criteria: Vec<Criterion>,
    pub(crate) groupings: Vec<Grouping>,
    pub(crate) hints: Vec<HintRule>,
    pub(crate) counts: Vec<Counts>,
    pub(crate) words: Vec<(String, OwnWords)>,
    pub(crate) dictionary: Rc<Dictionary>,
    pub(crate) program: Program,
}

/// Words that a file brings along: key and text.
pub(crate) type OwnWords = Vec<(String, String)>;

/// Who set the standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// 国家.
    Nation,
    /// 省.
    Province,
    /// 市、州.
    City,
    /// 县.
    County,
}

/// 依据: a document that values and clauses come from.
#[derive(Clone, Debug)]
pub struct Source {
    /// The name in the file.
    pub id: String,
    /// 标题.
    pub title: String,
    /// 文号.
    pub number: Option<String>,
    /// 日期, as written.
    pub date: Option<String>,
    /// Where and how it was read.
    pub note: Option<String>,
    /// How well it is founded.
    pub status: Status,
}

/// Where in which source something stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cite {
    /// The source, by id.
    pub source: String,
    /// 条款.
    pub clause: Option<String>,
    /// 原文.
    pub text: Option<String>,
}

/// A condition or a number that has a name.
#[derive(Clone, Debug)]
pub struct Named {
    /// The name in data and words.
    pub id: String,
    /// Whose rows it is about.
    pub of: EntityRef,
    /// Where it comes from.
    pub cite: Option<Cite>,
    /// Whether it is a number.
    pub is_quantity: bool,
    pub(crate) test: Option<TestId>,
    pub(crate) num: Option<crate::program::NumId>,
}

/// 标准中的一项.
#[derive(Clone, Debug)]
pub struct Criterion {
    /// The name in data and words.
    pub id: String,
    /// The topic under which the form shows it.
    pub topic: String,
    /// Where it stands in the document.
    pub cite: Cite,
    pub(crate) met: TestId,
}

/// The same criteria under the slogan that people use.
#[derive(Clone, Debug)]
pub struct Grouping {
    /// The name in data and words.
    pub id: String,
    /// Each group and its criteria, by place.
    pub groups: Vec<(String, Vec<usize>)>,
}

/// 提示: something that looks odd; never decides.
#[derive(Clone, Debug)]
pub struct HintRule {
    /// The name in data and words.
    pub id: String,
    /// The topic under which the form shows it.
    pub topic: String,
    /// The list it is looked at row by row; the household otherwise.
    pub each: EntityRef,
    /// The questions it points to.
    pub facts: Vec<FactRef>,
    /// Where it comes from.
    pub cite: Cite,
    pub(crate) when: TestId,
}

/// Which rows of a list count towards the sums.
#[derive(Clone, Debug)]
pub(crate) struct Counts {
    pub(crate) entity: EntityRef,
    pub(crate) define: usize,
}

impl Standard {
    /// What judges, without where it comes from: the same verdicts, and nobody can say yet
    /// what they rest on.
    pub(crate) fn bare(&self) -> Self {
        let mut bare = Self { groupings: Vec::new(), ..self.clone() };
        bare.sources.clear();
        let named = bare.defines.iter_mut().filter_map(|one| one.cite.as_mut());
        let cites = bare.criteria.iter_mut().map(|one| &mut one.cite);
        for cite in
            cites.chain(named).chain(bare.hints.iter_mut().map(|one| &mut one.cite))
        {
            *cite = Cite { source: String::new(), clause: None, text: None };
        }
        for value in bare.params.iter_mut().flat_map(|param| &mut param.values) {
            value.source.clear();
            value.clause = None;
        }
        bare
    }

    /// Stands for a file of hints until it comes: none of them is told.
    pub(crate) fn silent(&self) -> Self {
        let mut silent = self.bare();
        silent.params.clear();
        silent.defines.clear();
        silent.hints.clear();
        silent.counts.clear();
        silent.words.clear();
        silent.program = Program::default();
        silent
    }

    /// The name in data and records.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// SHA-256 of its canonical JSON, as 64 small hex digits: which text judged.
    #[must_use]
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// 标题.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Who set it.
    #[must_use]
    pub fn level(&self) -> Level {
        self.level
    }

    /// The area code (GB/T 2260) it is for, where it is for one.
    #[must_use]
    pub fn place(&self) -> Option<&str> {
        self.place.as_deref()
    }

    /// How well it is founded; a proposed one is shown beside and never decides.
    #[must_use]
    pub fn status(&self) -> Status {
        self.status
    }

    /// Whether it may decide: what is only proposed is shown beside.
    #[must_use]
    pub fn decides(&self) -> bool {
        self.status != Status::Proposed
    }

    /// The first and last exit year it holds for.
    #[must_use]
    pub fn years(&self) -> (i64, i64) {
        self.years
    }

    /// The facts that can be asked under it.
    #[must_use]
    pub fn dictionary(&self) -> &Rc<Dictionary> {
        &self.dictionary
    }

    /// 依据.
    #[must_use]
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// A source by its name.
    #[must_use]
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.id == id)
    }

    /// 参数.
    #[must_use]
    pub fn params(&self) -> &[Param] {
        &self.params
    }

    /// Conditions and numbers with names.
    #[must_use]
    pub fn defines(&self) -> &[Named] {
        &self.defines
    }

    /// 标准中的各项.
    #[must_use]
    pub fn criteria(&self) -> &[Criterion] {
        &self.criteria
    }

    /// The slogans under which people count them.
    #[must_use]
    pub fn groupings(&self) -> &[Grouping] {
        &self.groupings
    }

    /// 提示.
    #[must_use]
    pub fn hint_rules(&self) -> &[HintRule] {
        &self.hints
    }

    /// The words a file brings for a language.
    pub fn words(&self, language: &str) -> impl Iterator<Item = (&str, &str)> {
        let own = self.words.iter().filter(move |(name, _)| name == language);
        own.flat_map(|(_, words)| {
            words.iter().map(|(key, text)| (key.as_str(), text.as_str()))
        })
    }
}

impl Level {
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "nation" => Self::Nation,
            "province" => Self::Province,
            "city" => Self::City,
            "county" => Self::County,
            _ => return None,
        })
    }
}
