//! Reading the frame of a chunk before Automerge decodes it.

/// The bytes every chunk begins with.
const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];

/// Why bytes are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ScanError {
    /// Longer, or inflating to more, than the limit.
    #[error("too-large")]
    TooLarge,
    /// Not laid out as it must be.
    #[error("malformed")]
    Malformed,
    /// The checksum is not that of the content.
    #[error("bad-checksum")]
    BadChecksum,
    /// More operations than the limit.
    #[error("too-many-ops")]
    TooManyOps,
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
}

/// The chunks that stand one after another in some bytes; ends after the first error.
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
    let mut reader = Reader(bytes);
    if reader.take(4)? != MAGIC {
        return Err(ScanError::Malformed);
    }
    reader.take(4)?;
    let kind = match reader.byte()? {
        0 => ChunkKind::Document,
        1 => ChunkKind::Change,
        2 => ChunkKind::Deflated,
        _ => return Err(ScanError::Malformed),
    };
    let len = reader.size()?;
    reader.take(len)?;
    let (bytes, tail) = bytes.split_at(bytes.len() - reader.0.len());
    Ok((Chunk { kind, bytes }, tail))
}

/// A cursor over bytes that never reads past them.
#[derive(Debug, Clone, Copy)]
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, len: usize) -> Result<&'a [u8], ScanError> {
        let (head, tail) = self.0.split_at_checked(len).ok_or(ScanError::Malformed)?;
        self.0 = tail;
        Ok(head)
    }

    fn byte(&mut self) -> Result<u8, ScanError> {
        self.take(1).map(|bytes| bytes[0])
    }

    /// An unsigned LEB128 number.
    fn unsigned(&mut self) -> Result<u64, ScanError> {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            if shift == 63 && bits > 1 {
                return Err(ScanError::Malformed);
            }
            value |= bits << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(ScanError::Malformed)
    }

    fn size(&mut self) -> Result<usize, ScanError> {
        usize::try_from(self.unsigned()?).map_err(|_| ScanError::Malformed)
    }
}
