//! Calendar files: one meeting, or all of a chair's term, as the person's calendar takes them in. Made here, without the hub.

use leptos::prelude::*;

use crate::{
    engine::api::MeetingRow,
    ui::{
        components::icon::icon,
        i18n::{format::word, t, tr},
        logic::ical::{Around, calendar, has_day},
        platform::{clock, page, zone},
    },
};

fn about(row: &MeetingRow) -> String {
    let kind = row.meeting.map(|kind| word("meeting-type", kind.word()));
    let mode = row.mode.map(|mode| word("mode", mode.word()));
    let zone = Some(&row.zone).filter(|zone| !zone.is_empty()).map(|zone| t!("meeting-zone", zone = zone.as_str()));
    [kind, mode, zone].into_iter().flatten().collect::<Vec<_>>().join("\n")
}

fn save(rows: &[MeetingRow], name: &str, file: &str) {
    let now = i64::try_from(clock::now() / 60_000).unwrap_or(0);
    let around = Around { ahead: &|zone, millis| zone::ahead(zone, millis), now, name, about: &about };
    page::save_as(&format!("{file}.ics"), "text/calendar", &calendar(rows, &around));
}

/// The button for one meeting; nothing while it has no day.
pub fn of_meeting(row: Signal<Option<MeetingRow>>) -> AnyView {
    let dated = Memo::new(move |_| row.with(|row| row.as_ref().is_some_and(has_day)));
    (move || {
        dated.get().then(|| {
            let click = move |_| {
                if let Some(row) = row.get_untracked() {
                    save(std::slice::from_ref(&row), "", &format!("meeting-{}", row.doc));
                }
            };
            view! { <button type="button" class="btn" on:click=click>{icon("calendar")}{tr("calendar-file")}</button> }
        })
    })
    .into_any()
}

/// The button for a chair's term; nothing where none of its meetings has a day.
pub fn of_term(ordinal: u16, rows: Vec<MeetingRow>) -> AnyView {
    let rows: Vec<MeetingRow> = rows.into_iter().filter(|row| row.term == Some(ordinal) && has_day(row)).collect();
    if rows.is_empty() {
        return ().into_any();
    }
    let name = t!("meeting-term", ordinal = ordinal);
    let label = t!("calendar-file-of", term = name.as_str());
    let click = move |_| save(&rows, &name, &format!("accsm-{ordinal}"));
    view! { <button type="button" class="btn btn--small" on:click=click>{icon("calendar")}{label}</button> }.into_any()
}
