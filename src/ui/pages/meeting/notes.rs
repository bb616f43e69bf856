//! The annotated agenda: what the Chair and the Secretariat note at an item. Nobody else's device has it.

use leptos::prelude::*;

use crate::{
    domain::{DocId, DocKind, EntityId},
    engine::api::{Command, Mark, NoteView},
    ui::{
        components::{
            field::{Field, Subject},
            icon::icon,
        },
        i18n::{t, tr},
        platform::page,
        state::commands,
    },
};

use super::session::Session;

fn find(notes: &[NoteView], doc: DocId, item: EntityId) -> Option<&NoteView> {
    notes.iter().find(|note| note.doc == doc && note.item == item)
}

/// The notes at an item.
pub fn at(session: Session, item: EntityId) -> AnyView {
    let here = session.part(move |session| {
        let notes = session.notes.iter().filter(|note| note.item == item);
        notes.filter_map(|note| Some((note.doc, note.record.id?))).collect::<Vec<_>>()
    });
    view! {
        <For each=move || here.get() key=|note| *note let:note>
            {one(session, item, note.0, note.1)}
        </For>
    }
    .into_any()
}

fn one(session: Session, item: EntityId, doc: DocId, id: EntityId) -> AnyView {
    let record = session
        .part(move |session| find(&session.notes, doc, item).map(|note| note.record.clone()).unwrap_or_default());
    let may_write = session.part(move |session| find(&session.notes, doc, item).is_some_and(|note| note.may_write));
    let mark = Signal::derive(move || {
        let mark = session.part(move |session| find(&session.notes, doc, item).map(|note| note.mark));
        mark.get().unwrap_or(Mark::Device)
    });
    let subject = Subject { doc, kind: DocKind::Annotation, entity: Some(("notes", id)), record, may_write, mark };
    view! {
        <div class="item-note">
            {icon("lock")}
            {Field::new(subject, "text").label("note-label").hint("note-hint").view()}
        </div>
    }
    .into_any()
}

/// What makes room for a note, where I may and there is none.
pub fn adder(session: Session, item: EntityId, title: Signal<String>) -> AnyView {
    let may = session.part(move |session| {
        session.may_annotate && !session.notes.iter().any(|note| note.item == item && note.may_write)
    });
    let click = move |_| {
        let note = EntityId::derived(&["note-at", &item.to_string()]);
        commands::send(Command::Annotate { session: session.doc, item }, move |_| {
            page::focus_soon(&format!("f-text-{note}"));
        });
    };
    (move || {
        may.get().then(|| {
            view! {
                <button type="button" class="btn btn--small" aria-label=move || t!("note-add-to", title = title.get())
                    on:click=click>{icon("lock")}{tr("note-add")}</button>
            }
        })
    })
    .into_any()
}
