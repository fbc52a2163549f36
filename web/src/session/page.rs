//! What a page around the form may ask for by name.

use ruhu_core::{Answer, At, EntityRef, Place, Verdict};

use super::{Edit, Effect, Session, Watch};

impl Session {
    /// An answer that the page gives: where it stands (no list: the household), and its
    /// text. Gives back what follows, and in words what it changed: a line a reason.
    pub fn answer_named(
        &mut self,
        (list, row): (&str, u32),
        fact: &str,
        text: &str,
    ) -> Option<(Effect, String)> {
        let dictionary = self.visit.standard().dictionary();
        let entity = match list {
            "" => EntityRef::HOUSEHOLD,
            _ => dictionary.entity(list)?,
        };
        let at = At { place: Place { entity, row }, fact: dictionary.fact(fact)? };
        let asked = dictionary.info(at.fact).is_some_and(|info| info.entity == entity);
        self.visit.answers(at.place).filter(|_| asked)?;
        let answer = (!text.is_empty()).then(|| Answer::known(text));
        let mut effect = self.apply(Edit::Answer(at, answer));
        let said = self.say_changed(&effect);
        // What stands in its box is no longer the answer.
        self.epoch = self.epoch.wrapping_add(1);
        effect.watch.push(Watch::Screen);
        Some((effect, said))
    }

    fn say_changed(&self, effect: &Effect) -> String {
        let (visit, lang) = (&self.visit, &self.lang);
        let mut said = String::new();
        for watch in &effect.watch {
            let Watch::Criterion(at) = watch else { continue };
            let verdict = visit.verdicts().get(*at).copied();
            said.push_str(&self.say_verdict(verdict.unwrap_or(Verdict::Unknown)));
            for ground in &visit.finding(*at).grounds {
                said.push('\n');
                said.push_str(&visit.say_ground(lang, ground));
                if let Some(margin) = &ground.margin {
                    said.push(' ');
                    said.push_str(&visit.say_margin(lang, margin, ground.verdict));
                }
            }
            said.push('\n');
        }
        said
    }
}
