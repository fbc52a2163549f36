//! Everything that a file says stands on its page.

use std::collections::BTreeSet;

use ruhu_core::{
    Cite, HINTS, Kind, Lang, Param, ParamKind, ParamValue, Standard, figure_text,
};
use ruhu_tests::data::{files, folder, read};
use ruhu_tests::engine::Engine;
use serde_json::Value;

/// A page without what escapes its marks.
fn plain(page: &str) -> String {
    page.replace('\\', "")
}

/// The part below a heading of the second or third level.
fn below<'a>(page: &'a str, heading: &str) -> &'a str {
    let start = format!("{heading}<a id=");
    let Some((_, rest)) = page.split_once(&start) else { return "" };
    let level = heading.split(' ').next().unwrap_or_default();
    let next =
        ["\n## ", "\n### "].into_iter().filter(|mark| mark.trim().len() <= level.len());
    let end = next.filter_map(|mark| rest.find(mark)).min();
    end.and_then(|end| rest.get(..end)).unwrap_or(rest)
}

/// Whether one line of a text holds all of these.
fn one_line(text: &str, parts: &[&str]) -> bool {
    text.lines().any(|line| parts.iter().all(|part| line.contains(part)))
}

/// The document of a standard, with those that it takes over.
fn documents(name: &str) -> Vec<Value> {
    let file = |name: &str| read(&folder("core/standards").join(format!("{name}.toml")));
    let own = file(name).unwrap();
    let below = own.pointer("/standard/extends").and_then(Value::as_str);
    below.map(|name| file(name).unwrap()).into_iter().chain([own]).collect()
}

/// Every name in a condition or a number.
fn names(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::String(name) => {
            into.insert(name.clone());
        }
        Value::Array(items) => items.iter().for_each(|item| names(item, into)),
        Value::Object(map) => map.values().for_each(|item| names(item, into)),
        _ => {}
    }
}

/// The conditions on which facts are asked, as the files of facts say them.
fn asked() -> Vec<(String, Value)> {
    let mut made = Vec::new();
    for path in files(&folder("core/facts"), "toml") {
        let file = read(&path).unwrap();
        for fact in file["fact"].as_array().into_iter().flatten() {
            made.push((fact["id"].as_str().unwrap().to_owned(), fact["when"].clone()));
        }
    }
    made
}

/// The facts that a standard's file looks at, itself or to ask others, by name.
fn looked_at(standard: &Standard, name: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for document in documents(name) {
        for list in ["criterion", "define", "quantity", "hint"] {
            for entry in document[list].as_array().into_iter().flatten() {
                let id = entry["id"].as_str();
                let kept = list != "criterion"
                    || standard.criteria().iter().any(|one| Some(one.id.as_str()) == id);
                for key in ["met", "when", "value", "facts"] {
                    if let Some(value) = entry.get(key).filter(|_| kept) {
                        names(value, &mut found);
                    }
                }
            }
        }
    }
    let asked = asked();
    loop {
        let before = found.len();
        for (fact, when) in &asked {
            if found.contains(fact) {
                names(when, &mut found);
            }
        }
        if found.len() == before {
            break;
        }
    }
    found.retain(|name| standard.dictionary().fact(name).is_some());
    found
}

/// What a page lacks.
struct Missing<'a> {
    standard: &'a Standard,
    lang: &'a Lang,
    page: String,
    wrong: Vec<String>,
}

