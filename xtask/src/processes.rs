//! Processes that must not outlive this one: each is registered while it runs, stopped when its guard is dropped,
//! and stopped on Ctrl-C and SIGTERM too.

use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::{scratch, shell};

static RUNNING: Mutex<Vec<(u32, &'static str)>> = Mutex::new(Vec::new());

/// How long a process may take to stop by itself before it is killed.
const GRACE: Duration = Duration::from_secs(8);

/// From now on Ctrl-C and SIGTERM stop every registered process before this program ends with code 130.
pub fn stop_all_on_signals() -> Result<()> {
    let mut signals = Signals::new([SIGINT, SIGTERM]).context("cannot listen for Ctrl-C")?;
    std::thread::spawn(move || {
        if signals.forever().next().is_some() {
            stop_all();
            scratch::remove_all();
            std::process::exit(130);
        }
    });
    Ok(())
}

fn stop_all() {
    let running = RUNNING
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .clone();
    for (pid, signal) in &running {
        send(*pid, signal);
    }
    wait_until(GRACE, || !running.iter().any(|(pid, _)| alive(*pid)));
}

/// Keeps a process in the list of those that a signal stops; removes it when dropped.
pub struct Running(u32);

impl Running {
    /// Registers process `pid`, which `signal` (`TERM`, `QUIT`, ...) asks to stop.
    pub fn new(pid: u32, signal: &'static str) -> Self {
        RUNNING
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push((pid, signal));
        Self(pid)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        RUNNING
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .retain(|(pid, _)| *pid != self.0);
    }
}

/// A server started for the tests; stopped when dropped, whether they passed, failed or panicked.
pub struct Server {
    child: Child,
    signal: &'static str,
    _running: Running,
}

impl Server {
    /// Starts `command`; `signal` is the one that asks it to stop.
    pub fn start(command: &mut Command, signal: &'static str) -> Result<Self> {
        let shown = shell::shown(command);
        let child = command
            .spawn()
            .with_context(|| format!("cannot start `{shown}`"))?;
        let running = Running::new(child.id(), signal);
        Ok(Self {
            child,
            signal,
            _running: running,
        })
    }

    /// The process as it was started, to read its output.
    pub fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// Its status, if it has ended already.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        send(self.child.id(), self.signal);
        let deadline = Instant::now() + GRACE;
        while self.ended().is_none() && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(20));
        }
        if self.ended().is_none() {
            // Both fail only when the process is gone already, which is what is wanted.
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

/// Sends a signal by name; a process that is gone already is no error.
///
/// The shell's own `kill` is used because every system has it, and the crate forbids unsafe code.
pub fn send(pid: u32, signal: &str) {
    let _ = Command::new("sh")
        .args(["-c", &format!("kill -s {signal} {pid}")])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
}

/// Whether a process with this id exists.
pub fn alive(pid: u32) -> bool {
    Command::new("sh")
        .args(["-c", &format!("kill -0 {pid}")])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Asks `done` again every few milliseconds until it says yes or `limit` has passed; gives whether it did.
pub fn wait_until(limit: Duration, mut done: impl FnMut() -> bool) -> bool {
    let deadline = Instant::now() + limit;
    loop {
        if done() {
            return true;
        }
        if Instant::now() >= deadline {
            return false;
        }
        std::thread::sleep(Duration::from_millis(30));
    }
}
