//! Boundary files that reach for other files, or swell: what `choro-gdal`'s walls and limits make of them. The walls from inside:
//! `choro-gdal/src/sandbox/tests.rs`.

use crate::{
    data_boundaries_formats::{convert, folder, options, zip},
    harness::{PROGRAM, Workspace},
    memory, tracer,
};
use choro_intake::boundary::{Options, import};
use sqlx::{AssertSqlSafe, Connection as _, SqliteConnection};
use std::{
    collections::BTreeSet,
    fs,
    path::Path,
    process::{Child, Stdio},
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// Makes `w` a layer of a GeoPackage.
const REGISTERED: &str =
    "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES ('w', 'features', 'w', 4326);
INSERT INTO gpkg_geometry_columns VALUES ('w', 'geom', 'POLYGON', 4326, 0, 0)";

/// The triggers of the index call functions of GDAL's, which the SQLite of this test does not have.
const UNTRIGGERED: &str =
    "PRAGMA writable_schema = 1; DELETE FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'rtree%'";

/// Changes a database as its author could.
fn alter(database: &Path, statements: &[&str]) {
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let url = format!("sqlite:{}", database.display());
        let mut connection = SqliteConnection::connect(&url).await.unwrap();
        for text in statements {
            sqlx::raw_sql(AssertSqlSafe((*text).to_owned())).execute(&mut connection).await.unwrap();
        }
        connection.close().await.unwrap();
    });
}

/// A definition put into the schema as it stands, since this SQLite knows no such module.
fn defined(sql: &str) -> String {
    let text = sql.replace('\'', "''");
    format!("PRAGMA writable_schema = 1; INSERT INTO sqlite_master VALUES ('table', 'v', 'v', 0, '{text}')")
}

fn geopackage(folder: &TempDir, statements: &[&str]) -> std::path::PathBuf {
    let _ = fs::remove_file(folder.path().join("a.gpkg"));
    let path = convert(folder, "a.gpkg", &["-f", "GPKG", "-nln", "areas"]);
    alter(&path, statements);
    path
}

fn of_layer(name: &str) -> Options {
    let mut options = options("title");
    (options.layer, options.crs) = (Some(name.to_owned()), Some("EPSG:4326".to_owned()));
    options
}

/// Everything that an import gives, or why it gives nothing.
fn outcome(path: &Path, options: &Options) -> Result<String, String> {
    let taken = import(path, options).map_err(|error| error.to_string())?;
    Ok(format!("{:?}\n{}", taken.set, taken.report.to_text()))
}

#[test]
fn no_spelling_of_a_virtual_table_publishes_another_file() {
    let Some(folder) = folder() else { return };
    let outside = tempfile::tempdir().unwrap();
    let secret = outside.path().join("secret.csv");
    fs::write(&secret, "code,title\n01,hush\n02,hush\n").unwrap();
    let arguments = format!("('{}', UTF-8, 1, COMMA, DOUBLEQUOTE, ',')", secret.display());
    let joined = "CREATE VIEW w AS SELECT a.fid AS fid, a.geom AS geom, v.code AS code, v.title AS title FROM areas a, v \
         WHERE a.fid = v.ROWNO";
    let hidden = "CREATE TABLE hidden AS SELECT fid AS n, geom FROM areas; CREATE VIEW w AS SELECT h.n AS fid, h.geom AS geom, \
         '0' || h.n AS code, (SELECT group_concat(title) FROM v) AS title FROM hidden h";
    let nested = "CREATE VIEW inner_view AS SELECT * FROM v; CREATE VIEW w AS SELECT a.fid AS fid, a.geom AS geom, i.code AS code, \
         i.title AS title FROM areas a JOIN inner_view i ON i.ROWNO = a.fid";
    let trigger = "CREATE TRIGGER w AFTER UPDATE ON areas BEGIN UPDATE areas SET title = (SELECT title FROM v); END";
    for using in [
        "CREATE VIRTUAL TABLE v USING VirtualText",
        "CREATE VIRTUAL TABLE v USING\"VirtualText\"",
        "CREATE VIRTUAL TABLE v USING[VirtualText]",
        "CREATE VIRTUAL TABLE v USING`VirtualText`",
        "CREATE VIRTUAL TABLE v USING'VirtualText'",
        "CREATE VIRTUAL TABLE v USING/**/VirtualText",
        "CREATE VIRTUAL TABLE v USING--\nVIRTUALTEXT",
        "create virtual table if not exists v\tusing\u{c}virtualtext",
        "CREATE/* USING rtree( */VIRTUAL TABLE\"v\"USING VirtualCSV",
        "CREATE VIRTUAL TABLE v USING VirtualOGR",
    ] {
        let definition = defined(&format!("{using}{arguments}"));
        let direct = "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('v', 'attributes', 'v')";
        for (how, statements, layer) in [
            ("directly", [direct, &definition].as_slice(), "v"),
            ("by a view", &[&definition, joined, REGISTERED], "w"),
            ("by a view over a hidden table", &[&definition, hidden, REGISTERED], "w"),
            ("by a view over a view", &[&definition, nested, REGISTERED], "w"),
            ("by a trigger", &[&definition, trigger], "areas"),
        ] {
            let database = geopackage(&folder, statements);
            let outcome = outcome(&database, &of_layer(layer));
            let said = outcome.as_ref().unwrap_or_else(|error| error);
            assert!(!said.contains("hush"), "{using} {how}: {said}");
            match layer {
                "areas" => assert!(said.contains("Орёл"), "{using} {how}: ordinary areas beside it are read: {said}"),
                _ => assert!(
                    outcome.is_err() && said.contains("another file of this machine") && said.contains("copy the areas"),
                    "{using} {how}: {said}"
                ),
            }
        }
    }
}

