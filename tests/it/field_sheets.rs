//! Workbooks and text files as clerks have them: what a clerk sees is stored, or the import says why not.

use crate::harness::{Workspace, block_on};
use choro_store::Store;
use std::{fs, path::Path};

const NORTH: &[[&str; 2]] =
    &[["N1", "Northland"], ["N2", "Isles"], ["N3", "Eastmark"], ["N4", "Westmark"], ["N5", "Southmoor"]];
const CLERK: &[[&str; 2]] = &[["N2", "Isles"], ["N3", "East"], ["01003", "Town"], ["N4", "West"]];
const DISTRICTS: &[[&str; 2]] = &[["01002", "Kiel"], ["01003", "Lübeck"], ["09162", "München"]];

/// Columns B and C under their years.
const WIDE: &str = "area = { column = 1 }\nindicator = { value = 'arrivals' }\nperiod = { header_row = 1 }\nvalue = { columns = ['B:C'] }\n";
/// Column B under its year.
const ONE: &str =
    "area = { column = 1 }\nindicator = { value = 'arrivals' }\nperiod = { header_row = 1 }\nvalue = { columns = ['B'] }\n";
/// Area, period, value.
const LONG: &str =
    "area = { column = 1 }\nindicator = { value = 'arrivals' }\nperiod = { column = 2 }\nvalue = { column = 3 }\n";

/// A workspace with three indicators. Each file has a boundary set of its own.
struct Field {
    workspace: Workspace,
    sets: u32,
}

impl Field {
    fn new() -> Self {
        let indicator = |id: &str, kind: &str, unit: &str| {
            format!(
                "[[indicator]]\nid = '{id}'\nname = {{ en = '{id}' }}\nunit = {{ id = '{unit}', name = {{ en = '{unit}' }} }}\n\
                 kind = '{kind}'\ndecimals = 1\npersons = false\nsource = 'Test'\nlicence = 'CC0-1.0'\n"
            )
        };
        let indicators =
            [("arrivals", "count", "PS"), ("share", "share", "PC")].map(|(id, kind, unit)| indicator(id, kind, unit));
        Self { workspace: Workspace::new(&indicators.concat()), sets: 0 }
    }

    /// Imports a file of the fixtures by a mapping to these areas. Whether it was stored, what was said, and what is stored then.
    fn import(&mut self, file: &str, mapping: &str, areas: &[[&str; 2]], more: &[&str]) -> (bool, String, Vec<String>) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/field/sheets");
        self.import_bytes(file, &fs::read(folder.join(file)).unwrap(), mapping, areas, more)
    }

    fn import_bytes(
        &mut self,
        file: &str,
        bytes: &[u8],
        mapping: &str,
        areas: &[[&str; 2]],
        more: &[&str],
    ) -> (bool, String, Vec<String>) {
        self.sets += 1;
        let set = format!("set{}", self.sets);
        self.workspace.write(file, bytes);
        self.workspace.write("mapping.toml", mapping);
        self.workspace.write("areas.geojson", squares(areas));
        let boundaries = [
            "import",
            "boundaries",
            "areas.geojson",
            "--set",
            &set,
            "--vintage",
            "1",
            "--code",
            "code",
            "--name",
            "en=name",
        ];
        self.workspace.ok(&boundaries);
        let import = ["import", "observations", file, "--set", &set, "--mapping", "mapping.toml"];
        let output = self.workspace.run(&[&import[..], more].concat());
        let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        (output.status.success(), said, self.stored(&set))
    }

    /// `2014 N1 410` for each observation of a set.
    fn stored(&self, set: &str) -> Vec<String> {
        block_on(async {
            let store = Store::open(&self.workspace.place(), false).await.unwrap();
            let set = set.parse().unwrap();
            let mut all = Vec::new();
            for series in store.columns(&set).await.unwrap() {
                for observation in store.observations(&set, &series.indicator, series.period).await.unwrap() {
                    let value = observation.cell.number().map_or_else(|| "no value".to_owned(), |number| number.to_string());
                    all.push(format!("{} {} {value}", observation.period, observation.area));
                }
            }
            store.close().await;
            all.sort();
            all
        })
    }
}

