//! The database gone, slow, cut off and read-only, while the server answers and commands run. What must hold: the server needs
//! no database; a command ends with an error that says what to do; nothing is half done.

use crate::{
    harness::{Server, State, Workspace, block_on, fixture},
    mix::Mix,
    numbers,
    postgres::{Cluster, FAST, PASSWORD},
    proxy::{Mode, Proxy},
};
use sqlx::{AssertSqlSafe, Executor as _};
use std::{
    io::{BufRead as _, BufReader, Write as _},
    process::{ChildStdout, Output, Stdio},
    time::{Duration, Instant},
};

const PATHS: [&str; 4] = [
    "/values/areas.csv?indicator=arrival_rate&period=2022",
    "/tiles/areas/WebMercatorQuad/0/0/0.mvt?indicator=arrival_rate&period=2022",
    "/areas/areas.geojson?indicator=arrival_rate&period=2021",
    "/health/ready",
];
const IMPORT: [&str; 7] = ["import", "observations", "rates.csv", "--set", "areas", "--mapping", "rates.toml"];
/// Every command that needs the database.
const COMMANDS: [&[&str]; 2] = [&IMPORT, &["publish"]];

/// A server of the test's own, which can be stopped.
struct Stoppable {
    cluster: Cluster,
    answers: BufReader<ChildStdout>,
}

impl Stoppable {
    fn start() -> Option<Self> {
        let mut cluster = Cluster::start(FAST)?;
        let answers = BufReader::new(cluster.shell.stdout.take().unwrap());
        Some(Self { cluster, answers })
    }

    /// `start` or `stop`; without ceremony, as in a crash.
    fn order(&mut self, order: &str) {
        writeln!(self.cluster.shell.stdin.as_mut().unwrap(), "{order}").unwrap();
        let mut answer = String::new();
        self.answers.read_line(&mut answer).unwrap();
        assert_eq!(answer, "done\n", "{order}");
    }
}

/// A published workspace with another figure in rates.csv that is not imported yet.
fn published(url: String) -> Workspace {
    let workspace = Workspace::invented_on(Some(url));
    workspace.set("workspace", "database_timeout_s = 2");
    workspace.set("server", "release_poll_ms = 3600000");
    workspace.ok(&["publish"]);
    workspace.write("rates.csv", fixture("rates.csv").replace("04;12;10", "04;12;11"));
    workspace
}

/// The URL of a database by another port.
fn by(url: &str, port: u16) -> String {
    let (before, after) = url.split_once("127.0.0.1:").unwrap();
    format!("{before}127.0.0.1:{port}/{}", after.split_once('/').unwrap().1)
}

/// Runs a command to its end; one that hangs is a failure.
fn ends(workspace: &Workspace, url: &str, arguments: &[&str]) -> (Option<i32>, String) {
    let mut command = workspace.command(arguments);
    command.env("CHORO_DATABASE", url).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let start = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if start.elapsed() > Duration::from_secs(60) {
            child.kill().unwrap();
            panic!("{arguments:?} hangs");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&stdout).into_owned() + &String::from_utf8_lossy(&stderr);
    assert!(!said.contains(PASSWORD), "{said}");
    (status.code(), said)
}

/// Ends with an error that has one of `words`, and leaves everything as it was.
fn refuses(workspace: &Workspace, url: &str, arguments: &[&str], words: &[&str], before: &State) {
    let (code, said) = ends(workspace, url, arguments);
    assert_eq!(code, Some(1), "{arguments:?}: {said}");
    assert!(words.iter().any(|word| said.contains(word)), "{arguments:?}: {said}");
    assert!(workspace.state() == *before, "{arguments:?}: something was changed: {said}");
    assert_eq!(workspace.leftovers(), Vec::<String>::new(), "{arguments:?}");
}

fn bodies(server: &Server) -> Vec<(u16, Vec<u8>)> {
    PATHS.iter().map(|path| server.get(path)).map(|reply| (reply.status, reply.body)).collect()
}

#[test]
fn while_the_database_is_gone_the_server_makes_no_error_and_afterwards_it_hears_again() {
    let Some(mut postgres) = Stoppable::start() else { return };
    let url = block_on(postgres.cluster.database());
    let workspace = published(url.clone());
    let server = workspace.serve();
    let (golden, before) = (bodies(&server), workspace.state());
    assert!(golden.iter().all(|(status, _)| *status == 200));
    let mix = Mix::of(&server, &[&workspace.current()]);
    numbers::times(1, "requests with the database", &mut mix.quiet(&server).ms);

    postgres.order("stop");
    let mut gone = mix.quiet(&server);
    numbers::times(1, "requests without it", &mut gone.ms);
    numbers::say(1, "answers compared without it, none failed", gone.ms.len(), "");
    for round in 0..250 {
        assert!(bodies(&server) == golden, "round {round} of {} requests", PATHS.len());
    }
    assert!(bodies(&workspace.serve()) == golden, "a server that starts without database");
    let files = workspace.release_files();
    for command in COMMANDS {
        let begun = Instant::now();
        let (code, said) = ends(&workspace, &url, command);
        numbers::say(1, &format!("`choro {}` ends with its error after", command[0]), begun.elapsed().as_millis(), "ms");
        assert_eq!(code, Some(1), "{command:?}: {said}");
        assert!(said.contains("the database cannot be reached") && said.contains("postgres://choro@127.0.0.1"), "{said}");
    }
    assert!(workspace.release_files() == files);

    postgres.order("start");
    block_on(postgres.cluster.connect());
    assert!(workspace.state() == before);
    workspace.ok(&IMPORT);
    workspace.ok(&["publish"]);
    let begun = Instant::now();
    server.until("the release published after the fault", |server| {
        server.json("/catalog.json")["release"] == workspace.current().as_str()
    });
    numbers::say(1, "a release published afterwards is served after", begun.elapsed().as_millis(), "ms");
}

