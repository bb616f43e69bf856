//! Who comes: each delegation with its size, its head and how it attends.

use leptos::prelude::*;

use crate::{
    domain::{DocKind, Edit, EntityId, PartyCode, Value},
    engine::api::Mark,
    ui::{
        components::{
            empty::empty,
            field::{Field, Subject, party_choices},
            head::sync_attribute,
            icon::icon,
            marks::{Form, sync_mark, who},
        },
        i18n::{t, tr},
        platform::page,
        state::{commands, parties::use_parties},
    },
};

use super::Here;

const COLLECTION: &str = "delegations";

/// The tab.
pub fn tab(here: Here) -> AnyView {
    let may_write = here.may_write();
    let parties = use_parties();
    // In protocol order, not in the order in which they were written down.
    let rows = here.live.part(|view| {
        let standing = view.snapshot.collection(COLLECTION).iter().filter(|one| one.withdrawn.is_none());
        standing.filter_map(|one| Some((one.id?, one.read::<PartyCode>("party")))).collect::<Vec<_>>()
    });
    let ordered = Memo::new(move |_| {
        let mut rows = rows.get();
        parties.with(|parties| {
            let rank = |code: &Option<PartyCode>| {
                parties.iter().position(|party| Some(&party.code) == code.as_ref()).unwrap_or(usize::MAX)
            };
            rows.sort_by_key(|(id, code)| (rank(code), *id));
        });
        rows
    });
    let total = here.live.part(|view| {
        let standing = view.snapshot.collection(COLLECTION).iter().filter(|one| one.withdrawn.is_none());
        standing.map(size).sum::<i64>()
    });
    let none = move || {
        ordered.with(Vec::is_empty).then(|| {
            let key = if may_write.get() { "delegations-empty-write" } else { "delegations-empty-text" };
            empty(tr("delegations-empty"), tr(key), ().into_any())
        })
    };
    view! {
        <section class="section" aria-labelledby="h-delegations">
            <div class="section-head">
                <h2 id="h-delegations">{tr("tab-delegations")}</h2>
                <p>{move || {
                    let (count, people) = (ordered.with(Vec::len), total.get());
                    (count > 0).then(|| t!("delegations-count", count = count, people = people))
                }}</p>
            </div>
            {none}
            <div class="tablewrap" hidden=move || ordered.with(Vec::is_empty)>
                <table class="data delegations" role="table" aria-labelledby="h-delegations">
                    <thead role="rowgroup">
                        <tr role="row">
                            <th role="columnheader" scope="col">{tr("delegation-party")}</th>
                            <th role="columnheader" scope="col">{tr("delegation-size")}</th>
                            <th role="columnheader" scope="col">{tr("delegation-head")}</th>
                            <th role="columnheader" scope="col">{tr("field-mode")}</th>
                            <th role="columnheader" scope="col">{tr("delegation-kept")}</th>
                        </tr>
                    </thead>
                    <tbody role="rowgroup">
                        <For each=move || ordered.get() key=|row| row.clone() let:row>
                            {line(here, row.0, row.1)}
                        </For>
                    </tbody>
                </table>
            </div>
            {adder(here, rows)}
        </section>
    }
    .into_any()
}

fn size(record: &crate::domain::Record) -> i64 {
    match record.fields.get("size").map(|held| &held.value) {
        Some(Value::Int(size)) => *size,
        Some(Value::Empty | Value::Bool(_) | Value::Str(_)) | None => 0,
    }
}

fn line(here: Here, id: EntityId, code: Option<PartyCode>) -> AnyView {
    let mark: Signal<Mark> = here.mark(id);
    let record = here.live.part(move |view| {
        view.snapshot.collection(COLLECTION).iter().find(|one| one.id == Some(id)).cloned().unwrap_or_default()
    });
    let may_write = here.may_write();
    let subject =
        Subject { doc: here.doc, kind: DocKind::Meeting, entity: Some((COLLECTION, id)), record, may_write, mark };
    let name = code.as_ref().map_or_else(|| tr("not-set").into_any(), who);
    let code = code.map_or_else(String::new, |code| code.to_string());
    let remove = move || {
        let label = t!("delegation-withdraw", party = code.as_str());
        may_write.get().then(|| {
            view! {
                <button type="button" class="iconbtn" aria-label=label
                    on:click=move |_| commands::edit(here.doc, Edit::Withdraw { id, reason: String::new() })>{icon("x")}</button>
            }
        })
    };
    view! {
        <tr role="row" data-record=id.to_string() data-sync=sync_attribute(mark)>
            <th role="rowheader" scope="row">{name}</th>
            <td role="cell" data-label=tr("delegation-size")>{Field::new(subject, "size").label("delegation-size").width("w-s").bare().view()}</td>
            <td role="cell" data-label=tr("delegation-head")>{Field::new(subject, "head").label("delegation-head").bare().wrap().view()}</td>
            <td role="cell" data-label=tr("field-mode")>{Field::new(subject, "mode").bare().view()}</td>
            <td role="cell"><span class="btnrow">{sync_mark(mark, Form::Short)}{remove}</span></td>
        </tr>
    }
    .into_any()
}

fn adder(here: Here, rows: Signal<Vec<(EntityId, Option<PartyCode>)>>) -> AnyView {
    let may_write = here.may_write();
    let all = party_choices();
    let chosen = RwSignal::new(String::new());
    let rest = move || {
        let come = rows.get();
        let is_here =
            |code: &str| come.iter().any(|(_, party)| party.as_ref().is_some_and(|party| party.as_str() == code));
        all.get()
            .into_iter()
            .filter(|(code, _)| !is_here(code))
            .map(|(code, name)| {
                let this = code.clone();
                view! { <option value=code prop:selected=move || chosen.with(|now| *now == this)>{name}</option> }
                    .into_any()
            })
            .collect_view()
    };
    let add = move |_| {
        let code = chosen.get_untracked();
        if !code.is_empty() {
            commands::add(here.doc, COLLECTION, None, vec![("party".into(), Value::Str(code))], Vec::new());
            chosen.set(String::new());
        }
    };
    (move || {
        may_write.get().then(|| {
            view! {
                <div class="btnrow items-add">
                    <label class="vh" for="delegation-new">{tr("delegation-new")}</label>
                    <span class="select w-m">
                        <select id="delegation-new" on:change=move |event| chosen.set(page::value_of(&event))>
                            <option value="" prop:selected=move || chosen.with(String::is_empty)>{tr("delegation-new")}</option>
                            {rest}
                        </select>
                        {icon("down")}
                    </span>
                    <button type="button" class="btn" on:click=add>{icon("plus")}{tr("delegation-add")}</button>
                </div>
            }
        })
    })
    .into_any()
}
