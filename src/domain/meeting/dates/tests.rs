use super::*;
use crate::domain::{
    id::EntityId,
    record::{Held, Origin, Value},
};

fn dates(start: &str, end: &str, from: &str, until: &str, zone: &str) -> Dates {
    Dates {
        start: start.parse().ok(),
        end: end.parse().ok(),
        from: from.parse().ok(),
        until: until.parse().ok(),
        zone: zone.to_owned(),
    }
}

fn day(start: &str) -> Dates {
    dates(start, "", "", "", "")
}

fn record(id: u8, act: Act, number: Option<u64>) -> ActRecord {
    let (target, term, reason, origin) = (None, None, String::new(), Origin::default());
    ActRecord { id: EntityId::from_bytes([id; 16]), act: Some(act), target, term, reason, origin, number }
}

fn fix(id: u8, to: &str, was: &str, number: Option<u64>) -> ActRecord {
    let was = Some(day(was)).filter(|was| was.start.is_some());
    record(id, Act::FixDates(Box::new(FixedDates { to: day(to), was })), number)
}

fn root(start: &str) -> Record {
    let held = Held { value: Value::Str(start.to_owned()), others: Vec::new() };
    Record { fields: [("start".to_owned(), held)].into(), ..Record::default() }
}

#[test]
fn what_was_planned_first_stays_beside_what_came_of_it() {
    let root = root("2021-11-25");
    assert_eq!(fixed(&root, &[]).now, day("2021-11-25"), "no act: what is written");
    let acts = [fix(1, "2021-08-12", "2021-08", Some(7)), fix(2, "2021-11-25", "2021-08-12", None)];
    let now = fixed(&root, &acts);
    assert_eq!((now.planned.clone(), now.now.clone()), (day("2021-08"), day("2021-11-25")));
    assert!(now.provisional, "the last one waits for the hub");
    assert_eq!(now.now.days_after(&day("2021-08-12")), Some(105));
    assert_eq!(now.now.days_after(&now.planned), None, "a month is no day");
    assert_eq!(now.beside, None);
}

#[test]
fn two_who_fix_a_date_apart_end_with_the_one_that_the_hub_took_last() {
    for (first, second) in [(1, 2), (2, 1)] {
        let acts = [fix(first, "2026-08-05", "", Some(8)), fix(second, "2026-08-12", "", Some(9))];
        // What the document's field holds of the two is Automerge's choice, and says nothing.
        for field in ["2026-08-05", "2026-08-12"] {
            let now = fixed(&root(field), &acts);
            assert_eq!((now.now, now.planned, now.beside), (day("2026-08-12"), day("2026-08-05"), None));
        }
    }
}

#[test]
fn what_a_version_without_acts_wrote_is_not_hidden() {
    let acts = [fix(1, "2026-08-05", "", Some(8))];
    let now = fixed(&root("2026-09-01"), &acts);
    assert_eq!((now.now, now.beside), (day("2026-08-05"), "2026-09-01".parse().ok()));
    let old = [record(1, Act::FixDate("2026-05-04".parse().expect("a day")), Some(3))];
    assert_eq!(fixed(&root("2026-05-04"), &old).now, day("2026-05-04"));
}

#[test]
fn dates_are_in_order_have_a_zone_and_change_with_a_reason() {
    let (open, none) = (MeetingState::Invited, Dates::default());
    let yangon = dates("2026-08-05", "2026-08-07", "09:00", "16:30", "Asia/Yangon");
    for (now, state, to, reason, expected) in [
        (&none, open, yangon.clone(), "", Ok(())),
        (&none, open, day(""), "", Err(BadDates::NoDay)),
        (&none, open, dates("2026-08-05", "2026-08-04", "", "", ""), "", Err(BadDates::Backwards)),
        (&none, open, dates("2026-08", "2026-08-04", "", "", ""), "", Ok(())),
        (&none, open, dates("2026-08-05", "", "10:00", "09:00", "Asia/Dili"), "", Err(BadDates::Backwards)),
        (&none, open, dates("2026-08-05", "2026-08-06", "10:00", "09:00", "Asia/Dili"), "", Ok(())),
        (&none, open, dates("2026-08-05", "", "10:00", "", ""), "", Err(BadDates::NoZone)),
        (&none, open, dates("2026-08-05", "", "", "", "half past"), "", Err(BadDates::NoZone)),
        (&yangon, open, yangon.clone(), "again", Err(BadDates::NoChange)),
        (&yangon, open, day("2026-09-05"), " ", Err(BadDates::ReasonMissing)),
        (&yangon, MeetingState::Postponed, day("2026-09-05"), "The venue", Ok(())),
        (&yangon, MeetingState::Cancelled, day("2026-09-05"), "The venue", Err(BadDates::Over)),
        (&yangon, MeetingState::Closed, day("2026-09-05"), "The venue", Err(BadDates::Over)),
    ] {
        assert_eq!(check(now, state, &to, reason), expected, "{to:?} {reason}");
    }
}

#[test]
fn a_mode_changes_with_a_reason_and_the_last_act_says_which_it_is() {
    let (open, in_person) = (MeetingState::DateConfirmed, Some(Mode::InPerson));
    assert_eq!(check_mode(None, open, Mode::Online, ""), Ok(()));
    assert_eq!(check_mode(in_person, open, Mode::Online, ""), Err(BadDates::ReasonMissing));
    assert_eq!(check_mode(in_person, open, Mode::Online, "COVID-19"), Ok(()));
    assert_eq!(check_mode(in_person, open, Mode::InPerson, "x"), Err(BadDates::NoChange));
    assert_eq!(check_mode(in_person, MeetingState::Cancelled, Mode::Online, "x"), Err(BadDates::Over));
    let step = |id, to, number| record(id, Act::ChangeMode(ModeStep { to, was: in_person }), number);
    let acts = [step(1, Mode::Hybrid, None), step(2, Mode::Online, Some(4))];
    assert_eq!(mode(&Record::default(), &acts), (Some(Mode::Hybrid), true));
    assert_eq!(mode(&Record::default(), &acts[1..]), (Some(Mode::Online), false));
    assert_eq!(revision(&acts), 2);
}

#[test]
fn times_of_day_are_read_as_clocks_show_them() {
    for (text, shown) in [("09:30", "09:30"), ("9:05", "09:05"), ("23:59", "23:59"), ("00:00", "00:00")] {
        assert_eq!(text.parse::<Clock>().map(|clock| clock.to_string()), Ok(shown.to_owned()));
    }
    for text in ["", "9", "9:5", "24:00", "10:60", "+9:00", "morning", "09:00:00"] {
        assert!(text.parse::<Clock>().is_err(), "{text}");
    }
    for zone in ["Asia/Yangon", "Asia/Dili", "UTC", "America/Argentina/Buenos_Aires", "Etc/GMT+7"] {
        assert!(is_zone(zone), "{zone}");
    }
    for zone in ["Asia/", "/Asia", "6:30", "Asia/Ho Chi Minh"] {
        assert!(!is_zone(zone), "{zone}");
    }
}
