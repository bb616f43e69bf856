//! Looking at a change before Automerge decodes it.
//!
//! Automerge's format lets a hundred bytes stand for a million operations and two hundred thousand inflate to two hundred
//! million. [`scan`] reads the frame, the header and the run lengths of the columns, in time and memory bounded by the
//! limits, and also refuses what would make Automerge stop hard: numbers out of range, columns we never write.
//!
//! Format: <https://automerge.org/automerge-binary-format-spec/>

mod columns;
mod document;
mod numbers;
mod reader;

use std::io::Read;

use flate2::bufread::DeflateDecoder;
use sha2::{Digest, Sha256};

use super::{actor::Actor, doc::Hash};
pub use document::{DocumentLimits, document};
use reader::Reader;

/// The bytes every chunk begins with.
const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];

/// Why bytes are refused; each shows as a stable word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ScanError {
    /// Longer, or inflating or unfolding to more, than the limit.
    #[error("too-large")]
    TooLarge,
    /// Not laid out as a change of ours is.
    #[error("malformed")]
    Malformed,
    /// The checksum is not that of the content.
    #[error("bad-checksum")]
    BadChecksum,
    /// More operations than the limit.
    #[error("too-many-ops")]
    TooManyOps,
}

/// What one change may be at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes as sent.
    pub bytes: usize,
    /// Bytes once inflated.
    pub inflated: usize,
    /// Operations; one is one field written or one character typed or deleted.
    pub ops: u64,
}

impl Default for Limits {
    /// A hundred thousand characters pasted at once fit; what is bigger is an attachment.
    fn default() -> Self {
        Self { bytes: 512 << 10, inflated: 768 << 10, ops: 120_000 }
    }
}

/// What the header of a change says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Its hash.
    pub hash: Hash,
    /// Who wrote it.
    pub actor: Actor,
    /// Its number among the actor's changes, from 1.
    pub seq: u64,
    /// What it stands on.
    pub deps: Vec<Hash>,
    /// The number of its first operation.
    pub start_op: u64,
    /// How many operations it has.
    pub ops: u64,
    /// Milliseconds since 1970 by the device's clock.
    pub time: i64,
}

/// Reads the header of exactly one change.
///
/// # Errors
/// [`ScanError`]; at the default limits within a megabyte, and before the checksum is known within a millisecond.
pub fn scan(bytes: &[u8], limits: &Limits) -> Result<Header, ScanError> {
    if bytes.len() > limits.bytes {
        return Err(ScanError::TooLarge);
    }
    let (frame, rest) = split(bytes)?;
    if !rest.is_empty() {
        return Err(ScanError::Malformed);
    }
    match frame.kind {
        ChunkKind::Document => Err(ScanError::Malformed),
        ChunkKind::Change => header(frame.checksum, frame.data, limits),
        ChunkKind::Deflated => header(frame.checksum, &inflate(frame.data, limits.inflated)?, limits),
    }
}

fn inflate(data: &[u8], limit: usize) -> Result<Vec<u8>, ScanError> {
    // Nothing deflates better than 1032 to 1; reserved at once, so that a bomb does not grow by doubling.
    let mut inflated = Vec::with_capacity(data.len().saturating_mul(1_032).min(limit.saturating_add(1)));
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    let mut decoder = DeflateDecoder::new(data);
    decoder.by_ref().take(most).read_to_end(&mut inflated).map_err(|_| ScanError::Malformed)?;
    if inflated.len() > limit {
        return Err(ScanError::TooLarge);
    }
    // The whole chunk is the change; nothing rides along behind it.
    if decoder.into_inner().is_empty() { Ok(inflated) } else { Err(ScanError::Malformed) }
}

