//! What reading a source may cost, by its size: a file made to swell in GDAL's readers ends this program, and the machine stays
//! usable.
//!
//! A file of 1 MiB may take 272 MiB of memory, 6 s of computing, and give 114 MiB of areas; one of 100 MiB 1.8 GiB, 204 s, and
//! 5 GiB. The municipalities of Russia, three million vertices, are 50 MiB and take 55 MB, 4 s with the slowest projection, and
//! give 51 MB; as KML they take 370 MB of the 1,300 MiB that they may.

use anyhow::{Context, Result};
use rlimit::Resource;
use serde_json::{Value, json};
use std::fs;

const MIB: u64 = 1 << 20;
/// Address space that is always granted, beside what the libraries took before the file is opened.
const MEMORY: u64 = 256 * MIB;
/// Bytes of address space for each byte of the source: its reader's copy, its geometry, its texts.
const MEMORY_FOR_BYTE: u64 = 16;
/// Address space that is never granted.
const MOST_MEMORY: u64 = 16 << 30;
/// Seconds of computing that are always granted: PROJ opens its database in one.
const SECONDS: u64 = 4;
/// Seconds for each MiB; coordinates of the slowest projection take a twentieth of it.
const SECONDS_FOR_MIB: u64 = 2;
/// Seconds that are never granted.
const MOST_SECONDS: u64 = 3600;
/// Bytes of frames that are always granted.
const OUTPUT: u64 = 64 * MIB;
/// Bytes of frames for each byte: fields' names are said for each area, an arc becomes ninety lines, geodatabases are packed.
const OUTPUT_FOR_BYTE: u64 = 50;

/// The limits of one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The size of the source; none for a table.
    bytes: Option<u64>,
    /// Address space, bytes, beside what is taken already.
    memory: u64,
    /// Time of computing, seconds.
    seconds: u64,
    /// Bytes of frames of areas; a table's are counted by `choro` alone.
    pub output: u64,
}

impl Limits {
    /// For a source of so many bytes, or for a table, whose size nobody knows.
    pub fn of(bytes: Option<u64>) -> Self {
        let Some(size) = bytes else {
            return Self { bytes, memory: MOST_MEMORY, seconds: MOST_SECONDS, output: u64::MAX };
        };
        let grown = |base: u64, factor: u64| size.saturating_mul(factor).saturating_add(base);
        Self {
            bytes,
            memory: grown(MEMORY, MEMORY_FOR_BYTE).min(MOST_MEMORY),
            seconds: size.div_ceil(MIB).saturating_mul(SECONDS_FOR_MIB).saturating_add(SECONDS).min(MOST_SECONDS),
            output: grown(OUTPUT, OUTPUT_FOR_BYTE),
        }
    }

    /// Sets them, or keeps those that are smaller already. Processes are none of the limits here, since root has none and threads
    /// count as such: the walls let none be made.
    pub fn set(&self) -> Result<()> {
        let memory = taken().saturating_add(self.memory);
        // At the first of two the kernel says why (SIGXCPU), at the second it only kills.
        let kill = self.seconds.saturating_add(5);
        for (resource, most, at_last) in [
            (Resource::AS, memory, memory),
            (Resource::CPU, self.seconds, kill),
            (Resource::CORE, 0, 0),
            (Resource::FSIZE, 0, 0),
        ] {
            let lowered = resource.get().and_then(|(soft, hard)| resource.set(soft.min(most), hard.min(at_last)));
            lowered.context("its limits of memory and time cannot be set")?;
        }
        Ok(())
    }

    /// For the first frame: what `choro` says where this program cannot say it any more.
    pub fn told(&self, warnings: &[String]) -> Value {
        json!({ "memory_mib": self.memory / MIB, "seconds": self.seconds, "warnings": warnings })
    }

    /// An error in which memory ran out, with the limit.
    pub fn explain(&self, error: anyhow::Error) -> anyhow::Error {
        if !format!("{error:#}").to_lowercase().contains("out of memory") {
            return error;
        }
        let limit = format!("the limit of memory is {} MiB{}", self.memory / MIB, self.source());
        error.context(format!("{limit}; copy the areas to a new file"))
    }

    /// Why there are too many areas.
    pub fn too_much(&self) -> String {
        format!(
            "it gives more than {} MiB of areas, the limit{}; it may hold a view that repeats its rows: copy the areas to a table \
             of a new file",
            self.output / MIB,
            self.source()
        )
    }

    fn source(&self) -> String {
        self.bytes.map_or(String::new(), |bytes| format!(" for a source of {bytes} bytes"))
    }
}

/// The address space that the program has now, bytes.
fn taken() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let size = status.lines().find_map(|line| line.strip_prefix("VmSize:")?.trim().strip_suffix(" kB")?.parse().ok());
    size.map_or(0, |kib: u64| kib.saturating_mul(1024))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_grow_with_the_source_to_what_the_largest_may_cost() {
        let in_mib = |bytes| {
            let limits = Limits::of(bytes);
            (limits.memory / MIB, limits.seconds, limits.output / MIB)
        };
        assert_eq!(in_mib(Some(0)), (256, 4, 64));
        assert_eq!(in_mib(Some(1_000_000)), (271, 6, 111));
        assert_eq!(in_mib(Some(100 * MIB)), (1856, 204, 5064));
        assert_eq!(in_mib(Some(2 << 30)), (16_384, 3600, 102_464));
        assert_eq!(in_mib(Some(u64::MAX)).1, 3600);
        assert_eq!((in_mib(None).0, in_mib(None).1), (16_384, 3600));
    }

    #[test]
    fn an_error_of_memory_names_the_limit_and_another_does_not() {
        let explain = |text: &str| format!("{:#}", Limits::of(Some(9)).explain(anyhow::anyhow!(text.to_owned())));
        assert!(explain("SQLite: out of memory").contains("256 MiB for a source of 9 bytes"));
        assert_eq!(explain("no layer"), "no layer");
    }
}
