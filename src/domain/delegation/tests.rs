//! Seats and roll call at a date, lists that two wrote apart, and totals.

use super::*;
use crate::domain::{fact::Fact, id::EntityId, record::Held};

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

fn code(text: &str) -> PartyCode {
    text.parse().expect("a code")
}

const NAMES: [(&str, &str); 16] = [
    ("VN", "Viet Nam"),
    ("ASEC", "ASEAN Secretariat"),
    ("KR", "Republic of Korea"),
    ("MY", "Malaysia"),
    ("MM", "Myanmar"),
    ("TL", "Timor-Leste"),
    ("CN", "China"),
    ("KH", "Cambodia"),
    ("TH", "Thailand"),
    ("AU", "Australia"),
    ("BN", "Brunei Darussalam"),
    ("LA", "Lao PDR"),
    ("SG", "Singapore"),
    ("JP", "Japan"),
    ("PH", "Philippines"),
    ("ID", "Indonesia"),
];

fn workspace() -> Catalogue {
    let mut catalogue = Catalogue::default();
    for (n, (party, _)) in (1..).zip(NAMES) {
        let (framework, status, from) = match party {
            "ASEC" | "AU" => continue,
            "CN" | "JP" | "KR" => (Framework::AccsmPlus3, MembershipStatus::Partner, None),
            "TL" => (Framework::Accsm, MembershipStatus::Member, Some(date("2025-10-26"))),
            _ => (Framework::Accsm, MembershipStatus::Member, None),
        };
        let id = EntityId::from_bytes([n; 16]);
        catalogue.fold(&Fact::Member { id, party: code(party), framework, status, from, to: None, stated: 0 });
    }
    let (id, party) = (EntityId::from_bytes([90; 16]), code("TL"));
    let (framework, status) = (Framework::Accsm, MembershipStatus::Observer);
    let (from, to) = (Some(date("2023-05-01")), Some(date("2025-10-25")));
    catalogue.fold(&Fact::Member { id, party, framework, status, from, to, stated: 0 });
    catalogue
}

fn called(chair: &str, on: &str) -> Vec<&'static str> {
    let (catalogue, chair) = (workspace(), code(chair));
    let mut parties = NAMES;
    seating(&mut parties, |(party, name)| (seat(&catalogue, &code(party), Some(&chair), date(on)), (*name).to_owned()));
    parties.into_iter().map(|(party, _)| party).collect()
}

#[test]
fn delegations_sit_and_are_called_by_their_english_names_the_chairs_apart_and_the_secretariat_at_its_side() {
    let plus3 = ["CN", "JP", "KR"];
    let now = called("PH", "2026-08-03");
    assert_eq!(now[0], "PH", "in the chair, not between Myanmar and Singapore");
    assert_eq!(now[1..11], ["BN", "KH", "ID", "LA", "MY", "MM", "SG", "TH", "TL", "VN"]);
    assert_eq!(now[11..14], plus3);
    assert_eq!(now[14..], ["AU", "ASEC"]);
}

#[test]
fn timor_leste_sits_with_the_members_from_the_day_it_is_one() {
    let (before, after) = (called("VN", "2025-10-25"), called("VN", "2025-10-26"));
    assert_eq!(before[1..10], ["BN", "KH", "ID", "LA", "MY", "MM", "PH", "SG", "TH"]);
    assert_eq!(before[13..], ["AU", "TL", "ASEC"], "an observer sits with the guests");
    assert_eq!(after[9..12], ["TH", "TL", "CN"]);
}

#[test]
fn the_secretariat_in_no_chair_and_a_chair_that_is_no_member_keep_their_places() {
    assert_eq!(called("AU", "2020-11-18")[0], "AU");
    let catalogue = workspace();
    assert_eq!(seat(&catalogue, &code("KH"), None, date("2020-11-18")), Seat::Member);
    assert_eq!(seat(&catalogue, &PartyCode::secretariat(), None, date("2020-11-18")), Seat::Secretariat);
}

#[test]
fn whoever_takes_part_on_that_day_is_expected() {
    let catalogue = workspace();
    let expected = |framework, on| expected(&catalogue, framework, date(on)).len();
    assert_eq!(expected(Framework::Accsm, "2025-10-25"), 11, "ten members and the Secretariat");
    assert_eq!(expected(Framework::Accsm, "2025-10-26"), 12);
    assert_eq!(expected(Framework::AccsmPlus3, "2025-10-26"), 15);
}

