//! Random bytes from a seed that the shell draws once: the engine stays deterministic for the simulator.

use sha2::{Digest, Sha256};

/// A stream of bytes: SHA-256 over the seed and a counter.
#[derive(Debug, Clone)]
pub struct Dice {
    seed: [u8; 32],
    count: u64,
}

impl Dice {
    /// From 32 random bytes.
    #[must_use]
    pub const fn new(seed: [u8; 32]) -> Self {
        Self { seed, count: 0 }
    }

    /// The next bytes, at most 32.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        self.count += 1;
        let hash = Sha256::new().chain_update(self.seed).chain_update(self.count.to_be_bytes()).finalize();
        let mut bytes = [0; N];
        for (to, from) in bytes.iter_mut().zip(hash) {
            *to = from;
        }
        bytes
    }
}
