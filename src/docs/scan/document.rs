//! Looking at a saved document before Automerge decodes it: its columns may each be deflated, and each run length in them may
//! stand for a million rows. The changes that come out of it are looked at one by one afterwards.

use super::{
    Chunk, ChunkKind, Limits, ScanError, actor, checksum_of,
    columns::{Kind, Sum, sum},
    inflate,
    numbers::{self, Columns},
    reader::Reader,
    split,
};

/// A column that is deflated has this bit in its number.
const DEFLATED: u64 = 0x08;

/// What one saved document may be at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DocumentLimits {
    /// Bytes as sent.
    pub bytes: usize,
    /// Bytes once inflated.
    pub inflated: usize,
    /// Operations.
    pub ops: u64,
    /// Changes.
    pub changes: u64,
}

impl Default for DocumentLimits {
    /// Ten times the largest document that was ever measured (500 records, 9,000 changes) fits.
    fn default() -> Self {
        Self { bytes: 16 << 20, inflated: 64 << 20, ops: 2_000_000, changes: 200_000 }
    }
}

/// The columns of its changes, by Automerge's numbers.
const fn of_changes(spec: u64) -> Option<Kind> {
    match spec {
        0x01 => Some(Kind::Actor),
        0x03 | 0x13 | 0x43 => Some(Kind::Delta),
        0x23 => Some(Kind::Time),
        0x35 => Some(Kind::Text),
        0x40 => Some(Kind::Group),
        0x56 => Some(Kind::Meta),
        0x57 => Some(Kind::Raw),
        _ => None,
    }
}

/// The columns of its operations. Marks (165) are not among them: we write none.
const fn of_operations(spec: u64) -> Option<Kind> {
    match spec {
        0x01 | 0x11 | 0x21 | 0x81 => Some(Kind::Actor),
        0x02 => Some(Kind::Counter),
        0x13 | 0x23 | 0x83 => Some(Kind::Delta),
        0x15 => Some(Kind::Name),
        0x34 | 0x94 => Some(Kind::Flags),
        0x42 => Some(Kind::Action),
        0x56 => Some(Kind::Meta),
        0x57 => Some(Kind::Raw),
        0x80 => Some(Kind::Group),
        _ => None,
    }
}

struct Column {
    spec: u64,
    kind: Kind,
    deflated: bool,
    len: usize,
}

/// Looks at exactly one saved document.
///
/// # Errors
/// [`ScanError`], in time and memory bounded by the limits.
pub fn document(bytes: &[u8], limits: &DocumentLimits) -> Result<(), ScanError> {
    if bytes.len() > limits.bytes {
        return Err(ScanError::TooLarge);
    }
    let (Chunk { kind, checksum, data, .. }, rest) = split(bytes)?;
    if kind != ChunkKind::Document || !rest.is_empty() {
        return Err(ScanError::Malformed);
    }
    if checksum_of(0, data) != checksum {
        return Err(ScanError::BadChecksum);
    }
    let mut reader = Reader::new(data);
    let actors = reader.count(2)?;
    for _ in 0..actors {
        actor(&mut reader)?;
    }
    let heads = reader.count(32)?;
    reader.take(heads * 32)?;
    let changes = table(&mut reader, of_changes)?;
    let operations = table(&mut reader, of_operations)?;
    let mut room = limits.inflated;
    let (count, columns) =
        section(&mut reader, &changes, actors, &mut room, limits.changes, &[0x01, 0x03, 0x13], (0x40, &[0x43]))?;
    let changes = numbers::changes(&columns, count)?;
    // No change has more than one change may have.
    let most = count.saturating_mul(Limits::default().ops).min(limits.ops);
    let (rows, columns) =
        section(&mut reader, &operations, actors, &mut room, most, &[0x21, 0x23, 0x42], (0x80, &[0x81, 0x83]))?;
    numbers::operations(&columns, rows, changes)?;
    if !reader.is_empty() {
        for _ in 0..heads {
            reader.unsigned()?;
        }
    }
    if reader.is_empty() { Ok(()) } else { Err(ScanError::Malformed) }
}

fn table(reader: &mut Reader<'_>, kind: fn(u64) -> Option<Kind>) -> Result<Vec<Column>, ScanError> {
    let mut table = Vec::new();
    for _ in 0..reader.count(2)? {
        let raw = reader.unsigned()?;
        let spec = raw & !DEFLATED;
        let kind = kind(spec).ok_or(ScanError::Malformed)?;
        table.push(Column { spec, kind, deflated: raw & DEFLATED != 0, len: reader.size()? });
    }
    if table.is_sorted_by(|a, b| a.spec < b.spec) { Ok(table) } else { Err(ScanError::Malformed) }
}

/// Adds up the columns of one part; answers how many rows it has, and its columns inflated. Those of `full` have them all, and the columns of the group
/// have together as many as it counts.
fn section(
    reader: &mut Reader<'_>,
    table: &[Column],
    actors: usize,
    room: &mut usize,
    limit: u64,
    full: &[u64],
    (group, grouped): (u64, &[u64]),
) -> Result<(u64, Columns), ScanError> {
    let mut sums: Vec<(u64, Sum)> = Vec::new();
    let mut columns = Vec::new();
    for column in table {
        let bytes = reader.take(column.len)?;
        let inflated = if column.deflated { inflate(bytes, *room)? } else { bytes.to_vec() };
        *room = room.checked_sub(inflated.len()).ok_or(ScanError::TooLarge)?;
        let sum = sum(column.kind, Reader::new(&inflated), actors, limit)?;
        if sum.rows > limit {
            return Err(ScanError::TooManyOps);
        }
        // What names unfold to is copied for every row of a run.
        let unfolds = matches!(column.kind, Kind::Name | Kind::Text);
        if unfolds && sum.total > limit.saturating_mul(64) {
            return Err(ScanError::TooLarge);
        }
        sums.push((column.spec, sum));
        columns.push((column.spec, inflated));
    }
    let of = |spec: u64| sums.iter().find(|(other, _)| *other == spec).map(|(_, sum)| sum);
    let rows = |spec: u64| of(spec).map_or(0, |sum| sum.rows);
    let total = |spec: u64| of(spec).map_or(0, |sum| sum.total);
    let count = full.first().map_or(0, |spec| rows(*spec));
    let fits = full.iter().all(|spec| rows(*spec) == count && !of(*spec).is_some_and(|sum| sum.has_null))
        && sums.iter().all(|(spec, sum)| grouped.contains(spec) || *spec == 0x57 || sum.rows <= count)
        && grouped.iter().all(|spec| rows(*spec) == total(group))
        && total(0x56) == total(0x57);
    match (fits, total(group) > limit) {
        (true, false) => Ok((count, columns)),
        (_, true) => Err(ScanError::TooManyOps),
        (false, false) => Err(ScanError::Malformed),
    }
}
