//! What the first visit costs: every byte that a phone loads before the form is there.
use std::io::Write;

use brotli::CompressorWriter;

use crate::bundle::Bundle;
use crate::names::media_type;
use crate::step::{Outcome, fail, put, say};

/// What the first page load may cost, compressed, in thousands of bytes. Raising it is a
/// decision: at a village's 100 kbit/s, 160 KB, which is where this is to come down to, are
/// thirteen seconds.
const FIRST_LOAD_BUDGET_KB: usize = 160;

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

fn brotli(bytes: &[u8]) -> Option<Vec<u8>> {
    const BUFFER: usize = 1 << 16;
    const QUALITY: u32 = 11;
    const WINDOW: u32 = 22;
    let mut writer = CompressorWriter::new(Vec::new(), BUFFER, QUALITY, WINDOW);
    writer.write_all(bytes).ok()?;
    Some(writer.into_inner())
}

/// Prints the table of the first load, and refuses one above the budget.
pub(crate) fn first_load(bundle: &Bundle) -> Outcome<()> {
    say("the first load, in bytes:");
    put(format!("  {:>10}  {:>10}", "file", "brotli"));
    let (mut raw, mut packed) = (0_usize, 0_usize);
    for name in &bundle.first_load {
        let Some(file) = bundle.files.get(name) else { continue };
        let short = file.brotli.as_ref().map_or(file.bytes.len(), |brotli| brotli.len());
        put(format!("  {:>10}  {short:>10}  {name}", file.bytes.len()));
        raw = raw.saturating_add(file.bytes.len());
        packed = packed.saturating_add(short);
    }
    put(format!("  {raw:>10}  {packed:>10}  of at most {FIRST_LOAD_BUDGET_KB},000"));
    within_budget(packed)
}

fn within_budget(packed: usize) -> Outcome<()> {
    let budget = FIRST_LOAD_BUDGET_KB.saturating_mul(1000);
    if packed > budget {
        return fail(format!(
            "the first load is {} bytes above its budget: make it smaller or load a part \
             of it later",
            packed.saturating_sub(budget)
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn just_the_budget_is_let_through_and_one_byte_more_is_not() {
        assert!(within_budget(FIRST_LOAD_BUDGET_KB * 1000).is_ok());
        assert!(within_budget(FIRST_LOAD_BUDGET_KB * 1000 + 1).is_err());
    }
}
