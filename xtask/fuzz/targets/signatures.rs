//! What a device says of its key and its words: any bytes are a key or none, a signature or none; only what the key signed
//! counts as signed.
//!
//! Random bytes are never a point of the curve. So the input is also read as damage to a real key, text and signature.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use mufakat::sync::signature::{bytes, key_text, public_key, signed};
use p256::ecdsa::{Signature, SigningKey, signature::Signer};

const TEXT: [u8; 32] = *b"words of a push, as they are sig";

/// A key (65 bytes), a text and its signature (64 bytes), one after the other.
static REAL: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let signer = SigningKey::from_slice(&[7; 32]).expect("a key");
    let made: Signature = signer.sign(&TEXT);
    [signer.verifying_key().to_sec1_point(false).as_bytes(), &TEXT, &made.to_bytes()].concat()
});

fn split(all: &[u8]) -> Option<(&[u8], &[u8], [u8; 64])> {
    let (key, rest) = all.split_at_checked(65)?;
    let (text, signature) = rest.split_last_chunk::<64>()?;
    Some((key, text, *signature))
}

fuzz_target!(|input: &[u8]| {
    let told = String::from_utf8_lossy(input);
    if let Some(key) = public_key(&told) {
        assert_eq!(public_key(&key_text(&key)).as_ref(), Some(&key));
    }
    let _ = bytes::<64>(&told);
    if let Some((key, text, signature)) = split(input) {
        let _ = signed(key, text, &signature);
    }
    let mut damaged = REAL.clone();
    for place in input.as_chunks::<2>().0 {
        let at = usize::from(place[0]) % damaged.len();
        damaged[at] ^= place[1];
    }
    let (key, text, signature) = split(&damaged).expect("as long as before");
    assert_eq!(signed(key, text, &signature), damaged == *REAL, "{damaged:02x?}");
});
