//! A PostgreSQL server of the tests' own: one for each test process, as an ordinary user, on a free port of the loopback
//! address, in a temporary folder. Each test makes a database of its own in it.
//!
//! A shell runs the server and waits for the end of its standard input: when the test process ends, in whatever way, the shell
//! ends the server and removes the folder.

use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
use std::{
    net::{Ipv4Addr, TcpListener},
    os::unix::process::CommandExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

pub const PASSWORD: &str = "a-password-that-nobody-may-see";

/// What survives the end of the machine does not matter to tests.
pub const FAST: &str = "-c fsync=off -c full_page_writes=off";

/// Sorts texts by language where it can, as servers in use do, so that a query that relies on an order of bytes is noticed.
const SCRIPT: &str = r#"
set -eu
dir=$(mktemp -d "${TMPDIR:-/tmp}/choro-postgres.XXXXXX")
trap 'rm -rf "$dir"' EXIT
cd "$dir"
printf %s "$PASSWORD" > password
init() { "$BIN/initdb" -D data -U choro -A scram-sha-256 --pwfile=password -E UTF8 --no-sync "$@" > init.log 2>&1; }
init --locale=C.UTF-8 --locale-provider=icu --icu-locale=en || init --locale=C.UTF-8 || { cat init.log >&2; exit 1; }
start() {
    "$BIN/postgres" -D data -p "$PORT" -c listen_addresses=127.0.0.1 -c unix_socket_directories="$dir" \
        -c max_connections=200 $OPTIONS > server.log 2>&1 &
    server=$!
}
stop() { kill -QUIT "$server" || :; wait "$server" || :; }
start
while read -r order; do "$order"; echo done; done
stop
"#;

/// A running server; ended when dropped, or with the process.
pub struct Cluster {
    pub shell: Child,
    pub port: u16,
    databases: AtomicU32,
}

impl Cluster {
    /// The server of this process. Where PostgreSQL is absent the test says so, and fails in CI.
    pub fn shared() -> Option<&'static Self> {
        static SHARED: OnceLock<Option<Cluster>> = OnceLock::new();
        SHARED.get_or_init(|| Self::start(FAST)).as_ref()
    }

    /// A server with options of `postgres`.
    pub fn start(options: &str) -> Option<Self> {
        let Some(programs) = programs() else {
            assert!(std::env::var_os("CI").is_none(), "PostgreSQL must be there in CI: no initdb found");
            eprintln!("NOT RUN on PostgreSQL: no initdb found (scripts/setup.sh test installs it)");
            return None;
        };
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
        let mut command = as_ordinary_user();
        command.args(["sh", "-c", SCRIPT]).current_dir("/").process_group(0);
        command.env("BIN", programs).env("PORT", port.to_string()).env("PASSWORD", PASSWORD);
        command.env("OPTIONS", options);
        let shell = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        Some(Self { shell, port, databases: AtomicU32::new(0) })
    }

    /// The URL of a database, with the password.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://choro:{PASSWORD}@127.0.0.1:{}/{database}", self.port)
    }

    /// The URL of a new, empty database.
    pub async fn database(&self) -> String {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let mut connection = self.connect().await;
        connection.execute(AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.unwrap();
        connection.close().await.unwrap();
        self.url(&name)
    }

    /// A connection, as soon as the server takes one.
    pub async fn connect(&self) -> PgConnection {
        let mut last = None;
        for _ in 0..600 {
            match PgConnection::connect(&self.url("postgres")).await {
                Ok(connection) => return connection,
                Err(error) => last = Some(error),
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("PostgreSQL does not start on port {}: {last:?}", self.port);
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.shell.stdin.take());
        let _reaped = self.shell.wait();
    }
}

/// The folder of the newest server's programs: where Debian's packages put them, or that of an `initdb` in PATH.
pub fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = versions.map(|entry| entry.path().join("bin")).max_by_key(|bin| version(bin));
    let in_path = std::env::split_paths(&std::env::var_os("PATH")?).collect::<Vec<_>>();
    newest.into_iter().chain(in_path).find(|folder| folder.join("initdb").is_file())
}

fn version(bin: &Path) -> Option<u32> {
    bin.parent()?.file_name()?.to_str()?.parse().ok()
}

/// The server refuses to run as root; the package's own user serves then.
fn as_ordinary_user() -> Command {
    let root = Command::new("id").arg("-u").output().unwrap().stdout == b"0\n";
    let mut command = Command::new(if root { "runuser" } else { "env" });
    if root {
        command.args(["-u", "postgres", "--"]);
    }
    command
}
