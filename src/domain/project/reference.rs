//! Reference numbers of projects: given once by the Secretariat, never given again, also not when a project is withdrawn.
//!
//! Until then a project has a temporary mark, derived from its document, which is never a number.

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

/// The next number with a prefix: one above the highest that was ever given, so that none is given twice.
#[must_use]
pub fn next<'a>(prefix: &str, given: impl Iterator<Item = &'a str>) -> String {
    let running = |reference: &str| -> Option<u32> {
        let (head, tail) = reference.rsplit_once('-')?;
        if same(head, prefix) { tail.parse().ok() } else { None }
    };
    let next = given.filter_map(running).max().unwrap_or(0).saturating_add(1);
    format!("{prefix}-{next:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_number_is_above_all_that_were_given() {
        let prefix = prefix(Framework::Accsm, 2021, 2025, "PA5");
        assert_eq!(prefix, "ACCSM-2125-PA5");
        assert_eq!(next(&prefix, std::iter::empty()), "ACCSM-2125-PA5-01");
        let given = [
            "ACCSM-2125-PA5-02",
            "ACCSM-2125-PA5-06",
            "ACCSM-2125-PA4-40",
            "accsm-2125-pa5-7",
            "x",
            "ACCSM-2125-PA5-x",
        ];
        assert_eq!(next(&prefix, given.into_iter()), "ACCSM-2125-PA5-08", "a gap is not filled");
        assert_eq!(next(&prefix, ["ACCSM-2125-PA5-99"].into_iter()), "ACCSM-2125-PA5-100");
        assert_eq!(self::prefix(Framework::AccsmPlus3, 2026, 2030, "T 1"), "ACCSM+3-2630-T1");
        assert_eq!(self::prefix(Framework::Accsm, 1998, 2003, ""), "ACCSM-9803");
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
