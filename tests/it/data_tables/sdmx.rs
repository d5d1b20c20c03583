//! SDMX-CSV through the program without a mapping.

use crate::harness::Workspace;

const FILE: &str = "\
STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MEASURE
dataflow,XX:DF(1.0.0),I,A,01,ARRIVAL_RATE,2023,12.5,P,PS_PER_1K
dataflow,XX:DF(1.0.0),I,A,02,ARRIVAL_RATE,2023,NaN,Q,PS_PER_1K
";

#[test]
fn sdmx_csv_goes_to_the_map_without_a_mapping() {
    let workspace = Workspace::invented();
    workspace.write("sdmx.csv", FILE);
    // The file before it had four areas.
    let report = workspace.ok(&["import", "observations", "sdmx.csv", "--set", "areas", "--accept", "fewer-areas"]);
    assert!(report.contains("without a mapping") && report.contains("stored: 2 new"), "{report}");
    workspace.ok(&["publish"]);
    let server = workspace.serve();
    let text = server.get("/values/areas.csv?indicator=arrival_rate&period=2023").text();
    let row = |code: &str| text.lines().find(|line| line.starts_with(code)).unwrap_or_default().to_owned();
    assert!(row("01").contains("12.5"), "{text}");
    assert!(row("02").contains("secrecy"), "{text}");
}

#[test]
fn sdmx_csv_with_a_part_for_the_whole_or_a_deletion_is_not_stored() {
    let workspace = Workspace::invented();
    let part = FILE.replace("INDICATOR,", "AGE,INDICATOR,").replace(",01,", ",01,Y15T64,").replace(",02,", ",02,_T,");
    for (text, code) in [(part, "dimension.not_of_indicator"), (FILE.replacen(",I,", ",D,", 1), "action.not_taken")] {
        workspace.write("sdmx.csv", text);
        // The file before it had four areas.
        let import = ["import", "observations", "sdmx.csv", "--set", "areas", "--accept", "fewer-areas"];
        let said = workspace.fails(&import, 3);
        assert!(said.contains(code) && said.contains("row 2") && said.contains("nothing was stored"), "{said}");
    }
}
