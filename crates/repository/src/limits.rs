//! How much of a repository is read. Work is counted rather than timed, so that the same repository gives the same answer.

use crate::Error;
use std::ops::ControlFlow;

/// The most that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Commits that are looked at, the newest first.
    pub commits: u64,
    /// Commits of the author whose changes are compared, the newest first.
    pub compared: u64,
    /// Objects that are read while comparing and while looking for manifests.
    pub objects: u64,
    /// Bytes of files that are compared, in all.
    pub bytes: u64,
    /// Bytes of one file; larger ones are passed over.
    pub file_bytes: u64,
}

impl Default for Limits {
    /// Enough for the work of years: 100,000 commits, 20,000 of them compared, 2,000,000 objects, 2 GiB.
    fn default() -> Self {
        Self {
            commits: 100_000,
            compared: 20_000,
            objects: 2_000_000,
            bytes: 2 << 30,
            file_bytes: 1 << 20,
        }
    }
}

/// How far a scan has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Commits looked at.
    pub looked_at: u64,
    /// Commits of the author among them.
    pub own: u64,
}

/// What is told of progress, and may stop the scan.
pub(crate) type Watch<'w> = &'w mut dyn FnMut(Progress) -> ControlFlow<()>;

/// What is left of the limits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Budget {
    pub(crate) limits: Limits,
    objects: u64,
    bytes: u64,
}

impl Budget {
    pub(crate) const fn new(limits: Limits) -> Self {
        Self {
            limits,
            objects: limits.objects,
            bytes: limits.bytes,
        }
    }

    /// Takes one object; false when there is none left.
    pub(crate) const fn take_object(&mut self) -> bool {
        match self.objects.checked_sub(1) {
            Some(left) => {
                self.objects = left;
                true
            }
            None => false,
        }
    }

    /// Takes the bytes of a file; false when it is too large or they are used up.
    pub(crate) const fn take_bytes(&mut self, size: u64) -> bool {
        if size > self.limits.file_bytes {
            return false;
        }
        match self.bytes.checked_sub(size) {
            Some(left) => {
                self.bytes = left;
                true
            }
            None => false,
        }
    }

    /// Whether nothing more can be compared.
    pub(crate) const fn is_spent(&self) -> bool {
        self.objects == 0 || self.bytes == 0
    }
}

/// Turns a watcher's wish to stop into the error that ends the scan.
pub(crate) fn tell(watch: Watch<'_>, progress: Progress) -> Result<(), Error> {
    match watch(progress) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(Error::Stopped),
    }
}
