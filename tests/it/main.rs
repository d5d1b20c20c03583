//! The one integration binary: each file is a topic.

// `cfg(test)` is always true here; it tells clippy that helpers, too, are tests (clippy.toml, allow-unwrap-in-tests).
#[cfg(test)]
mod layers;
