//! Processor time of this thread.

use anyhow::Context as _;

/// Runs `work`; what it returns and the seconds of processor time that it took. The kernel counts them at its own ticks, a few
/// milliseconds apart.
pub fn timed<T>(work: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<(T, f64)> {
    let before = seconds()?;
    let done = work()?;
    Ok((done, seconds()? - before))
}

/// proc(5): the first figure of `schedstat` is the time spent on the processor in nanoseconds.
fn seconds() -> anyhow::Result<f64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    let nanoseconds: u64 = text.split(' ').next().context("an empty schedstat")?.parse()?;
    Ok(nanoseconds as f64 / 1e9)
}
