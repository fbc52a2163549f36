//! What the page around the form asks of it.

use ruhu_core::Record;

use super::visits;
use crate::fetch;
use crate::session::{Edit, Task};
use crate::store::Store;

/// Does what the page asks by its name; what nobody here knows is not done.
pub(crate) fn ask(store: &Store, what: &str, text: String) {
    match what {
        "speak" => fetch::speak(store, text),
        "merge" => store.apply(Edit::Desk(Task::Beside(text))),
        _ => {}
    }
}

/// A record that the page gives, in place of the one on the screen.
pub(crate) fn load(store: &Store, record: &str) -> Result<(), String> {
    Record::from_json(record).map_err(|error| error.to_string())?;
    store.apply(visits::record_edit(store, record));
    Ok(())
}
