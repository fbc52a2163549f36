//! QR codes (二维码) in place of a file: shown one after the other, and read by a camera or
//! from photos.

use std::slice;

use gloo::timers::callback::Timeout;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::{bytes_of, open, sealed, trouble};
use crate::button::button;
use crate::session::{Edit, Lies, Scan, Session, Shown, Task};
use crate::store::Store;
use crate::{browser, fetch};

/// How long each code stays, in milliseconds: a slow phone looks four times meanwhile.
const STAYS: u32 = 900;

/// How many modules of white each side has, as the standard of QR codes asks for.
const WHITE: usize = 4;

/// The drawings of a hand-over's codes.
pub(super) async fn make(
    passphrase: String,
    bytes: JsValue,
) -> Result<Vec<String>, String> {
    let packed = fetch::codes("pack", &[bytes]).await?;
    let sealed = fetch::safe("sealBy", &[passphrase.into(), packed]).await?;
    let codes: Array = fetch::codes("show", &[sealed]).await?.unchecked_into();
    Ok(codes.iter().filter_map(|code| code.as_string()).collect())
}

/// What came out of a sealed file, in full where it was made small for its codes.
pub(super) async fn whole(opened: JsValue) -> Result<JsValue, String> {
    let first = opened.dyn_ref::<Uint8Array>().and_then(|bytes| bytes.at(0));
    // JSON needs nobody to unpack it.
    if first == Some(b'{') { Ok(opened) } else { fetch::codes("unpack", &[opened]).await }
}

/// The codes follow each other by themselves, until somebody stops them or puts them away.
pub(super) fn play(store: &Store) {
    let on_screen = |store: &Store| match &store.read().desk().lies {
        Lies::Codes(shown) if shown.plays => Some(shown.at),
        _ => None,
    };
    let Some(at) = on_screen(store) else { return };
    let store = store.clone();
    let next = Timeout::new(STAYS, move || {
        // Whoever turned the page meanwhile has begun anew.
        if on_screen(&store) == Some(at) {
            store.apply(Edit::Desk(Task::Turn(1, true)));
            play(&store);
        }
    });
    next.forget();
}

/// One of a hand-over's codes, and what leads to the others.
pub(super) fn shown(store: &Store, session: &Session, shown: &Shown) -> Html {
    let count = shown.codes.len();
    let turn = |by: usize, plays: bool| {
        let store = store.clone();
        Callback::from(move |_: MouseEvent| {
            store.apply(Edit::Desk(Task::Turn(by, plays)));
            play(&store);
        })
    };
    let (number, of) = (shown.at.saturating_add(1).to_string(), count.to_string());
    let said = session.fill("code", &[("at", &number), ("count", &of)]);
    let drawing = shown.codes.get(shown.at).map(String::as_str).unwrap_or_default();
    let (width, path) = drawing.split_once(' ').unwrap_or_default();
    let side = width
        .parse::<usize>()
        .unwrap_or_default()
        .saturating_add(WHITE)
        .saturating_add(WHITE);
    let white = ["-", &WHITE.to_string(), " "].concat();
    let side = side.to_string();
    let view = [white.as_str(), &white, &side, " ", &side].concat();
    let toggle = if shown.plays { "pause" } else { "play" };
    html! {
        <>
            <p class="help">{session.say("codes_help")}</p>
            <svg class="code" role="img" aria-label={said.clone()} shape-rendering="crispEdges"
                viewBox={view}>
                <path d={path.to_owned()} />
            </svg>
            <p class="code-at">{said}</p>
            if count > 1 {
                <div class="chips">
                    {button("second", session.say("code_before"), turn(count.saturating_sub(1), false))}
                    {button("second", session.say(toggle), turn(0, !shown.plays))}
                    {button("second", session.say("code_next"), turn(1, false))}
                </div>
            }
        </>
    }
}

pub(super) fn scan_button(store: &Store, session: &Session) -> Html {
    let scan = store.on(|| Edit::Desk(Task::Scan));
    button("second", session.say("scan"), scan)
}

