//! How hard each coding should try: bytes of all prefixes of two sets, and the processor time of making them.
//!
//! Go up while a step costs at most a doubling of the time for each percent of size that it saves, and stop at the first one
//! that costs more.

use crate::{
    common::{clock::timed, sets::Areas},
    skeletons::{each, labels},
};
use choro_bundle::{Coding, Prefixes, Quality};

const SETS: [Areas; 2] = [Areas::Subjects, Areas::Counties];
/// The qualities of each coding, ascending.
const LADDERS: [(Coding, &[i32]); 3] = [
    (Coding::Gzip, &[1, 4, 6, 7, 8, 9]),
    (Coding::Brotli, &[2, 4, 5, 6, 7, 9, 10, 11]),
    (Coding::Zstd, &[1, 3, 6, 9, 12, 15, 17, 19]),
];

/// What one quality gives.
#[derive(Clone, Copy)]
struct Step {
    bytes: usize,
    seconds: f64,
}

pub fn print() -> anyhow::Result<()> {
    let tiles: Vec<Vec<Vec<u8>>> = SETS.into_iter().map(tiles).collect::<anyhow::Result<_>>()?;
    println!("\nPrefixes of all tiles of zooms 0 to 8, of {} and {}\n", SETS[0].id(), SETS[1].id());
    println!("| coding | quality | bytes | s | bytes | s | saved by the step | time of the step | worth it |");
    println!("|---|--:|--:|--:|--:|--:|--:|--:|---|");
    for (coding, qualities) in LADDERS {
        let (mut kept, mut climbing) = (None, true);
        for quality in qualities {
            let steps: Vec<Step> =
                tiles.iter().map(|tiles| measure(tiles, coding, *quality)).collect::<anyhow::Result<_>>()?;
            climbing = line(coding, *quality, &steps, &mut kept, climbing);
        }
    }
    Ok(())
}

/// The prefixes' bytes before compression.
fn tiles(areas: Areas) -> anyhow::Result<Vec<Vec<u8>>> {
    let set = areas.load()?;
    let mut tiles = Vec::new();
    each(&set, &labels(&set), |cut| {
        let tile = cut.mvt();
        tiles.push(tile.shared);
        Ok(())
    })?;
    Ok(tiles)
}

/// Prints a step beside the last one that was worth it; whether this one was.
fn line(coding: Coding, quality: i32, steps: &[Step], kept: &mut Option<Step>, climbing: bool) -> bool {
    let step =
        Step { bytes: steps.iter().map(|step| step.bytes).sum(), seconds: steps.iter().map(|step| step.seconds).sum() };
    let (mut saved, mut times) = (0.0, 1.0);
    if let Some(kept) = *kept {
        saved = 100.0 * (1.0 - step.bytes as f64 / kept.bytes as f64);
        times = step.seconds / kept.seconds.max(0.001);
    }
    let worth = climbing && (kept.is_none() || (saved > 0.0 && times <= 2_f64.powf(saved)));
    let each: String = steps.iter().map(|step| format!(" {} | {:.2} |", step.bytes, step.seconds)).collect();
    let word = if worth { "yes" } else { "" };
    println!("| {} | {quality} |{each} {saved:.2} % | {times:.1} | {word} |", coding.as_str());
    if worth {
        *kept = Some(step);
    }
    worth
}

fn measure(tiles: &[Vec<u8>], coding: Coding, quality: i32) -> anyhow::Result<Step> {
    let gzip = if coding == Coding::Gzip { u32::try_from(quality)? } else { 1 };
    let of = |own: Coding| if coding == own { quality } else { 1 };
    let mut prefixes = Prefixes::new(Quality { gzip, brotli: of(Coding::Brotli), zstd: of(Coding::Zstd) })?;
    let (bytes, seconds) = timed(|| {
        let sizes = tiles.iter().map(|tile| Ok(prefixes.make(tile, coding)?.len()));
        sizes.sum::<anyhow::Result<usize>>()
    })?;
    Ok(Step { bytes, seconds })
}
