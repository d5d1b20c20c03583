//! Foreign parameters: what other programs append to an address that they pass on. They mean nothing here, and every public route
//! and the viewer ignore them.
//!
//! ```text
//! a newsletter links to   /?indicator=rate&period=2014&utm_source=news&fbclid=x
//! what is asked for       /?indicator=rate&period=2014
//! ```
//!
//! `ref` is not among them, though some sites append it. It is an ordinary word, and may be the id of a dimension.

/// Names of foreign parameters.
pub const FOREIGN_NAMES: [&str; 20] = [
    // Whoever wants to get past a cache: jQuery writes `_`, content management systems write `v`. Links of the viewer carry `v=1`.
    "_",
    "v",
    // WordPress asks oEmbed for frames that do not track.
    "dnt",
    // Clicks: Facebook, Google, Instagram, Microsoft, Yandex.
    "fbclid",
    "gclid",
    "gbraid",
    "wbraid",
    "igshid",
    "msclkid",
    "yclid",
    "ysclid",
    // Mailchimp, and Google Analytics across domains.
    "mc_cid",
    "mc_eid",
    "_ga",
    "_gl",
    // Clients of Mapbox's interface.
    "access_token",
    // pym.js, which shows pages in frames.
    "initialWidth",
    "childId",
    "parentTitle",
    "parentUrl",
];

/// Beginnings of names of foreign parameters: campaigns as Google Analytics and Matomo count them.
pub const FOREIGN_BEGINNINGS: [&str; 2] = ["utm_", "mtm_"];

/// Whether a parameter of this name is foreign. Letter case counts.
#[must_use]
pub fn is_foreign(name: &str) -> bool {
    FOREIGN_NAMES.contains(&name) || FOREIGN_BEGINNINGS.iter().any(|beginning| name.starts_with(beginning))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reserved::RESERVED_NAMES;

    #[test]
    fn what_trackers_append_is_foreign_and_what_choro_reads_is_not() {
        for name in ["_", "v", "fbclid", "utm_source", "utm_", "mtm_campaign", "childId"] {
            assert!(is_foreign(name), "{name}");
        }
        for name in ["", "ref", "utm", "FBCLID", "vv", "sex", "childid"].into_iter().chain(RESERVED_NAMES) {
            assert!(!is_foreign(name), "{name}");
        }
    }
}
