//! `choro-gdal` as a process: what it is given, and how its end is told.
//!
//! It gets no more of the environment than it needs, and no descriptors but those of its output and its errors. It ends when its
//! reader does.

use super::frames::Costs;
use std::{
    env,
    io::{self, Read},
    os::unix::process::ExitStatusExt as _,
    process::{Child, ChildStderr, ChildStdout, Command, ExitStatus, Stdio},
    thread::JoinHandle,
};

/// Variables that it is given where they are set: places of libraries and their data, the language of messages, the walls.
const VARIABLES: [&str; 10] = [
    "PATH",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "LD_LIBRARY_PATH",
    "GDAL_DATA",
    "GDAL_DRIVER_PATH",
    "PROJ_DATA",
    "PROJ_LIB",
    "CHORO_GDAL_SANDBOX",
];
/// Keeps libraries of linear algebra from starting threads before the walls stand.
const ONE_THREAD: [(&str, &str); 2] = [("OPENBLAS_NUM_THREADS", "1"), ("OMP_NUM_THREADS", "1")];
/// Most of its last words that are kept, bytes.
const MAX_WORDS: usize = 2048;

/// Leaves a command the variables that it needs; libpq's, and the home of its files, only for a database.
pub fn bare(command: &mut Command, database: bool) {
    let kept = |name: &str| VARIABLES.contains(&name) || database && (name == "HOME" || name.starts_with("PG"));
    command.env_clear().envs(env::vars_os().filter(|(name, _)| name.to_str().is_some_and(kept))).envs(ONE_THREAD);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
}

/// A child that does not outlive its reader.
pub struct GdalProcess {
    child: Child,
    /// Reads what it says on standard error, to the end.
    words: Option<JoinHandle<Vec<u8>>>,
}

impl GdalProcess {
    /// Starts it; what it writes is the stream.
    pub fn start(command: &mut Command) -> io::Result<(Self, ChildStdout)> {
        let mut child = command.spawn()?;
        let words = child.stderr.take().map(|stream| std::thread::spawn(move || last_words(stream)));
        let stream = child.stdout.take();
        let helper = Self { child, words };
        Ok((helper, stream.ok_or_else(|| io::Error::other("it has no output"))?))
    }

    /// Waits for its end. `None` if it ended as it should, else how it ended and its last words.
    pub fn end(mut self, costs: &Costs) -> Option<String> {
        let status = match self.child.wait() {
            Ok(status) if status.success() => return None,
            Ok(status) => told(status, costs),
            Err(error) => error.to_string(),
        };
        let words = self.words.take().and_then(|words| words.join().ok()).unwrap_or_default();
        let words: String = String::from_utf8_lossy(&words).split_whitespace().collect::<Vec<_>>().join(" ");
        let words: String = words.chars().filter(|c| !c.is_control()).collect();
        Some(if words.is_empty() { status } else { format!("{status}; its last words: {words}") })
    }
}

impl Drop for GdalProcess {
    fn drop(&mut self) {
        // Both fail only where it has already ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads all that it says, so that it never waits for us, and keeps the last of it.
fn last_words(mut stream: ChildStderr) -> Vec<u8> {
    let (mut kept, mut buffer) = (Vec::new(), [0; MAX_WORDS]);
    while let Ok(count @ 1..) = stream.read(&mut buffer) {
        kept.extend_from_slice(buffer.get(..count).unwrap_or_default());
        kept.drain(..kept.len().saturating_sub(MAX_WORDS));
    }
    kept
}

/// How it ended, and what to do about it.
fn told(status: ExitStatus, costs: &Costs) -> String {
    let Some(signal) = status.signal() else { return format!("it ended with {status} before its answer was complete") };
    let (name, why) = match signal {
        4 => ("SIGILL", "a fault of the program that reads it".to_owned()),
        6 => ("SIGABRT", format!("as where more than the limit of {} MiB of memory is asked for", costs.memory_mib)),
        7 => ("SIGBUS", "the file was cut while it was read".to_owned()),
        8 => ("SIGFPE", "a fault of the program that reads it".to_owned()),
        9 => ("SIGKILL", "the machine's memory ran out, or somebody ended it".to_owned()),
        11 => ("SIGSEGV", "a segmentation fault: a fault of the program that reads it".to_owned()),
        24 => ("SIGXCPU", format!("it computed for more than the limit of {} s", costs.seconds)),
        25 => ("SIGXFSZ", "it may write no file".to_owned()),
        31 => ("SIGSYS", "it did what its walls forbid".to_owned()),
        _ => ("another signal", "somebody ended it".to_owned()),
    };
    format!(
        "it ended by signal {signal} ({name}), {why}; nothing of the file was taken: export its areas to a new file, as a plain \
         table, or to another format"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(script: &str) -> Option<String> {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", script]);
        bare(&mut command, false);
        let (helper, mut stream) = GdalProcess::start(&mut command).unwrap();
        stream.read_to_end(&mut Vec::new()).unwrap();
        helper.end(&Costs { memory_mib: 272, seconds: 8, warnings: vec![] })
    }

    #[test]
    fn an_end_by_signal_or_code_is_told_with_its_last_words() {
        for (script, words) in [
            ("kill -SEGV $$", &["signal 11 (SIGSEGV)", "segmentation fault"][..]),
            ("echo bad_alloc >&2; kill -ABRT $$", &["SIGABRT", "272 MiB", "its last words: bad_alloc"]),
            ("kill -XCPU $$", &["SIGXCPU", "limit of 8 s"]),
            ("kill -KILL $$", &["SIGKILL", "memory ran out"]),
            ("printf 'a\\033[2J\\nb' >&2; exit 3", &["exit status: 3", "last words: a[2J b"]),
        ] {
            let told = run(script).unwrap();
            assert!(words.iter().all(|word| told.contains(word)), "{script}: {told}");
            assert!(!told.contains('\u{1b}'), "{told:?}");
        }
        assert_eq!(run("exit 0"), None);
        let long = run("head -c 3000000 /dev/zero | tr '\\0' x >&2; exit 1").unwrap();
        assert!((2000..3000).contains(&long.len()), "{}", long.len());
    }

    #[test]
    fn it_is_given_nothing_that_it_does_not_need() {
        let names = |database: bool| {
            let mut command = Command::new("/usr/bin/env");
            bare(&mut command, database);
            let said = command.env("CHORO_GDAL_SANDBOX", "off").output().unwrap().stdout;
            let said = String::from_utf8(said).unwrap();
            said.lines().filter_map(|line| Some(line.split_once('=')?.0.to_owned())).collect::<Vec<_>>()
        };
        let file = names(false);
        assert!(file.iter().all(|name| VARIABLES.contains(&name.as_str()) || name.ends_with("_NUM_THREADS")), "{file:?}");
        assert!(!file.iter().any(|name| name == "HOME"));
        assert_eq!(names(true).iter().any(|name| name == "HOME"), env::var_os("HOME").is_some());
    }
}
