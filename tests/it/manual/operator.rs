//! Who types: a shell that keeps its folder from command to command, in which the page's folders, addresses and databases stand for
//! the test's own; and the service, which the test starts as its unit does.

use super::transcript::{Ids, Step, steps};
use crate::harness::{PROGRAM, Server};
use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
};
use tempfile::TempDir;

/// Follows the output of each command, with its exit code.
const MARK: &str = "\u{1e}ended with ";

pub struct Operator {
    root: TempDir,
    shell: Child,
    screen: BufReader<ChildStdout>,
    service: Option<Server>,
    /// The page's words and those of here.
    words: Vec<(String, String)>,
    ids: Ids,
}

impl Operator {
    /// In an empty machine; `words` of the page stand for others.
    pub fn new(words: &[(String, String)]) -> Self {
        let root = tempfile::tempdir().unwrap();
        for folder in ["home", "var/lib", "mnt/backups"] {
            std::fs::create_dir_all(root.path().join(folder)).unwrap();
        }
        let place = |path: &str| (path.to_owned(), root.path().join(&path[1..]).display().to_string());
        let address = |port: u16| (format!("127.0.0.1:{port}"), format!("127.0.0.1:{}", free_port()));
        let gdal = Path::new(PROGRAM).with_file_name("choro-gdal").display().to_string();
        let own = [
            place("/var/lib/choro"),
            place("/mnt/backups"),
            address(8080),
            address(9187),
            ("/usr/bin/choro-gdal".to_owned(), gdal.clone()),
        ];
        let words = own.into_iter().chain(words.iter().cloned()).collect();
        let mut command = Command::new("bash");
        command.args(["--noprofile", "--norc"]).current_dir(root.path()).env("HOME", root.path().join("home"));
        let mut shell = command.env("CHORO_GDAL", gdal).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let screen = BufReader::new(shell.stdout.take().unwrap());
        let mut operator = Self { root, shell, screen, service: None, words, ids: Ids::default() };
        operator.find_programs_in(Path::new(PROGRAM).parent().unwrap());
        operator
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    pub fn find_programs_in(&mut self, folder: &Path) {
        self.run(&format!("export PATH='{}':\"$PATH\"", folder.display()));
    }

    /// Types a block; how many commands.
    pub fn walk(&mut self, block: &str) -> usize {
        let steps = steps(block);
        steps.iter().for_each(|step| self.step(step));
        steps.len()
    }

    fn step(&mut self, step: &Step) {
        match step.typed.strip_prefix("systemctl ").filter(|_| step.as_root) {
            Some("enable --now choro" | "start choro") => self.service = Some(self.start()),
            Some("stop choro") => assert_eq!(self.service.take().unwrap().stop("-TERM"), Some(0)),
            Some(other) => panic!("systemctl {other} is not understood"),
            None => self.command(step),
        }
    }

    fn command(&mut self, step: &Step) {
        if step.typed.starts_with("sed ") {
            // Who corrects a table does it later: releases are listed by their second.
            std::thread::sleep(std::time::Duration::from_millis(1100));
        }
        let (lines, code) = self.run(&self.here(&step.typed));
        let shown = lines.join("\n");
        assert_eq!(code, 0, "{}\n{shown}", step.typed);
        let lines: Vec<String> = lines.iter().map(|line| self.there(line)).collect();
        if let Err(lacks) = self.ids.hold(&step.said, &lines) {
            panic!("{}\nprints\n{shown}\nexpected\n{}\nwhere it lacks {lacks}", step.typed, step.said.join("\n"));
        }
        self.follows();
    }

    /// The service answers from the release that the folder names now.
    fn follows(&self) {
        let pointer = std::fs::read_to_string(self.path("var/lib/choro/releases/current"));
        let (Some(service), Ok(current)) = (&self.service, pointer) else { return };
        service.until("the switch", |service| service.json("/catalog.json")["release"] == current.trim_end());
    }

    fn start(&self) -> Server {
        let mut command = Command::new(PROGRAM);
        command.arg("serve").current_dir(self.path("var/lib/choro"));
        command.env("CHORO_ADDR", self.here("127.0.0.1:8080")).env("CHORO_METRICS_ADDR", self.here("127.0.0.1:9187"));
        Server::run(command)
    }

    fn run(&mut self, typed: &str) -> (Vec<String>, i32) {
        let stdin = self.shell.stdin.as_mut().unwrap();
        writeln!(stdin, "{{ {typed}\n}} 2>&1 </dev/null; printf '%s%s\\n' '{MARK}' $?").unwrap();
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            assert!(self.screen.read_line(&mut line).unwrap() > 0, "the shell ended at {typed}");
            if let Some(code) = line.strip_prefix(MARK) {
                return (lines, code.trim_end().parse().unwrap());
            }
            lines.push(line.trim_end().to_owned());
        }
    }

    fn here(&self, page: &str) -> String {
        self.ids.here(&self.words.iter().fold(page.to_owned(), |text, (page, here)| text.replace(page, here)))
    }

    fn there(&self, line: &str) -> String {
        self.words.iter().fold(line.to_owned(), |text, (page, here)| text.replace(here, page))
    }
}

impl Drop for Operator {
    fn drop(&mut self) {
        // At the end of what is typed the shell ends.
        drop(self.shell.stdin.take());
        let _reaped = self.shell.wait();
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
