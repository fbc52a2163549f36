//! What the safe promises, to itself and to the ordinary `age` program.

#![expect(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    clippy::panic,
    reason = "a test may fail loudly"
)]

#[path = "safe/bad.rs"]
mod bad;
#[path = "safe/program.rs"]
mod program;
#[path = "safe/stretch.rs"]
mod stretch;

use ruhu_safe::{key_pair, open_by, open_with, recipient, seal_by, seal_to};

/// A new pair: the text of the key file, and the public key.
fn pair() -> (String, String) {
    let file = key_pair();
    let public = file.lines().next().unwrap().trim_start_matches("# public key: ");
    (file.clone(), public.to_owned())
}

/// Nothing, a little, just a piece, a little more, several pieces.
fn contents() -> impl Iterator<Item = Vec<u8>> {
    const PIECE: usize = 64 << 10;
    let sizes = [0, 1, 300, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 200_000];
    let byte = |at: usize| u8::try_from(at * 7 % 251).unwrap();
    sizes.into_iter().map(move |size| (0..size).map(byte).collect())
}

#[test]
fn what_was_sealed_opens_by_its_key_and_by_every_key_it_was_made_for() {
    let ((one, public), (other, more)) = (pair(), pair());
    for bytes in contents() {
        let file = seal_to(&public, &bytes).unwrap();
        assert_eq!(open_with(&one, &file).unwrap(), bytes);
        let file = seal_to(&format!("{public}\n{more}\n"), &bytes).unwrap();
        assert_eq!(open_with(&one, &file).unwrap(), bytes);
        assert_eq!(open_with(&other, &file).unwrap(), bytes);
    }
}

#[test]
fn what_was_sealed_by_a_passphrase_opens_by_it() {
    for passphrase in ["correct horse", "甲村第三组 2099", " "] {
        let file = seal_by(passphrase, "记录".as_bytes()).unwrap();
        assert_eq!(open_by(passphrase, &file).unwrap(), "记录".as_bytes());
    }
}

#[test]
fn a_public_key_is_read_as_messengers_hand_it_on() {
    let (_, public) = pair();
    let (head, tail) = public.split_at(30);
    for typed in [
        public.clone(),
        format!("  {public}\n"),
        public.to_uppercase(),
        format!("{head}\u{3000}\r\n{tail}"),
    ] {
        assert_eq!(recipient(&typed).as_deref(), Ok(public.as_str()), "{typed}");
    }
}
