//! A program that is shown another time, by libfaketime (Debian's package faketime).

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Shows a program the time that `clock` says, e.g. `+1d`; the clock that only counts stays as it is, as the system's does. Where the
/// library is absent the test says so, and fails in CI.
pub fn faked(command: &mut Command, clock: &Path) -> bool {
    let found = fs::read_dir("/usr/lib").into_iter().flatten().filter_map(Result::ok);
    let library: Option<PathBuf> =
        found.map(|entry| entry.path().join("faketime/libfaketime.so.1")).find(|path| path.is_file());
    let Some(library) = library else {
        assert!(std::env::var_os("CI").is_none(), "libfaketime must be there in CI: scripts/setup.sh test installs it");
        eprintln!("NOT RUN: this test needs libfaketime: scripts/setup.sh test installs it");
        return false;
    };
    command.env("LD_PRELOAD", library).env("FAKETIME_TIMESTAMP_FILE", clock);
    command.envs([("FAKETIME_NO_CACHE", "1"), ("FAKETIME_DONT_FAKE_MONOTONIC", "1"), ("DONT_FAKE_MONOTONIC", "1")]);
    true
}
