//! Randomness: tokens, jitter. Held by the context, so that tests choose it.

use std::sync::Mutex;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};

/// Gives random bytes.
pub trait Entropy: Send + Sync + 'static {
    /// Fills `bytes` with random bytes.
    fn fill(&self, bytes: &mut [u8]);

    /// A secret of 256 bits as URL-safe text of 43 characters.
    fn secret(&self) -> String {
        let mut bytes = [0_u8; 32];
        self.fill(&mut bytes);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// A number in `[0, 1)`.
    fn unit(&self) -> f64 {
        let mut bytes = [0_u8; 8];
        self.fill(&mut bytes);
        // 53 bits are what an f64 holds exactly.
        (u64::from_le_bytes(bytes) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// A generator seeded by the operating system, good enough for secrets.
#[derive(Debug)]
pub struct SystemEntropy(Mutex<StdRng>);

impl Default for SystemEntropy {
    fn default() -> Self {
        Self(Mutex::new(StdRng::from_rng(&mut rand::rng())))
    }
}

impl Entropy for SystemEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        fill_from(&self.0, bytes);
    }
}

/// A generator with a chosen seed; for tests and samples, never for secrets.
#[derive(Debug)]
pub struct SeededEntropy(Mutex<StdRng>);

impl SeededEntropy {
    /// A generator that gives the same bytes for the same seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(StdRng::seed_from_u64(seed)))
    }
}

impl Entropy for SeededEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        fill_from(&self.0, bytes);
    }
}

fn fill_from(rng: &Mutex<StdRng>, bytes: &mut [u8]) {
    rng.lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
        .fill_bytes(bytes);
}
