//! The dictionary and the standards ready made: what was read and checked once need not be
//! read and checked on a phone.

use std::rc::Rc;

use crate::bytes::{Packed, Unpack, pack_few, packed_choice, packed_table, unpack_few};
use crate::dictionary::{
    Choice, CodeList, Dictionary, Entity, EntityRef, Fact, FactRef, Kind, Mask,
    Sensitivity, Topic,
};
use crate::param::{May, Param, ParamKind, ParamValue, Status};
use crate::program::{Measure, Num, NumId, Program, Rows, Sign, Slot, Test, TestId};
use crate::range::Range;
use crate::standard::{
    Cite, Counts, Criterion, Grouping, HintRule, Level, Named, Source, Standard,
};
use crate::unit::Unit;
use crate::verdict::Verdict;

macro_rules! packed_number {
    ($($name:ident)*) => {$(
        impl Packed for $name {
            fn pack(&self, into: &mut Vec<u8>) {
                self.0.pack(into);
            }

            fn unpack(from: &mut Unpack<'_>) -> Self {
                Self(Packed::unpack(from))
            }
        }
    )*};
}

packed_number! { FactRef EntityRef TestId NumId }

impl Packed for Unit {
    fn pack(&self, into: &mut Vec<u8>) {
        self.words().over.pack(into);
        self.words().under.pack(into);
    }

    fn unpack(from: &mut Unpack<'_>) -> Self {
        let over = Packed::unpack(from);
        Self::of(over, Packed::unpack(from))
    }
}

packed_table! {
    Range { lo, hi }
    Choice { id, code, remedy, leads }
    CodeList { id, options }
    Entity { id, name, least, most, facts }
    Topic { id, order, entity }
    Mask { first, last }
    Fact {
        id, topic, entity, kind, unit, decimals, range, sensitivity, cost, fixed, prefill,
        from, multiple_lines, explains, carries, mask, listed, column,
    }
    Source { id, title, number, date, note, status }
    Cite { source, clause, text }
    ParamValue { years, value, reading, source, clause, status }
    Param { id, kind, unit, decimals, options, default, values, may }
    Named { id, of, cite, is_quantity, test, num }
    Criterion { id, topic, cite, met }
    Grouping { id, groups }
    HintRule { id, topic, each, facts, cite, when }
    Counts { entity, define }
    Slot { depth, column, fact }
    Rows { entity, only }
    Measure { unit, decimals, is_date }
    Standard {
        id, hash, title, level, place, status, years, sources, params, defines, criteria,
        groupings, hints, counts, words, dictionary, program,
    }
}

packed_choice!(Verdict or Self::Unknown; { 0 Unknown, 1 Met, 2 NotMet });
packed_choice!(Status or Self::Proposed; { 0 Proposed, 1 Unverified, 2 Sourced });
packed_choice!(Level or Self::County; { 0 Nation, 1 Province, 2 City, 3 County });
packed_choice!(ParamKind or Self::Number; { 0 Number, 1 Choice, 2 MonthDay });
packed_choice!(May or Self::Fixed; { 0 Fixed, 1 Up, 2 Down, 3 Any });
packed_choice!(Sign or Self::Equal; { 0 Over, 1 NoLess, 2 Under, 3 NoMore, 4 Equal });
packed_choice!(Sensitivity or Self::Personal; { 0 Personal, 1 None, 2 Health, 3 Minor, 4 Location });
packed_choice!(Kind or Self::Text; {
    0 Text, 1 YesNo, 2 Choice { list }, 3 Count, 4 Money, 5 Quantity, 6 Date, 7 IdNumber,
    8 Row { of },
});
packed_choice!(Num or Self::CheckDate; {
    0 CheckDate, 1 Const(range), 2 Fact(slot), 3 Param(at), 4 Add(parts),
    5 Less(one, other), 6 Times(one, other), 7 Scaled(inner, factor), 8 Count(rows),
    9 Sum(rows, inner), 10 Min(rows, inner), 11 Max(rows, inner), 12 Age(born, at),
    13 If(condition, then, otherwise), 14 Named(at, inner, home),
});
packed_choice!(Test or Self::Always(Verdict::Unknown); {
    1 Always(verdict), 2 Within(slot, range), 3 All(tests), 4 Any(tests),
    5 AtLeast(wanted, tests), 6 Not(test), 7 Yes(slot), 8 Is(slot, mask),
    9 IsParam(at, mask), 10 Compare(sign, left, right), 11 Between(middle, low, high),
    12 Every(rows, holds), 13 Some(rows, holds), 14 Same(slot),
    15 If(condition, then, otherwise), 16 Known(slot), 17 Named(at, test, home),
});

impl Packed for Dictionary {
    fn pack(&self, into: &mut Vec<u8>) {
        // The conditions as written serve only who reads a standard; compiled ones stand
        // in each standard.
        let Self { topics, entities, lists, facts, hash, whens: _ } = self;
        topics.pack(into);
        entities.pack(into);
        lists.pack(into);
        facts.pack(into);
        hash.pack(into);
    }

    fn unpack(from: &mut Unpack<'_>) -> Self {
        Self {
            topics: Packed::unpack(from),
            entities: Packed::unpack(from),
            lists: Packed::unpack(from),
            facts: Packed::unpack(from),
            hash: Packed::unpack(from),
            whens: Vec::new(),
        }
    }
}

impl Packed for Program {
    fn pack(&self, into: &mut Vec<u8>) {
        // Sizes are looked at while a program is made, and never again.
        let Self { tests, nums, measures, domains, whens, test_sizes: _, num_sizes: _ } =
            self;
        tests.pack(into);
        nums.pack(into);
        pack_few(measures, into);
        pack_few(domains, into);
        whens.pack(into);
    }

    fn unpack(from: &mut Unpack<'_>) -> Self {
        Self {
            tests: Packed::unpack(from),
            nums: Packed::unpack(from),
            measures: unpack_few(from),
            domains: unpack_few(from),
            whens: Packed::unpack(from),
            ..Self::default()
        }
    }
}

/// A standard as bytes; facts of its own go with it, the others are those that ship.
pub(crate) fn standard(standard: &Standard, shipped: &Rc<Dictionary>) -> Vec<u8> {
    let mut packed = standard.clone();
    if Rc::ptr_eq(&packed.dictionary, shipped) {
        packed.dictionary = Rc::new(Dictionary::empty());
    }
    let mut into = Vec::new();
    packed.pack(&mut into);
    into
}

/// A standard from its bytes; none where they are spoilt.
pub(crate) fn unpacked(bytes: &[u8], shipped: &Rc<Dictionary>) -> Option<Standard> {
    let mut standard: Standard = Unpack::whole(bytes)?;
    if standard.dictionary.facts().is_empty() {
        standard.dictionary = Rc::clone(shipped);
    }
    Some(standard)
}