/// Areas with codes and names, side by side.
fn squares(areas: &[[&str; 2]]) -> String {
    let square = |(index, [code, name]): (usize, &[&str; 2])| {
        let (west, east) = (index, index + 1);
        let ring = format!("[[{west},40],[{east},40],[{east},41],[{west},41],[{west},40]]");
        format!(
            r#"{{"type":"Feature","properties":{{"code":"{code}","name":"{name}"}},"geometry":{{"type":"Polygon","coordinates":[{ring}]}}}}"#
        )
    };
    let squares: Vec<String> = areas.iter().enumerate().map(square).collect();
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, squares.join(","))
}

/// A file and its mapping; areas; further arguments; what is stored; what is said.
type Taken = (
    &'static str,
    String,
    &'static [[&'static str; 2]],
    &'static [&'static str],
    &'static [&'static str],
    &'static [&'static str],
);

#[test]
fn what_a_clerk_sees_is_stored_and_told() {
    let mut field = Field::new();
    let walk = |file: &str| {
        ONE.replace(
            "area = { column = 1 }",
            &format!("area = {{ column = 1, crosswalk = {{ file = '{file}', from = 'label', to = 'code' }} }}"),
        )
    };
    for name in ["c20_crosswalk_cp1252.csv", "c20_corr_excel_de.csv"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/field/sheets");
        field.workspace.write(name, fs::read(folder.join(name)).unwrap());
    }
    let districts: &[&str] = &["2014 01002 246306", "2014 01003 216253", "2014 09162 1450381"];
    let bom: &[&str] = &["2014 N1 410", "2014 N2 95", "2014 N3 234"];
    let cases: Vec<Taken> = vec![
        (
            "c01_superscript.xlsx",
            format!("last_row = 5\n{WIDE}"),
            NORTH,
            &[],
            &[
                "2014 N1 410",
                "2014 N2 95",
                "2014 N3 234",
                "2014 N4 77",
                "2015 N1 420",
                "2015 N2 118",
                "2015 N3 241",
                "2015 N4 80",
            ],
            &["superscript stands for footnotes", "B4 \"1\", C5 \"1,2\""],
        ),
        (
            "c02_percent.xlsx",
            WIDE.replace("arrivals", "share"),
            NORTH,
            &[],
            &[
                "2014 N1 12.5",
                "2014 N2 4.2",
                "2014 N3 30",
                "2014 N4 7.7",
                "2015 N1 13.1",
                "2015 N2 4",
                "2015 N3 30.5",
                "2015 N4 8",
            ],
            &["8 numbers are shown as percentages by their format, and are taken as shown: B2 12.5 for 0.125"],
        ),
        (
            "c06_hidden_sheet.xlsx",
            WIDE.to_owned(),
            NORTH,
            &[],
            &[
                "2014 N1 10",
                "2014 N2 20",
                "2014 N3 30",
                "2014 N4 40",
                "2015 N1 11",
                "2015 N2 22",
                "2015 N3 33",
                "2015 N4 44",
            ],
            &["sheet \"Table\" (the first that is shown of 2, not declared); it has also \"old\" (hidden)"],
        ),
        (
            "c06_hidden_sheet.xlsx",
            format!("sheet = 'old'\n{ONE}"),
            NORTH,
            &[],
            &["2014 N1 110", "2014 N2 120", "2014 N3 130", "2014 N4 140"],
            &["sheet \"old\" is hidden"],
        ),
        (
            "c10b_year_dates.xlsx",
            ONE.to_owned(),
            NORTH,
            &[],
            &["2013 N1 10", "2013 N2 20", "2013 N3 30", "2013 N4 40"],
            &["3 dates are shown as years by their format, and are taken as years: B1 2013 for 2013-01-01"],
        ),
        (
            "c24_date1904.xlsx",
            LONG.to_owned(),
            NORTH,
            &[],
            &["2015-07-01 N1 5", "2015-07-01 N2 10", "2015-07-01 N3 15", "2015-07-01 N4 20"],
            &[],
        ),
        (
            "c24_strict.xlsx",
            LONG.to_owned(),
            NORTH,
            &[],
            &["2015-07-01 N1 410", "2015-07-01 N2 95", "2015-07-01 N3 234"],
            &[],
        ),
        ("c23_html.xls", ONE.to_owned(), NORTH, &[], &["2014 N1 410"], &["sheet \"table 1\""]),
        ("c23_html_utf16.xls", ONE.to_owned(), NORTH, &[], &["2014 N1 410"], &["encoding UTF-16LE"]),
        (
            "c29_utf16.tsv",
            WIDE.to_owned(),
            NORTH,
            &[],
            &["2014 N1 410", "2014 N2 95", "2014 N3 234", "2015 N1 420", "2015 N2 118", "2015 N3 241"],
            &["encoding UTF-16LE"],
        ),
        ("c29c_bom_middle2.csv", LONG.to_owned(), NORTH, &[], bom, &["a byte order mark stands in line 4"]),
        (
            "c29b_bom_middle.csv",
            LONG.to_owned(),
            NORTH,
            &["--skip-rejects"],
            &["2014 N1 410", "2014 N2 95", "2015 N1 420", "2015 N2 118"],
            &["a byte order mark stands in line 4", "row 4, column B \"year\""],
        ),
        (
            "c42_trailing_delim.csv",
            format!("decimal = ','\n{WIDE}"),
            NORTH,
            &[],
            &["2014 N1 1234.5", "2014 N2 95", "2015 N1 2", "2015 N2 3"],
            &[],
        ),
        (
            "c43_crlf_quoted.csv",
            WIDE.to_owned(),
            NORTH,
            &[],
            &["2014 N1 410", "2014 N2 95", "2015 N1 420", "2015 N2 118"],
            &[],
        ),
        (
            "c47_sep.csv",
            format!("decimal = ','\n{WIDE}"),
            NORTH,
            &[],
            &["2014 N1 410.5", "2014 N2 95", "2014 N3 234", "2015 N1 420", "2015 N2 118", "2015 N3 241"],
            &["delimiter ';' (named by the first line)"],
        ),
        (
            "c48_cr.csv",
            WIDE.to_owned(),
            NORTH,
            &[],
            &["2014 N1 410", "2014 N2 95", "2014 N3 234", "2015 N1 420", "2015 N2 118", "2015 N3 241"],
            &["delimiter ',' (found"],
        ),
        (
            "c09b_quote.tsv",
            WIDE.to_owned(),
            NORTH,
            &["--skip-rejects"],
            &["2014 N1 410", "2014 N3 234", "2015 N1 420", "2015 N3 241"],
            &["row 3: \"\\\"Isles\\\" (old)\"", "row 5: \"\\\"Westmark\""],
        ),
        (
            "c09_quote.csv",
            format!("quotes = false\n{ONE}"),
            NORTH,
            &["--skip-rejects"],
            &["2014 N1 410", "2014 N3 234", "2014 N4 77"],
            &["row 3: \"\\\"Isles\""],
        ),
        ("c20_table.csv", walk("c20_crosswalk_cp1252.csv"), DISTRICTS, &[], districts, &["3 by the crosswalk"]),
        ("c20_table.csv", walk("c20_corr_excel_de.csv"), DISTRICTS, &[], districts, &["3 by the crosswalk"]),
        (
            "c20_table.csv",
            ONE.to_owned(),
            DISTRICTS,
            &["--crosswalk", "c20_crosswalk_cp1252.csv:label=code"],
            districts,
            &[],
        ),
    ];
    for (file, mapping, areas, more, stored, words) in cases {
        // The figures of these files have decimals, whatever the indicator has.
        let more = [more, &["--accept", "fractions"]].concat();
        let (is_stored, said, observations) = field.import(file, &mapping, areas, &more);
        assert!(is_stored, "{file}: {said}");
        assert_eq!(observations, stored, "{file}: {said}");
        words.iter().for_each(|word| assert!(said.contains(word), "{file}: {word:?} is not said in {said}"));
    }
}

