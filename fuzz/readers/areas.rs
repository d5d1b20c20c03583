//! What must hold of every import of boundaries.

use choro_intake::boundary::{CodeFrom, Import, Options};
use choro_model::{SetId, VintageId};
use std::collections::HashSet;

/// Small limits, so that an input that takes long is a finding and not a large file.
pub fn options() -> Options {
    let (set, vintage) = (SetId::new("s").expect("an id"), VintageId::new("v").expect("an id"));
    let mut options = Options::new(set, vintage, CodeFrom(vec!["code".to_owned()]));
    options.limits.file_bytes = 4 << 20;
    options.limits.coordinates = 20_000;
    options.limits.overlap_coordinates = 2_000;
    options
}

/// Codes stand once each; rings are closed and finite.
pub fn check(import: &Import) {
    let mut codes = HashSet::new();
    for area in &import.set.areas {
        assert!(codes.insert(area.code.as_str()), "the code {} stands twice", area.code);
        for polygon in area.geometry.iter().flatten() {
            for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
                assert!(ring.0.len() >= 4 && ring.is_closed(), "{}: a ring of {} points", area.code, ring.0.len());
                assert!(ring.coords().all(|c| c.x.is_finite() && c.y.is_finite()), "{}: not finite", area.code);
            }
        }
    }
}
