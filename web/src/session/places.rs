//! Where something stands on the screen, and what its control is called there.

use ruhu_core::{At, Place, Question};

use super::Session;

impl Session {
    /// Where a question stands: its section, and the id of what is focused there.
    #[must_use]
    pub fn place_of(&self, question: &Question) -> (usize, usize, String) {
        let standard = self.visit.standard();
        let dictionary = standard.dictionary();
        let (topic, id) = match question {
            Question::Fact(at) => {
                let topic = dictionary.info(at.fact).map_or(0, |info| info.topic);
                (topic, self.field_id(*at))
            }
            Question::List(list) => {
                let topics = dictionary.topics();
                let topic = topics.iter().position(|topic| topic.entity == *list);
                let name = dictionary.entity_info(*list).map_or("", |info| &info.id);
                (topic.unwrap_or(0), ["all-", name].concat())
            }
            Question::Param(param) => {
                let topic = self.topic_of_param(param).unwrap_or(0);
                (topic, ["param-", param].concat())
            }
        };
        let screens = &self.screens;
        let at = screens.iter().position(|screen| screen.topics.contains(&topic));
        (at.unwrap_or(0), topic, id)
    }

    /// The topic under which a parameter's readings are chosen; none for those that a
    /// default settles, which stand with the standard.
    #[must_use]
    pub fn topic_of_param(&self, param: &str) -> Option<usize> {
        self.params.get(param).copied()
    }

    /// The id of the control for an answer.
    #[must_use]
    pub fn field_id(&self, at: At) -> String {
        let dictionary = self.visit.standard().dictionary();
        let fact = dictionary.info(at.fact).map_or("", |info| &info.id);
        if at.place == Place::HOUSEHOLD {
            return fact.to_owned();
        }
        [fact, "-", &at.place.row.to_string()].concat()
    }
}
