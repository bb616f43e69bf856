//! Reference numbers of projects: given once by the Secretariat, never given again, also not when a project is withdrawn.
//!
//! Until then a project has a temporary mark, derived from its document, which is never a number.

use serde::{Deserialize, Serialize};

use crate::domain::{id::DocId, kind::Framework};

/// The longest number, in characters.
const MAX: usize = 60;

/// Whether a text may be a number: printable, without blanks at its ends, and no temporary mark.
#[must_use]
pub fn fits(reference: &str) -> bool {
    let length = reference.chars().count();
    (1..=MAX).contains(&length)
        && reference.trim() == reference
        && !reference.contains(char::is_control)
        && !reference.starts_with(TEMPORARY)
}

/// Whether two numbers are the same to a reader.
#[must_use]
pub fn same(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}

const TEMPORARY: &str = "T-";

/// What a project is called by before it has a number: the same on every device.
#[must_use]
pub fn temporary(project: DocId) -> String {
    let bytes = project.to_bytes();
    bytes[13..].iter().fold(TEMPORARY.to_owned(), |mut mark, byte| {
        mark.push_str(&format!("{byte:02X}"));
        mark
    })
}

/// The beginning of the numbers of an area of a plan: `ACCSM-2125-PA5` for area PA5 of the plan of 2021 to 2025.
#[must_use]
pub fn prefix(framework: Framework, from: i16, to: i16, area: &str) -> String {
    let (from, to) = (from.rem_euclid(100), to.rem_euclid(100));
    let area: String = area.chars().filter(char::is_ascii_alphanumeric).collect();
    let dash = if area.is_empty() { "" } else { "-" };
    format!("{framework}-{from:02}{to:02}{dash}{area}")
}

/// A number with a prefix.
#[must_use]
pub fn number(prefix: &str, running: u32) -> String {
    format!("{prefix}-{running:02}")
}

/// What counts up in a number, where it has this prefix.
fn running(prefix: &str, reference: &str) -> Option<u32> {
    let (head, tail) = reference.rsplit_once('-')?;
    if same(head, prefix) { tail.parse().ok() } else { None }
}

/// The next number with a prefix: one above the highest that was ever given or reserved, so that none is given twice.
#[must_use]
pub fn next<'a>(prefix: &str, given: impl Iterator<Item = &'a str>, reserved: impl Iterator<Item = &'a Block>) -> u32 {
    let given = given.filter_map(|reference| running(prefix, reference));
    let reserved = reserved.filter(|block| same(&block.prefix, prefix)).map(|block| block.last);
    given.chain(reserved).max().unwrap_or(0).saturating_add(1)
}

/// Numbers that one device has for itself, so that it can give them while it is cut off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// The beginning of all of them.
    pub prefix: String,
    /// The first.
    pub first: u32,
    /// The last.
    pub last: u32,
}

impl Block {
    /// So many numbers at most: what one device reserves nobody else can give.
    pub const MOST: u32 = 100;

    /// Whether it is a block at all.
    #[must_use]
    pub fn fits(&self) -> bool {
        let Self { prefix, first, last } = self;
        let numbers = *first >= 1 && first <= last && last - first < Self::MOST;
        numbers && fits(prefix) && fits(&number(prefix, *last))
    }

    /// Whether a number is one of them.
    #[must_use]
    pub fn holds(&self, reference: &str) -> bool {
        running(&self.prefix, reference).is_some_and(|running| (self.first..=self.last).contains(&running))
    }

    /// Whether it has a number in common with another.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        same(&self.prefix, &other.prefix) && self.first <= other.last && other.first <= self.last
    }

    /// Those of its numbers that were not given.
    pub fn free<'a>(&'a self, given: &'a [&'a str]) -> impl Iterator<Item = String> + 'a {
        let taken = |n: &u32| given.iter().any(|reference| running(&self.prefix, reference) == Some(*n));
        (self.first..=self.last).filter(move |n| !taken(n)).map(|n| number(&self.prefix, n))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_number_is_above_all_that_were_given() {
        let prefix = prefix(Framework::Accsm, 2021, 2025, "PA5");
        assert_eq!(prefix, "ACCSM-2125-PA5");
        let next = |prefix: &str, given: &[&str]| {
            number(prefix, super::next(prefix, given.iter().copied(), std::iter::empty()))
        };
        assert_eq!(next(&prefix, &[]), "ACCSM-2125-PA5-01");
        let given = [
            "ACCSM-2125-PA5-02",
            "ACCSM-2125-PA5-06",
            "ACCSM-2125-PA4-40",
            "accsm-2125-pa5-7",
            "x",
            "ACCSM-2125-PA5-x",
        ];
        assert_eq!(next(&prefix, &given), "ACCSM-2125-PA5-08", "a gap is not filled");
        assert_eq!(next(&prefix, &["ACCSM-2125-PA5-99"]), "ACCSM-2125-PA5-100");
        assert_eq!(self::prefix(Framework::AccsmPlus3, 2026, 2030, "T 1"), "ACCSM+3-2630-T1");
        assert_eq!(self::prefix(Framework::Accsm, 1998, 2003, ""), "ACCSM-9803");
    }

    #[test]
    fn a_block_has_its_numbers_and_no_others() {
        let block = |prefix: &str, first, last| Block { prefix: prefix.to_owned(), first, last };
        let own = block("ACCSM-2630-PA1", 3, 5);
        for (reference, held) in [
            ("ACCSM-2630-PA1-03", true),
            ("accsm-2630-pa1-5", true),
            ("ACCSM-2630-PA1-02", false),
            ("ACCSM-2630-PA1-06", false),
            ("ACCSM-2630-PA2-03", false),
            ("ACCSM-2630-PA1", false),
        ] {
            assert_eq!(own.holds(reference), held, "{reference}");
        }
        assert!(own.meets(&block("accsm-2630-PA1", 5, 9)) && !own.meets(&block("ACCSM-2630-PA1", 6, 9)));
        assert!(!own.meets(&block("ACCSM-2630-PA2", 3, 5)));
        let free: Vec<String> = own.free(&["ACCSM-2630-PA1-4", "x"]).collect();
        assert_eq!(free, ["ACCSM-2630-PA1-03", "ACCSM-2630-PA1-05"]);
        assert_eq!(super::next("ACCSM-2630-PA1", ["ACCSM-2630-PA1-04"].into_iter(), [&own].into_iter()), 6);
        assert!(own.fits());
        for wrong in
            [block("A", 0, 1), block("A", 2, 1), block("A", 1, Block::MOST + 1), block("", 1, 2), block(" A", 1, 2)]
        {
            assert!(!wrong.fits(), "{wrong:?}");
        }
    }

    #[test]
    fn a_temporary_mark_is_of_its_project_and_no_number() {
        let mark = temporary(DocId::from_bytes([0xAB; 16]));
        assert_eq!(mark, "T-ABABAB");
        assert!(!fits(&mark) && fits("ACCSM-2125-PA5-07"));
        for wrong in ["", " A-1", "A-1 ", "A\n1", &"x".repeat(MAX + 1)] {
            assert!(!fits(wrong), "{wrong:?}");
        }
    }
}
