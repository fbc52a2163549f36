//! Conditions in words: as nested lists, and within a sentence.

use super::mark::Mark;
use super::{Page, Target};
use crate::dictionary::{EntityRef, Kind};
use crate::program::{NumId, Rows, Sign, Slot, Test, TestId};

impl Page<'_> {
    /// A condition as a point of a list, its parts as points below it.
    pub(super) fn condition(&mut self, depth: usize, label: &Mark, id: TestId) {
        let standard = self.standard;
        let Some(test) = standard.program.test(id) else { return };
        let head = self.summary(id, test);
        self.item(depth, &label.then(&head));
        let below = depth.saturating_add(1);
        match test {
            Test::All(tests) | Test::Any(tests) | Test::AtLeast(_, tests) => {
                for test in tests {
                    self.condition(below, &Mark::default(), *test);
                }
            }
            Test::Not(inner) if !self.is_leaf(*inner) => {
                self.condition(below, &Mark::default(), *inner);
            }
            Test::Every(rows, holds) | Test::Some(rows, holds) => {
                match rows.only.filter(|only| !self.is_leaf(*only)) {
                    Some(only) => {
                        self.condition(below, &self.words("page.where"), only);
                        self.condition(below, &self.words("page.holds"), *holds);
                    }
                    None => self.condition(below, &Mark::default(), *holds),
                }
            }
            Test::If(condition, then, otherwise) => {
                self.condition(below, &self.words("page.if.when"), *condition);
                self.condition(below, &self.words("page.if.then"), *then);
                self.condition(below, &self.words("page.if.else"), *otherwise);
            }
            _ => {}
        }
    }

    /// The line of a condition; where it has parts, they follow below it.
    fn summary(&self, id: TestId, test: &Test) -> Mark {
        match test {
            Test::All(_) => self.words("page.all"),
            Test::Any(_) => self.words("page.any"),
            Test::AtLeast(count, _) => {
                self.fill("page.at_least", &[("count", &figure(*count))])
            }
            Test::If(..) => self.words("page.if"),
            Test::Every(rows, _) => self.summary_of_rows("page.every", *rows),
            Test::Some(rows, _) => self.summary_of_rows("page.some", *rows),
            Test::Not(inner) if !self.is_leaf(*inner) => self.words("page.not.below"),
            // A name alone is enough where nothing stands around it.
            Test::Named(at, ..) => self.link(Target::Define(*at)),
            _ => self.phrase(id),
        }
    }

    fn summary_of_rows(&self, key: &str, rows: Rows) -> Mark {
        let row = self.row_name(rows.entity);
        match rows.only {
            None => self.fill(key, &[("row", &row)]),
            Some(only) if self.is_leaf(only) => {
                let parts = [("row", &row), ("only", &self.phrase(only))];
                self.fill(&[key, ".only"].concat(), &parts)
            }
            Some(_) => self.fill(&[key, ".where"].concat(), &[("row", &row)]),
        }
    }

    /// Whether a condition is one sentence.
    fn is_leaf(&self, id: TestId) -> bool {
        match self.standard.program.test(id) {
            None => true,
            Some(Test::Not(inner)) => self.is_leaf(*inner),
            Some(
                Test::All(_)
                | Test::Any(_)
                | Test::AtLeast(..)
                | Test::If(..)
                | Test::Every(..)
                | Test::Some(..),
            ) => false,
            Some(_) => true,
        }
    }

    /// A condition within a sentence; one that has parts, in brackets.
    fn part(&self, id: TestId) -> Mark {
        let what = self.phrase(id);
        if self.is_leaf(id) { what } else { self.bracketed(&what) }
    }

    pub(super) fn bracketed(&self, what: &Mark) -> Mark {
        self.fill("page.bracket", &[("what", what)])
    }

    /// A condition as a part of a sentence, whole.
    pub(super) fn phrase(&self, id: TestId) -> Mark {
        let Some(test) = self.standard.program.test(id) else { return Mark::default() };
        let parts =
            |tests: &[TestId]| tests.iter().map(|test| self.part(*test)).collect();
        match test {
            Test::All(tests) => self.joined("page.and", parts(tests)),
            Test::Any(tests) => self.joined("page.or", parts(tests)),
            Test::AtLeast(count, tests) => {
                let what = self.joined("page.or.of", parts(tests));
                let parts = [("count", &figure(*count)), ("what", &what)];
                self.fill("page.at_least.of", &parts)
            }
            Test::If(condition, then, otherwise) => {
                let parts = [condition, then, otherwise].map(|one| self.part(*one));
                let [when, then, otherwise] = &parts;
                let parts = [("when", when), ("then", then), ("else", otherwise)];
                self.fill("page.if.of", &parts)
            }
            Test::Every(rows, holds) => {
                self.phrase_of_rows("page.every.of", *rows, *holds)
            }
            Test::Some(rows, holds) => self.phrase_of_rows("page.some.of", *rows, *holds),
            Test::Not(inner) => match self.sentence(*inner, true) {
                Some(said) => said,
                None => self.fill("page.not", &[("what", &self.part(*inner))]),
            },
            _ => self.sentence(id, false).unwrap_or_default(),
        }
    }

    fn phrase_of_rows(&self, key: &str, rows: Rows, holds: TestId) -> Mark {
        let what = self.part(holds);
        self.among(key, &self.row_name(rows.entity), rows, ("what", &what))
    }

    /// The words of a key about all rows of a list, or those that are meant.
    pub(super) fn among(
        &self,
        key: &str,
        row: &Mark,
        rows: Rows,
        more: (&str, &Mark),
    ) -> Mark {
        match rows.only {
            None => self.fill(key, &[("row", row), more]),
            Some(only) => {
                let parts = [("row", row), ("only", &self.part(only)), more];
                self.fill(&[key, ".only"].concat(), &parts)
            }
        }
    }

    /// A condition that is one sentence, or its opposite; none where it has parts.
    fn sentence(&self, id: TestId, negated: bool) -> Option<Mark> {
        let standard = self.standard;
        let program = &standard.program;
        Some(match program.test(id)? {
            Test::Always(verdict) => self.named("verdict", verdict.as_str()),
            Test::Yes(slot) => {
                let answer = if negated { "say.false" } else { "say.true" };
                let answer = self.fill("say.option", &[("option", &self.words(answer))]);
                let fact = self.fact_name(slot.fact);
                self.fill("page.is", &[("fact", &fact), ("options", &answer)])
            }
            Test::Known(slot) => {
                let fact = self.fact_name(slot.fact);
                self.say("page.known", negated, &[("fact", &fact)])
            }
            Test::Is(slot, mask) => {
                let parts = [
                    ("fact", &self.fact_name(slot.fact)),
                    ("options", &self.options(*slot, *mask)),
                ];
                self.say("page.is", negated, &parts)
            }
            Test::IsParam(at, mask) => {
                let options = self.param_options(*at, *mask);
                let parts =
                    [("param", &self.link(Target::Param(*at))), ("options", &options)];
                self.say("page.set", negated, &parts)
            }
            Test::Same(slot) => {
                let info = standard.dictionary.info(slot.fact);
                let of = match info.map(|info| info.kind) {
                    Some(Kind::Row { of }) => of,
                    _ => EntityRef::HOUSEHOLD,
                };
                let parts =
                    [("fact", &self.fact_name(slot.fact)), ("row", &self.row_name(of))];
                self.say("page.same", negated, &parts)
            }
            Test::Named(at, ..) => {
                let name = self.link(Target::Define(*at));
                self.say("page.named", negated, &[("name", &name)])
            }
            Test::Compare(sign, left, right) => {
                let [left_side, right_side] = [left, right].map(|num| self.side(*num));
                let parts = [("left", &left_side), ("right", &right_side)];
                self.say(self.sign(*sign, *left), negated, &parts)
            }
            Test::Between(middle, low, high) => {
                let [left, low, high] = [middle, low, high].map(|num| self.side(*num));
                let parts = [("left", &left), ("low", &low), ("high", &high)];
                self.say("page.between", negated, &parts)
            }
            Test::Within(slot, range) => {
                let [low, high] =
                    [range.lo, range.hi].map(|end| self.answer(slot.fact, end));
                let left = self.fact_name(slot.fact);
                let parts = [("left", &left), ("low", &low), ("high", &high)];
                self.say("page.between", negated, &parts)
            }
            _ => return None,
        })
    }

    /// A sentence, or its opposite in words of its own where it has any.
    fn say(&self, key: &str, negated: bool, parts: &[(&str, &Mark)]) -> Mark {
        if !negated {
            return self.fill(key, parts);
        }
        let opposite = [key, ".not"].concat();
        match self.lang.find(&opposite) {
            Some(_) => self.fill(&opposite, parts),
            None => self.fill("page.not", &[("what", &self.fill(key, parts))]),
        }
    }

    /// 超过, 以上, 低于, 以下: of days, what days are to each other.
    fn sign(&self, sign: Sign, left: NumId) -> &'static str {
        let is_date =
            self.standard.program.measure(left).is_some_and(|measure| measure.is_date);
        match (sign, is_date) {
            (Sign::Over, false) => "page.over",
            (Sign::NoLess, false) => "page.no_less",
            (Sign::Under, false) => "page.under",
            (Sign::NoMore, false) => "page.no_more",
            (Sign::Equal, false) => "page.equal",
            (Sign::Over, true) => "page.day.over",
            (Sign::NoLess, true) => "page.day.no_less",
            (Sign::Under, true) => "page.day.under",
            (Sign::NoMore, true) => "page.day.no_more",
            (Sign::Equal, true) => "page.day.equal",
        }
    }

    /// The options that a mask names.
    fn options(&self, slot: Slot, mask: u64) -> Mark {
        let dictionary = &self.standard.dictionary;
        let list = match dictionary.info(slot.fact).map(|info| info.kind) {
            Some(Kind::Choice { list }) => dictionary.lists().get(list),
            _ => None,
        };
        let options = list.into_iter().flat_map(|list| {
            let named = list.options.iter().zip(0_u32..);
            let named = named.filter(|(_, at)| has(mask, *at));
            named.map(|(option, _)| self.option(&list.id, &option.id))
        });
        self.one_of(options.collect())
    }

    fn param_options(&self, at: usize, mask: u64) -> Mark {
        let Some(param) = self.standard.params.get(at) else { return Mark::default() };
        let named = param.options.iter().zip(0_u32..);
        let named = named.filter(|(_, at)| has(mask, *at));
        let named =
            named.map(|(option, _)| self.quoted(&self.param_option(param, option)));
        self.one_of(named.collect())
    }

    /// An option of a fact, in quotes.
    pub(super) fn option(&self, list: &str, option: &str) -> Mark {
        let mut text = String::new();
        self.lang.put_named(&mut text, &["option", list, option]);
        self.quoted(&Mark::plain(&text))
    }

    pub(super) fn quoted(&self, option: &Mark) -> Mark {
        self.fill("say.option", &[("option", option)])
    }
}

pub(super) fn figure(count: usize) -> Mark {
    Mark::plain(&count.to_string())
}

/// Whether a mask names the option at this place.
fn has(mask: u64, at: u32) -> bool {
    mask.checked_shr(at).unwrap_or(0) & 1 == 1
}
