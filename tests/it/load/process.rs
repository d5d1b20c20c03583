//! What a server's process takes, as the system counts it.

use crate::harness::Server;
use std::{fs, time::Duration};

/// The system's clock ticks a second, the same on every Linux.
const TICKS: f64 = 100.0;

fn read(server: &Server, name: &str) -> String {
    fs::read_to_string(format!("/proc/{}/{name}", server.pid())).unwrap()
}

/// Processor time so far.
pub fn cpu(server: &Server) -> Duration {
    let stat = read(server, "stat");
    // The name in brackets may hold blanks; the times are the 14th and 15th field.
    let fields = stat.rsplit_once(')').unwrap().1.split_ascii_whitespace();
    let ticks: f64 = fields.skip(11).take(2).map(|ticks| ticks.parse::<f64>().unwrap()).sum();
    Duration::from_secs_f64(ticks / TICKS)
}

/// Open file descriptors.
pub fn descriptors(server: &Server) -> usize {
    fs::read_dir(format!("/proc/{}/fd", server.pid())).unwrap().count()
}

/// Bytes of answers that lie in the system's buffers because no client has taken them, for each connection that has some.
pub fn unsent(server: &Server) -> Vec<u64> {
    let port: u16 = server.url.rsplit_once(':').unwrap().1.parse().unwrap();
    let ours = format!(":{port:04X}");
    let connections = fs::read_to_string("/proc/net/tcp").unwrap();
    let of = |line: &str| {
        let fields: Vec<&str> = line.split_ascii_whitespace().collect();
        let queued = u64::from_str_radix(fields[4].split_once(':')?.0, 16).ok()?;
        (fields[1].ends_with(&ours) && queued > 0).then_some(queued)
    };
    connections.lines().skip(1).filter_map(of).collect()
}

/// Threads that answer, and those that read files and come and go.
pub fn threads(server: &Server) -> usize {
    let tasks = fs::read_dir(format!("/proc/{}/task", server.pid())).unwrap();
    let names = tasks.filter_map(|task| fs::read_to_string(task.ok()?.path().join("comm")).ok());
    names.filter(|name| name.starts_with("tokio-")).count()
}
