//! How hard each coding should try: bytes of all prefixes of a set, and the processor time of making them.
//!
//! A step up is worth it while one further percent of size costs at most a doubling of the time: from quality A to B, the time
//! grows at most by the factor 2 for each percent that B saves.

use crate::{
    common::{clock::timed, sets::Areas},
    skeletons::{each, labels},
};
use choro::bundle::{Coding, Prefixes, Quality};

/// The qualities of each coding, ascending.
const LADDERS: [(Coding, &[i32]); 3] = [
    (Coding::Gzip, &[1, 4, 6, 7, 8, 9]),
    (Coding::Brotli, &[2, 4, 5, 6, 7, 9, 10, 11]),
    (Coding::Zstd, &[1, 3, 6, 9, 12, 15, 17, 19]),
];

/// What one quality gives.
struct Step {
    bytes: usize,
    seconds: f64,
}

pub fn print(areas: Areas) -> anyhow::Result<()> {
    let set = areas.load()?;
    let mut tiles = Vec::new();
    each(&set, &labels(&set), |tile| {
        tiles.push(tile.shared);
        Ok(())
    })?;
    let raw: usize = tiles.iter().map(Vec::len).sum();
    println!("\n{}: prefixes of {} tiles, {raw} bytes as they are\n", areas.id(), tiles.len());
    println!("| coding | quality | bytes | of the size before | s | worth it |");
    println!("|---|--:|--:|--:|--:|---|");
    for (coding, qualities) in LADDERS {
        let mut kept: Option<Step> = None;
        for quality in qualities {
            let step = measure(&tiles, coding, *quality)?;
            let worth = kept.as_ref().is_none_or(|kept| is_worth(kept, &step));
            let share = kept.as_ref().map_or(String::new(), |kept| format!("{:.4}", step.bytes as f64 / kept.bytes as f64));
            let (name, word) = (coding.as_str(), if worth { "yes" } else { "" });
            println!("| {name} | {quality} | {} | {share} | {:.2} | {word} |", step.bytes, step.seconds);
            kept = if worth { Some(step) } else { kept };
        }
    }
    Ok(())
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

/// Against the last quality that was worth it.
fn is_worth(kept: &Step, step: &Step) -> bool {
    let saved = 100.0 * (1.0 - step.bytes as f64 / kept.bytes as f64);
    saved > 0.0 && step.seconds / kept.seconds.max(0.001) <= 2_f64.powf(saved)
}
