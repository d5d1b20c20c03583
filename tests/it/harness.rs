//! One workspace in a temporary folder, the real program run on it, and a client that asks its server.

use std::{
    io::{BufRead as _, BufReader},
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
}

impl Workspace {
    pub fn new(indicators: &str) -> Self {
        let workspace = Self { dir: tempfile::tempdir().unwrap() };
        let made = workspace.run(&["init", "."]);
        assert!(made.status.success(), "{made:?}");
        std::fs::write(workspace.path("indicators.toml"), indicators).unwrap();
        workspace
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
        let gdal = Path::new(PROGRAM).with_file_name("choro-gdal");
        Command::new(PROGRAM).args(arguments).current_dir(self.dir.path()).env("CHORO_GDAL", gdal).output().unwrap()
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
        Server::start(&["serve", "--addr", "127.0.0.1:0"], self.dir.path())
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A running server; stopped when dropped.
pub struct Server {
    child: Child,
    pub url: String,
    agent: ureq::Agent,
}

impl Server {
    /// Starts the program with `arguments` in `dir` and waits for the line that names its address.
    pub fn start(arguments: &[&str], dir: &Path) -> Self {
        let mut command = Command::new(PROGRAM);
        command.args(arguments).current_dir(dir).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let url = lines.map_while(Result::ok).find_map(|line| {
            let at = line.find("http://")?;
            Some(line[at..].trim_end_matches('/').to_owned())
        });
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(60)))
            .accept_encoding("identity")
            .build()
            .into();
        let mut server = Self { child, url: String::new(), agent };
        server.url = url.expect("the server ended before it named its address");
        server
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    pub fn get(&self, path: &str) -> Reply {
        self.get_with(path, &[])
    }

    pub fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Reply {
        let mut request = self.agent.get(format!("{}{path}", self.url));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
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
