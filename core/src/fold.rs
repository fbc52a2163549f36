//! A program with the year's parameters worked in: what cannot change any more is gone.

use crate::cells::{Cells, Layout};
use crate::dictionary::Dictionary;
use crate::evaluate::{Setting, View};
use crate::program::{Num, NumId, Program, Rows, Sign, Slot, Test, TestId};
use crate::range::Range;
use crate::read;
use crate::verdict::Verdict;

/// A condition that is the same for every household of the year, or has to be looked at.
#[derive(Clone, Copy, Debug)]
enum Folded {
    Known(Verdict),
    Test(TestId),
}

/// A number likewise.
#[derive(Clone, Copy, Debug)]
enum Figure {
    Known(Range),
    Num(NumId),
}

/// A program with its settings worked in.
#[derive(Clone, Debug)]
pub(crate) struct Folding {
    pub(crate) program: Program,
    pub(crate) roots: Vec<TestId>,
    pub(crate) layout: Layout,
}

/// Works a setting into a program.
pub(crate) struct Fold<'a> {
    from: &'a Program,
    dictionary: &'a Dictionary,
    setting: &'a Setting,
    made: Program,
    layout: Layout,
    tests: Vec<Option<Folded>>,
    nums: Vec<Option<Figure>>,
}

impl<'a> Fold<'a> {
    pub(crate) fn new(
        from: &'a Program,
        setting: &'a Setting,
        dictionary: &'a Dictionary,
    ) -> Self {
        Self {
            from,
            setting,
            made: Program::default(),
            layout: Layout { columns: vec![Vec::new(); dictionary.entities().len()] },
            dictionary,
            tests: vec![None; from.tests.len()],
            nums: vec![None; from.nums.len()],
        }
    }

    /// The conditions in their shortest form, and the program they stand in.
    pub(crate) fn all(mut self, roots: &[TestId]) -> Folding {
        let mut made = Vec::new();
        for root in roots {
            let folded = self.test(*root);
            made.push(self.place(folded));
        }
        Folding { program: self.made, roots: made, layout: self.layout }
    }

    /// The place of a fact among those that are looked at.
    fn slot(&mut self, slot: Slot) -> Slot {
        let entity =
            self.dictionary.info(slot.fact).map_or(0, |info| info.entity.index());
        let Some(columns) = self.layout.columns.get_mut(entity) else { return slot };
        let at = columns.iter().position(|fact| *fact == slot.fact);
        let at = at.unwrap_or_else(|| {
            columns.push(slot.fact);
            columns.len().saturating_sub(1)
        });
        Slot { column: u16::try_from(at).unwrap_or(u16::MAX), ..slot }
    }

    fn place(&mut self, folded: Folded) -> TestId {
        match folded {
            Folded::Test(id) => id,
            Folded::Known(verdict) => self.push(Test::Always(verdict)),
        }
    }

    fn push(&mut self, test: Test) -> TestId {
        let id = u16::try_from(self.made.tests.len()).unwrap_or(u16::MAX);
        self.made.tests.push(test);
        TestId(id)
    }

    fn push_num(&mut self, num: Num, domain: Range) -> NumId {
        let id = u16::try_from(self.made.nums.len()).unwrap_or(u16::MAX);
        self.made.nums.push(num);
        self.made.domains.push(domain);
        NumId(id)
    }

    fn test(&mut self, id: TestId) -> Folded {
        if let Some(known) = self.tests.get(usize::from(id.0)).copied().flatten() {
            return known;
        }
        let folded = self.fold(id);
        if let Some(kept) = self.tests.get_mut(usize::from(id.0)) {
            *kept = Some(folded);
        }
        folded
    }