impl Missing<'_> {
    fn want(&mut self, there: bool, what: &str) {
        if !there {
            let (id, language) = (self.standard.id(), self.lang.name());
            self.wrong.push(format!("{id} {language}: {what}"));
        }
    }

    /// The part below a heading.
    fn below(&self, heading: &str) -> String {
        below(&self.page, heading).to_owned()
    }

    fn cite(&mut self, part: &str, cite: &Cite, called: &str) {
        let source = format!("[{}](#", cite.source);
        let clause = cite.clause.as_deref().unwrap_or_default();
        self.want(one_line(part, &[&source, clause]), called);
    }

    fn head(&mut self) {
        let standard = self.standard;
        let (first, last) = standard.years();
        let years = [first, last].map(|year| year.to_string());
        let status = self.lang.named("page.standard", standard.status().as_str());
        let more = [standard.title(), standard.id(), standard.hash(), &status];
        let place = standard.place().unwrap_or_default();
        for text in
            more.into_iter().chain(years.iter().map(String::as_str)).chain([place])
        {
            let head = self.page.split("\n## ").next().unwrap_or_default();
            self.want(head.contains(text), text);
        }
    }

    fn criteria(&mut self) {
        for criterion in self.standard.criteria() {
            let lang = self.lang;
            let [called, term] =
                ["criterion", "term"].map(|kind| lang.named(kind, &criterion.id));
            let parts = [("name", called.as_str()), ("term", term.as_str())];
            let part =
                self.below(&format!("### {}", lang.fill("page.criterion", &parts)));
            self.cite(&part, &criterion.cite, &called);
            let text = criterion.cite.text.as_deref();
            let text = text.map_or(String::new(), |text| format!("\n> {text}\n"));
            self.want(part.contains(&text), &format!("the words of {called}"));
            self.want(part.contains("\n- "), &format!("the condition of {called}"));
        }
    }

    fn defines(&mut self) {
        for named in self.standard.defines() {
            let kind = if named.is_quantity { "quantity" } else { "define" };
            let called = self.lang.named(kind, &named.id);
            let part = self.below(&format!("### {called}"));
            self.want(part.contains("\n- "), &called);
            if let Some(cite) = &named.cite {
                self.cite(&part, cite, &called);
            }
        }
    }

    fn params(&mut self) {
        for param in self.standard.params() {
            let called = self.lang.named("param", &param.id);
            let part = self.below(&format!("### {called}"));
            for value in &param.values {
                let parts = self.value(param, value);
                let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
                self.want(one_line(&part, &parts), &format!("{called} {parts:?}"));
            }
            if let Some(default) = &param.default {
                let option = param.options.contains(default);
                let default = match option {
                    true => self.lang.named("param", &format!("{}.{default}", param.id)),
                    false => self.lang.named("reading", default),
                };
                self.want(one_line(&part, &[&format!("“{default}”")]), &called);
            }
        }
    }

    /// All that a row of a table must say.
    fn value(&self, param: &Param, value: &ParamValue) -> Vec<String> {
        let lang = self.lang;
        let figure = match param.kind {
            ParamKind::Number => figure_text(value.value, param.decimals),
            ParamKind::Choice => {
                let at = usize::try_from(value.value).unwrap();
                lang.named("param", &format!("{}.{}", param.id, param.options[at]))
            }
            ParamKind::MonthDay => {
                lang.named("page.month", &(value.value / 100).to_string())
            }
        };
        let mut parts = vec![figure, format!("[{}](#", value.source)];
        parts.extend([value.years.0, value.years.1].map(|year| year.to_string()));
        parts.push(lang.named("status", value.status.as_str()));
        parts.extend(value.clause.clone());
        if param.unit.as_str() != "1" {
            parts.push(lang.named("unit", param.unit.as_str()));
        }
        let reading = value.reading.iter().filter(|one| !param.options.contains(one));
        parts.extend(reading.map(|reading| lang.named("reading", reading)));
        parts
    }

    fn hints(&mut self) {
        for hint in self.standard.hint_rules() {
            let text = self.lang.named("hint", &hint.id);
            let longest = text.split(['{', '}']).max_by_key(|part| part.len()).unwrap();
            self.want(self.page.contains(longest), &hint.id);
        }
    }

    fn groupings(&mut self) {
        for grouping in self.standard.groupings() {
            let called = self.lang.named("grouping", &grouping.id);
            let part = self.below(&format!("### {called}"));
            for (group, criteria) in &grouping.groups {
                let criteria =
                    criteria.iter().map(|at| &self.standard.criteria()[*at].id);
                let mut names: Vec<String> =
                    criteria.map(|id| self.lang.named("criterion", id)).collect();
                names.push(self.lang.named("group", group));
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                self.want(one_line(&part, &names), &format!("{called} {names:?}"));
            }
        }
    }

    fn sources(&mut self) {
        for source in self.standard.sources() {
            let part = self.below(&format!("### {}", source.id));
            let more = [&source.number, &source.date, &source.note].map(Option::as_deref);
            let status = self.lang.named("status", source.status.as_str());
            for text in more.into_iter().flatten().chain([&*source.title, &status]) {
                self.want(part.contains(text), &format!("{}: {text}", source.id));
            }
        }
    }

    fn facts(&mut self, name: &str) {
        for id in looked_at(self.standard, name) {
            let dictionary = self.standard.dictionary();
            let info =
                dictionary.fact(&id).and_then(|fact| dictionary.info(fact)).unwrap();
            let topic = self.lang.named("topic", &dictionary.topics()[info.topic].id);
            let part = self.below(&format!("### {topic}"));
            let row = format!("\n| {} | ", self.lang.named("fact", &id));
            let (_, row) = part.split_once(&row).unwrap_or_default();
            let row = row.lines().next().unwrap_or_default();
            self.want(!row.is_empty(), &id);
            if let Kind::Choice { list } = info.kind {
                let list = &dictionary.lists()[list];
                for option in &list.options {
                    let key = format!("{}.{}", list.id, option.id);
                    let label = format!("“{}”", self.lang.named("option", &key));
                    let code = option.code.as_deref().unwrap_or_default();
                    self.want(row.contains(&label) && row.contains(code), &key);
                }
            }
        }
    }
}

fn missing(engine: &Engine, name: &str, lang: &Lang) -> Vec<String> {
    let standard = engine.library.standard(name).unwrap();
    let page = plain(&standard.page(lang));
    let mut missing = Missing { standard: &standard, lang, page, wrong: Vec::new() };
    missing.head();
    missing.criteria();
    missing.defines();
    missing.params();
    missing.hints();
    missing.groupings();
    missing.sources();
    missing.facts(name);
    missing.wrong
}

#[test]
fn everything_that_decides_is_on_the_page() {
    let engine = Engine::new().unwrap();
    let mut wrong = Vec::new();
    for name in engine.library.names().chain([HINTS]) {
        assert!(
            looked_at(&engine.library.standard(name).unwrap(), name).len() > 40,
            "{name}"
        );
        for language in engine.library.languages() {
            wrong.extend(missing(&engine, name, &engine.library.lang(language)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The other way round: no fact stands there that nothing looks at.
#[test]
fn no_fact_is_on_the_page_that_nothing_looks_at() {
    let engine = Engine::new().unwrap();
    let lang = engine.library.lang("zh-CN");
    for name in engine.library.names().chain([HINTS]) {
        let standard = engine.library.standard(name).unwrap();
        let page = plain(&standard.page(&lang));
        let part = below(&page, &format!("## {}", lang.text("page.facts")));
        let looked_at = looked_at(&standard, name);
        let rows = part.lines().filter(|line| line.starts_with("| "));
        let rows = rows.filter(|row| !row.contains(lang.text("page.question")));
        // An ID number gives a birth date and a sex where these are blank.
        let known = looked_at.len() + usize::from(!looked_at.contains("id_number"));
        assert!((looked_at.len()..=known).contains(&rows.count()), "{name}");
    }
}
