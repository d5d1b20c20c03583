//! Reading from a disk: at once, where the system has the bytes in memory, or waiting for it.

use rustix::io::{ReadWriteFlags, preadv2};
use std::{cell::RefCell, fs::File, io::IoSliceMut};
use tokio::runtime::{Handle, RuntimeFlavor};

/// Fills `bytes` from `offset` on, if the system has them in memory.
pub fn fill_now(file: &File, bytes: &mut [u8], offset: u64) -> Option<()> {
    let length = bytes.len();
    let read = preadv2(file, &mut [IoSliceMut::new(bytes)], offset, ReadWriteFlags::NOWAIT).ok()?;
    (read == length).then_some(())
}

thread_local! {
    /// Room for a chunk that is only looked at: new memory of that size costs more than reading it.
    static ROOM: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

pub fn with_room<T>(length: usize, look: impl FnOnce(&mut [u8]) -> T) -> T {
    ROOM.with_borrow_mut(|room| {
        if room.len() < length {
            room.resize(length, 0);
        }
        look(room.get_mut(..length).unwrap_or_default())
    })
}

/// Waits for a disk that may be slow; where a thread of requests does so, another takes over what else it has to do.
pub fn waiting<T>(wait: impl FnOnce() -> T) -> T {
    match Handle::try_current().map(|handle| handle.runtime_flavor()) {
        Ok(RuntimeFlavor::MultiThread) => tokio::task::block_in_place(wait),
        _ => wait(),
    }
}