fn delegate(n: u8, name: &str, part: &str, mode: &str, days: &[&str]) -> Record {
    let said = |value| Held { value, others: Vec::new() };
    let mut record = Record { id: Some(EntityId::from_bytes([n; 16])), ..Record::default() };
    for (field, word) in [("name", name), ("part", part), ("mode", mode)] {
        record.fields.insert(field.to_owned(), said(Value::Str(word.to_owned())));
    }
    for day in days {
        record.fields.insert(attended(date(day)), said(Value::Bool(true)));
    }
    record
}

fn names(people: &[Record]) -> Vec<&str> {
    people.iter().map(|one| one.line("name")).collect()
}

#[test]
fn a_list_is_read_head_first_and_without_whom_was_withdrawn() {
    let mut gone = delegate(4, "Gone", "head", "", &[]);
    gone.withdrawn = Some(crate::domain::record::Withdrawal { reason: String::new() });
    let list = [
        delegate(1, "Third", "", "", &[]),
        delegate(2, "Second", "alternate", "", &[]),
        gone,
        delegate(3, "First", "head", "", &[]),
        delegate(5, "Fourth", "a word of later", "", &[]),
    ];
    let people = people(&list);
    assert_eq!(names(&people), ["First", "Second", "Third", "Fourth"]);
    assert_eq!(faults(&people), []);
}

#[test]
fn what_two_officers_said_apart_is_told_and_nothing_is_dropped() {
    let list = [
        delegate(1, "The Delegate", "head", "", &[]),
        delegate(2, "the  delegate ", "member", "", &[]),
        delegate(3, "THE DELEGATE", "member", "", &[]),
        delegate(4, "Another", "head", "", &[]),
        delegate(5, "", "member", "", &[]),
        delegate(6, " ", "member", "", &[]),
    ];
    let people = people(&list);
    assert_eq!(people.len(), 6);
    assert_eq!(faults(&people), [Fault::Heads(2), Fault::Twice("the  delegate".to_owned())]);
    assert_eq!(faults(&list[2..3]), [Fault::NoHead]);
    assert_eq!(faults(&[]), [], "nobody is no fault");
}

#[test]
fn totals_are_of_lists_and_where_there_is_none_of_the_record() {
    let day = Some(date("2026-08-03"));
    let list = [
        delegate(1, "A", "head", "IN_PERSON", &["2026-08-03"]),
        delegate(2, "B", "member", "ONLINE", &["2026-08-03", "2026-08-04"]),
        delegate(3, "C", "member", "HYBRID", &["2026-08-04"]),
        delegate(4, "D", "member", "", &[]),
    ];
    let own = Totals::of(&list, 8, Some(Mode::Hybrid), day);
    let counted = Totals { delegations: 1, people: 4, in_person: 1, online: 1, hybrid: 1, unsaid: 1, present: 2 };
    assert_eq!(own, counted);
    assert_eq!(Totals::of(&list, 8, Some(Mode::Online), None), Totals { online: 2, unsaid: 0, present: 0, ..counted });
    let recorded = Totals::of(&[], 8, Some(Mode::Online), day);
    assert_eq!(recorded, Totals { delegations: 1, people: 8, online: 8, ..Totals::default() });
    assert_eq!(Totals::of(&[], 0, None, day), Totals::default(), "who has said nothing is no delegation yet");
    let all: Totals = [own, recorded].into_iter().sum();
    assert_eq!((all.delegations, all.people, all.online, all.present), (2, 12, 9, 2));
}

#[test]
fn a_moment_is_kept_so_that_it_sorts() {
    assert_eq!(moment(" 2026-08-03   9:05 "), Some("2026-08-03 09:05".to_owned()));
    assert_eq!(moment("2026-08-03"), Some("2026-08-03".to_owned()));
    for bad in ["", "3 August", "2026-08", "2026-02-30", "2026-08-03 25:00", "2026-08-03 09:05 VN 920"] {
        assert_eq!(moment(bad), None, "{bad}");
    }
    assert!(MOMENTS.iter().all(|field| LOGISTICS.contains(field)));
}
