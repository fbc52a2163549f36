//! What the codes promise: whatever is shown is read, in any order, and nothing else is.

#![expect(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    clippy::float_arithmetic,
    clippy::as_conversions,
    clippy::indexing_slicing,
    reason = "a test may fail loudly, and its camera is made of floats"
)]

use ruhu_codes::{MOST, Refusal, chain, draw, join, missing, pack, read, unpack};

/// How many bytes one code carries.
const PIECE: usize = 450;

/// Bytes without a pattern, as a sealed file has them.
fn sealed(length: usize) -> Vec<u8> {
    let mut state = 0x9E37_79B9_u32;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state.to_be_bytes()[0]
    };
    (0..length).map(|_| next()).collect()
}

#[test]
fn a_file_comes_back_whole_in_any_order() {
    for length in [1, 2, PIECE - 1, PIECE, PIECE + 1, 5_000, PIECE * MOST] {
        let file = sealed(length);
        let mut texts = chain(&file).unwrap();
        assert_eq!(texts.len(), length.div_ceil(PIECE));
        texts.reverse();
        texts.push(texts[0].clone());
        assert_eq!(join(&texts).unwrap(), file, "{length} bytes");
        assert_eq!(missing(&texts).unwrap(), [u8::try_from(texts.len() - 1).unwrap()]);
    }
}

#[test]
fn what_is_missing_is_told() {
    let mut texts = chain(&sealed(3_000)).unwrap();
    texts.remove(3);
    texts.remove(0);
    assert_eq!(missing(&texts).unwrap(), [7, 1, 4]);
    assert_eq!(join(&texts), Err(Refusal::NotAll));
    assert_eq!(join(&[]), Err(Refusal::NotAll));
}

#[test]
fn a_file_that_nobody_would_scan_is_refused() {
    assert_eq!(chain(&sealed(PIECE * MOST + 1)), Err(Refusal::TooLong));
}

#[test]
fn a_code_of_another_chain_is_not_mixed_in() {
    let mut texts = chain(&sealed(3_000)).unwrap();
    let other = chain(&sealed(3_001)).unwrap();
    texts[2].clone_from(&other[2]);
    assert_eq!(missing(&texts), Err(Refusal::OtherChain));
    assert_eq!(join(&texts), Err(Refusal::OtherChain));
}

#[test]
fn what_was_read_wrongly_is_not_taken() {
    let mut texts = chain(&sealed(3_000)).unwrap();
    let last = texts[1].pop().unwrap();
    texts[1].push(if last == '0' { '1' } else { '0' });
    assert_eq!(join(&texts), Err(Refusal::BadSum));
}

#[test]
fn other_codes_are_told_apart() {
    let one = |text: &str| missing(&[text.to_owned()]);
    for text in [
        "",
        "https://example.org/",
        "RUHU",
        "RUHU1",
        "RUHUX/1/1/1/A",
        "RUHU1/Z/1/1/A",
        "RUHU1/0/0/1/A",
        "RUHU1/0/2/1/A",
        "RUHU1/0/1/1",
        "RUHU1/0/1/65/A",
        "RUHU1/0/-1/2/A",
    ] {
        assert_eq!(one(text), Err(Refusal::NotOurs), "{text}");
    }
    assert_eq!(one("RUHU2/whatever"), Err(Refusal::NewerCode));
}

#[test]
fn a_text_made_small_comes_back_and_no_bomb_goes_off() {
    let text = "{\"answers\":{\"people\":\"5\"}}".repeat(500);
    let small = pack(text.as_bytes());
    assert!(small.len() < text.len() / 20);
    assert_eq!(unpack(&small).unwrap(), text.as_bytes());
    assert_eq!(unpack(text.as_bytes()).unwrap(), text.as_bytes());
    let bomb = pack(&vec![b' '; 64 << 20]);
    assert!(bomb.len() < 100_000);
    assert_eq!(unpack(&bomb), Err(Refusal::BadPack));
    assert_eq!(unpack(&small[..small.len() / 2]), Err(Refusal::BadPack));
}

