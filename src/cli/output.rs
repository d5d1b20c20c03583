//! What goes to standard output, and signs of life while something takes long.

use indicatif::{ProgressBar, ProgressStyle};
use std::{
    io::{self, Write as _},
    sync::mpsc,
    thread,
    time::Duration,
};

/// How long a server waits for a line of its own to be taken.
const PATIENCE: Duration = Duration::from_secs(1);

/// Prints a text to standard output. A reader that went away is no error.
pub fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let written =
        out.write_all(text.as_bytes()).and_then(|()| if text.ends_with('\n') { Ok(()) } else { out.write_all(b"\n") });
    match written.and_then(|()| out.flush()) {
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// Prints without waiting for whoever reads it: a server answers also where nobody takes what it prints.
pub fn announce(text: &str) -> io::Result<()> {
    let (printed, done) = mpsc::channel();
    let text = text.to_owned();
    thread::Builder::new().spawn(move || drop(printed.send(print(&text))))?;
    done.recv_timeout(PATIENCE).unwrap_or(Ok(()))
}

/// A line that moves while something runs, on a terminal only; gone when dropped.
pub struct Busy(ProgressBar);

impl Busy {
    pub fn with(what: impl Into<String>) -> Self {
        let bar = ProgressBar::new_spinner().with_message(what.into());
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} ({elapsed})") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(120));
        Self(bar)
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