    fn fold(&mut self, id: TestId) -> Folded {
        let Some(test) = self.from.test(id) else {
            return Folded::Known(Verdict::Unknown);
        };
        match test {
            Test::Always(verdict) => Folded::Known(*verdict),
            // Inside a row a household's own condition still needs to look from home.
            Test::Named(name, inner, true) => match self.test(*inner) {
                Folded::Known(verdict) => Folded::Known(verdict),
                Folded::Test(inner) => {
                    Folded::Test(self.push(Test::Named(*name, inner, true)))
                }
            },
            Test::Named(_, inner, false) => self.test(*inner),
            Test::Not(inner) => match self.test(*inner) {
                Folded::Known(verdict) => Folded::Known(!verdict),
                Folded::Test(inner) => Folded::Test(self.push(Test::Not(inner))),
            },
            Test::All(tests) => self.several(tests, true),
            Test::Any(tests) => self.several(tests, false),
            Test::AtLeast(wanted, tests) => {
                let tests = tests.iter().map(|test| {
                    let folded = self.test(*test);
                    self.place(folded)
                });
                let tests = tests.collect();
                Folded::Test(self.push(Test::AtLeast(*wanted, tests)))
            }
            Test::IsParam(..) => {
                let none = Cells::none();
                Folded::Known(View::new(self.from, self.setting, &none).test(id))
            }
            Test::If(condition, then, otherwise) => match self.test(*condition) {
                Folded::Known(Verdict::Met) => self.test(*then),
                Folded::Known(Verdict::NotMet) => self.test(*otherwise),
                condition => {
                    let branches = [condition, self.test(*then), self.test(*otherwise)];
                    let [condition, then, otherwise] =
                        branches.map(|folded| self.place(folded));
                    Folded::Test(self.push(Test::If(condition, then, otherwise)))
                }
            },
            Test::Compare(sign, left, right) => {
                let (left, right) = (self.num(*left), self.num(*right));
                self.compare(*sign, left, right)
            }
            Test::Between(middle, low, high) => self.between(*middle, *low, *high),
            Test::Every(rows, holds) => {
                let rows = self.rows(*rows);
                let holds = self.test(*holds);
                let holds = self.place(holds);
                Folded::Test(self.push(Test::Every(rows, holds)))
            }
            Test::Some(rows, holds) => {
                let rows = self.rows(*rows);
                let holds = self.test(*holds);
                let holds = self.place(holds);
                Folded::Test(self.push(Test::Some(rows, holds)))
            }
            Test::Yes(slot) => {
                let slot = self.slot(*slot);
                Folded::Test(self.push(Test::Yes(slot)))
            }
            Test::Is(slot, mask) => {
                let slot = self.slot(*slot);
                Folded::Test(self.push(Test::Is(slot, *mask)))
            }
            Test::Within(slot, range) => {
                let slot = self.slot(*slot);
                Folded::Test(self.push(Test::Within(slot, *range)))
            }
            Test::Same(slot) => {
                let slot = self.slot(*slot);
                Folded::Test(self.push(Test::Same(slot)))
            }
            Test::Known(slot) => {
                let slot = self.slot(*slot);
                Folded::Test(self.push(Test::Known(slot)))
            }
        }
    }

    fn several(&mut self, tests: &[TestId], all: bool) -> Folded {
        let (ends, goes) = if all {
            (Verdict::NotMet, Verdict::Met)
        } else {
            (Verdict::Met, Verdict::NotMet)
        };
        let mut left = Vec::new();
        for test in tests {
            match self.test(*test) {
                Folded::Known(verdict) if verdict == ends => return Folded::Known(ends),
                Folded::Known(verdict) if verdict == goes => {}
                folded => left.push(self.place(folded)),
            }
        }
        match left.as_slice() {
            [] => Folded::Known(goes),
            [one] => Folded::Test(*one),
            _ if all => Folded::Test(self.push(Test::All(left.into()))),
            _ => Folded::Test(self.push(Test::Any(left.into()))),
        }
    }

    fn rows(&mut self, rows: Rows) -> Rows {
        let only = rows.only.and_then(|only| match self.test(only) {
            Folded::Known(Verdict::Met) => None,
            folded => Some(self.place(folded)),
        });
        Rows { entity: rows.entity, only }
    }

    fn compare(&mut self, sign: Sign, left: Figure, right: Figure) -> Folded {
        match (left, right) {
            (Figure::Known(left), Figure::Known(right)) => {
                Folded::Known(sign.compare(left, right))
            }
            (Figure::Num(left), Figure::Known(right)) => {
                let fact = match self.made.num(left) {
                    Some(Num::Fact(slot)) => Some(*slot),
                    _ => None,
                };
                if let (Some(slot), Some(line)) = (fact, right.known()) {
                    return Folded::Test(self.push(Test::Within(slot, sign.holds(line))));
                }
                let right = self.push_num(Num::Const(right), right);
                Folded::Test(self.push(Test::Compare(sign, left, right)))
            }
            (left, right) => {
                let (left, right) = (self.place_num(left), self.place_num(right));
                Folded::Test(self.push(Test::Compare(sign, left, right)))
            }
        }
    }

    fn between(&mut self, middle: NumId, low: NumId, high: NumId) -> Folded {
        if let Some(born) = self.born(middle, low, high) {
            return Folded::Test(self.push(born));
        }
        let figures = [self.num(middle), self.num(low), self.num(high)];
        let [middle, low, high] = figures.map(|figure| self.place_num(figure));
        Folded::Test(self.push(Test::Between(middle, low, high)))
    }

