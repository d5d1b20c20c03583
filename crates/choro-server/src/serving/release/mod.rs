//! Which release is current: where releases come from, whose are trusted, and what is known of an open one.
//!
//! ```text
//! current -> ReleasesLocation (folder, bundle, storage) -> Trust, Withdrawn -> OpenRelease -> Releases (the current one, a few others)
//! ```

pub(super) mod location;
pub(super) mod open_error;
pub(super) mod open_release;
pub(super) mod pointer_watch;
mod refresh;
pub(super) mod releases;
pub(super) mod trust;
mod withdrawn;
