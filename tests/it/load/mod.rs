//! Load of every kind on the real program, with what must hold meanwhile. Each test prints lines `name value limit pass`.
//! Statuses, bytes, counts and memory are asserted; times are printed, and asserted only where the limit is generous.

use crate::{
    harness::{Server, Workspace},
    operating::metrics::samples,
};
use std::{
    fmt::Display,
    sync::{Arc, Mutex, Weak},
};

mod client;
mod codings;
mod descriptors;
mod distinct;
mod fairness;
mod hangups;
mod herd;
mod overload;
mod panics;
mod process;
mod rolling;
pub mod site;
mod slow;
mod soak;
mod starved;
mod stop;

use crate::numbers::quantile;
pub use client::Client;

/// The workspace of [`site`], made once for the tests that run at one time: nothing changes it.
pub fn site() -> Arc<Workspace> {
    static SHARED: Mutex<Weak<Workspace>> = Mutex::new(Weak::new());
    let mut shared = SHARED.lock().unwrap();
    shared.upgrade().unwrap_or_else(|| {
        let made = Arc::new(site::make());
        *shared = Arc::downgrade(&made);
        made
    })
}

/// Where all load comes from one address, which is to have no budget.
const ONE_CLIENT: [(&str, &str); 2] = [("CHORO_COSTLY_PER_MINUTE", "1000000"), ("CHORO_MAX_COSTLY_PER_CLIENT", "65536")];

/// Serves it with settings given as variables, and with metrics.
fn serve(site: &Workspace, settings: &[(&str, &str)]) -> Server {
    let mut command = site.command(&["serve", "--addr", "127.0.0.1:0"]);
    Server::run(command.env("CHORO_METRICS_ADDR", "127.0.0.1:0").envs(settings.iter().copied()))
}

/// Hits and misses of a cache.
fn looked_up(server: &Server, cache: &str) -> (f64, f64) {
    let samples = samples(server);
    let of = |result| samples[&format!("choro_cache_requests_total{{cache=\"{cache}\",result=\"{result}\"}}")];
    (of("hit"), of("miss"))
}

/// A figure that nothing depends on.
fn shown(name: &str, value: impl Display) {
    println!("{name} {value} - -");
}

fn at_most(name: &str, value: f64, limit: f64) {
    held(name, value, limit, value <= limit);
}

fn at_least(name: &str, value: f64, limit: f64) {
    held(name, value, limit, value >= limit);
}

fn held(name: &str, value: f64, limit: f64, pass: bool) {
    println!("{name} {value} {limit} {}", if pass { "pass" } else { "fail" });
    assert!(pass, "{name} is {value}, the limit {limit}");
}
