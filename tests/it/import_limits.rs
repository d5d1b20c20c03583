//! Files made to take more memory or time than they are worth, and what an import may take at most.

use crate::{harness::Workspace, memory, squares};
use flate2::{Compression, write::GzEncoder};
use std::{
    fmt::Write as _,
    fs::File,
    io::{Cursor, Write as _},
};
use zip::{ZipWriter, write::SimpleFileOptions};

/// Most memory, bytes, of the import of any file of a megabyte.
const MOST: f64 = 500e6;
const BOUNDARIES: [&str; 8] = ["import", "boundaries", "", "--set", "areas", "--vintage", "9", "--code"];
const OBSERVATIONS: [&str; 7] = ["import", "observations", "", "--set", "areas", "--mapping", "rates.toml"];

/// The exit code, what was said, and the most memory that it took, MB.
fn run(workspace: &Workspace, arguments: &[&str], env: &[(&str, &str)]) -> (Option<i32>, String, f64) {
    let said = workspace.path("said.txt");
    let out = File::create(&said).unwrap();
    let mut command = workspace.command(arguments);
    command.envs(env.iter().copied()).stderr(out.try_clone().unwrap()).stdout(out);
    let (status, most) = memory::most_until_end(&mut command.spawn().unwrap()).unwrap();
    (status.code(), std::fs::read_to_string(said).unwrap(), most / 1e6)
}

/// Imports a file that must be refused with these words and within the memory; the workspace stays as it was.
fn refused(workspace: &Workspace, name: &str, content: &[u8], words: &[&str]) {
    workspace.write(name, content);
    let before = workspace.state();
    let is_table = [".csv", ".xlsx"].iter().any(|end| name.ends_with(end));
    let mut arguments = if is_table { OBSERVATIONS.to_vec() } else { [&BOUNDARIES[..], &["code"]].concat() };
    arguments[2] = name;
    let (code, said, most) = run(workspace, &arguments, &[]);
    println!("{name}: {} bytes, at most {most:.0} MB", content.len());
    assert!(matches!(code, Some(1 | 3 | 5)), "{name}: {code:?} {said}");
    words.iter().for_each(|word| assert!(said.contains(word), "{name}: {word:?} is not said in {said}"));
    assert!(!said.contains("was ended by"), "{name} was not refused, it met the limit of the process: {said}");
    assert!(most * 1e6 < MOST, "{name} took {most:.0} MB");
    assert!(workspace.state() == before, "{name} has changed the workspace");
}

/// 16 MiB of the same, between two texts, in a gzip file.
fn repeated(start: &str, piece: &str, end: &str) -> Vec<u8> {
    let text = piece.repeat(((16 << 20) - 1000) / piece.len());
    let mut gz = GzEncoder::new(Vec::new(), Compression::fast());
    [start, &text, end].iter().for_each(|part| gz.write_all(part.as_bytes()).unwrap());
    gz.finish().unwrap()
}

fn one_area(geometry: &str) -> String {
    format!(
        r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{"code":"a"}},"geometry":{geometry}}}]}}"#
    )
}

