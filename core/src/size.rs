//! How large a condition is, so that none can run for ever.

use crate::program::{Num, NumId, Program, Rows, Size, Test, TestId};

impl Size {
    const ONE: Self = Self { steps: 1, depth: 1 };

    fn beside(self, other: Self) -> Self {
        Self {
            steps: self.steps.saturating_add(other.steps),
            depth: self.depth.max(other.depth),
        }
    }

    fn above(self) -> Self {
        Self { steps: self.steps.saturating_add(1), depth: self.depth.saturating_add(1) }
    }
}

impl Program {
    fn test_size(&self, id: TestId) -> Size {
        self.test_sizes.get(usize::from(id.0)).copied().unwrap_or(Size::ONE)
    }

    fn num_size(&self, id: NumId) -> Size {
        self.num_sizes.get(usize::from(id.0)).copied().unwrap_or(Size::ONE)
    }

    fn tests_size(&self, tests: &[TestId]) -> Size {
        let sizes = tests.iter().map(|test| self.test_size(*test));
        sizes.fold(Size::default(), Size::beside)
    }

    fn nums_size(&self, nums: &[NumId]) -> Size {
        let sizes = nums.iter().map(|num| self.num_size(*num));
        sizes.fold(Size::default(), Size::beside)
    }

    fn rows_size(&self, rows: Rows) -> Size {
        rows.only.map_or(Size::default(), |only| self.test_size(only))
    }

    /// The size of a condition of which the parts are known.
    pub(crate) fn size_of_test(&self, test: &Test) -> Size {
        match test {
            Test::All(tests) | Test::Any(tests) | Test::AtLeast(_, tests) => {
                self.tests_size(tests).above()
            }
            Test::Not(test) => self.test_size(*test).above(),
            Test::Named(_, test, _) => self.test_size(*test).above(),
            Test::Always(_)
            | Test::Within(..)
            | Test::Yes(_)
            | Test::Is(..)
            | Test::IsParam(..)
            | Test::Same(_)
            | Test::Known(_) => Size::ONE,
            Test::Compare(_, left, right) => self.nums_size(&[*left, *right]).above(),
            Test::Between(middle, low, high) => {
                self.nums_size(&[*middle, *low, *high]).above()
            }
            Test::Every(rows, holds) | Test::Some(rows, holds) => {
                self.rows_size(*rows).beside(self.test_size(*holds)).above()
            }
            Test::If(condition, then, otherwise) => {
                self.tests_size(&[*condition, *then, *otherwise]).above()
            }
        }
    }

    /// The size of a number of which the parts are known.
    pub(crate) fn size_of_num(&self, num: &Num) -> Size {
        match num {
            Num::Const(_) | Num::Fact(_) | Num::Param(_) | Num::CheckDate => Size::ONE,
            Num::Add(parts) => self.nums_size(parts).above(),
            Num::Less(one, other) | Num::Times(one, other) | Num::Age(one, other) => {
                self.nums_size(&[*one, *other]).above()
            }
            Num::Scaled(inner, _) | Num::Named(_, inner, _) => {
                self.num_size(*inner).above()
            }
            Num::Count(rows) => self.rows_size(*rows).above(),
            Num::Sum(rows, inner) | Num::Min(rows, inner) | Num::Max(rows, inner) => {
                self.rows_size(*rows).beside(self.num_size(*inner)).above()
            }
            Num::If(condition, then, otherwise) => {
                let branches = self.nums_size(&[*then, *otherwise]);
                self.test_size(*condition).beside(branches).above()
            }
        }
    }
}
