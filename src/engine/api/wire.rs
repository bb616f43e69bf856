//! How the engine's plain structs become bytes, between page and engine and in the rows and commands of the store.
//!
//! Postcard says nothing about itself, which is what keeps both wasm modules small: there is no code for what might come
//! next. So bytes are only ever read by the build that wrote them, or stand beside a number that says their shape.

use serde::{Serialize, de::DeserializeOwned};

/// Bytes that are not what they were taken for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("cannot be read: {0}")]
pub struct Garbled(#[from] postcard::Error);

/// A value's bytes.
#[must_use]
pub fn encode<T: Serialize>(value: &T) -> Vec<u8> {
    // Only sequences of unknown length can fail, and no struct of the engine has one.
    postcard::to_allocvec(value).unwrap_or_default()
}

/// A value's bytes for the store, behind the number of their shape: another build may read them.
#[must_use]
pub fn keep<T: Serialize>(shape: u8, value: &T) -> Vec<u8> {
    let mut bytes = vec![shape];
    bytes.extend(encode(value));
    bytes
}

/// Reads what [`keep`] wrote under the same number.
///
/// # Errors
/// [`Garbled`] as for [`decode`], and for a value of another shape.
pub fn kept<T: DeserializeOwned>(shape: u8, bytes: &[u8]) -> Result<T, Garbled> {
    match bytes.split_first() {
        Some((&found, rest)) if found == shape => decode(rest),
        Some(_) | None => Err(Garbled(postcard::Error::DeserializeBadEncoding)),
    }
}

/// Reads what [`encode`] wrote.
///
/// # Errors
/// [`Garbled`] when the bytes end early, go on, or hold what the type does not know.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Garbled> {
    let (value, rest) = postcard::take_from_bytes(bytes)?;
    if rest.is_empty() { Ok(value) } else { Err(Garbled(postcard::Error::DeserializeBadEncoding)) }
}
