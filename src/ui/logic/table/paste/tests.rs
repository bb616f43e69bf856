use super::{
    super::{names::tests::names, sheet, tests::row},
    *,
};
use crate::domain::EntityId;

fn code(text: &str) -> PartyCode {
    text.parse().expect("a code")
}

fn rows() -> Vec<ProjectRow> {
    let mut rows =
        vec![row(1, "Digital learning", "KH", None), row(2, "Guideline", "KH", None), row(3, "Forum", "VN", None)];
    for row in &mut rows[..2] {
        row.may_write = true;
    }
    rows[0].reference = Some("ACCSM-2125-PA5-07".to_owned());
    rows[0].remarks = "kept".to_owned();
    rows
}

fn of(text: &str, rows: &[ProjectRow]) -> Preview {
    let rows: Vec<&ProjectRow> = rows.iter().collect();
    preview(&sheet::parse(text), &rows, &names(), None)
}

fn told(preview: &Preview) -> Vec<(u8, Column, &str, &str)> {
    let told = |change: &'_ Change| (change.doc.to_bytes()[0], change.column);
    preview.changes.iter().map(|one| (told(one).0, told(one).1, one.old.as_str(), one.new.as_str())).collect()
}

#[test]
fn rows_are_found_by_number_or_title_and_each_cell_says_what_changes() {
    let rows = rows();
    let text = "The reference\tThe title\tThe remarks\tThe weather\tThe start\r\n\
        accsm-2125-pa5-07\tDigital learning, phase 2\tkept\tsun\tQ3 2023\r\n\
        \tguideline\t\"two\r\nlines\"\train\tsome day\r\n\
        \tAtlantis\tx\t\t\r\n";
    let preview = of(text, &rows);
    let expected = [
        (1, Column::Title, "Digital learning", "Digital learning, phase 2"),
        (1, Column::Start, "", "2023-Q3"),
        (2, Column::Remarks, "", "two lines"),
    ];
    assert_eq!(told(&preview), expected);
    assert_eq!(preview.unknown, ["The weather"]);
    assert_eq!((preview.rows, preview.rows_changed()), (2, 2));
    let left = [
        Left { line: 3, column: Some(Column::Start), text: "some day".to_owned(), why: Problem::NotUnderstood },
        Left { line: 4, column: None, text: "Atlantis".to_owned(), why: Problem::NoRow },
    ];
    assert_eq!(preview.left, left);
    assert_eq!(preview.same, 1, "a remark that is as it was");
}

#[test]
fn an_empty_cell_takes_nothing_away() {
    let preview = of("The title\tThe remarks\nDigital learning\t\n", &rows());
    assert_eq!((preview.changes.len(), preview.left.len(), preview.rows), (0, 0, 1));
}

#[test]
fn what_is_not_mine_or_not_clear_is_left_out_with_its_reason() {
    let mut rows = rows();
    rows.push(ProjectRow { doc: DocId::from_bytes([4; 16]), ..rows[1].clone() });
    let preview = of("The title\tThe remarks\nForum\tx\nGuideline\ty\n", &rows);
    let why: Vec<_> = preview.left.iter().map(|left| left.why).collect();
    assert_eq!(why, [Problem::May(Why::NotYours), Problem::SeveralRows]);
    assert!(preview.changes.is_empty());
    let by_id = format!("Id\tThe remarks\n{}\ty\n", rows[1].doc);
    assert_eq!(told(&of(&by_id, &rows)), [(2, Column::Remarks, "", "y")], "its own id says which");
}

#[test]
fn parties_areas_kinds_and_statuses_are_written_as_what_they_are() {
    let mut rows = rows();
    rows[0].leads = vec![code("KH"), code("KR")];
    rows[0].wide.partners = vec![code("VN")];
    let text = "The title\tThe lead\tThe partners\tThe area\tThe kind\tThe status\n\
        Digital learning\tViet Nam; Cambodia\tCambodia\tPA5\tactivity\tpostponed\n";
    let preview = of(text, &rows);
    let writes: Vec<Write> = preview.changes.iter().map(|change| change.write.clone()).collect();
    let str = |text: &str| Value::from(text);
    let expected = [
        Write::Members {
            first: Some(("lead".to_owned(), str("VN"), str("KH"))),
            field: "co-leads".to_owned(),
            put: vec![code("KH")],
            take: vec![code("KR")],
        },
        Write::Members { first: None, field: "partners".to_owned(), put: vec![code("KH")], take: vec![code("VN")] },
        Write::Set {
            field: "area".to_owned(),
            value: str(&EntityId::from_bytes([8; 16]).to_string()),
            seen: Value::Empty,
        },
        Write::Set { field: "kind".to_owned(), value: str("activity"), seen: Value::Empty },
        Write::Status { to: ProjectStatus::Postponed, reason: true },
    ];
    assert_eq!(writes, expected);
    assert!(preview.reason());
    let odd = of("The title\tThe status\tThe lead\nDigital learning\tcarried over\tAtlantis\n", &rows);
    let why: Vec<_> = odd.left.iter().map(|left| left.why).collect();
    assert_eq!(why, [Problem::May(Why::NotClaimable), Problem::NotUnderstood]);
}

#[test]
fn long_prose_of_which_a_table_has_the_beginning_is_not_overwritten() {
    let mut rows = rows();
    rows[0].wide.objective = Brief::of(&"word ".repeat(60));
    rows[1].wide.objective = Brief::of("short");
    let shown = rows[0].wide.objective.shown();
    let text = format!("The title\tThe objective\nDigital learning\t{shown}\nGuideline\tother\n");
    let preview = of(&text, &rows);
    assert_eq!((preview.same, preview.left.len()), (1, 0), "what was copied out is no change");
    let text = Write::Text { field: "objective".to_owned(), base: "short".to_owned(), text: "other".to_owned() };
    assert_eq!(preview.changes[0].write, text);
    let lost = of("The title\tThe objective\nDigital learning\tother\n", &rows);
    assert_eq!(lost.left[0].why, Problem::Long);
}

#[test]
fn without_a_head_cells_go_where_the_cursor_is() {
    let rows = rows();
    let all: Vec<&ProjectRow> = rows.iter().collect();
    let order: Vec<DocId> = rows.iter().map(|row| row.doc).collect();
    let columns = [Column::Remarks, Column::Indicators];
    let cells = sheet::parse("a\t1\t\nb\nc\nd\n");
    let preview = preview(&cells, &all, &names(), Some(At { rows: &order[..], columns: &columns }));
    assert_eq!(told(&preview), [(1, Column::Remarks, "kept", "a"), (2, Column::Remarks, "", "b")]);
    let why: Vec<_> = preview.left.iter().map(|left| (left.line, left.why)).collect();
    assert_eq!(why, [(1, Problem::NotWritten), (3, Problem::May(Why::NotYours)), (4, Problem::NoRow)]);
}

#[test]
fn a_row_that_is_there_twice_is_changed_once() {
    let preview = of("The title\tThe remarks\nGuideline\ta\nGuideline\tb\n", &rows());
    assert_eq!(told(&preview), [(2, Column::Remarks, "", "a")]);
    assert_eq!(preview.left[0].why, Problem::Twice);
}
