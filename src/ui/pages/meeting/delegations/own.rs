//! One's own delegation: its list, written in place by keyboard, and who of it attends. Nobody else writes it.

use leptos::prelude::*;

use crate::{
    domain::{
        DocId, DocKind, Edit, EntityId, Record, Value,
        delegation::{Fault, Part, attended, faults, part},
    },
    engine::api::{Command, DelegationRow},
    ui::{
        components::{
            field::{Bound, Field, Subject},
            head::sync_attribute,
            icon::icon,
            marks::{Form, sync_mark},
        },
        i18n::{format::word, t, tr},
        logic::agenda::{Way, paragraph_step},
        platform::{clock, page},
        state::commands,
    },
};

use super::{
    super::{Here, dice},
    Day, mark_of,
};

/// What is said of each person in a list.
const HEADS: [&str; 6] =
    ["field-part", "delegate-honorific", "delegate-name", "delegate-native", "delegate-title", "field-mode"];

/// My party's row.
fn mine(here: Here) -> Signal<Option<DelegationRow>> {
    here.live.part(|view| view.delegations.rows.iter().find(|row| row.mine).cloned())
}

/// The list, where I may write one.
pub fn list(here: Here, day: Day) -> AnyView {
    let row = mine(here);
    let may = here.live.part(|view| view.delegations.may_list);
    let people = Memo::new(move |_| {
        let people = row.with(|row| row.as_ref().map(|row| (row.list, ids(row))));
        people
            .and_then(|(list, ids)| Some((list?, ids)))
            .map(|(list, ids)| ids.into_iter().map(|id| (list, id)).collect::<Vec<_>>())
            .unwrap_or_default()
    });
    let in_order = move || {
        // Whoever is moved keeps the focus.
        page::keep_focus();
        people.get()
    };
    let warnings = move || {
        let found = row.with(|row| row.as_ref().map(|row| faults(&row.people)).unwrap_or_default());
        let words = |fault: Fault| match fault {
            Fault::NoHead => tr("delegate-no-head"),
            Fault::Heads(count) => t!("delegate-heads", count = count),
            Fault::Twice(name) => t!("delegate-twice", name = name),
        };
        found
            .into_iter()
            .map(|fault| view! { <p class="alert">{icon("warn")}{words(fault)}</p> }.into_any())
            .collect_view()
    };
    (move || {
        may.get().then(|| {
            view! {
                <section class="section" aria-labelledby="h-own-delegation">
                    <div class="section-head"><h2 id="h-own-delegation">{tr("delegation-own")}</h2></div>
                    <p class="hint">{tr("delegation-own-hint")}</p>
                    {warnings}
                    {move || (!people.with(Vec::is_empty)).then(heads)}
                    <ol class="delegates" aria-labelledby="h-own-delegation">
                        <For each=in_order key=|one| *one let:one>
                            {person(row, day, one.0, one.1)}
                        </For>
                    </ol>
                    {adder(here, row)}
                </section>
            }
        })
    })
    .into_any()
}

/// What stands below each other, where there is room for it; every field has its own name for who does not see this.
fn heads() -> AnyView {
    let heads = HEADS.map(|name| view! { <span>{tr(name)}</span> }).collect_view();
    view! { <p class="delegate delegate-heads" aria-hidden="true">{heads}</p> }.into_any()
}

fn ids(row: &DelegationRow) -> Vec<EntityId> {
    row.people.iter().filter_map(|one| one.id).collect()
}

fn find(row: Signal<Option<DelegationRow>>, id: EntityId) -> Signal<Record> {
    Memo::new(move |_| {
        let of = |row: &DelegationRow| row.people.iter().find(|one| one.id == Some(id)).cloned();
        row.with(|row| row.as_ref().and_then(of)).unwrap_or_default()
    })
    .into()
}

