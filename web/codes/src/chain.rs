//! A file cut into texts that QR codes hold well, and joined again.
//!
//! A text is `RUHU1/<sum>/<number>/<of>/<piece>`: the sum (CRC-32) of the whole file in
//! hexadecimal, which also tells one chain from another, the piece's number from 1, how many
//! there are, and the piece in base45 (RFC 9285). All of it is in the alphabet in which QR
//! codes are smallest.

use std::collections::BTreeMap;

use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;

use crate::Refusal;

/// How each text begins, up to the version.
const SIGN: &str = "RUHU";
const VERSION: &str = "1";

/// How many bytes a code carries at most: 77 modules wide. A third less is read from
/// hardly farther away, a third more is missed four times as often by a camera held askew.
const PIECE: usize = 450;

/// How many codes a chain has at most: a minute of looking on.
pub const MOST: usize = 64;

/// The largest text that is made whole again: a thousand times a large household.
const MOST_BYTES: usize = 16 << 20;

/// What deflating begins with, as its format (zlib) has it; JSON never does.
const PACKED: u8 = 0x78;

/// How hard deflating tries, of 10.
const LEVEL: u8 = 9;

/// A text made small.
#[must_use]
pub fn pack(text: &[u8]) -> Vec<u8> {
    compress_to_vec_zlib(text, LEVEL)
}

/// A text that was made small; any other as it is.
///
/// # Errors
/// Where it is spoilt, or would grow beyond every household.
pub fn unpack(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    if bytes.first() != Some(&PACKED) {
        return Ok(bytes.to_vec());
    }
    decompress_to_vec_zlib_with_limit(bytes, MOST_BYTES).map_err(|_| Refusal::BadPack)
}

/// The texts of a file's codes, in order.
///
/// # Errors
/// Where there would be more than [`MOST`].
pub fn chain(file: &[u8]) -> Result<Vec<String>, Refusal> {
    let count = file.len().div_ceil(PIECE).max(1);
    if count > MOST {
        return Err(Refusal::TooLong);
    }
    // Of one size, so that nothing jumps between one code and the next.
    let size = file.len().div_ceil(count).max(1);
    let sum = format!("{:08X}", crc32fast::hash(file));
    let texts = file.chunks(size).zip(1_u8..).map(|(piece, number)| {
        let piece = base45::encode(piece);
        format!("{SIGN}{VERSION}/{sum}/{number}/{count}/{piece}")
    });
    Ok(texts.collect())
}

/// One text, taken apart.
struct Piece<'a> {
    sum: u32,
    number: u8,
    of: u8,
    piece: &'a str,
}

fn part(text: &str) -> Result<Piece<'_>, Refusal> {
    let rest = text.strip_prefix(SIGN).ok_or(Refusal::NotOurs)?;
    // A piece may hold any number of further strokes.
    let mut parts = rest.splitn(5, '/');
    let mut next = || parts.next().ok_or(Refusal::NotOurs);
    let version = next()?;
    if version != VERSION {
        let is_number =
            !version.is_empty() && version.bytes().all(|b| b.is_ascii_digit());
        return Err(if is_number { Refusal::NewerCode } else { Refusal::NotOurs });
    }
    let sum = u32::from_str_radix(next()?, 16).map_err(|_| Refusal::NotOurs)?;
    let mut number = || next()?.parse::<u8>().map_err(|_| Refusal::NotOurs);
    let (number, of) = (number()?, number()?);
    if number == 0 || number > of || usize::from(of) > MOST {
        return Err(Refusal::NotOurs);
    }
    Ok(Piece { sum, number, of, piece: next()? })
}

/// The pieces by number, how many there should be, and their sum.
type Pieces<'a> = (BTreeMap<u8, &'a str>, u8, u32);

fn pieces(texts: &[String]) -> Result<Pieces<'_>, Refusal> {
    let mut found = BTreeMap::new();
    let mut first = None;
    for text in texts {
        let Piece { sum, number, of, piece } = part(text)?;
        if *first.get_or_insert((of, sum)) != (of, sum) {
            return Err(Refusal::OtherChain);
        }
        found.insert(number, piece);
    }
    let (of, sum) = first.unwrap_or_default();
    Ok((found, of, sum))
}

/// How many codes the chain of these texts has, and the numbers of those still missing.
///
/// # Errors
/// Where one of them is none of ours, or of another chain than the first.
pub fn missing(texts: &[String]) -> Result<Vec<u8>, Refusal> {
    let (found, of, _) = pieces(texts)?;
    let missing = (1..=of).filter(|number| !found.contains_key(number));
    Ok([of].into_iter().chain(missing).collect())
}

/// The file of a whole chain, its texts in any order.
///
/// # Errors
/// Where one is missing or none of the chain's, or what was read is not what was shown.
pub fn join(texts: &[String]) -> Result<Vec<u8>, Refusal> {
    let (found, of, sum) = pieces(texts)?;
    if found.is_empty() || found.len() != usize::from(of) {
        return Err(Refusal::NotAll);
    }
    let mut file = Vec::new();
    for piece in found.values() {
        file.extend(base45::decode(piece).map_err(|_| Refusal::BadSum)?);
    }
    if crc32fast::hash(&file) == sum { Ok(file) } else { Err(Refusal::BadSum) }
}
