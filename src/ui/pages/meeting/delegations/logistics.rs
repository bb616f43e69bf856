//! When people arrive, where they stay and what they need: what a party tells the host, and the host reads. Nobody else has it.

use leptos::prelude::*;

use crate::{
    domain::{
        DocKind, EntityId, PartyCode, Record, Value,
        delegation::{LOGISTICS, MOMENTS, moment},
    },
    engine::api::{Command, LogisticsView, Mark, MeetingView},
    ui::{
        components::{
            field::{Codec, Field, Subject},
            head::sync_attribute,
            icon::icon,
            marks::{Form, sync_mark, who},
        },
        i18n::{t, tr},
        state::{commands, parties::use_parties},
    },
};

use super::super::Here;

fn told_by<'a>(view: &'a MeetingView, party: Option<&PartyCode>) -> Option<&'a LogisticsView> {
    view.delegations.arranged.iter().find(|told| Some(&told.party) == party)
}

fn own_told(view: &MeetingView) -> Option<&LogisticsView> {
    told_by(view, view.delegations.own.as_ref())
}

/// What my party tells the host.
pub fn own(here: Here) -> AnyView {
    let parties = use_parties();
    let may = here.live.part(|view| view.delegations.may_arrange);
    let may_list = here.live.part(|view| view.delegations.may_list);
    let host = here.live.part(|view| view.row.host.clone());
    let own = here.live.part(|view| view.delegations.own.clone());
    let doc = here.live.part(|view| own_told(view).map(|told| told.doc));
    let before = here.live.part(|view| view.delegations.told_before.clone());
    let people = here.live.part(|view| {
        let row = view.delegations.rows.iter().find(|row| row.mine);
        row.map(|row| row.people.iter().filter_map(|one| one.id).collect::<Vec<_>>()).unwrap_or_default()
    });
    let name = move |code: &PartyCode| parties.with(|parties| parties.name(code));
    let hint = move || match host.get() {
        None => tr("logistics-no-host"),
        Some(host) if Some(&host) == own.get().as_ref() => tr("logistics-own-host"),
        Some(host) => t!("logistics-hint", host = name(&host)),
    };
    let open = move || {
        let host = host.get()?;
        (may.get() && doc.get().is_none()).then(|| {
            let told = before.get();
            let told = (!told.is_empty()).then(|| {
                let names = told.iter().map(name).collect::<Vec<_>>().join(", ");
                view! { <p class="alert">{icon("warn")}{t!("logistics-before", before = names, host = name(&host))}</p> }
            });
            let open = move |_| commands::send(Command::OpenLogistics { meeting: here.doc }, |_| {});
            view! {
                {told}
                <button type="button" class="btn" on:click=open>{icon("lock")}{t!("logistics-open", host = name(&host))}</button>
            }
        })
    };
    let list = move || {
        doc.get().map(|_| {
            view! {
                <div class="logistics">
                    <For each=move || people.get() key=|id| *id let:id>{person(here, id)}</For>
                </div>
            }
        })
    };
    (move || {
        may_list.get().then(|| {
            view! {
                <section class="section" aria-labelledby="h-logistics">
                    <div class="section-head"><h2 id="h-logistics">{icon("lock")}{tr("logistics")}</h2></div>
                    <p class="hint">{hint}</p>
                    {open}
                    {list}
                </section>
            }
        })
    })
    .into_any()
}

fn show(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn read(text: &str) -> Result<Value, &'static str> {
    if text.trim().is_empty() {
        return Ok(Value::Empty);
    }
    moment(text).map(Value::Str).ok_or("invalid-moment")
}

const MOMENT: Codec = Codec { show, read, mode: "text", empty: "moment-example" };

