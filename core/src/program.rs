//! A standard made ready to run: conditions and numbers as two flat tables.

use crate::dictionary::{EntityRef, FactRef};
use crate::range::Range;
use crate::verdict::Verdict;

/// A condition, by its place in [`Program::tests`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TestId(pub(crate) u16);

/// A number, by its place in [`Program::nums`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct NumId(pub(crate) u16);

/// Where an answer stands: in the household (0), the row (1), or the row inside it (2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Slot {
    pub(crate) depth: u8,
    pub(crate) column: u16,
    pub(crate) fact: FactRef,
}

/// The sign of a comparison, as the document words it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    /// 超过: more than.
    Over,
    /// 以上, 不低于: as much or more.
    NoLess,
    /// 低于, 不满: less than.
    Under,
    /// 以下, 不超过: as much or less.
    NoMore,
    /// 等于: just that.
    Equal,
}

/// A list of rows and which of them are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rows {
    pub(crate) entity: EntityRef,
    pub(crate) only: Option<TestId>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Test {
    /// The same for every household of the year.
    Always(Verdict),
    /// The answer lies between two figures, both included.
    Within(Slot, Range),
    All(Box<[TestId]>),
    Any(Box<[TestId]>),
    AtLeast(usize, Box<[TestId]>),
    Not(TestId),
    Yes(Slot),
    /// The choice is one of these; a bit an option.
    Is(Slot, u64),
    IsParam(usize, u64),
    Compare(Sign, NumId, NumId),
    Between(NumId, NumId, NumId),
    Every(Rows, TestId),
    Some(Rows, TestId),
    Same(Slot),
    If(TestId, TestId, TestId),
    Known(Slot),
    /// A condition that has a name, and whether it is about the household as a whole.
    Named(usize, TestId, bool),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Num {
    Const(Range),
    Fact(Slot),
    Param(usize),
    CheckDate,
    Add(Box<[NumId]>),
    Less(NumId, NumId),
    Times(NumId, NumId),
    /// The same number in finer units.
    Scaled(NumId, i64),
    Count(Rows),
    Sum(Rows, NumId),
    Min(Rows, NumId),
    Max(Rows, NumId),
    Age(NumId, NumId),
    If(TestId, NumId, NumId),
    /// A number that has a name, and whether it is about the household as a whole.
    Named(usize, NumId, bool),
}

/// What a number is measured in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Measure {
    pub(crate) unit: crate::unit::Unit,
    /// Digits after the point.
    pub(crate) decimals: u8,
    /// Days since 1970, not a number of anything.
    pub(crate) is_date: bool,
}

/// How large a condition is when everything it names is written out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Size {
    pub(crate) steps: usize,
    pub(crate) depth: usize,
}

/// The tables, and what each number is and can be.
#[derive(Clone, Debug, Default)]
pub(crate) struct Program {
    pub(crate) tests: Vec<Test>,
    pub(crate) nums: Vec<Num>,
    pub(crate) measures: Vec<Measure>,
    /// What each number can be when nothing is known.
    pub(crate) domains: Vec<Range>,
    /// How many steps a condition takes, and how deep it goes, definitions included.
    pub(crate) test_sizes: Vec<Size>,
    /// The same of each number.
    pub(crate) num_sizes: Vec<Size>,
    /// The condition on which a fact is asked.
    pub(crate) whens: Vec<(FactRef, TestId)>,
}

impl Program {
    pub(crate) fn test(&self, id: TestId) -> Option<&Test> {
        self.tests.get(usize::from(id.0))
    }

    pub(crate) fn num(&self, id: NumId) -> Option<&Num> {
        self.nums.get(usize::from(id.0))
    }

    pub(crate) fn measure(&self, id: NumId) -> Option<&Measure> {
        self.measures.get(usize::from(id.0))
    }

    pub(crate) fn domain(&self, id: NumId) -> Range {
        self.domains.get(usize::from(id.0)).copied().unwrap_or(Range::ZERO)
    }
}
