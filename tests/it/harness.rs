//! One workspace in a temporary folder, the real program run on it, and a client that asks its server.

use crate::{memory, postgres::Cluster};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};
use std::{
    borrow::BorrowMut,
    collections::BTreeMap,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    os::unix::fs::MetadataExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    time::Duration,
};
use tempfile::TempDir;

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_choro");

/// The folder of real data: `CHORO_TEST_DATA`, or `shared/data` beside the checkout. Where it is absent the test says so, and
/// fails in CI.
pub fn real_data() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let folder = std::env::var_os("CHORO_TEST_DATA").map_or(beside, PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(std::env::var_os("CI").is_none(), "real data must be there in CI: {} is not", folder.display());
    eprintln!("NOT RUN: this test needs real data, and {} is not there (CHORO_TEST_DATA names it)", folder.display());
    None
}

/// A workspace, made by `choro init`.
pub struct Workspace {
    dir: TempDir,
    /// The URL of its database with the password; `None`: a file.
    database: Option<String>,
}

impl Workspace {
    /// On SQLite, or where `CHORO_TEST_DATABASE` is `postgres` on PostgreSQL: so the whole suite runs on both.
    pub fn new(indicators: &str) -> Self {
        let database = on_postgres().then(|| {
            let cluster = Cluster::shared().expect("CHORO_TEST_DATABASE asks for PostgreSQL");
            block_on(cluster.database())
        });
        Self::on(database, indicators)
    }

    /// On the database of a URL, or on SQLite.
    pub fn on(database: Option<String>, indicators: &str) -> Self {
        let workspace = Self { dir: tempfile::tempdir().unwrap(), database };
        let made = workspace.run(&["init", "."]);
        assert!(made.status.success(), "{made:?}");
        std::fs::write(workspace.path("indicators.toml"), indicators).unwrap();
        workspace
    }

    /// The program in the workspace's folder; the password reaches it as a variable, as an operator would give it.
    pub fn command(&self, arguments: &[&str]) -> Command {
        self.started_by(PROGRAM, arguments)
    }

    /// A shell that runs `script` in the workspace's folder.
    pub fn shell(&self, script: &str) -> Command {
        self.started_by("bash", &["-c", script])
    }

    fn started_by(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        let gdal = Path::new(PROGRAM).with_file_name("choro-gdal");
        command.args(arguments).current_dir(self.dir.path()).env("CHORO_GDAL", gdal);
        command.envs(self.database.iter().map(|url| ("CHORO_DATABASE", url)));
        command
    }

    /// A workspace that `make` puts into an empty folder.
    pub fn restored(make: impl FnOnce(&Path)) -> Self {
        let workspace = Self { dir: tempfile::tempdir().unwrap(), database: None };
        make(workspace.dir.path());
        workspace
    }

