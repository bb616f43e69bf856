//! Whether the numbers in a saved document fit each other. Automerge stops hard on a change that stands on a later one, on one
//! that counts operations nobody made, and on two operations with one number.
//!
//! The columns were looked at before: their bytes are whole and their rows are within the limits.

use std::collections::BTreeSet;

use super::{ScanError, reader::Reader};

/// A part of a saved document: its columns by Automerge's numbers, inflated.
pub(super) type Columns = Vec<(u64, Vec<u8>)>;

/// One row of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cell<'a> {
    Nothing,
    Number(u64),
    Name(&'a [u8]),
}

impl Cell<'_> {
    const fn number(self) -> u64 {
        match self {
            Self::Number(number) => number,
            Self::Nothing | Self::Name(_) => 0,
        }
    }
}

/// How the values of a column are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Numbers,
    /// Each as the difference from the one before.
    Differences,
    Names,
    /// Yes and no in turns: how many of each.
    Turns,
}

/// What the rows of a run are.
#[derive(Debug, Clone, Copy)]
enum Run<'a> {
    Nothing,
    Same(Cell<'a>),
    By(i64),
    Literal,
}

/// The rows of a column, one by one; nothing after its end.
struct Rows<'a> {
    column: Reader<'a>,
    shape: Shape,
    run: Run<'a>,
    left: u64,
    /// The last sum of differences, or the last of yes and no.
    last: i64,
}

impl<'a> Rows<'a> {
    fn of(columns: &'a [(u64, Vec<u8>)], spec: u64, shape: Shape) -> Self {
        let bytes = columns.iter().find(|(other, _)| *other == spec).map_or(&[][..], |(_, bytes)| bytes);
        // The first of the turns is a no.
        let last = i64::from(shape == Shape::Turns);
        Self { column: Reader::new(bytes), shape, run: Run::Nothing, left: 0, last }
    }

    fn value(&mut self) -> Result<Cell<'a>, ScanError> {
        Ok(match self.shape {
            Shape::Numbers | Shape::Turns => Cell::Number(self.column.unsigned()?),
            Shape::Differences => {
                let by = self.column.signed()?;
                self.step(by)
            }
            Shape::Names => {
                let len = self.column.size()?;
                Cell::Name(self.column.take(len)?)
            }
        })
    }

    fn step(&mut self, by: i64) -> Cell<'a> {
        self.last = self.last.saturating_add(by);
        Cell::Number(u64::try_from(self.last).unwrap_or(u64::MAX))
    }

    fn begin(&mut self) -> Result<(), ScanError> {
        if self.shape == Shape::Turns {
            self.last = 1 - self.last;
            self.left = self.column.unsigned()?;
            self.run = Run::Same(Cell::Number(self.last.unsigned_abs()));
            return Ok(());
        }
        let count = self.column.signed()?;
        self.left = count.unsigned_abs();
        self.run = match count {
            0 => {
                self.left = self.column.unsigned()?;
                Run::Nothing
            }
            1.. if self.shape == Shape::Differences => Run::By(self.column.signed()?),
            1.. => Run::Same(self.value()?),
            _ => Run::Literal,
        };
        Ok(())
    }

    fn next(&mut self) -> Result<Cell<'a>, ScanError> {
        while self.left == 0 {
            if self.column.is_empty() {
                return Ok(Cell::Nothing);
            }
            self.begin()?;
        }
        self.left -= 1;
        match self.run {
            Run::Nothing => Ok(Cell::Nothing),
            Run::Same(cell) => Ok(cell),
            Run::By(by) => Ok(self.step(by)),
            Run::Literal => self.value(),
        }
    }
}

/// A change as its row tells it: its operations are numbered from after those that it stands on up to its end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numbered {
    actor: u64,
    after: u64,
    end: u64,
}

/// What an operation is known by: its actor's index and its number.
const fn name(actor: u64, number: u64) -> u64 {
    actor << 32 | number
}

/// The changes in their order; each must stand on earlier ones.
pub(super) fn changes(columns: &[(u64, Vec<u8>)], count: u64) -> Result<Vec<Numbered>, ScanError> {
    let mut actors = Rows::of(columns, 0x01, Shape::Numbers);
    let mut ends = Rows::of(columns, 0x13, Shape::Differences);
    let mut groups = Rows::of(columns, 0x40, Shape::Numbers);
    let mut deps = Rows::of(columns, 0x43, Shape::Differences);
    let mut changes: Vec<Numbered> = Vec::new();
    for _ in 0..count {
        let mut after = 0;
        for _ in 0..groups.next()?.number() {
            let dep = usize::try_from(deps.next()?.number()).map_err(|_| ScanError::Malformed)?;
            after = after.max(changes.get(dep).ok_or(ScanError::Malformed)?.end);
        }
        changes.push(Numbered { actor: actors.next()?.number(), after, end: ends.next()?.number() });
    }
    Ok(changes)
}

/// Every change has its operations, one for each number, and there are no others.
pub(super) fn operations(columns: &[(u64, Vec<u8>)], count: u64, mut changes: Vec<Numbered>) -> Result<(), ScanError> {
    let mut names = names(columns, count)?;
    names.sort_unstable();
    // An actor's changes stay in their order.
    changes.sort_by_key(|change| change.actor);
    let mut names = names.into_iter().peekable();
    for Numbered { actor, after, end } in changes {
        let (first, last) = (name(actor, after) + 1, name(actor, end));
        let mut next = None;
        while let Some(name) = names.next_if(|name| *name <= last) {
            if name < first || next.is_some_and(|next| next != name) {
                return Err(ScanError::Malformed);
            }
            next = Some(name + 1);
        }
        if next.map_or(after != end, |next| next != last + 1) {
            return Err(ScanError::Malformed);
        }
    }
    if names.next().is_none() { Ok(()) } else { Err(ScanError::Malformed) }
}

/// The names of all operations. A deletion has no row: it shows as what comes after rows of one place without standing
/// there itself.
fn names(columns: &[(u64, Vec<u8>)], count: u64) -> Result<Vec<u64>, ScanError> {
    use Shape::{Differences, Names, Numbers, Turns};
    let column = |spec, shape| Rows::of(columns, spec, shape);
    let mut id = (column(0x21, Numbers), column(0x23, Differences));
    let mut object = (column(0x01, Numbers), column(0x02, Numbers));
    let mut key = (column(0x11, Numbers), column(0x13, Differences), column(0x15, Names));
    let mut inserts = column(0x34, Turns);
    let (mut groups, mut after) = (column(0x80, Numbers), (column(0x81, Numbers), column(0x83, Differences)));
    let mut all: Vec<u64> = Vec::new();
    let mut to_come: BTreeSet<u64> = BTreeSet::new();
    let mut place = None;
    for _ in 0..count {
        let (actor, number) = (id.0.next()?, id.1.next()?);
        let mine = name(actor.number(), number.number());
        let keyed = (key.0.next()?, key.1.next()?, key.2.next()?);
        let element = if inserts.next()?.number() == 0 { keyed } else { (actor, number, Cell::Nothing) };
        let here = Some((object.0.next()?, object.1.next()?, element));
        if place != here {
            all.extend(std::mem::take(&mut to_come));
            place = here;
        }
        to_come.remove(&mine);
        all.push(mine);
        for _ in 0..groups.next()?.number() {
            to_come.insert(name(after.0.next()?.number(), after.1.next()?.number()));
        }
    }
    all.extend(to_come);
    Ok(all)
}