/// The unit tests beside the readers write the same sheet in each of these formats.
#[test]
fn one_sheet_is_taken_alike_from_every_format_once_its_doubts_are_accepted() {
    let mut field = Field::new();
    let mapping = format!("{ONE}power = {{ value = 3 }}\n");
    for ending in ["xlsx", "xlsb", "xls", "ods", "fods", "xml"] {
        let file = format!("clerk.{ending}");
        let (is_stored, said, observations) = field.import(&file, &mapping, CLERK, &[]);
        assert!(!is_stored && observations.is_empty(), "{file}: {said}");
        for words in ["hidden-cells: rows 3 are hidden", "merged-values: cells with a value are merged: B5:B6"] {
            assert!(said.contains(words), "{file}: {words:?} is not said in {said}");
        }
        let (is_stored, said, observations) =
            field.import(&file, &mapping, CLERK, &["--accept", "hidden-cells,merged-values"]);
        assert!(is_stored, "{file}: {said}");
        assert_eq!(observations, ["2013 01003 1234567", "2013 N2 234000", "2013 N3 95000", "2013 N4 12000"], "{file}");
    }
    let (_, said, _) = field.import("clerk.ods", ONE, CLERK, &[]);
    assert!(
        said.contains("scaled-format: 1 numbers are shown in thousands") && said.contains("power = { value = 3 }"),
        "{said}"
    );
}

