//! The report: everything a visit found, as JSON that is the same bytes every time.

use crate::ask::Question;
use crate::json::{Entries, Json, object};
use crate::lang::Lang;
use crate::mend::Change;
use crate::read;
use crate::record::Notice;
use crate::standard::Cite;
use crate::verdict::Verdict;

use super::Visit;
use super::finish::ENGINE;
use crate::place::{At, Place};

impl Visit {
    /// 核查结果 as canonical JSON: keys sorted, no space between; the same record under
    /// the same standard gives the same bytes.
    #[must_use]
    pub fn report(&self, lang: &Lang) -> String {
        self.report_with(lang, &self.notices())
    }

    /// The same with these notices.
    pub(crate) fn report_with(&self, lang: &Lang, notices: &[Notice]) -> String {
        let standard = &self.applied.standard;
        let verdicts = self.verdicts.iter().enumerate();
        let criteria: Vec<Json> = verdicts
            .map(|(at, verdict)| self.criterion_json(lang, at, *verdict))
            .collect();
        let hints = self.hints.iter().map(|hint| {
            let applied = if hint.is_own { &self.applied } else { &self.hints_by };
            let id = applied.standard.hints.get(hint.rule).map(|rule| rule.id.as_str());
            let mut made = object!({ "id": id, "text": self.say_hint(lang, hint) });
            self.put_place(&mut made, hint.place);
            made
        });
        let notices = notices.iter().map(|notice| {
            let text = lang.say_notice(notice);
            object!({ "path": notice.path.as_str(), "key": notice.key, "text": text })
        });
        object!({
            "ruhu": 1,
            "id": self.record.id.as_str(),
            "engine": ENGINE,
            "language": lang.name(),
            "standard": object!({
                "id": standard.id.as_str(),
                "hash": standard.hash.as_str(),
                "status": standard.status.as_str(),
                "decides": standard.decides(),
            }),
            "facts": self.dictionary().hash(),
            "hints_standard": self.hints_by.standard.hash.as_str(),
            "year": self.year(),
            "date": read::date_text(self.check_date()),
            "params": self.params_json(),
            "verdict": self.verdict().as_str(),
            "criteria": criteria,
            "hints": hints.collect::<Vec<Json>>(),
            "notices": notices.collect::<Vec<Json>>(),
        })
        .write()
    }

    fn criterion_json(&self, lang: &Lang, at: usize, verdict: Verdict) -> Json {
        let Some(criterion) = self.applied.standard.criteria.get(at) else {
            return Json::Null;
        };
        let finding = self.finding(at);
        let grounds = finding.grounds.iter().map(|ground| {
            let mut made = object!({
                "verdict": ground.verdict.as_str(),
                "text": &*self.say_ground(lang, ground),
            });
            self.put_place(&mut made, ground.place);
            if let Some(margin) = &ground.margin
                && let Json::Object(map) = &mut made
            {
                let margin = object!({
                    "by": margin.by,
                    "rise": margin.rise,
                    "decimals": i64::from(margin.decimals),
                    "unit": margin.unit.to_string(),
                    "heads": margin.heads,
                    "text": self.say_margin(lang, margin, ground.verdict),
                });
                map.insert("margin".to_owned(), margin);
            }
            made
        });
        let questions = self.questions(at);
        let questions =
            questions.iter().map(|question| self.question_json(lang, question));
        let changes = self.changes(at);
        let changes = changes.iter().map(|set| {
            let set = set.iter().map(|change| self.change_json(lang, change));
            Json::List(set.collect())
        });
        let hangs = self.hangs(at);
        let hangs = hangs.iter().map(|at| self.question_json(lang, &Question::Fact(*at)));
        object!({
            "id": criterion.id.as_str(),
            "verdict": verdict.as_str(),
            "cite": cite_json(&criterion.cite),
            "grounds": grounds.collect::<Vec<Json>>(),
            "questions": questions.collect::<Vec<Json>>(),
            "changes": changes.collect::<Vec<Json>>(),
            "hangs_on": hangs.collect::<Vec<Json>>(),
        })
    }

    /// Which reading of every parameter held.
    fn params_json(&self) -> Json {
        let mut made = Entries::new();
        for param in self.applied.standard.params() {
            let holding = param.holding(self.year(), &self.record.choices);
            let value = self.param(&param.id).and_then(crate::range::Range::known);
            let entry = object!({
                "value": value,
                "decimals": i64::from(param.decimals),
                "reading": holding.and_then(|value| value.reading.as_deref()),
                "source": holding.map(|value| value.source.as_str()),
                "status": holding.map(|value| value.status.as_str()),
            });
            made.insert(param.id.clone(), entry);
        }
        Json::Object(made)
    }

    fn question_json(&self, lang: &Lang, question: &Question) -> Json {
        let text = self.say_question(lang, question);
        match question {
            Question::Fact(at) => {
                let mut made = object!({ "fact": self.fact_id(*at), "text": text });
                self.put_place(&mut made, at.place);
                made
            }
            Question::List(list) => {
                let id =
                    self.dictionary().entity_info(*list).map(|info| info.id.as_str());
                object!({ "list": id, "text": text })
            }
            Question::Param(id) => object!({ "param": id.as_str(), "text": text }),
        }
    }

    fn change_json(&self, lang: &Lang, change: &Change) -> Json {
        let text = self.say_change(lang, change);
        match change {
            Change::Answer { at, to } => {
                let to: Vec<Json> = to.iter().map(|to| to.as_str().into()).collect();
                let mut made =
                    object!({ "fact": self.fact_id(*at), "to": to, "text": text });
                self.put_place(&mut made, at.place);
                made
            }
            Change::Number { at, quantity, by, rise, unit, decimals } => {
                let mut made = object!({
                    "fact": at.map(|at| self.fact_id(at)),
                    "quantity": quantity.as_deref(),
                    "by": *by,
                    "rise": *rise,
                    "unit": unit.as_str(),
                    "decimals": i64::from(*decimals),
                    "text": text,
                });
                if let Some(at) = at {
                    self.put_place(&mut made, at.place);
                }
                made
            }
            Change::Fill(at) => {
                let mut made = object!({ "fact": self.fact_id(*at), "text": text });
                self.put_place(&mut made, at.place);
                made
            }
            Change::Complete(list) => {
                let id =
                    self.dictionary().entity_info(*list).map(|info| info.id.as_str());
                object!({ "list": id, "text": text })
            }
        }
    }

    fn fact_id(&self, at: At) -> &str {
        self.dictionary().info(at.fact).map_or("", |info| &info.id)
    }

    fn put_place(&self, made: &mut Json, place: Place) {
        let Json::Object(map) = made else { return };
        if place == Place::HOUSEHOLD || place.row == 0 {
            return;
        }
        let id = self.dictionary().entity_info(place.entity).map(|info| info.id.clone());
        map.insert("entity".to_owned(), id.into());
        map.insert("row".to_owned(), i64::from(place.row).into());
    }
}

fn cite_json(cite: &Cite) -> Json {
    object!({
       "source": cite.source.as_str(),
       "clause": cite.clause.as_deref(),
       "text": cite.text.as_deref(),
    })
}
