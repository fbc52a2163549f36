//! Opening files, and telling apart the ways in which they do not open.

use std::io::{ErrorKind, Read};

use age::secrecy::SecretString;
use age::{DecryptError, Decryptor, Identity, scrypt, x25519};

use crate::Refusal;

/// The largest file that is opened or made: a hundred times what an office hands over.
pub const MOST_BYTES: usize = 64 << 20;

/// The dearest passphrase that is tried: 256 MB of memory, as the `age` program asks for.
pub const MOST_WORK: u8 = 18;

/// How every file begins, in whatever version.
const MAGIC: &[u8] = b"age-encryption.org/";

/// What is in a file, by its passphrase.
///
/// # Errors
/// Every reason why it stays closed.
pub fn open_by(passphrase: &str, file: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut identity = scrypt::Identity::new(SecretString::from(passphrase));
    identity.set_max_work_factor(MOST_WORK);
    let only: &dyn Identity = &identity;
    open([only].into_iter(), file, Asked::Passphrase)
}

/// What is in a file, by one of the secret keys in a text: one key, or a key file.
///
/// # Errors
/// Every reason why it stays closed.
pub fn open_with(identities: &str, file: &[u8]) -> Result<Vec<u8>, Refusal> {
    // Found wherever they stand: a box of one line runs the lines of a key file together.
    let text = identities.to_ascii_uppercase();
    let mut known = Vec::new();
    for part in text.split(SECRET).skip(1) {
        let end = part.find(|char: char| !char.is_ascii_alphanumeric());
        let key = part.get(..end.unwrap_or(part.len())).unwrap_or_default();
        let key = [SECRET, key].concat().parse::<x25519::Identity>();
        known.push(key.map_err(|_| Refusal::BadIdentity)?);
    }
    if known.is_empty() {
        let public = text.contains("AGE1");
        return Err(if public { Refusal::PublicKeyGiven } else { Refusal::BadIdentity });
    }
    open(known.iter().map(|one| -> &dyn Identity { one }), file, Asked::Key)
}

/// How every secret key begins.
const SECRET: &str = "AGE-SECRET-KEY-";

/// By what somebody wants to open a file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    Passphrase,
    Key,
}

fn open<'a>(
    identities: impl Iterator<Item = &'a dyn Identity>,
    file: &[u8],
    asked: Asked,
) -> Result<Vec<u8>, Refusal> {
    let payload = payload(file)?;
    let decryptor = Decryptor::new_buffered(file).map_err(|why| refused(&why, asked))?;
    match (decryptor.is_scrypt(), asked) {
        (true, Asked::Key) => return Err(Refusal::NeedsPassphrase),
        (false, Asked::Passphrase) => return Err(Refusal::NeedsKey),
        _ => {}
    }
    let mut reader = decryptor.decrypt(identities).map_err(|why| refused(&why, asked))?;
    let mut bytes = Vec::with_capacity(payload.len());
    match reader.read_to_end(&mut bytes) {
        Ok(_) => Ok(bytes),
        Err(_) => Err(damage(payload, bytes.len())),
    }
}

/// What stands behind the header of a file, which must be all there.
fn payload(file: &[u8]) -> Result<&[u8], Refusal> {
    if file.len() > MOST_BYTES.saturating_add(MOST_BYTES >> 8) {
        return Err(Refusal::TooLarge);
    }
    if file.starts_with(b"-----BEGIN AGE") {
        return Err(Refusal::Armored);
    }
    let Some(version) = file.strip_prefix(MAGIC) else {
        let begun = MAGIC.starts_with(file);
        return Err(if begun { Refusal::Truncated } else { Refusal::NotSealed });
    };
    let line = version.split(|byte| *byte == b'\n').next().unwrap_or_default();
    match line {
        b"v1" if line.len() < version.len() => {}
        b"" | b"v" | b"v1" if line.len() == version.len() => {
            return Err(Refusal::Truncated);
        }
        [b'v', digits @ ..] if !digits.is_empty() && digits.is_ascii() => {
            return Err(Refusal::Newer);
        }
        _ => return Err(Refusal::NotSealed),
    }
    // The header ends with a line of its own, behind which all is the payload.
    let Some(at) = file.windows(5).position(|window| window == b"\n--- ") else {
        // A header is plain text to where it is cut off.
        return Err(if file.is_ascii() { Refusal::Truncated } else { Refusal::Altered });
    };
    let last = file.get(at.saturating_add(1)..).unwrap_or_default();
    let end = last.iter().position(|byte| *byte == b'\n').ok_or(Refusal::Truncated)?;
    let payload = last.get(end.saturating_add(1)..).unwrap_or_default();
    // A nonce and the seal of a piece that may be empty.
    if payload.len() < NONCE + SEAL { Err(Refusal::Truncated) } else { Ok(payload) }
}

const NONCE: usize = 16;
const SEAL: usize = 16;
const PIECE: usize = 64 << 10;

/// Why the payload does not hold, where all before `good` bytes did.
fn damage(payload: &[u8], good: usize) -> Refusal {
    let pieces = good.div_ceil(PIECE);
    let next = pieces.saturating_mul(PIECE + SEAL).saturating_add(NONCE);
    let left = payload.len().saturating_sub(next);
    match left {
        // All pieces hold, but none of them is the last.
        0 => Refusal::Truncated,
        // More follows, so it was not cut off here.
        _ if left > PIECE + SEAL => Refusal::Altered,
        _ => Refusal::Damaged,
    }
}

/// Why the header does not hold, or the key of the file cannot be had.
fn refused(why: &DecryptError, asked: Asked) -> Refusal {
    match why {
        DecryptError::ExcessiveWork { .. } => Refusal::TooDear,
        DecryptError::UnknownFormat => Refusal::Newer,
        DecryptError::NoMatchingKeys | DecryptError::KeyDecryptionFailed => {
            Refusal::WrongKey
        }
        DecryptError::DecryptionFailed if asked == Asked::Key => Refusal::WrongKey,
        DecryptError::DecryptionFailed => Refusal::WrongPassphrase,
        DecryptError::Io(why) if why.kind() == ErrorKind::UnexpectedEof => {
            Refusal::Truncated
        }
        // An invalid header or seal of it.
        _ => Refusal::Altered,
    }
}
