//! What was done to a record, when and on which device (留痕): each entry is held by the
//! next, so that none can be changed, taken out or put in unseen.
//!
//! No entry holds what was answered, only where: a log tells nobody's secrets.

mod text;

use crate::hash::hash;
use crate::json::Json;

/// The log of a record (留痕).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Log {
    pub(crate) entries: Vec<Entry>,
    /// SHA-256 of the record with the newest entry's hash in place of its log.
    pub(crate) seal: String,
}

/// One thing that was done (一条留痕).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// When and on which device.
    pub stamp: Stamp,
    /// What was done: the name of an [`Act`], or of one that a later version knows.
    pub act: String,
    /// Where: `/answers/water_tap`, `/lists/member/3/health` for the row of that key.
    pub places: Vec<String>,
    /// SHA-256 of this entry, its number and the hash of the entry before.
    pub hash: String,
}

/// When and where something was done, as the page tells; core has no clock.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stamp {
    /// The time, as RFC 3339 has it.
    pub time: String,
    /// The device, by a name that tells nothing else.
    pub device: String,
}

/// What can be done to a record (操作).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// 填写.
    Answer,
    /// 添加一行.
    RowAdded,
    /// 删除一行.
    RowRemoved,
    /// 改动依据: the year, the day, the standard, a reading, "that is all of them".
    Setting,
    /// 打开: from a file or by a portal.
    Opened,
    /// 打开时与留痕不符: what was changed beside the log was taken over all the same.
    Mismatched,
    /// 完成.
    Finished,
    /// 重新打开.
    Reopened,
    /// 据上年走访新建.
    Copied,
    /// 合并.
    Merged,
    /// 交出: somebody said that it has arrived.
    HandedOver,
}

impl Act {
    /// Everything that can be done.
    pub const ALL: [Self; 11] = [
        Self::Answer,
        Self::RowAdded,
        Self::RowRemoved,
        Self::Setting,
        Self::Opened,
        Self::Mismatched,
        Self::Finished,
        Self::Reopened,
        Self::Copied,
        Self::Merged,
        Self::HandedOver,
    ];

    /// The name in records.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::RowAdded => "row_added",
            Self::RowRemoved => "row_removed",
            Self::Setting => "setting",
            Self::Opened => "opened",
            Self::Mismatched => "mismatched",
            Self::Finished => "finished",
            Self::Reopened => "reopened",
            Self::Copied => "copied",
            Self::Merged => "merged",
            Self::HandedOver => "handed_over",
        }
    }
}

/// Where a log does not hold (留痕不符).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The number of the entry, from 1; of the newest where the record is at fault, and 0
    /// where there is none.
    pub at: usize,
    /// What does not hold.
    pub why: Why,
}

/// What does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The entry is not the one that was written after the one before.
    Entry,
    /// The record is not the one that the newest entry left.
    Record,
}

/// The steps of a [place](Entry::places): `["lists", "member", "3", "health"]`.
#[must_use]
pub fn steps(place: &str) -> [Option<&str>; 4] {
    let mut steps = place.split('/').skip(1);
    [(); 4].map(|()| steps.next())
}

impl Log {
    /// Every entry, the oldest first; the order is theirs, whatever the clock said.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// What names the record and its log together, as 64 small hex digits (留痕指纹);
    /// empty where nothing was noted.
    #[must_use]
    pub fn seal(&self) -> &str {
        &self.seal
    }

    /// Notes what was done; answers to one place within the same hour and on one device
    /// are one entry while no other follows.
    ///
    /// The record must be sealed after it.
    pub fn note(&mut self, act: Act, places: Vec<String>, stamp: &Stamp) {
        let mut entry = Entry {
            stamp: stamp.clone(),
            act: act.as_str().to_owned(),
            places,
            hash: String::new(),
        };
        if self.entries.last().is_some_and(|last| last.is_continued_by(&entry)) {
            self.entries.pop();
        }
        let number = self.entries.len().saturating_add(1);
        entry.hash = entry.hash_at(number, self.newest());
        self.entries.push(entry);
    }

    /// The hash of the newest entry; empty where there is none.
    pub(crate) fn newest(&self) -> &str {
        self.entries.last().map_or("", |entry| &entry.hash)
    }

    /// The number of the first entry that is not what was written.
    pub(crate) fn first_broken(&self) -> Option<usize> {
        let mut before = "";
        for (entry, number) in self.entries.iter().zip(1..) {
            if entry.hash != entry.hash_at(number, before) {
                return Some(number);
            }
            before = &entry.hash;
        }
        None
    }
}

impl Entry {
    fn hash_at(&self, number: usize, before: &str) -> String {
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        let places = self.places.iter().map(|place| place.as_str().into());
        let text = Json::object(vec![
            ("act", self.act.as_str().into()),
            ("before", before.into()),
            ("device", self.stamp.device.as_str().into()),
            ("number", number.into()),
            ("places", places.collect::<Vec<Json>>().into()),
            ("time", self.stamp.time.as_str().into()),
        ]);
        hash(&text.write())
    }

    /// Whether another entry only goes on with this one: digits that follow digits.
    fn is_continued_by(&self, next: &Self) -> bool {
        const HOUR: usize = "2017-10-15T08".len();
        let hour = |entry: &Self| entry.stamp.time.get(..HOUR).map(str::to_owned);
        self.act == Act::Answer.as_str()
            && (&self.act, &self.places) == (&next.act, &next.places)
            && self.stamp.device == next.stamp.device
            && hour(self).is_some()
            && hour(self) == hour(next)
    }
}
