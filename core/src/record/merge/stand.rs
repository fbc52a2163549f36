//! Which of two copies went on from the other.

use crate::log::Log;
use crate::record::Record;

/// How a copy of a record from elsewhere stands to the one that is here (新旧).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// 相同: every answer is the same.
    Same,
    /// 较旧: the one here went on from it.
    Older,
    /// 较新: it went on from the one here.
    Newer,
    /// 各有改动: each was changed since they were one.
    Apart,
}

impl Stand {
    /// The name in data and words.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Older => "older",
            Self::Newer => "newer",
            Self::Apart => "apart",
        }
    }
}

impl Record {
    /// How a copy stands to this one, by what their logs tell, or else by `base`, which both
    /// were made from.
    #[must_use]
    pub fn stand(&self, copy: &Self, base: Option<&Self>) -> Stand {
        let is = |one: &Self, other: &Self| one.without_log() == other.without_log();
        let is_base = |one: &Self| base.is_some_and(|base| is(base, one));
        if is(self, copy) {
            return Stand::Same;
        }
        let older = self.holds(copy) || is_base(copy);
        let newer = copy.holds(self) || is_base(self);
        match (older, newer) {
            (true, false) => Stand::Older,
            (false, true) => Stand::Newer,
            _ => Stand::Apart,
        }
    }

    fn without_log(&self) -> Self {
        Self { log: Log::default(), ..self.clone() }
    }
}