#[test]
fn a_seamless_table_of_mapinfo_does_not_reach_the_tables_of_another_folder() {
    let Some(folder) = folder() else { return };
    let elsewhere = tempfile::tempdir().unwrap();
    fs::write(elsewhere.path().join("areas.geojson"), crate::data_boundaries_formats::GEOJSON.replace("Орёл", "hush"))
        .unwrap();
    convert(&elsewhere, "other.tab", &["-f", "MapInfo File"]);
    let name = elsewhere.path().file_name().unwrap().display();
    let place = format!("SELECT '../{name}/other.tab' AS \"Table\", code FROM areas");
    let sheets = convert(&folder, "a.tab", &["-f", "MapInfo File", "-sql", &place]);
    let text = fs::read_to_string(&sheets).unwrap();
    fs::write(&sheets, text + "begin_metadata\n\"\\IsSeamless\" = \"TRUE\"\nend_metadata\n").unwrap();
    let said = outcome(&sheets, &options("title")).unwrap_err();
    assert!(!said.contains("hush") && said.contains("choro-gdal"), "{said}");
    // Without walls it does.
    let program = Path::new(PROGRAM).with_file_name("choro-gdal");
    let output = std::process::Command::new(program).arg(&sheets).env("CHORO_GDAL_SANDBOX", "off").output().unwrap();
    assert!(String::from_utf8_lossy(&output.stdout).contains("hush"), "the test's own file reaches the other");
}

#[test]
fn a_part_of_a_file_that_is_a_link_is_refused_by_name() {
    let Some(folder) = folder() else { return };
    let shp = convert(&folder, "a.shp", &["-f", "ESRI Shapefile", "-lco", "ENCODING=UTF-8"]);
    let dbf = shp.with_extension("dbf");
    fs::rename(&dbf, folder.path().join("elsewhere.dbf")).unwrap();
    std::os::unix::fs::symlink(folder.path().join("elsewhere.dbf"), &dbf).unwrap();
    let said = outcome(&shp, &options("title")).unwrap_err();
    assert!(said.contains("a.dbf is a symbolic link") && said.contains("put the file itself"), "{said}");
    // The file that was asked for may be reached by one: the operator said so.
    let link = folder.path().join("link.gpkg");
    std::os::unix::fs::symlink(convert(&folder, "b.gpkg", &["-f", "GPKG"]), &link).unwrap();
    assert!(outcome(&link, &options("title")).unwrap().contains("Орёл"));
}

