//! Records in, reports out, without a form: the same core as on the command line, for pages,
//! workers and servers. Text goes in and canonical JSON comes out; a refusal is such a text
//! too, `{"refused": …, "text": …}`, so that one bad record ends nothing.

use std::rc::Rc;

use ruhu_core::record::Side;
use ruhu_core::{Assess, Json, Library, LoadError, Refused, Stamp, Standard, With};
use wasm_bindgen::prelude::*;

/// The core with the words of one language.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Engine(Assess);

#[wasm_bindgen]
impl Engine {
    /// With what ships.
    ///
    /// # Errors
    /// Where no words of that language ship: the sentence says which there are.
    #[wasm_bindgen(constructor)]
    pub fn new(language: &str) -> Result<Self, JsError> {
        let library =
            Library::builtin().map_err(|error| JsError::new(&error.to_string()))?;
        if !library.speaks(language) {
            let all = library.languages().collect::<Vec<_>>().join(", ");
            let why = format!("there is no language `{language}`; there are {all}");
            return Err(JsError::new(&why));
        }
        let assess = Assess::new(library, language);
        assess.map(Self).map_err(|error| JsError::new(&error.to_string()))
    }

    /// From now on these settings hold in place of those of the records: empty, or the
    /// refusal, and then those before stay. `params` and `choices` go in pairs.
    pub fn set(
        &mut self,
        standard: Option<String>,
        year: Option<i32>,
        date: Option<String>,
        params: Vec<String>,
        choices: Vec<String>,
    ) -> String {
        let choices = params.into_iter().zip(choices).collect();
        let with = With { standard, year, date, choices };
        let set = self.0.set(with);
        self.told(set.map(|()| String::new()))
    }

    /// The report of a record.
    #[must_use]
    pub fn report(&self, record: &str) -> String {
        self.told(self.0.report(record))
    }

    /// The states of a record's criteria alone.
    #[must_use]
    pub fn decide(&self, record: &str) -> String {
        self.told(self.0.decide(record).map(|decision| decision.write()))
    }

    /// A finished record, judged again.
    #[must_use]
    pub fn replay(&self, record: &str) -> String {
        self.told(self.0.replay(record).map(|replayed| replayed.write()))
    }

    /// One record of two copies, by `base` where their logs do not tell; `places` and `sides`
    /// (`here`, `there`) go in pairs and tell what counts where both changed something.
    /// `stamp` is when and on which device it is done.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "no other text may be missing")]
    pub fn merge(
        &self,
        here: &str,
        there: &str,
        base: Option<String>,
        places: Vec<String>,
        sides: Vec<String>,
        stamp: Vec<String>,
    ) -> String {
        let sides = places.into_iter().zip(sides);
        let sides = sides.filter_map(|(place, side)| Some((place, Side::named(&side)?)));
        let mut stamp = stamp.into_iter();
        let [time, device] = [(); 2].map(|()| stamp.next().unwrap_or_default());
        let merged = self.0.merge(
            [here, there],
            base.as_deref(),
            &sides.collect(),
            &Stamp { time, device },
        );
        self.told(merged.map(|merged| merged.write()))
    }

    /// A county's own standard from its JSON, beside those that ship; its id.
    ///
    /// # Errors
    /// Where it is none: the sentence that says so; `file` is what the person calls it.
    pub fn add(&mut self, file: &str, text: &str) -> Result<String, JsError> {
        let standard = self.0.library().read(text).map_err(|error| {
            let error = LoadError { file: file.to_owned(), ..error };
            JsError::new(&self.0.lang().say_error(&error))
        })?;
        let id = standard.id().to_owned();
        self.0.add(Rc::new(standard));
        Ok(id)
    }

    /// What stands behind every standard: id, title, status, the years it holds for, hash.
    #[must_use]
    pub fn standards(&self) -> String {
        let all = self.0.standards();
        Json::List(all.iter().map(|standard| about(standard)).collect()).write()
    }

    /// What a record of a standard can be, as a JSON Schema.
    #[must_use]
    pub fn schema(&self, id: &str) -> String {
        self.of(id, |standard| standard.schema(self.0.lang()))
    }

    /// A standard as a page of Markdown, in a list of one text.
    #[must_use]
    pub fn page(&self, id: &str) -> String {
        let page = |standard: &Standard| Json::from(standard.page(self.0.lang()));
        self.of(id, |standard| Json::List(vec![page(standard)]).write())
    }

    fn of(&self, id: &str, made: impl FnOnce(&Standard) -> String) -> String {
        self.told(self.0.standard(id).map(|standard| made(&standard)))
    }

    fn told(&self, made: Result<String, Refused>) -> String {
        made.unwrap_or_else(|why| {
            let lang = self.0.lang();
            lang.write_refused(why.key(), &lang.say_refused(&why))
        })
    }
}

fn about(standard: &Standard) -> Json {
    let (first, last) = standard.years();
    Json::object(vec![
        ("id", standard.id().into()),
        ("title", standard.title().into()),
        ("status", standard.status().as_str().into()),
        ("decides", standard.decides().into()),
        ("years", vec![Json::from(first), Json::from(last)].into()),
        ("hash", standard.hash().into()),
    ])
}
