//! A short secret made dear to guess: Argon2id.

use argon2::{Algorithm, Argon2, Params, Version};

use crate::Refusal;

/// Beyond these a phone would be busy for minutes, or run out of memory.
const MOST_MEMORY_KIB: u32 = 256 * 1024;
const MOST_PASSES: u32 = 16;

/// 32 bytes from a secret and a salt, by Argon2id in one lane; OWASP's price is 19 MiB
/// (19,456 KiB) and 2 passes.
///
/// # Errors
/// A salt of less than 8 bytes, or a price out of bounds.
pub fn stretch(
    secret: &[u8],
    salt: &[u8],
    memory_kib: u32,
    passes: u32,
) -> Result<[u8; 32], Refusal> {
    const LANES: u32 = 1;
    if memory_kib > MOST_MEMORY_KIB || passes > MOST_PASSES {
        return Err(Refusal::BadPrice);
    }
    let mut key = [0; 32];
    let params = Params::new(memory_kib, passes, LANES, Some(key.len()));
    let argon2 = params
        .map(|params| Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
        .map_err(|_| Refusal::BadPrice)?;
    argon2.hash_password_into(secret, salt, &mut key).map_err(|_| Refusal::BadPrice)?;
    Ok(key)
}
