//! An import in a process of its own, with limits of memory and processor time.
//!
//! `choro import ..` starts `choro --confined import ..` and waits for it. Files of others are read there: whatever a file makes a
//! reader ask for, neither the machine nor what else runs on it pays for it. A process that meets a limit is ended by the system and
//! cannot explain itself, so the one that waits does. The second process has the same streams, folder and environment; nothing but
//! the flag comes into its arguments, where passwords could be read.

use anyhow::Context as _;
use choro_config as config;
use rustix::process::{Resource, Rlimit, Signal, getrlimit, set_parent_process_death_signal, setrlimit};
use std::{
    ffi::OsString,
    io,
    os::unix::process::ExitStatusExt as _,
    process::{Command, ExitCode},
};

/// Starts the process and waits for its end; its exit code is ours.
pub fn run(given: &[OsString], limits: &config::ImportLimits) -> anyhow::Result<ExitCode> {
    let program = std::env::current_exe().context("the place of this program")?;
    let arguments = given.iter().skip(1);
    let status = Command::new(program).arg("--confined").args(arguments).status().context("a process for the import")?;
    match (status.code(), status.signal()) {
        (Some(code), _) => Ok(ExitCode::from(u8::try_from(code).unwrap_or(1))),
        (None, signal) => anyhow::bail!("{}", ended(signal.unwrap_or_default(), limits)),
    }
}

/// Sets the limits in the process that was started. Only the soft ones: `choro-gdal`, which it starts, has limits of its own.
pub fn enter(limits: &config::ImportLimits) -> anyhow::Result<()> {
    // Who stops the import stops the process that waits, and this one must not go on alone.
    set_parent_process_death_signal(Some(Signal::KILL)).context("the link to the process that waits")?;
    // Not the address space: each thread reserves 64 MiB of that without using it.
    lower(Resource::Data, bytes(limits)).context("the limit of memory")?;
    lower(Resource::Cpu, limits.cpu.as_secs()).context("the limit of processor time")?;
    lower(Resource::Core, 0).context("the limit of memory dumps")
}

fn lower(resource: Resource, to: u64) -> io::Result<()> {
    let Rlimit { current, maximum } = getrlimit(resource);
    let least = [current, maximum].into_iter().flatten().fold(to, u64::min);
    Ok(setrlimit(resource, Rlimit { current: Some(least), maximum })?)
}

/// The memory that an import may ask for.
fn bytes(limits: &config::ImportLimits) -> u64 {
    let machine = rustix::system::sysinfo();
    let all = machine.totalram.saturating_mul(u64::from(machine.mem_unit));
    limits.max_memory_mb.saturating_mul(1 << 20).min(all / 4 * 3)
}

/// Why a process without a word of its own has ended, and what to do.
fn ended(signal: i32, limits: &config::ImportLimits) -> String {
    let (cpu, memory) = (limits.cpu.as_secs(), bytes(limits) >> 20);
    let why = match Signal::from_named_raw(signal) {
        Some(Signal::XCPU) => format!(
            "SIGXCPU: it took more than the {cpu} s of processor time that it may take; if the file is to be trusted, raise \
             import.cpu_s (CHORO_IMPORT_CPU_S)"
        ),
        Some(Signal::ABORT) => format!(
            "SIGABRT: it probably asked for more than the {memory} MiB of memory that it may take; if the file is to be trusted, \
             raise import.max_memory_mb (CHORO_IMPORT_MAX_MEMORY_MB), at most to three quarters of this machine's memory"
        ),
        Some(Signal::KILL) => "SIGKILL: someone stopped it, or the machine had no memory left; lower import.max_memory_mb \
             (CHORO_IMPORT_MAX_MEMORY_MB), or give the machine more"
            .to_owned(),
        _ => format!("signal {signal}: import the file again, and report it if that repeats itself"),
    };
    format!("the import was ended by {why}; an import is stored whole or not at all")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn an_end_by_a_signal_names_the_limit_and_the_setting_that_raises_it() {
        let limits = config::ImportLimits { max_memory_mb: 256, cpu: Duration::from_secs(7) };
        for (signal, words) in [
            (Signal::XCPU, ["7 s of processor time", "CHORO_IMPORT_CPU_S"]),
            (Signal::ABORT, ["256 MiB of memory", "CHORO_IMPORT_MAX_MEMORY_MB"]),
            (Signal::KILL, ["no memory left", "import.max_memory_mb"]),
            (Signal::SEGV, ["signal 11", "stored whole or not at all"]),
        ] {
            let said = ended(signal.as_raw(), &limits);
            assert!(words.iter().all(|word| said.contains(word)), "{said}");
        }
    }
}
