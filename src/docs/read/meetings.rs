//! Acts on meetings and agendas as JSON: beside `to`, which a version of before reads, what this one says more. What cannot be
//! read of that is left out.

use serde_json::{Map, Value};

use crate::domain::{
    Act, When,
    agenda::{
        AgendaState,
        amend::{AmendKind, Amendment},
    },
    meeting::{
        Mode,
        dates::{Dates, FixedDates, ModeStep},
    },
};

type Entry = (String, Value);

fn said(name: &str, text: Option<String>) -> Option<Entry> {
    text.filter(|text| !text.is_empty()).map(|text| (name.to_owned(), Value::String(text)))
}

/// Everything but the first day.
fn rest(dates: &Dates) -> impl Iterator<Item = Entry> {
    let end = said("end", dates.end.map(|when| when.to_string()));
    let from = said("from", dates.from.map(|clock| clock.to_string()));
    let until = said("until", dates.until.map(|clock| clock.to_string()));
    [end, from, until, said("zone", Some(dates.zone.clone()))].into_iter().flatten()
}

fn read(start: Option<When>, body: &Value) -> Dates {
    let text = |name: &str| body.get(name).and_then(Value::as_str);
    Dates {
        start,
        end: text("end").and_then(|end| end.parse().ok()),
        from: text("from").and_then(|from| from.parse().ok()),
        until: text("until").and_then(|until| until.parse().ok()),
        zone: text("zone").unwrap_or_default().to_owned(),
    }
}

/// What stands beside the first day.
pub(super) fn dates(step: &FixedDates) -> Vec<Entry> {
    let was = step.was.as_ref().map(|was| {
        let start = said("start", was.start.map(|when| when.to_string()));
        ("was".to_owned(), Value::Object(start.into_iter().chain(rest(was)).collect::<Map<_, _>>()))
    });
    rest(&step.to).chain(was).collect()
}

/// Reads [`dates`]: an act that says nothing but the day is the plain one.
pub(super) fn fixed(start: When, body: &Value) -> Act {
    let start_of = |was: &Value| was.get("start").and_then(Value::as_str).and_then(|start| start.parse().ok());
    let was = body.get("was").map(|was| read(start_of(was), was));
    let to = read(Some(start), body);
    if was.is_none() && to == (Dates { start: Some(start), ..Dates::default() }) {
        return Act::FixDate(start);
    }
    Act::FixDates(Box::new(FixedDates { to, was }))
}

/// What stands beside the mode.
pub(super) fn mode(step: ModeStep) -> Option<Entry> {
    said("was", step.was.map(|was| was.word().to_owned()))
}

/// Reads [`mode`].
pub(super) fn changed(to: Mode, body: &Value) -> Act {
    let was = body.get("was").and_then(Value::as_str).and_then(|was| was.parse().ok());
    Act::ChangeMode(ModeStep { to, was })
}

/// What a change in session says of itself.
pub(super) fn amendment(change: &Amendment) -> Entry {
    let Amendment { what, field, was, is } = change;
    let entries = [("what", what.word()), ("field", field), ("was", was), ("is", is)];
    let entries = entries.into_iter().filter_map(|(name, text)| said(name, Some(text.to_owned())));
    ("change".to_owned(), Value::Object(entries.collect::<Map<_, _>>()))
}

/// Reads a step of an agenda: one that says what it changed, or the plain one.
pub(super) fn agenda(to: AgendaState, body: &Value) -> Act {
    let change = body.get("change").filter(|_| to == AgendaState::AmendedInSession);
    let text = |name: &str| change.and_then(|change| change.get(name)).and_then(Value::as_str).unwrap_or_default();
    match text("what").parse::<AmendKind>() {
        Ok(what) => Act::AmendAgenda(Box::new(Amendment {
            what,
            field: text("field").to_owned(),
            was: text("was").to_owned(),
            is: text("is").to_owned(),
        })),
        Err(_) => Act::MoveAgenda(to),
    }
}
