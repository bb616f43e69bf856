//! Changing what an adopted agenda says of an item: in session, by the Chair, with the reason.

use leptos::prelude::*;

use crate::{
    domain::{At, Edit, EntityId, Record, Value},
    ui::{
        components::{
            ask,
            dialog::dialog,
            field::{Subject, party_choices},
        },
        i18n::tr,
        logic::agenda::minutes,
    },
};

use super::super::{amended::amend, order::Order};

fn seen(record: &Record, field: &str) -> Vec<Value> {
    let held = record.fields.get(field);
    held.map(|held| std::iter::once(&held.value).chain(&held.others).cloned().collect()).unwrap_or_default()
}

/// The button, while the agenda is adopted, and its dialog.
pub fn button(order: Order, id: EntityId, subject: Subject) -> AnyView {
    let open = RwSignal::new(false);
    let button = move || {
        (order.frozen.get() && order.may_move.get()).then(|| {
            view! { <button type="button" class="btn btn--small" on:click=move |_| open.set(true)>{tr("amend-item")}</button> }
        })
    };
    let parties = party_choices();
    let dialog = dialog(open, Signal::stored(tr("amend-item")), move || {
        let record = subject.record.get_untracked();
        let (title, lead) =
            (RwSignal::new(record.line("title").to_owned()), RwSignal::new(record.line("lead").to_owned()));
        let was = minutes(&record);
        let time = RwSignal::new(if was == 0 { String::new() } else { was.to_string() });
        let reason = RwSignal::new(String::new());
        let leads = Memo::new(move |_| {
            let none = (String::new(), tr("not-set"));
            std::iter::once(none).chain(parties.get()).collect::<Vec<_>>()
        });
        let go = Callback::new(move |()| {
            let why = reason.get_untracked().trim().to_owned();
            let text = |said: RwSignal<String>| {
                let said = said.get_untracked().trim().to_owned();
                if said.is_empty() { Value::Empty } else { Value::Str(said) }
            };
            let time = time
                .with_untracked(|time| time.trim().parse::<u16>())
                .map_or(Value::Empty, |time| Value::Int(time.into()));
            for (field, value) in [("title", text(title)), ("lead", text(lead)), ("minutes", time)] {
                let seen = seen(&record, field);
                if seen.first().cloned().unwrap_or_default() != value {
                    let edit = Edit::Set { at: At::of(id, field), value, seen };
                    amend(order.session, edit, why.clone());
                }
            }
            open.set(false);
        });
        let ready = Signal::derive(move || {
            title.with(|title| !title.trim().is_empty()) && reason.with(|reason| !reason.trim().is_empty())
        });
        view! {
            <div class="stack-s">
                {ask::line("agenda-item-title", title, None, true)}
                {ask::choose("field-lead", leads.into(), lead)}
                {ask::line("agenda-minutes-label", time, None, false)}
                {ask::line("act-reason", reason, Some("amend-reason-hint"), false)}
            </div>
            {ask::acts(open, Signal::stored(tr("amend-record")), "btn btn--main", ready, go)}
        }
        .into_any()
    });
    view! { {button}{dialog} }.into_any()
}
