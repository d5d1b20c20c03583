//! GeoJSON and TopoJSON: whatever comes in, an area that comes out has a finite, closed geometry and a code of its own.

use choro::{
    boundary::{self, CodeFrom, Options},
    model::{SetId, VintageId},
};
use std::{collections::HashSet, io::Write as _};

/// Reads made-up input.
pub fn read(data: &[u8]) {
    // Anything that is no JSON goes to GDAL in a program of its own.
    if data.iter().find(|byte| !byte.is_ascii_whitespace()) != Some(&b'{') {
        return;
    }
    let mut file = tempfile::Builder::new().suffix(".json").tempfile().expect("a temporary file");
    file.write_all(data).expect("written");
    let (set, vintage) = (SetId::new("s").expect("an id"), VintageId::new("v").expect("an id"));
    let mut options = Options::new(set, vintage, CodeFrom(vec!["code".to_owned()]));
    // Small, so that an input that takes long is a finding and not a large file.
    options.limits.coordinates = 20_000;
    options.limits.overlap_coordinates = 2_000;
    let Ok(import) = boundary::import(file.path(), &options) else { return };
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
