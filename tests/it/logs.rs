//! The log as a machine reads it: one line an event, whatever is asked.

use crate::harness::{Server, Workspace};
use std::fs::File;

/// Ends of lines as clients smuggle them in, each with a line that must not stand in the log by itself.
const ASKED: [&str; 6] = [
    "/catalog.json",
    "/nothing%0a%7b%22level%22:%22FORGED%22%7d",
    "/nothing%0d%0aFORGED",
    "/areas/areas/%0aFORGED",
    "/catalog.json?x=%0aFORGED",
    "/nothing/%22,%22level%22:%22FORGED%22,%22%5c",
];

/// What the server writes to standard error at level debug while it answers [`ASKED`] and then stops.
fn log(format: &str) -> String {
    let workspace = Workspace::invented();
    workspace.ok(&["publish"]);
    let mut command = workspace.command(&["serve", "--addr", "127.0.0.1:0"]);
    command.envs([("CHORO_LOG_FORMAT", format), ("CHORO_LOG", "debug")]);
    let file = File::create(workspace.path("log")).unwrap();
    let server = Server::run_logging(command, file);
    for path in ASKED {
        assert!(server.get(path).status < 500, "{path}");
    }
    assert_eq!(server.raw("GET /a\nFORGED HTTP/1.1\r\nHost: a\r\n\r\n"), 400);
    assert_eq!(server.raw("GET /nothing HTTP/1.1\r\nHost: a\r\nX-Request-Id: a\r\n FORGED\r\n\r\n"), 400);
    assert_eq!(server.stop("-TERM"), Some(0));
    std::fs::read_to_string(workspace.path("log")).unwrap()
}

#[test]
fn every_line_of_a_json_log_is_one_event_and_no_url_forges_another() {
    let log = log("json");
    let mut paths = Vec::new();
    for line in log.lines() {
        let event: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        // Events of libraries need not have a message.
        for key in ["timestamp", "level", "target"] {
            assert!(event.get(key).is_some_and(serde_json::Value::is_string), "{key}: {line}");
        }
        let level = event["level"].as_str().unwrap();
        assert!(["DEBUG", "INFO", "WARN", "ERROR"].contains(&level), "{line}");
        if event.get("message").is_some_and(|message| message == "request") {
            paths.push(event["url.path"].as_str().unwrap().to_owned());
        }
    }
    let asked = ASKED.map(|path| path.split('?').next().unwrap());
    assert_eq!(paths, asked, "{log}");
}

#[test]
fn every_line_of_a_text_log_begins_with_its_time_and_no_url_forges_another() {
    let log = log("text");
    for line in log.lines() {
        let (time, rest) = line.split_once(' ').unwrap_or_default();
        assert!(chrono::DateTime::parse_from_rfc3339(time).is_ok(), "{line}");
        let level = rest.split_whitespace().next().unwrap_or_default();
        assert!(["DEBUG", "INFO", "WARN", "ERROR"].contains(&level), "{line}");
    }
    assert_eq!(log.matches("/nothing%0a%7b").count(), 1, "{log}");
}