#[test]
fn a_few_bytes_that_become_much_in_memory_are_refused_while_they_are_read() {
    let workspace = Workspace::invented();
    let start = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"a"},"geometry":"#;
    let polygons = format!(r#"{start}{{"type":"MultiPolygon","coordinates":["#);
    let property = r#"{"type":"FeatureCollection","features":[{"properties":{"code":["#;
    let keys = r#"{"type":"FeatureCollection","features":[{"properties":{"#;
    let topology =
        r#"{"type":"Topology","arcs":[[[0,0],[1,0],[1,1]]],"objects":{"a":{"type":"GeometryCollection","geometries":["#;
    let reuse = format!(r#"{topology}{{"type":"Polygon","arcs":[["#);
    for (name, content, words) in [
        (
            "areas",
            repeated(r#"{"type":"FeatureCollection","features":["#, "{},", "{}]}"),
            &["number of areas", "limit of 200000"][..],
        ),
        ("lists", repeated(&polygons, "[[]],", "[]]}}]}"), &["number of rings", "limit of 2000000"]),
        ("objects", repeated(&polygons, "{},", "{}]}}]}"), &["number of rings", "limit of 2000000"]),
        ("values", repeated(property, "1,", "1]}}]}"), &["length in bytes of a property", "limit of 65536"]),
        ("crs", repeated(r#"{"features":[],"crs":["#, "[],", "1]}"), &["length in bytes of a property", "limit of 65536"]),
        ("keys", repeated(keys, r#""":1,"#, r#""":1}}]}"#), &["number of properties", "limit of 2400000"]),
        ("objects of a topology", repeated(topology, "{},", "{}]}}}"), &["number of areas"]),
        ("arcs", repeated(&reuse, "0,", "0]]}]}}}"), &["number of coordinates"]),
        ("levels", repeated(&polygons, "[", "1"), &["recursion limit"]),
    ] {
        refused(&workspace, &format!("{name}.geojson.gz"), &content, words);
    }
}

/// A ring with `teeth` from the bottom to the top, or from left to right.
fn comb(teeth: u32, lying: bool) -> String {
    let width = 40.0 / f64::from(2 * teeth);
    let tooth = |n| {
        let x = f64::from(2 * n) * width;
        [(x, 1e-3), (x, 40.0), (x + width, 40.0), (x + width, 1e-3)]
    };
    let points = (0..teeth).flat_map(tooth).chain([(40.0, 1e-3), (40.0, 0.0), (0.0, 0.0), (0.0, 1e-3)]);
    let text: Vec<String> =
        points.map(|(x, y)| if lying { format!("[{y:.6},{x:.6}]") } else { format!("[{x:.6},{y:.6}]") }).collect();
    format!("[{}]", text.join(","))
}

#[test]
fn areas_that_cross_without_end_are_refused_with_the_limit_and_the_area() {
    let workspace = Workspace::invented();
    let crossed =
        |teeth| format!(r#"{{"type":"MultiPolygon","coordinates":[[{}],[{}]]}}"#, comb(teeth, false), comb(teeth, true));
    for teeth in [150, 300, 1200] {
        refused(
            &workspace,
            "combs.geojson",
            one_area(&crossed(teeth)).as_bytes(),
            &["a", "rings cross", "the limit of", "is met"],
        );
    }
    let stacked = |count: usize| {
        let square = |n: usize| {
            let (x, y) = (n as f64 / 1000.0, n as f64 / 1000.0 + 10.0);
            format!(
                r#"{{"properties":{{"code":"a{n}"}},"geometry":{{"type":"Polygon","coordinates":[[[{x},{x}],[{y},{x}],[{y},{y}],[{x},{y}],[{x},{x}]]]}}}}"#
            )
        };
        let squares: Vec<String> = (0..count).map(square).collect();
        format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, squares.join(","))
    };
    refused(
        &workspace,
        "stacked.geojson",
        stacked(5000).as_bytes(),
        &["its areas overlap so often", "limit of", "mend them in a GIS"],
    );
    // What can be looked through is taken: overlaps are counted, and measured as far as the limits go.
    let two = |teeth| {
        let comb = |code, lying| {
            format!(
                r#"{{"properties":{{"code":"{code}"}},"geometry":{{"type":"Polygon","coordinates":[{}]}}}}"#,
                comb(teeth, lying)
            )
        };
        format!(r#"{{"type":"FeatureCollection","features":[{},{}]}}"#, comb("a", false), comb("b", true))
    };
    for (name, content, words) in [
        ("stacked", stacked(700), "overlaps of the source: 55555 pairs"),
        ("combs of two areas", two(300), "0 pairs, 0.0000 km2 (1 more pairs overlap and were not measured)"),
    ] {
        workspace.write("taken.geojson", content);
        let import = [&BOUNDARIES[..2], &["taken.geojson"], &BOUNDARIES[3..], &["code", "--dry-run"]].concat();
        let (code, said, most) = run(&workspace, &import, &[]);
        println!("{name}: at most {most:.0} MB");
        assert!(code == Some(0) && most * 1e6 < MOST, "{name}: {code:?} {most} MB {said}");
        assert!(said.contains(words), "{name}: {words:?} is not said in {said}");
    }
}

/// A workbook of one sheet.
fn workbook(shared: &str, rows: &str) -> Vec<u8> {
    workbook_of("", shared, rows)
}

/// A workbook of one sheet, whose list of texts says something of itself.
fn workbook_of(says: &str, shared: &str, rows: &str) -> Vec<u8> {
    const MAIN: &str = r#"xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main""#;
    const RELATIONS: &str = r#"xmlns="http://schemas.openxmlformats.org/package/2006/relationships""#;
    const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation =
        |id: u32, kind: &str, target: &str| format!(r#"<Relationship Id="r{id}" Type="{TYPES}/{kind}" Target="{target}"/>"#);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [
        (
            "_rels/.rels",
            format!("<Relationships {RELATIONS}>{}</Relationships>", relation(1, "officeDocument", "xl/workbook.xml")),
        ),
        (
            "xl/workbook.xml",
            format!(
                r#"<workbook {MAIN} xmlns:r="{TYPES}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships {RELATIONS}>{}{}</Relationships>",
                relation(1, "worksheet", "worksheets/sheet1.xml"),
                relation(2, "sharedStrings", "sharedStrings.xml")
            ),
        ),
        ("xl/sharedStrings.xml", format!("<sst {MAIN} {says}>{shared}</sst>")),
        ("xl/worksheets/sheet1.xml", format!("<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>")),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn tables_that_become_much_in_memory_are_refused() {
    let workspace = Workspace::invented();
    let head = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>area</t></is></c><c r="B1"><v>2021</v></c><c r="C1"><v>2022</v></c></row>"#;
    let sparse: String = (2..3000).map(|row| format!(r#"<row><c r="XFD{row}"><v>1</v></c></row>"#)).collect();
    let long = format!("<si><t>{}</t></si>", "x".repeat(32_000));
    let repeated = r#"<row><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>"#.repeat(40_000);
    for (name, content, words) in [
        ("texts.xlsx", workbook(&"<si/>".repeat(8 << 20), head), &["texts that its cells share", "1000000 tags"][..]),
        // What the list says of itself is not believed.
        ("lie.xlsx", workbook_of("uniqueCount=\"99999999999\"", "", head), &["no row of data is left"]),
        ("blanks.xlsx", workbook(&" ".repeat(70 << 20), head), &["content of the archive", "bytes inflated"]),
        ("sparse.xlsx", workbook("", &format!("{head}{sparse}")), &["20000000 cells"]),
        // Eighty thousand cells of one text of 32 kB.
        ("shared.xlsx", workbook(&long, &format!("{head}{repeated}")), &["texts of sheet", "with their repetitions"]),
        ("corner.xlsx", workbook("", &format!(r#"{head}<row><c r="XFD1048576"><v>1</v></c></row>"#)), &["corner.xlsx"]),
        ("columns.csv", [b"area,2021,2022\n".as_slice(), &b",".repeat(3 << 20)].concat(), &["row 2", "1000000 columns"]),
    ] {
        refused(&workspace, name, &content, words);
    }
}

const LIMIT: (&str, &str) = ("CHORO_IMPORT_MAX_MEMORY_MB", "128");

#[test]
fn an_import_that_meets_the_limit_of_its_process_is_ended_and_the_setting_named() {
    let workspace = Workspace::invented();
    let features: Vec<String> = (0..150_000)
        .map(|n| {
            format!(r#"{{"properties":{{"code":"{n}","b":1,"c":2,"d":3,"e":4,"f":5,"g":6,"h":7,"i":8}},"geometry":null}}"#)
        })
        .collect();
    workspace.write("large.geojson", format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(",")));
    let import = [&BOUNDARIES[..2], &["large.geojson"], &BOUNDARIES[3..], &["code"]].concat();
    let before = workspace.state();
    let (code, said, most) = run(&workspace, &import, &[LIMIT]);
    assert_eq!(code, Some(1), "{said}");
    for word in ["128 MiB of memory", "import.max_memory_mb (CHORO_IMPORT_MAX_MEMORY_MB)", "whole or not at all"] {
        assert!(said.contains(word), "{word:?} is not said in {said}");
    }
    assert!(most < 200.0, "{most} MB");
    assert!(workspace.state() == before);
    // The limits end nothing that keeps to them.
    workspace.write("areas.geojson", squares::geojson(20, 20, 1.0));
    workspace.ok(&["import", "boundaries", "areas.geojson", "--set", "squares", "--vintage", "1", "--code", "code"]);
}

#[test]
fn an_import_that_takes_too_long_is_ended_wherever_it_is_and_nothing_is_stored() {
    let workspace = Workspace::invented();
    workspace.write("rates.toml", "area = { column = \"area\" }\nindicator = { value = \"arrival_rate\" }\nperiod = { column = \"day\" }\nvalue = { column = \"rate\" }\n");
    let mut table = "area,day,rate\n".to_owned();
    for row in 0..900_000 {
        let day = row / 4;
        writeln!(table, "0{},{:04}-{:02}-{:02},{row}", row % 4 + 1, 1000 + day / 336, day / 28 % 12 + 1, day % 28 + 1)
            .unwrap();
    }
    workspace.write("long.csv", table);
    let mut import = OBSERVATIONS.to_vec();
    import[2] = "long.csv";
    let before = workspace.state();
    for seconds in ["1", "2", "3"] {
        let (code, said, _) = run(&workspace, &import, &[("CHORO_IMPORT_CPU_S", seconds)]);
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains("CHORO_IMPORT_CPU_S") && said.contains(&format!("{seconds} s of processor time")), "{said}");
        assert!(workspace.state() == before, "{seconds} s have left something behind");
    }
}

#[test]
fn mappings_and_definitions_nested_without_end_are_refused() {
    let workspace = Workspace::invented();
    let mut import = OBSERVATIONS.to_vec();
    import[2] = "rates.csv";
    let before = workspace.state();
    for (given, text) in [
        ("lists", format!("a = {}{}", "[".repeat(400_000), "]".repeat(400_000))),
        ("tables", format!("a = {}1{}", "{b=".repeat(200_000), "}".repeat(200_000))),
        ("names", format!("{} = 1", ["a"; 300_000].join("."))),
    ] {
        for name in ["rates.toml", "indicators.toml"] {
            let good = std::fs::read(workspace.path(name)).unwrap();
            workspace.write(name, &text);
            let (code, said, most) = run(&workspace, &import, &[]);
            assert!(code == Some(1) && said.contains(name) && said.contains("recursion"), "{given}: {code:?} {said:.300}");
            assert!(most * 1e6 < MOST && workspace.state() == before, "{given}: {most:.0} MB");
            workspace.write(name, good);
        }
    }
}
