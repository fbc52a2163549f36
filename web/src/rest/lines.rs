//! The lines of the list of visits, of which only those near to what can be seen are drawn.

use std::cell::RefCell;
use std::iter::successors;
use std::mem;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use web_sys::Element;
use yew::prelude::*;

use super::near::{FAR, NEAR, watched};
use super::visits::{open, say_stage};
use super::{Rest, handed, part};
use crate::browser;
use crate::session::{Edit, Head, Stage, minute};
use crate::store::Store;

/// So many lines are drawn and left out together: few, so that no picture waits for many.
const BLOCK: usize = 5;

/// So many lines are one gap while all of them are far: a long list is few elements.
pub(super) const STRETCH: usize = 100;

#[derive(Clone, PartialEq, Properties)]
pub(super) struct LinesProps {
    pub(super) store: Store,
    /// The lines from this one on, and before that one.
    pub(super) from: usize,
    pub(super) until: usize,
    /// How many of them are drawn and left out together.
    pub(super) each: usize,
}

/// The list in stretches, or a stretch in blocks: what is far from what can be seen leaves
/// a gap of its height.
#[component]
pub(super) fn Lines(props: &LinesProps) -> Html {
    let LinesProps { store, from, until, each } = props;
    let place = use_node_ref();
    let count = until.saturating_sub(*from).div_ceil(*each);
    let near = use_near_blocks(&place, count, *from == 0);
    let is_list = *each > BLOCK;
    let blocks = (0..count).map(|at| {
        let start = from.saturating_add(at.saturating_mul(*each));
        let end = start.saturating_add(*each).min(*until);
        // Of a shorter one nobody knows the height.
        let is_short = is_list && end.saturating_sub(start) < *each;
        let is_near = is_short || near.get(at).is_some_and(|is| *is);
        let class = match (is_near, is_list) {
            (true, _) => "block",
            (false, true) => "block far stretch",
            (false, false) => "block far",
        };
        let inside = match (is_near, is_list) {
            (false, _) => Html::default(),
            (true, true) => html! {
                <Lines store={store.clone()} from={start} until={end} each={BLOCK} />
            },
            (true, false) => part(store, Rest::Few(start.checked_div(BLOCK).unwrap_or(0))),
        };
        html! {
            <div key={at} role="presentation" data-at={at.to_string()} {class}>{inside}</div>
        }
    });
    let (role, class) = if is_list { ("list", "visits") } else { ("presentation", "") };
    html! { <div {role} {class} ref={place.clone()}>{for blocks}</div> }
}

/// Which blocks are drawn: those near to what can be seen, but one more at a time, so that
/// no picture waits for many. The first of a list is there at once.
#[hook]
fn use_near_blocks(place: &NodeRef, count: usize, is_first: bool) -> Rc<[bool]> {
    let near = use_state_eq(|| Rc::<[bool]>::from([is_first]));
    {
        let (now, near, place) = (Rc::clone(&near), near.setter(), place.clone());
        use_effect_with(count, move |count| {
            let count = *count;
            // What is on the screen stays there.
            let drawn: Vec<_> = (0..count).map(|at| now.get(at) == Some(&true)).collect();
            let blocks = Blocks { near: drawn.clone(), drawn, is_moving: false };
            let blocks = Rc::new(RefCell::new(blocks));
            let list = place.cast::<Element>();
            let first = list.and_then(|list| list.first_element_child());
            let elements = successors(first, Element::next_element_sibling);
            let elements: Vec<_> = elements.collect();
            let watching = [(NEAR, true), (FAR, false)].map(|(margin, wanted)| {
                let (blocks, near) = (Rc::clone(&blocks), near.clone());
                watched(&elements, margin, move |seen| {
                    for (block, _) in seen.filter(|(_, is_near)| *is_near == wanted) {
                        let at = block.get_attribute("data-at");
                        let at: Option<usize> = at.and_then(|at| at.parse().ok());
                        let mut blocks = blocks.borrow_mut();
                        if let Some(known) = at.and_then(|at| blocks.near.get_mut(at)) {
                            *known = wanted;
                        }
                    }
                    go_on(&blocks, &near);
                })
            });
            if watching.iter().any(Option::is_none) {
                near.set(vec![true; count].into());
            }
            move || drop(watching)
        });
    }
    Rc::clone(&near)
}

