//! A record over its life: finished, opened again, merged, and begun anew a year later.

use ruhu_core::record::{Answer, Merge, Reason, Side};
use ruhu_core::{Act, At, EntityRef, Place, Record, Stamp, Visit};
use ruhu_tests::engine::Engine;
use ruhu_tests::random::{materials, villager};
use ruhu_tests::run::{fail, run};
use ruhu_tests::slow::built_in;
use serde_json::{Value, json};

use super::spoil::put;
use super::{Door, schema, value};

fn stamp(minute: usize, device: &str) -> Stamp {
    let time = format!("2017-10-15T08:{minute:02}:00+08:00");
    Stamp { time, device: device.to_owned() }
}

/// An answer that is noted.
fn answer(visit: &mut Visit, fact: &str, answer: Answer, stamp: &Stamp) {
    let fact_ref = visit.standard().dictionary().fact(fact).unwrap();
    visit.answer(At { place: Place::HOUSEHOLD, fact: fact_ref }, Some(answer));
    visit.note(vec![(Act::Answer, vec![format!("/answers/{fact}")])], stamp);
}

/// Two copies of one visit that both went on, made one.
fn merged(visit: &Visit) -> Record {
    let (mut here, mut there) = (visit.clone(), visit.clone());
    answer(&mut here, "note", Answer::known("甲"), &stamp(20, "here"));
    answer(&mut there, "note", Answer::known("乙"), &stamp(21, "there"));
    let reason = Answer::Unknown { reason: Reason::Refused, was: Some("1.2.3".into()) };
    answer(&mut there, "power_voltage", reason, &stamp(22, "there"));
    let merge = Merge::new(here.record().clone(), there.record().clone(), &|_| None);
    assert_eq!((merge.conflicts().len(), merge.taken()), (1, 1));
    merge.settle(&[Some(Side::There)], &stamp(23, "here"))
}

#[test]
fn a_record_fits_all_its_life() {
    let engine = Engine::new().unwrap();
    for name in engine.library.names() {
        let standard = engine.standard(name).unwrap();
        let rules = built_in(&engine, name).unwrap();
        let used = rules.used();
        let door = Door::of(&engine, &standard);
        run(60, 1_500, |tape| {
            let sketch = villager(&standard, (&rules, &used), tape);
            let mut visit = engine.open(&standard, &sketch.record()).unwrap();
            answer(&mut visit, "water_tap", Answer::known("yes"), &stamp(1, "here"));
            let mut life = vec![visit.record().clone()];
            for round in 0..2 {
                visit.finish(&stamp(2 + round, "here"));
                life.push(visit.record().clone());
                visit.reopen(&stamp(4 + round, "there"));
                life.push(visit.record().clone());
            }
            life.push(merged(&visit));
            for record in life {
                let wrong = door.wrong(&value(&record));
                if !wrong.is_empty() {
                    return fail(format!("{wrong:?}: {}", record.to_json()));
                }
            }
            // It fits where it opens: not beyond the years of its standard.
            let next = visit.next_year("next", &format!("{}-11-01", sketch.year + 1));
            let fits = door.takes(&value(&next));
            let is_one = Visit::open(&standard, &engine.hints, next).is_ok();
            if fits == is_one { Ok(()) } else { fail(format!("next year: {fits}")) }
        });
    }
}

/// A part that is not as the core writes it, by its place, is refused.
#[test]
fn what_a_record_remembers_has_a_shape() {
    let engine = Engine::new().unwrap();
    let standard = engine.standard("sichuan-household-2016").unwrap();
    let door = Door::of(&engine, &standard);
    let text = json!({ "ruhu": 1, "year": 2017, "date": "2017-10-15" });
    let mut visit = engine.open(&standard, &text).unwrap();
    answer(&mut visit, "water_tap", Answer::known("yes"), &stamp(1, "here"));
    visit.finish(&stamp(2, "here"));
    visit.reopen(&stamp(3, "here"));
    visit.finish(&stamp(4, "here"));
    let mut whole = value(visit.record());
    let mut before = value(&visit.next_year("next", "2018-10-15"))["before"].clone();
    before["year"] = json!(1999);
    whole["before"] = before;
    assert_eq!(door.wrong(&whole), [""; 0]);
    for (path, with) in [
        ("/log/entries/0/0", json!(1)),
        ("/log/entries/0/1", json!({})),
        ("/log/entries/0/2", json!("hash")),
        ("/log/entries/0", json!(["2017-10-15T08:01:00+08:00", "/answers/water_tap"])),
        ("/log/seal", json!("")),
        ("/log/by", json!("a portal")),
        ("/finished/verdict", json!("perhaps")),
        ("/finished/verdicts/water", json!("perhaps")),
        ("/finished/hash", json!("0")),
        ("/finished/by", json!("a portal")),
        ("/versions/0", json!(1)),
        ("/before/year", json!("last")),
        ("/before/answers/water_tap", json!("perhaps")),
        ("/before/by", json!("a portal")),
        ("/unread", json!([])),
        ("/id", json!([])),
    ] {
        let mut spoilt = whole.clone();
        put(&mut spoilt, path, with).unwrap();
        assert!(!door.takes(&spoilt), "{path}");
    }
    // What is not of its time, or a portal's own, is nobody's slip of the pen.
    for (path, with) in [
        ("/photos", json!([1])),
        ("/versions/0", json!({ "answers": { "of_old": 1 } })),
        ("/finished/verdicts/of_old", json!("met")),
        ("/unread", json!({ "/answers/a": [1] })),
    ] {
        let mut other = whole.clone();
        put(&mut other, path, with).unwrap();
        assert_eq!(door.wrong(&other), [""; 0], "{path}");
    }
}