#[test]
fn what_cannot_be_taken_is_refused_with_its_cause_and_remedy_and_nothing_is_stored() {
    let mut field = Field::new();
    for (file, mapping, words) in [
        (
            "c07_formula_uncached.xlsx",
            ONE.replace("'B'", "'D'"),
            &[
                "sheet \"Table\": D2 and 3 more cells hold formulas without a computed result",
                "open the file in a spreadsheet program and save it there",
            ][..],
        ),
        ("c09_quote.csv", WIDE.to_owned(), &["line 3: a quote opens here and never closes", "quotes = false"]),
        ("c09c_quote_in_note.csv", WIDE.to_owned(), &["line 3: a quote opens here and never closes", "3 more lines"]),
        (
            "c23_tsv.xls",
            WIDE.to_owned(),
            &["is named as an XLS workbook, but its content is plain text; rename it to end in .csv"],
        ),
        (
            "c23_download.csv",
            WIDE.to_owned(),
            &[
                "is a ZIP archive of \"API_SM.POP.NETM_DS2_en_csv_v2_1.csv\", \"Metadata_Country_API_SM.POP.NETM.csv\"; unpack it (unzip)",
            ],
        ),
        ("c23_download.zip", WIDE.to_owned(), &["is a ZIP archive of \"API_SM.POP.NETM_DS2_en_csv_v2_1.csv\""]),
        ("c23_table.ods", WIDE.to_owned(), &["it lists no sheet"]),
        ("c23_table.xlsb", WIDE.to_owned(), &["its part xl/workbook.bin: it ends within a record"]),
        ("c23_xml2003.xls", ONE.to_owned(), &["no row of data is left"]),
        (
            "c06_hidden_sheet.xlsx",
            format!("sheet = 2\n{WIDE}"),
            &["write the name of the sheet: it has \"old\" (hidden), \"Table\""],
        ),
        ("c39_dup_cols.csv", WIDE.to_owned(), &["CONTRADICTIONS", "N2"]),
        ("c41_semicolon_labels.csv", ONE.to_owned(), &["unmatched: 3", "\"Northland; north\""]),
    ] {
        let (is_stored, said, observations) = field.import(file, &mapping, NORTH, &[]);
        assert!(!is_stored && observations.is_empty(), "{file}: {said}");
        words.iter().for_each(|word| assert!(said.contains(word), "{file}: {word:?} is not said in {said}"));
    }
}

