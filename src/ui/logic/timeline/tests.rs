use super::*;

fn when(text: &str) -> Option<When> {
    text.parse().ok()
}

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

/// Dates from `start..end`, each of which may be left out.
fn dates(planned: &str, current: &str, actual: &str) -> Dates {
    let pair = |text: &str| text.split_once("..").map_or((when(text), when(text)), |(a, b)| (when(a), when(b)));
    Dates { planned: pair(planned), current: pair(current), actual: pair(actual) }
}

const TODAY: Date = Date { year: 2024, month: 12, day: 2 };

fn axis() -> Axis {
    Axis::of(2021, 2025, std::iter::empty())
}

fn dated(dates: &Dates, going_on: bool) -> Dated {
    Dated { dates: *dates, going_on, overdue: false }
}

fn drawn(dates: &Dates, going_on: bool) -> Vec<(Kind, f32, f32)> {
    let round = |at: f32| (at * 100.0).round() / 100.0;
    bars(&dated(dates, going_on), TODAY, &axis()).iter().map(|bar| (bar.kind, round(bar.from), round(bar.to))).collect()
}

#[test]
fn a_date_is_later_only_if_it_is_whatever_days_the_two_may_mean() {
    for (first, now, slip) in [
        ("2021-08", "2021-11-25", Some(Slip::Quarters(1))),
        ("2021-Q3", "2022-Q1", Some(Slip::Quarters(2))),
        ("2021-07", "2021-09", Some(Slip::Months(2))),
        ("2021-07-05", "2021-08", Some(Slip::Months(1))),
        ("2021-07-05", "2021-07-20", Some(Slip::Days(15))),
        ("2021", "2022", Some(Slip::Quarters(1))),
        ("2021", "2021-Q4", None),
        ("2021-Q3", "2021", None),
        ("2021-Q3", "2021-09-30", None),
        ("2021-Q3", "2021-Q3", None),
        ("2021-Q3", "2021-Q1", None),
    ] {
        assert_eq!(later(when(first).expect("a date"), when(now).expect("a date")), slip, "{first} to {now}");
    }
}

#[test]
fn slip_is_counted_from_the_first_planned_date_to_what_happened() {
    // Moved twice: what counts is what was planned first.
    assert_eq!(slip(&dates("2021-08", "2021-10", "")), Some(Slip::Quarters(1)));
    assert_eq!(slip(&dates("2021-Q1..2021-Q3", "2021-Q1..2022-Q1", "")), Some(Slip::Quarters(2)));
    // It happened in time though it had been put off.
    assert_eq!(slip(&dates("2021-08", "2021-11", "2021-08-30")), None);
    assert_eq!(slip(&dates("2021-08", "2021-08", "2021-11-25")), Some(Slip::Quarters(1)));
    // An end that is added where only a start was planned is no slip, and a start is not held against an end.
    assert_eq!(slip(&dates("2021-Q1..", "2021-Q1..2021-Q4", "")), None);
    assert_eq!(slip(&dates("2021-Q1..", "2021-Q2..2021-Q4", "")), Some(Slip::Quarters(1)));
    // It began after it was to end; when it ends nobody says.
    assert_eq!(slip(&dates("..2021-08", "..2021-08", "2021-11-25..")), Some(Slip::Quarters(1)));
    assert_eq!(slip(&dates("", "2021-11", "2021-12-01")), None, "nothing was planned first");
}

#[test]
fn planned_slipped_and_actual_stand_one_behind_the_other() {
    let moved = dates("2021-Q3", "2021-Q3", "2021-10..2021-12");
    assert_eq!(drawn(&moved, false), [(Kind::Plan, 2.0, 3.0), (Kind::Slip, 3.0, 4.0), (Kind::Done, 3.0, 4.0)]);
    assert_eq!(drawn(&dates("2022", "2022", ""), false), [(Kind::Plan, 4.0, 8.0)]);
    assert_eq!(drawn(&dates("", "2022", ""), false), [(Kind::Plan, 4.0, 8.0)]);
    assert_eq!(drawn(&dates("2024..2019", "", ""), false), [(Kind::Plan, 0.0, 16.0)], "the wrong way round");
    assert_eq!(drawn(&dates("2031", "", ""), false), []);
    assert_eq!(drawn(&dates("", "", ""), false), []);
}