#[test]
fn ordinary_databases_are_read_with_their_views_triggers_indices_and_empty_areas() {
    let Some(folder) = folder() else { return };
    let view = "CREATE VIEW w AS SELECT fid AS fid, geom AS geom, code AS code, title AS title FROM areas WHERE code < '03'";
    let triggers =
        "CREATE TABLE log (n); CREATE TRIGGER after_change AFTER UPDATE ON areas BEGIN INSERT INTO log VALUES (1); END;
        CREATE VIRTUAL TABLE search USING fts5(title); INSERT INTO search VALUES ('x')";
    let geopackage = geopackage(&folder, &[view, REGISTERED, triggers]);
    for layer in ["areas", "w"] {
        assert!(outcome(&geopackage, &of_layer(layer)).unwrap().contains("2 areas read, 2 taken"), "{layer}");
    }
    let spatialite = convert(&folder, "a.sqlite", &["-f", "SQLite", "-dsco", "SPATIALITE=YES", "-nln", "areas"]);
    for layer in [None, Some("areas")] {
        let mut options = options("title");
        options.layer = layer.map(str::to_owned);
        assert!(outcome(&spatialite, &options).unwrap().contains("2 areas read, 2 taken"), "{layer:?}");
    }
    // As QGIS leaves it: changes go through a log, and nothing may be written beside it.
    alter(&geopackage, &["PRAGMA journal_mode = WAL"]);
    let archive = folder.path().join("a.zip");
    zip(&archive, &[("a.gpkg", fs::read(&geopackage).unwrap())]);
    for path in [&geopackage, &archive] {
        assert!(outcome(path, &of_layer("w")).unwrap().contains("2 areas read, 2 taken"), "{}", path.display());
    }
    alter(&geopackage, &[UNTRIGGERED]);
    alter(&geopackage, &["UPDATE areas SET geom = NULL WHERE code = '02'"]);
    let said = outcome(&geopackage, &of_layer("areas")).unwrap();
    assert!(said.contains("2 areas read, 1 taken"), "an area without a geometry is told, and ends nothing: {said}");
}

#[test]
fn a_database_that_somebody_has_open_is_read_with_its_last_changes() {
    let Some(folder) = folder() else { return };
    let path = geopackage(&folder, &[UNTRIGGERED, "PRAGMA journal_mode = WAL"]);
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let mut open = SqliteConnection::connect(&format!("sqlite:{}", path.display())).await.unwrap();
        sqlx::raw_sql("UPDATE areas SET title = 'Later' WHERE code = '02'").execute(&mut open).await.unwrap();
        let said = outcome(&path, &of_layer("areas")).unwrap();
        assert!(said.contains("Later") && said.contains("2 taken"), "{said}");
        // Its index is gone, as after a copy: nobody may write a new one.
        let copy = folder.path().join("copy.gpkg");
        fs::copy(&path, &copy).unwrap();
        fs::copy(folder.path().join("a.gpkg-wal"), folder.path().join("copy.gpkg-wal")).unwrap();
        let said = outcome(&copy, &of_layer("areas")).unwrap_err();
        assert!(said.contains("copy.gpkg-wal") && said.contains("wal_checkpoint"), "{said}");
    });
}

#[test]
fn nothing_is_written_beside_a_file_that_is_read() {
    let Some(folder) = folder() else { return };
    let files = [
        ("a.gml", &["-f", "GML", "-dsco", "XSISCHEMA=OFF"][..]),
        ("b.gpkg", &["-f", "GPKG"]),
        ("c.shp", &["-f", "ESRI Shapefile", "-lco", "ENCODING=UTF-8"]),
        ("d.tab", &["-f", "MapInfo File", "-lco", "ENCODING=CP1251"]),
    ];
    let paths = files.map(|(name, arguments)| convert(&folder, name, arguments));
    alter(&folder.path().join("b.gpkg"), &["PRAGMA journal_mode = WAL"]);
    let names = || fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect::<BTreeSet<_>>();
    let before = names();
    for path in paths {
        assert!(outcome(&path, &options("title")).unwrap().contains("Орёл"), "{}", path.display());
        assert_eq!(names(), before, "{}", path.display());
    }
}

/// The most bytes that a process and its children have at once, until it ends.
fn most_with_children(child: &mut Child) -> f64 {
    let mut most: f64 = 0.0;
    while child.try_wait().unwrap().is_none() {
        let tasks = fs::read_dir(format!("/proc/{}/task", child.id())).into_iter().flatten().flatten();
        let children = tasks.filter_map(|task| fs::read_to_string(task.path().join("children")).ok());
        let family: Vec<u32> =
            children.flat_map(|list| list.split_whitespace().flat_map(str::parse).collect::<Vec<_>>()).collect();
        let sum = family.into_iter().chain([child.id()]).filter_map(|process| memory::of(process, "VmRSS")).sum();
        most = most.max(sum);
        std::thread::sleep(Duration::from_millis(3));
    }
    most
}