#[test]
fn the_remedies_work_as_they_are_typed() {
    let mut field = Field::new();
    let read =
        |file: &str| fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/field/sheets").join(file)).unwrap();
    // Renamed to end in .csv.
    let (is_stored, said, observations) = field.import_bytes("tsv.csv", &read("c23_tsv.xls"), WIDE, NORTH, &[]);
    assert!(is_stored && observations == ["2014 N1 410", "2015 N1 420"], "{said}");
    // Unpacked.
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(read("c23_download.zip"))).unwrap();
    let mut table = Vec::new();
    std::io::Read::read_to_end(&mut archive.by_index(0).unwrap(), &mut table).unwrap();
    let bank = "header_row = 5\nlast_row = 8\narea = { column = 'Country Code' }\nindicator = { value = 'arrivals' }\n\
                period = { header_row = 5 }\nvalue = { columns = ['2013:2015'] }\n";
    let (_, said, _) = field.import_bytes("bank.csv", &table, bank, &[["AFG", "Afghanistan"], ["ALB", "Albania"]], &[]);
    assert!(said.contains("matched: 2 of 3 labels"), "{said}");
    // Named.
    let (is_stored, said, observations) =
        field.import("c06_hidden_sheet.xlsx", &format!("sheet = 'Table'\n{ONE}"), NORTH, &[]);
    assert!(is_stored && observations[0] == "2014 N1 10" && said.contains("hidden sheets are not read: \"old\""), "{said}");
    // Rows between quotes that are meant.
    let text = b"region,2014,2015\n\"Isles,95,118\nEastmark,234,241\nWest\",77,80\nNorthland,1,2\n";
    let (is_stored, said, _) = field.import_bytes("q.csv", text, WIDE, NORTH, &["--skip-rejects"]);
    assert!(!is_stored && said.contains("rows-in-a-quote: lines 2 to 4 are one cell"), "{said}");
    let (is_stored, said, _) =
        field.import_bytes("q.csv", text, WIDE, NORTH, &["--skip-rejects", "--accept", "rows-in-a-quote"]);
    assert!(is_stored, "{said}");
}

#[test]
fn a_sheet_is_chosen_by_its_name_with_a_mapping_and_without() {
    let mut field = Field::new();
    let table =
        |name: &str, figure: u32| format!("<table><caption>{name}<tr><th>area<th>2014<tr><td>N1<td>{figure}</table>");
    let book = table("First", 410) + &table("Second", 520);
    let (is_stored, said, observations) =
        field.import_bytes("book.html", book.as_bytes(), ONE, &NORTH[..1], &["--sheet", "Second"]);
    assert!(is_stored && observations == ["2014 N1 520"], "{said}");
    let (_, said, _) = field.import_bytes("book.html", book.as_bytes(), ONE, &NORTH[..1], &["--sheet", "Secund"]);
    assert!(said.contains("there is no sheet \"Secund\"; did you mean \"Second\"?"), "{said}");
    let (_, said, _) = field.import_bytes("book.csv", b"area,2014\nN1,1\n", ONE, &NORTH[..1], &["--sheet", "Second"]);
    assert!(said.contains("it is a text file, which has no sheets"), "{said}");
    let propose = |more: &[&str]| {
        let output = field.workspace.run(&[&["import", "observations", "book.html", "--set", "set1"], more].concat());
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(propose(&[]).contains("FILL IN sheet: sheet \"First\" was looked at, and there are tables on \"Second\" too"));
    let of_second = propose(&["--sheet", "Second"]);
    assert!(of_second.contains("sheet = \"Second\"") && !of_second.contains("FILL IN sheet"), "{of_second}");
}
