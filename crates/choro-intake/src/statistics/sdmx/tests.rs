use super::*;
use crate::statistics::{
    Intake,
    tests::{csv, indicators, real},
};
use proptest::prelude::*;

/// Label, selection, cell and flag of everything taken, then row and reason of everything rejected.
fn taken(text: &str) -> (Intake, Vec<String>) {
    let table = csv(text);
    assert!(is_sdmx(&table), "{text}");
    let intake = read(&table, &indicators()).unwrap();
    let all = described(&intake);
    (intake, all)
}

fn described(intake: &Intake) -> Vec<String> {
    let cells = intake.cells.all().into_iter().map(|c| {
        let selection = &intake.selections[c.selection as usize];
        let codes: String = selection.codes.iter().map(|code| format!(" {code}")).collect();
        let value = c.cell.number().map_or_else(|| format!("{:?}", c.cell), |number| number.to_string());
        let flag = c.status.map(|flag| format!(" {}", flag.as_str())).unwrap_or_default();
        let label = &intake.labels[c.label as usize].key;
        format!("{label} {} {}{codes}: {value}{flag}", selection.indicator, selection.period)
    });
    let rejects = intake.rejects.list.iter().map(|r| format!("{} {} {:?}", r.row, r.code, r.got));
    cells.chain(rejects).collect()
}

#[test]
fn version_1_needs_no_mapping_and_takes_its_indicator_from_the_dataflow() {
    let (intake, all) = taken(
        "DATAFLOW,FREQ,REF_AREA,SEX,TIME_PERIOD,OBS_VALUE,OBS_STATUS\n\
         XX:ARRIVALS_BY_SEX(1.0),A,N,F,2014,5,A\nXX:ARRIVALS_BY_SEX(1.0),A,N,_T,2014-Q1,7.5,P\n\
         XX:ARRIVALS_BY_SEX(1.0),A,S,M,2014-M07,,Q\nXX:ARRIVALS_BY_SEX(1.0),A,S,M,2014-A1,NaN,\nXX:OTHER(1.0),A,S,M,2014,1,A\n",
    );
    assert_eq!(
        all,
        [
            "N arrivals_by_sex 2014 F: 5",
            "N arrivals_by_sex 2014-Q1 _T: 7.5 P",
            "S arrivals_by_sex 2014-07 M: State(Secrecy)",
            "S arrivals_by_sex 2014 M: State(Missing)",
            "6 indicator.unknown \"XX:OTHER(1.0)\"",
        ]
    );
    assert!(intake.notes[0].contains("without a mapping"), "{:?}", intake.notes);
}

#[test]
fn version_2_says_by_its_actions_what_is_added_and_deletes_nothing() {
    let (_, all) = taken(
        "STRUCTURE,STRUCTURE_ID,ACTION,INDICATOR,REF_AREA,TIME_PERIOD,OBS_VALUE\n\
         dataflow,XX:F(1.0.0),I,POPULATION,N,2014,1\ndataflow,XX:F(1.0.0),R,POPULATION,N,2015,2\n\
         dataflow,XX:F(1.0.0),M,POPULATION,N,2016,NaN\ndataflow,XX:F(1.0.0),M,POPULATION,N,2017,\n\
         dataflow,XX:F(1.0.0),D,POPULATION,N,2018,-\n",
    );
    assert_eq!(
        all,
        [
            "N population 2014: 1",
            "N population 2015: 2",
            "N population 2016: State(Missing)",
            "5 action.merges_nothing \"\"",
            "6 action.not_taken \"D\"",
        ]
    );
}

#[test]
fn a_part_never_passes_for_the_whole() {
    let head = "DATAFLOW,REF_AREA,AGE,TIME_PERIOD,OBS_VALUE,NOTE\n";
    let (_, all) = taken(&format!("{head}XX:POPULATION(1.0),N,_T,2014,9,x\nXX:POPULATION(1.0),N,Y15,2014,1,\n"));
    assert_eq!(all, ["N population 2014: 9", "3 dimension.not_of_indicator \"Y15\""]);
}

#[test]
fn semicolons_and_decimal_commas_labels_and_parts_of_cells_are_understood() {
    let (_, all) = taken(
        "\"STRUCTURE[;]\";STRUCTURE_ID;ACTION;REF_AREA: Area;SEX: Sex;TIME_PERIOD: Time;OBS_VALUE: Value;\"NOTE[en;ru]: Note\"\n\
         dataflow;XX:ARRIVALS_BY_SEX(1.0.0): Arrivals;I;N: North: the land;F: Women;2014;1,5;\"en:a;ru:b\"\n",
    );
    assert_eq!(all, ["N arrivals_by_sex 2014 F: 1.5"]);
    let (_, all) = taken("\u{feff}DATAFLOW,REF_AREA,TIME_PERIOD,OBS_VALUE\r\n\"XX:POPULATION(1.0)\",N,2014,\"1,5\"\r\n");
    assert_eq!(all, ["2 value.ambiguous_sign \"1,5\""]);
}