/// What a standard brings along is described like what ships.
#[test]
fn facts_of_its_own_are_described() {
    let engine = Engine::new().unwrap();
    let mut document = materials();
    document.criteria = vec![json!("y0")];
    let mut document = document.document();
    document["words"] = json!({ "en": { "fact.n0": "Goats", "option.ch.a": "Alpha" } });
    let standard = engine.read(&document).unwrap();
    let schema = schema(&standard, &engine.library.lang("en"));
    let answers = &schema["$defs"]["answers"]["properties"];
    assert_eq!(answers["n0"]["title"], "Goats");
    assert_eq!(answers["n0"]["x-ruhu-unit"], "row");
    assert_eq!(schema["$defs"]["choice_ch"]["anyOf"][0]["oneOf"][0]["title"], "Alpha");
    let part = &schema["$defs"]["lists"]["properties"]["part"];
    assert_eq!(part["properties"]["rows"]["maxItems"], 2);
    assert_eq!(
        schema["properties"]["choices"]["properties"]["po"]["anyOf"][0]["oneOf"][1]["const"],
        "high"
    );
    let door = Door::of(&engine, &standard);
    let record =
        |list: Value| json!({ "ruhu": 1, "year": 2017, "lists": { "part": list } });
    let row = |key: u32, at: Value| json!({ "key": key, "answers": { "pi": at } });
    assert!(
        door.takes(&record(json!({ "rows": [row(1, json!(7)), row(2, json!("7"))] })))
    );
    assert!(!door.takes(&record(json!({ "rows": [row(1, json!("one"))] }))));
    assert!(!door.takes(&record(json!({ "rows": [row(1, json!(-1))] }))));
    let three = [1, 2, 3].map(|key| row(key, json!(null)));
    assert!(!door.takes(&record(json!({ "rows": three }))));
}

/// Portals find how much care an answer needs.
#[test]
fn what_the_dictionary_says_of_a_fact_stands_beside_it() {
    let engine = Engine::new().unwrap();
    let standard = engine.standard("sichuan-household-2016").unwrap();
    let schema = schema(&standard, &engine.library.lang("zh-CN"));
    let dictionary = standard.dictionary();
    let mut masks = 0;
    for fact in dictionary.facts() {
        let entity = &dictionary.entities()[fact.entity.index()];
        let list = &schema["$defs"]["lists"]["properties"][&entity.id];
        let rows = &list["properties"]["rows"]["items"]["properties"]["answers"];
        let household = fact.entity == EntityRef::HOUSEHOLD;
        let facts = if household { &schema["$defs"]["answers"] } else { rows };
        let told = &facts["properties"][&fact.id];
        let care = told["x-ruhu-sensitivity"].as_str().unwrap_or("none");
        assert_eq!(care, fact.sensitivity.as_str(), "{}", fact.id);
        let mask = fact.mask.map(|mask| json!([mask.first, mask.last]));
        masks += usize::from(mask.is_some());
        assert_eq!(told.get("x-ruhu-mask"), mask.as_ref(), "{}", fact.id);
        let part = told["$ref"].as_str().unwrap().replace("#/$defs/", "");
        let decimals = schema["$defs"][&part].get("x-ruhu-decimals");
        let is_number = told.get("x-ruhu-unit").is_some();
        assert_eq!(decimals.is_some(), is_number, "{}", fact.id);
        if is_number {
            assert_eq!(decimals, Some(&json!(fact.decimals)), "{}", fact.id);
            assert_eq!(told["x-ruhu-unit"], fact.unit.as_str(), "{}", fact.id);
        }
        if !household {
            let name = entity.name.map(|fact| &dictionary.info(fact).unwrap().id);
            assert_eq!(list.get("x-ruhu-name"), name.map(|name| json!(name)).as_ref());
        }
    }
    assert!(masks > 0);
    let sex = &schema["$defs"]["choice_sex"]["anyOf"][0]["oneOf"];
    assert_eq!(sex[0]["title"], "男");
    let relation = &schema["$defs"]["choice_relation"]["anyOf"][0]["oneOf"];
    assert_eq!(relation[0]["x-ruhu-code"], "01");
    let member = &schema["$defs"]["row_of_member"];
    assert_eq!(member["x-ruhu-list"], "member");
}
