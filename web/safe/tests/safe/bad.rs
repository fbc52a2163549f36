//! Every way in which a file is not what it should be.

use ruhu_safe::{MOST_BYTES, Refusal, open_by, open_with, recipient, seal_by, seal_to};

use super::pair;

const PIECE: usize = 64 << 10;

#[test]
fn no_truncation_of_a_small_file_opens() {
    let (key, public) = pair();
    let file = seal_to(&public, b"{\"format\":\"ruhu-records\"}").unwrap();
    for end in 0..file.len() {
        let why = open_with(&key, &file[..end]).unwrap_err();
        assert!(matches!(why, Refusal::Truncated | Refusal::Damaged), "{end}: {why:?}");
    }
    let header = file.windows(5).position(|window| window == b"\n--- ").unwrap();
    for end in 0..header + 49 + 32 {
        assert_eq!(open_with(&key, &file[..end]), Err(Refusal::Truncated), "{end}");
    }
    assert!(open_with(&key, &file).is_ok());
}

#[test]
fn a_file_that_ends_between_two_pieces_is_cut_off_and_one_altered_before_its_end_is_not()
{
    let (key, public) = pair();
    let file = seal_to(&public, &vec![b' '; 3 * PIECE]).unwrap();
    let payload = file.len() - 3 * (PIECE + 16);
    let at = |pieces: usize| payload + pieces * (PIECE + 16);
    assert_eq!(open_with(&key, &file[..at(2)]), Err(Refusal::Truncated));
    assert_eq!(open_with(&key, &file[..at(2) + 100]), Err(Refusal::Damaged));
    let altered = |place: usize| {
        let mut file = file.clone();
        file[place] ^= 1;
        open_with(&key, &file)
    };
    assert_eq!(altered(at(0) + 5), Err(Refusal::Altered));
    assert_eq!(altered(at(1) + PIECE), Err(Refusal::Altered));
    assert_eq!(altered(at(2) + 5), Err(Refusal::Damaged));
}

#[test]
fn no_altered_byte_opens() {
    let (key, public) = pair();
    let file = seal_to(&public, "甲户".repeat(40).as_bytes()).unwrap();
    for at in 0..file.len() {
        for bit in [1, 0x20, 0x80] {
            let mut file = file.clone();
            file[at] ^= bit;
            let why = open_with(&key, &file).expect_err(&format!("{at} {bit}"));
            let key = why.key();
            assert!(
                matches!(
                    key,
                    "altered"
                        | "damaged"
                        | "wrong_key"
                        | "not_sealed"
                        | "newer"
                        | "truncated"
                ),
                "{at} {bit}: {key}"
            );
        }
    }
}

#[test]
fn bytes_behind_the_end_are_noticed() {
    let (key, public) = pair();
    let mut file = seal_to(&public, b"{}").unwrap();
    file.push(0);
    assert_eq!(open_with(&key, &file), Err(Refusal::Damaged));
}

#[test]
fn the_wrong_key_and_the_wrong_passphrase_are_said() {
    let ((key, public), (other, _)) = (pair(), pair());
    let to = seal_to(&public, b"{}").unwrap();
    let by = seal_by("correct horse", b"{}").unwrap();
    assert_eq!(open_with(&other, &to), Err(Refusal::WrongKey));
    assert_eq!(open_by("correct horse", &to), Err(Refusal::NeedsKey));
    assert_eq!(open_by("correct house", &by), Err(Refusal::WrongPassphrase));
    assert_eq!(open_by("", &by), Err(Refusal::WrongPassphrase));
    assert_eq!(open_with(&key, &by), Err(Refusal::NeedsPassphrase));
    for (text, why) in [
        ("", Refusal::BadIdentity),
        ("# public key: age1", Refusal::PublicKeyGiven),
        ("AGE-SECRET-KEY-1QQQ", Refusal::BadIdentity),
        (&public, Refusal::PublicKeyGiven),
    ] {
        assert_eq!(open_with(text, &to), Err(why), "{text}");
    }
    let one_line = key.replace('\n', "");
    for text in [one_line, key.to_lowercase(), format!("{key}{other}"), other + &key] {
        assert_eq!(open_with(&text, &to).as_deref(), Ok(&b"{}"[..]), "{text}");
    }
}

