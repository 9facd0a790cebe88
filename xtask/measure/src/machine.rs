//! What the figures were measured on, and how much memory a process holds.

use std::fs::read_to_string;

/// Cores and memory of this machine, in one line.
pub fn describe() -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let memory = kibibytes("/proc/meminfo", "MemTotal:").map_or_else(
        || "unknown".to_owned(),
        |kib| format!("{:.0} GiB", kib / 1_048_576.0),
    );
    let cpu = read_to_string("/proc/cpuinfo").unwrap_or_default();
    let cpu = cpu
        .lines()
        .find_map(|line| line.strip_prefix("model name"))
        .map_or("unknown processor", |rest| {
            rest.trim_start_matches([' ', '\t', ':'])
        });
    format!("{cores} cores, {memory} memory, {cpu}")
}

/// The most memory that this process has held so far, in MiB.
pub fn peak_memory() -> Option<f64> {
    Some(kibibytes("/proc/self/status", "VmHWM:")? / 1_024.0)
}

/// What process `pid` holds now, in MiB.
pub fn memory_of(pid: u32) -> Option<f64> {
    Some(kibibytes(&format!("/proc/{pid}/status"), "VmRSS:")? / 1_024.0)
}

fn kibibytes(file: &str, label: &str) -> Option<f64> {
    let text = read_to_string(file).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(label))?;
    line.split_whitespace().next()?.parse().ok()
}
