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
    /// How a copy stands to this one, by what their logs tell.
    #[must_use]
    pub fn stand(&self, copy: &Self) -> Stand {
        if self.is_as(copy) {
            return Stand::Same;
        }
        // What was changed beside its log is not what the log tells of.
        let tells = |one: &Self| one.log.verify(one).is_ok();
        let went_on = |one: &Self, from: &Self| tells(from) && one.holds(from);
        match (went_on(self, copy), went_on(copy, self)) {
            (true, false) => Stand::Older,
            (false, true) => Stand::Newer,
            _ => Stand::Apart,
        }
    }

    /// Whether another record is the same, whatever was noted of how it came to be.
    pub(crate) fn is_as(&self, other: &Self) -> bool {
        let plain = |record: &Self| Self { log: Log::default(), ..record.clone() };
        plain(self) == plain(other)
    }
}
