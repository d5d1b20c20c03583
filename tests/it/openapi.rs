//! The OpenAPI document, asked by programs that are not ours: a validator of the specification, and schemathesis, which makes up
//! requests of every operation and compares each answer with what the document says of it.

use crate::harness::{Server, Workspace};
use serde_json::{Value, json};
use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// Requests are made up from this number, so that a failure can be seen again.
const SEED: &str = "1";
/// Made-up requests of one operation in one run, besides those at the limits of each parameter.
const EXAMPLES: &str = "40";

/// What every answer must be: none of 500 and above, its status, media type, headers and body as the document says.
const DOCUMENTED: &str = "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,\
                          response_schema_conformance,unsupported_method";

/// A program of target/tools/python. Where it is absent the test says so, and fails in CI.
fn tool(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools/python/bin").join(name);
    if path.exists() {
        return Some(path);
    }
    assert!(std::env::var_os("CI").is_none(), "{name} must be there in CI: scripts/setup.sh test");
    eprintln!("NOT RUN: this test needs {name}, and {} is not there (scripts/setup.sh test)", path.display());
    None
}

fn passes(output: &Output) {
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    println!("{said}");
    assert!(output.status.success(), "{said}");
}

/// A server of a small release with both encodings of tiles, which does not run out of patience with one client.
fn served() -> (Workspace, Server) {
    let workspace = Workspace::invented();
    workspace.set("boundary_sets.areas", "mlt = true");
    workspace.set("server", "costly_per_minute = 1000000\nmax_url_bytes = 65536");
    workspace.ok(&["publish"]);
    let server = workspace.serve();
    (workspace, server)
}

/// `web/openapi.json` is held to what the server makes by a test of choro-server; here is what it serves.
#[test]
fn the_document_that_is_served_is_the_copy_that_the_page_is_made_of() {
    let (_workspace, server) = served();
    let copy = concat!(env!("CARGO_MANIFEST_DIR"), "/web/openapi.json");
    let copy: Value = serde_json::from_slice(&std::fs::read(copy).unwrap()).unwrap();
    assert_eq!(server.json("/openapi.json"), copy);
}

#[test]
fn the_document_is_one_by_its_specification() {
    let Some(validator) = tool("openapi-spec-validator") else { return };
    let (workspace, server) = served();
    workspace.write("openapi.json", server.get("/openapi.json").body);
    passes(&Command::new(validator).arg(workspace.path("openapi.json")).output().unwrap());
}

/// Whatever is asked, nothing is answered that the document does not say; and what it does not allow is refused, but by the pages,
/// which show what they can.
#[test]
fn every_answer_is_one_that_the_document_knows() {
    let Some(program) = tool("schemathesis") else { return };
    let (workspace, server) = served();
    workspace.write("openapi.json", server.get("/openapi.json").body);
    let run = Run { program: &program, workspace: &workspace, server: &server, document: "openapi.json" };
    let strict = format!("{DOCUMENTED},negative_data_rejection");
    run.passes(&["--checks", &strict, "--exclude-path", "/", "--exclude-path", "/embed"]);
    run.passes(&["--checks", DOCUMENTED, "--include-path", "/", "--include-path", "/embed"]);
}

/// Requests that name what the release has, all of which are answered.
#[test]
fn every_operation_answers_requests_that_name_what_there_is() {
    let Some(program) = tool("schemathesis") else { return };
    let (workspace, server) = served();
    let mut document = server.json("/openapi.json");
    let release = server.json("/catalog.json")["release"].clone();
    narrow(&mut document, &server.url, &release);
    workspace.write("known.json", document.to_string());
    let run = Run { program: &program, workspace: &workspace, server: &server, document: "known.json" };
    let checks = format!("{DOCUMENTED},positive_data_acceptance");
    run.passes(&["--mode", "positive", "--checks", &checks, "--report", "json", "--report-json-path", "report.json"]);
    let report: Value = serde_json::from_slice(&std::fs::read(workspace.path("report.json")).unwrap()).unwrap();
    for path in document["paths"].as_object().unwrap().keys() {
        let phases =
            report["valid_rates"][format!("GET {path}")].as_object().unwrap_or_else(|| panic!("{path} was not asked"));
        assert!(phases.values().any(|counts| counts["accepted"].as_u64() > Some(0)), "{path}: {phases:?}");
    }
}

/// Parameters that fit one another only sometimes, which no schema can say: left out here.
const CONTRADICTORY: [&str; 4] = ["method", "breaks", "palette", "dimensions"];

/// Puts what the release has in place of the patterns of ids and texts.
fn narrow(document: &mut Value, url: &str, release: &Value) {
    let known = json!({
        "set": ["areas"], "borders": ["1"], "grid": ["WebMercatorQuad"], "indicator": ["arrival_rate"], "period": ["2022"],
        "from": ["2021"], "release": [release], "code": ["01", "02", "03", "04"], "area": ["01"], "fit": ["03"],
        "at": ["11,52,4"], "z": [0, 1, 2, 3], "x": [0, 1, 2, 3, 4], "y": [0, 1, 2, 3], "lang": ["en", "ru"],
        "url": [format!("{url}/?set=areas"), format!("{url}/embed?set=areas&period=2021")],
    });
    for item in document["paths"].as_object_mut().unwrap().values_mut() {
        let Some(parameters) = item["get"].get_mut("parameters").and_then(Value::as_array_mut) else { continue };
        parameters.retain(|parameter| !CONTRADICTORY.contains(&parameter["name"].as_str().unwrap()));
        for parameter in parameters {
            let name = parameter["name"].as_str().unwrap().to_owned();
            let Some(values) = known.get(&name) else { continue };
            let one = json!({ "enum": values });
            let is_list = parameter["schema"]["type"] == "array";
            parameter["schema"] =
                if is_list { json!({"type": "array", "items": one, "minItems": 1, "maxItems": 1}) } else { one };
            parameter.as_object_mut().unwrap().remove("example");
            // A period needs an indicator, and an indicator a period.
            if matches!(name.as_str(), "indicator" | "period") {
                parameter["required"] = json!(true);
            }
        }
    }
}

struct Run<'a> {
    program: &'a Path,
    workspace: &'a Workspace,
    server: &'a Server,
    /// The file with the document, in the workspace.
    document: &'a str,
}

impl Run<'_> {
    fn passes(&self, arguments: &[&str]) {
        let mut command = Command::new(self.program);
        // It writes what it remembers into the folder in which it runs.
        command.current_dir(self.workspace.path("")).args(["run", self.document, "--url", &self.server.url]);
        command.args(["--seed", SEED, "--max-examples", EXAMPLES, "--phases", "examples,coverage,fuzzing"]);
        command.args(["--generation-database", "none", "--no-shrink", "--continue-on-failure", "--no-color"]);
        passes(&command.args(arguments).output().unwrap());
    }
}