/// Somebody in the list.
fn person(row: Signal<Option<DelegationRow>>, day: Day, doc: DocId, id: EntityId) -> AnyView {
    let (record, mark) = (find(row, id), mark_of(row, id));
    let may_write = Signal::stored(true);
    let subject = Subject { doc, kind: DocKind::Voice, entity: Some(("delegates", id)), record, may_write, mark };
    let name = Signal::derive(move || record.with(|record| record.line("name").to_owned()));
    let there = move || {
        let day = day.get()?;
        let bound = Bound::new(subject, &attended(day));
        let label = move || t!("delegate-attended", name = name.get());
        Some(view! {
            <label class="delegate-there">
                <input type="checkbox" aria-label=label
                    prop:checked=move || bound.held.with(|held| held.value == Value::Bool(true))
                    on:change=move |event| bound.write(Value::Bool(page::checked_of(&event))) />
                <span aria-hidden="true">{tr("delegate-there")}</span>
            </label>
        })
    };
    let remove = move |_| commands::edit(doc, Edit::Withdraw { id, reason: String::new() });
    let line = |field| Field::new(subject, field).bare();
    // What it is stands above it where the heads of the list are not shown; a field has its own name all the same.
    let [part, honorific, called, native, title, mode] = HEADS.map(tr);
    view! {
        <li class="delegate" data-record=id.to_string() data-sync=sync_attribute(mark)>
            <div class="delegate-part" data-label=part>{line("part").view()}</div>
            <div class="delegate-honorific" data-label=honorific>{line("honorific").label("delegate-honorific").view()}</div>
            <div data-label=called>{line("name").label("delegate-name").view()}</div>
            <div data-label=native>{line("native-name").label("delegate-native").view()}</div>
            <div data-label=title>{line("title").label("delegate-title").wrap().view()}</div>
            <div class="delegate-mode" data-label=mode>{line("mode").view()}</div>
            {there}
            <span class="btnrow">
                {sync_mark(mark, Form::Short)}
                {mover(row, doc, id, Way::Up, name)}
                {mover(row, doc, id, Way::Down, name)}
                <button type="button" class="iconbtn" aria-label=move || t!("delegate-remove", name = name.get()) on:click=remove>{icon("x")}</button>
            </span>
        </li>
    }
    .into_any()
}

/// Those who are the same in the delegation: within them the order is free.
fn keys(row: &DelegationRow, id: EntityId) -> Vec<(EntityId, String)> {
    let is = row.people.iter().find(|one| one.id == Some(id)).map(part);
    let alike = row.people.iter().filter(|one| Some(part(one)) == is);
    alike.filter_map(|one| Some((one.id?, one.place.as_ref()?.key.clone()))).collect()
}

fn step(row: &DelegationRow, id: EntityId, way: Way) -> Option<crate::domain::Place> {
    paragraph_step(&keys(row, id), id, way, dice())
}

// The button stays in the order of focus at the ends of the list, so that the focus is not lost when it arrives there.
fn mover(row: Signal<Option<DelegationRow>>, doc: DocId, id: EntityId, way: Way, name: Signal<String>) -> AnyView {
    let can = Memo::new(move |_| row.with(|row| row.as_ref().is_some_and(|row| step(row, id, way).is_some())));
    let (key, glyph) = match way {
        Way::Up => ("move-up", "moveup"),
        Way::Down => ("move-down", "movedown"),
    };
    let go = move |_| {
        if let Some(place) = row.with_untracked(|row| row.as_ref().and_then(|row| step(row, id, way))) {
            commands::edit(doc, Edit::Move { id, place });
        }
    };
    view! {
        <button type="button" class="iconbtn" id=format!("{key}-{id}") aria-label=move || t!(key, title = name.get())
            aria-disabled=move || (!can.get()).then_some("true") on:click=go>{icon(glyph)}</button>
    }
    .into_any()
}

/// A name and Enter: the next one follows at once.
fn adder(here: Here, row: Signal<Option<DelegationRow>>) -> AnyView {
    let name = RwSignal::new(String::new());
    let add = move || {
        let words = name.get_untracked().trim().to_owned();
        if words.is_empty() {
            return;
        }
        let led = row
            .with_untracked(|row| row.as_ref().is_some_and(|row| row.people.iter().any(|one| part(one) == Part::Head)));
        // Who is written first leads, until somebody says otherwise.
        let is = if led { Part::Member } else { Part::Head };
        let fields = vec![("name".to_owned(), Value::Str(words)), ("part".to_owned(), is.word().into())];
        // The words stay in the field until they are kept.
        commands::send(Command::AddDelegate { meeting: here.doc, id: clock::entity(), fields }, move |_| {
            name.set(String::new());
            here.said.set(t!("delegate-added", part = word("part", is.word())));
        });
    };
    let keys = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter" && !event.is_composing() {
            event.prevent_default();
            add();
        }
    };
    view! {
        <div class="btnrow items-add">
            <input class="input w-m" id="delegate-new" autocomplete="off" aria-label=tr("delegate-new")
                placeholder=tr("delegate-new") prop:value=move || name.get()
                on:input=move |event| name.set(page::value_of(&event)) on:keydown=keys />
            <button type="button" class="btn" on:click=move |_| add()>{icon("plus")}{tr("delegate-add")}</button>
        </div>
    }
    .into_any()
}
