//! The newest rows in memory, so that an edit reaches everyone who is there without a word with the database.

use std::collections::VecDeque;

use crate::sync::hub::Row;

/// Rows kept at most.
const ROWS: usize = 4_096;
/// Bytes of rows kept at most, roughly.
const BYTES: usize = 8 << 20;

/// The newest rows, without a gap.
#[derive(Debug)]
pub struct Recent {
    /// The number before the first row kept.
    after: u64,
    rows: VecDeque<Row>,
    bytes: usize,
}

impl Recent {
    /// Nothing yet of what follows a number.
    pub const fn after(number: u64) -> Self {
        Self { after: number, rows: VecDeque::new(), bytes: 0 }
    }

    /// Takes in the next rows.
    pub fn push(&mut self, rows: impl IntoIterator<Item = Row>) {
        for row in rows {
            self.bytes += row.item.size();
            self.rows.push_back(row);
        }
        while self.rows.len() > ROWS || self.bytes > BYTES {
            let Some(row) = self.rows.pop_front() else { break };
            self.bytes -= row.item.size();
            self.after = row.number;
        }
    }

    /// The rows after a number; none when they are not all here.
    pub fn rows_after(&self, number: u64) -> Option<Vec<Row>> {
        let skip = usize::try_from(number.checked_sub(self.after)?).ok()?;
        (skip <= self.rows.len()).then(|| self.rows.iter().skip(skip).cloned().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::frame::Item;

    fn row(number: u64, size: usize) -> Row {
        Row {
            number,
            received_at: 0,
            device: None,
            item: Item::fact([0; 32].into(), vec![0; size]),
            actor: vec![],
            seq: 0,
            makes: None,
            stamp: [0; 8].into(),
        }
    }

    #[test]
    fn only_whole_answers() {
        let mut recent = Recent::after(10);
        recent.push((11..=20).map(|n| row(n, 1)));
        assert_eq!(recent.rows_after(9), None);
        let numbers = |from| recent.rows_after(from).map(|rows| rows.iter().map(|row| row.number).collect::<Vec<_>>());
        assert_eq!(numbers(10).map(|n| n.len()), Some(10));
        assert_eq!(numbers(18), Some(vec![19, 20]));
        assert_eq!(numbers(20), Some(vec![]));
        assert_eq!(recent.rows_after(21), None);
    }

    #[test]
    fn old_rows_make_room() {
        let mut recent = Recent::after(0);
        recent.push((1..=20).map(|n| row(n, 1 << 20)));
        assert!(recent.rows_after(0).is_none());
        assert_eq!(recent.rows_after(19).map(|rows| rows.len()), Some(1));
        assert!(recent.bytes <= BYTES);
    }
}
