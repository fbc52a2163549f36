//! The sections of the form, drawn from the dictionary, and how far each has come.

use litemap::LiteMap;
use ruhu_core::{
    At, Dictionary, EntityRef, FactRef, Kind, Place, Question, Verdict, Visit,
};

use super::Session;

/// A section: the topics whose order lies within the same ten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Screen {
    /// Its topics, by place in the dictionary.
    pub topics: Vec<usize>,
}

/// How a section stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// 未开始.
    Fresh,
    /// 进行中.
    Begun,
    /// 已完成.
    Done,
    /// 有问题: something typed there cannot be read.
    Trouble,
}

/// How far a section has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Questions that apply; notes do not count.
    pub asked: usize,
    /// Those with an answer, be it "unknown, because".
    pub answered: usize,
    /// Answers that cannot be read.
    pub problems: usize,
    /// Hints shown.
    pub hints: usize,
    /// Questions on the screen that can still change a verdict.
    pub deciding: usize,
}

impl Progress {
    /// In one word.
    #[must_use]
    pub fn state(&self) -> State {
        if self.problems > 0 {
            State::Trouble
        } else if self.answered == 0 {
            State::Fresh
        } else if self.answered < self.asked {
            State::Begun
        } else {
            State::Done
        }
    }
}

/// The topic of the person's own conclusion; it is drawn with the answers to check.
pub const CONCLUSION: &str = "conclusion";

impl Screen {
    pub(super) fn all(dictionary: &Dictionary) -> Vec<Self> {
        let mut screens: Vec<(i64, Self)> = Vec::new();
        for (at, topic) in dictionary.topics().iter().enumerate() {
            if topic.id == CONCLUSION {
                continue;
            }
            let ten = topic.order.checked_div(10).unwrap_or(0);
            match screens.last_mut().filter(|(last, _)| *last == ten) {
                Some((_, screen)) => screen.topics.push(at),
                None => screens.push((ten, Self { topics: vec![at] })),
            }
        }
        screens.into_iter().map(|(_, screen)| screen).collect()
    }
}

/// Whether a topic is the one under which a list's rows come and go: its first.
#[must_use]
pub fn owns_list(dictionary: &Dictionary, topic: usize) -> bool {
    let Some(entity) = dictionary.topics().get(topic).map(|topic| topic.entity) else {
        return false;
    };
    let first = dictionary.topics().iter().position(|topic| topic.entity == entity);
    entity != EntityRef::HOUSEHOLD && first == Some(topic)
}

/// The parameters that have to be chosen, each with the topic of what it decides.
pub(super) fn params(visit: &Visit) -> LiteMap<String, usize> {
    let standard = visit.standard();
    let blank = visit.blank();
    let topics = standard.dictionary().topics();
    let mut found = LiteMap::new();
    for (at, criterion) in standard.criteria().iter().enumerate() {
        let topic = topics.iter().position(|topic| topic.id == criterion.topic);
        for question in blank.questions(at) {
            if let (Question::Param(param), Some(topic)) = (question, topic) {
                found.entry(param).or_insert(topic);
            }
        }
    }
    found
}

impl Session {
    /// What a section is called: its topics, or the one that sums the others up.
    #[must_use]
    pub fn screen_name(&self, screen: &Screen) -> String {
        let dictionary = self.visit.standard().dictionary();
        let own = screen.topics.iter().filter(|topic| owns_list(dictionary, **topic));
        let only_lists = own.count() == screen.topics.len();
        let named = screen.topics.iter();
        let named = named.filter(|topic| only_lists || !owns_list(dictionary, **topic));
        let names: Vec<String> = named.map(|topic| self.topic_name(*topic)).collect();
        names.join(&self.lang.comma())
    }

    /// What a topic is called.
    #[must_use]
    pub fn topic_name(&self, topic: usize) -> String {
        let topics = self.visit.standard().dictionary().topics();
        topics
            .get(topic)
            .map(|topic| self.lang.named("topic", &topic.id))
            .unwrap_or_default()
    }

    /// The rows under which a topic is asked: the household, or each row of its list.
    #[must_use]
    pub fn places(&self, topic: usize) -> Vec<Place> {
        let topics = self.visit.standard().dictionary().topics();
        let Some(entity) = topics.get(topic).map(|topic| topic.entity) else {
            return Vec::new();
        };
        if entity == EntityRef::HOUSEHOLD {
            return vec![Place::HOUSEHOLD];
        }
        self.visit.rows(entity).map(|row| Place { entity, row }).collect()
    }

