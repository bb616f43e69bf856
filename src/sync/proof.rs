//! Who said something and that the hub took it, so that anyone may bring it back to a hub that lost it.
//!
//! A device signs the newest changes of each push: their authorship follows the key, not the connection. The hub puts a
//! code of its own on whatever it took, which only it can make and check. Both are over texts that begin with what they
//! are for: a signature for one purpose must never serve another.

use hmac::{Hmac, KeyInit, Mac as _};
use sha2::Sha256;

use super::frame::{Hash, Id, Mac, Receipt};

const CHANGE: &[u8] = b"mufakat change v1";
const TAKEN: &[u8] = b"mufakat taken v1";
const FACT: &[u8] = b"mufakat fact v1";
const RETURN: &[u8] = b"mufakat return v1";

/// What a device signs (ECDSA over P-256 with SHA-256, raw `r || s`) for the newest changes of a push: each stands for
/// those of its device that it builds on.
#[must_use]
pub fn change_text(workspace: &Id, doc: &Id, hash: &Hash) -> Vec<u8> {
    [CHANGE, &workspace[..], &doc[..], &hash[..]].concat()
}

/// What a device signs that a hub does not know any more and that asks to be known again: with the hash of its token,
/// and the time in milliseconds since 1970.
#[must_use]
pub fn return_text(workspace: &Id, device: &Id, token_hash: &Hash, time: u64) -> Vec<u8> {
    [RETURN, &workspace[..], &device[..], &token_hash[..], &time.to_be_bytes()].concat()
}

/// The hub's own secret: 32 random bytes that stay with its database. It never appears in a `Debug` output.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct HubKey([u8; 32]);

impl HubKey {
    /// From its bytes.
    #[must_use]
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The code that says: the hub took this fact, from this device (none: its own).
    #[must_use]
    pub fn fact(&self, workspace: &Id, hash: &Hash, device: Option<&Id>) -> Mac {
        self.code(&[FACT, &workspace[..], &hash[..], device.map_or(&[], |id| &id[..])]).into()
    }

    /// The code that says: the hub took this change of this document, from this device (none: its own).
    #[must_use]
    pub fn change(&self, workspace: &Id, doc: &Id, hash: &Hash, device: Option<&Id>) -> Receipt {
        self.code(&[TAKEN, &workspace[..], &doc[..], &hash[..], device.map_or(&[], |id| &id[..])]).into()
    }

    /// HMAC-SHA256 of the parts, cut to what is asked for. Every part but the last has a fixed length.
    fn code<const N: usize>(&self, parts: &[&[u8]]) -> [u8; N] {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("a key may have any length");
        for part in parts {
            mac.update(part);
        }
        let whole: [u8; 32] = mac.finalize().into_bytes().into();
        std::array::from_fn(|i| whole[i])
    }
}

impl std::fmt::Debug for HubKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HubKey")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u8) -> Id {
        [n; 16].into()
    }

    #[test]
    fn what_is_signed_says_what_it_is_for_and_differs_in_every_part() {
        let text = change_text(&id(1), &id(2), &[3; 32].into());
        assert_eq!(text.len(), CHANGE.len() + 16 + 16 + 32);
        assert!(text.starts_with(b"mufakat change v1"));
        assert_ne!(text, change_text(&id(9), &id(2), &[3; 32].into()));
        assert_ne!(text, change_text(&id(1), &id(9), &[3; 32].into()));
        assert_ne!(text, change_text(&id(1), &id(2), &[9; 32].into()));
        let back = return_text(&id(1), &id(2), &[3; 32].into(), 258);
        assert!(back.starts_with(b"mufakat return v1") && back.ends_with(&[0, 0, 0, 0, 0, 0, 1, 2]));
    }

    #[test]
    fn a_code_is_of_one_hub_one_entry_and_one_author() {
        let (key, other) = (HubKey::new([7; 32]), HubKey::new([8; 32]));
        let hash: Hash = [3; 32].into();
        let own = key.fact(&id(1), &hash, None);
        let codes = [
            other.fact(&id(1), &hash, None),
            key.fact(&id(2), &hash, None),
            key.fact(&id(1), &[4; 32].into(), None),
            key.fact(&id(1), &hash, Some(&id(5))),
        ];
        assert!(codes.iter().all(|code| *code != own), "{codes:?}");
        assert_eq!(own, key.fact(&id(1), &hash, None));
        let taken = key.change(&id(1), &id(2), &hash, Some(&id(5)));
        assert_ne!(taken, key.change(&id(1), &id(3), &hash, Some(&id(5))));
        assert_ne!(taken, key.change(&id(1), &id(2), &hash, Some(&id(6))));
        assert_eq!(format!("{key:?}"), "HubKey");
    }

    #[test]
    fn the_code_is_hmac_sha256() {
        // RFC 4231, case 2, with its key filled up by zeros as HMAC itself does.
        let mut key = [0; 32];
        key[..4].copy_from_slice(b"Jefe");
        let code: [u8; 16] = HubKey::new(key).code(&[b"what do ya want ", b"for nothing?"]);
        let hex: String = code.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, "5bdcc146bf60754e6a042426089575c7");
    }
}
