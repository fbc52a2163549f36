//! What is kept on this device, as the page's own script does it.

use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::browser;
use crate::session::{Head, Lock, Room, Why};

#[wasm_bindgen]
extern "C" {
    /// What the page keeps things with: `www/keep.js`.
    #[derive(Clone, Debug)]
    pub type Keep;

    #[wasm_bindgen(method)]
    fn opened(this: &Keep, form: &Object) -> Promise;
    #[wasm_bindgen(method)]
    fn look(this: &Keep) -> Promise;
    #[wasm_bindgen(method)]
    fn prepare(this: &Keep) -> Promise;
    #[wasm_bindgen(method)]
    fn unlock(this: &Keep, pin: &str) -> Promise;
    #[wasm_bindgen(method, js_name = setPin)]
    fn set_pin(this: &Keep, pin: &str, next: &str) -> Promise;
    #[wasm_bindgen(method)]
    fn waits(this: &Keep) -> String;
    #[wasm_bindgen(method)]
    fn wipe(this: &Keep) -> Promise;
    #[wasm_bindgen(method)]
    pub(crate) fn idle(this: &Keep, is_there: bool) -> u32;
    #[wasm_bindgen(method)]
    fn open(this: &Keep);
    #[wasm_bindgen(method)]
    fn becomes(this: &Keep, key: &str);
    #[wasm_bindgen(method)]
    fn put(this: &Keep, key: &str, head: &str, text: &str) -> Promise;
    #[wasm_bindgen(method)]
    fn note(this: &Keep, look: &str, key: &str, text: &str);
    #[wasm_bindgen(method)]
    fn read(this: &Keep, key: &str) -> Promise;
    #[wasm_bindgen(method)]
    fn heads(this: &Keep) -> Promise;
    #[wasm_bindgen(method)]
    fn remove(this: &Keep, key: &str) -> Promise;
    #[wasm_bindgen(method)]
    fn set(this: &Keep, name: &str, text: &str) -> Promise;
    #[wasm_bindgen(method, js_name = takeOver)]
    fn take_over(this: &Keep, force: bool) -> Promise;
    #[wasm_bindgen(method)]
    fn room(this: &Keep) -> Promise;
    #[wasm_bindgen(method)]
    fn persist(this: &Keep) -> Promise;
    #[wasm_bindgen(method)]
    fn initials(this: &Keep, name: &str) -> String;
}

/// So many visits, or lines of the list, are read at once.
const HANDFUL: usize = 100;

/// How the device stands when the form begins.
pub(crate) struct Opened {
    pub(crate) lock: Lock,
    pub(crate) may_write: bool,
    pub(crate) look: String,
    /// The standards that came from files, each its own JSON.
    pub(crate) standards: String,
    /// The draft of an older form.
    pub(crate) old: Option<String>,
    /// Nothing was chosen here, and nothing is kept.
    pub(crate) is_blank: bool,
    /// Something was kept here, and all of it is gone.
    pub(crate) is_gone: bool,
    /// The page around the form keeps visits: there is no list of them here.
    pub(crate) is_guest: bool,
    /// What was noted when a page was left: keys and texts.
    pub(crate) notes: Vec<(String, String)>,
}

impl Opened {
    /// Whether this page is the first on its device.
    pub(crate) fn is_new(&self) -> bool {
        self.is_blank && self.may_write
    }
}

async fn done(promise: Promise) -> Result<JsValue, Why> {
    JsFuture::from(promise).await.map_err(|error| why(&error))
}

fn why(error: &JsValue) -> Why {
    let name = Reflect::get(error, &"name".into()).ok();
    Why::named(&name.and_then(|name| name.as_string()).unwrap_or_default())
}

fn part(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap_or_default()
}

fn text(of: &JsValue, name: &str) -> Option<String> {
    part(of, name).as_string()
}

fn pair(of: &JsValue) -> (Option<String>, Option<String>) {
    let of: &Array = of.unchecked_ref();
    (of.get(0).as_string(), of.get(1).as_string())
}

/// What the page is told to call, for as long as it is there.
pub(crate) fn form(
    writer: impl Fn(bool) + 'static,
    changed: impl Fn() + 'static,
    flush: impl Fn() -> Promise + 'static,
) -> Object {
    let form = Object::new();
    let put = |name: &str, function: JsValue| {
        drop(Reflect::set(&form, &name.into(), &function));
    };
    put("writer", Closure::<dyn Fn(bool)>::new(writer).into_js_value());
    put("changed", Closure::<dyn Fn()>::new(changed).into_js_value());
    put("flush", Closure::<dyn Fn() -> Promise>::new(flush).into_js_value());
    form
}

impl Keep {
    /// How the device stands; the form is told from then on what other pages do.
    pub(crate) async fn begin(&self, form: &Object) -> Result<Opened, Why> {
        done(self.opened(form)).await.map(|found| read_opened(&found))
    }

