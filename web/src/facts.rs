//! The questions of one topic that are asked of one place.

use ruhu_core::{At, Place};
use yew::prelude::*;

use crate::field::{Field, until_finished};
use crate::rest::{self, Rest};
use crate::store::Store;

/// The questions, in the order of the dictionary; they come and go as answers say so.
pub(crate) fn facts(store: &Store, topic: usize, place: Place) -> Html {
    let session = store.read();
    let epoch = session.epoch();
    let fields = session.shown(topic, place).into_iter().map(|fact| {
        let at = At { place, fact };
        let key = [session.field_id(at), epoch.to_string()].join("-");
        html! { <Field {key} store={store.clone()} {at} /> }
    });
    // Each with a key: where one has none, Yew matches all of them by their number.
    let inner = html! {
        <><div key="rest">{rest::draw(Rest::AllAsBefore(topic, place), store)}</div>{for fields}</>
    };
    until_finished(&session, "fields", inner)
}
