//! What the first visit costs: every byte that a phone loads before the form is there.
use std::io::Write;

use brotli::CompressorWriter;

use crate::bundle::Bundle;
use crate::names::{kind, media_type};
use crate::parts::REST;
use crate::step::{Outcome, fail, put, say};

/// What the first page load may cost, compressed, in thousands of bytes. Raising it is a
/// decision: at a village's 100 kbit/s, 160 KB are thirteen seconds.
const FIRST_LOAD_BUDGET_KB: usize = 160;

/// What may follow while the first page is looked at: the list of visits, reasons, the
/// paper, files. Nobody waits for it, but everybody pays for it.
const REST_BUDGET_KB: usize = 154;

/// Adds to each file its compressed form, as small as brotli makes it.
pub(crate) fn compress(bundle: &mut Bundle) {
    for (name, file) in &mut bundle.files {
        let is_packed = matches!(media_type(name), "image/png" | "font/woff2");
        if !is_packed {
            let brotli = brotli(&file.bytes);
            file.brotli =
                brotli.filter(|short| short.len() < file.bytes.len()).map(Into::into);
        }
    }
}

/// As small as brotli makes it.
pub(crate) fn brotli(bytes: &[u8]) -> Option<Vec<u8>> {
    const BUFFER: usize = 1 << 16;
    const QUALITY: u32 = 11;
    const WINDOW: u32 = 22;
    let mut writer = CompressorWriter::new(Vec::new(), BUFFER, QUALITY, WINDOW);
    writer.write_all(bytes).ok()?;
    Some(writer.into_inner())
}

/// Prints what a first visit costs, at once and then, and refuses what is above its budget.
pub(crate) fn first_visit(bundle: &Bundle) -> Outcome<()> {
    let first = bundle.first_load.iter();
    table("the first load", bundle, first, FIRST_LOAD_BUDGET_KB)?;
    let stem = REST.split_once('.').map_or(REST, |(stem, _)| stem);
    let is_rest = |name: &&String| {
        let kind = matches!(kind(name), "wasm" | "css");
        kind && name.split('.').next() == Some(stem)
    };
    let rest = bundle.files.keys().filter(is_rest);
    table("the rest, while that is looked at", bundle, rest, REST_BUDGET_KB)
}

fn table<'a>(
    what: &str,
    bundle: &Bundle,
    names: impl Iterator<Item = &'a String>,
    budget: usize,
) -> Outcome<()> {
    say(format!("{what}, in bytes:"));
    put(format!("  {:>10}  {:>10}", "file", "brotli"));
    let (mut raw, mut packed) = (0_usize, 0_usize);
    for name in names {
        let Some(file) = bundle.files.get(name) else { continue };
        let short = file.brotli.as_ref().map_or(file.bytes.len(), |brotli| brotli.len());
        put(format!("  {:>10}  {short:>10}  {name}", file.bytes.len()));
        raw = raw.saturating_add(file.bytes.len());
        packed = packed.saturating_add(short);
    }
    put(format!("  {raw:>10}  {packed:>10}  of at most {budget},000"));
    within(budget, what, packed)
}

fn within(budget: usize, what: &str, packed: usize) -> Outcome<()> {
    let above = packed.saturating_sub(budget.saturating_mul(1000));
    if above > 0 {
        return fail(format!(
            "{what} is {above} bytes above its budget: make it smaller or load a part of \
             it later"
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn just_the_budget_is_let_through_and_one_byte_more_is_not() {
        assert!(within(160, "it", 160_000).is_ok());
        assert!(within(160, "it", 160_001).is_err());
    }
}