#[test]
fn a_slow_database_and_one_that_falls_silent_end_commands_in_time_and_do_not_touch_the_server() {
    let Some(cluster) = Cluster::shared() else { return };
    let url = block_on(cluster.database());
    let proxy = Proxy::before(cluster.port);
    let through = by(&url, proxy.port);
    let workspace = published(url);
    let server = Server::run(workspace.command(&["serve", "--addr", "127.0.0.1:0"]).env("CHORO_DATABASE", &through));
    let (golden, before) = (bodies(&server), workspace.state());
    let mix = Mix::of(&server, &[&workspace.current()]);
    numbers::times(2, "requests with a database that is well", &mut mix.quiet(&server).ms);
    let words = ["did not answer within 2 s", "did not confirm"];
    let mut longest = Duration::ZERO;
    let modes = [Mode::Slow(Duration::from_secs(3)), Mode::HoleAfter(0), Mode::HoleAfter(900), Mode::HoleAfter(3000)];
    let (mut sick, ()) = mix.during(&server, || {
        for (mode, command) in modes.into_iter().flat_map(|mode| COMMANDS.map(|command| (mode, command))) {
            proxy.set(mode);
            let begun = Instant::now();
            refuses(&workspace, &through, command, &words, &before);
            longest = longest.max(begun.elapsed());
            assert!(bodies(&server) == golden, "{mode:?}");
        }
    });
    numbers::times(2, "requests with a slow or silent one", &mut sick.ms);
    numbers::say(2, "answers compared meanwhile, none failed", sick.ms.len(), "");
    numbers::say(2, "the last command ends, with 2 s for a statement, after", longest.as_millis(), "ms");
}

#[test]
fn a_connection_that_is_cut_anywhere_leaves_all_or_nothing() {
    let Some(cluster) = Cluster::shared() else { return };
    let url = block_on(cluster.database());
    let proxy = Proxy::before(cluster.port);
    let through = by(&url, proxy.port);
    let workspace = published(url);
    for command in COMMANDS {
        let (mut cut, mut errors) = (0, 0);
        loop {
            let before = workspace.state();
            proxy.set(Mode::CutAfter(cut));
            let (code, said) = ends(&workspace, &through, command);
            let whole = proxy.passed() <= cut;
            let unknown = said.contains("did not confirm");
            if whole || unknown {
                assert!(whole == (code == Some(0)), "{command:?} cut after {cut} bytes: {said}");
                break;
            }
            // What was cut came after everything: the announcement of a release, or the good-bye.
            if code == Some(0) {
                assert!(workspace.state() != before, "{command:?} cut after {cut} bytes: nothing was done: {said}");
                break;
            }
            assert_eq!(code, Some(1), "{command:?} cut after {cut} bytes: {said}");
            assert!(said.contains("cannot be reached"), "{command:?} cut after {cut} bytes: {said}");
            let now = workspace.state();
            let same = (&now.database, &now.current) == (&before.database, &before.current);
            assert!(same, "{command:?} cut after {cut} bytes: something was changed: {said}");
            assert_eq!(workspace.leftovers(), Vec::<String>::new(), "{command:?} cut after {cut} bytes");
            (cut, errors) = (cut + 400, errors + 1);
        }
        assert!(errors > 5, "{command:?}: {errors} cuts");
        numbers::say(3, &format!("cuts of `choro {}`, one every 400 bytes", command[0]), errors, "");
        // A bundle whose recording was cut may lie there, whole and never current.
        for release in std::fs::read_dir(workspace.path("releases")).unwrap().map(|entry| entry.unwrap().path()) {
            if release.is_dir() {
                workspace.ok(&["check", "--bundle", release.to_str().unwrap()]);
            }
        }
        proxy.set(Mode::Pass);
        let (code, said) = ends(&workspace, &through, command);
        assert_eq!(code, Some(0), "{command:?} afterwards: {said}");
    }
}

#[test]
fn a_database_that_turned_read_only_refuses_commands_and_the_server_goes_on() {
    let Some(cluster) = Cluster::shared() else { return };
    let url = block_on(cluster.database());
    let workspace = published(url.clone());
    let server = workspace.serve();
    let (golden, before) = (bodies(&server), workspace.state());
    let name = url.rsplit_once('/').unwrap().1;
    let alter = |how: &str| {
        let sql = format!("ALTER DATABASE {name} {how}");
        block_on(async { cluster.connect().await.execute(AssertSqlSafe(sql)).await.unwrap() });
    };
    alter("SET default_transaction_read_only = on");
    for command in COMMANDS {
        refuses(&workspace, &url, command, &["the database takes no changes"], &before);
    }
    assert!(bodies(&server) == golden);
    alter("RESET ALL");
    workspace.ok(&IMPORT);
}
