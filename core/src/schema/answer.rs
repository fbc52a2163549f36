//! What an answer can be: a shape for every kind of fact, or nothing, or why it is unknown.

use super::{Shape, closed, digits, one_of, put, types};
use crate::dictionary::{EntityRef, Fact, Kind};
use crate::enter::{LONGEST_TEXT, figure_text};
use crate::json::{Json, object};
use crate::range::Range;
use crate::record::Reason;

/// Parts of a date as they are written in digits.
const YEAR: &str = "[0-9]{4}";
const MONTH: &str = "(0?[1-9]|1[0-2])";
const DAY: &str = "(0?[1-9]|[12][0-9]|3[01])";
/// Without marks both parts have two digits.
const TOGETHER: &str = "(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])";
/// Portals write dates so.
const MIDNIGHT: &str = "([ T]00:00:00)?";

impl Shape<'_> {
    /// What a fact can be answered with.
    pub(super) fn answer(&mut self, fact: &Fact) -> Json {
        match fact.kind {
            Kind::YesNo => self.answer_part("yes_no", Self::yes_no),
            Kind::Choice { list } => {
                let name = self.choice_name(list);
                self.answer_part(&name, |shape| vec![shape.options(list)])
            }
            Kind::Count | Kind::Money | Kind::Quantity => {
                let (range, decimals) = (fact.range, fact.decimals);
                let ends = [range.lo, range.hi].map(|end| figure(end, decimals));
                let name = ["number", &ends.join("_"), &decimals.to_string()].join("_");
                let made = self.answer_part(&name, |_| number(range, decimals));
                self.annotate(&name, "x-ruhu-decimals", i64::from(decimals).into());
                made
            }
            Kind::Date => self.answer_part("date", |_| vec![date()]),
            Kind::Text => self.answer_part("text", |_| vec![text()]),
            Kind::IdNumber => {
                self.answer_part("id_number", |_| vec![pattern("[0-9]{17}[0-9Xx]")])
            }
            Kind::Row { of } => self.row_of(of),
        }
    }

    /// A part that is answered in one of these ways, or not at all.
    fn answer_part(
        &mut self,
        name: &str,
        ways: impl FnOnce(&mut Self) -> Vec<Json>,
    ) -> Json {
        self.part(name, |shape| {
            let mut ways = ways(shape);
            ways.push(shape.absent());
            object!({ "anyOf": ways })
        })
    }

    fn annotate(&mut self, part: &str, key: &str, value: Json) {
        if let Some(part) = self.parts.get_mut(part) {
            put(part, key, value);
        }
    }

    /// 空白, or why it is unknown.
    fn absent(&mut self) -> Json {
        self.part("absent", |shape| {
            let mut blank = types(&["string", "null"]);
            put(&mut blank, "pattern", r"^\s*$");
            object!({ "anyOf": vec![blank, shape.unknown()] })
        })
    }

    /// 未知, with its reason.
    fn unknown(&mut self) -> Json {
        self.part("unknown", |shape| {
            let reasons = Reason::ALL.iter().map(|reason| reason.as_str());
            let reasons =
                reasons.map(|reason| (reason, shape.lang.named("reason", reason)));
            let properties = shape.described(vec![
                ("unknown", one_of(reasons)),
                ("was", types(&["string", "number", "boolean", "null"])),
            ]);
            let mut made = closed(properties);
            put(&mut made, "required", vec![Json::from("unknown")]);
            made
        })
    }

    fn yes_no(&mut self) -> Vec<Json> {
        let title = |key: &str| self.lang.text(key).to_owned();
        let said = [("yes", title("say.true")), ("no", title("say.false"))];
        vec![one_of(said.into_iter()), types(&["boolean"])]
    }

    /// Lists of two files may have one name.
    fn choice_name(&self, list: usize) -> String {
        let lists = self.standard.dictionary.lists();
        let id = lists.get(list).map_or("", |list| &list.id);
        let first = lists.iter().position(|known| known.id == id);
        let more = if first == Some(list) { String::new() } else { list.to_string() };
        ["choice_", id, &more].concat()
    }

    fn options(&self, list: usize) -> Json {
        let list = self.standard.dictionary.lists().get(list);
        let options = list.into_iter().flat_map(|list| {
            list.options.iter().map(|option| {
                let key = ["option.", &list.id, ".", &option.id].concat();
                let title = self.lang.find(&key).unwrap_or(&option.id);
                let id = option.id.as_str();
                let mut made = object!({ "const": id, "title": title });
                if let Some(code) = &option.code {
                    put(&mut made, "x-ruhu-code", code.as_str());
                }
                made
            })
        });
        object!({ "oneOf": options.collect::<Vec<Json>>() })
    }

    fn row_of(&mut self, of: EntityRef) -> Json {
        let entity = self.standard.dictionary.entity_info(of);
        let id = entity.map_or("", |entity| &entity.id).to_owned();
        let name = ["row_of_", &id].concat();
        let made = self.answer_part(&name, |_| number(Range::new(0, u32::MAX.into()), 0));
        self.annotate(&name, "x-ruhu-list", id.into());
        made
    }

    /// A whole day.
    pub(super) fn day(&mut self) -> Json {
        self.part("day", |_| {
            let marked = |mark: &str| [mark, MONTH, mark, DAY].concat();
            let chinese = ["年", MONTH, "月", DAY, "[日号]?"].concat();
            let marked = ["-", "/", "[.]"].map(marked).join("|");
            let rest = [&marked, TOGETHER, &chinese].join("|");
            pattern(&[YEAR, "(", &rest, ")", MIDNIGHT].concat())
        })
    }
}

/// A number, as a number of JSON or in digits.
pub(super) fn number(range: Range, decimals: u8) -> Vec<Json> {
    let end = |end: i64| Json::Number(figure(end, decimals));
    let kind = if decimals == 0 { "integer" } else { "number" };
    let plain = object!({
        "type": kind,
        "minimum": end(range.lo),
        "maximum": end(range.hi),
    });
    let mut typed = pattern(&digits::within(range, decimals));
    if let Some(short) = digits::short_of(range, decimals) {
        put(&mut typed, "not", pattern(&short));
    }
    vec![plain, typed]
}

/// A figure as JSON has it.
fn figure(figure: i64, decimals: u8) -> String {
    figure_text(figure, decimals).replace(',', "")
}

fn text() -> Json {
    let longest = i64::try_from(LONGEST_TEXT).unwrap_or(i64::MAX);
    object!({ "type": "string", "maxLength": longest })
}

/// A day, a month or a year.
fn date() -> Json {
    let marked = |mark: &str| [mark, MONTH, "(", mark, DAY, ")?"].concat();
    let chinese = ["年(", MONTH, "(月(", DAY, "[日号]?)?)?)?"].concat();
    let marked = ["-", "/", "[.]"].map(marked).join("|");
    let rest = [&marked, TOGETHER, &chinese].join("|");
    pattern(&[YEAR, "(", &rest, ")?", MIDNIGHT].concat())
}

/// A text that is this from its first sign to its last.
fn pattern(inner: &str) -> Json {
    object!({ "type": "string", "pattern": ["^", inner, "$"].concat() })
}
