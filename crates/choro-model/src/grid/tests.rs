use super::*;

const WEB_MERCATOR: &str =
    "+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +no_defs";
const W: f64 = 20_037_508.342_789_244;
const ALBERS: &str = "+proj=aea +lat_1=52 +lat_2=64 +lat_0=0 +lon_0=105 +datum=WGS84 +units=m";

fn grid(id: &str, crs: &str, corner: [f64; 2], side: f64) -> Grid {
    Grid::new(GridId::new(id).unwrap(), crs, corner, side).unwrap()
}

fn near(a: [f64; 2], b: [f64; 2], tolerance: f64) {
    assert!((a[0] - b[0]).abs() < tolerance && (a[1] - b[1]).abs() < tolerance, "{a:?} is not {b:?}");
}

#[test]
fn web_mercator_is_recognised_and_continues_past_180_degrees() {
    let g = grid("WebMercatorQuad", WEB_MERCATOR, [-W, W], 2.0 * W);
    assert!(g.is_web_mercator() && g.wraps() && g.seam().is_none());
    near(g.project(0.0, 0.0).unwrap(), [0.5, 0.5], 1e-12);
    near(g.project(-180.0, 85.051_128_779_806_59).unwrap(), [0.0, 0.0], 1e-9);
    near(g.project(191.0, 66.0).unwrap(), [1.0 + 11.0 / 360.0, g.project(-169.0, 66.0).unwrap()[1]], 1e-12);
}

#[test]
fn russia_albers_agrees_with_proj_and_carries_chukotka_across_180_degrees() {
    let g = grid("RussiaAlbersQuad", ALBERS, [-5_800_000.0, 11_950_000.0], 10_485_760.0);
    assert!(!g.is_web_mercator() && !g.wraps() && g.seam() == Some(285.0));
    // The pole lies at y = 8,762,712 on the central meridian (PROJ, tried in QGIS).
    let pole = g.project(105.0, 90.0).unwrap();
    assert!((g.corner()[1] - pole[1] * g.side() - 8_762_712.0).abs() < 1.0);
    near(g.project(-170.0, 66.0).unwrap(), g.project(190.0, 66.0).unwrap(), 1e-12);
}

#[test]
fn only_projections_that_are_torn_have_a_seam() {
    for (crs, seam) in [
        (ALBERS, Some(285.0)),
        ("+proj=lcc +lat_1=49 +lat_2=44 +lat_0=46.5 +lon_0=3 +ellps=GRS80 +units=m", Some(183.0)),
        ("+proj=moll +lon_0=10 +datum=WGS84 +units=m", Some(190.0)),
        ("+proj=laea +lat_0=90 +lon_0=0 +datum=WGS84 +units=m", None),
        ("+proj=laea +lat_0=90 +lon_0=105 +datum=WGS84 +units=m", None),
        ("+proj=laea +lat_0=-90 +lon_0=0 +datum=WGS84 +units=m", None),
        ("+proj=laea +lat_0=52 +lon_0=10 +x_0=4321000 +y_0=3210000 +ellps=GRS80 +units=m", None),
        ("+proj=stere +lat_0=90 +lat_ts=71 +lon_0=0 +datum=WGS84 +units=m", None),
        ("+proj=merc +lon_0=100 +datum=WGS84 +units=m", None),
    ] {
        assert_eq!(grid("g", crs, [0.0, 0.0], 1.0).seam(), seam, "{crs}");
    }
}

#[test]
fn every_grid_inverts_itself() {
    for g in [
        grid("m", WEB_MERCATOR, [-W, W], 2.0 * W),
        grid("a", ALBERS, [-5_800_000.0, 11_950_000.0], 10_485_760.0),
        grid("l", "+proj=laea +lat_0=90 +lon_0=90 +datum=WGS84 +units=m", [-5_242_880.0, 2_042_880.0], 10_485_760.0),
    ] {
        for (lon, lat) in [(37.6, 55.7), (131.9, 43.1), (170.0, 68.0), (20.0, 54.0)] {
            let p = g.project(lon, lat).unwrap();
            near(g.unproject(p[0], p[1]).unwrap(), [lon, lat], 1e-8);
        }
    }
}

#[test]
fn settings_that_make_no_grid_say_why() {
    let id = || GridId::new("g").unwrap();
    for crs in ["", "nonsense", "+proj=nosuch", "+proj=longlat +datum=WGS84"] {
        let e = Grid::new(id(), crs, [0.0, 0.0], 1.0).expect_err(crs);
        assert!(e.to_string().contains("PROJ string"), "{e}");
    }
    for side in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(Grid::new(id(), ALBERS, [0.0, 0.0], side).is_err());
    }
}
