//! Made-up areas as GeoJSON.

/// Squares of `side` degrees, side by side from 0 east and 0 north: `A00000` and so on, row by row.
pub fn geojson(columns: usize, rows: usize, side: f64) -> String {
    let square = |index: usize| {
        let (west, south) = ((index % columns) as f64 * side, (index / columns) as f64 * side);
        let (east, north) = (west + side, south + side);
        let ring = format!("[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]]");
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"code\":\"A{index:05}\"}},\"geometry\":{{\"type\":\"Polygon\",\
             \"coordinates\":[{ring}]}}}}"
        )
    };
    let squares: Vec<String> = (0..columns * rows).map(square).collect();
    format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", squares.join(","))
}
