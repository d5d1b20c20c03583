//! Faults on request, in builds for tests alone: a header makes the handler panic, so that a thousand panics can be had from the
//! program itself. A release build knows no such header.

use hyper::HeaderMap;

/// Panics where the request asks for it.
#[cfg(debug_assertions)]
#[expect(clippy::panic, reason = "it is what was asked for, and no release build has it")]
pub fn strike(headers: &HeaderMap) {
    if headers.get("choro-fault").is_some_and(|fault| fault == "panic") {
        std::panic::panic_any("asked for by choro-fault");
    }
}

/// Does nothing.
#[cfg(not(debug_assertions))]
pub const fn strike(_headers: &HeaderMap) {}
