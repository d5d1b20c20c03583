//! Settings, variables and arguments that mean nothing.

use super::says;
use crate::harness::{PROGRAM, Workspace};
use std::process::Command;

/// What is given: a setting, a variable, arguments; exit code; words.
type Given = (
    &'static str,
    &'static str,
    Option<(&'static str, &'static str)>,
    &'static [&'static str],
    i32,
    &'static [&'static str],
);

const GIVEN: [Given; 19] = [
    (
        "a mistyped key",
        "[server]\nadr = \"127.0.0.1:0\"",
        None,
        &["serve"],
        1,
        &["choro.toml:", "`server.adr`", "did you mean `server.addr`?"],
    ),
    (
        "a key that is like no other",
        "[server]\nzzz = 1",
        None,
        &["publish"],
        1,
        &["`server.zzz`", "`choro init` writes a file that lists all"],
    ),
    ("a mistyped table", "[sever]\naddr = \"127.0.0.1:0\"", None, &["publish"], 1, &["`sever`", "did you mean `server`?"]),
    (
        "a mistyped key of a boundary set",
        "[boundary_sets.a]\nmax_zom = 3",
        None,
        &["publish"],
        1,
        &["did you mean `boundary_sets.a.max_zoom`?"],
    ),
    (
        "a grid that is not there",
        "[boundary_sets.a]\ngrids = [\"WebMercator\"]",
        None,
        &["publish"],
        1,
        &["boundary_sets.a", "WebMercatorQuad"],
    ),
    (
        "an address without a port",
        "[server]\naddr = \"localhost\"",
        None,
        &["serve"],
        1,
        &["`server.addr`", "expected an address and port such as 127.0.0.1:8080"],
    ),
    (
        "a number beyond its limits",
        "[server]\nmax_url_bytes = 1",
        None,
        &["serve"],
        1,
        &["`server.max_url_bytes` is 1", "256"],
    ),
    ("a text that is no TOML", "[server", None, &["publish"], 1, &["choro.toml", "not valid TOML"]),
    (
        "an unknown variable",
        "",
        Some(("CHORO_ADR", "127.0.0.1:0")),
        &["serve"],
        1,
        &["CHORO_ADR", "did you mean `CHORO_ADDR`?"],
    ),
    (
        "a variable with a bad address",
        "",
        Some(("CHORO_ADDR", "nowhere")),
        &["serve"],
        1,
        &["CHORO_ADDR", "expected an address and port"],
    ),
    (
        "a mistyped level",
        "",
        Some(("CHORO_LOG", "inof")),
        &["publish"],
        1,
        &["CHORO_LOG", "expected off, error, warn, info"],
    ),
    ("a flag with a bad address", "", None, &["serve", "--addr", "nowhere"], 2, &["--addr"]),
    (
        "a public URL with dots",
        "",
        None,
        &["serve", "--public-url", "http://a/../b"],
        1,
        &["--public-url", "expected an http or https URL"],
    ),
    (
        "a settings file that is not there",
        "",
        None,
        &["publish", "--config", "none.toml"],
        1,
        &["none.toml", "cannot be read"],
    ),
    ("an unknown command", "", None, &["pubish"], 2, &["publish"]),
    ("no command", "", None, &[], 2, &["Usage"]),
    ("a second workspace in the same place", "", None, &["init", "."], 1, &["choro.toml exists", "name another folder"]),
    (
        "a server without a release",
        "",
        None,
        &["serve", "--addr", "127.0.0.1:0"],
        1,
        &["current", "publish one with choro publish"],
    ),
    ("a check without a release", "", None, &["check"], 1, &["holds no release", "choro publish"]),
];

#[test]
fn settings_that_mean_nothing_are_refused_with_their_place_and_the_nearest_name() {
    for (given, setting, variable, arguments, code, words) in GIVEN {
        let workspace = Workspace::new("");
        match setting.split_once('\n') {
            Some(("[server]", lines)) => workspace.set("server", lines),
            _ => workspace.configure(setting),
        }
        let before = workspace.state();
        let output = workspace.command(arguments).envs(variable).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{given}: {said}");
        says(given, &said, words);
        assert!(workspace.state() == before, "{given}: the store or the releases have changed");
    }
}

#[test]
fn a_folder_without_a_workspace_and_a_database_that_is_none_are_named() {
    let empty = tempfile::tempdir().unwrap();
    for (given, content, words) in [
        ("no workspace", None, &["choro.sqlite", "no database here", "`choro init`"][..]),
        (
            "text for a database",
            Some("not a database, but long enough to be taken for one".repeat(20)),
            &["this file is not a database"],
        ),
    ] {
        if let Some(content) = &content {
            std::fs::write(empty.path().join("choro.sqlite"), content).unwrap();
        }
        let output = Command::new(PROGRAM).arg("publish").current_dir(empty.path()).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{given}");
        says(given, &String::from_utf8_lossy(&output.stderr), words);
        let left = std::fs::read_to_string(empty.path().join("choro.sqlite")).ok();
        assert_eq!(left, content, "{given}: the file was changed");
        assert!(!empty.path().join("releases").exists(), "{given}: a folder was made");
    }
}

/// A server that cannot be what its settings say is none: no port is taken, one line says why, and the code is not 0.
#[test]
fn a_server_with_a_setting_that_cannot_be_had_ends_before_it_answers_and_says_why_in_one_line() {
    let workspace = Workspace::invented();
    workspace.ok(&["publish"]);
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    for (given, variables, words) in [
        ("an address that is taken", &[("CHORO_ADDR", &*taken)][..], &[&*taken][..]),
        ("an address of another machine", &[("CHORO_ADDR", "192.0.2.1:80")], &["192.0.2.1:80"]),
        ("metrics at an address that is taken", &[("CHORO_METRICS_ADDR", &taken)], &[&taken]),
        ("a public URL with a password", &[("CHORO_PUBLIC_URL", "https://a:b@maps.example")], &["CHORO_PUBLIC_URL"]),
        ("a public URL that is none", &[("CHORO_PUBLIC_URL", "maps.example")], &["CHORO_PUBLIC_URL", "http or https URL"]),
        ("a number that is none", &[("CHORO_MAX_IN_FLIGHT", "many")], &["CHORO_MAX_IN_FLIGHT"]),
        ("an unknown variable", &[("CHORO_MAX_INFLIGHT", "3")], &["CHORO_MAX_INFLIGHT", "did you mean"]),
        ("releases that are not there", &[("CHORO_RELEASES", "nowhere")], &["nowhere"]),
        ("frames of nobody", &[("CHORO_FRAME_ANCESTORS", "'none'; script-src *")], &["CHORO_FRAME_ANCESTORS"]),
    ] {
        let mut command = workspace.command(&["serve"]);
        command.env("CHORO_ADDR", &free).envs(variables.iter().copied());
        let output = command.output().unwrap();
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert_eq!(output.status.code(), Some(1), "{given}: {out}{err}");
        says(given, &err, words);
        assert!(!out.contains("serving release"), "{given}: it was announced: {out}");
        let reasons: Vec<&str> = err.lines().filter(|line| line.starts_with("choro: ")).collect();
        assert_eq!(
            (reasons.len(), err.lines().last()),
            (1, reasons.first().copied()),
            "{given}: the reason is one line: {err}"
        );
    }
}
