//! The walls from inside: this test binary starts itself, raises them in the child, and lets it try what a taken-over reader would.

use super::*;
use crate::{
    arguments::Origin,
    input::{self, Database},
    limits::Limits,
};
use std::{
    io::Read as _,
    net::{TcpListener, TcpStream, UdpSocket},
    os::unix::net::{UnixListener, UnixStream},
    path::Path,
    process::{Command, Output},
};

/// The folder that the child plays in; without it the child's tests do nothing.
const FOLDER: &str = "CHORO_GDAL_TEST_FOLDER";

/// Runs one test of this file in a process of its own.
fn child(test: &str, folder: &Path) -> Output {
    let mut command = Command::new(env::current_exe().expect("a path"));
    let name = format!("sandbox::tests::{test}");
    command.args([&name, "--exact", "--nocapture", "--test-threads=1"]).env(FOLDER, folder).env_remove("CI");
    command.output().expect("it starts")
}

fn folder() -> Option<std::path::PathBuf> {
    env::var_os(FOLDER).map(std::path::PathBuf::from)
}

/// Ports of this machine on which somebody listens: the database's, and another.
fn ports(folder: &Path) -> Vec<u16> {
    fs::read_to_string(folder.join("port")).expect("written").lines().flat_map(str::parse).collect()
}

/// Lines `what: held` or `what: open`, for the parent to compare.
fn tell(what: &str, held: bool) {
    println!("\n{what}: {}", if held { "held" } else { "open" });
}

#[test]
fn inside_of_a_file() {
    let Some(folder) = folder() else { return };
    let input = input::look(&Origin::File(folder.join("a.shp"))).expect("it is there");
    let ports = ports(&folder);
    Limits::of(Some(0)).set().expect("limits may always be lowered");
    assert_eq!(raise(&input).expect("this kernel has both"), Vec::<String>::new());
    let read = |path: &Path| fs::File::open(path).and_then(|mut file| file.read(&mut [0; 1]));
    tell("the file itself is read", read(&folder.join("a.shp")).is_err());
    tell("its part is read", read(&folder.join("a.dbf")).is_err());
    tell("a thread starts", std::thread::spawn(|| 1).join().is_err());
    tell("a file beside it", read(&folder.join("secret.csv")).is_err());
    tell("the folder's names", fs::read_dir(&folder).is_err());
    tell("/etc/passwd", read(Path::new("/etc/passwd")).is_err());
    tell("/proc/self/environ", read(Path::new("/proc/self/environ")).is_err());
    tell("a new file beside it", fs::write(folder.join("new"), "x").is_err());
    tell("the file written to", fs::OpenOptions::new().append(true).open(folder.join("a.shp")).is_err());
    tell("the file removed", fs::remove_file(folder.join("a.shp")).is_err());
    tell("a folder made", fs::create_dir(folder.join("made")).is_err());
    tell("TCP", ports.iter().all(|port| TcpStream::connect(("127.0.0.1", *port)).is_err()));
    tell("UDP", UdpSocket::bind("127.0.0.1:0").is_err());
    tell("a socket of the machine", UnixStream::connect(folder.join("socket")).is_err());
    tell("another program", Command::new("/bin/true").status().is_err());
    tell("more memory", rlimit::Resource::AS.set(u64::MAX, u64::MAX).is_err());
}

#[test]
fn inside_of_a_table() {
    let Some(folder) = folder() else { return };
    let ports = ports(&folder);
    let [database, other] = ports.as_slice() else { return };
    let input = Input { database: Some(Database { ports: vec![*database], local: false }), ..Input::default() };
    raise(&input).expect("this kernel has both");
    tell("its port is called", TcpStream::connect(("127.0.0.1", *database)).is_err());
    tell("another port", TcpStream::connect(("127.0.0.1", *other)).is_err());
    tell("a server of its own", TcpListener::bind("127.0.0.1:0").is_err());
    tell("UDP", UdpSocket::bind("127.0.0.1:0").is_err());
    tell("a socket of the machine", UnixStream::connect(folder.join("socket")).is_err());
    tell("a file", fs::read(folder.join("a.shp")).is_err());
    tell("another program", Command::new("/bin/true").status().is_err());
}

#[test]
fn inside_of_a_table_on_a_local_socket() {
    let Some(folder) = folder() else { return };
    let ports = ports(&folder);
    raise(&Input { database: Some(Database { ports: vec![], local: true }), ..Input::default() }).expect("both");
    tell("its socket is called", UnixStream::connect(folder.join("socket")).is_err());
    tell("TCP", ports.iter().all(|port| TcpStream::connect(("127.0.0.1", *port)).is_err()));
    tell("a file", fs::read(folder.join("a.shp")).is_err());
}

#[test]
fn within_the_walls_the_source_is_read_and_nothing_else_can_be_done() {
    let outside = tempfile::tempdir().expect("a folder");
    let at = |name: &str| outside.path().join(name);
    for name in ["a.shp", "a.dbf", "secret.csv"] {
        fs::write(at(name), "hush").expect("written");
    }
    let listeners = [0, 1].map(|_| TcpListener::bind("127.0.0.1:0").expect("a port"));
    let ports = listeners.iter().map(|listener| listener.local_addr().expect("an address").port().to_string());
    fs::write(at("port"), ports.collect::<Vec<_>>().join("\n")).expect("written");
    let _socket = UnixListener::bind(at("socket")).expect("a socket");
    for (test, open) in [
        ("inside_of_a_file", &["the file itself is read", "its part is read", "a thread starts"][..]),
        ("inside_of_a_table", &["its port is called"]),
        ("inside_of_a_table_on_a_local_socket", &["its socket is called"]),
    ] {
        let output = child(test, outside.path());
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{test}: {} {said}", output.status);
        let lines: Vec<_> =
            said.lines().filter_map(|line| line.strip_suffix(": open").or(line.strip_suffix(": held"))).collect();
        let through: Vec<_> = said.lines().filter_map(|line| line.strip_suffix(": open")).collect();
        assert_eq!(through, open, "{test}: {said}");
        assert!(lines.len() > open.len(), "{test} tries something: {said}");
    }
    assert_eq!(fs::read(at("a.shp")).expect("still there"), b"hush");
}

#[test]
fn what_the_program_inherits_is_closed() {
    let file = tempfile::NamedTempFile::new().expect("a file");
    // `sh` hands on what it opens.
    let exe = env::current_exe().expect("a path");
    let script = format!(
        "exec 7<{}; exec {} sandbox::tests::inside_of_a_child --exact --nocapture",
        file.path().display(),
        exe.display()
    );
    let output = Command::new("/bin/sh").args(["-c", &script]).env(FOLDER, "x").output().expect("it starts");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("before: true") && said.contains("after: false"), "{said}");
}

#[test]
fn inside_of_a_child() {
    if folder().is_none() {
        return;
    }
    let seven = || fs::symlink_metadata("/proc/self/fd/7").is_ok();
    println!("\nbefore: {}", seven());
    close_inherited().expect("/proc is mounted");
    println!("after: {}", seven());
}

#[test]
fn only_off_goes_without_walls_and_says_so() {
    let warnings = enter(&Input::default(), Wanted::Off).expect("nothing is raised");
    assert!(warnings.len() == 1 && warnings.iter().all(|text| text.contains(VARIABLE)), "{warnings:?}");
}
