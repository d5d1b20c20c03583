//! What looks at the packages finds what it should, on lock files made for it (scripts/packages.mjs), and what lists them lists what is
//! shipped (scripts/sbom.mjs).

use serde_json::{Value, json};
use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

fn script(name: &str, arguments: &[&Path]) -> Output {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    Command::new("node").arg(root.join("scripts").join(name)).args(arguments).output().unwrap()
}

const HASH: &str = "sha512-AAAA";

fn npm(entry: &Value) -> String {
    json!({"lockfileVersion": 3, "packages": {"": {"dependencies": {"a": "1.0.0"}}, "node_modules/a": entry}}).to_string()
}

fn crates(lines: &str) -> String {
    format!("version = 4\n\n[[package]]\nname = \"quick-xml\"\n{lines}\n")
}

const REGISTRY: &str = "source = \"registry+https://index.example\"";

#[test]
fn a_package_that_cannot_be_vouched_for_is_refused_by_name() {
    let good_npm = npm(&json!({"version": "1.0.0", "integrity": HASH}));
    let good = crates(&format!("version = \"0.41.0\"\n{REGISTRY}\nchecksum = \"00\""));
    for (cargo, page, expected) in [
        (good.clone(), good_npm.clone(), ""),
        (good.clone(), npm(&json!({"version": "1.0.0"})), "a 1.0.0: has no sha512 hash"),
        (good.clone(), npm(&json!({"version": "1.0.0", "integrity": "sha1-AAAA"})), "a 1.0.0: has no sha512 hash"),
        (
            good.clone(),
            npm(&json!({"version": "1.0.0", "integrity": HASH, "resolved": "git+ssh://evil.example/a.git"})),
            "a 1.0.0: is taken from git+ssh",
        ),
        (
            good.clone(),
            npm(&json!({"version": "1.0.0", "integrity": HASH, "resolved": "http://evil.example/a.tgz"})),
            "a 1.0.0: is taken from http:",
        ),
        (good.clone(), npm(&json!({"version": "1.0.0", "integrity": HASH, "link": true})), "a 1.0.0: is a folder"),
        (good, npm(&json!({"version": "1.0.0", "integrity": HASH, "hasInstallScript": true})), "a 1.0.0: runs a script"),
        (crates(&format!("version = \"0.41.0\"\n{REGISTRY}")), good_npm.clone(), "quick-xml 0.41.0: has no checksum"),
        (
            crates("version = \"0.41.0\"\nsource = \"git+https://evil.example/a\"\nchecksum = \"00\""),
            good_npm.clone(),
            "quick-xml 0.41.0: is taken from git",
        ),
        (
            crates(&format!("version = \"0.40.9\"\n{REGISTRY}\nchecksum = \"00\"")),
            good_npm.clone(),
            "quick-xml 0.40.9: expected 0.41.0 or later: RUSTSEC-2026-0194",
        ),
        (
            crates(&format!("version = \"0.41.0-rc.1\"\n{REGISTRY}\nchecksum = \"00\"")),
            good_npm,
            "quick-xml 0.41.0-rc.1: expected 0.41.0 or later",
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("web")).unwrap();
        fs::write(folder.path().join("Cargo.lock"), cargo).unwrap();
        fs::write(folder.path().join("web/package-lock.json"), page).unwrap();
        fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("deny.toml"), folder.path().join("deny.toml")).unwrap();
        let output = script("packages.mjs", &[folder.path()]);
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.success(), expected.is_empty(), "{expected}: {said}");
        assert!(said.contains(expected) && said.contains("2 in lock files"), "{expected}: {said}");
    }
}

#[test]
fn the_list_of_what_a_program_is_made_of_has_what_is_shipped_with_hashes_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let lists = ["choro", "choro-gdal"].map(|program| {
        let file = folder.path().join(format!("{program}.json"));
        let output = script("sbom.mjs", &[Path::new(program), &file]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let list: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
        assert_eq!((&list["bomFormat"], &list["specVersion"]), (&"CycloneDX".into(), &"1.6".into()));
        for component in list["components"].as_array().unwrap() {
            let own = component["name"].as_str().is_some_and(|name| name == "choro" || name.starts_with("choro-"));
            assert!(own || component["hashes"][0]["content"].as_str().is_some_and(|hash| hash.len() >= 64), "{component}");
            assert!(component["licenses"][0]["expression"].is_string(), "{component}");
        }
        let of =
            |list: &Value| list["components"].as_array().unwrap().iter().map(|c| c["purl"].to_string()).collect::<String>();
        of(&list)
    });
    for (list, there, absent) in [
        (
            &lists[0],
            &["pkg:cargo/hyper@", "pkg:cargo/axum@", "pkg:cargo/sqlx-sqlite@", "pkg:npm/maplibre-gl@", "pkg:npm/proj4@"][..],
            &["criterion", "vite", "pkg:cargo/gdal@"][..],
        ),
        (&lists[1], &["pkg:cargo/gdal@"], &["hyper@", "maplibre"]),
    ] {
        for name in there {
            assert!(list.contains(name), "{name} is not listed");
        }
        for name in absent {
            assert!(!list.contains(name), "{name} is listed");
        }
    }
}
