//! The numbers of a condition: what each is measured in and what it can be.

use serde_json::Value;

use crate::compile::{Compiler, Use};
use crate::dictionary::Kind;
use crate::document::{Cursor, Loaded};
use crate::param::ParamKind;
use crate::program::{Measure, Num, NumId, Rows, Sign, Test, TestId};
use crate::range::Range;
use crate::read;
use crate::unit::Unit;

/// No number may grow beyond this, whatever is answered: so nothing ever wraps.
const MOST: i64 = i64::MAX / 4;
/// Full years a person can have.
const AGES: Range = Range { lo: 0, hi: 150 };

impl Compiler<'_> {
    pub(crate) fn num(&mut self, cursor: &Cursor<'_>) -> Loaded<NumId> {
        self.deeper(cursor)?;
        let made = match cursor.value {
            Value::String(name) => self.num_name(name, cursor),
            Value::Object(_) => self.num_table(cursor),
            _ => Err(cursor.fault("not_a_number", cursor.value.to_string())),
        };
        self.depth = self.depth.saturating_sub(1);
        made
    }

    fn num_name(&mut self, name: &str, cursor: &Cursor<'_>) -> Loaded<NumId> {
        if name.starts_with(|first: char| first.is_ascii_digit() || first == '-') {
            return self.literal(name, cursor);
        }
        if name == "check_date" {
            return self.push_num(Num::CheckDate, date(), DATES, cursor);
        }
        if let Some(at) = self.params.iter().position(|param| param.id == name) {
            let param = self.params.get(at);
            let param = param.filter(|param| param.kind == ParamKind::Number);
            let param = param.ok_or_else(|| cursor.fault("not_a_number", name))?;
            let measure = measure(param.unit.clone(), param.decimals);
            return self.push_num(Num::Param(at), measure, param.domain(), cursor);
        }
        if let Some(at) = self.definition(name, "quantity") {
            return self.named_num(at, cursor);
        }
        let slot = self.slot(name, cursor)?;
        let Some(fact) = self.dictionary.info(slot.fact) else {
            return Err(cursor.fault("unknown_name", name));
        };
        let measure = match fact.kind {
            Kind::Count | Kind::Money | Kind::Quantity => {
                measure(fact.unit.clone(), fact.decimals)
            }
            Kind::Date => date(),
            _ => return Err(cursor.fault("not_a_number", name)),
        };
        self.push_num(Num::Fact(slot), measure, fact.range, cursor)
    }

    fn literal(&mut self, text: &str, cursor: &Cursor<'_>) -> Loaded<NumId> {
        let (figure, unit) = text.split_once(' ').unwrap_or((text, "1"));
        let unit = Unit::read(unit).ok_or_else(|| cursor.fault("bad_unit", unit))?;
        let decimals = figure.split_once('.').map_or(0, |(_, digits)| digits.len());
        let decimals = u8::try_from(decimals).unwrap_or(u8::MAX);
        let value = read::number(figure, decimals);
        let value = value.map_err(|_| cursor.fault("bad_value", text))?;
        if value != 0 && self.used == Use::Criterion {
            return Err(cursor.fault("number_without_name", text));
        }
        let range = Range::exactly(value);
        self.push_num(Num::Const(range), measure(unit, decimals), range, cursor)
    }

    fn named_num(&mut self, at: usize, cursor: &Cursor<'_>) -> Loaded<NumId> {
        let key = self.enter(at, cursor)?;
        if let Some(made) = self.made.get(&key) {
            return Ok(NumId(*made));
        }
        let inner = self.inside(at, cursor, Self::num)?;
        let measure = self.measure_of(inner, cursor)?;
        let domain = self.program.domain(inner);
        let home = key.1.len() == 1;
        let named = Num::Named(at, inner, home);
        let made = self.push_num(named, measure, domain, cursor)?;
        self.made.insert(key, made.0);
        Ok(made)
    }

    fn num_table(&mut self, cursor: &Cursor<'_>) -> Loaded<NumId> {
        let has = |key: &str| cursor.value.get(key).is_some();
        if has("if") {
            return self.num_if(cursor);
        }
        if has("age") {
            return self.age(cursor);
        }
        if has("count") {
            cursor.only(&["count", "where"])?;
            let entity = self.list(&cursor.need("count")?)?;
            let rows = self.over(entity, cursor)?;
            let unit = if cursor.value.get("count") == Some(&"member".into()) {
                "person"
            } else {
                "row"
            };
            let unit = Unit::read(unit).unwrap_or_default();
            let domain = Range::new(0, self.most(rows));
            return self.push_num(Num::Count(rows), measure(unit, 0), domain, cursor);
        }
        for key in ["sum", "min", "max"] {
            if has(key) {
                return self.aggregate(key, cursor);
            }
        }
        if has("last") {
            cursor.only(&["last"])?;
            let name = cursor.need("last")?;
            let text = name.text()?;
            let at = self
                .params
                .iter()
                .position(|param| param.id == text && param.kind == ParamKind::MonthDay);
            let at = at.ok_or_else(|| name.fault("unknown_name", text))?;
            return self.push_num(Num::Param(at), date(), DATES, cursor);
        }
        for key in ["add", "less", "times"] {
            if let Some(inner) = cursor.get(key) {
                cursor.only(&[key])?;
                return self.arithmetic(key, &inner);
            }
        }
        Err(cursor.fault("unknown_operator", cursor.value.to_string()))
    }

    fn num_if(&mut self, cursor: &Cursor<'_>) -> Loaded<NumId> {
        cursor.only(&["if", "then", "else"])?;
        let condition = self.test(&cursor.need("if")?)?;
        let then = self.num(&cursor.need("then")?)?;
        let otherwise = self.num(&cursor.need("else")?)?;
        let (then, otherwise) = self.alike(then, otherwise, cursor)?;
        let domain = self.program.domain(then).hull(self.program.domain(otherwise));
        let measure = self.measure_of(then, cursor)?;
        self.push_num(Num::If(condition, then, otherwise), measure, domain, cursor)
    }

    fn age(&mut self, cursor: &Cursor<'_>) -> Loaded<NumId> {
        cursor.only(&["age", "at"])?;
        let born = self.num(&cursor.need("age")?)?;
        let at = self.num(&cursor.need("at")?)?;
        for num in [born, at] {
            if !self.measure_of(num, cursor)?.is_date {
                return Err(cursor.fault("not_a_date", "age"));
            }
        }
        let year = Unit::read("year").unwrap_or_default();
        self.push_num(Num::Age(born, at), measure(year, 0), AGES, cursor)
    }

    fn aggregate(&mut self, key: &str, cursor: &Cursor<'_>) -> Loaded<NumId> {
        cursor.only(&[key, "of", "where"])?;
        let entity = self.list(&cursor.need("of")?)?;
        let rows = self.over(entity, cursor)?;
        self.rows.push(entity);
        let inner = self.num(&cursor.need(key)?);
        self.rows.pop();
        let inner = inner?;
        let measure = self.measure_of(inner, cursor)?;
        let one = self.program.domain(inner);
        let (num, domain) = match key {
            "sum" => {
                let most = self.most(rows);
                let all = Range::new(
                    one.lo.min(0).saturating_mul(most),
                    one.hi.max(0).saturating_mul(most),
                );
                (Num::Sum(rows, inner), all)
            }
            "min" => (Num::Min(rows, inner), one),
            _ => (Num::Max(rows, inner), one),
        };
        self.push_num(num, measure, domain, cursor)
    }

    fn most(&self, rows: Rows) -> i64 {
        let most = self.dictionary.entity_info(rows.entity).map_or(0, |info| info.most);
        i64::try_from(most).unwrap_or(0)
    }

    fn arithmetic(&mut self, key: &str, cursor: &Cursor<'_>) -> Loaded<NumId> {
        let mut parts = Vec::new();
        for (at, value) in cursor.items()?.iter().enumerate() {
            parts.push(self.num(&cursor.at(at, value))?);
        }
        match (key, parts.as_slice()) {
            ("add", [first, rest @ ..]) if !rest.is_empty() => {
                let finest = self.finest(&parts, cursor)?;
                let mut made = Vec::new();
                for part in &parts {
                    self.same_unit(*first, *part, cursor)?;
                    made.push(self.scaled(*part, finest, cursor)?);
                }
                let domains = made.iter().map(|part| self.program.domain(*part));
                let domain = domains.reduce(Range::plus).unwrap_or(Range::ZERO);
                let measure = self.measure_of(*made.first().unwrap_or(first), cursor)?;
                self.push_num(Num::Add(made.into()), measure, domain, cursor)
            }
            ("less", [one, other]) => {
                let (one, other) = self.alike(*one, *other, cursor)?;
                let domain = self.program.domain(one).minus(self.program.domain(other));
                let measure = self.measure_of(one, cursor)?;
                self.push_num(Num::Less(one, other), measure, domain, cursor)
            }
            ("times", [one, other]) => {
                let (left, right) =
                    (self.measure_of(*one, cursor)?, self.measure_of(*other, cursor)?);
                if left.is_date || right.is_date {
                    return Err(cursor.fault("not_a_number", "times"));
                }
                let decimals = left.decimals.saturating_add(right.decimals);
                let measure = measure(left.unit.times(&right.unit), decimals);
                let domain = self.program.domain(*one).times(self.program.domain(*other));
                self.push_num(Num::Times(*one, *other), measure, domain, cursor)
            }
            _ => Err(cursor.fault("not_a_pair", key)),
        }
    }

    pub(crate) fn compare(&mut self, sign: Sign, cursor: &Cursor<'_>) -> Loaded<TestId> {
        let [left, right] = cursor.items()? else {
            return Err(cursor.fault("not_a_pair", ""));
        };
        let left = self.num(&cursor.at(0, left))?;
        let right = self.num(&cursor.at(1, right))?;
        let (left, right) = self.alike(left, right, cursor)?;
        let (l, r) = (self.program.domain(left), self.program.domain(right));
        if sign.compare(l, r).is_decided() {
            return Err(cursor.fault("always_the_same", cursor.value.to_string()));
        }
        self.push_test(Test::Compare(sign, left, right), cursor)
    }

    pub(crate) fn between(&mut self, cursor: &Cursor<'_>) -> Loaded<TestId> {
        let [middle, low, high] = cursor.items()? else {
            return Err(cursor.fault("not_three", ""));
        };
        let middle = self.num(&cursor.at(0, middle))?;
        let low = self.num(&cursor.at(1, low))?;
        let high = self.num(&cursor.at(2, high))?;
        let finest = self.finest(&[middle, low, high], cursor)?;
        self.same_unit(middle, low, cursor)?;
        self.same_unit(middle, high, cursor)?;
        let middle = self.scaled(middle, finest, cursor)?;
        let low = self.scaled(low, finest, cursor)?;
        let high = self.scaled(high, finest, cursor)?;
        let domains = [middle, low, high].map(|num| self.program.domain(num));
        let [m, l, h] = domains;
        let holds = Sign::NoLess.compare(m, l).and(Sign::NoMore.compare(m, h));
        if holds.is_decided() {
            return Err(cursor.fault("always_the_same", cursor.value.to_string()));
        }
        self.push_test(Test::Between(middle, low, high), cursor)
    }

    /// Two numbers in one unit and one fineness.
    fn alike(
        &mut self,
        one: NumId,
        other: NumId,
        cursor: &Cursor<'_>,
    ) -> Loaded<(NumId, NumId)> {
        self.same_unit(one, other, cursor)?;
        let finest = self.finest(&[one, other], cursor)?;
        Ok((self.scaled(one, finest, cursor)?, self.scaled(other, finest, cursor)?))
    }

    fn same_unit(&self, one: NumId, other: NumId, cursor: &Cursor<'_>) -> Loaded<()> {
        let (a, b) = (self.measure_of(one, cursor)?, self.measure_of(other, cursor)?);
        if a.unit != b.unit || a.is_date != b.is_date {
            let named = |measure: &Measure| match measure.is_date {
                true => "date".to_owned(),
                false => measure.unit.to_string(),
            };
            let names = [named(&a), named(&b)].join(" ≠ ");
            return Err(cursor.fault("wrong_unit", names));
        }
        Ok(())
    }

    fn finest(&self, nums: &[NumId], cursor: &Cursor<'_>) -> Loaded<u8> {
        let mut finest = 0;
        for num in nums {
            finest = finest.max(self.measure_of(*num, cursor)?.decimals);
        }
        Ok(finest)
    }

    fn scaled(&mut self, num: NumId, to: u8, cursor: &Cursor<'_>) -> Loaded<NumId> {
        let mut measure = self.measure_of(num, cursor)?;
        let Some(steps @ 1..) = to.checked_sub(measure.decimals) else {
            return Ok(num);
        };
        let factor = 10_i64.saturating_pow(u32::from(steps));
        measure.decimals = to;
        let domain = self.program.domain(num).times(Range::exactly(factor));
        self.push_num(Num::Scaled(num, factor), measure, domain, cursor)
    }

    fn measure_of(&self, num: NumId, cursor: &Cursor<'_>) -> Loaded<Measure> {
        let found = self.program.measure(num).cloned();
        found.ok_or_else(|| cursor.fault("not_a_number", ""))
    }

    fn push_num(
        &mut self,
        num: Num,
        measure: Measure,
        domain: Range,
        cursor: &Cursor<'_>,
    ) -> Loaded<NumId> {
        if domain.lo < MOST.saturating_neg() || domain.hi > MOST {
            return Err(cursor.fault("too_large", cursor.value.to_string()));
        }
        let id = self.room(self.program.nums.len(), cursor)?;
        let size = self.within_size(self.program.size_of_num(&num), cursor)?;
        self.program.nums.push(num);
        self.program.num_sizes.push(size);
        self.program.measures.push(measure);
        self.program.domains.push(domain);
        Ok(NumId(id))
    }
}

/// Every day that a date can be.
const DATES: Range = crate::dictionary::DATES;

fn measure(unit: Unit, decimals: u8) -> Measure {
    Measure { unit, decimals, is_date: false }
}

fn date() -> Measure {
    Measure { unit: Unit::default(), decimals: 0, is_date: true }
}
