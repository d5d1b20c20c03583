//! The parameters of a map's address: page, frame and picture have the same ones. Besides them stand the dimensions of the
//! indicator. `web/src/state/grammar.ts` is made of this file.

/// The version of these parameters, which links carry as `v`. Whoever is asked ignores it, since caches are got past by that name too.
pub(crate) const VERSION: &str = "1";

/// Parameters that say what is drawn.
pub(crate) const DRAWN: [&str; 16] = [
    "set",
    "grid",
    "indicator",
    "period",
    "borders",
    "from",
    "method",
    "classes",
    "breaks",
    "scope",
    "palette",
    "kind",
    "area",
    "fit",
    "at",
    "lang",
];

/// Parameters that say how a page is used, not what is drawn.
pub(crate) const OWN: [&str; 5] = ["show", "size", "release", "controls", "mode"];

/// What the viewer shows in place of the map, by the name in `show`; the first is the usual one.
#[cfg(test)]
pub(crate) const SHOWS: [&str; 4] = ["map", "grid", "table", "multiples"];
