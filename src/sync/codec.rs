//! Frames as bytes: one format byte, then CBOR, deflated where that pays.
//!
//! Whoever is at the other end may be broken or hostile: nothing here panics on any input, and the size limit holds
//! before and during inflation, so that 200 KB cannot become 200 MB.

use std::{
    borrow::Cow,
    io::{Read, Write},
};

use flate2::{Compression, bufread::DeflateDecoder, write::DeflateEncoder};

use super::{
    frame::{Frame, Limits},
    lean::Told,
};

/// Format byte: CBOR as it is.
const PLAIN: u8 = 0;
/// Format byte: raw deflate of CBOR.
const DEFLATED: u8 = 1;
/// Frames of more bytes than this are deflated if that makes them smaller.
const WORTH_DEFLATING: usize = 512;
/// Four bytes, big endian, before each frame of an HTTP body.
const PREFIX: usize = 4;

/// What a hub allows unless it says otherwise, and what a client assumes until it is told.
pub const DEFAULT_LIMITS: Limits = Limits { frame: 4 << 20, change: 256 << 10, entries: 2_000, writes_from: 1 };

/// Why bytes are not frames.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodecError {
    /// Nothing there.
    #[error("empty frame")]
    Empty,
    /// Larger than the limit, as sent or once inflated.
    #[error("frame of more than {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: usize,
    },
    /// A format byte of no known version.
    #[error("unknown format {0}")]
    Format(u8),
    /// The deflated part is damaged.
    #[error("damaged compression: {0}")]
    Deflate(String),
    /// Not a frame of this protocol.
    #[error("malformed frame: {0}")]
    Malformed(String),
    /// Bytes after the end of the frame.
    #[error("{0} bytes after the frame")]
    Trailing(usize),
    /// A body that ends within a frame or its length.
    #[error("body cut short")]
    Short,
}

impl CodecError {
    /// The word that an [`Frame::Error`] answers with.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "too-large",
            Self::Empty | Self::Format(_) | Self::Deflate(_) | Self::Malformed(_) | Self::Trailing(_) | Self::Short => {
                "malformed"
            }
        }
    }
}

/// One frame as the bytes of one WebSocket message.
#[must_use]
pub fn encode(frame: &Frame) -> Vec<u8> {
    let mut plain = vec![PLAIN];
    minicbor::encode_with(frame, &mut plain, &mut Told::default()).expect("writing to memory cannot fail");
    if plain.len() <= WORTH_DEFLATING {
        return plain;
    }
    match deflate(&plain[1..]) {
        Some(deflated) if deflated.len() < plain.len() => deflated,
        Some(_) | None => plain,
    }
}

/// CBOR deflated, behind the byte that says so.
#[must_use]
pub fn deflate(cbor: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = DeflateEncoder::new(vec![DEFLATED], Compression::default());
    encoder.write_all(cbor).ok()?;
    encoder.finish().ok()
}

/// One frame from the bytes of one message.
///
/// `limit` bounds both the bytes as they came and what they inflate to.
///
/// # Errors
///
/// [`CodecError`], precisely; see there.
pub fn decode(bytes: &[u8], limit: usize) -> Result<Frame, CodecError> {
    decode_counting(bytes, limit).map(|(frame, _)| frame)
}

fn decode_counting(bytes: &[u8], limit: usize) -> Result<(Frame, usize), CodecError> {
    if bytes.len() > limit.saturating_add(1) {
        return Err(CodecError::TooLarge { limit });
    }
    match bytes.split_first() {
        None => Err(CodecError::Empty),
        Some((&PLAIN, cbor)) => Ok((parse(cbor)?, cbor.len())),
        Some((&DEFLATED, deflated)) => {
            let cbor = inflate(deflated, limit)?;
            Ok((parse(&cbor)?, cbor.len()))
        }
        Some((&format, _)) => Err(CodecError::Format(format)),
    }
}

/// CBOR again from what may be deflated and need not be. CBOR of ours never begins with the byte that says so.
///
/// # Errors
///
/// As [`decode`], for what is deflated.
pub fn inflated(bytes: &[u8], limit: usize) -> Result<Cow<'_, [u8]>, CodecError> {
    match bytes.split_first() {
        Some((&DEFLATED, deflated)) => inflate(deflated, limit).map(Cow::Owned),
        Some(_) | None => Ok(Cow::Borrowed(bytes)),
    }
}

fn inflate(deflated: &[u8], limit: usize) -> Result<Vec<u8>, CodecError> {
    let mut decoder = DeflateDecoder::new(deflated);
    let mut cbor = Vec::new();
    let ceiling = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    decoder.by_ref().take(ceiling).read_to_end(&mut cbor).map_err(|error| CodecError::Deflate(error.to_string()))?;
    if cbor.len() > limit {
        return Err(CodecError::TooLarge { limit });
    }
    match decoder.into_inner().len() {
        0 => Ok(cbor),
        rest => Err(CodecError::Trailing(rest)),
    }
}

fn parse(cbor: &[u8]) -> Result<Frame, CodecError> {
    let mut decoder = minicbor::Decoder::new(cbor);
    let frame = decoder.decode_with(&mut Told::default()).map_err(|error| CodecError::Malformed(error.to_string()))?;
    match cbor.len() - decoder.position() {
        0 => Ok(frame),
        rest => Err(CodecError::Trailing(rest)),
    }
}

/// Frames as an HTTP body: each preceded by its length in four bytes, big endian.
#[must_use]
pub fn encode_body(frames: &[Frame]) -> Vec<u8> {
    let mut body = Vec::new();
    for frame in frames {
        let bytes = encode(frame);
        let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        body.extend_from_slice(&length.to_be_bytes());
        body.extend_from_slice(&bytes);
    }
    body
}

/// Frames from an HTTP body. `limit` bounds the body and what all its frames together inflate to.
///
/// # Errors
///
/// [`CodecError`], of the first frame that is wrong.
pub fn decode_body(mut body: &[u8], limit: usize) -> Result<Vec<Frame>, CodecError> {
    if body.len() > limit {
        return Err(CodecError::TooLarge { limit });
    }
    let mut left = limit;
    let mut frames = Vec::new();
    while !body.is_empty() {
        let (prefix, rest) = body.split_first_chunk::<PREFIX>().ok_or(CodecError::Short)?;
        let length = usize::try_from(u32::from_be_bytes(*prefix)).map_err(|_| CodecError::Short)?;
        let bytes = rest.get(..length).ok_or(CodecError::Short)?;
        let (frame, size) = decode_counting(bytes, left).map_err(|error| match error {
            CodecError::TooLarge { .. } => CodecError::TooLarge { limit },
            other => other,
        })?;
        left = left.saturating_sub(size);
        frames.push(frame);
        body = &rest[length..];
    }
    Ok(frames)
}
