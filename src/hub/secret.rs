//! Secrets: invitations and device tokens, 256 random bits each.
//!
//! The hub keeps their SHA-256 only. A secret never appears in a log, an error or a `Debug` output.

use std::fmt;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

use super::error::HubError;

/// 32 random bytes that open something.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; 32]);

impl Secret {
    /// A fresh one from the operating system's random source.
    ///
    /// # Errors
    /// When the system gives no random bytes.
    pub fn fresh() -> Result<Self, HubError> {
        Ok(Self(random()?))
    }

    /// From what a link or a header carries: base64url without padding.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok().map(Self)
    }

    /// From what a `Hello` carries: the 32 bytes, or their text.
    #[must_use]
    pub fn from_frame(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().map(Self).ok().or_else(|| Self::parse(std::str::from_utf8(bytes).ok()?))
    }

    /// The text for a link or an answer.
    #[must_use]
    pub fn text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// What the hub keeps.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0).into()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// Random bytes.
///
/// # Errors
/// When the system gives none.
pub fn random<const N: usize>() -> Result<[u8; N], HubError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| HubError::Random(error.to_string()))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_survives_its_text_and_hides_itself() {
        let secret = Secret::fresh().expect("random bytes");
        assert_eq!(secret.text().len(), 43);
        assert_eq!(Secret::parse(&secret.text()), Some(secret.clone()));
        assert_eq!(Secret::from_frame(secret.text().as_bytes()), Some(secret.clone()));
        assert_eq!(Secret::from_frame(&secret.0), Some(secret.clone()));
        assert_eq!(format!("{secret:?}"), "Secret");
        assert_ne!(Secret::fresh().expect("random bytes"), secret);
        for bad in ["", "short", "====", &"A".repeat(44)] {
            assert_eq!(Secret::parse(bad), None, "{bad}");
        }
    }
}