#[test]
fn units_must_agree_multipliers_count_and_confidential_numbers_are_not_kept() {
    let (intake, all) = taken(
        "DATAFLOW,REF_AREA,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,UNIT_MULT,CONF_STATUS\n\
         XX:POPULATION(1.0),N,2014,1.1,U,3,F\nXX:POPULATION(1.0),N,2015,1,PC,0,F\nXX:POPULATION(1.0),N,2016,1,,x,\n\
         XX:POPULATION(1.0),N,2017,4,,,C\n",
    );
    assert_eq!(
        all,
        ["N population 2014: 1100", "N population 2017: State(Secrecy)", "3 unit.differs \"PC\"", "4 power.not_valid \"x\"",]
    );
    assert!(intake.notes.iter().any(|note| note.starts_with("1 numbers are confidential")), "{:?}", intake.notes);
}

#[test]
fn the_dialect_of_eurostat_is_read_with_its_flags_and_told_what_is_lost() {
    let (intake, all) = taken(
        "DATAFLOW,LAST UPDATE,freq,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS\n\
         XX:POPULATION(1.0),01/02/24 11:00:00,A,U,N,2014,1,bp,\nXX:POPULATION(1.0),,A,U,N,2015,2,d,\n\
         XX:POPULATION(1.0),,A,U,N,2016,:,c,\nXX:POPULATION(1.0),,A,U,N,2017,2,q,\n",
    );
    assert_eq!(
        all,
        ["N population 2014: 1 P", "N population 2015: 2", "N population 2016: State(Secrecy)", "5 status.unknown \"q\""]
    );
    let notes = intake.notes.join("\n");
    assert!(
        notes.contains("status \"bp\" of 1 rows is kept as P") && notes.contains("\"d\" of 1 rows is not kept"),
        "{notes}"
    );
}

#[test]
fn what_is_no_sdmx_is_no_sdmx_and_what_lacks_a_column_says_which() {
    for text in ["area,2014\nN,1\n", "STRUCTURE,area\nx,1\n", "DATAFLOW\nx\n"] {
        assert!(!is_sdmx(&csv(text)), "{text}");
    }
    for (head, expected) in [
        ("DATAFLOW,AREA,TIME_PERIOD,OBS_VALUE", "no column REF_AREA or GEO"),
        ("DATAFLOW,REF_AREA,OBS_VALUE,X", "no column TIME_PERIOD"),
        ("STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,ACTION,REF_AREA", "labels=id"),
    ] {
        let message = read(&csv(&format!("{head}\na,b,c,d,e\n")), &indicators()).unwrap_err().to_string();
        assert!(message.starts_with("t.csv") && message.contains(expected), "{message}");
    }
}

#[test]
fn files_of_both_versions_give_the_same() {
    let mut indicators = indicators();
    for (indicator, (id, unit)) in
        indicators.iter_mut().zip([("cnmr", "PS_PER_10K"), ("x", "PS"), ("x2", "PS"), ("x3", "PS"), ("arr", "PS")])
    {
        indicator.id = choro_model::IndicatorId::new(id).unwrap();
        indicator.unit.id = unit.to_owned();
    }
    for version in ["1.0", "2.0"] {
        let Some(path) = real(&format!("sdmx_fixtures/data_csv_{version}.csv")) else { return };
        let table = crate::statistics::file::read(&path, &crate::statistics::TableOptions::default()).unwrap();
        let all = described(&read(&table, &indicators).unwrap());
        assert_eq!(
            all,
            [
                "RU_OKATO_45 arr 2022 _T: 150000",
                "RU_OKATO_45 arr 2023 _T: 161000 P",
                "RU_OKATO_40 cnmr 2023: -12.3",
                "RU_OKATO_40 arr 2023 F: State(Secrecy)",
            ],
            "{version}"
        );
    }
}

proptest! {
    #[test]
    fn no_file_makes_the_reader_panic_and_every_row_is_taken_or_rejected(
        heads in prop::collection::vec(prop::sample::select(vec![
            "REF_AREA", "geo", "SEX", "sex: Sex", "TIME_PERIOD", "OBS_VALUE", "OBS_FLAG", "ACTION", "UNIT_MULT", "X[;]", "",
        ]), 1..9),
        rows in prop::collection::vec(prop::collection::vec("[A-Z0-9a-z_: .;-]{0,9}", 0..10), 0..8),
    ) {
        let line = |cells: &[String]| cells.iter().map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(",");
        let head = format!("DATAFLOW,{}\n", line(&heads.iter().map(|head| (*head).to_owned()).collect::<Vec<_>>()));
        let body: String = rows.iter().map(|row| format!("XX:POPULATION(1.0),{}\n", line(row))).collect();
        if let Ok(intake) = read(&csv(&format!("{head}{body}")), &indicators()) {
            let seen = intake.cells.len() + intake.rejects.total() + intake.blank_rows;
            prop_assert!(seen >= rows.len() as u64, "{seen} of {}", rows.len());
        }
    }
}
