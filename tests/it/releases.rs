//! Releases: switching, refusing, stopping.
