//! A cursor over bytes that never reads past them and never trusts a length.

use super::ScanError;

/// What is left to read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) const fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn take(&mut self, len: usize) -> Result<&'a [u8], ScanError> {
        let (head, tail) = self.0.split_at_checked(len).ok_or(ScanError::Malformed)?;
        self.0 = tail;
        Ok(head)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], ScanError> {
        self.take(N)?.try_into().map_err(|_| ScanError::Malformed)
    }

    pub(super) fn byte(&mut self) -> Result<u8, ScanError> {
        self.array::<1>().map(|[byte]| byte)
    }

    /// An unsigned LEB128 number.
    pub(super) fn unsigned(&mut self) -> Result<u64, ScanError> {
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

    /// A signed LEB128 number.
    pub(super) fn signed(&mut self) -> Result<i64, ScanError> {
        let mut value = 0_i64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let bits = i64::from(byte & 0x7f);
            // The tenth byte holds one bit, and the sign again.
            if shift == 63 && bits != 0 && bits != 0x7f {
                return Err(ScanError::Malformed);
            }
            value |= bits << shift;
            if byte & 0x80 == 0 {
                let is_negative = byte & 0x40 != 0;
                return Ok(if is_negative && shift < 57 { value | (-1 << (shift + 7)) } else { value });
            }
        }
        Err(ScanError::Malformed)
    }

    pub(super) fn size(&mut self) -> Result<usize, ScanError> {
        usize::try_from(self.unsigned()?).map_err(|_| ScanError::Malformed)
    }

    /// How many things of at least `size` bytes follow: no more than fit.
    pub(super) fn count(&mut self, size: usize) -> Result<usize, ScanError> {
        let count = self.size()?;
        if count > self.len() / size { Err(ScanError::Malformed) } else { Ok(count) }
    }
}
