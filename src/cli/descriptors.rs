//! File descriptors: each connection takes one, and so does each file that is read. Without one that is free nobody gets in, and
//! nobody gives way.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Descriptors of everything but connections: files of releases, the database, threads that wait.
const BESIDE: usize = 256;

/// As many connections as the process may have beside all else, once its limit is raised as far as it goes; `wanted` at most.
pub fn for_connections(wanted: usize) -> usize {
    let needed = wanted.saturating_add(BESIDE);
    let limit = raised(needed);
    let possible = limit.saturating_sub(BESIDE).max(limit / 4 * 3).max(1);
    if possible >= wanted {
        return wanted;
    }
    tracing::warn!(
        server.max_connections = wanted,
        possible,
        descriptors = limit,
        needed,
        "fewer connections than server.max_connections: raise the limit of open files (LimitNOFILE of the unit, ulimit -n)"
    );
    possible
}

/// The limit of open files after it was raised for so many.
fn raised(needed: usize) -> usize {
    let limit = getrlimit(Resource::Nofile);
    let in_force = |limit: Rlimit| limit.current.map_or(usize::MAX, |n| usize::try_from(n).unwrap_or(usize::MAX));
    if in_force(limit) >= needed {
        return in_force(limit);
    }
    let needed = u64::try_from(needed).unwrap_or(u64::MAX);
    let current = Some(limit.maximum.map_or(needed, |most| most.min(needed)));
    match setrlimit(Resource::Nofile, Rlimit { current, ..limit }) {
        Ok(()) => in_force(Rlimit { current, ..limit }),
        Err(error) => {
            tracing::debug!(%error, "the limit of open files stays");
            in_force(limit)
        }
    }
}
