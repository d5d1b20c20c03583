//! What the system says about this process, under the names that Prometheus gives it.

use super::{MetricKind, Text};
use std::{fs, time::SystemTime};

/// Writes memory, processor time, open files and the start. What the system does not tell is left out.
pub fn write(text: &mut Text, started: SystemTime) {
    if let Some(bytes) = resident_bytes() {
        text.single("process_resident_memory_bytes", MetricKind::Gauge, "Resident memory.", bytes);
    }
    if let Some(seconds) = cpu_seconds() {
        text.single("process_cpu_seconds_total", MetricKind::Counter, "User and system time.", seconds);
    }
    if let Ok(files) = fs::read_dir("/proc/self/fd") {
        text.single("process_open_fds", MetricKind::Gauge, "Open file descriptors.", files.count());
    }
    let started = started.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs_f64();
    text.single("process_start_time_seconds", MetricKind::Gauge, "Start of the process since 1970, UTC.", started);
}

/// The second number of `/proc/self/statm` (proc(5)), in pages.
fn resident_bytes() -> Option<u64> {
    let statm = fs::read_to_string("/proc/self/statm").ok()?;
    let pages: u64 = statm.split(' ').nth(1)?.parse().ok()?;
    pages.checked_mul(rustix::param::page_size() as u64)
}

/// Fields 14 and 15 of `/proc/self/stat` (proc(5)), in clock ticks. The second field is the program's name in brackets, which
/// may hold spaces.
fn cpu_seconds() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let mut fields = stat.rsplit_once(')')?.1.split_ascii_whitespace();
    let user: u32 = fields.nth(11)?.parse().ok()?;
    let system: u32 = fields.next()?.parse().ok()?;
    let ticks = u32::try_from(rustix::param::clock_ticks_per_second()).ok()?;
    Some((f64::from(user) + f64::from(system)) / f64::from(ticks))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_process_has_memory_and_processor_time() {
        assert!(resident_bytes().is_some_and(|bytes| bytes > 1 << 20));
        let before = cpu_seconds().unwrap();
        let mut sum = 0_u64;
        // Until the clock has moved: a tick is a hundredth of a second.
        while cpu_seconds().unwrap() <= before {
            sum = (0..100_000).fold(sum, |sum, n| sum ^ std::hint::black_box(n));
        }
        assert!(cpu_seconds().unwrap() > before);
    }
}
