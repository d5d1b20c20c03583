//! The one integration binary: each file is a topic.

// `cfg(test)` is always true here; it tells clippy that helpers, too, are tests (clippy.toml, allow-unwrap-in-tests).

/// The demo: its catalogue and tiles, and its map in a browser.
#[cfg(test)]
mod demo;
/// Runs the program, serves a workspace, asks it.
#[cfg(test)]
mod harness;
/// The ranks of ARCHITECTURE.md.
#[cfg(test)]
mod layers;
/// The whole way on real files: subjects of Russia with EMISS figures, municipalities.
#[cfg(test)]
mod real;
/// What the program says and does not do when it is given nonsense.
#[cfg(test)]
mod refusals;
/// Releases: switching, refusing, stopping.
#[cfg(test)]
mod releases;
/// Documents and headers as a client sees them.
#[cfg(test)]
mod snapshots;
