use super::*;
use crate::{
    domain::DocId,
    engine::api::{Mark, Standing},
};

fn row() -> MeetingRow {
    MeetingRow {
        doc: DocId::from_bytes([7; 16]),
        title: "Senior Officials’ Meeting".to_owned(),
        meeting: None,
        framework: None,
        gathering: None,
        term: Some(23),
        start: "2026-08-05".parse().ok(),
        end: None,
        from: "09:00".parse().ok(),
        until: "16:30".parse().ok(),
        zone: "Asia/Yangon".to_owned(),
        planned: None,
        mode: None,
        city: "Yangon".to_owned(),
        venue: String::new(),
        link: String::new(),
        ordinal: None,
        predecessor: None,
        reports_to: None,
        parallel: None,
        open_session: None,
        revision: 2,
        days: Vec::new(),
        chair: None,
        host: None,
        state: Some(Standing { state: MeetingState::DateConfirmed, provisional: false }),
        items: 0,
        mark: Mark::Hub,
    }
}

fn file(rows: &[MeetingRow]) -> String {
    let ahead = |zone: &str, _| match zone {
        "Asia/Yangon" => Some(390),
        "Asia/Dili" => Some(540),
        _ => None,
    };
    let about = |_: &MeetingRow| String::new();
    calendar(rows, &Around { ahead: &ahead, now: 29_000_000, name: "ACCSM", about: &about })
}

/// Content lines, unfolded.
fn lines(file: &str) -> Vec<String> {
    file.replace("\r\n ", "").split("\r\n").map(str::to_owned).collect()
}

fn has(file: &str, wanted: &str) -> bool {
    lines(file).iter().any(|line| line == wanted)
}

#[test]
fn a_meeting_is_one_event_with_its_times_in_utc() {
    let told = file(&[row()]);
    let expected = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Mufakat//Meetings//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "NAME:ACCSM",
        "X-WR-CALNAME:ACCSM",
        "BEGIN:VEVENT",
        "UID:07070707-0707-0707-0707-070707070707",
        "DTSTAMP:20250219T213500Z",
        "DTSTART:20260805T023000Z",
        "DTEND:20260805T100000Z",
        "SEQUENCE:2",
        "STATUS:CONFIRMED",
        "SUMMARY:Senior Officials’ Meeting",
        "LOCATION:Yangon",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ];
    let told: Vec<String> = lines(&told).into_iter().filter(|line| !line.starts_with("DTSTAMP:")).collect();
    let expected: Vec<&str> = expected.into_iter().filter(|line| !line.starts_with("DTSTAMP:")).collect();
    assert_eq!(told, expected);
    assert!(file(&[row()]).contains("\r\nDTSTAMP:20250219T"), "{}", file(&[row()]));
}

#[test]
fn days_and_half_hours_fall_where_the_zone_puts_them() {
    let dili = MeetingRow { zone: "Asia/Dili".to_owned(), from: "07:00".parse().ok(), until: None, ..row() };
    let told = file(&[dili]);
    assert!(has(&told, "DTSTART:20260804T220000Z") && has(&told, "DTEND:20260804T230000Z"), "the day before, in UTC");
    let three = MeetingRow { end: "2026-08-07".parse().ok(), ..row() };
    assert!(has(&file(std::slice::from_ref(&three)), "DTEND:20260807T100000Z"));
    // Without times, or in a zone that the browser does not know: whole days, the last of them in it.
    for days in [
        MeetingRow { from: None, ..three.clone() },
        MeetingRow { zone: String::new(), ..three.clone() },
        MeetingRow { zone: "Nowhere/At_All".to_owned(), ..three },
    ] {
        let told = file(&[days]);
        assert!(has(&told, "DTSTART;VALUE=DATE:20260805") && has(&told, "DTEND;VALUE=DATE:20260808"), "{told}");
    }
    let some_time = MeetingRow { start: "2026-08".parse().ok(), ..row() };
    assert!(!has_day(&some_time) && !file(&[some_time]).contains("VEVENT"), "no day, no event");
}

#[test]
fn what_is_cancelled_or_put_off_is_cancelled_under_the_same_uid() {
    for (state, status) in [
        (MeetingState::Proposed, "TENTATIVE"),
        (MeetingState::Invited, "CONFIRMED"),
        (MeetingState::Postponed, "CANCELLED"),
        (MeetingState::Cancelled, "CANCELLED"),
        (MeetingState::Closed, "CONFIRMED"),
    ] {
        let told = file(&[MeetingRow { state: Some(Standing { state, provisional: false }), revision: 3, ..row() }]);
        assert!(has(&told, &format!("STATUS:{status}")), "{state}");
        assert!(has(&told, "UID:07070707-0707-0707-0707-070707070707") && has(&told, "SEQUENCE:3"));
    }
}

#[test]
fn no_line_has_more_than_75_octets_and_none_breaks_a_character() {
    let long = "Cuộc họp quan chức cao cấp ជំនុំមន្ត្រីជាន់ខ្ពស់ ".repeat(12);
    let told = file(&[MeetingRow { title: long.clone(), ..row() }]);
    for folded in told.split("\r\n") {
        assert!(folded.len() <= 75, "{folded}");
    }
    assert!(has(&told, &format!("SUMMARY:{long}")), "and unfolded it is what it was");
    assert!(!told.replace("\r\n", "").contains(['\r', '\n']), "every line ends in CRLF");
}

#[test]
fn text_is_escaped_and_cannot_make_properties() {
    let title = "Agenda; item 1, \\ and\r\nATTENDEE:mailto:x\u{7}".to_owned();
    let told = file(&[MeetingRow { title, ..row() }]);
    assert!(has(&told, "SUMMARY:Agenda\\; item 1\\, \\\\ and\\nATTENDEE:mailto:x"), "{told}");
    let linked = file(&[MeetingRow { link: "https://meet.example/a,b".to_owned(), ..row() }]);
    assert!(has(&linked, "URL:https://meet.example/a,b"), "an address is not text");
}
