//! Releases in S3-compatible object storage: published to it, served from it, and what happens when it is slow, gone or lying.

use crate::{
    harness::{PROGRAM, Server, Workspace, fixture},
    numbers,
    proxy::{Mode, Proxy},
};
use std::{
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

mod trust;

const URL: &str = "s3://maps/choro";
const SERVE: [&str; 5] = ["serve", "--addr", "127.0.0.1:0", "--bundle", URL];
const TILE: &str = "/tiles/areas/WebMercatorQuad/0/0/0.mvt?indicator=arrival_rate&period=2022";
const VALUES: &str = "/values/areas.csv?indicator=arrival_rate&period=2022";
const GEOJSON: &str = "/areas/areas.geojson?indicator=arrival_rate&period=2022";

/// A local object storage (moto, installed by scripts/setup.sh test) with the bucket `maps`.
struct Store {
    process: Child,
    endpoint: String,
    agent: ureq::Agent,
}

impl Store {
    fn start() -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools/python/bin/moto_server");
        let process = Command::new(&program)
            .args(["-H", "127.0.0.1", "-p", &port.to_string()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|e| panic!("{}: {e}: run scripts/setup.sh test", program.display()));
        let agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let store = Self { process, endpoint: format!("http://127.0.0.1:{port}"), agent };
        let made = (0..200).find_map(|_| {
            std::thread::sleep(Duration::from_millis(100));
            store.agent.put(format!("{}/maps", store.endpoint)).send_empty().ok()
        });
        assert_eq!(made.expect("the object storage did not start").status(), 200);
        store
    }

    fn env(&self) -> [(&'static str, &str); 4] {
        env(&self.endpoint)
    }

    /// Keys and sizes of all objects.
    fn objects(&self) -> Vec<(String, usize)> {
        let url = format!("{}/maps?list-type=2", self.endpoint);
        let text = self.agent.get(url).call().unwrap().body_mut().read_to_string().unwrap();
        let within = |text: &str, tag: &str| {
            let (_, rest) = text.split_once(&format!("<{tag}>")).unwrap();
            rest.split_once('<').unwrap().0.to_owned()
        };
        text.split("<Contents>").skip(1).map(|part| (within(part, "Key"), within(part, "Size").parse().unwrap())).collect()
    }

    fn overwrite(&self, key: &str, bytes: &[u8]) {
        // The local storage checks no signature, and takes nothing without one.
        let request = self.agent.put(format!("{}/maps/{key}", self.endpoint)).header("Authorization", "AWS test:test");
        let sent = request.send(bytes).unwrap();
        assert_eq!(sent.status(), 200);
    }

    fn signal(&self, signal: &str) {
        assert!(Command::new("kill").args([signal, &self.process.id().to_string()]).status().unwrap().success());
    }
}

fn env(endpoint: &str) -> [(&'static str, &str); 4] {
    [
        ("AWS_ACCESS_KEY_ID", "test"),
        ("AWS_SECRET_ACCESS_KEY", "test"),
        ("AWS_REGION", "us-east-1"),
        ("AWS_ENDPOINT_URL", endpoint),
    ]
}

impl Drop for Store {
    fn drop(&mut self) {
        // A stopped process takes the kill, too.
        let _gone = self.process.kill();
        let _reaped = self.process.wait();
    }
}

fn workspace() -> Workspace {
    let workspace = Workspace::invented();
    workspace.set("server", "release_poll_ms = 100");
    workspace.set("storage", &format!("url = \"{URL}\"\ntimeout_s = 1\ncache_mb = 16"));
    workspace
}

fn publish(workspace: &Workspace, store: &Store) -> String {
    let output = workspace.run_with(&["publish"], &store.env());
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("copied to s3://maps/choro: "), "{said}");
    said
}

/// A server of the storage with an empty cache of its own, in a folder that knows nothing of the workspace.
fn serve(folder: &Path, store: &Store) -> Server {
    serve_from(folder, &store.endpoint)
}

fn serve_from(folder: &Path, endpoint: &str) -> Server {
    std::fs::write(folder.join("choro.toml"), "[server]\nrelease_poll_ms = 100\n[storage]\ntimeout_s = 1\n").unwrap();
    Server::start_with(&SERVE, folder, &env(endpoint))
}

/// Names and sizes of what a server of the storage keeps.
fn kept(folder: &Path) -> Vec<(std::ffi::OsString, u64)> {
    let entries = std::fs::read_dir(folder.join("storage-cache")).unwrap().map(|entry| entry.unwrap());
    let mut kept: Vec<_> = entries.map(|entry| (entry.file_name(), entry.metadata().unwrap().len())).collect();
    kept.sort();
    kept
}

#[test]
fn a_server_without_files_answers_from_storage_as_one_with_files_and_takes_the_next_release() {
    let (store, workspace, folder) = (Store::start(), workspace(), tempfile::tempdir().unwrap());
    publish(&workspace, &store);
    let (near, far) = (workspace.serve(), serve(folder.path(), &store));
    for url in [TILE, VALUES, GEOJSON, "/catalog.json", "/areas/areas/04"] {
        let (near, far) = (near.get(url), far.get(url));
        assert_eq!((near.status, far.status), (200, 200), "{url}: {}", far.text());
        assert!(near.body == far.body && near.header("etag") == far.header("etag"), "{url}");
    }
    let before = store.objects();
    workspace.write("rates.csv", fixture("rates.csv").replace("04;12;10", "04;12;77,5"));
    workspace.ok(&["import", "observations", "rates.csv", "--set", "areas", "--mapping", "rates.toml"]);
    publish(&workspace, &store);
    far.until("the next release", |far| far.get(VALUES).text().contains("77.5"));
    // Only what changed was sent: geometry and tiles stand there once.
    let after = store.objects();
    let new: usize =
        after.iter().filter(|object| object.0.contains("/files/") && !before.contains(object)).map(|o| o.1).sum();
    let old: usize = before.iter().filter(|object| object.0.contains("/files/")).map(|o| o.1).sum();
    assert!(new > 0 && new < old / 2, "{new} of {old} bytes were sent again");
    // What is cached on the disk is within its bounds, and a server that starts anew finds it.
    drop(far);
    assert!(std::fs::read_dir(folder.path().join("storage-cache")).unwrap().count() > 0);
    assert_eq!(serve(folder.path(), &store).get(TILE).body, workspace.serve().get(TILE).body);
}

#[test]
fn what_was_spoilt_in_the_cache_is_fetched_again_and_never_served() {
    let (store, workspace, folder) = (Store::start(), workspace(), tempfile::tempdir().unwrap());
    publish(&workspace, &store);
    let answers = || {
        let server = serve(folder.path(), &store);
        [TILE, VALUES, GEOJSON, "/areas/areas/04"].map(|url| server.get(url)).map(|reply| (reply.status, reply.body))
    };
    let sound = answers();
    assert!(sound.iter().all(|(status, _)| *status == 200));
    for spoil in ["flipped", "cut", "empty"] {
        let mut spoilt = 0;
        for entry in std::fs::read_dir(folder.path().join("storage-cache")).unwrap() {
            let path = entry.unwrap().path();
            let mut bytes = std::fs::read(&path).unwrap();
            let middle = bytes.len() / 2;
            match spoil {
                "flipped" => bytes[middle] ^= 1,
                "cut" => bytes.truncate(middle),
                _ => bytes.clear(),
            }
            std::fs::write(path, bytes).unwrap();
            spoilt += 1;
        }
        assert!(spoilt > 3, "{spoilt} files");
        assert!(answers() == sound, "{spoil}");
    }
}

#[test]
fn releases_that_are_no_longer_kept_leave_the_storage_with_their_content() {
    let (store, workspace) = (Store::start(), workspace());
    workspace.set("server", "keep_releases = 1");
    publish(&workspace, &store);
    let first = workspace.current();
    workspace.write("rates.csv", fixture("rates.csv").replace("04;12;10", "04;12;77,5"));
    workspace.ok(&["import", "observations", "rates.csv", "--set", "areas", "--mapping", "rates.toml"]);
    publish(&workspace, &store);
    let keys: Vec<String> = store.objects().into_iter().map(|(key, _)| key).collect();
    assert!(!keys.iter().any(|key| key.contains(&first)), "{keys:?}");
    let manifest = std::fs::read(workspace.path(&format!("releases/{}/manifest.json", workspace.current()))).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
    let mut needed: Vec<String> =
        manifest["files"].as_object().unwrap().values().map(|file| file["sha256"].as_str().unwrap().to_owned()).collect();
    needed.sort();
    needed.dedup();
    let mut there: Vec<String> = keys.iter().filter_map(|key| key.strip_prefix("choro/files/")).map(str::to_owned).collect();
    there.sort();
    assert_eq!(there, needed);
}

#[test]
fn a_rollback_and_a_withdrawal_reach_the_storage() {
    let (store, workspace, folder) = (Store::start(), workspace(), tempfile::tempdir().unwrap());
    publish(&workspace, &store);
    let first = workspace.current();
    workspace.write("rates.csv", fixture("rates.csv").replace("04;12;10", "04;12;77,5"));
    workspace.ok(&["import", "observations", "rates.csv", "--set", "areas", "--mapping", "rates.toml"]);
    publish(&workspace, &store);
    let second = workspace.current();
    let far = serve(folder.path(), &store);
    assert_eq!(far.json("/catalog.json")["release"], second.as_str());
    for arguments in [["releases", "rollback", &first], ["releases", "withdraw", &second]] {
        let output = workspace.run_with(&arguments, &store.env());
        assert!(output.status.success(), "{arguments:?}: {output:?}");
    }
    far.until("the release before", |far| far.json("/catalog.json")["release"] == first.as_str());
    drop(far);
    let named = serve(folder.path(), &store).get(&format!("{TILE}&release={second}"));
    assert_eq!(named.status, 410, "{}", named.text());
}

#[test]
fn storage_that_is_gone_or_slow_costs_only_what_was_not_fetched_and_is_used_again_when_it_answers() {
    for (away, back) in [("-STOP", Some("-CONT")), ("-KILL", None)] {
        let (store, workspace, folder) = (Store::start(), workspace(), tempfile::tempdir().unwrap());
        publish(&workspace, &store);
        let far = serve(folder.path(), &store);
        let tile = far.get(TILE);
        assert_eq!(tile.status, 200);
        store.signal(away);
        // Seen: from memory. Never seen, of a period that was not asked for: 503, and soon.
        let how = if back.is_some() { "silent" } else { "gone" };
        let begun = Instant::now();
        assert_eq!(far.get(TILE).body, tile.body);
        numbers::say(6, &format!("storage {how}: what was fetched is answered after"), begun.elapsed().as_millis(), "ms");
        assert_eq!(far.get("/health/ready").status, 200);
        let begun = Instant::now();
        let other = far.get(&VALUES.replace("2022", "2021"));
        let ms = begun.elapsed().as_millis();
        numbers::say(6, &format!("storage {how}, timeout 1 s: what was not is refused after"), ms, "ms");
        assert_eq!((other.status, other.header("retry-after")), (503, Some("1")), "{away}: {}", other.text());
        assert!(!other.text().contains("127.0.0.1"), "nothing internal leaks: {}", other.text());
        // A publisher is told, and its own release stands.
        let output = workspace.run_with(&["publish"], &store.env());
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(1) && said.contains("publish again, when the storage answers"), "{said}");
        assert_eq!(workspace.serve().get(TILE).status, 200);
        if let Some(back) = back {
            store.signal(back);
            far.until("the storage answers again", |far| far.get(&VALUES.replace("2022", "2021")).status == 200);
        }
    }
}

#[test]
fn storage_that_lies_is_never_believed() {
    let (store, workspace, folder) = (Store::start(), workspace(), tempfile::tempdir().unwrap());
    publish(&workspace, &store);
    let far = serve(folder.path(), &store);
    let tile = far.get(TILE);
    // Every content becomes garbage of the same size, then of another; the release that is open stays right.
    for garbage in [None, Some("short")] {
        for (key, size) in store.objects().into_iter().filter(|(key, _)| key.contains("/files/")) {
            store.overwrite(&key, garbage.map_or(vec![b'x'; size], |text| text.as_bytes().to_vec()).as_slice());
        }
        assert_eq!(far.get(TILE).body, tile.body);
        let other = far.get(&VALUES.replace("2022", "2021"));
        assert!(matches!(other.status, 500 | 503), "{} {}", other.status, other.text());
    }
    // A pointer to nothing, a manifest that is another's: refused, and the open release goes on.
    store.overwrite("choro/current", b"2000-01-01-000000000000\n");
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(far.get(TILE).body, tile.body);
    let key = "choro/releases/2000-01-01-000000000000/manifest.json";
    let manifest = std::fs::read(workspace.path(&format!("releases/{}/manifest.json", workspace.current()))).unwrap();
    store.overwrite(key, &manifest);
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!((far.get(TILE).body, far.get("/health/ready").status), (tile.body, 200));
}

#[test]
fn a_page_in_place_of_an_object_and_a_body_that_is_cut_off_are_neither_served_nor_kept() {
    let (store, workspace, folder) = (Store::start(), workspace(), tempfile::tempdir().unwrap());
    publish(&workspace, &store);
    let proxy = Proxy::before(store.endpoint.rsplit_once(':').unwrap().1.parse().unwrap());
    let endpoint = format!("http://127.0.0.1:{}", proxy.port);
    let far = serve_from(folder.path(), &endpoint);
    let (tile, before) = (far.get(TILE), kept(folder.path()));
    assert_eq!(tile.status, 200);
    let unseen = [VALUES.replace("2022", "2021"), GEOJSON.to_owned()];
    for (mode, what) in [
        (Mode::Page, "a page instead of an object"),
        (Mode::CutAnswerAfter(0), "no byte of an answer"),
        (Mode::CutAnswerAfter(300), "a head and little more"),
        (Mode::CutAnswerAfter(600), "half a body"),
    ] {
        proxy.set(mode);
        assert_eq!(far.get(TILE).body, tile.body, "{mode:?}");
        assert_eq!(far.get("/health/ready").status, 200, "{mode:?}");
        for url in &unseen {
            let begun = Instant::now();
            let reply = far.get(url);
            let said = reply.text();
            assert!(
                matches!(reply.status, 500 | 503) && !said.contains("log in"),
                "{mode:?}: {url}: {} {said}",
                reply.status
            );
            let name = format!("{what}: refused with {} after", reply.status);
            numbers::say(6, &name, begun.elapsed().as_millis(), "ms");
        }
        assert_eq!(kept(folder.path()), before, "{mode:?}: something was kept");
        // A server that starts ends, and says what it got.
        let other = tempfile::tempdir().unwrap();
        let output = Command::new(PROGRAM).args(SERVE).current_dir(other.path()).envs(env(&endpoint)).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(1) && said.contains(URL), "{mode:?}: {said}");
    }
    proxy.set(Mode::Pass);
    let near = workspace.serve();
    for url in &unseen {
        far.until("the storage answers again", |far| far.get(url).status == 200);
        assert_eq!(far.get(url).body, near.get(url).body, "{url}");
    }
}

