//! Argon2id as its reference says it is.

use ruhu_safe::{Refusal, stretch};

fn hex(bytes: [u8; 32]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The vectors of the reference's own test, `hashtest(version, 2, m, 1, …)`.
#[test]
fn a_known_secret_gives_the_known_bytes() {
    for (memory, known) in [
        (1 << 8, "9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe"),
        (1 << 16, "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7"),
    ] {
        assert_eq!(hex(stretch(b"password", b"somesalt", memory, 2).unwrap()), known);
    }
}

#[test]
fn secret_salt_memory_and_passes_all_count() {
    let of = |secret: &[u8], salt: &[u8], memory, passes| {
        hex(stretch(secret, salt, memory, passes).unwrap())
    };
    let all = [
        of(b"1234", b"saltsalt", 64, 1),
        of(b"1235", b"saltsalt", 64, 1),
        of(b"1234", b"saltsalu", 64, 1),
        of(b"1234", b"saltsalt", 128, 1),
        of(b"1234", b"saltsalt", 64, 2),
    ];
    for (at, one) in all.iter().enumerate() {
        assert!(!all[..at].contains(one), "{at}");
    }
}

#[test]
fn no_salt_and_a_price_out_of_bounds_are_refused() {
    for (salt, memory, passes) in [
        (&b""[..], 64, 1),
        (b"seven77", 64, 1),
        (b"saltsalt", 0, 1),
        (b"saltsalt", 64, 0),
        (b"saltsalt", u32::MAX, 1),
        (b"saltsalt", 64, u32::MAX),
    ] {
        assert_eq!(stretch(b"1234", salt, memory, passes), Err(Refusal::BadPrice));
    }
}
