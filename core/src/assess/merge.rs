//! Two copies of a record made one where nobody looks at a form: in a portal, on a server.

use litemap::LiteMap;

use super::{Assess, Refused};
use crate::json::Json;
use crate::log::Stamp;
use crate::record::{Conflict, Field, Merge, Record, Side, Stand};

/// What came of two copies of a record (合并结果).
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    /// The one record; where something is still to be chosen, it has what stood here.
    pub record: Record,
    /// How the copy from there stood to the one here.
    pub stand: Stand,
    /// At how many places only the copy from there was changed.
    pub taken: usize,
    /// What both changed and nobody has chosen yet.
    pub conflicts: Vec<Conflict>,
}

impl Merged {
    /// As canonical JSON.
    #[must_use]
    pub fn write(&self) -> String {
        let conflicts = self.conflicts.iter().map(|one| {
            Json::object(vec![
                ("place", one.place.as_str().into()),
                ("here", one.here.as_ref().map_or(Json::Null, Field::json)),
                ("there", one.there.as_ref().map_or(Json::Null, Field::json)),
            ])
        });
        Json::object(vec![
            ("record", self.record.json()),
            ("stand", self.stand.as_str().into()),
            ("taken", i64::try_from(self.taken).unwrap_or(i64::MAX).into()),
            ("conflicts", conflicts.collect::<Vec<Json>>().into()),
        ])
        .write()
    }
}

impl Assess {
    /// Makes one record of two copies, here and there (合并): which of them went on from the
    /// other is told by their logs, or else by `base`, the record that both were made from.
    /// `chosen` tells by place which side counts where both changed something.
    ///
    /// # Errors
    /// Where one of the texts is no record, or they are not of one visit.
    pub fn merge(
        &self,
        copies: [&str; 2],
        base: Option<&str>,
        chosen: &LiteMap<String, Side>,
        stamp: &Stamp,
    ) -> Result<Merged, Refused> {
        let read = |text: &str| {
            let record = Record::from_json(text).map_err(Refused::Record);
            record.map(|(record, _)| record)
        };
        let [here, there] = copies;
        let (here, there) = (read(here)?, read(there)?);
        let base = base.map(read).transpose()?;
        for other in [Some(&there), base.as_ref()].into_iter().flatten() {
            if other.id != here.id {
                let ids = [&here.id, &other.id].map(String::clone);
                return Err(Refused::OtherRecord { ids });
            }
        }
        let is_base = |one: &Record| base.as_ref().is_some_and(|base| base.is_as(one));
        let stand = match here.stand(&there) {
            Stand::Apart if is_base(&there) => Stand::Older,
            Stand::Apart if is_base(&here) => Stand::Newer,
            stand => stand,
        };
        let plain = |record| Merged { record, stand, taken: 0, conflicts: Vec::new() };
        match stand {
            Stand::Same | Stand::Older => return Ok(plain(here)),
            Stand::Newer => return Ok(plain(there)),
            Stand::Apart => {}
        }
        let points = |fact: &str| self.library.dictionary().list_of(fact);
        let merge = match &base {
            Some(base) => Merge::from_base(here, there, base, &points),
            None => Merge::new(here, there, &points),
        };
        let side = |conflict: &Conflict| chosen.get(&conflict.place).copied();
        let sides: Vec<Option<Side>> = merge.conflicts().iter().map(side).collect();
        let left = merge.conflicts().iter().filter(|one| side(one).is_none());
        Ok(Merged {
            record: merge.settle(&sides, stamp),
            stand,
            taken: merge.taken(),
            conflicts: left.cloned().collect(),
        })
    }
}
