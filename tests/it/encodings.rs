//! Mapbox Vector Tiles and MapLibre Tiles of real boundaries, each read by a decoder of its own.

use crate::{
    features::{of_mlt, of_mvt},
    harness::{Server, real_data},
    real,
};

const DEEPEST: u32 = 5;

/// Compares all tiles of a grid; how many features they have.
fn compare(server: &Server, grid: &str, query: &str) -> usize {
    let mut count = 0;
    let mut tiles = vec![(0, 0, 0)];
    while let Some((z, x, y)) = tiles.pop() {
        let [mvt, mlt] =
            ["mvt", "mlt"].map(|encoding| server.get(&format!("/tiles/ru-subjects/{grid}/{z}/{x}/{y}.{encoding}?{query}")));
        assert_eq!(mvt.status, mlt.status, "{grid} {z}/{x}/{y}");
        if mvt.status == 204 {
            continue;
        }
        for layer in ["areas", "labels"] {
            let expected = of_mvt(&mvt.body, layer);
            assert!(of_mlt(&mlt.body, layer) == expected, "{grid} {z}/{x}/{y} {query} {layer}");
            count += expected.len();
        }
        if z < DEEPEST {
            tiles.extend([(0, 0), (0, 1), (1, 0), (1, 1)].map(|(right, down)| (z + 1, 2 * x + right, 2 * y + down)));
        }
    }
    count
}

#[test]
fn every_tile_of_real_boundaries_says_the_same_in_both_encodings() {
    let Some(data) = real_data() else { return };
    let workspace = real::subjects_with(&data, &format!("max_zoom = {DEEPEST}\nmlt = true\n"));
    let server = workspace.serve();
    for grid in ["WebMercatorQuad", "RussiaAlbersQuad"] {
        // With gaps, with others, without values.
        for query in ["indicator=net_migration_rate&period=2017", "indicator=net_migration_rate&period=2012", ""] {
            let features = compare(&server, grid, query);
            assert!(features > 500, "{grid} {query}: {features}");
        }
    }
}