#[test]
fn one_day_is_a_mark_and_a_quarter_is_not() {
    assert_eq!(drawn(&dates("", "", "2021-11-25"), false), [(Kind::Day, 3.6, 3.6)]);
    assert_eq!(drawn(&dates("", "", "..2021-11-25"), false), [(Kind::Day, 3.6, 3.6)]);
    assert_eq!(drawn(&dates("2025-01-01", "2025-01-01", ""), false), [(Kind::PlanDay, 16.01, 16.01)]);
    assert_eq!(drawn(&dates("", "", "2021-Q4"), false), [(Kind::Done, 3.0, 4.0)]);
    assert_eq!(drawn(&dates("", "", "2019-11-25"), false), [], "before the line");
}

#[test]
fn what_goes_on_is_drawn_until_today() {
    let begun = dates("", "", "2024-Q1..");
    assert_eq!(drawn(&begun, true), [(Kind::Done, 12.0, 15.68)]);
    assert!(bars(&dated(&begun, true), TODAY, &axis())[0].open);
    assert_eq!(drawn(&begun, false), [(Kind::Done, 12.0, 13.0)]);
    assert_eq!(drawn(&dates("", "", "2025..2025"), true), [(Kind::Done, 16.0, 20.0)], "an end that is told stands");
    assert_eq!(drawn(&dates("", "", "2025-Q2.."), true), [(Kind::Done, 17.0, 18.0)], "a start that is to come");
}

#[test]
fn words_stand_where_there_is_more_room() {
    let axis = axis();
    let place = |text: &str| beside(&bars(&dated(&dates(text, text, ""), false), TODAY, &axis), &axis);
    assert_eq!(place("2021-Q3"), Some(Beside::After(3.2)));
    assert_eq!(place("2024-Q4"), Some(Beside::Before(14.8)));
    assert_eq!(place("2021..2025"), Some(Beside::After(20.2)));
    assert_eq!(place(""), None);
}

#[test]
fn how_it_is_looked_at_survives_the_address() {
    let look = Look { zoom: Zoom::Month, months: 12 };
    assert_eq!(look.onto("?lead=KH"), "?lead=KH&zoom=month&months=12");
    assert_eq!(Look::default().onto(""), "");
    let read = |zoom: &str, months: &str| {
        let words = [("zoom", zoom), ("months", months)];
        Look::read(|name| words.iter().find(|(other, _)| *other == name).map(|(_, word)| (*word).to_owned()))
    };
    assert_eq!(read("month", "12"), look);
    assert_eq!(read("week", "0"), Look::default());
    assert_eq!(day("2024-12-02"), TODAY);
}

#[test]
fn an_activity_is_planned_or_actual_as_its_status_says() {
    let row = |status| ActivityRow {
        id: crate::domain::EntityId::from_bytes([1; 16]),
        title: String::new(),
        kind: None,
        start: when("2024-Q1"),
        end: when("2024-Q2"),
        status,
    };
    let of = |status| {
        let dated = Dated::activity(&row(status), TODAY);
        let kinds: Vec<_> = bars(&dated, TODAY, &axis()).iter().map(|bar| bar.kind).collect();
        (kinds, dated.overdue)
    };
    assert_eq!(of(None), (vec![Kind::Plan], true));
    assert_eq!(of(Some(ProjectStatus::Planned)), (vec![Kind::Plan], true));
    assert_eq!(of(Some(ProjectStatus::Cancelled)), (vec![Kind::Plan], false));
    assert_eq!(of(Some(ProjectStatus::Completed)), (vec![Kind::Done], false));
    assert_eq!(of(Some(ProjectStatus::Ongoing)), (vec![Kind::Plan, Kind::Done], true));
}
