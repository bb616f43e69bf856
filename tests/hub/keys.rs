//! Key pairs of devices, as browsers make them.

use std::{collections::BTreeMap, sync::Mutex};

use p256::ecdsa::SigningKey;

/// The key pairs made so far, by public key; and by device, once it joined with one.
pub static KEYS: Mutex<BTreeMap<String, SigningKey>> = Mutex::new(BTreeMap::new());

/// The public key of a key pair that no other device has.
pub fn key() -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static COUNT: AtomicU32 = AtomicU32::new(1);
    let mut bytes = [7_u8; 32];
    bytes[..4].copy_from_slice(&COUNT.fetch_add(1, Ordering::Relaxed).to_be_bytes());
    bytes[4..8].copy_from_slice(&std::process::id().to_be_bytes());
    let pair = SigningKey::from_slice(&bytes).expect("a key");
    let public = base64url(pair.verifying_key().to_sec1_point(false).as_bytes());
    KEYS.lock().expect("nobody panics while it is held").insert(public.clone(), pair);
    public
}

pub fn base64url(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().fold(0_u32, |word, byte| word << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for digit in 0..=chunk.len() {
            text.push(char::from(DIGITS[(word >> (18 - 6 * digit)) as usize & 63]));
        }
    }
    text
}
