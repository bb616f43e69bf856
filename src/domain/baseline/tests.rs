//! What is frozen stays what it was, and every way to differ from it is told.

use super::*;

fn doc(n: u8) -> DocId {
    DocId::from_bytes([n; 16])
}

fn line(n: u8) -> Line {
    Line {
        doc: doc(n),
        title: format!("Project {n}"),
        leads: vec!["KH".parse().expect("a code")],
        area: Some(EntityId::from_bytes([9; 16])),
        start: "2022".parse().ok(),
        end: "2023-06".parse().ok(),
        status: Some(ProjectStatus::Included),
    }
}

#[test]
fn the_bytes_of_a_manifest_are_fixed_for_ever() {
    let baseline = Baseline::new(vec![Frozen::new(&line(1), vec![[4; 32]], [5; 32])], vec![(doc(1), [4; 32])]);
    let hex: String = baseline.manifest.iter().map(|byte| format!("{byte:02x}")).collect();
    let expected = "81".to_owned()
        + "89"
        + "50"
        + &"01".repeat(16)
        + "81"
        + "5820"
        + &"04".repeat(32)
        + "5820"
        + &"05".repeat(32)
        + "6950726f6a6563742031"
        + "81624b48"
        + "50"
        + &"09".repeat(16)
        + "6432303232"
        + "67323032332d3036"
        + "68494e434c55444544";
    assert_eq!(hex, expected);
    assert_eq!(baseline.count(), Some(1));
    let rows = baseline.rows().expect("reads");
    assert_eq!(rows[0].line(), line(1), "every word comes back");
}

#[test]
fn the_root_does_not_depend_on_the_order_of_reading_and_changes_with_any_word() {
    let frozen = |line: &Line| Frozen::new(line, vec![[1; 32], [2; 32]], [5; 32]);
    let one = Baseline::new(vec![frozen(&line(1)), frozen(&line(2))], Vec::new());
    let other = Baseline::new(vec![frozen(&line(2)), frozen(&line(1))], vec![(doc(1), [4; 32])]);
    assert_eq!(one.root(), other.root());
    let turned = Frozen::new(&line(2), vec![[2; 32], [1; 32]], [5; 32]);
    assert_eq!(Baseline::new(vec![frozen(&line(1)), turned], Vec::new()).root(), one.root(), "heads have no order");
    let said = Line { title: "Another".to_owned(), ..line(2) };
    assert_ne!(Baseline::new(vec![frozen(&line(1)), frozen(&said)], Vec::new()).root(), one.root());
    let head = Frozen::new(&line(2), vec![[1; 32], [3; 32]], [5; 32]);
    assert_ne!(Baseline::new(vec![frozen(&line(1)), head], Vec::new()).root(), one.root());
    let hash = Frozen::new(&line(2), vec![[1; 32], [2; 32]], [6; 32]);
    assert_ne!(Baseline::new(vec![frozen(&line(1)), hash], Vec::new()).root(), one.root());
}

#[test]
fn a_garbled_manifest_proves_nothing() {
    let baseline = Baseline { manifest: vec![0x81, 0x01], waits: Vec::new() };
    assert_eq!(baseline.rows(), None);
    assert_eq!(Baseline { manifest: Vec::new(), waits: Vec::new() }.count(), None);
}

#[test]
fn added_removed_and_changed_are_told_apart_field_by_field() {
    let before = [line(1), line(2), line(3)];
    let other = Line { leads: vec!["VN".parse().expect("a code")], status: Some(ProjectStatus::Completed), ..line(3) };
    let after = [line(2), other.clone(), line(4)];
    let difference = compare(&before, &after);
    assert_eq!(difference.added, [line(4)]);
    assert_eq!(difference.removed, [line(1)]);
    assert_eq!(difference.changed, [Changed { before: line(3), after: other }]);
    assert_eq!(difference.changed[0].fields(), [Field::Leads, Field::Status]);
    assert_eq!(difference.changed[0].moved(), None);
    assert_eq!(compare(&before, &before), Difference::default());
}

#[test]
fn every_field_that_differs_is_named() {
    let all = [
        (Field::Title, Line { title: "x".to_owned(), ..line(1) }),
        (Field::Leads, Line { leads: Vec::new(), ..line(1) }),
        (Field::Area, Line { area: None, ..line(1) }),
        (Field::Start, Line { start: None, ..line(1) }),
        (Field::End, Line { end: "2024".parse().ok(), ..line(1) }),
        (Field::Status, Line { status: None, ..line(1) }),
    ];
    for (field, after) in all {
        assert_eq!(Changed { before: line(1), after }.fields(), [field]);
    }
}

#[test]
fn moved_in_time_is_told_by_the_end_and_else_by_the_start() {
    let moved = |start: &str, end: &str| {
        let after = Line { start: start.parse().ok(), end: end.parse().ok(), ..line(1) };
        Changed { before: line(1), after }.moved()
    };
    assert_eq!(moved("2022", "2023-06"), None);
    assert_eq!(moved("2022", "2024"), Some(Ordering::Greater));
    assert_eq!(moved("2022", "2023-01"), Some(Ordering::Less));
    assert_eq!(moved("2023", "2023-06"), Some(Ordering::Greater));
    assert_eq!(moved("2022", ""), None, "no date is no movement");
}

#[test]
fn totals_by_area_and_by_lead() {
    let area = EntityId::from_bytes([8; 16]);
    let gone = Line { area: Some(area), ..line(2) };
    let late = Line { end: "2025".parse().ok(), ..line(3) };
    let (before, after) = ([line(1), line(2), line(3)], [gone, late, line(4)]);
    let areas = by(&before, &after, |line| vec![line.area]);
    let here = Totals { before: 3, after: 2, added: 1, removed: 2, changed: 1, moved: 1 };
    assert_eq!(areas[&line(1).area], here);
    assert_eq!(areas[&Some(area)], Totals { after: 1, added: 1, ..Totals::default() });
    let both = Line { leads: vec!["KH".parse().expect("a code"), "VN".parse().expect("a code")], ..line(1) };
    let leads = by(&[line(1)], &[both], |line| line.leads.clone());
    assert_eq!(leads[&"VN".parse().expect("a code")], Totals { after: 1, added: 1, ..Totals::default() });
    assert_eq!(leads[&"KH".parse().expect("a code")], Totals { before: 1, after: 1, changed: 1, ..Totals::default() });
}
