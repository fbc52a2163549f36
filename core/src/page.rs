//! A standard as a page that people read: all that decides, and where each of it stands.
//!
//! Conditions and numbers are said from the program that judges, so the page cannot say
//! anything else than what is done.

mod condition;
mod fact;
mod mark;
mod named;
mod number;
mod param;
mod part;

use std::collections::{BTreeMap, BTreeSet};

use crate::depend::Seen;
use crate::dictionary::FactRef;
use crate::lang::{Lang, next_blank};
use crate::program::Program;
use crate::standard::Standard;
use mark::{Mark, slug};

impl Standard {
    /// 退出标准 as a page of Markdown, for the office that answers for it: every criterion
    /// with its condition in words, what it rests on, every parameter value, the facts that
    /// are looked at and the sources; the same standard gives the same bytes.
    #[must_use]
    pub fn page(&self, lang: &Lang) -> String {
        let mut lang = lang.clone();
        lang.add(self);
        let mut page = Page::new(self, &lang);
        page.top();
        page.criteria();
        page.groupings();
        page.names();
        page.params();
        page.hints();
        page.topics();
        page.sources();
        page.text
    }
}

/// What has a heading, and so can be linked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Target {
    Title,
    Section(&'static str),
    Criterion(usize),
    Grouping(usize),
    Define(usize),
    Param(usize),
    Topic(usize),
    Source(usize),
}

/// The target at a place of a list.
type Numbered = fn(usize) -> Target;

/// A page while it is written.
struct Page<'a> {
    standard: &'a Standard,
    lang: &'a Lang,
    anchors: BTreeMap<Target, String>,
    /// What each criterion looks at.
    criteria: Vec<Seen>,
    /// What the hints look at, all of them together.
    hints: Seen,
    facts: BTreeSet<FactRef>,
    text: String,
}

impl<'a> Page<'a> {
    fn new(standard: &'a Standard, lang: &'a Lang) -> Self {
        let program = &standard.program;
        let criteria = standard.criteria.iter().map(|criterion| {
            let mut seen = Seen::default();
            seen.test(program, criterion.met);
            seen
        });
        let mut hints = Seen::default();
        for hint in &standard.hints {
            hints.test(program, hint.when);
        }
        let mut page = Self {
            standard,
            lang,
            anchors: BTreeMap::new(),
            criteria: criteria.collect(),
            hints,
            facts: facts(standard),
            text: String::new(),
        };
        page.anchors = page.anchored();
        page
    }

    /// Everything that has a heading, in the order of the page.
    fn headings(&self) -> Vec<Target> {
        let standard = self.standard;
        let mut made = vec![Target::Title];
        let mut part = |section, there: bool, inner: Vec<Target>| {
            if there {
                made.push(Target::Section(section));
                made.extend(inner);
            }
        };
        let numbered = |count: usize, target: Numbered| {
            (0..count).map(target).collect::<Vec<Target>>()
        };
        let parts: [(_, _, Numbered); 4] = [
            ("page.criteria", standard.criteria.len(), Target::Criterion),
            ("page.groupings", standard.groupings.len(), Target::Grouping),
            ("page.names", standard.defines.len(), Target::Define),
            ("page.params", standard.params.len(), Target::Param),
        ];
        for (section, count, target) in parts {
            part(section, count > 0, numbered(count, target));
        }
        part("page.hints", !standard.hints.is_empty(), Vec::new());
        let topics = self.topics_used().into_iter().map(Target::Topic);
        part("page.facts", !self.facts.is_empty(), topics.collect());
        let count = standard.sources.len();
        part("page.sources", count > 0, numbered(count, Target::Source));
        made
    }

    /// An anchor a heading, no two alike: numbered as renderers that make their own do it.
    fn anchored(&self) -> BTreeMap<Target, String> {
        let mut made = BTreeMap::new();
        let mut taken = BTreeSet::new();
        for target in self.headings() {
            let base = slug(&self.title(target));
            let more = (1_usize..).map(|again| format!("{base}-{again}"));
            let mut free = [base.clone()].into_iter().chain(more);
            if let Some(anchor) = free.find(|anchor| taken.insert(anchor.clone())) {
                made.insert(target, anchor);
            }
        }
        made
    }

    /// What a heading says.
    fn title(&self, target: Target) -> String {
        let (standard, lang) = (self.standard, self.lang);
        let name = match target {
            Target::Title => Some(standard.title.clone()),
            Target::Section(key) => Some(lang.text(key).to_owned()),
            Target::Criterion(at) => {
                standard.criteria.get(at).map(|one| self.criterion_name(&one.id))
            }
            Target::Grouping(at) => {
                standard.groupings.get(at).map(|one| lang.named("grouping", &one.id))
            }
            Target::Define(at) => standard.defines.get(at).map(|one| {
                lang.named(if one.is_quantity { "quantity" } else { "define" }, &one.id)
            }),
            Target::Param(at) => {
                standard.params.get(at).map(|one| lang.named("param", &one.id))
            }
            Target::Topic(at) => {
                let topic = standard.dictionary.topics().get(at);
                topic.map(|one| lang.named("topic", &one.id))
            }
            Target::Source(at) => standard.sources.get(at).map(|one| one.id.clone()),
        };
        name.unwrap_or_default()
    }

