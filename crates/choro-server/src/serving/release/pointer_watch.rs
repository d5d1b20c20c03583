//! A word from the kernel that the pointer in a releases folder was replaced, so that a new release need not wait for the next
//! look (inotify(7)). Where there is none, as for some file systems of a network, the looks go on by themselves.

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

/// Bytes for events that are read at once: each has 16 and a name.
const EVENTS: usize = 4096;

/// Hears of a releases folder.
#[derive(Debug)]
pub(crate) struct PointerWatch(Option<Arc<Notify>>);

impl PointerWatch {
    /// Begins to listen, if the place is a folder and the kernel says anything of it.
    pub fn of(location: Option<&ReleasesLocation>) -> Self {
        let Some(ReleasesLocation::Path(folder)) = location else { return Self(None) };
        let listening = listen(folder);
        if let Err(error) = &listening {
            tracing::warn!(%error, "a new release is found at the next look, not at once");
        }
        Self(listening.ok())
    }

    /// Ready when something was renamed to `current`; never, where nothing is heard.
    pub async fn heard(&self) {
        match &self.0 {
            Some(heard) => heard.notified().await,
            None => std::future::pending().await,
        }
    }
}

/// Listens on a thread of its own, which ends with the folder, or at the first word after the listener has gone.
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
            // The folder is gone, or the kernel has no more to say: the looks go on.
            Ok(_) | Err(_) => return,
        }
    }
}
