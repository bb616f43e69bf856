//! The columns of a change, by their run lengths: how much they unfold to, without unfolding them.

use super::{ScanError, reader::Reader};

/// The longest name of a field, member or entity, in bytes. Names are copied for every operation of a run.
const NAME_MAX: usize = 1_024;

/// How a column is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Indexes of actors.
    Actor,
    /// Numbers of operations.
    Counter,
    /// The same, each as the difference from the one before.
    Delta,
    /// Moments, each as the difference from the one before.
    Time,
    /// Names.
    Name,
    /// Words of any length.
    Text,
    /// Yes and no in turns.
    Flags,
    /// What an operation does.
    Action,
    /// Type and length of each value.
    Meta,
    /// The values.
    Raw,
    /// How many operations each one replaces.
    Group,
}

/// The columns we write, by Automerge's numbers. Marks (165) are not among them.
const fn kind(spec: u64) -> Option<Kind> {
    match spec {
        0x01 | 0x11 | 0x71 => Some(Kind::Actor),
        0x02 => Some(Kind::Counter),
        0x13 | 0x73 => Some(Kind::Delta),
        0x15 => Some(Kind::Name),
        0x34 | 0x94 => Some(Kind::Flags),
        0x42 => Some(Kind::Action),
        0x56 => Some(Kind::Meta),
        0x57 => Some(Kind::Raw),
        0x70 => Some(Kind::Group),
        _ => None,
    }
}

/// What a column unfolds to.
#[derive(Debug, Default)]
pub(super) struct Sum {
    /// Rows.
    pub rows: u64,
    /// What the rows add up to: lengths of values, sizes of groups, bytes of names.
    pub total: u64,
    /// Whether a row is nothing.
    pub has_null: bool,
}

impl Sum {
    fn add(&mut self, rows: u64, each: u64) -> Result<(), ScanError> {
        self.rows = self.rows.checked_add(rows).ok_or(ScanError::TooManyOps)?;
        let more = rows.checked_mul(each).ok_or(ScanError::TooLarge)?;
        self.total = self.total.checked_add(more).ok_or(ScanError::TooLarge)?;
        Ok(())
    }
}

/// Reads the table of columns and the columns; returns the number of operations.
pub(super) fn operations(reader: &mut Reader<'_>, actors: usize, limit: u64) -> Result<u64, ScanError> {
    let mut table = Vec::new();
    for _ in 0..reader.count(2)? {
        let spec = reader.unsigned()?;
        let kind = kind(spec).ok_or(ScanError::Malformed)?;
        table.push((spec, kind, reader.size()?));
    }
    if !table.is_sorted_by(|a, b| a.0 < b.0) {
        return Err(ScanError::Malformed);
    }
    let mut ops = 0;
    let mut values = 0;
    let mut raw = 0;
    let mut replaced = 0;
    let mut replacing: Vec<u64> = Vec::new();
    for (spec, kind, len) in table {
        let column = Reader::new(reader.take(len)?);
        let sum = sum(kind, column, actors, limit)?;
        if sum.rows > limit {
            return Err(ScanError::TooManyOps);
        }
        match kind {
            Kind::Action => ops = sum.rows,
            Kind::Meta => values = sum.total,
            Kind::Raw => raw = sum.total,
            Kind::Group => replaced = sum.total,
            // Names are bounded by their length and the operations that carry them.
            Kind::Name if sum.total > limit.saturating_mul(64) => return Err(ScanError::TooLarge),
            Kind::Actor | Kind::Delta if spec >= 0x70 => replacing.push(sum.rows),
            Kind::Actor | Kind::Counter | Kind::Delta | Kind::Time | Kind::Name | Kind::Text | Kind::Flags => {}
        }
        let must_be_full = matches!(kind, Kind::Action | Kind::Meta | Kind::Group) || spec >= 0x70;
        if must_be_full && sum.has_null {
            return Err(ScanError::Malformed);
        }
    }
    if replaced > limit {
        return Err(ScanError::TooManyOps);
    }
    if values != raw || replacing.iter().any(|rows| *rows != replaced) {
        return Err(ScanError::Malformed);
    }
    Ok(ops)
}

/// Adds a column up without unfolding it; ends as soon as it has more rows than the limit.
pub(super) fn sum(kind: Kind, mut column: Reader<'_>, actors: usize, limit: u64) -> Result<Sum, ScanError> {
    let mut sum = Sum::default();
    match kind {
        Kind::Raw => sum.total = u64::try_from(column.len()).unwrap_or(u64::MAX),
        Kind::Flags => {
            while !column.is_empty() {
                sum.add(column.unsigned()?, 0)?;
            }
        }
        Kind::Actor
        | Kind::Counter
        | Kind::Delta
        | Kind::Time
        | Kind::Name
        | Kind::Text
        | Kind::Action
        | Kind::Meta
        | Kind::Group => {
            let mut counter = 0_i128;
            while !column.is_empty() {
                match column.signed()? {
                    0 => {
                        sum.has_null = true;
                        sum.add(column.unsigned()?, 0)?;
                    }
                    run if run > 0 => {
                        let rows = run.unsigned_abs();
                        let each = value(kind, &mut column, actors, rows, &mut counter)?;
                        sum.add(rows, each)?;
                    }
                    literal => {
                        for _ in 0..literal.unsigned_abs() {
                            let each = value(kind, &mut column, actors, 1, &mut counter)?;
                            sum.add(1, each)?;
                        }
                    }
                }
                if sum.rows > limit {
                    return Err(ScanError::TooManyOps);
                }
            }
        }
    }
    Ok(sum)
}

/// One value of a column that stands for so many rows; returns what each row counts for.
fn value(kind: Kind, column: &mut Reader<'_>, actors: usize, rows: u64, counter: &mut i128) -> Result<u64, ScanError> {
    let fits = |fits: bool, each: u64| if fits { Ok(each) } else { Err(ScanError::Malformed) };
    match kind {
        Kind::Actor => {
            let index = column.size()?;
            fits(index < actors, 0)
        }
        Kind::Counter => fits(column.unsigned()? <= u64::from(u32::MAX), 0),
        Kind::Delta => {
            *counter += i128::from(column.signed()?) * i128::from(rows);
            fits((0..=i128::from(u32::MAX)).contains(counter), 0)
        }
        Kind::Time => {
            *counter += i128::from(column.signed()?) * i128::from(rows);
            fits(i64::try_from(*counter).is_ok(), 0)
        }
        Kind::Name | Kind::Text => {
            let len = column.size()?;
            if kind == Kind::Name && len > NAME_MAX {
                return Err(ScanError::TooLarge);
            }
            std::str::from_utf8(column.take(len)?).map_err(|_| ScanError::Malformed)?;
            Ok(u64::try_from(len).unwrap_or(u64::MAX))
        }
        // 0 to 6 make objects, set, delete and count; 7 marks, which we never write.
        Kind::Action => fits(column.unsigned()? <= 6, 0),
        Kind::Meta => Ok(column.unsigned()? >> 4),
        Kind::Group => column.unsigned(),
        Kind::Flags | Kind::Raw => Err(ScanError::Malformed),
    }
}
