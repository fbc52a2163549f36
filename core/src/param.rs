//! Parameters: the dated numbers and readings of a standard, and which of them holds.

use crate::document::{Cursor, Loaded, is_id};
use crate::range::Range;
use crate::read;
use crate::record::Choices;
use crate::unit::Unit;

/// How well a value is founded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// 有依据: read in the source that is named.
    Sourced,
    /// 未核实: remembered or read at second hand.
    Unverified,
    /// 建议稿: our reading where no source exists; a standard of that status never decides.
    Proposed,
}

impl Status {
    /// The name in data and words.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sourced => "sourced",
            Self::Unverified => "unverified",
            Self::Proposed => "proposed",
        }
    }

    pub(crate) fn read(cursor: &Cursor<'_>) -> Loaded<Self> {
        let status = cursor.need("status")?;
        Ok(match status.text()? {
            "sourced" => Self::Sourced,
            "unverified" => Self::Unverified,
            "proposed" => Self::Proposed,
            other => return Err(status.fault("unknown_name", other)),
        })
    }
}

/// What kind of value a parameter has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParamKind {
    /// A number.
    Number,
    /// One of its options.
    Choice,
    /// A day of every year.
    MonthDay,
}

/// Which way a lower level may move a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum May {
    Up,
    Down,
    Fixed,
    Any,
}

/// 参数: a number or reading that the document sets, by year.
#[derive(Clone, Debug)]
pub struct Param {
    /// The name in data and words.
    pub id: String,
    /// What kind of value it has.
    pub kind: ParamKind,
    /// The unit of a number.
    pub unit: Unit,
    /// Digits kept after the point.
    pub decimals: u8,
    /// What a choice can be.
    pub options: Vec<String>,
    /// The reading that holds until an office fixes one.
    pub default: Option<String>,
    /// Its values, by year and reading.
    pub values: Vec<ParamValue>,
    pub(crate) may: May,
}

/// One value of a parameter, with where it comes from.
#[derive(Clone, Debug)]
pub struct ParamValue {
    /// First and last exit year it holds for.
    pub years: (i64, i64),
    /// In units of the last digit; the option's place; month × 100 + day.
    pub value: i64,
    /// Its name, where several stand for one year.
    pub reading: Option<String>,
    /// The source, by id.
    pub source: String,
    /// The clause in it.
    pub clause: Option<String>,
    /// How well it is founded.
    pub status: Status,
}

const PARAM_KEYS: &[&str] =
    &["id", "kind", "unit", "decimals", "options", "may", "default", "value"];
const VALUE_KEYS: &[&str] = &["years", "value", "reading", "source", "clause", "status"];

impl Param {
    /// What it can be set to: its readings and its options, of any year.
    pub fn choices(&self) -> impl Iterator<Item = &str> {
        let readings = self.values.iter().filter_map(|value| value.reading.as_deref());
        readings.chain(self.options.iter().map(String::as_str))
    }

    pub(crate) fn read(cursor: &Cursor<'_>, sources: &[String]) -> Loaded<Self> {
        cursor.only(PARAM_KEYS)?;
        let id = cursor.need("id")?;
        let name = id.text()?;
        if !is_id(name) {
            return Err(id.fault("bad_id", name));
        }
        let kind = cursor.need("kind")?;
        let (kind, decimals) = match kind.text()? {
            "money" => (ParamKind::Number, 2),
            "count" => (ParamKind::Number, 0),
            "quantity" => (ParamKind::Number, decimals(cursor)?),
            "choice" => (ParamKind::Choice, 0),
            "month_day" => (ParamKind::MonthDay, 0),
            other => return Err(kind.fault("unknown_kind", other)),
        };
        let unit = match (kind, cursor.text_of("unit")?) {
            (ParamKind::Number, None) => return Err(cursor.fault("missing", "unit")),
            (_, unit) => unit.unwrap_or_else(|| "1".to_owned()),
        };
        let unit = Unit::read(&unit).ok_or_else(|| cursor.fault("bad_unit", &unit))?;
        let mut options = Vec::new();
        if kind == ParamKind::Choice {
            let listed = cursor.need("options")?;
            for (at, value) in listed.items()?.iter().enumerate() {
                options.push(listed.at(at, value).text()?.to_owned());
            }
            if options.is_empty() || options.len() > 64 {
                return Err(listed.fault("options_1_to_64", name));
            }
        }
        let mut param = Self {
            id: name.to_owned(),
            kind,
            unit,
            decimals,
            options,
            default: cursor.text_of("default")?,
            values: Vec::new(),
            may: may(cursor)?,
        };
        let values = cursor.need("value")?;
        for (at, value) in values.items()?.iter().enumerate() {
            let value = param.value(&values.at(at, value), sources)?;
            param.values.push(value);
        }
        param.check(&values)?;
        Ok(param)
    }

