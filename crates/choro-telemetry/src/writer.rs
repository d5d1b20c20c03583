//! Where log lines go: straight to standard error, or, of a server, by a thread of its own, so that nobody waits for whoever reads
//! them. A pipe that is not read holds 64 KiB; the next line would wait for ever, and with it the request that wrote it.
//!
//! ```text
//! A, B, C -> [ A B C ] -> the thread -> standard error
//! the row is full: D is dropped and counted; when it is empty again, a line says how many were
//! ```

use std::{
    io::{self, Write},
    sync::{
        OnceLock,
        atomic::{AtomicU64, Ordering::Relaxed},
        mpsc::{Receiver, Sender, SyncSender, TryRecvError, TrySendError, channel, sync_channel},
    },
    thread,
    time::{Duration, Instant},
};
use tracing_subscriber::fmt::MakeWriter;

/// Lines that wait to be written: a few megabytes at most.
const ROW: usize = 8192;
/// How long the end of the process waits for the lines that are left.
const LAST: Duration = Duration::from_secs(1);
const PAUSE: Duration = Duration::from_millis(10);

static APART: OnceLock<SyncSender<Message>> = OnceLock::new();
static DROPPED: AtomicU64 = AtomicU64::new(0);
/// As many of them as a line has told of.
static TOLD: AtomicU64 = AtomicU64::new(0);

enum Message {
    Line(Vec<u8>),
    /// Everything before it is written.
    Written(Sender<()>),
}

/// Lines that were dropped so far.
#[must_use]
pub fn dropped() -> u64 {
    DROPPED.load(Relaxed)
}

/// From here on lines are written by a thread of their own, panics among them, and dropped where it does not come along.
pub fn apart() -> io::Result<()> {
    let (sender, row) = sync_channel(ROW);
    if APART.set(sender).is_err() {
        return Ok(());
    }
    thread::Builder::new().name("choro-log".to_owned()).spawn(move || write(&row, &mut io::stderr()))?;
    // The usual hook writes to standard error itself, and would wait.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, what = panic.payload_as_str().unwrap_or_default(), "a thread panicked");
    }));
    Ok(())
}

/// Waits for the lines that are left, for a second at most.
pub(super) fn flush() {
    let Some(sender) = APART.get() else { return };
    tell_of_dropped();
    let (written, all) = channel();
    let deadline = Instant::now() + LAST;
    let mut message = Message::Written(written);
    while let Err(TrySendError::Full(back)) = sender.try_send(message) {
        if Instant::now() >= deadline {
            return;
        }
        message = back;
        thread::sleep(PAUSE);
    }
    // Nobody reads, and the process ends all the same.
    let _written = all.recv_timeout(deadline.saturating_duration_since(Instant::now()));
}

/// Writes what comes.
fn write(row: &Receiver<Message>, to: &mut impl Write) {
    loop {
        let message = match row.try_recv() {
            Ok(message) => message,
            Err(TryRecvError::Disconnected) => return,
            Err(TryRecvError::Empty) => {
                tell_of_dropped();
                let Ok(message) = row.recv() else { return };
                message
            }
        };
        match message {
            Message::Line(line) => {
                // Whoever reads is gone: a line about that would be lost as well.
                if to.write_all(&line).is_err() {
                    drop_one();
                    TOLD.fetch_add(1, Relaxed);
                }
            }
            Message::Written(all) => {
                let _gone = all.send(());
            }
        }
    }
}

fn drop_one() {
    DROPPED.fetch_add(1, Relaxed);
}

/// Says how many lines were dropped since it was said before.
fn tell_of_dropped() {
    let (dropped, told) = (dropped(), TOLD.load(Relaxed));
    if dropped > told && TOLD.compare_exchange(told, dropped, Relaxed, Relaxed).is_ok() {
        tracing::warn!(
            lines = dropped - told,
            "lines of the log were dropped: nobody took them from standard error in time"
        );
    }
}

/// Makes the writer of a line.
#[derive(Debug)]
pub(super) struct Lines;

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Line;

    fn make_writer(&'a self) -> Line {
        Line
    }
}

/// Takes a line, which the formatter writes whole.
pub(super) struct Line;

impl Write for Line {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match APART.get() {
            None => io::stderr().write(bytes),
            Some(sender) => {
                if sender.try_send(Message::Line(bytes.to_vec())).is_err() {
                    drop_one();
                }
                Ok(bytes.len())
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
