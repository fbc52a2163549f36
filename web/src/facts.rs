//! The questions of one topic that are asked of one place.

use ruhu_core::{At, Place};
use yew::prelude::*;

use crate::field::Field;
use crate::session::Watch;
use crate::store::{Store, use_watch};

/// Which form, which topic, of whom.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct FactsProps {
    pub(crate) store: Store,
    pub(crate) topic: usize,
    pub(crate) place: Place,
}

/// The questions, in the order of the dictionary; they come and go as answers say so.
#[component]
pub(crate) fn Facts(props: &FactsProps) -> Html {
    let FactsProps { store, topic, place } = props;
    use_watch(store, &[Watch::Shown]);
    let session = store.read();
    let epoch = session.epoch();
    let fields = session.shown(*topic, *place).into_iter().map(|fact| {
        let at = At { place: *place, fact };
        let key = [session.field_id(at), epoch.to_string()].join("-");
        html! { <Field {key} store={store.clone()} {at} /> }
    });
    html! { <div class="fields">{for fields}</div> }
}
