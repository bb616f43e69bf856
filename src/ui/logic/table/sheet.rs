//! Cells as spreadsheets hand them on: text with tabs, and HTML.
//!
//! A cell that a spreadsheet would calculate is never handed on as it is: what begins with `=`, `+`, `-`, `@`, a tab or a
//! carriage return gets an apostrophe in front, which is taken away again when it comes back.

use std::borrow::Cow;

/// What makes a spreadsheet calculate.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

fn guarded(cell: &str) -> Cow<'_, str> {
    // One that has an apostrophe there already gets another, so that each comes back as it was.
    let inner = cell.trim_start_matches('\'');
    if inner.starts_with(FORMULA) { format!("'{cell}").into() } else { cell.into() }
}

fn unguarded(cell: String) -> String {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.trim_start_matches('\'').starts_with(FORMULA) => rest.to_owned(),
        Some(_) | None => cell,
    }
}

/// Rows of cells as text with tabs.
#[must_use]
pub fn tsv(rows: &[Vec<String>]) -> String {
    let mut out = String::new();
    for row in rows {
        for (at, cell) in row.iter().enumerate() {
            if at > 0 {
                out.push('\t');
            }
            let cell = guarded(cell);
            if cell.contains(['\t', '\n', '\r', '"']) {
                out.push('"');
                out.push_str(&cell.replace('"', "\"\""));
                out.push('"');
            } else {
                out.push_str(&cell);
            }
        }
        out.push_str("\r\n");
    }
    out
}

/// Rows of cells as an HTML table, the first of them its head. Spreadsheets take each as the text it is.
#[must_use]
pub fn html(rows: &[Vec<String>]) -> String {
    let mut out = String::from("<meta charset=\"utf-8\"><table>");
    for (at, row) in rows.iter().enumerate() {
        let tag = if at == 0 { "th" } else { "td" };
        out.push_str("<tr>");
        for cell in row {
            out.push('<');
            out.push_str(tag);
            out.push_str(" style=\"mso-number-format:'\\@'\">");
            for c in guarded(cell).chars() {
                match c {
                    '&' => out.push_str("&amp;"),
                    '<' => out.push_str("&lt;"),
                    '>' => out.push_str("&gt;"),
                    '"' => out.push_str("&quot;"),
                    '\n' => out.push_str("<br>"),
                    '\r' => {}
                    other => out.push(other),
                }
            }
            out.push_str("</");
            out.push_str(tag);
            out.push('>');
        }
        out.push_str("</tr>");
    }
    out.push_str("</table>");
    out
}

/// Text with tabs, as spreadsheets write it: cells in quotes may hold tabs, breaks and doubled quotes. A quote within a cell
/// that does not begin with one is a quote. Rows at the end with nothing in them are left out.
#[must_use]
pub fn parse(text: &str) -> Vec<Vec<String>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let (mut quoted, mut fresh) = (false, true);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if quoted {
            match c {
                '"' if chars.peek() == Some(&'"') => {
                    chars.next();
                    cell.push('"');
                }
                '"' => quoted = false,
                '\r' if chars.peek() == Some(&'\n') => {}
                other => cell.push(other),
            }
            continue;
        }
        match c {
            '"' if fresh && closes(&chars) => quoted = true,
            '\t' => row.push(unguarded(std::mem::take(&mut cell))),
            '\r' | '\n' => {
                if c == '\r' && chars.peek() == Some(&'\n') {
                    chars.next();
                }
                row.push(unguarded(std::mem::take(&mut cell)));
                rows.push(std::mem::take(&mut row));
            }
            other => cell.push(other),
        }
        fresh = matches!(c, '\t' | '\r' | '\n');
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(unguarded(cell));
        rows.push(row);
    }
    while rows.last().is_some_and(|row| row.iter().all(|cell| cell.trim().is_empty())) {
        rows.pop();
    }
    rows
}

// Whether a quote that begins a cell is closed where a cell ends; else it is a quote like any other: "so said, all.
fn closes(rest: &std::iter::Peekable<std::str::Chars<'_>>) -> bool {
    let mut rest = rest.clone();
    while let Some(c) = rest.next() {
        if c == '"' {
            match rest.next() {
                Some('"') => {}
                Some('\t' | '\r' | '\n') | None => return true,
                Some(_) => return false,
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cells(rows: &[&[&str]]) -> Vec<Vec<String>> {
        rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
    }

    #[test]
    fn what_spreadsheets_write_is_read() {
        assert_eq!(parse("a\tb\r\nc\td\r\n"), cells(&[&["a", "b"], &["c", "d"]]));
        assert_eq!(parse("a\t\n\t\n\n"), cells(&[&["a", ""]]), "nothing at the end is nothing");
        assert_eq!(parse("\u{feff}No.\tx"), cells(&[&["No.", "x"]]));
        assert_eq!(parse("\"two\nlines\tand \"\"quotes\"\"\"\tb"), cells(&[&["two\nlines\tand \"quotes\"", "b"]]));
        assert_eq!(parse("\"one\r\ntwo\"\r\nx"), cells(&[&["one\ntwo"], &["x"]]));
        assert_eq!(parse("5\" pipe\t\"so\" he said\tc"), cells(&[&["5\" pipe", "\"so\" he said", "c"]]));
        assert_eq!(parse("\"open\tb\nc\td"), cells(&[&["\"open", "b"], &["c", "d"]]), "a quote that nobody closes");
        let khmer = "ផែនការ\tDiễn đàn về Quản trị\nคำ\tမြန်မာ";
        assert_eq!(parse(khmer), cells(&[&["ផែនការ", "Diễn đàn về Quản trị"], &["คำ", "မြန်မာ"]]));
        assert_eq!(parse(""), cells(&[]));
    }

    #[test]
    fn what_a_spreadsheet_would_calculate_is_handed_on_as_text() {
        let rows = cells(&[&["=HYPERLINK(\"x\")", "+1", "-2", "@cmd", "'=x", "a=b", "'tis"]]);
        let text = tsv(&rows);
        assert_eq!(text, "\"'=HYPERLINK(\"\"x\"\")\"\t'+1\t'-2\t'@cmd\t''=x\ta=b\t'tis\r\n");
        assert_eq!(parse(&text), rows);
        assert!(html(&rows).contains(">'=HYPERLINK(&quot;x&quot;)<"));
    }

    #[test]
    fn html_says_the_text_and_nothing_else() {
        let rows = cells(&[&["A<b>"], &["x & y\nz"]]);
        let expected = "<meta charset=\"utf-8\"><table><tr><th style=\"mso-number-format:'\\@'\">A&lt;b&gt;</th></tr>\
            <tr><td style=\"mso-number-format:'\\@'\">x &amp; y<br>z</td></tr></table>";
        assert_eq!(html(&rows), expected);
    }

    proptest! {
        #[test]
        fn whatever_is_copied_comes_back(rows in proptest::collection::vec(
            proptest::collection::vec("[a\"\t\n'=+@ ក-]{0,6}x", 1..4), 1..4)) {
            prop_assert_eq!(parse(&tsv(&rows)), rows);
        }

        #[test]
        fn no_text_stops_it(text in "[a\"\t\r\n'=]{0,40}") {
            let rows = parse(&text);
            prop_assert!(rows.len() <= text.len());
        }
    }
}
