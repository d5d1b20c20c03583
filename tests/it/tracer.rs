//! Makes system calls of a program fail or wait where they touch certain files: `strace` and its injection of faults.

use std::{
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, ChildStderr, Command, Stdio},
};

/// A running server whose calls are harmed until this is dropped.
pub struct Harm {
    tracer: Child,
    /// Open as long as the tracer may say something.
    _said: BufReader<ChildStderr>,
}

impl Harm {
    /// Harms the calls of a server that read `file` by position, in the way of `strace -e inject`. Where that cannot be the test
    /// says so, and fails in CI.
    pub fn of_reads(pid: u32, file: &Path, how: &str) -> Option<Self> {
        assert!(file.is_file(), "{} is not there", file.display());
        let mut command = Command::new("strace");
        command.args(["-f", "-o", "/dev/null", "-p", &pid.to_string(), "-P"]).arg(file);
        command.args(["-e", "trace=pread64,preadv2", "-e", &format!("inject=pread64,preadv2:{how}")]);
        Self::attached(command)
    }

    /// Waits until the tracer has the program.
    fn attached(mut command: Command) -> Option<Self> {
        let spawned = command.stderr(Stdio::piped()).spawn();
        let Ok(mut tracer) = spawned else { return absent(&format!("{:?}", spawned.err())) };
        let mut said = BufReader::new(tracer.stderr.take().unwrap());
        let mut line = String::new();
        said.read_line(&mut line).unwrap();
        if line.contains("attached") {
            return Some(Self { tracer, _said: said });
        }
        tracer.wait().unwrap();
        absent(&line)
    }
}

impl Drop for Harm {
    /// An interrupted tracer lets go of the program, which goes on.
    fn drop(&mut self) {
        let _sent = Command::new("kill").args(["-INT", &self.tracer.id().to_string()]).status();
        let _reaped = self.tracer.wait();
    }
}

/// No harm: the `calls` of all threads of a server are written into `log` until what is returned is dropped. Where that cannot be
/// the test says so, and fails in CI.
pub fn watched(pid: u32, calls: &str, log: &Path) -> Option<Harm> {
    let mut command = Command::new("strace");
    command.args(["-f", "-s", "4096", "-p", &pid.to_string(), "-e", &format!("trace={calls}"), "-o"]).arg(log);
    Harm::attached(command)
}

/// A program whose `calls` that touch `file` are harmed in the way of `strace -e inject`.
pub fn harmed(program: &Command, file: &Path, calls: &str, how: &str) -> Option<Command> {
    works()?;
    let mut command = Command::new("strace");
    command.args(["-f", "-o", "/dev/null", "-e", &format!("trace={calls}"), "-e", &format!("inject={calls}:{how}")]);
    command.arg("-P").arg(file).arg(program.get_program()).args(program.get_args());
    command.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.current_dir(program.get_current_dir().unwrap());
    Some(command)
}

/// A program one of whose calls fails as on a kernel that does not have it.
pub fn without(program: &Path, call: &str, error: &str) -> Option<Command> {
    works()?;
    let mut command = Command::new("strace");
    command.args(["-f", "-o", "/dev/null", "-e", &format!("inject={call}:error={error}")]).arg(program);
    Some(command)
}

fn works() -> Option<()> {
    let tried = Command::new("strace").args(["-o", "/dev/null", "true"]).output();
    if tried.as_ref().is_ok_and(|output| output.status.success()) { Some(()) } else { absent(&format!("{tried:?}")) }
}

fn absent<T>(why: &str) -> Option<T> {
    let remedy =
        "scripts/setup.sh test installs it; it must be allowed to trace: as root, or with kernel.yama.ptrace_scope = 0";
    assert!(std::env::var_os("CI").is_none(), "strace must work in CI: {why}; {remedy}");
    eprintln!("NOT RUN: this test needs strace: {why}; {remedy}");
    None
}
