//! Boundary files made to do harm: each is refused with a reason, or its areas are, and no other file is read or written.

use crate::data_boundaries_formats::{GEOJSON, folder, options, zip};
use choro_intake::boundary::{Limits, Options, Reason, import};
use sqlx::Connection as _;
use std::{
    fs::{self, File},
    io::Write as _,
    path::Path,
};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// Writes a file and gives why its import is refused.
fn refusal(name: &str, content: &[u8], options: &Options) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, content).unwrap();
    import(&path, options).map(|import| import.report.to_text()).unwrap_err().to_string()
}

fn check(given: &str, message: &str, words: &[&str]) {
    for word in words {
        assert!(message.contains(word), "{given}: {word:?} is not said in: {message}");
    }
}

/// An archive of one GeoJSON file of blanks.
fn bomb(bytes: usize) -> Vec<u8> {
    let file = tempfile::NamedTempFile::new().unwrap();
    zip(file.path(), &[("a.geojson", vec![b' '; bytes])]);
    fs::read(file.path()).unwrap()
}

#[test]
fn archives_that_lead_elsewhere_hide_or_explode_are_refused_before_anything_is_written() {
    let outer = tempfile::tempdir().unwrap();
    let path = outer.path().join("in/a.zip");
    fs::create_dir(outer.path().join("in")).unwrap();
    for (member, word) in [
        ("../a.geojson", "leads out of the archive"),
        ("x/../../a.geojson", "leads out of the archive"),
        ("/tmp/a.geojson", "absolute"),
        ("C:/a.geojson", "absolute"),
        ("..\\a.geojson", "backslash"),
        ("a\n.geojson", "control character"),
    ] {
        zip(&path, &[("b.geojson", GEOJSON.into()), (member, GEOJSON.into())]);
        let message = import(&path, &options("title")).unwrap_err().to_string();
        check(member, &message, &["a.zip", word, "nothing of it was read"]);
    }
    zip(&path, &[("b.geojson", GEOJSON.into()), ("B.GEOJSON", GEOJSON.into())]);
    check("case clash", &import(&path, &options("title")).unwrap_err().to_string(), &["twice"]);
    let mut link = ZipWriter::new(File::create(&path).unwrap());
    link.add_symlink("a.geojson", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    link.finish().unwrap();
    check("symbolic link", &import(&path, &options("title")).unwrap_err().to_string(), &["symbolic link"]);
    let left: Vec<_> = fs::read_dir(outer.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["in"], "nothing is written beside the archive's folder");
}

#[test]
fn two_members_of_one_name_and_more_members_than_ten_thousand_are_refused() {
    let one = tempfile::NamedTempFile::new().unwrap();
    zip(one.path(), &[("a.geojson", GEOJSON.into()), ("b.geojson", GEOJSON.into())]);
    let mut bytes = fs::read(one.path()).unwrap();
    // Both names are in the file twice: before the content, and in the directory at the end.
    let at: Vec<usize> = bytes.windows(9).enumerate().filter(|(_, w)| *w == b"b.geojson").map(|(at, _)| at).collect();
    at.iter().for_each(|at| bytes[*at] = b'a');
    assert_eq!(at.len(), 2);
    check("one name twice", &refusal("a.zip", &bytes, &options("title")), &["a.zip", "one name"]);
    let many = tempfile::NamedTempFile::new().unwrap();
    let mut writer = ZipWriter::new(File::create(many.path()).unwrap());
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    (0..=10_000).for_each(|n| writer.start_file(format!("{n}.geojson"), stored).unwrap());
    writer.finish().unwrap();
    check(
        "many members",
        &refusal("a.zip", &fs::read(many.path()).unwrap(), &options("title")),
        &["10001", "limit of 10000"],
    );
}

#[test]
fn content_grows_to_a_hundred_times_its_archive_and_no_further() {
    // Blanks shrink a thousandfold: what comes out is cut at 16 MiB, or at a hundred times the archive.
    check("within 16 MiB", &refusal("a.zip", &bomb(16 << 20), &options("title")), &["it is empty"]);
    check("over 16 MiB", &refusal("a.zip", &bomb((16 << 20) + 1), &options("title")), &["limit of 16777216"]);
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..64 {
        gz.write_all(&[b' '; 1 << 20]).unwrap();
    }
    check("gzip bomb", &refusal("a.geojson.gz", &gz.finish().unwrap(), &options("title")), &["limit of 16777216"]);
    let mut small = options("title");
    small.limits = Limits { file_bytes: 5000, ..Limits::default() };
    check("the limit of a file holds for its content", &refusal("a.zip", &bomb(5001), &small), &["limit of 5000"]);
    let mut nested = GEOJSON.as_bytes().to_vec();
    for name in ["a.geojson", "a.kmz", "a.kmz", "a.kmz"] {
        let file = tempfile::NamedTempFile::new().unwrap();
        zip(file.path(), &[(name, nested)]);
        nested = fs::read(file.path()).unwrap();
    }
    check(
        "archives in archives",
        &refusal("a.zip", &nested, &options("title")),
        &["an archive in an archive in an archive"],
    );
}

#[test]
fn what_gdal_says_of_a_file_in_an_archive_names_no_temporary_folder() {
    if folder().is_none() {
        return;
    }
    let archive = tempfile::NamedTempFile::new().unwrap();
    zip(archive.path(), &[("x/a.gpkg", b"SQLite format 3\0 and then nothing".to_vec())]);
    let message = refusal("a.zip", &fs::read(archive.path()).unwrap(), &options("title"));
    let (_, said) = message.split_once("choro-gdal: ").unwrap();
    assert!(message.contains("a.zip/a.gpkg: ") && said.starts_with("a.gpkg: "), "{message}");
}

#[test]
fn archives_of_other_kinds_and_broken_ones_are_named() {
    let tar = [vec![0; 257], b"ustar\0".to_vec(), vec![0; 300]].concat();
    for (name, content, words) in [
        ("a.7z", b"7z\xBC\xAF\x27\x1C....".to_vec(), &["a 7z archive", "ZIP or gzip"][..]),
        ("a.rar", b"Rar!\x1A\x07....".to_vec(), &["a RAR archive"]),
        ("a.tar", tar, &["a TAR archive"]),
        ("a.zip", GEOJSON.into(), &["its name says ZIP", "holds JSON"]),
        ("a.zip", bomb(9)[..60].to_vec(), &["cannot be read", "fetch it again"]),
        ("a.gz", b"\x1F\x8B\x08\0 and so on".to_vec(), &["cannot be unpacked"]),
        ("a.geojson", [0xFF, 0xFE].into_iter().chain(GEOJSON.bytes().flat_map(|b| [b, 0])).collect(), &["UTF-16"]),
    ] {
        check(name, &refusal(name, &content, &options("title")), words);
    }
}

#[test]
fn a_database_that_shows_another_file_as_its_table_is_refused() {
    if folder().is_none() {
        return;
    }
    let outside = tempfile::tempdir().unwrap();
    let (secret, database) = (outside.path().join("secret.csv"), outside.path().join("a.sqlite"));
    fs::write(&secret, "code,title\n1,hush\n").unwrap();
    let sql = format!("CREATE VIRTUAL TABLE v USING VirtualText('{}', UTF-8, 1, COMMA, DOUBLEQUOTE, ',')", secret.display());
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let url = format!("sqlite:{}?mode=rwc", database.display());
        let mut connection = sqlx::SqliteConnection::connect(&url).await.unwrap();
        for text in ["CREATE TABLE t (code text)", "PRAGMA writable_schema = 1"] {
            sqlx::query(text).execute(&mut connection).await.unwrap();
        }
        let row = sqlx::query("INSERT INTO sqlite_master VALUES ('table', 'v', 'v', 0, ?)").bind(sql);
        row.execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    });
    let mut chosen = options("title");
    (chosen.layer, chosen.crs) = (Some("v".to_owned()), Some("EPSG:4326".to_owned()));
    let message = import(&database, &chosen).unwrap_err().to_string();
    check("a virtual table", &message, &["a.sqlite", "virtual table", "another file of this machine"]);
    assert!(!message.contains("hush"), "{message}");
}

