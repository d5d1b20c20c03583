//! The dialogue about a file without a mapping. `script` of util-linux gives the program a terminal of its own.

use crate::{
    field_proposals,
    harness::{PROGRAM, Workspace},
};
use std::{
    io::{Read as _, Write as _},
    process::{Child, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::{Duration, Instant},
};

const TABLE: &str = "area;sex;2014\nNorthland;F;410\nIsles;F;95\n";
const DOWN: &str = "\u{1b}[B";
const PATIENCE: Duration = Duration::from_secs(60);

/// A program at a terminal.
struct Terminal {
    child: Child,
    screen: Receiver<Vec<u8>>,
    seen: String,
}

impl Terminal {
    fn run(workspace: &Workspace, file: &str) -> Self {
        let program = format!("script -qec '{PROGRAM} import observations {file} --set north' /dev/null");
        let mut command = workspace.shell(&format!("exec {program}"));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).env("TERM", "xterm");
        let mut child = command.spawn().unwrap();
        let (mut out, (sender, screen)) = (child.stdout.take().unwrap(), channel());
        thread::spawn(move || {
            let mut bytes = [0_u8; 4096];
            while let Ok(count @ 1..) = out.read(&mut bytes) {
                if sender.send(bytes[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        Self { child, screen, seen: String::new() }
    }

    /// Waits for a text that was not waited for before.
    fn expect(&mut self, text: &str) {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(at) = self.seen.find(text) {
                self.seen.drain(..at + text.len());
                return;
            }
            let left = end.saturating_duration_since(Instant::now());
            let Ok(bytes) = self.screen.recv_timeout(left) else {
                panic!("{text:?} did not come; on the screen: {}", self.seen)
            };
            self.seen += &String::from_utf8_lossy(&bytes);
        }
    }

    fn press(&mut self, keys: &str) {
        self.child.stdin.as_mut().unwrap().write_all(keys.as_bytes()).unwrap();
    }

    /// Answers the questions of the table: arrivals, of women.
    fn answer(&mut self) {
        self.expect("[2 open] indicator.value");
        self.expect("stop here");
        self.press("\r");
        self.expect("[1 open] dimensions: column B");
        self.expect("stop here");
        self.press(&format!("{DOWN}\r"));
        self.expect("what \"F\" stands for");
        self.expect("stop here");
        self.press(&format!("{DOWN}\r"));
        self.expect("N1 | arrivals F | 2014 | 410");
        self.expect("Write the mapping to");
        self.press("\r");
    }

    fn code(mut self) -> Option<i32> {
        drop(self.child.stdin.take());
        self.child.wait().unwrap().code()
    }
}

#[test]
fn the_answers_at_a_terminal_become_a_mapping_and_an_import() {
    let workspace = field_proposals::workspace();
    std::fs::write(workspace.path("table.csv"), TABLE).unwrap();
    let mut terminal = Terminal::run(&workspace, "table.csv");
    terminal.answer();
    terminal.expect("Import the file by this mapping now?");
    terminal.press("y");
    terminal.expect("stored: 2 new");
    assert_eq!(terminal.code(), Some(0));
    let again = ["import", "observations", "table.csv", "--set", "north", "--mapping", "table.csv.mapping.toml"];
    assert!(workspace.ok(&again).contains("stored: 0 new, 0 changed, 2 as before"));
}

#[test]
fn whoever_stops_gets_the_proposal_with_what_is_open_and_nothing_is_written() {
    let workspace = field_proposals::workspace();
    std::fs::write(workspace.path("table.csv"), TABLE).unwrap();
    let mut terminal = Terminal::run(&workspace, "table.csv");
    terminal.expect("[2 open] indicator.value");
    terminal.expect("stop here");
    terminal.press("\u{1b}[A\r");
    terminal.expect("Nothing was imported: there was no --mapping");
    assert_eq!(terminal.code(), Some(3));
    assert!(!workspace.path("table.csv.mapping.toml").exists());
}

#[test]
fn another_sheet_is_looked_at_where_the_operator_means_it() {
    let workspace = field_proposals::workspace();
    let table = |name: &str, figure: u32| {
        let rows = format!("<tr><th>area<th>2014<tr><td>Northland<td>{figure}<tr><td>Isles<td>95");
        format!("<table><caption>{name}</caption>{rows}</table>")
    };
    std::fs::write(workspace.path("tables.html"), table("First", 410) + &table("Second", 520)).unwrap();
    let mut terminal = Terminal::run(&workspace, "tables.html");
    terminal.expect("[2 open] sheet: sheet \"First\" was looked at");
    terminal.expect("stop here");
    terminal.press(&format!("{DOWN}\r"));
    terminal.expect("[1 open] indicator.value");
    terminal.expect("stop here");
    terminal.press("\r");
    terminal.expect("N1 | arrivals");
    terminal.expect("520");
    terminal.expect("Write the mapping to");
    terminal.press("\r");
    terminal.expect("Import the file by this mapping now?");
    terminal.press("y");
    terminal.expect("stored: 2 new");
    assert_eq!(terminal.code(), Some(0));
    assert!(std::fs::read_to_string(workspace.path("tables.html.mapping.toml")).unwrap().contains("sheet = \"Second\""));
}
