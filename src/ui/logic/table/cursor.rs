//! Where the keys go in a grid. Rows may have fewer cells than the head: one that goes across has one, and who passes it comes
//! out in the column they came from.

/// A step of the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// One row up.
    Up,
    /// One row down.
    Down,
    /// One cell to the left.
    Left,
    /// One cell to the right.
    Right,
    /// The first cell of the row.
    RowStart,
    /// The last cell of the row.
    RowEnd,
    /// The first cell of the grid.
    Start,
    /// The last cell of the grid.
    End,
    /// A screenful up.
    PageUp,
    /// A screenful down.
    PageDown,
}

impl Step {
    /// What a key asks for.
    #[must_use]
    pub fn of(key: &str, ctrl: bool) -> Option<Self> {
        Some(match (key, ctrl) {
            ("ArrowUp", false) => Self::Up,
            ("ArrowDown", false) => Self::Down,
            ("ArrowLeft", false) => Self::Left,
            ("ArrowRight", false) => Self::Right,
            ("Home", false) | ("ArrowLeft", true) => Self::RowStart,
            ("End", false) | ("ArrowRight", true) => Self::RowEnd,
            ("Home" | "ArrowUp", true) => Self::Start,
            ("End" | "ArrowDown", true) => Self::End,
            ("PageUp", false) => Self::PageUp,
            ("PageDown", false) => Self::PageDown,
            _ => return None,
        })
    }
}

/// A cell: its row, and the column that is kept while rows with fewer cells are passed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cell {
    /// From 0; the head is a row.
    pub row: usize,
    /// From 0.
    pub column: usize,
}

/// Where a step leads from a cell. `rows` is how many there are, `cells` how many cells a row has, `page` how many rows a
/// screenful is.
#[must_use]
pub fn go(from: Cell, step: Step, rows: usize, cells: impl Fn(usize) -> usize, page: usize) -> Cell {
    let last = rows.saturating_sub(1);
    let end = |row: usize| cells(row).saturating_sub(1);
    let Cell { row, column } = Cell { row: from.row.min(last), column: from.column };
    let here = column.min(end(row));
    match step {
        Step::Up => Cell { row: row.saturating_sub(1), column },
        Step::Down => Cell { row: (row + 1).min(last), column },
        Step::Left => Cell { row, column: here.saturating_sub(1) },
        Step::Right => Cell { row, column: (here + 1).min(end(row)) },
        Step::RowStart => Cell { row, column: 0 },
        Step::RowEnd => Cell { row, column: end(row) },
        Step::Start => Cell { row: 0, column: 0 },
        Step::End => Cell { row: last, column: end(last) },
        Step::PageUp => Cell { row: row.saturating_sub(page.max(1)), column },
        Step::PageDown => Cell { row: (row + page.max(1)).min(last), column },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // The head, a group that goes across, three projects.
    fn to(row: usize, column: usize, step: Step) -> (usize, usize) {
        let cells = |row| if row == 1 { 1 } else { 4 };
        let Cell { row, column } = go(Cell { row, column }, step, 5, cells, 2);
        (row, column)
    }

    #[test]
    fn keys_lead_through_the_grid_and_never_out_of_it() {
        assert_eq!(to(0, 0, Step::Up), (0, 0));
        assert_eq!(to(4, 2, Step::Down), (4, 2));
        assert_eq!(to(2, 0, Step::Left), (2, 0));
        assert_eq!(to(2, 3, Step::Right), (2, 3));
        assert_eq!(to(3, 2, Step::RowStart), (3, 0));
        assert_eq!(to(3, 1, Step::RowEnd), (3, 3));
        assert_eq!(to(3, 2, Step::Start), (0, 0));
        assert_eq!(to(0, 2, Step::End), (4, 3));
        assert_eq!(to(3, 2, Step::PageUp), (1, 2));
        assert_eq!(to(3, 2, Step::PageDown), (4, 2));
    }

    #[test]
    fn a_row_that_goes_across_is_passed_in_the_same_column() {
        let (row, column) = to(2, 2, Step::Up);
        assert_eq!((row, column), (1, 2));
        assert_eq!(to(row, column, Step::Up), (0, 2));
        assert_eq!(to(1, 2, Step::Right), (1, 0), "it has one cell");
        assert_eq!(to(1, 3, Step::Down), (2, 3));
    }

    #[test]
    fn words_with_and_without_the_control_key() {
        assert_eq!(Step::of("Home", true), Some(Step::Start));
        assert_eq!(Step::of("Home", false), Some(Step::RowStart));
        assert_eq!(Step::of("a", false), None);
        assert_eq!(Step::of("PageDown", true), None, "that is the browser's");
    }
}