    /// The same again, after another page had its turn.
    pub(crate) async fn again(&self) -> Result<Opened, Why> {
        done(self.look()).await.map(|found| read_opened(&found))
    }

    /// An older form's draft is the visit with this key now.
    pub(crate) fn took_old(&self, key: &str) {
        self.becomes(key);
    }

    /// Opens what is kept under a PIN.
    pub(crate) async fn unlocked_by(&self, pin: &str) -> Result<(), Why> {
        done(self.unlock(pin)).await.map(drop)
    }

    /// Another PIN from now on; an empty one is none.
    pub(crate) async fn lock_by(&self, pin: &str, next: &str) -> Result<(), Why> {
        done(self.set_pin(pin, next)).await.map(drop)
    }

    /// How many seconds no PIN may be tried.
    pub(crate) fn seconds(&self) -> String {
        self.waits()
    }

    /// Takes everything off this device.
    pub(crate) async fn clear(&self) -> Result<(), Why> {
        done(self.wipe()).await.map(drop)
    }

    /// Opens the page anew: what was read leaves the memory with it.
    pub(crate) fn anew(&self) {
        self.open();
    }

    /// Makes ready what the first visit needs.
    pub(crate) async fn get_ready(&self) -> Result<(), Why> {
        done(self.prepare()).await.map(drop)
    }

    pub(crate) async fn keep(&self, head: &Head, text: &str) -> Result<(), Why> {
        done(self.put(&head.key, &head.write(), text)).await.map(drop)
    }

    /// The first letters of a name in pinyin.
    pub(crate) fn letters(&self, name: &str) -> String {
        self.initials(name)
    }

    /// Begins to keep looks and a visit before it returns; nobody hears how it went.
    pub(crate) fn keep_now(&self, look: &str, key: &str, text: &str) {
        self.note(look, key, text);
    }

    /// A visit's text, and how many of its last changes could not be read any more.
    pub(crate) async fn visit(&self, key: &str) -> Result<(String, u32), Why> {
        let found = done(self.read(key)).await?;
        let (visit, missing) = pair(&found);
        let missing = missing.and_then(|count| count.parse().ok()).unwrap_or_default();
        Ok((visit.ok_or(Why::Failed)?, missing))
    }

    /// The texts of visits, in order; none of one that cannot be read.
    pub(crate) async fn visits(&self, keys: &[String]) -> Vec<Option<String>> {
        let mut texts = Vec::new();
        for some in keys.chunks(HANDFUL) {
            // All of a handful are on their way before the first is waited for.
            let asked = some.iter().map(|key| JsFuture::from(self.read(key)));
            for one in asked.collect::<Vec<_>>() {
                texts.push(one.await.ok().and_then(|found| pair(&found).0));
            }
        }
        texts
    }

    pub(crate) async fn all(&self) -> Result<Vec<Head>, Why> {
        let found: Array = done(self.heads()).await?.unchecked_into();
        let mut heads = Vec::new();
        for one in found.iter() {
            let (key, text) = pair(&one);
            heads.extend(key.map(|key| Head::read(key, text.as_deref())));
            // The screen has its turns meanwhile.
            if heads.len().is_multiple_of(HANDFUL) {
                browser::turn().await;
            }
        }
        Ok(heads)
    }

    pub(crate) async fn forget(&self, key: &str) -> Result<(), Why> {
        done(self.remove(key)).await.map(drop)
    }

    pub(crate) async fn choose(&self, name: &str, text: &str) -> Result<(), Why> {
        done(self.set(name, text)).await.map(drop)
    }

    /// How much room there is.
    pub(crate) async fn space(&self) -> Option<Room> {
        let found: Array = done(self.room()).await.ok()?.unchecked_into();
        let number = |at: u32| found.get(at).as_string()?.parse().ok();
        Some(Room { used: number(0), all: number(1), is_safe: found.get(2).is_truthy() })
    }

    /// Asks the browser not to clear anything away by itself.
    pub(crate) async fn ask_to_stay(&self) {
        drop(done(self.persist()).await);
    }

    /// This page writes from now on; `force` also from one that could not keep all it has.
    pub(crate) async fn claim(&self, force: bool) -> Result<(), Why> {
        done(self.take_over(force)).await.map(drop)
    }
}

fn read_opened(found: &JsValue) -> Opened {
    let notes: &Array = &part(found, "notes").unchecked_into();
    let notes = notes.iter().filter_map(|note| {
        let (key, text) = pair(&note);
        key.zip(text)
    });
    Opened {
        lock: Lock::named(&text(found, "lock").unwrap_or_default()),
        may_write: part(found, "mayWrite").is_truthy(),
        look: text(found, "look").unwrap_or_default(),
        standards: text(found, "standards").unwrap_or_default(),
        old: text(found, "old"),
        is_blank: part(found, "isBlank").is_truthy(),
        is_gone: part(found, "isGone").is_truthy(),
        is_guest: part(found, "isGuest").is_truthy(),
        notes: notes.collect(),
    }
}
