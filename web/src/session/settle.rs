//! A record whose standard, year or day cannot judge: opened by those on the screen,
//! with its own kept beside them and told.

use std::mem;
use std::rc::Rc;

use ruhu_core::json::Entries;
use ruhu_core::read;
use ruhu_core::record::Notice;
use ruhu_core::{Json, Range, Record, Standard};

use super::Session;

/// Where a record's own setting is kept, and what is told of it: `notice.<key>`.
const SETTINGS: [(&str, &str); 3] =
    [("/standard", "other_standard"), ("/year", "other_year"), ("/date", "other_date")];

impl Session {
    /// The standard of that name, if it may decide; else the one on the screen.
    pub(super) fn deciding_standard(&self, id: &str) -> Rc<Standard> {
        let named = self.standard_named(id);
        let named = named.filter(|one| one.decides());
        named.unwrap_or_else(|| Rc::clone(self.visit.standard()))
    }

    /// The record without a standard, a year or a day that cannot judge: each is kept in
    /// `unread`, under its place.
    pub(super) fn settle(&self, mut record: Record) -> Record {
        let standard = self.deciding_standard(&record.standard);
        if !record.standard.is_empty() && record.standard != standard.id() {
            let own = mem::take(&mut record.standard);
            keep(&mut record.unread, "/standard", own.into());
        }
        let (first, last) = standard.years();
        let outside = |year: &mut i32| !(first..=last).contains(&i64::from(*year));
        if let Some(year) = record.year.take_if(outside) {
            keep(&mut record.unread, "/year", i64::from(year).into());
        }
        let is_no_day =
            |date: &mut String| read::date(date).ok().and_then(Range::known).is_none();
        if let Some(date) = record.date.take_if(is_no_day) {
            keep(&mut record.unread, "/date", date.into());
        }
        record
    }

    /// The notices of a record, where those of its standard, year and day say what to do,
    /// with those of what this standard does not ask.
    pub(super) fn settled(&self, mut notices: Vec<Notice>) -> Vec<Notice> {
        notices.retain(|notice| notice.key != "kept" || told_as(&notice.path).is_none());
        let unread = self.visit.record().unread.iter();
        let settings = unread.filter_map(|(path, _)| {
            told_as(path).map(|key| Notice { path: path.clone(), key })
        });
        settings.chain(notices).chain(self.visit.strange()).collect()
    }

    /// The standard that a record was kept for is chosen: nothing is left to tell.
    pub(super) fn standard_found(&self, record: &mut Record) {
        let own = record.unread.get("/standard").and_then(Json::text);
        if own == Some(&record.standard) {
            record.unread.remove("/standard");
        }
    }

    /// What stood where a notice points, if it is a setting; none if it stands no more.
    pub(super) fn setting_was(&self, notice: &Notice) -> Option<String> {
        match self.visit.record().unread.get(&notice.path)? {
            Json::Text(text) => Some(text.clone()),
            other => Some(other.write()),
        }
    }
}

/// The notice for what is kept at a place, if that is a setting's.
pub(super) fn told_as(path: &str) -> Option<&'static str> {
    let place = path.trim_end_matches('+');
    SETTINGS.iter().find(|(setting, _)| *setting == place).map(|(_, key)| *key)
}

/// Keeps a value under its place, beside what an earlier opening kept there.
fn keep(unread: &mut Entries, place: &str, value: Json) {
    let mut path = place.to_owned();
    while unread.get(&path).is_some_and(|known| *known != value) {
        path.push('+');
    }
    unread.insert(path, value);
}