/// The blocks of a list.
struct Blocks {
    near: Vec<bool>,
    drawn: Vec<bool>,
    /// Some are still to be drawn, or to be left out.
    is_moving: bool,
}

impl Blocks {
    /// Draws one more of those that are near, and leaves out one that is not.
    fn step(&mut self) {
        for is in [true, false] {
            let mut both = self.near.iter().zip(&mut self.drawn);
            let next = both.find(|(near, drawn)| **near == is && **drawn != is);
            if let Some((_, drawn)) = next {
                *drawn = is;
            }
        }
        self.is_moving = self.near != self.drawn;
    }
}

/// One step with every picture that follows; over when the list is gone.
fn go_on(blocks: &Rc<RefCell<Blocks>>, near: &UseStateSetter<Rc<[bool]>>) {
    if mem::replace(&mut blocks.borrow_mut().is_moving, true) {
        return;
    }
    let (blocks, near) = (Rc::downgrade(blocks), near.clone());
    spawn_local(async move {
        let mut is_moving = true;
        while is_moving {
            browser::painted().await;
            let Some(blocks) = blocks.upgrade() else { return };
            let mut blocks = blocks.borrow_mut();
            blocks.step();
            is_moving = blocks.is_moving;
            near.set(blocks.drawn.as_slice().into());
        }
    });
}

/// A few lines of the list: those of one block.
pub(super) fn few(store: &Store, at: usize) -> Html {
    let session = store.read();
    let found = session.visits().found();
    let from = at.saturating_mul(BLOCK);
    let numbered = found.iter().zip(1..).skip(from).take(BLOCK);
    let lines = numbered.map(|(head, number)| {
        line(store, head, (number, found.len()), head.key == session.key())
    });
    html! { <>{for lines}</> }
}

fn line(
    store: &Store,
    head: &Head,
    (number, total): (usize, usize),
    is_current: bool,
) -> Html {
    let session = store.read();
    let named = !head.name.is_empty();
    let name = if named { head.name.clone() } else { session.say("nobody_named") };
    let mut place = head.place.clone();
    if !head.year.is_empty() {
        place.push(session.fill("year_of", &[("year", &head.year)]));
    }
    let [met, not_met, unknown] = &head.tally;
    let counts = [("met", met), ("not_met", not_met), ("unknown", unknown)];
    let mut notes: Vec<String> = Vec::new();
    if head.stage.is_some_and(|stage| stage != Stage::NotVisited) {
        notes.extend(counts.iter().filter(|(_, count)| *count != "0").map(
            |(name, count)| {
                [&session.lang().named("verdict", name), " ", *count].concat()
            },
        ));
    }
    if head.stage != Some(Stage::HandedOver) {
        notes.push(minute(&head.changed));
    }
    notes.extend(handed::note(&session, head));
    let (mark, class) = match head.stage {
        None => (session.lang().named("kept", "spoilt_line"), "mark trouble"),
        Some(stage) => (
            say_stage(&session, stage),
            match stage {
                Stage::NotVisited => "mark plain",
                Stage::UnderWay => "mark begun",
                Stage::Unknown => "mark unknown",
                Stage::Met => "mark met",
                Stage::NotMet => "mark trouble",
                Stage::Finished => "mark met",
                Stage::HandedOver => "mark plain",
            },
        ),
    };
    let opens = {
        let (store, key) = (store.clone(), head.key.clone());
        Callback::from(move |_: MouseEvent| open(&store, key.clone()))
    };
    let key = head.key.clone();
    let forget = store.on(move || Edit::Forget(key.clone()));
    html! {
        <div role="listitem" class="visit" aria-setsize={total.to_string()}
            aria-posinset={number.to_string()}>
            <button type="button" class="visit-open" id={["visit-", &head.key].concat()}
                aria-current={is_current.then_some("true")} onclick={opens}>
                <span class="visit-name">{&name}</span>
                <span {class}>{mark}</span>
                <span class="visit-note">{place.join(" · ")}</span>
                <span class="visit-note">{notes.join(" · ")}</span>
            </button>
            if !session.is_reading() {
                <button type="button" class="quiet danger" onclick={forget}
                    aria-label={session.fill("forget", &[("name", &name)])}>
                    {session.say("delete")}
                </button>
            }
        </div>
    }
}
