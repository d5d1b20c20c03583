//! A server as a process of its own, and the processor time and memory that it takes.

#[path = "../../tests/common/memory.rs"]
mod memory;

use anyhow::Context as _;
use std::{
    io::{BufRead as _, BufReader, Lines},
    net::SocketAddr,
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
};

/// Linux counts processor time in hundredths of a second towards programs, whatever the kernel's own clock (`USER_HZ`).
const TICKS_PER_SECOND: f64 = 100.0;

/// `choro serve` of a release, or of a folder of releases.
pub fn choro(releases: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_choro"));
    command.args(["serve", "--addr", "127.0.0.1:0", "--log", "error", "--bundle"]).arg(releases);
    // Settings that lie in the current folder are none of this.
    command.current_dir(releases);
    command
}

/// A running server; ended when dropped, on a panic too.
pub struct Process {
    child: Child,
    pub address: SocketAddr,
    /// Kept open, so that the server can go on printing.
    output: Option<Lines<BufReader<ChildStdout>>>,
    /// Whether it has children, which it ends when it is asked to end.
    has_children: bool,
}

impl Process {
    /// Starts the program and waits until it prints its address.
    pub fn start(command: &mut Command) -> anyhow::Result<Self> {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let output = child.stdout.take().map(|output| BufReader::new(output).lines());
        let address = SocketAddr::from(([127, 0, 0, 1], 0));
        let mut process = Self { child, address, output, has_children: false };
        let lines = process.output.iter_mut().flatten().map_while(Result::ok);
        let address = { lines }.find_map(|line| line.split_once("http://")?.1.trim_end_matches('/').parse().ok());
        process.address = address.with_context(|| format!("{command:?} ended before it named its address"))?;
        Ok(process)
    }

    /// Starts a program that listens where it was told to, with workers as its children.
    pub fn start_at(command: &mut Command, address: SocketAddr) -> anyhow::Result<Self> {
        Ok(Self { child: command.stdin(Stdio::null()).spawn()?, address, output: None, has_children: true })
    }

    /// Seconds of processor time so far, in the program and in the kernel for it, its children's included.
    pub fn cpu(&self) -> anyhow::Result<f64> {
        let parent = self.child.id();
        let own = Stat::read(parent)?;
        let others = std::fs::read_dir("/proc")?.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok());
        // Those that have ended meanwhile were none of ours.
        let children = others.filter_map(|id: u32| Stat::read(id).ok()).filter(|stat| stat.parent == parent);
        Ok((own.ticks + children.map(|stat| stat.ticks).sum::<u64>()) as f64 / TICKS_PER_SECOND)
    }

    /// MB (10^6) of memory that it has now, and the most that it has had (proc(5): VmRSS and VmHWM).
    pub fn memory(&self) -> anyhow::Result<[f64; 2]> {
        memory(self.child.id())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself.
        if self.has_children {
            let _asked = Command::new("kill").arg(self.child.id().to_string()).stderr(Stdio::null()).status();
        } else {
            let _gone = self.child.kill();
        }
        let _reaped = self.child.wait();
    }
}

/// The memory of a process now, and its most, in MB.
pub fn memory(process: u32) -> anyhow::Result<[f64; 2]> {
    let figure = |name: &str| memory::of(process, name).map(|bytes| bytes / 1e6).with_context(|| name.to_owned());
    Ok([figure("VmRSS")?, figure("VmHWM")?])
}

/// proc(5): parent, and utime with stime.
struct Stat {
    parent: u32,
    ticks: u64,
}

impl Stat {
    fn read(id: u32) -> anyhow::Result<Self> {
        let stat = std::fs::read_to_string(format!("/proc/{id}/stat"))?;
        let (_, fields) = stat.rsplit_once(") ").context("/proc/PID/stat without a name")?;
        let fields: Vec<&str> = fields.split(' ').collect();
        let field = |at: usize| fields.get(at).copied().unwrap_or_default();
        Ok(Self { parent: field(1).parse()?, ticks: field(11).parse::<u64>()? + field(12).parse::<u64>()? })
    }
}