#[test]
fn what_is_no_public_key_is_refused_and_a_secret_one_by_name() {
    let (key, public) = pair();
    let mut off = public.clone();
    off.pop();
    for (text, why) in [
        ("", Refusal::BadRecipient),
        ("age1", Refusal::BadRecipient),
        (&off, Refusal::BadRecipient),
        ("ssh-ed25519 AAAA", Refusal::BadRecipient),
        (key.lines().nth(1).unwrap(), Refusal::SecretKeyGiven),
        (&key, Refusal::SecretKeyGiven),
    ] {
        assert_eq!(recipient(text), Err(why), "{text}");
    }
    assert_eq!(seal_to("", b"{}"), Err(Refusal::BadRecipient));
    assert_eq!(seal_to("\n \n", b"{}"), Err(Refusal::BadRecipient));
    assert_eq!(seal_to(&format!("{public}\n{off}"), b"{}"), Err(Refusal::BadRecipient));
}

#[test]
fn what_is_no_sealed_file_and_what_a_later_age_wrote_are_told_apart() {
    let open = |text: &str| open_by("correct horse", text.as_bytes()).unwrap_err();
    for (text, why) in [
        ("", Refusal::Truncated),
        ("age-encryption.org", Refusal::Truncated),
        ("age-encryption.org/v", Refusal::Truncated),
        ("age-encryption.org/v1", Refusal::Truncated),
        ("age-encryption.org/v1\n", Refusal::Truncated),
        ("age-encryption.org/v1\n-> X25519 a", Refusal::Truncated),
        ("age-encryption.org/v2\n-> X25519 a", Refusal::Newer),
        ("age-encryption.org/v12\n", Refusal::Newer),
        ("age-encryption.org/\n", Refusal::NotSealed),
        ("age-encryption.org/one\n", Refusal::NotSealed),
        ("{\"ruhu\":1}", Refusal::NotSealed),
        ("PK\u{3}\u{4}", Refusal::NotSealed),
        ("-----BEGIN AGE ENCRYPTED FILE-----\n", Refusal::Armored),
    ] {
        assert_eq!(open(text), why, "{text}");
    }
}

#[test]
fn a_passphrase_that_takes_too_much_work_is_not_even_tried() {
    let file = seal_by("correct horse", b"{}").unwrap();
    let text = String::from_utf8_lossy(&file[..120]).into_owned();
    let line = text.lines().nth(1).unwrap();
    let dear = |work: u8| {
        let (head, _) = line.rsplit_once(' ').unwrap();
        let rest = &file[text.lines().take(2).map(|line| line.len() + 1).sum()..];
        [format!("age-encryption.org/v1\n{head} {work}\n").as_bytes(), rest].concat()
    };
    for work in [19, 22, 63] {
        let why = open_by("correct horse", &dear(work));
        assert_eq!(why, Err(Refusal::TooDear), "{work}");
    }
    assert_eq!(open_by("correct horse", &dear(17)), Err(Refusal::WrongPassphrase));
}

#[test]
fn what_is_larger_than_any_hand_over_is_neither_made_nor_opened() {
    let (key, public) = pair();
    let large = vec![0; MOST_BYTES + 1];
    assert_eq!(seal_to(&public, &large), Err(Refusal::TooLarge));
    let whole = seal_to(&public, &large[..MOST_BYTES]).unwrap();
    assert_eq!(open_with(&key, &whole).map(|bytes| bytes.len()), Ok(MOST_BYTES));
    let file = [&whole[..], &large].concat();
    assert_eq!(open_with(&key, &file), Err(Refusal::TooLarge));
}