/// The header of a change from its inflated content.
fn header(checksum: [u8; 4], data: &[u8], limits: &Limits) -> Result<Header, ScanError> {
    let hash = hash(data);
    if hash[..4] != checksum {
        return Err(ScanError::BadChecksum);
    }
    let mut reader = Reader::new(data);
    let mut deps = Vec::new();
    for _ in 0..reader.count(32)? {
        deps.push(reader.array::<32>()?);
    }
    if !deps.is_sorted_by(|a, b| a < b) {
        return Err(ScanError::Malformed);
    }
    let actor = actor(&mut reader)?;
    let seq = reader.unsigned()?;
    let start_op = reader.unsigned()?;
    let time = reader.signed()?;
    let message = reader.size()?;
    std::str::from_utf8(reader.take(message)?).map_err(|_| ScanError::Malformed)?;
    let others = reader.count(1)?;
    for _ in 0..others {
        actor_of_another(&mut reader)?;
    }
    let ops = columns::operations(&mut reader, others + 1, limits.ops)?;
    // What follows the columns is an author, which we never write and Automerge trusts too much.
    let in_range = start_op.checked_add(ops).is_some_and(|end| end <= u64::from(u32::MAX));
    if !reader.is_empty() || seq == 0 || start_op == 0 || ops == 0 || !in_range {
        return Err(ScanError::Malformed);
    }
    Ok(Header { hash, actor, seq, deps, start_op, ops, time })
}

fn actor(reader: &mut Reader<'_>) -> Result<Actor, ScanError> {
    let len = reader.size()?;
    Actor::from_bytes(reader.take(len)?).ok_or(ScanError::Malformed)
}

fn actor_of_another(reader: &mut Reader<'_>) -> Result<(), ScanError> {
    actor(reader).map(|_| ())
}

/// The hash of a change: over its type, its length and its content, as if never deflated.
fn hash(data: &[u8]) -> Hash {
    hash_of(1, data)
}

fn hash_of(kind: u8, data: &[u8]) -> Hash {
    let mut hasher = Sha256::new();
    let mut prefix = vec![kind];
    let mut len = data.len();
    while len >= 0x80 {
        prefix.push(u8::try_from(len & 0x7f).unwrap_or_default() | 0x80);
        len >>= 7;
    }
    prefix.push(u8::try_from(len).unwrap_or_default());
    hasher.update(&prefix);
    hasher.update(data);
    hasher.finalize().into()
}

fn checksum_of(kind: u8, data: &[u8]) -> [u8; 4] {
    let [a, b, c, d, ..] = hash_of(kind, data);
    [a, b, c, d]
}

/// What a chunk is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChunkKind {
    /// A whole saved document.
    Document,
    /// One change.
    Change,
    /// One change, deflated.
    Deflated,
}

/// One chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chunk<'a> {
    /// What it is.
    pub kind: ChunkKind,
    /// All of it, its frame included.
    pub bytes: &'a [u8],
    checksum: [u8; 4],
    pub(super) data: &'a [u8],
}

/// The chunks that stand one after another in some bytes, frames only; ends after the first error.
pub fn chunks(bytes: &[u8]) -> impl Iterator<Item = Result<Chunk<'_>, ScanError>> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let split = split(rest);
        rest = split.map_or(&[][..], |(_, tail)| tail);
        Some(split.map(|(chunk, _)| chunk))
    })
}

fn split(bytes: &[u8]) -> Result<(Chunk<'_>, &[u8]), ScanError> {
    let mut reader = Reader::new(bytes);
    if reader.array::<4>()? != MAGIC {
        return Err(ScanError::Malformed);
    }
    let checksum = reader.array::<4>()?;
    let kind = match reader.byte()? {
        0 => ChunkKind::Document,
        1 => ChunkKind::Change,
        2 => ChunkKind::Deflated,
        _ => return Err(ScanError::Malformed),
    };
    let len = reader.size()?;
    let data = reader.take(len)?;
    let (bytes, tail) = bytes.split_at(bytes.len() - reader.len());
    Ok((Chunk { kind, bytes, checksum, data }, tail))
}

#[cfg(test)]
pub(super) mod tests;
