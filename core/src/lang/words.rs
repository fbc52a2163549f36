//! Keys and their texts, found without a search: a sentence looks up a score of them.

use std::borrow::Cow;

type Text = Cow<'static, str>;

/// Texts by key. A slot says where in the list a key stands; its number is made from the
/// key, and the slots after it hold those for which it was taken.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    texts: Vec<(Text, Text)>,
    /// Places in the list, one more than they are; nought is a free slot. There are a power
    /// of two, more than half of them free.
    slots: Vec<u16>,
}

impl Words {
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        let (_, at) = self.slot(key)?;
        self.texts.get(at?).map(|(_, text)| &**text)
    }

    /// Puts a text; the last one of a key holds.
    pub(super) fn put(&mut self, key: Text, text: Text) {
        if self.texts.len().saturating_mul(2) >= self.slots.len() {
            self.widen();
        }
        let Some((slot, found)) = self.slot(&key) else { return };
        if let Some((_, known)) = found.and_then(|at| self.texts.get_mut(at)) {
            *known = text;
            return;
        }
        self.texts.push((key, text));
        if let (Some(slot), Ok(place)) =
            (self.slots.get_mut(slot), u16::try_from(self.texts.len()))
        {
            *slot = place;
        }
    }

    /// The slot of a key, and where in the list it stands if it is there.
    fn slot(&self, key: &str) -> Option<(usize, Option<usize>)> {
        let last = self.slots.len().checked_sub(1)?;
        let mut slot = number(key) & last;
        loop {
            let Some(place) = usize::from(*self.slots.get(slot)?).checked_sub(1) else {
                return Some((slot, None));
            };
            if self.texts.get(place).is_some_and(|(known, _)| known == key) {
                return Some((slot, Some(place)));
            }
            slot = slot.wrapping_add(1) & last;
        }
    }

    fn widen(&mut self) {
        let wide = self.slots.len().saturating_mul(2).max(4096);
        self.slots = vec![0; wide];
        for place in 0..self.texts.len() {
            let key = self.texts.get(place).map(|(key, _)| key.clone());
            let found = key.and_then(|key| self.slot(&key));
            let slot = found.and_then(|(slot, _)| self.slots.get_mut(slot));
            if let (Some(slot), Ok(place)) = (slot, u16::try_from(place)) {
                *slot = place.saturating_add(1);
            }
        }
    }
}

/// A number made from a key: Fowler, Noll and Vo's.
fn number(key: &str) -> usize {
    let mix = |made: u32, byte: &u8| (made ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
    let made = key.as_bytes().iter().fold(0x811c_9dc5, mix);
    usize::try_from(made ^ made.wrapping_shr(15)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_text_of_a_key_holds_however_many_there_are() {
        let mut words = Words::default();
        assert_eq!(words.get("a"), None);
        for round in 0..2 {
            for at in 0..5_000 {
                words.put(at.to_string().into(), (at + round).to_string().into());
            }
        }
        assert_eq!(words.get("7"), Some("8"));
        assert_eq!(words.get("4999"), Some("5000"));
        assert_eq!(words.get("5000"), None);
    }
}