/// Of one of my party.
fn person(here: Here, id: EntityId) -> AnyView {
    let name = here.live.part(move |view| {
        let people = view.delegations.rows.iter().filter(|row| row.mine).flat_map(|row| &row.people);
        people.into_iter().find(|one| one.id == Some(id)).map(super::full_name).unwrap_or_default()
    });
    let record = here.live.part(|view| own_told(view).map(|told| told.record.clone()).unwrap_or_default());
    let may_write = here.live.part(|view| own_told(view).is_some_and(|told| told.may_write));
    let mark = Signal::derive(move || {
        here.live.get(|view| own_told(view).map(|told| told.mark)).flatten().unwrap_or(Mark::Device)
    });
    let Some(doc) = here.live.peek(|view| own_told(view).map(|told| told.doc)).flatten() else { return ().into_any() };
    let subject = Subject { doc, kind: DocKind::Logistics, entity: None, record, may_write, mark };
    let fields = LOGISTICS.into_iter().map(|field| {
        let line = Field::new(subject, field).of_id(id).label(&format!("logistics-{field}"));
        if MOMENTS.contains(&field) { line.codec(MOMENT).view() } else { line.wrap().view() }
    });
    let brief = move || record.with(|record| brief(record, id));
    view! {
        <details class="meeting-facts" data-record=id.to_string() data-sync=sync_attribute(mark)>
            <summary>{icon("right")}<h3>{name}</h3>" "<span class="quiet">{brief}</span>{sync_mark(mark, Form::Short)}</summary>
            <div class="sheet fields-2" role="group" aria-label=name>{fields.collect_view()}</div>
        </details>
    }
    .into_any()
}

/// All that is told of somebody, in one line.
fn brief(record: &Record, id: EntityId) -> String {
    let told = LOGISTICS.iter().map(|field| record.line(&format!("{field}:{id}"))).filter(|text| !text.is_empty());
    told.collect::<Vec<_>>().join(", ")
}

/// A line of what the host reads.
#[derive(Debug, Clone, PartialEq)]
struct Told {
    party: PartyCode,
    id: EntityId,
    name: String,
    said: Vec<String>,
}

/// Everybody of whom somebody told the host anything, who arrives first in front; and how many people come in all.
fn all(view: &MeetingView) -> (Vec<Told>, usize) {
    let mut told = Vec::new();
    let mut people = 0;
    for row in &view.delegations.rows {
        people += row.people.len();
        let Some(arranged) = told_by(view, Some(&row.party)) else { continue };
        for one in &row.people {
            let Some(id) = one.id else { continue };
            let said = LOGISTICS.iter().map(|field| arranged.record.line(&format!("{field}:{id}")).to_owned());
            let said: Vec<String> = said.collect();
            if said.iter().any(|text| !text.is_empty()) {
                told.push(Told { party: row.party.clone(), id, name: super::full_name(one), said });
            }
        }
    }
    // Who has not said when comes last; those who come at once stay in the order of seats.
    told.sort_by_key(|one| (one.said.first().is_none_or(String::is_empty), one.said.first().cloned()));
    (told, people)
}

/// What all parties tell the host, on its own devices.
pub fn host(here: Here) -> AnyView {
    let is_host = here.live.part(|view| view.row.host.is_some() && view.row.host == view.delegations.own);
    let told = here.live.part(all);
    let line = |one: Told| {
        let cells = LOGISTICS.iter().zip(one.said).map(|(field, said)| {
            view! { <td role="cell" data-label=tr(&format!("logistics-{field}"))>{said}</td> }.into_any()
        });
        view! {
            <tr role="row" data-delegate=one.id.to_string()>
                <th role="rowheader" scope="row">{who(&one.party)}" "{one.name}</th>
                {cells.collect_view()}
            </tr>
        }
        .into_any()
    };
    let heads = || {
        let head = |field: &&str| {
            view! { <th role="columnheader" scope="col">{tr(&format!("logistics-{field}"))}</th> }.into_any()
        };
        LOGISTICS.iter().map(head).collect_view()
    };
    (move || {
        is_host.get().then(|| {
            view! {
                <section class="section" aria-labelledby="h-host">
                    <div class="section-head">
                        <h2 id="h-host">{icon("lock")}{tr("logistics-host")}</h2>
                        <p>{move || told.with(|(told, people)| t!("logistics-told", count = told.len(), of = *people))}</p>
                    </div>
                    <div class="tablewrap" hidden=move || told.with(|(told, _)| told.is_empty())>
                        <table class="data arrivals" role="table" aria-labelledby="h-host">
                            <thead role="rowgroup">
                                <tr role="row"><th role="columnheader" scope="col">{tr("delegation-party")}</th>{heads()}</tr>
                            </thead>
                            <tbody role="rowgroup">{move || told.with(|(told, _)| told.iter().cloned().map(line).collect_view())}</tbody>
                        </table>
                    </div>
                </section>
            }
        })
    })
    .into_any()
}
