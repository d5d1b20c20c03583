//! Looks at the room on the disk.

use super::finding::{Finding, Level};
use choro_bundle as bundle;
use std::path::Path;

/// Room that a releases folder should have left, beside what the next release may take, in bytes.
const SPARE: u64 = 256 << 20;

/// Whether the next release has room.
pub(super) fn disk(releases: &Path) -> Finding {
    let free = match rustix::fs::statvfs(releases) {
        Ok(disk) => disk.f_bavail.saturating_mul(disk.f_frsize),
        Err(error) => return Finding::new(Level::Error, "disk", format!("{}: {error}", releases.display())),
    };
    let current = bundle::current(releases).ok().flatten();
    let summary = current.and_then(|id| bundle::Summary::read(&releases.join(id.as_str())).ok());
    room(free, summary.map_or(0, |summary| summary.bytes) + SPARE)
}

fn room(free: u64, needed: u64) -> Finding {
    let free_mb = free / 1_000_000;
    if free >= needed {
        return Finding::new(Level::Ok, "disk", format!("{free_mb} MB are free"));
    }
    let needed = needed / 1_000_000;
    let what =
        format!("{free_mb} MB are free, and the next release may need {needed}: make room, or lower server.keep_releases");
    Finding::new(Level::Warning, "disk", what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_little_room_is_a_warning_with_both_numbers() {
        assert_eq!(room(5_000_000, 5_000_000).level, Level::Ok);
        let finding = room(4_000_000, 5_000_000);
        assert_eq!(finding.level, Level::Warning);
        assert!(finding.what.starts_with("4 MB are free, and the next release may need 5:"), "{}", finding.what);
    }
}
