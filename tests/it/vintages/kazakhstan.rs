//! Real borders: Kazakhstan before 2018 (17 features, kaz.topo.json) and since 2022 (20, kazakhstan_regions_2022.geojson), and
//! the figures of internal migration in 2022 (kazakhstan_internal_migration_2022.csv).

use super::*;
use crate::harness::real_data;
use std::collections::BTreeSet;

/// The table's regions: its own spelling, and the code of the geometry.
const REGIONS: [(&str, &str); 20] = [
    ("Abay", "KZ10"),
    ("Aqmola", "KZ11"),
    ("Aqtobe", "KZ15"),
    ("Almaty region", "KZ19"),
    ("Atyrau", "KZ23"),
    ("West Kazakhstan", "KZ27"),
    ("Jambyl", "KZ31"),
    ("Jetisu", "KZ33"),
    ("Qaraganda", "KZ35"),
    ("Qostanay", "KZ39"),
    ("Qyzylorda", "KZ43"),
    ("Mangystau", "KZ47"),
    ("Pavlodar", "KZ55"),
    ("North Kazakhstan", "KZ59"),
    ("Turkistan", "KZ61"),
    ("Ulutay", "KZ62"),
    ("East Kazakhstan", "KZ63"),
    ("Astana city", "KZ71"),
    ("Almaty city", "KZ75"),
    ("Shymkent city", "KZ79"),
];

/// Old code and new: every new region lies in one old one, so that nothing is divided on the way back. Baikonur, which the
/// file gives no code (-99), is leased and counted nowhere.
const LINKS: &str = "from,to KZ.EK,KZ10 KZ.AM,KZ11 KZ.AT,KZ15 KZ.AA,KZ19 KZ.AR,KZ23 KZ.WK,KZ27 KZ.ZM,KZ31 KZ.AA,KZ33 KZ.QG,KZ35 \
                     KZ.QS,KZ39 KZ.QO,KZ43 KZ.MG,KZ47 KZ.PA,KZ55 KZ.NK,KZ59 KZ.SK,KZ61 KZ.QG,KZ62 KZ.EK,KZ63 KZ.AS,KZ71 \
                     KZ.AC,KZ75 KZ.SK,KZ79 KZ.BK,";

/// Net migration of 2022 on the borders before 2018. The figures of the file are in its column `net`, rows Abay -6403 and East
/// Kazakhstan -1935, Almaty region 898 and Jetisu -8872, Qaraganda -3075 and Ulutay -1907, Turkistan -18066 and Shymkent 2756.
const BEFORE: [(&str, &str); 6] =
    [("KZ.EK", "-8338"), ("KZ.AA", "-7974"), ("KZ.QG", "-4982"), ("KZ.SK", "-15310"), ("KZ.AC", "35302"), ("KZ.BK", "-")];

fn import(workspace: &Workspace, data: &std::path::Path) {
    let old: BTreeSet<&str> = LINKS.split_whitespace().skip(1).filter_map(|link| Some(link.split_once(',')?.0)).collect();
    let id = |code: &&str| if *code == "KZ.BK" { "-99".to_owned() } else { (*code).to_owned() };
    workspace.write("old.csv", old.iter().fold("id,code\n".to_owned(), |rows, code| rows + &id(code) + "," + code + "\n"));
    let coded = ["--crosswalk", "old.csv:id=code"];
    for (file, vintage, how) in [("kaz.topo.json", "2017", &coded[..]), ("kazakhstan_regions_2022.geojson", "2022", &[])] {
        let path = data.join("eaeu").join(file).display().to_string();
        let set = ["--set", "areas", "--vintage", vintage, "--code", "id"];
        workspace.ok(&[&["import", "boundaries", &path, "--skip-rejects"], &set[..], how].concat());
    }
    let rows = REGIONS.iter().fold("name,code\n".to_owned(), |rows, (name, code)| rows + name + "," + code + "\n");
    workspace.write("regions.csv", rows);
    workspace.write(
        "net.toml",
        "area = { column = \"region\" }\nindicator = { value = \"people\" }\nperiod = { value = \"2022\" }\n\
         value = { columns = [\"net\"] }\n",
    );
    let table = data.join("eaeu/kazakhstan_internal_migration_2022.csv").display().to_string();
    let how = ["--set", "areas", "--vintage", "2022", "--mapping", "net.toml", "--crosswalk", "regions.csv:name=code"];
    workspace.ok(&[&["import", "observations", &table], &how[..]].concat());
}

#[test]
fn internal_migration_of_2022_stands_on_the_borders_before_2018_and_still_adds_up_to_nothing() {
    let Some(data) = real_data() else { return };
    let workspace = workspace(&[]);
    import(&workspace, &data);
    let report = correspondence(&workspace, ("2017", "2022"), LINKS);
    assert!(
        report.contains("split: 8 links") && report.contains("rename: 12 links") && report.contains("successor: KZ.BK"),
        "{report}"
    );
    workspace.ok(&["publish"]);
    let server = workspace.serve();
    let before = cells(&server, "areas", ("people", "2022"), "2017");
    assert_eq!(before.len(), 17);
    for (code, figure) in BEFORE {
        assert_eq!(before.get(code).map(String::as_str), Some(figure), "{code}: {before:?}");
    }
    for on in [before, cells(&server, "areas", ("people", "2022"), "2022")] {
        let total: f64 = on.values().filter_map(|cell| cell.parse::<f64>().ok()).sum();
        assert_eq!(total, 0.0, "whoever leaves one region arrives in another: {on:?}");
    }
    let catalog = server.json("/catalog.json");
    let vintages = catalog["boundary_sets"][0]["vintages"].as_array().unwrap();
    assert_eq!(vintages.iter().map(|v| v["areas"].as_u64().unwrap()).collect::<Vec<_>>(), [17, 20], "side by side");
    let gap = &entry(&server, "areas", "people", "2017")["restated"][0]["gaps"][0];
    assert_eq!(gap["areas"], serde_json::json!(["KZ.BK"]), "{gap}");
}
