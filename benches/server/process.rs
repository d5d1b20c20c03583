//! A server as a process of its own, and the processor time that it takes.

use anyhow::Context as _;
use std::{
    io::{BufRead as _, BufReader, Lines},
    net::SocketAddr,
    process::{Child, ChildStdout, Command, Stdio},
};

/// Linux counts processor time in hundredths of a second towards programs, whatever the kernel's own clock (`USER_HZ`).
const TICKS_PER_SECOND: f64 = 100.0;

/// A running server; ended when dropped, on a panic too.
pub struct Process {
    child: Child,
    pub address: SocketAddr,
    /// Kept open, so that the server can go on printing.
    output: Option<Lines<BufReader<ChildStdout>>>,
}

impl Process {
    /// Starts the program and waits until it prints its address.
    pub fn start(command: &mut Command) -> anyhow::Result<Self> {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let output = child.stdout.take().map(|output| BufReader::new(output).lines());
        let mut process = Self { child, address: SocketAddr::from(([127, 0, 0, 1], 0)), output };
        let lines = process.output.iter_mut().flatten().map_while(Result::ok);
        let address = { lines }.find_map(|line| line.split_once("http://")?.1.trim_end_matches('/').parse().ok());
        process.address = address.with_context(|| format!("{command:?} ended before it named its address"))?;
        Ok(process)
    }

    /// Seconds of processor time so far, in the program and in the kernel for it (proc(5): utime and stime).
    pub fn cpu(&self) -> anyhow::Result<f64> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        let (_, fields) = stat.rsplit_once(") ").context("/proc/PID/stat without a name")?;
        let ticks = fields.split(' ').skip(11).take(2).map(str::parse::<u64>).sum::<Result<u64, _>>()?;
        Ok(ticks as f64 / TICKS_PER_SECOND)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _gone = self.child.kill();
        let _reaped = self.child.wait();
    }
}
