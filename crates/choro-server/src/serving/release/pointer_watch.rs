//! Hearing from the kernel that the pointer in a releases folder was replaced (inotify(7)), so that a new release need not wait
//! until the server looks again. Some network file systems tell nothing; there the server still looks at intervals.

use super::location::ReleasesLocation;
use choro_bundle::CURRENT;
use rustix::{
    fd::OwnedFd,
    fs::inotify::{self, CreateFlags, ReadFlags, Reader, WatchFlags},
};
use std::{
    io,
    mem::MaybeUninit,
    path::Path,
    sync::{Arc, Weak},
    thread,
};
use tokio::sync::Notify;

/// The size of the buffer for events. Each takes 16 bytes and a name.
const EVENTS: usize = 4096;

/// A watch over the pointer of a releases folder; `None` where the kernel tells nothing.
#[derive(Debug)]
pub(crate) struct PointerWatch(Option<Arc<Notify>>);

impl PointerWatch {
    /// Begins to watch, if the location is a folder and the kernel can tell of changes in it.
    pub fn of(location: Option<&ReleasesLocation>) -> Self {
        let Some(ReleasesLocation::Path(folder)) = location else { return Self(None) };
        let listening = listen(folder);
        if let Err(error) = &listening {
            tracing::warn!(%error, "a new release is found at the next look, not at once");
        }
        Self(listening.ok())
    }

    /// Waits until the pointer was replaced; for ever where nothing can be heard.
    pub async fn heard(&self) {
        match &self.0 {
            Some(heard) => heard.notified().await,
            None => std::future::pending().await,
        }
    }
}

/// Listens on a thread of its own. The thread ends when the folder is removed, or at the first event after the watch was dropped.
fn listen(folder: &Path) -> io::Result<Arc<Notify>> {
    let events = inotify::init(CreateFlags::CLOEXEC)?;
    inotify::add_watch(&events, folder, WatchFlags::MOVED_TO | WatchFlags::CLOSE_WRITE)?;
    let heard = Arc::new(Notify::new());
    let listener = Arc::downgrade(&heard);
    thread::Builder::new().name("releases".to_owned()).spawn(move || follow(&events, &listener))?;
    Ok(heard)
}

fn follow(events: &OwnedFd, listener: &Weak<Notify>) {
    let mut buffer = [MaybeUninit::uninit(); EVENTS];
    let mut reader = Reader::new(events, &mut buffer);
    loop {
        match reader.next() {
            Err(rustix::io::Errno::INTR) => {}
            Ok(event) if !event.events().contains(ReadFlags::IGNORED) => {
                let Some(listener) = listener.upgrade() else { return };
                if event.file_name().is_some_and(|name| name.to_bytes() == CURRENT.as_bytes()) {
                    listener.notify_one();
                }
            }
            // The folder is gone, or the kernel tells no more. The server still looks at intervals.
            Ok(_) | Err(_) => return,
        }
    }
}
