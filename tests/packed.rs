//! What is made ready when the form is built is what was read, and spoilt bytes are none.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use ruhu_core::{FIRST_STANDARD, HINTS, Library, Visit};
use ruhu_tests::engine::Engine;
use ruhu_tests::random::{forget, villager};
use ruhu_tests::run::{fail, run};
use ruhu_tests::slow::built_in;

fn made_ready() -> (&'static [u8], &'static [u8]) {
    let (first, rest) = Library::builtin().unwrap().pack();
    (first.leak(), rest.leak())
}

fn ready() -> Library {
    let (first, rest) = made_ready();
    let mut library = Library::unpack(first).unwrap();
    assert!(library.add(rest));
    library
}

#[test]
fn what_is_packed_again_is_the_same() {
    let ready = ready();
    let read = Library::builtin().unwrap();
    assert!(read.names().eq(ready.names()));
    assert!(read.languages().eq(ready.languages()));
    for name in read.names().chain([HINTS]) {
        let (one, other) = (read.standard(name).unwrap(), ready.standard(name).unwrap());
        let packed = read.pack_standard(&one);
        assert_eq!(packed, ready.pack_standard(&other), "{name}");
        assert_eq!(one.hash(), other.hash());
        let opened = ready.open(&packed).unwrap();
        assert_eq!(packed, ready.pack_standard(&opened), "{name}");
    }
}

#[test]
fn every_household_is_told_the_same_by_what_was_read_and_what_was_made_ready() {
    let engine = Engine::new().unwrap();
    let ready = ready();
    let (hints, lang) = (ready.hints().unwrap(), ready.lang("zh-CN"));
    for name in engine.library.names() {
        let standard = engine.standard(name).unwrap();
        let other = ready.standard(name).unwrap();
        let rules = built_in(&engine, name).unwrap();
        let used = rules.used();
        run(300, 1_600, |tape| {
            let mut sketch = villager(&standard, (&rules, &used), tape);
            let most = *tape.of(&[0, 4, 30]);
            if most > 0 {
                sketch = forget(&sketch, (&rules, &used), most, tape);
            }
            // Sums over lists that may go on are said as a span.
            if tape.once_in(2) {
                sketch.lists.values_mut().for_each(|list| list.complete = false);
            }
            let visit = match engine.open(&standard, &sketch.record()) {
                Ok(visit) => visit,
                Err(error) => return fail(error),
            };
            let record = visit.record().clone();
            let second = Visit::open(&other, &hints, record).unwrap();
            let (one, other) = (visit.report(&lang), second.report(&lang));
            if one == other { Ok(()) } else { fail(format!("{one}\n{other}")) }
        });
    }
}

#[test]
fn what_comes_first_judges_as_the_whole_does_and_is_completed_by_the_rest() {
    let engine = Engine::new().unwrap();
    let (first, rest) = made_ready();
    let mut library = Library::unpack(first).unwrap();
    let (bare, silent) =
        (library.standard(FIRST_STANDARD).unwrap(), library.hints().unwrap());
    assert!(library.add(rest));
    let (full, hints) =
        (library.standard(FIRST_STANDARD).unwrap(), library.hints().unwrap());
    assert!(bare.sources().is_empty() && !full.sources().is_empty());
    let lang = library.lang("zh-CN");
    let standard = engine.standard(FIRST_STANDARD).unwrap();
    let rules = built_in(&engine, FIRST_STANDARD).unwrap();
    let used = rules.used();
    run(300, 1_600, |tape| {
        let sketch = villager(&standard, (&rules, &used), tape);
        let record = match engine.open(&standard, &sketch.record()) {
            Ok(visit) => visit.record().clone(),
            Err(error) => return fail(error),
        };
        let mut early = Visit::open(&bare, &silent, record.clone()).unwrap();
        let whole = Visit::open(&full, &hints, record).unwrap();
        if early.verdicts() != whole.verdicts()
            || !early.hints().iter().all(|one| one.is_own)
        {
            return fail(format!("{:?} and {:?}", early.verdicts(), whole.verdicts()));
        }
        early.complete(&full, &hints);
        let (one, other) = (early.report(&lang), whole.report(&lang));
        if one == other { Ok(()) } else { fail(format!("{one}\n{other}")) }
    });
}

#[test]
fn bytes_that_are_cut_short_or_spoilt_open_nothing_and_never_panic() {
    let library = Library::builtin().unwrap();
    let standard = library.standard("national-household-2019").unwrap();
    let good = library.pack_standard(&standard);
    for end in 0..good.len() {
        assert!(library.open(&good[..end]).is_none(), "cut at {end}");
    }
    let longer = [good.as_slice(), &[0]].concat();
    assert!(library.open(&longer).is_none());
    // Another byte may make another standard, or none; it may not end the program.
    for at in 0..good.len() {
        for byte in [0, 1, 127, 128, 255] {
            let mut spoilt = good.clone();
            spoilt[at] = byte;
            drop(library.open(&spoilt).map(|other| library.pack_standard(&other)));
        }
    }
    let (first, rest) = made_ready();
    assert!(Library::unpack(&first[..first.len() - 1]).is_none());
    assert!(Library::unpack(&[]).is_none());
    let mut library = Library::unpack(first).unwrap();
    assert!(!library.add(&rest[..rest.len() - 1]));
    assert!(library.names().eq([FIRST_STANDARD]));
}
