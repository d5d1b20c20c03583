//! Bytes of tiles in each coding, and the processor time of making skeletons.
//!
//! `cargo bench --bench sizes -- quality` measures the qualities of each coding instead, which takes some minutes.

#![expect(clippy::print_stdout, reason = "a benchmark prints its results")]

#[path = "../common/mod.rs"]
#[expect(dead_code, reason = "shared: each benchmark uses some of it")]
mod common;
mod quality;
mod skeletons;
mod tiles;

use common::sets::Areas;

fn main() -> anyhow::Result<()> {
    if std::env::args().any(|argument| argument == "quality") {
        return quality::print();
    }
    [Areas::Subjects, Areas::Counties].into_iter().try_for_each(tiles::print)?;
    skeletons::print()
}