    /// A copy of the folder, on another database.
    pub fn copied_on(&self, database: String) -> Self {
        let copy = Self { dir: tempfile::tempdir().unwrap(), database: Some(database) };
        let copied = Command::new("cp").args(["-a", "."]).arg(copy.dir.path()).current_dir(self.dir.path()).status();
        assert!(copied.unwrap().success());
        copy
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Appends to choro.toml.
    pub fn configure(&self, toml: &str) {
        let path = self.path("choro.toml");
        let text = std::fs::read_to_string(&path).unwrap() + "\n" + toml;
        std::fs::write(path, text).unwrap();
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.run_with(arguments, &[])
    }

    /// Runs with further variables of the environment.
    pub fn run_with(&self, arguments: &[&str], env: &[(&str, &str)]) -> Output {
        self.command(arguments).envs(env.iter().copied()).output().unwrap()
    }

    /// Runs and expects success; standard output.
    pub fn ok(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let (out, err) = (text(&output.stdout), text(&output.stderr));
        assert!(output.status.success(), "{arguments:?}\n{out}{err}");
        out
    }

    /// Runs and expects an exit code; standard output and error together.
    pub fn fails(&self, arguments: &[&str], code: i32) -> String {
        let output = self.run(arguments);
        let both = text(&output.stdout) + &text(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}\n{both}");
        both
    }

    pub fn serve(&self) -> Server {
        Server::run(self.command(&["serve", "--addr", "127.0.0.1:0"]))
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A running server; stopped when dropped.
pub struct Server {
    child: Child,
    pub url: String,
    /// What it has printed up to the line that names its address.
    pub said: Vec<String>,
    agent: ureq::Agent,
}

impl Server {
    /// Starts the program with `arguments` in `dir` and waits for the line that names its address.
    pub fn start(arguments: &[&str], dir: &Path) -> Self {
        Self::start_with(arguments, dir, &[])
    }

    /// Starts the program with further variables of the environment.
    pub fn start_with(arguments: &[&str], dir: &Path, env: &[(&str, &str)]) -> Self {
        let mut command = Command::new(PROGRAM);
        command.args(arguments).current_dir(dir).envs(env.iter().copied());
        Self::run(command)
    }

    pub fn run(command: impl BorrowMut<Command>) -> Self {
        Self::run_logging(command, Stdio::null())
    }

    /// Starts a server whose log goes to `log`.
    pub fn run_logging(mut command: impl BorrowMut<Command>, log: impl Into<Stdio>) -> Self {
        let command = command.borrow_mut();
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut said = Vec::new();
        for line in lines.map_while(Result::ok) {
            let last = line.starts_with("serving release ");
            said.push(line);
            if last {
                break;
            }
        }
        let address = |line: &String| Some(line[line.find("http://")?..].trim_end_matches('/').to_owned());
        let url = said.last().and_then(address);
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(60)))
            .accept_encoding("identity")
            .build()
            .into();
        let mut server = Self { child, url: String::new(), said, agent };
        server.url = url.expect("the server ended before it named its address");
        server
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Resident memory in bytes.
    pub fn memory(&self) -> f64 {
        memory::of(self.pid(), "VmRSS").unwrap()
    }

    pub fn get(&self, path: &str) -> Reply {
        self.get_with(path, &[])
    }

    /// Asks at another address.
    pub fn get_at(&self, address: &str, path: &str) -> Reply {
        Self::reply(self.agent.get(format!("{address}{path}")))
    }

    pub fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Reply {
        let mut request = self.agent.get(format!("{}{path}", self.url));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Self::reply(request)
    }

    fn reply(request: ureq::RequestBuilder<ureq::typestate::WithoutBody>) -> Reply {
        let mut response = request.call().unwrap();
        let head = response.headers().clone();
        let header = |(name, value): (&_, &ureq::http::HeaderValue)| {
            (ureq::http::HeaderName::to_string(name), value.to_str().unwrap().to_owned())
        };
        Reply {
            status: response.status().as_u16(),
            headers: head.iter().map(header).collect(),
            body: response.body_mut().with_config().limit(1 << 30).read_to_vec().unwrap(),
        }
    }

    pub fn json(&self, path: &str) -> serde_json::Value {
        let reply = self.get(path);
        assert_eq!(reply.status, 200, "{path}: {}", text(&reply.body));
        serde_json::from_slice(&reply.body).unwrap()
    }

    /// Waits until a condition holds; fails after a generous while.
    pub fn until(&self, what: &str, mut condition: impl FnMut(&Self) -> bool) {
        for _ in 0..400 {
            if condition(self) {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("{what} did not happen within 20 s");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The server may have been stopped by the test itself.
        let _gone = self.child.kill();
        let _reaped = self.child.wait();
    }
}

pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    pub fn text(&self) -> String {
        text(&self.body)
    }
}

/// The text of a small hand-made file.
pub fn fixture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/it").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// All that a refusal must leave as it was: every row of the database, every file of the releases with its inode and size.
#[derive(Debug, PartialEq, Eq)]
pub struct State {
    pub database: Vec<u8>,
    releases: BTreeMap<PathBuf, (u64, u64)>,
    pub current: Option<String>,
}

impl State {
    /// The rows alone, without the file's header of 100 bytes, which counts how often it was copied.
    pub fn rows(&self) -> &[u8] {
        &self.database[100..]
    }
}

impl Workspace {
    /// Four invented areas (set `areas`, vintage `1`) with rates of two years, nothing published.
    pub fn invented() -> Self {
        Self::new(&fixture("indicators.toml")).filled()
    }

    /// Four invented areas on the database of a URL, or on SQLite.
    pub fn invented_on(database: Option<String>) -> Self {
        Self::on(database, &fixture("indicators.toml")).filled()
    }

    fn filled(self) -> Self {
        let workspace = self;
        workspace.configure("[boundary_sets.areas]\ngrids = [\"WebMercatorQuad\"]");
        for name in ["areas.geojson", "rates.csv", "rates.toml", "counts.csv", "counts.toml"] {
            workspace.write(name, fixture(name));
        }
        let set = ["--set", "areas", "--vintage", "1", "--code", "code", "--name", "en=name"];
        workspace.ok(&[&["import", "boundaries", "areas.geojson"], &set[..]].concat());
        workspace.ok(&["import", "observations", "rates.csv", "--set", "areas", "--mapping", "rates.toml"]);
        workspace
    }

    /// Where its database is, for a look at it beside the program.
    pub fn place(&self) -> choro_config::Database {
        let url = |url: &String| choro_config::DatabasePlace::Postgres(choro_config::PostgresUrl::new(url).unwrap());
        let place = self.database.as_ref().map(url);
        let file = || choro_config::Database::file(self.path("choro.sqlite"));
        place.map_or_else(file, |place| choro_config::Database { place, ..choro_config::Database::default() })
    }

    /// Adds lines to a table of choro.toml that stands there already.
    pub fn set(&self, table: &str, lines: &str) {
        let text = std::fs::read_to_string(self.path("choro.toml")).unwrap();
        let (before, after) = text.split_once(&format!("\n[{table}]\n")).unwrap();
        self.write("choro.toml", format!("{before}\n[{table}]\n{lines}\n{after}"));
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), content).unwrap();
    }

    /// The release that `current` names.
    pub fn current(&self) -> String {
        std::fs::read_to_string(self.path("releases/current")).unwrap().trim_end().to_owned()
    }

    /// Files and folders that an unfinished publish has left in the releases folder.
    pub fn leftovers(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.path("releases")).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.starts_with('.') && name != ".lock").collect()
    }

    /// Files of the releases folder by their path in it, with inode and size.
    pub fn release_files(&self) -> BTreeMap<PathBuf, (u64, u64)> {
        let root = self.path("releases");
        let (mut files, mut folders) = (BTreeMap::new(), vec![root.clone()]);
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let entry = entry.unwrap();
                let data = entry.metadata().unwrap();
                if data.is_dir() {
                    folders.push(entry.path());
                } else {
                    files.insert(entry.path().strip_prefix(&root).unwrap().to_owned(), (data.ino(), data.len()));
                }
            }
        }
        files
    }

    pub fn state(&self) -> State {
        let database = block_on(async {
            match &self.database {
                None => sqlite_rows(&self.path("choro.sqlite"), &self.path("state.sqlite")).await,
                Some(url) => postgres_rows(url).await,
            }
        });
        let mut releases = self.release_files();
        // The lock file is there from the first try on.
        releases.remove(Path::new(".lock"));
        let current = std::fs::read_to_string(self.path("releases/current")).ok();
        State { database, releases, current }
    }
}