    /// An age between two known ages on a known day is a birth date between two days.
    fn born(&mut self, age: NumId, low: NumId, high: NumId) -> Option<Test> {
        let mut age = self.from.num(age)?;
        while let Num::Named(_, inner, false) = age {
            age = self.from.num(*inner)?;
        }
        let Num::Age(born, at) = age else { return None };
        let slot = self.fact(*born)?;
        let slot = self.slot(slot);
        let known = |figure| match figure {
            Figure::Known(range) => range.known(),
            Figure::Num(_) => None,
        };
        let at = known(self.num(*at))?;
        let (low, high) = (known(self.num(low))?, known(self.num(high))?);
        // Ages below nought and beyond 150 are counted as those: leave such ends alone.
        if low <= 0 || high >= 150 || low > high {
            return None;
        }
        let first = read::born_by(at, high.saturating_add(1)).saturating_add(1);
        let last = read::born_by(at, low);
        Some(Test::Within(slot, Range::new(first, last)))
    }

    fn fact(&self, num: NumId) -> Option<Slot> {
        match self.from.num(num)? {
            Num::Fact(slot) => Some(*slot),
            _ => None,
        }
    }

    fn place_num(&mut self, figure: Figure) -> NumId {
        match figure {
            Figure::Num(id) => id,
            Figure::Known(range) => self.push_num(Num::Const(range), range),
        }
    }

    fn num(&mut self, id: NumId) -> Figure {
        if let Some(known) = self.nums.get(usize::from(id.0)).copied().flatten() {
            return known;
        }
        let folded = self.fold_num(id);
        if let Some(kept) = self.nums.get_mut(usize::from(id.0)) {
            *kept = Some(folded);
        }
        folded
    }

    fn fold_num(&mut self, id: NumId) -> Figure {
        let domain = self.from.domain(id);
        let Some(num) = self.from.num(id) else { return Figure::Known(Range::ZERO) };
        let made = match num {
            Num::Const(_) | Num::Param(_) | Num::CheckDate => {
                let none = Cells::none();
                return Figure::Known(View::new(self.from, self.setting, &none).num(id));
            }
            Num::Named(name, inner, true) => match self.num(*inner) {
                Figure::Known(range) => return Figure::Known(range),
                Figure::Num(inner) => Num::Named(*name, inner, true),
            },
            Num::Named(_, inner, false) => return self.num(*inner),
            Num::If(condition, then, otherwise) => match self.test(*condition) {
                Folded::Known(Verdict::Met) => return self.num(*then),
                Folded::Known(Verdict::NotMet) => return self.num(*otherwise),
                condition => {
                    let condition = self.place(condition);
                    let (then, otherwise) = (self.num(*then), self.num(*otherwise));
                    Num::If(condition, self.place_num(then), self.place_num(otherwise))
                }
            },
            Num::Add(parts) => {
                let parts = parts.iter().map(|part| {
                    let figure = self.num(*part);
                    self.place_num(figure)
                });
                Num::Add(parts.collect())
            }
            Num::Less(one, other) => Num::Less(self.both(*one), self.both(*other)),
            Num::Times(one, other) => Num::Times(self.both(*one), self.both(*other)),
            Num::Age(one, other) => Num::Age(self.both(*one), self.both(*other)),
            Num::Scaled(inner, factor) => match self.num(*inner) {
                Figure::Known(range) => {
                    return Figure::Known(range.times(Range::exactly(*factor)));
                }
                Figure::Num(inner) => Num::Scaled(inner, *factor),
            },
            Num::Count(rows) => Num::Count(self.rows(*rows)),
            Num::Sum(rows, inner) => Num::Sum(self.rows(*rows), self.both(*inner)),
            Num::Min(rows, inner) => Num::Min(self.rows(*rows), self.both(*inner)),
            Num::Max(rows, inner) => Num::Max(self.rows(*rows), self.both(*inner)),
            Num::Fact(slot) => Num::Fact(self.slot(*slot)),
        };
        Figure::Num(self.push_num(made, domain))
    }

    fn both(&mut self, num: NumId) -> NumId {
        let figure = self.num(num);
        self.place_num(figure)
    }
}

impl Sign {
    /// Every figure that stands in this relation to a line.
    pub(crate) fn holds(self, line: i64) -> Range {
        let (least, most) = (i64::MIN, i64::MAX);
        match self {
            Self::Over => Range { lo: line.saturating_add(1), hi: most },
            Self::NoLess => Range { lo: line, hi: most },
            Self::Under => Range { lo: least, hi: line.saturating_sub(1) },
            Self::NoMore => Range { lo: least, hi: line },
            Self::Equal => Range::exactly(line),
        }
    }
}
