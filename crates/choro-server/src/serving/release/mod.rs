//! Which release is current: where releases come from, whose are trusted, and what is known of an open one.
//!
//! ```text
//! ReleasesLocation (folder, bundle, storage): the pointer `current` -> Withdrawn, Trust: may it be served? -> Release, open
//! PointerWatch: it was replaced -> refresh -> Releases: the current one, and a few others that requests name
//! ```

pub(super) mod location;
pub(super) mod open_error;
pub(super) mod open_release;
pub(super) mod pointer_watch;
mod refresh;
pub(super) mod releases;
pub(super) mod trust;
mod withdrawn;