    fn criterion_name(&self, id: &str) -> String {
        let [name, term] = ["criterion", "term"].map(|kind| self.lang.named(kind, id));
        if name == term {
            return name;
        }
        self.lang.fill("page.criterion", &[("name", &name), ("term", &term)])
    }

    fn short_name(&self, at: usize) -> Mark {
        let criterion = self.standard.criteria.get(at);
        criterion.map(|one| self.named("criterion", &one.id)).unwrap_or_default()
    }

    /// The name of something, linked to where it is said.
    fn link(&self, target: Target) -> Mark {
        let name = match target {
            Target::Criterion(at) => self.short_name(at),
            _ => Mark::plain(&self.title(target)),
        };
        match self.anchors.get(&target) {
            Some(anchor) => name.linked(anchor),
            None => name,
        }
    }

    fn words(&self, key: &str) -> Mark {
        Mark::plain(&self.lang.between(key))
    }

    fn named(&self, kind: &str, id: &str) -> Mark {
        Mark::plain(&self.lang.named(kind, id))
    }

    /// The text of a key with its blanks filled.
    fn fill(&self, key: &str, parts: &[(&str, &Mark)]) -> Mark {
        let text = self.lang.between(key);
        let mut rest = text.as_str();
        let mut made = Mark::default();
        while let Some((before, name, after)) = next_blank(rest) {
            made.push(&Mark::plain(before));
            if let Some((_, part)) = parts.iter().find(|(known, _)| *known == name) {
                made.push(part);
            }
            rest = after;
        }
        made.push(&Mark::plain(rest));
        made
    }

    /// Several things with what stands between them.
    fn joined(&self, between: &str, parts: Vec<Mark>) -> Mark {
        Mark::joined(&self.words(between), parts)
    }

    /// Several things of which one will do: `甲、乙或丙`.
    fn one_of(&self, mut parts: Vec<Mark>) -> Mark {
        match parts.pop() {
            Some(last) if !parts.is_empty() => Mark::joined(
                &self.words("say.or"),
                [self.joined("say.comma", parts), last],
            ),
            only => only.unwrap_or_default(),
        }
    }

    fn head(&mut self, target: Target) {
        let level = match target {
            Target::Title => "#",
            Target::Section(_) => "##",
            _ => "###",
        };
        let title = Mark::plain(&self.title(target)).line();
        let anchor = self.anchors.get(&target).cloned().unwrap_or_default();
        self.gap();
        self.put(&[level, " ", &title, "<a id=\"", &anchor, "\"></a>\n\n"]);
    }

    /// An empty line, where there is none yet.
    fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    fn put(&mut self, parts: &[&str]) {
        self.text.extend(parts.iter().copied());
    }

    /// A line of a paragraph.
    fn line(&mut self, mark: &Mark) {
        self.put(&[&mark.line(), "\n"]);
    }

    /// A point of a list.
    fn item(&mut self, depth: usize, mark: &Mark) {
        self.put(&[&"  ".repeat(depth), "- ", &mark.line(), "\n"]);
    }

    /// A row of a table.
    fn row(&mut self, cells: &[Mark]) {
        for cell in cells {
            self.put(&["| ", &cell.line(), " "]);
        }
        self.text.push_str("|\n");
    }

    /// The head of a table, of the words of these keys.
    fn table(&mut self, keys: &[&str]) {
        self.gap();
        let cells: Vec<Mark> = keys.iter().map(|key| self.words(key)).collect();
        self.row(&cells);
        self.put(&[&"|---".repeat(keys.len()), "|\n"]);
    }
}

/// The facts that a standard looks at, and those on which their being asked depends.
fn facts(standard: &Standard) -> BTreeSet<FactRef> {
    let program = &standard.program;
    let mut seen = Seen::default();
    for test in standard.criteria.iter().map(|one| one.met) {
        seen.test(program, test);
    }
    for hint in &standard.hints {
        seen.test(program, hint.when);
        seen.facts.extend(&hint.facts);
    }
    for named in &standard.defines {
        named.test.iter().for_each(|test| seen.test(program, *test));
        named.num.iter().for_each(|num| seen.num(program, *num));
    }
    let mut made = BTreeSet::new();
    while let Some(fact) = seen.facts.pop() {
        if made.insert(fact) {
            seen_of_asking(standard, program, fact, &mut seen);
        }
    }
    made
}

/// What is looked at to ask a fact, or to give it where it is blank.
fn seen_of_asking(
    standard: &Standard,
    program: &Program,
    fact: FactRef,
    seen: &mut Seen,
) {
    for (_, when) in program.whens.iter().filter(|(known, _)| *known == fact) {
        seen.test(program, *when);
    }
    let info = standard.dictionary.info(fact);
    seen.facts.extend(info.and_then(|info| info.from));
}
