//! Devices' public keys and what they signed, as the hub checks it; browsers sign with WebCrypto.
//!
//! Whatever the bytes, the answer is yes or no: nothing here may stop hard or take long.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use p256::ecdsa::{VerifyingKey, signature::Verifier};

/// A device's public key: an uncompressed P-256 point, base64url without padding. None when it is not one.
#[must_use]
pub fn public_key(text: &str) -> Option<Vec<u8>> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok().filter(|bytes| bytes.len() == 65 && bytes[0] == 4)?;
    VerifyingKey::from_sec1_bytes(&bytes).ok().map(|_| bytes)
}

/// So many bytes from base64url without padding.
#[must_use]
pub fn bytes<const N: usize>(text: &str) -> Option<[u8; N]> {
    URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()
}

/// The text of a public key.
#[must_use]
pub fn key_text(key: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(key)
}

/// Whether the holder of a public key (65 bytes of a point) signed a text.
#[must_use]
pub fn signed(key: &[u8], text: &[u8], signature: &[u8; 64]) -> bool {
    let key = VerifyingKey::from_sec1_bytes(key);
    let signature = p256::ecdsa::Signature::from_slice(signature);
    key.ok().zip(signature.ok()).is_some_and(|(key, signature)| key.verify(text, &signature).is_ok())
}

#[cfg(test)]
mod tests {
    use p256::ecdsa::{SigningKey, signature::Signer};

    use super::*;

    #[test]
    fn a_key_is_a_point_and_what_it_signs_is_its_own() {
        let mut bytes = [1; 65];
        bytes[0] = 4;
        assert_eq!(public_key(&URL_SAFE_NO_PAD.encode(bytes)), None, "beside the curve");
        let signer = SigningKey::from_slice(&[7; 32]).expect("a key");
        let point = signer.verifying_key().to_sec1_point(false);
        assert_eq!(public_key(&key_text(point.as_bytes())), Some(point.as_bytes().to_vec()));
        assert_eq!(public_key(&URL_SAFE_NO_PAD.encode(&point.as_bytes()[..64])), None);
        let compressed = signer.verifying_key().to_sec1_point(true);
        assert_eq!(public_key(&key_text(compressed.as_bytes())), None, "one form only");

        let made: p256::ecdsa::Signature = signer.sign(b"words");
        let mut signature: [u8; 64] = made.to_bytes().into();
        assert!(signed(point.as_bytes(), b"words", &signature));
        assert!(!signed(point.as_bytes(), b"other words", &signature));
        let other = SigningKey::from_slice(&[8; 32]).expect("a key").verifying_key().to_sec1_point(false);
        assert!(!signed(other.as_bytes(), b"words", &signature));
        signature[63] ^= 1;
        assert!(!signed(point.as_bytes(), b"words", &signature));
        assert!(!signed(point.as_bytes(), b"words", &[0; 64]) && !signed(&[], b"words", &signature));
    }

    #[test]
    fn one_bit_turned_anywhere_and_any_other_bytes_are_no_signature() {
        let signer = SigningKey::from_slice(&[7; 32]).expect("a key");
        let point = signer.verifying_key().to_sec1_point(false);
        let (key, text) = (point.as_bytes(), b"words of a push");
        let made: p256::ecdsa::Signature = signer.sign(text);
        let signature: [u8; 64] = made.to_bytes().into();
        assert!(signed(key, text, &signature));
        let turned = |bytes: &[u8], bit: usize| {
            let mut bytes = bytes.to_vec();
            bytes[bit / 8] ^= 1 << (bit % 8);
            bytes
        };
        for bit in 0..512 {
            let bad = turned(&signature, bit).try_into().expect("as long");
            assert!(!signed(key, text, &bad), "signature, bit {bit}");
        }
        for bit in 0..key.len() * 8 {
            assert!(!signed(&turned(key, bit), text, &signature), "key, bit {bit}");
        }
        for bit in 0..text.len() * 8 {
            assert!(!signed(key, &turned(text, bit), &signature), "text, bit {bit}");
        }
        let mut seed = 5_u64;
        let mut random = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            u8::try_from(seed >> 56).expect("a byte")
        };
        for length in (0..=70).cycle().take(2_000) {
            let bytes: Vec<u8> = (0..length).map(|_| random()).collect();
            let other: [u8; 64] = std::array::from_fn(|_| random());
            assert!(!signed(&bytes, text, &other) && !signed(key, &bytes, &other) && !signed(&bytes, text, &signature));
            let told = String::from_utf8_lossy(&bytes);
            assert!(public_key(&told).is_none() && public_key(&key_text(&bytes)).is_none());
        }
    }
}