    /// The questions of a topic that are asked of a place.
    #[must_use]
    pub fn shown(&self, topic: usize, place: Place) -> Vec<FactRef> {
        let facts = self.visit.standard().dictionary().facts_of(topic);
        let asked = |fact: &FactRef| self.is_asked(At { place, fact: *fact });
        facts.filter(asked).collect()
    }

    /// Whether a question is shown: it applies. What hangs on an answer still missing
    /// waits for it; what was answered before and applies no longer stays in the record.
    #[must_use]
    pub fn is_asked(&self, at: At) -> bool {
        self.visit.applies(at) == Verdict::Met
    }

    /// How far a section has come; `deciding` are the questions that still decide.
    #[must_use]
    pub fn progress(&self, screen: &Screen, deciding: &[Question]) -> Progress {
        let mut made = Progress::default();
        let dictionary = self.visit.standard().dictionary();
        for topic in &screen.topics {
            for place in self.places(*topic) {
                for fact in dictionary.facts_of(*topic) {
                    self.count(At { place, fact }, &mut made);
                }
            }
            if owns_list(dictionary, *topic) {
                let entity = dictionary.topics().get(*topic).map(|topic| topic.entity);
                let complete = entity.is_some_and(|list| self.visit.is_complete(list));
                made.asked = made.asked.saturating_add(1);
                made.answered = made.answered.saturating_add(usize::from(complete));
            }
        }
        made.hints = self.hints_of(&screen.topics).len();
        // What waits for another answer is not on the screen yet, and not counted there.
        let shown = |question: &&Question| match question {
            Question::Fact(at) => self.is_asked(*at),
            Question::List(_) | Question::Param(_) => true,
        };
        let here = deciding.iter().filter(shown);
        let here = here.filter(|one| screen.topics.contains(&self.place_of(one).1));
        made.deciding = here.count();
        made
    }

    fn count(&self, at: At, made: &mut Progress) {
        let info = self.visit.standard().dictionary().info(at.fact);
        let Some(info) = info else { return };
        let typed = self.visit.typed(at).is_some();
        if typed && self.visit.problem(at).is_some() {
            made.problems = made.problems.saturating_add(1);
        }
        let note = info.kind == Kind::Text && !self.is_name(at.fact);
        if note || info.prefill.is_some() || !self.is_asked(at) {
            return;
        }
        let answered = typed || (info.from.is_some() && self.visit.is_known(at));
        made.asked = made.asked.saturating_add(1);
        made.answered = made.answered.saturating_add(usize::from(answered));
    }

    fn is_name(&self, fact: FactRef) -> bool {
        let entities = self.visit.standard().dictionary().entities();
        entities.iter().any(|entity| entity.name == Some(fact))
    }

    /// Every question that can still change a verdict, each once.
    #[must_use]
    pub fn deciding(&self) -> Vec<Question> {
        let criteria = 0..self.visit.verdicts().len();
        let mut all: Vec<Question> =
            criteria.flat_map(|at| self.visit.questions(at)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The hints of some topics, by place in [`Visit::hints`].
    #[must_use]
    pub fn hints_of(&self, topics: &[usize]) -> Vec<usize> {
        let dictionary = self.visit.standard().dictionary();
        let is_here = |id: &str| {
            let at = dictionary.topics().iter().position(|topic| topic.id == id);
            at.is_some_and(|at| topics.contains(&at))
        };
        let hints = self.visit.hints().iter().enumerate();
        let here = hints.filter(|(_, hint)| {
            let standard = if hint.is_own {
                self.visit.standard()
            } else {
                self.visit.hints_standard()
            };
            standard.hint_rules().get(hint.rule).is_some_and(|rule| is_here(&rule.topic))
        });
        here.map(|(at, _)| at).collect()
    }

    /// The hints that point to one answer, by place in [`Visit::hints`].
    #[must_use]
    pub fn hints_at(&self, at: At) -> Vec<usize> {
        let hints = self.visit.hints().iter().enumerate();
        let here = hints.filter(|(_, hint)| {
            let standard = if hint.is_own {
                self.visit.standard()
            } else {
                self.visit.hints_standard()
            };
            let points = standard
                .hint_rules()
                .get(hint.rule)
                .is_some_and(|rule| rule.facts.contains(&at.fact));
            points && (hint.place == Place::HOUSEHOLD || hint.place == at.place)
        });
        here.map(|(at, _)| at).collect()
    }
}
