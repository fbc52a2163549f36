//! A log in a record's text: what follows from the entry before is left out.
//!
//! `{"entries":[[time, place, hash, act, device], …], "seal": …}`. An act left out is
//! `answer`, a device left out that of the entry before; several places stand in a list.
//! Three hundred entries then take less than 40 KB, of which half are hashes.

use crate::json::Json;

use super::{Act, Entry, Log, Stamp};

impl Log {
    /// As it stands in a record; nothing where nothing was noted.
    pub(crate) fn to_json(&self) -> Json {
        let mut device = "";
        let entries = self.entries.iter().map(|entry| {
            let mut parts: Vec<Json> = vec![
                entry.stamp.time.as_str().into(),
                places_json(&entry.places),
                entry.hash.as_str().into(),
            ];
            let same = entry.stamp.device == device;
            if entry.act != Act::Answer.as_str() || !same {
                parts.push(entry.act.as_str().into());
            }
            if !same {
                parts.push(entry.stamp.device.as_str().into());
            }
            device = &entry.stamp.device;
            Json::List(parts)
        });
        let entries: Vec<Json> = entries.collect();
        let mut parts: Vec<(&str, Json)> = Vec::new();
        if !entries.is_empty() {
            parts.push(("entries", entries.into()));
        }
        if !self.seal.is_empty() {
            parts.push(("seal", self.seal.as_str().into()));
        }
        Json::object(parts)
    }

    /// Reads what [`Log::to_json`] wrote; none where it is anything else, to the last byte.
    pub(crate) fn from_json(value: &Json) -> Option<Self> {
        let mut device = "";
        let mut entries = Vec::new();
        for entry in value.get("entries").map_or(&[][..], Json::items) {
            let [time, places, hash, rest @ ..] = entry.items() else { return None };
            let act = rest.first().map_or(Some(Act::Answer.as_str()), Json::text)?;
            device = rest.get(1).map_or(Some(device), Json::text)?;
            let places = match places {
                Json::List(places) => places.iter().map(Json::text).collect(),
                place => Some(vec![place.text()?]),
            };
            let stamp =
                Stamp { time: time.text()?.to_owned(), device: device.to_owned() };
            entries.push(Entry {
                stamp,
                act: act.to_owned(),
                places: places?.into_iter().map(str::to_owned).collect(),
                hash: hash.text()?.to_owned(),
            });
        }
        let seal = value.get("seal").map_or(Some(""), Json::text)?.to_owned();
        let log = Self { entries, seal };
        (log.to_json() == *value).then_some(log)
    }
}

fn places_json(places: &[String]) -> Json {
    match places {
        [place] => place.as_str().into(),
        places => places.iter().map(|one| one.as_str().into()).collect::<Vec<_>>().into(),
    }
}
