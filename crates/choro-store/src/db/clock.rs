//! The time of day.

/// Seconds since 1970, UTC; 0 when the clock stands before that.
pub(crate) fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.ok().and_then(|d| i64::try_from(d.as_secs()).ok()).unwrap_or_default()
}
