//! The shape of a record, for whoever hands records to us or takes them: it follows from
//! the facts and the standard alone.

mod answer;
mod digits;
mod fact;
mod past;

use crate::json::{Entries, Json, object};
use crate::lang::Lang;
use crate::param::Param;
use crate::range::Range;
use crate::record::VERSION;
use crate::standard::Standard;

impl Standard {
    /// The JSON Schema (draft 2020-12) of a record (调查记录) under this standard, in the
    /// words of a language: canonical JSON, the same bytes each time.
    ///
    /// A record whose facts are known and whose answers can be read fits it as
    /// [`Record::to_json`](crate::Record::to_json) writes it; so it does with numbers that
    /// are no text, and with true and false. What stands for something that is not there
    /// is null or an empty text.
    ///
    /// | what | further keys | why |
    /// |---|---|---|
    /// | answers, lists, rows, readings | refused | a slip of the pen would be kept, and count for nothing |
    /// | `before`, `finished`, `log`, `{"unknown": …}` | refused | their keys are the core's, which moves any other to `unread` |
    /// | the record itself | taken | the core gives a portal's own keys back where they stood |
    /// | `versions`, `unread`, verdicts by criterion | taken | they were made by the rules of their time |
    ///
    /// For what JSON Schema has no word there are these, which validators pass over:
    ///
    /// | key | at | says |
    /// |---|---|---|
    /// | `x-ruhu-sensitivity` | a fact | how much care its answers need, as `core/facts/README.md` has it; nothing where it is `none` |
    /// | `x-ruhu-mask` | a fact | how many signs of either end are shown where nobody is at it: `[6, 4]` |
    /// | `x-ruhu-unit` | a fact that is a number | its unit, `yuan/person/year` |
    /// | `x-ruhu-decimals` | a number | digits kept after the point |
    /// | `x-ruhu-code` | an option | its number in the source of its list |
    /// | `x-ruhu-list` | a row's key as an answer | the list that it points into |
    /// | `x-ruhu-name` | a list | the fact that names a row in sentences |
    ///
    /// The form reads more than is described: numbers in full width, with 万 or 亿, commas
    /// between thousands, a sign +, ¥ or a unit; 是, 有, 否, 没有, 无; dates in full width; spaces
    /// around any answer, and in an ID number. Whoever takes records from a phone must
    /// expect such texts, and judge by the core.
    /// It says less than the form does: a day that its month has not, the check character
    /// of an ID number, characters that hide, a row that is not there, two rows of one key
    /// and on which answers a question depends are not found. A number that is no text may
    /// have an exponent, and more digits than are kept, for `multipleOf` refuses good figures
    /// where a validator counts in binary.
    #[must_use]
    pub fn schema(&self, lang: &Lang) -> String {
        let mut lang = lang.clone();
        lang.add(self);
        let mut shape = Shape { standard: self, lang, parts: Entries::new() };
        shape.record().write()
    }
}

/// A schema in the making.
#[derive(Debug)]
struct Shape<'a> {
    standard: &'a Standard,
    lang: Lang,
    /// What is referred to by name.
    parts: Entries,
}

impl Shape<'_> {
    fn record(&mut self) -> Json {
        let properties = vec![
            ("ruhu", object!({ "const": VERSION })),
            ("id", types(&["string", "null"])),
            ("standard", self.this_standard()),
            ("year", self.year()),
            ("date", self.blank_or(Self::day)),
            ("choices", self.choices()),
            ("answers", self.answers()),
            ("lists", self.lists()),
            ("before", self.before()),
            ("finished", self.finished()),
            ("versions", past::versions()),
            ("log", self.log()),
            ("unread", types(&["object"])),
        ];
        let title = [("standard", self.standard.title.as_str())];
        object!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": self.name(),
            "title": self.lang.fill("schema.title", &title),
            "description": self.word("about"),
            "type": "object",
            "required": vec![Json::from("ruhu")],
            "properties": self.described(properties),
            "$defs": std::mem::take(&mut self.parts),
        })
    }

    /// Names the schema by all that it follows from.
    fn name(&self) -> String {
        let Standard { id, hash, dictionary, .. } = self.standard;
        let plain = |char: &char| char.is_ascii_alphanumeric() || *char == '-';
        let language: String = self.lang.name().chars().filter(plain).collect();
        let parts = ["urn:ruhu:record", id, hash, dictionary.hash(), &language];
        parts.join(":")
    }

    fn this_standard(&self) -> Json {
        let id = Json::from(self.standard.id.as_str());
        object!({ "enum": vec![id, "".into(), Json::Null] })
    }

    fn year(&mut self) -> Json {
        let (first, last) = self.standard.years;
        let mut forms = answer::number(Range::new(first, last), 0);
        forms.push(self.blank());
        object!({ "anyOf": forms })
    }

    /// 选定的口径: by parameter, the readings and options among which an office chooses.
    fn choices(&mut self) -> Json {
        let mut properties = Entries::new();
        for param in &self.standard.params {
            let readings = param.values.iter().filter_map(|one| one.reading.as_ref());
            let mut names: Vec<&String> = Vec::new();
            for name in param.options.iter().chain(readings) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            if names.is_empty() {
                continue;
            }
            let names =
                names.iter().map(|name| (name.as_str(), self.reading(param, name)));
            let names = one_of(names);
            let mut choice = object!({ "anyOf": vec![names, self.blank()] });
            put(&mut choice, "title", self.lang.named("param", &param.id));
            properties.insert(param.id.clone(), choice);
        }
        closed(properties)
    }

    fn reading(&self, param: &Param, name: &str) -> String {
        let option = ["param.", &param.id, ".", name].concat();
        let words = self.lang.find(&option).map(str::to_owned);
        words.unwrap_or_else(|| self.lang.named("reading", name))
    }

    /// A part that is referred to by name, made where it is first needed.
    fn part(&mut self, name: &str, make: impl FnOnce(&mut Self) -> Json) -> Json {
        if !self.parts.contains_key(name) {
            let made = make(self);
            self.parts.insert(name.to_owned(), made);
        }
        object!({ "$ref": ["#/$defs/", name].concat() })
    }

    fn blank(&mut self) -> Json {
        self.part("blank", |_| object!({ "enum": vec![Json::Null, "".into()] }))
    }

    fn blank_or(&mut self, other: impl FnOnce(&mut Self) -> Json) -> Json {
        object!({ "anyOf": vec![other(self), self.blank()] })
    }

    /// Keys of a record, each with what it is for.
    fn described(&self, properties: Vec<(&str, Json)>) -> Entries {
        let described = properties.into_iter().map(|(key, mut made)| {
            put(&mut made, "description", self.word(key));
            (key.to_owned(), made)
        });
        described.collect()
    }

    fn word(&self, key: &str) -> String {
        self.lang.named("schema", key)
    }
}

/// Anything of these types.
fn types(names: &[&str]) -> Json {
    let names = names.iter().map(|name| Json::from(*name));
    object!({ "type": names.collect::<Vec<Json>>() })
}

/// An object that has these keys and no other.
fn closed(properties: Entries) -> Json {
    object!({
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    })
}

/// One of these texts, each with what people read.
fn one_of<'a>(options: impl Iterator<Item = (&'a str, String)>) -> Json {
    let options = options.map(|(id, title)| object!({ "const": id, "title": title }));
    object!({ "oneOf": options.collect::<Vec<Json>>() })
}

fn put(made: &mut Json, key: &str, value: impl Into<Json>) {
    if let Json::Object(entries) = made {
        entries.insert(key.to_owned(), value.into());
    }
}