/// A camera in front of a screen.
struct Camera {
    width: usize,
    height: usize,
    /// How many of its points one module is wide.
    module: f64,
    /// By how much it is held askew, in radians.
    askew: f64,
    /// How much nearer the upper edge is than the lower.
    tilt: f64,
    /// How much each point is off by chance, of 255.
    noise: u8,
}

impl Camera {
    /// What it sees of a drawing, from above, as brightness.
    fn look(&self, drawing: &str) -> Vec<u8> {
        let (side, modules) = modules(drawing);
        let dark = |x: f64, y: f64| {
            let inside =
                (0.0..side as f64).contains(&x) && (0.0..side as f64).contains(&y);
            inside && modules[y as usize * side + x as usize]
        };
        let noise = sealed(self.width * self.height);
        let (sin, cos) = self.askew.sin_cos();
        let mut seen = Vec::new();
        for (at, noise) in noise.iter().enumerate() {
            let mut light = 0_u32;
            // Every point of a camera sees a little square.
            for part in 0..9_u32 {
                let (px, py) = (f64::from(part % 3) / 3.0, f64::from(part / 3) / 3.0);
                let x = (at % self.width) as f64 + px - self.width as f64 / 2.0;
                let y = (at / self.width) as f64 + py - self.height as f64 / 2.0;
                let near = self.module * (1.0 - self.tilt * y / self.height as f64);
                let (x, y) = ((cos * x + sin * y) / near, (cos * y - sin * x) / near);
                let half = side as f64 / 2.0;
                light += if dark(x + half, y + half) { 40 } else { 220 };
            }
            let shade = (at % self.width * 40 / self.width) as u32;
            let off = u32::from(noise % (self.noise + 1));
            seen.push(u8::try_from((light / 9).saturating_sub(shade + off)).unwrap());
        }
        seen
    }
}

/// The width of a drawing, and which of its modules are dark: its path, followed.
fn modules(drawing: &str) -> (usize, Vec<bool>) {
    let (side, path) = drawing.split_once(' ').unwrap();
    let side: usize = side.parse().unwrap();
    let mut dark = vec![false; side * side];
    for run in path.split('M').skip(1) {
        let (place, shape) = run.split_once('h').unwrap();
        let (x, y) = place.split_once(' ').unwrap();
        let (length, back) = shape.split_once("v1h-").unwrap();
        assert_eq!(back, format!("{length}z"));
        let from = y.parse::<usize>().unwrap() * side + x.parse::<usize>().unwrap();
        dark[from..from + length.parse::<usize>().unwrap()].fill(true);
    }
    (side, dark)
}

const STILL: Camera =
    Camera { width: 720, height: 720, module: 7.0, askew: 0.0, tilt: 0.0, noise: 0 };

#[test]
fn a_camera_reads_what_is_drawn() {
    let texts = chain(&sealed(PIECE * 2)).unwrap();
    let drawing = draw(&texts[0]).unwrap();
    assert!(drawing.starts_with("77 "), "{}", drawing.split_at(4).0);
    for (what, camera) in [
        ("still", STILL),
        (
            "a film of 640 by 480",
            Camera { width: 640, height: 480, module: 5.5, ..STILL },
        ),
        ("askew", Camera { askew: 0.2, ..STILL }),
        ("upside down", Camera { askew: 3.1, ..STILL }),
        ("tilted", Camera { tilt: 0.1, ..STILL }),
        ("noise", Camera { noise: 30, ..STILL }),
        ("far away", Camera { module: 4.0, ..STILL }),
        ("all of it", Camera { askew: 0.1, tilt: 0.1, noise: 30, module: 6.4, ..STILL }),
    ] {
        let seen = read(&camera.look(&drawing), camera.width);
        assert_eq!(seen, [texts[0].as_str()], "{what}");
    }
}

#[test]
fn nothing_is_seen_where_nothing_is() {
    assert!(read(&[], 0).is_empty());
    assert!(read(&[], 10).is_empty());
    assert!(read(&[200; 7], 10).is_empty());
    assert!(read(&sealed(100 * 100), 100).is_empty());
    assert!(read(&vec![255; 300 * 300], 300).is_empty());
}
