//! Meetings to choose from: at which one something was said or decided.

use leptos::prelude::*;

use crate::{
    domain::DocId,
    engine::api::{MeetingRow, MeetingsView, Query},
    ui::{
        i18n::{format, tr},
        platform::page,
        state::views::use_view,
    },
};

use super::{
    field::{Choices, next_id},
    icon::icon,
};

/// All meetings on this device, the latest first.
#[must_use]
pub fn meeting_choices() -> Choices {
    let all = use_view::<MeetingsView>(Query::Meetings);
    let rows = all.part(|view| view.groups.iter().flat_map(|group| group.meetings.clone()).collect::<Vec<_>>());
    Memo::new(move |_| {
        let mut rows: Vec<MeetingRow> = rows.get();
        rows.sort_by_key(|row| std::cmp::Reverse((row.start.map(|when| when.bounds().0), row.doc)));
        let named = |row: &MeetingRow| {
            let date = row.start.map(format::short).unwrap_or_default();
            (row.doc.to_string(), format!("{} {date}", row.title).trim().to_owned())
        };
        rows.iter().map(named).collect::<Vec<_>>()
    })
    .into()
}

/// A field that names the meeting which goes with what is said next; kept nowhere until then.
pub fn decided_at(value: RwSignal<Option<DocId>>) -> AnyView {
    let (id, choices) = (next_id(), meeting_choices());
    let options = move || {
        let none = (String::new(), tr("step-no-meeting"));
        std::iter::once(none)
            .chain(choices.get())
            .map(|(word, name)| {
                let this = word.parse::<DocId>().ok();
                view! { <option value=word prop:selected=move || value.get() == this>{name}</option> }.into_any()
            })
            .collect_view()
    };
    view! {
        <div class="field">
            <label for=id.clone()>{tr("decided-at")}</label>
            <div class="field-in">
                <span class="select w-l">
                    <select id=id on:change=move |event| value.set(page::value_of(&event).parse().ok())>{options}</select>
                    {icon("down")}
                </span>
            </div>
            <div class="field-mark"></div>
        </div>
    }
    .into_any()
}
