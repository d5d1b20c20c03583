//! Faults while a server runs or a release is published, with what must hold meanwhile. A full disk, and a next release that
//! is damaged, are in `refusals::publishing` and `releases`.

use super::{TILE, VALUES, copy, publish_next, published, until_current};
use crate::{
    harness::{Reply, Workspace, fixture},
    mix::Mix,
    numbers,
};
use std::{
    fs,
    os::unix::fs::FileExt as _,
    path::{Path, PathBuf},
    process::Stdio,
    time::{Duration, Instant},
};

/// What a client may ask of the invented areas, each part of a bundle at least once.
const PATHS: [&str; 8] = [
    TILE,
    "/tiles/areas/WebMercatorQuad/3/4/2.mvt?indicator=arrival_rate&period=2021",
    VALUES,
    "/values/areas.csv?indicator=arrival_rate&period=2021",
    "/areas/areas.geojson?indicator=arrival_rate&period=2022",
    "/areas/areas/01",
    "/catalog.json",
    "/tiles/areas/WebMercatorQuad.json?indicator=arrival_rate&period=2022",
];

fn files(bundle: &Path) -> Vec<PathBuf> {
    let (mut files, mut folders) = (Vec::new(), vec![bundle.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    files
}

/// Damage of each file while a server that has read nothing of it is open: a wrong byte, a file cut off, an empty one. Every
/// answer is right or a 500, what does not need the file is right, and one mended is served again.
#[test]
fn damage_of_an_open_release_gives_right_bytes_or_500_and_nothing_else() {
    let workspace = published();
    let bundle = workspace.path(&format!("releases/{}", workspace.current()));
    let pristine = tempfile::tempdir().unwrap();
    copy(&bundle, pristine.path());
    let golden: Vec<Vec<u8>> = {
        let server = workspace.serve();
        PATHS.map(|path| server.get(path)).map(|reply| (assert_eq!(reply.status, 200), reply.body).1).into()
    };
    let (mut refused, mut right) = (0, 0);
    for file in files(&bundle) {
        let sound = fs::read(&file).unwrap();
        let middle = sound.len() / 2;
        for length in [sound.len(), middle, 0] {
            let server = workspace.serve();
            let open = fs::File::options().write(true).open(&file).unwrap();
            open.write_all_at(&[!sound[middle]], middle as u64).unwrap();
            open.set_len(length as u64).unwrap();
            for (path, golden) in PATHS.iter().zip(&golden) {
                let reply = server.get(path);
                match reply.status {
                    // The address of a server is part of what it says about itself.
                    200 if path.ends_with("2022") && path.contains(".json") => right += 1,
                    200 => right += usize::from(assert_same(&reply, golden, path, &file)),
                    500 => refused += 1,
                    other => panic!("{path} with {} damaged: {other}", file.display()),
                }
            }
            fs::write(&file, &sound).unwrap();
            for path in PATHS {
                assert_eq!(server.get(path).status, 200, "{path} after {} was mended", file.display());
            }
        }
    }
    numbers::say(7, "answers with a damaged file, right", right, "");
    numbers::say(7, "answers with a damaged file, refused with 500", refused, "");
    assert!(refused >= 9 && right > 10 * refused / 2, "{right} right, {refused} refused: is the damage met at all?");
}

fn assert_same(reply: &Reply, golden: &[u8], path: &str, file: &Path) -> bool {
    assert!(reply.body == golden, "{path} with {} damaged: wrong bytes", file.display());
    true
}

/// A hundred switches between two releases under load: no answer fails, each is that of the release that it names, and memory
/// comes to rest.
#[test]
fn a_hundred_switches_under_load_fail_nothing_and_mix_nothing() {
    let workspace = published();
    let old = workspace.current();
    let new = publish_next(&workspace, "11");
    let server = workspace.serve();
    let mix = Mix::of(&server, &[&old, &new]);
    let mut quiet = mix.quiet(&server);
    let (mut seen, memory) = mix.during(&server, || {
        let switch = |round: usize| {
            let release = if round.is_multiple_of(2) { &old } else { &new };
            let aside = workspace.path("releases/next");
            fs::write(&aside, format!("{release}\n")).unwrap();
            fs::rename(&aside, workspace.path("releases/current")).unwrap();
            until_current(&server, release);
            server.memory()
        };
        (0..100).map(switch).collect::<Vec<_>>()
    });
    assert!(seen.releases.len() == 2 && seen.releases.values().all(|count| *count > 100), "{:?}", seen.releases);
    let most = |part: &[f64]| part.iter().copied().fold(0.0, f64::max);
    let (half, end) = (most(&memory[..50]), most(&memory[50..]));
    numbers::times(8, "requests in quiet", &mut quiet.ms);
    numbers::times(8, "requests while releases are switched", &mut seen.ms);
    numbers::say(8, "answers compared, none failed or mixed", seen.ms.len(), "");
    numbers::say(8, "memory of the second fifty switches", format!("{:.2}", end / half), "of the first fifty");
    assert!(end <= half * 1.1, "memory grows: {half} bytes in the first fifty switches, {end} in the next");
}

/// A publisher that is killed a hundred times, at moments spread over its work, each time with another figure: the workspace
/// always opens, and the release is the old one or a new one, whole.
#[test]
fn a_publisher_killed_a_hundred_times_leaves_the_old_release_or_the_new_one() {
    let workspace = published();
    // The first releases are needed for nothing, and each takes its time to verify.
    workspace.set("server", "keep_releases = 2");
    let server = workspace.serve();
    let (mut switched, mut killed) = (0, 0);
    let work = time_to_publish(&workspace);
    let mut current = workspace.current();
    for round in 0..100 {
        import(&workspace, 100 + round);
        let mut publisher = publish(&workspace);
        // Some moments lie beyond its usual end.
        std::thread::sleep(work * (round * 7 % 120) / 100);
        // It may have ended by itself.
        killed += usize::from(publisher.try_wait().unwrap().is_none());
        publisher.kill().unwrap();
        publisher.wait().unwrap();
        let now = workspace.current();
        switched += usize::from(now != current);
        if now != current {
            until_current(&server, &now);
            let values = server.get(VALUES).text();
            assert!(values.contains(&format!("04,Westmark,{},", 100 + round)), "round {round}: {values}");
        }
        current = now;
        if round % 10 == 9 {
            let report: serde_json::Value = serde_json::from_str(&workspace.ok(&["check", "--json"])).unwrap();
            assert_eq!(report["ok"], true, "round {round}: {report}");
        }
        assert_eq!(server.get(VALUES).status, 200, "round {round}");
    }
    numbers::say(11, "publishers killed at work", killed, "of 100");
    numbers::say(11, "rounds that made a new release current, the others kept the old one", switched, "of 100");
    assert!(killed >= 20, "{killed} were killed: the moments miss its work");
    assert!(switched >= 1, "no new release: the moments miss the end of its work");
    workspace.ok(&["publish"]);
    assert_eq!(workspace.leftovers(), Vec::<String>::new());
}

/// What a publisher that nobody kills takes on this machine, in the middle of five.
fn time_to_publish(workspace: &Workspace) -> Duration {
    let mut times = [10, 11, 12, 13, 14].map(|figure| {
        import(workspace, figure);
        let start = Instant::now();
        assert!(publish(workspace).wait().unwrap().success());
        start.elapsed()
    });
    times.sort_unstable();
    times[2]
}

/// Another figure for area 04 in 2022: so each release differs, also from those of the same second.
fn import(workspace: &Workspace, figure: u32) {
    workspace.write("rates.csv", fixture("rates.csv").replace("04;12;10", &format!("04;12;{figure}")));
    workspace.ok(&["import", "observations", "rates.csv", "--set", "areas", "--mapping", "rates.toml"]);
}

fn publish(workspace: &Workspace) -> std::process::Child {
    workspace.command(&["publish"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}
