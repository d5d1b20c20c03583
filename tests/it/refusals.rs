//! What the program says and does not do when it is given nonsense: the exit code, the words that tell where, what and how to
//! mend, and afterwards nothing half-done.

use crate::harness::{State, Workspace};

mod boundaries;
mod observations;
mod publishing;
mod requests;
mod settings;
mod truncated;

/// What is given, and what must be answered.
struct Case<'a> {
    given: &'a str,
    /// The file to import and its content; empty content: the file is not written.
    file: (&'a str, Vec<u8>),
    arguments: Vec<&'a str>,
    /// 1: an error; 2: wrong arguments; 3: a report with problems.
    code: i32,
    /// What must be said.
    words: &'a [&'a str],
}

impl Case<'_> {
    /// Runs the case; the workspace must stay as it was.
    fn check(&self, workspace: &Workspace, before: &State) {
        let (name, content) = &self.file;
        if !content.is_empty() {
            workspace.write(name, content);
        }
        let output = workspace.run(&self.arguments);
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(self.code), "{}: {:?}\n{said}", self.given, self.arguments);
        says(self.given, &said, self.words);
        assert!(workspace.state() == *before, "{}: the store or the releases have changed\n{said}", self.given);
    }
}

/// Every word stands in the text, and no panic.
fn says(given: &str, said: &str, words: &[&str]) {
    assert!(!said.contains("panicked"), "{given}: {said}");
    for word in words {
        assert!(said.contains(word), "{given}: {word:?} is not said in\n{said}");
    }
}
