//! QR codes as pictures: drawn, and found.

use qrcode::types::Color;
use qrcode::{EcLevel, QrCode};
use rqrr::PreparedImage;

use crate::Refusal;

/// A code as its width in modules and, after a space, the path of its dark ones in an SVG
/// of that size. The four modules of white around it are for the page to leave.
///
/// # Errors
/// Where no code is large enough.
pub fn draw(text: &str) -> Result<String, Refusal> {
    // A screen has no scratches: the least correction makes the largest modules.
    let code = QrCode::with_error_correction_level(text, EcLevel::L)
        .map_err(|_| Refusal::TooLong)?;
    let width = code.width();
    let colors = code.into_colors();
    let mut path = format!("{width} ");
    for (y, row) in colors.chunks(width).enumerate() {
        let mut x = 0_usize;
        for run in row.chunk_by(|a, b| a == b) {
            if run.first() == Some(&Color::Dark) {
                let length = run.len();
                path.push_str(&format!("M{x} {y}h{length}v1h-{length}z"));
            }
            x = x.saturating_add(run.len());
        }
    }
    Ok(path)
}

/// The texts of the codes in a picture, given row by row as the brightness of its points;
/// what cannot be read is left out: another picture may show it.
#[must_use]
pub fn read(brightness: &[u8], width: usize) -> Vec<String> {
    let Some(height) = brightness.len().checked_div(width).filter(|height| *height > 0)
    else {
        return Vec::new();
    };
    let at = |x: usize, y: usize| {
        let place = y.saturating_mul(width).saturating_add(x);
        brightness.get(place).copied().unwrap_or(u8::MAX)
    };
    let mut picture = PreparedImage::prepare_from_greyscale(width, height, at);
    let grids = picture.detect_grids();
    grids.iter().filter_map(|grid| grid.decode().ok()).map(|(_, text)| text).collect()
}
