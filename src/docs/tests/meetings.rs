//! Acts on meetings and agendas: as versions of before read them, and whole as this one does.

use super::*;
use crate::{
    docs::Doc,
    domain::{
        Act, DocKind, Edit,
        agenda::{
            AgendaState,
            amend::{AmendKind, Amendment},
        },
        meeting::{
            Mode,
            dates::{Dates, FixedDates, ModeStep},
        },
    },
};

fn stored(kind: DocKind, act: &Act) -> (serde_json::Value, Option<Act>) {
    let mut doc = Doc::new(kind);
    let (id, target, term, reason) = (entity(1), Some(entity(2)), None, "why".to_owned());
    doc.edit(&Edit::Act { id, act: act.clone(), target, term, reason }, &author(1)).expect("an act");
    let acts = doc.roots().acts.clone();
    let stored =
        automerge::ReadDoc::get(&doc.automerge, &acts, entity(1).to_string()).expect("a map").expect("the act");
    let body: serde_json::Value = serde_json::from_str(stored.0.as_str().expect("text")).expect("JSON");
    (body["do"].clone(), snapshot(&doc).acts[0].act.clone())
}

fn dates(start: &str, end: &str, from: &str, zone: &str) -> Dates {
    let (start, end, from) = (start.parse().ok(), end.parse().ok(), from.parse().ok());
    Dates { start, end, from, until: None, zone: zone.to_owned() }
}

#[test]
fn a_version_before_reads_the_first_day_the_state_and_leaves_the_rest() {
    let to = dates("2026-08-05", "2026-08-07", "09:00", "Asia/Dili");
    let was = Some(dates("2026-05", "", "", ""));
    let fixed = Act::FixDates(Box::new(FixedDates { to, was }));
    let json = serde_json::json!({
        "act": "fix-date", "to": "2026-08-05", "end": "2026-08-07", "from": "09:00", "zone": "Asia/Dili",
        "was": {"start": "2026-05"},
    });
    assert_eq!(stored(DocKind::Meeting, &fixed), (json, Some(fixed)));

    let changed = Act::ChangeMode(ModeStep { to: Mode::Online, was: Some(Mode::InPerson) });
    let json = serde_json::json!({"act": "change-mode", "to": "ONLINE", "was": "IN_PERSON"});
    assert_eq!(stored(DocKind::Meeting, &changed), (json, Some(changed)));

    let [field, was, is] = ["title", "One", "Two"].map(str::to_owned);
    let amended = Act::AmendAgenda(Box::new(Amendment { what: AmendKind::Change, field, was, is }));
    let json = serde_json::json!({
        "act": "move-agenda", "to": "AMENDED_IN_SESSION",
        "change": {"what": "CHANGE", "field": "title", "was": "One", "is": "Two"},
    });
    assert_eq!(stored(DocKind::Session, &amended), (json, Some(amended)));

    let json = serde_json::json!({"act": "decline-item", "to": "DECLINED"});
    assert_eq!(stored(DocKind::Session, &Act::DeclineItem), (json, Some(Act::DeclineItem)));
}

#[test]
fn what_a_version_before_wrote_is_what_it_was() {
    let day = Act::FixDate("2026-08-05".parse().expect("a day"));
    assert_eq!(stored(DocKind::Meeting, &day).1, Some(day));
    let moved = Act::MoveAgenda(AgendaState::AmendedInSession);
    assert_eq!(stored(DocKind::Session, &moved).1, Some(moved));
}
