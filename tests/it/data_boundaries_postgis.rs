//! A PostGIS table as a source, in a PostgreSQL of this test's own.

use crate::{
    data_boundaries_formats::folder,
    harness::{PROGRAM, Workspace},
};
use std::{
    fs,
    net::TcpListener,
    os::unix::fs::{MetadataExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};
use tempfile::TempDir;

const PASSWORD: &str = "hush: & 'quiet'";
const SQL: &str = "CREATE EXTENSION postgis; CREATE SCHEMA geo;
CREATE TABLE geo.regions (id serial PRIMARY KEY, code text, title text, geom geometry(Polygon, 3857));
INSERT INTO geo.regions (code, title, geom) VALUES
('01', 'Орёл', ST_GeomFromText('POLYGON((0 0, 111319.490793 0, 111319.490793 111325.142866, 0 111325.142866, 0 0))', 3857)),
('02', 'Ёлкино', ST_GeomFromText('POLYGON((111319.490793 0, 222638.981587 0, 222638.981587 111325.142866, 111319.490793 111325.142866, 111319.490793 0))', 3857));
CREATE VIEW geo.good AS SELECT code, title, geom FROM geo.regions WHERE code = '01';
CREATE TABLE geo.plain (code text); CREATE TABLE geo.two (code text, a geometry(Polygon, 4326), b geometry(Polygon, 4326)); CREATE TABLE geo.\"empty\" (code text, geom geometry(Polygon, 4326));";

/// A server on a free port; stopped when dropped.
struct Database {
    child: Child,
    port: u16,
    programs: PathBuf,
    dir: TempDir,
}

impl Database {
    /// Starts one, if PostgreSQL and PostGIS are installed; they are in CI.
    fn start() -> Option<Self> {
        let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().map(|entry| entry.unwrap());
        let found = versions.map(|entry| (entry.path().join("bin"), entry.file_name())).find(|(programs, version)| {
            let extension = format!("/usr/share/postgresql/{}/extension/postgis.control", version.to_string_lossy());
            programs.join("initdb").is_file() && Path::new(&extension).is_file()
        });
        let Some((programs, _)) = found else {
            assert!(std::env::var_os("CI").is_none(), "PostgreSQL with PostGIS must be there in CI (scripts/setup.sh test)");
            eprintln!("NOT RUN: PostgreSQL with PostGIS is not installed (scripts/setup.sh test)");
            return None;
        };
        let dir = tempfile::tempdir().unwrap();
        let home = dir.path().to_owned();
        fs::write(home.join("password"), PASSWORD).unwrap();
        let text = |path: &Path| path.display().to_string();
        if own_uid(&home) == 0 {
            // PostgreSQL refuses to run as root.
            assert!(Command::new("chown").args(["-R", "postgres", &text(&home)]).status().unwrap().success());
        }
        let (data, password) = (text(&home.join("data")), text(&home.join("password")));
        let made = ordinary(&home, &programs.join("initdb"))
            .args([
                "-D",
                &data,
                "-U",
                "owner",
                "-A",
                "scram-sha-256",
                "-E",
                "UTF8",
                "--locale=C",
                "--no-sync",
                "--pwfile",
                &password,
            ])
            .output();
        let made = made.unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let child = ordinary(&home, &programs.join("postgres"))
            .args([
                "-D",
                &data,
                "-p",
                &port.to_string(),
                "-k",
                &text(&home),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "fsync=off",
            ])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let database = Self { child: child.unwrap(), port, programs, dir };
        database.wait();
        Some(database)
    }

    fn wait(&self) {
        for _ in 0..400 {
            if self.sql("SELECT 1").status.success() {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("PostgreSQL does not answer");
    }

    fn sql(&self, text: &str) -> std::process::Output {
        let port = self.port.to_string();
        let fixed =
            ["-h", "127.0.0.1", "-p", &port, "-U", "owner", "-d", "postgres", "-v", "ON_ERROR_STOP=1", "-qAt", "-c", text];
        Command::new(self.programs.join("psql")).args(fixed).env("PGPASSWORD", PASSWORD).output().unwrap()
    }

    fn address(&self, rest: &str) -> String {
        self.address_at("127.0.0.1", rest)
    }

    /// By the socket in its folder.
    fn local_address(&self, rest: &str) -> String {
        self.address_at(&self.dir.path().display().to_string().replace('/', "%2F"), rest)
    }

    fn address_at(&self, host: &str, rest: &str) -> String {
        let password = url::form_urlencoded::byte_serialize(PASSWORD.as_bytes()).collect::<String>().replace('+', "%20");
        format!("postgres://owner:{password}@{host}:{}/{rest}", self.port)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // An interrupt ends it at once and lets it take its helpers along.
        let _told = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status();
        let _reaped = self.child.wait();
    }
}

fn own_uid(home: &Path) -> u32 {
    fs::metadata(home).unwrap().uid()
}

/// A program run as an ordinary user.
fn ordinary(home: &Path, program: &Path) -> Command {
    // Beside root, the folder belongs to whoever runs the test.
    let root = fs::metadata("/proc/self").is_ok_and(|data| data.uid() == 0);
    let mut command = Command::new(if root { Path::new("setpriv") } else { program });
    if root {
        command.args(["--reuid", "postgres", "--regid", "postgres", "--clear-groups"]).arg(program);
    }
    command.current_dir(home);
    command
}

#[test]
fn a_postgis_table_or_view_is_imported_and_its_password_is_never_said() {
    let Some(database) = Database::start() else { return };
    if folder().is_none() {
        return;
    }
    let made = database.sql(SQL);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let workspace = Workspace::new("");
    let import = |rest: &str, vintage: &'static str| {
        let address = database.address(rest);
        workspace.run(&[
            "import",
            "boundaries",
            &address,
            "--set",
            "areas",
            "--vintage",
            vintage,
            "--code",
            "code",
            "--name",
            "ru=title",
        ])
    };
    let said = |output: &std::process::Output| {
        let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert!(!text.contains("hush") && !text.contains("quiet"), "the password is said: {text}");
        text
    };
    for (rest, vintage, areas) in [
        ("postgres?table=geo.regions", "1", 2),
        ("postgres?table=geo.regions&geometry=geom", "2", 2),
        ("postgres?table=geo.good", "3", 1),
    ] {
        let text = said(&import(rest, vintage));
        let expected = format!("{areas} areas read, {areas} taken");
        assert!(text.contains(&expected) && text.contains("PostgreSQL, EPSG:3857"), "{rest}: {text}");
    }
    for (rest, words) in [
        ("postgres?table=geo.absent", &["no table geo.absent with a geometry"][..]),
        ("postgres?table=geo.plain", &["geo.plain"]),
        ("postgres?table=geo.two", &["several geometry columns"]),
        ("postgres?table=geo.two&geometry=b", &["no areas"]),
        ("postgres?table=geo.empty", &["no areas"]),
        ("nowhere?table=geo.regions", &["nowhere"]),
        ("postgres", &["names no table", "?table=SCHEMA.TABLE"]),
        ("postgres?table=geo.regions;DROP%20TABLE%20geo.regions", &["no table geo.regions;DROP TABLE geo.regions"]),
    ] {
        let output = import(rest, "9");
        let text = said(&output);
        assert_eq!(output.status.code(), Some(1), "{rest}: {text}");
        assert!(words.iter().all(|word| text.contains(word)), "{rest}: {text}");
    }
    assert_eq!(database.sql("SELECT count(*) FROM geo.regions").stdout, b"2\n");
}

#[test]
fn codes_of_every_type_keep_their_digits_and_areas_without_geometry_stay() {
    let Some(database) = Database::start() else { return };
    if folder().is_none() {
        return;
    }
    let made = database.sql(
        "CREATE EXTENSION postgis; CREATE SCHEMA geo;
        CREATE TABLE geo.numbers (code text, whole bigint, fraction double precision, exact numeric(20,0), geom geometry(Polygon, 4326));
        INSERT INTO geo.numbers VALUES
        ('007', 11001, 11001, 12345678901234567890, ST_GeomFromText('POLYGON((36 52, 37 52, 37 53, 36 53, 36 52))', 4326)),
        ('010', 11002, 11002.5, 2, NULL), (NULL, NULL, NULL, NULL, ST_GeomFromText('POLYGON((30 52, 31 52, 31 53, 30 52))', 4326))",
    );
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let workspace = Workspace::new("");
    // Areas without polygon are listed by their codes.
    let empty = "CREATE TABLE geo.codes AS SELECT code, whole, fraction, exact, NULL::geometry(Polygon, 4326) AS geom FROM geo.numbers";
    assert!(database.sql(empty).status.success());
    let address = database.address("postgres?table=geo.codes");
    for (field, codes) in [
        ("code", &["007", "010"][..]),
        ("whole", &["11001", "11002"]),
        ("fraction", &["11001", "11002.5"]),
        // GDAL would cut the other one to the largest number that it holds.
        ("exact", &["2"]),
    ] {
        let fixed = ["import", "boundaries", &address, "--set", field, "--vintage", "1", "--code", field];
        let report = workspace.run(&[&fixed[..], &["--skip-rejects", "--json"]].concat());
        let report: serde_json::Value = serde_json::from_slice(&report.stdout).unwrap();
        let rejected = report["rejected"].as_array().unwrap().len();
        let got: Vec<&str> =
            report["without_polygon"].as_array().unwrap().iter().filter_map(|area| area["code"].as_str()).collect();
        assert_eq!(
            (report["read"].as_u64(), rejected, got.as_slice()),
            (Some(3), 3 - codes.len(), codes),
            "{field}: {report}"
        );
    }
}

#[test]
fn a_database_is_reached_by_name_and_by_a_socket_of_this_machine_and_its_password_stands_in_a_file() {
    let Some(database) = Database::start() else { return };
    if folder().is_none() {
        return;
    }
    assert!(database.sql(SQL).status.success());
    let workspace = Workspace::new("");
    // The file of passwords of libpq, in the home of who imports.
    let escaped = PASSWORD.replace(':', "\\:");
    fs::write(workspace.path(".pgpass"), format!("localhost:{}:*:owner:{escaped}\n", database.port)).unwrap();
    fs::set_permissions(workspace.path(".pgpass"), fs::Permissions::from_mode(0o600)).unwrap();
    let home = workspace.path("").display().to_string();
    let named = format!("postgres://owner@localhost:{}/postgres?table=geo.regions", database.port);
    for (vintage, address) in [("1", named), ("2", database.local_address("postgres?table=geo.regions"))] {
        let fixed = ["import", "boundaries", &address, "--set", "areas", "--vintage", vintage, "--code", "code"];
        let output = workspace.run_with(&fixed, &[("HOME", &home)]);
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && said.contains("2 areas read, 2 taken"), "{vintage}: {said}");
    }
}

#[test]
fn the_password_may_come_from_the_environment_and_stands_in_no_argument() {
    let Some(database) = Database::start() else { return };
    if folder().is_none() {
        return;
    }
    assert!(database.sql(SQL).status.success());
    // In a file: the variable would be the password of a workspace on a server, too.
    let workspace = Workspace::on(None, "");
    let address = format!("postgres://owner@127.0.0.1:{}/postgres?table=geo.regions", database.port);
    let gdal = Path::new(PROGRAM).with_file_name("choro-gdal");
    let import = |password: &str| {
        let fixed = ["import", "boundaries", &address, "--set", "areas", "--vintage", "1", "--code", "code"];
        let mut command = Command::new(PROGRAM);
        command.args(fixed).current_dir(workspace.path("")).env("CHORO_GDAL", &gdal).env("PGPASSWORD", password);
        command.output().unwrap()
    };
    let refused = import("wrong");
    let text = String::from_utf8_lossy(&refused.stderr);
    assert!(refused.status.code() == Some(1) && text.contains("authentication failed"), "{text}");
    assert!(import(PASSWORD).status.success());
}
