//! The memory of a process (proc(5), `/proc/PID/status`).

use std::{
    io,
    process::{Child, ExitStatus},
    time::Duration,
};

/// Bytes that a process has now (`VmRSS`), or the most that it has had (`VmHWM`); `None`: it has ended.
pub fn of(process: u32, figure: &str) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(figure)?.strip_prefix(':'))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<f64>().ok()? * 1024.0)
}

/// The processes that a process has started (proc(5), `/proc/PID/task/TID/children`).
fn children(process: u32) -> Vec<u32> {
    let lists = std::fs::read_dir(format!("/proc/{process}/task")).into_iter().flatten().flatten();
    let texts = lists.filter_map(|task| std::fs::read_to_string(task.path().join("children")).ok());
    texts.flat_map(|text| text.split_whitespace().filter_map(|id| id.parse().ok()).collect::<Vec<_>>()).collect()
}

/// Waits for a process to end; how it did, and the most bytes that it or one that it started has had.
pub fn most_until_end(child: &mut Child) -> io::Result<(ExitStatus, f64)> {
    let mut most = 0.0;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok((status, most));
        }
        let all = children(child.id()).into_iter().chain([child.id()]);
        most = all.filter_map(|process| of(process, "VmHWM")).fold(most, f64::max);
        std::thread::sleep(Duration::from_millis(10));
    }
}