/// What was read by now, and what reads more.
pub(super) fn scanning(store: &Store, session: &Session, scan: &Scan) -> Html {
    let photos = {
        let store = store.clone();
        Callback::from(move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            let files = input.files();
            let files: Vec<JsValue> = files
                .iter()
                .flat_map(|files| (0..files.length()).filter_map(|at| files.get(at)))
                .map(JsValue::from)
                .collect();
            input.set_value("");
            let store = store.clone();
            spawn_local(async move { look_at(&store, files).await });
        })
    };
    let camera = {
        let store = store.clone();
        Callback::from(move |_: MouseEvent| {
            let store = store.clone();
            spawn_local(async move { film(&store).await });
        })
    };
    let again = store.on(|| Edit::Desk(Task::Scan));
    html! {
        <>
            <p class="help">{session.say("scan_help")}</p>
            if scan.films {
                <video class="film" playsinline=true muted=true
                    aria-label={session.say("film")}></video>
            } else {
                {button("primary", session.say("camera"), camera)}
            }
            <div class="file-row">
                <label class="second file">
                    {session.say("photos")}
                    <input type="file" accept="image/*" multiple=true onchange={photos} />
                </label>
                if !scan.texts.is_empty() {
                    {button("quiet", session.say("scan_anew"), again)}
                }
            </div>
            <p role="status" id="scanned">{session.say_scanned(scan)}</p>
        </>
    }
}

/// Takes up what the camera sees, for as long as its film is on the page.
async fn film(store: &Store) {
    if scanned(store).is_none() {
        return;
    }
    store.apply(Edit::Desk(Task::Film(true)));
    browser::painted().await;
    let video = store.root().query_selector(".film").ok().flatten();
    let video = video.map_or(JsValue::NULL, JsValue::from);
    let mut told = fetch::codes("film", slice::from_ref(&video)).await;
    while told.is_ok() {
        told = fetch::codes("frame", slice::from_ref(&video)).await;
        if let Ok(texts) = &told {
            take_up(store, texts.unchecked_ref()).await;
        }
    }
    store.apply(Edit::Desk(Task::Film(false)));
    if let Some(key) = told.err().filter(|key| key != "film_over") {
        trouble_once(store, &key);
    }
}

/// Takes up what photos show.
async fn look_at(store: &Store, files: Vec<JsValue>) {
    for file in files {
        match fetch::codes("photo", &[file]).await {
            Ok(texts) => take_up(store, texts.unchecked_ref()).await,
            Err(key) => trouble_once(store, &key),
        }
    }
}

/// Adds the texts of codes that were seen; when the chain is whole, its file is opened.
async fn take_up(store: &Store, texts: &Array) {
    for text in texts.iter().filter_map(|text| text.as_string()) {
        let Some(known) = scanned(store) else { return };
        if known.contains(&text) {
            continue;
        }
        let all = [known.as_slice(), slice::from_ref(&text)].concat();
        let list: Array = all.iter().map(|text| JsValue::from_str(text)).collect();
        let told = fetch::codes("missing", slice::from_ref(&list)).await;
        match told.map(|told| bytes_of(&told).unwrap_or_default()) {
            Ok(told) => {
                let Some((of, missing)) = told.split_first() else { continue };
                store.apply(Edit::Desk(Task::Scanned(text, *of, missing.to_vec())));
                if missing.is_empty() {
                    return join(store, list).await;
                }
            }
            // A camera sees it again and again.
            Err(key) => trouble_once(store, &key),
        }
    }
}

/// The texts that were read by now; none once something else lies on the desk.
fn scanned(store: &Store) -> Option<Vec<String>> {
    match &store.read().desk().lies {
        Lies::Scanning(scan) => Some(scan.texts.clone()),
        _ => None,
    }
}

/// Says what is wrong, while codes are scanned, and not again what is said already.
fn trouble_once(store: &Store, key: &str) {
    let is_said =
        store.read().desk().trouble.as_ref() == Some(&sealed(&store.read(), key));
    if !is_said && scanned(store).is_some() {
        trouble(store, key);
    }
}

async fn join(store: &Store, texts: Array) {
    match fetch::codes("join", &[texts.into()]).await.map(|file| bytes_of(&file)) {
        Ok(Some(bytes)) => {
            let name = store.read().say("scanned_file");
            open::take_record(store, name, bytes.to_vec());
        }
        Ok(None) => trouble(store, "unavailable"),
        Err(key) => {
            store.apply(Edit::Desk(Task::Scan));
            trouble(store, &key);
        }
    }
}
