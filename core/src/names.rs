//! Names found at once: for answers by the million, each of which names its fact.

/// Names and what they stand for, by their place.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    names: Vec<Box<str>>,
    /// The place of a name, one above; 0 where nothing stands. A power of two, half empty.
    slots: Box<[u16]>,
}

impl Names {
    /// Each name under its place; of two equal ones the first counts.
    pub(crate) fn of<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let names: Vec<Box<str>> =
            names.take(usize::from(u16::MAX)).map(Box::from).collect();
        let size = names.len().saturating_mul(2).max(2).next_power_of_two();
        let mut made = Self { names, slots: vec![0; size].into() };
        for at in 0..made.names.len() {
            let name = made.names.get(at).map_or("", |name| name);
            let found = made.slots_of(name).find(|(_, place)| *place == 0);
            let place = u16::try_from(at).unwrap_or(u16::MAX).saturating_add(1);
            if let Some((slot, _)) = found
                && let Some(slot) = made.slots.get_mut(slot)
            {
                *slot = place;
            }
        }
        made
    }

    /// The place of a name.
    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        for (_, place) in self.slots_of(name) {
            let at = usize::from(place).checked_sub(1)?;
            if self.names.get(at).is_some_and(|known| **known == *name) {
                return Some(at);
            }
        }
        None
    }

    /// The slots in which a name may stand, and what they hold, until one is empty.
    fn slots_of(&self, name: &str) -> impl Iterator<Item = (usize, u16)> {
        let most = self.slots.len().saturating_sub(1);
        let start = usize::try_from(hash(name)).unwrap_or(0);
        (0..self.slots.len()).map(move |step| {
            let slot = start.wrapping_add(step) & most;
            (slot, self.slots.get(slot).copied().unwrap_or(0))
        })
    }
}

/// FNV-1a over words of eight bytes: enough to tell the names of a dictionary apart.
fn hash(name: &str) -> u32 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for chunk in name.as_bytes().chunks(8) {
        let mut word = [0; 8];
        word.iter_mut().zip(chunk).for_each(|(into, byte)| *into = *byte);
        hash = (hash ^ u64::from_le_bytes(word)).wrapping_mul(0x0100_0000_01b3);
        hash ^= hash >> 29;
    }
    u32::try_from(hash >> 32).unwrap_or(0)
}
