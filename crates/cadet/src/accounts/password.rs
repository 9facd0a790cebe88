//! Password hashing: argon2id with the parameters that OWASP recommends, away from the threads that serve requests.

use std::sync::OnceLock;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use tokio::sync::Semaphore;

use crate::config::Secret;
use crate::entropy::Entropy;
use crate::error::{Error, Result};

/// Memory in KiB, passes and lanes.
const COST: (u32, u32, u32) = (19_456, 2, 1);
/// Each hash takes 19 MiB, so that a crowd at the door must not hash all at once.
static SLOTS: Semaphore = Semaphore::const_new(4);

fn hasher() -> Argon2<'static> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None).expect("the constant cost is valid");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// Hashes a password with a fresh salt into a PHC string.
pub async fn hash(entropy: &dyn Entropy, password: Secret) -> Result<String> {
    let mut salt = [0_u8; 16];
    entropy.fill(&mut salt);
    in_slot(move || hash_now(&password.0, &salt)).await?
}

fn hash_now(password: &str, salt: &[u8]) -> Result<String> {
    hasher()
        .hash_password_with_salt(password.as_bytes(), salt)
        .map(|hash| hash.to_string())
        .map_err(|error| Error::internal(error.to_string()))
}

/// Whether `password` is the one that `hash` was made of. Without a hash it takes as long and says no, so that the
/// time of an answer does not tell which accounts exist.
pub async fn verify(password: Secret, hash: Option<String>) -> Result<bool> {
    in_slot(move || {
        let known = hash.is_some();
        let phc = match &hash {
            Some(phc) => phc.as_str(),
            None => nobodys_hash(),
        };
        let parsed = PasswordHash::new(phc).map_err(|error| Error::internal(error.to_string()))?;
        let right = hasher()
            .verify_password(password.0.as_bytes(), &parsed)
            .is_ok();
        Ok(known && right)
    })
    .await?
}

fn nobodys_hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| {
        hash_now("nobody has this password", b"nobody has this salt").unwrap_or_default()
    })
}

async fn in_slot<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let _slot = SLOTS.acquire().await.map_err(Error::internal)?;
    tokio::task::spawn_blocking(work)
        .await
        .map_err(Error::internal)
}