    fn value(&self, cursor: &Cursor<'_>, sources: &[String]) -> Loaded<ParamValue> {
        cursor.only(VALUE_KEYS)?;
        let written = cursor.need("value")?;
        let text = match written.value {
            serde_json::Value::Number(number) => number.to_string(),
            _ => written.text()?.to_owned(),
        };
        let value = match self.kind {
            ParamKind::Number => read::number(&text, self.decimals).ok(),
            ParamKind::Choice => self.option(&text),
            ParamKind::MonthDay => month_day(&text),
        };
        let source = cursor.need("source")?;
        if !sources.iter().any(|known| known == source.value) {
            return Err(source.fault("unknown_source", source.text()?));
        }
        Ok(ParamValue {
            years: cursor.need("years")?.pair()?,
            value: value.ok_or_else(|| written.fault("bad_value", text))?,
            reading: cursor.text_of("reading")?,
            source: source.text()?.to_owned(),
            clause: cursor.text_of("clause")?,
            status: Status::read(cursor)?,
        })
    }

    /// Two values of one year need readings, and the default names one of them.
    fn check(&self, values: &Cursor<'_>) -> Loaded<()> {
        for (at, one) in self.values.iter().enumerate() {
            let later = self.values.iter().skip(at.saturating_add(1));
            for other in later {
                let together =
                    one.years.0 <= other.years.1 && other.years.0 <= one.years.1;
                let same = one.reading.is_none() || one.reading == other.reading;
                if together && same {
                    return Err(values.fault("two_values_one_year", &self.id));
                }
            }
        }
        if let Some(default) = &self.default {
            let reading = |value: &ParamValue| value.reading.as_ref() == Some(default);
            if !self.options.contains(default) && !self.values.iter().any(reading) {
                return Err(values.fault("unknown_name", default));
            }
        }
        if self.values.is_empty() {
            return Err(values.fault("missing", "value"));
        }
        Ok(())
    }

    fn option(&self, text: &str) -> Option<i64> {
        let at = self.options.iter().position(|option| option == text)?;
        i64::try_from(at).ok()
    }

    /// The values that stand for a year: one, or the readings among which to choose.
    pub fn readings(&self, year: i64) -> impl Iterator<Item = &ParamValue> {
        self.values
            .iter()
            .filter(move |value| value.years.0 <= year && year <= value.years.1)
    }

    /// Whether an office can say which reading holds in that year.
    #[must_use]
    pub fn is_open(&self, year: i64) -> bool {
        self.readings(year).nth(1).is_some()
            || (self.kind == ParamKind::Choice
                && self.default.is_some()
                && self.may != May::Fixed)
    }

    /// What it can be in a year, given what was chosen.
    pub(crate) fn resolve(&self, year: i64, choices: &Choices) -> Range {
        let chosen = choices.get(&self.id).or(self.default.as_ref());
        if let Some(chosen) = chosen {
            let reading = |value: &&ParamValue| value.reading.as_ref() == Some(chosen);
            if let Some(value) = self.readings(year).find(reading) {
                return Range::exactly(value.value);
            }
            // Only a switch, which has a default, can be set to any of its options.
            let option = self.default.as_ref().and_then(|_| self.option(chosen));
            if let Some(option) = option {
                return Range::exactly(option);
            }
        }
        let hull = self.readings(year).map(|value| Range::exactly(value.value));
        hull.reduce(Range::hull).unwrap_or_else(|| self.domain())
    }

    /// Everything it is in any year.
    pub(crate) fn domain(&self) -> Range {
        if self.kind == ParamKind::Choice {
            let last = self.options.len().saturating_sub(1);
            return Range::new(0, i64::try_from(last).unwrap_or(0));
        }
        let values = self.values.iter().map(|value| Range::exactly(value.value));
        values.reduce(Range::hull).unwrap_or(Range::ZERO)
    }

    /// The value that decided in a year, where there is just one it can be.
    #[must_use]
    pub fn holding(&self, year: i64, choices: &Choices) -> Option<&ParamValue> {
        let value = self.resolve(year, choices).known()?;
        self.readings(year).find(|reading| reading.value == value)
    }
}

fn may(cursor: &Cursor<'_>) -> Loaded<May> {
    let Some(found) = cursor.get("may") else { return Ok(May::Any) };
    Ok(match found.text()? {
        "up" => May::Up,
        "down" => May::Down,
        "fixed" => May::Fixed,
        other => return Err(found.fault("unknown_name", other)),
    })
}

fn month_day(text: &str) -> Option<i64> {
    let (month, day) = text.split_once('-')?;
    let (month, day): (i64, i64) = (month.parse().ok()?, day.parse().ok()?);
    let longest = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let at = usize::try_from(month.checked_sub(1)?).ok()?;
    let good = (1..=*longest.get(at)?).contains(&day);
    good.then(|| month.saturating_mul(100).saturating_add(day))
}

/// Digits kept after the point: none, or up to three.
pub(crate) fn decimals(cursor: &Cursor<'_>) -> Loaded<u8> {
    let Some(found) = cursor.get("decimals") else { return Ok(0) };
    let digits = u8::try_from(found.integer()?).ok().filter(|digits| *digits <= 3);
    digits.ok_or_else(|| found.fault("decimals_0_to_3", found.value.to_string()))
}
