//! Making files, and the keys that they are made for.

use std::io::Write;

use age::secrecy::{ExposeSecret, SecretString};
use age::{Encryptor, Recipient, scrypt, x25519};

use crate::{MOST_BYTES, Refusal};

/// How dear a passphrase is made: 2 to this power, and that many kilobytes of memory.
pub const WORK: u8 = 15;

/// A file that the secret key of any of these public keys opens; one a line.
///
/// # Errors
/// Where a line is no public key, or there is none, or too much to put in.
pub fn seal_to(recipients: &str, bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let lines = recipients.lines().filter(|line| !line.trim().is_empty());
    let recipients = lines.map(read).collect::<Result<Vec<_>, _>>()?;
    seal(recipients.iter().map(|one| -> &dyn Recipient { one }), bytes)
}

/// A file that the passphrase opens.
///
/// # Errors
/// Where there is too much to put in.
pub fn seal_by(passphrase: &str, bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut recipient = scrypt::Recipient::new(SecretString::from(passphrase));
    recipient.set_work_factor(WORK);
    let only: &dyn Recipient = &recipient;
    seal([only].into_iter(), bytes)
}

fn seal<'a>(
    recipients: impl Iterator<Item = &'a dyn Recipient>,
    bytes: &[u8],
) -> Result<Vec<u8>, Refusal> {
    if bytes.len() > MOST_BYTES {
        return Err(Refusal::TooLarge);
    }
    let encryptor =
        Encryptor::with_recipients(recipients).map_err(|_| Refusal::BadRecipient)?;
    let mut file = Vec::with_capacity(bytes.len().saturating_add(1024));
    // Writing to memory does not fail; were it to, the file would not be whole.
    let whole = encryptor.wrap_output(&mut file).and_then(|mut writer| {
        writer.write_all(bytes)?;
        writer.finish().map(drop)
    });
    whole.map_err(|_| Refusal::TooLarge)?;
    Ok(file)
}

/// A public key (公钥) as it is written, from what was typed or pasted.
///
/// # Errors
/// Where it is none; said apart where it is a secret one, which nobody should paste.
pub fn recipient(typed: &str) -> Result<String, Refusal> {
    read(typed).map(|recipient| recipient.to_string())
}

fn read(typed: &str) -> Result<x25519::Recipient, Refusal> {
    // Messengers break long words and add spaces; none of them belongs to a key.
    let mut text: String = typed.chars().filter(|char| !char.is_whitespace()).collect();
    text.make_ascii_lowercase();
    if text.contains("age-secret-key-") {
        return Err(Refusal::SecretKeyGiven);
    }
    text.parse().map_err(|_| Refusal::BadRecipient)
}

/// A new pair of keys for an office, as the text of a key file of the `age` program.
#[must_use]
pub fn key_pair() -> String {
    let identity = x25519::Identity::generate();
    let public = identity.to_public();
    let secret = identity.to_string();
    ["# public key: ", &public.to_string(), "\n", secret.expose_secret(), "\n"].concat()
}