/// A vacuumed copy holds the rows alone, in one order: equal rows, equal bytes.
async fn sqlite_rows(file: &Path, copy: &Path) -> Vec<u8> {
    let mut connection = SqliteConnection::connect(&format!("sqlite:{}", file.display())).await.unwrap();
    let copied = sqlx::query("VACUUM INTO ?").bind(copy.display().to_string()).execute(&mut connection).await;
    copied.unwrap();
    connection.close().await.unwrap();
    let rows = std::fs::read(copy).unwrap();
    std::fs::remove_file(copy).unwrap();
    rows
}

/// Every row of every table as text, sorted.
async fn postgres_rows(url: &str) -> Vec<u8> {
    let mut connection = PgConnection::connect(url).await.unwrap();
    let tables: Vec<String> =
        sqlx::query_scalar("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
            .fetch_all(&mut connection)
            .await
            .unwrap();
    let mut rows = Vec::new();
    for table in tables {
        let sql = format!("SELECT t::text FROM {table} t ORDER BY 1");
        let of_table: Vec<String> = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(&mut connection).await.unwrap();
        rows.extend(format!("{table}\n{}\n", of_table.join("\n")).into_bytes());
    }
    connection.close().await.unwrap();
    rows
}

pub fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Runtime::new().unwrap().block_on(work)
}

/// Whether the whole suite is to run on PostgreSQL.
pub fn on_postgres() -> bool {
    match std::env::var("CHORO_TEST_DATABASE").as_deref() {
        Err(_) | Ok("sqlite") => false,
        Ok("postgres") => true,
        Ok(other) => panic!("CHORO_TEST_DATABASE is {other:?}, expected sqlite or postgres"),
    }
}

impl Server {
    /// Sends a request as it stands and gives the status of the answer.
    pub fn raw(&self, request: &str) -> u16 {
        let mut stream = TcpStream::connect(self.url.strip_prefix("http://").unwrap()).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = text(&answer);
        let status = answer.split(' ').nth(1).unwrap_or_else(|| panic!("{request:?}: {answer:?}"));
        status.parse().unwrap()
    }

    /// Sends a signal and waits for the end; the exit code.
    pub fn stop(mut self, signal: &str) -> Option<i32> {
        let sent = Command::new("kill").args([signal, &self.pid().to_string()]).status().unwrap();
        assert!(sent.success());
        self.child.wait().unwrap().code()
    }
}
