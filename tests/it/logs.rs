//! The log as a machine reads it: one line an event, whatever is asked.

use crate::{
    harness::{PROGRAM, Server, Workspace},
    load::Client,
    operating::metrics::samples,
};
use std::{
    fs::File,
    io::{BufRead as _, BufReader},
    net::TcpListener,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

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

/// Lines of level debug for more than any pipe holds, and for more than wait to be written.
const MANY: usize = 12_000;

/// A server that logs everything into a pipe.
fn talkative(workspace: &Workspace, pipe: std::io::PipeWriter) -> Server {
    let mut command = workspace.command(&["serve", "--addr", "127.0.0.1:0"]);
    command.envs([("CHORO_LOG", "debug"), ("CHORO_LOG_FORMAT", "json"), ("CHORO_METRICS_ADDR", "127.0.0.1:0")]);
    Server::run_logging(command, pipe)
}

fn ask_for_nothing(server: &Server) {
    let mut client = Client::open(server);
    (0..MANY).for_each(|_| assert_eq!(client.get("/nothing").answered("nothing").status, 404));
}

#[test]
fn a_log_that_nobody_reads_stops_neither_answers_nor_the_end() {
    let workspace = Workspace::invented();
    workspace.ok(&["publish"]);
    let (reader, writer) = std::io::pipe().unwrap();
    let server = talkative(&workspace, writer);
    ask_for_nothing(&server);
    assert!(samples(&server)["choro_log_lines_dropped_total"] > 0.0);
    let begun = Instant::now();
    assert_eq!(server.stop("-TERM"), Some(0));
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    drop(reader);
}

#[test]
fn a_log_that_is_read_again_says_how_many_lines_are_missing() {
    let workspace = Workspace::invented();
    workspace.ok(&["publish"]);
    let (reader, writer) = std::io::pipe().unwrap();
    let server = talkative(&workspace, writer);
    ask_for_nothing(&server);
    let told = BufReader::new(reader).lines().map_while(Result::ok).find_map(|line| {
        let event: serde_json::Value = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"));
        event["message"].as_str()?.starts_with("lines of the log were dropped").then(|| event["lines"].as_f64().unwrap())
    });
    assert!(told.is_some_and(|told| told > 0.0 && told <= samples(&server)["choro_log_lines_dropped_total"]), "{told:?}");
}

#[test]
fn standard_output_that_nobody_reads_delays_a_server_and_does_not_stop_it() {
    let workspace = Workspace::invented();
    workspace.ok(&["publish"]);
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    // A pipe that is full from the beginning.
    let script = format!("head -c 65536 /dev/zero; exec {PROGRAM} serve --addr {address}");
    let mut command = workspace.shell(&script);
    let mut server = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let begun = Instant::now();
    while std::net::TcpStream::connect(address).is_err() {
        assert!(begun.elapsed() < Duration::from_secs(20), "nobody listens");
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(ureq::get(format!("http://{address}/health/ready")).call().unwrap().status(), 200);
    signal(server.id(), "-TERM");
    assert_eq!(server.wait().unwrap().code(), Some(0));
}

fn signal(process: u32, name: &str) {
    assert!(Command::new("kill").args([name, &process.to_string()]).status().unwrap().success());
}

#[test]
fn a_hangup_is_logged_and_ends_nothing() {
    let workspace = Workspace::invented();
    workspace.ok(&["publish"]);
    let log = workspace.path("log");
    let server = Server::run_logging(workspace.command(&["serve", "--addr", "127.0.0.1:0"]), File::create(&log).unwrap());
    for count in 1..=3 {
        signal(server.pid(), "-HUP");
        server.until("a line", |_| {
            std::fs::read_to_string(&log).unwrap().matches("SIGHUP: the settings were read").count() >= count
        });
        assert_eq!(server.get("/health/ready").status, 200);
    }
    assert_eq!(server.stop("-TERM"), Some(0));
}

#[test]
fn a_refusal_is_logged_with_a_part_of_the_clients_address_and_all_else_without() {
    let workspace = Workspace::invented();
    workspace.ok(&["publish"]);
    let log = workspace.path("log");
    let mut command = workspace.command(&["serve", "--addr", "127.0.0.1:0"]);
    command.envs([("CHORO_LOG", "debug"), ("CHORO_LOG_FORMAT", "json"), ("CHORO_COSTLY_PER_MINUTE", "1")]);
    let server = Server::run_logging(command, File::create(&log).unwrap());
    let export = |year: u16| format!("/areas/areas.geojson?indicator=arrival_rate&period={year}");
    let statuses = [export(2021), export(2022), format!("/{}", "a".repeat(3000)), "/nothing".to_owned()]
        .map(|path| server.get(&path).status);
    assert_eq!(statuses, [200, 429, 414, 404]);
    assert_eq!(server.stop("-TERM"), Some(0));
    let log = std::fs::read_to_string(log).unwrap();
    let lines = |message: &str| -> Vec<serde_json::Value> {
        let events = log.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        events.filter(|event| event["message"] == message).collect()
    };
    let refused: Vec<_> = lines("request refused").iter().map(|event| event["http.response.status_code"].as_u64()).collect();
    assert_eq!(refused, [Some(429), Some(414)]);
    assert!(
        lines("request refused")
            .iter()
            .chain(&lines("client refused"))
            .all(|event| event["client.address"] == "127.0.0.0/24")
    );
    let told = lines("client refused");
    assert_eq!(
        (told.len(), told[0]["level"].as_str(), told[0]["refusals"].as_u64()),
        (1, Some("WARN"), Some(1)),
        "{told:?}"
    );
    assert!(lines("request").iter().all(|event| event.get("client.address").is_none()));
}