/// A limit on the size of files stands for a full disk.
#[test]
fn a_cache_on_a_full_disk_costs_memory_and_no_answer() {
    let (store, workspace, folder) = (Store::start(), workspace(), tempfile::tempdir().unwrap());
    publish(&workspace, &store);
    std::fs::write(folder.path().join("choro.toml"), "[server]\nrelease_poll_ms = 100\n").unwrap();
    let log = tempfile::NamedTempFile::new().unwrap();
    let mut command = Command::new("bash");
    // The log is written by a process that the limit does not bind.
    let log_to = format!("exec 2> >(cat > '{}')", log.path().display());
    let script = format!("{log_to}; trap '' XFSZ; ulimit -f 0; exec '{PROGRAM}' {}", SERVE.join(" "));
    command.args(["-c", &script]).current_dir(folder.path()).envs(store.env());
    let far = Server::run(command);
    let same = |near: &Server| {
        for url in [TILE, VALUES, GEOJSON, "/areas/areas/04"] {
            assert_eq!(far.get(url).body, near.get(url).body, "{url}");
        }
    };
    same(&workspace.serve());
    workspace.write("rates.csv", fixture("rates.csv").replace("04;12;10", "04;12;77,5"));
    workspace.ok(&["import", "observations", "rates.csv", "--set", "areas", "--mapping", "rates.toml"]);
    publish(&workspace, &store);
    far.until("the next release", |far| far.get(VALUES).text().contains("77.5"));
    same(&workspace.serve());
    assert!(kept(folder.path()).iter().all(|(_, size)| *size == 0), "{:?}", kept(folder.path()));
    far.until("a warning", |_| {
        let said = std::fs::read_to_string(log.path()).unwrap();
        said.lines().any(|line| line.contains("WARN") && line.contains("a file of the release is held in memory"))
    });
}

#[test]
fn an_address_that_is_none_of_object_storage_is_refused_before_anything_is_asked() {
    let workspace = Workspace::invented();
    for (url, expected) in [
        ("http://127.0.0.1:1/maps", "expected s3://BUCKET/PREFIX"),
        ("s3:///choro", "expected s3://BUCKET/PREFIX"),
        ("s3://maps/a//b", "s3://maps/a//b"),
    ] {
        let said = workspace.fails(&["serve", "--addr", "127.0.0.1:0", "--bundle", url], 1);
        assert!(said.contains(expected), "{url}: {said}");
    }
}