const LAUGHS: &str = r#"<?xml version="1.0"?><!-- a --><!DOCTYPE kml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]><kml><name>&d;</name></kml>"#;

#[test]
fn xml_with_a_document_type_never_reaches_gdal() {
    let secret = tempfile::NamedTempFile::new().unwrap();
    fs::write(secret.path(), "hush").unwrap();
    let external = format!(
        r#"<!DOCTYPE kml [<!ENTITY s SYSTEM "file://{}">]><kml><Document><name>&s;</name></Document></kml>"#,
        secret.path().display()
    );
    for (name, text) in
        [("a.kml", LAUGHS), ("a.gml", LAUGHS), ("a", LAUGHS), ("a.kml", &external), ("a.kml", "<?xml <!DOCTYPE")]
    {
        let message = refusal(name, text.as_bytes(), &options("Name"));
        check(name, &message, &["without a document type"]);
        assert!(!message.contains("hush") && !message.contains("haha"), "{message}");
    }
    let kmz = tempfile::NamedTempFile::new().unwrap();
    zip(kmz.path(), &[("doc.kml", LAUGHS.into())]);
    check("KMZ", &refusal("a.kmz", &fs::read(kmz.path()).unwrap(), &options("Name")), &["doc.kml", "document type"]);
}

#[test]
fn nesting_without_end_costs_the_file_and_not_the_program() {
    let deep = |open: &str, close: &str, depth: usize| open.repeat(depth) + &close.repeat(depth);
    let collection = deep(r#"{"type":"GeometryCollection","geometries":["#, "]}", 100_000);
    let feature = format!(r#"{{"type":"Feature","properties":{{"code":"1","title":"a"}},"geometry":{collection}}}"#);
    // Not followed down at all: the area is no polygon.
    let outside = tempfile::tempdir().unwrap();
    let path = outside.path().join("a.geojson");
    fs::write(&path, feature).unwrap();
    assert_eq!(import(&path, &options("title")).unwrap().report.rejected[0].reason, Reason::NotPolygon);
    let property = format!(r#"{{"type":"Feature","properties":{{"code":{}}},"geometry":null}}"#, deep("[", "]", 100_000));
    check("properties", &refusal("a.geojson", property.as_bytes(), &options("title")), &["recursion limit"]);
    let folders = format!("<kml><Document>{}</Document></kml>", deep("<Folder>", "</Folder>", 200_000));
    if folder().is_some() {
        check("folders", &refusal("a.kml", folders.as_bytes(), &options("Name")), &["a.kml"]);
    }
}

#[test]
fn texts_that_are_no_utf8_or_hide_what_they_say_are_refused() {
    let latin = encoding_rs::WINDOWS_1251.encode(GEOJSON).0.into_owned();
    check("Windows-1251", &refusal("a.geojson", &latin, &options("title")), &["not in UTF-8", "iconv", "line 2"]);
    for hidden in ["\\u0000", "\\u001b[2J", "\\u202e", "\\u2066", "\\u200f"] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.geojson");
        fs::write(&path, GEOJSON.replacen("Орёл", &format!("Ор{hidden}л"), 1)).unwrap();
        let report = import(&path, &options("title")).unwrap().report;
        assert_eq!((report.rejected[0].reason, report.taken), (Reason::Text, 1), "{hidden}");
        let text = report.to_text();
        assert!(!text.chars().any(|c| c != '\n' && (c.is_control() || ('\u{2000}'..='\u{206f}').contains(&c))), "{text:?}");
    }
}

#[test]
fn the_numbers_of_coordinates_and_areas_are_bounded_to_the_last() {
    let limited = |coordinates: usize, areas: usize| {
        let mut options = options("title");
        options.limits = Limits { coordinates, areas, ..Limits::default() };
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.geojson");
        fs::write(&path, GEOJSON).unwrap();
        import(Path::new(&path), &options).map(|import| import.report.taken).map_err(|error| error.to_string())
    };
    assert_eq!(limited(10, 2), Ok(2));
    assert!(limited(9, 2).unwrap_err().contains("coordinates 10 is over the limit of 9"));
    assert!(limited(10, 1).unwrap_err().contains("areas 2 is over the limit of 1"));
    // Ten million coordinates pass (docs/performance.md: half a gigabyte), more than twenty do not.
    let defaults = Limits::default();
    assert_eq!((defaults.coordinates, defaults.areas, defaults.property_bytes), (20_000_000, 200_000, 65_536));
}