#[test]
fn a_view_without_end_is_cut_below_500_mb_with_its_limit_named() {
    let Some(folder) = folder() else { return };
    let endless = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)";
    let distinct = "WITH RECURSIVE c(x) AS (SELECT 1 UNION SELECT x + 1 FROM c)";
    let some = "a.geom AS geom, a.code AS code";
    let many = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 1000000)";
    for (what, view, words) in [
        (
            "many rows",
            format!("{many} SELECT c.x AS fid, {some}, 'a' AS title FROM c CROSS JOIN areas a"),
            &["number of areas 200001 is over the limit of 200000"][..],
        ),
        (
            "many large rows",
            format!("{many} SELECT c.x AS fid, {some}, hex(zeroblob(30000)) AS title FROM c CROSS JOIN areas a"),
            &["more than 69 MiB of areas", "for a source of", "a new file"],
        ),
        (
            "rows without end",
            format!("{endless} SELECT c.x AS fid, {some} FROM c CROSS JOIN areas a"),
            &["SIGXCPU", "limit of 6 s", "a new file"],
        ),
        (
            "a list without end",
            format!("{distinct} SELECT c.x AS fid, {some} FROM c CROSS JOIN areas a WHERE c.x < 0"),
            &["limit of", "a new file"],
        ),
        (
            "one large text",
            format!("SELECT a.fid AS fid, {some}, hex(zeroblob(900000000)) AS title FROM areas a"),
            &["limit of memory is 257 MiB for a source of", "a new file"],
        ),
        (
            "a sorted list",
            format!("{endless} SELECT c.x AS fid, {some} FROM c CROSS JOIN areas a ORDER BY random()"),
            &["limit of memory is 257 MiB for a source of", "a new file"],
        ),
    ] {
        let path = geopackage(&folder, &[&format!("CREATE VIEW w AS {view}"), REGISTERED]);
        let workspace = Workspace::new("");
        let fixed = ["import", "boundaries", path.to_str().unwrap(), "--set", "areas", "--vintage", "1", "--code", "code"];
        // Of fields that nobody asks for nothing is read.
        let named: &[&str] = if view.contains("AS title") { &["--name", "title"] } else { &[] };
        let mut command = workspace.command(&[&fixed[..], &["--layer", "w"], named].concat());
        let begun = Instant::now();
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let most = most_with_children(&mut child);
        let (took, output) = (begun.elapsed(), child.wait_with_output().unwrap());
        let said = String::from_utf8_lossy(&output.stderr);
        println!("{what}: {:.1} s, {:.0} MB: {said}", took.as_secs_f64(), most / 1e6);
        assert_eq!(output.status.code(), Some(1), "{what}: {said}");
        assert!(words.iter().all(|word| said.contains(word)), "{what}: {said}");
        assert!(most < 500e6, "{what}: {most} bytes");
    }
}

#[test]
fn where_the_kernel_lacks_a_wall_nothing_is_read_unless_the_operator_says_so() {
    let Some(folder) = folder() else { return };
    let path = convert(&folder, "a.gpkg", &["-f", "GPKG"]);
    let program = Path::new(PROGRAM).with_file_name("choro-gdal");
    for (call, error, words) in [
        ("landlock_create_ruleset", "ENOSYS", "no landlock"),
        ("landlock_create_ruleset", "EOPNOTSUPP", "not switched on"),
        ("landlock_create_ruleset", "EPERM", "landlock"),
        ("landlock_restrict_self", "EPERM", "Operation not permitted"),
        ("seccomp", "EINVAL", "no seccomp"),
    ] {
        for (sandbox, read) in [("", false), ("off", true)] {
            let Some(mut command) = tracer::without(&program, call, error) else { return };
            let output = command.arg(&path).env("CHORO_GDAL_SANDBOX", sandbox).output().unwrap();
            let said = String::from_utf8_lossy(&output.stdout);
            assert_eq!((output.status.success(), said.contains("Орёл")), (read, read), "{call} {error}: {said}");
            assert!(read || said.contains(words) && said.contains("CHORO_GDAL_SANDBOX=off"), "{call} {error}: {said}");
        }
    }
}

#[test]
fn an_operator_may_go_without_walls_and_is_warned_each_time() {
    let Some(folder) = folder() else { return };
    let path = convert(&folder, "a.gpkg", &["-f", "GPKG"]);
    let workspace = Workspace::new("");
    let import = |vintage: &str, sandbox: &str| {
        let fixed =
            ["import", "boundaries", path.to_str().unwrap(), "--set", "areas", "--code", "code", "--vintage", vintage];
        let output = workspace.run_with(&fixed, &[("CHORO_GDAL_SANDBOX", sandbox)]);
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    for vintage in ["1", "2"] {
        let (code, said) = import(vintage, "off");
        assert_eq!((code, said.matches("CHORO_GDAL_SANDBOX is off").count()), (Some(0), 1), "{said}");
    }
    let (code, said) = import("3", "");
    assert_eq!((code, said.contains("CHORO_GDAL_SANDBOX")), (Some(0), false), "{said}");
    let (code, said) = import("4", "on");
    assert!(code == Some(1) && said.contains("expected off"), "{said}");
}
