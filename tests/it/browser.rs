//! Scripts of tests/browser, which look at the page in Chromium.

use crate::harness::Server;
use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// The folder of the scripts. Where their packages are absent the test says so, and fails in CI.
pub fn scripts() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    if folder.join("node_modules").is_dir() {
        return Some(folder);
    }
    assert!(std::env::var_os("CI").is_none(), "packages of the browser tests must be there in CI: npm ci in tests/browser");
    eprintln!("NOT RUN: the browser tests need their packages: npm ci in tests/browser");
    None
}

/// Runs a script of the folder on a server; what it says is printed, and it has to pass.
pub fn passes(folder: &Path, script: &str, server: &Server) {
    let shots = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("shots");
    let mut command = Command::new("node");
    command.arg(script).current_dir(folder).env("CHORO_URL", &server.url).env("CHORO_SHOTS", shots);
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    println!("{said}");
    assert!(output.status.success(), "{script}: {said}");
}
