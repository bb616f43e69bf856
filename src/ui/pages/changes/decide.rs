//! What was said at once and is not decided: both, and one press to choose where a press can.

use std::collections::BTreeSet;

use leptos::prelude::*;

use crate::{
    domain::{At, DocId, DocKind, Edit, EntityId, PartyCode, Value},
    engine::api::{ChangeLine, Changed, ChangesView, Command, Meets},
    ui::{
        components::{
            change::{at_once, by_when, said},
            doc_link::doc_link,
            icon::icon,
            marks::party,
            said::FieldOf,
        },
        i18n::{t, tr},
        state::{
            commands,
            parties::{Parties, use_parties},
            toasts,
            views::Live,
        },
    },
};

/// One that is open: where it is, by whom, and whether the person may decide it.
#[derive(Debug, Clone, PartialEq)]
struct Open {
    home: DocId,
    home_kind: DocKind,
    doc: DocId,
    kind: DocKind,
    title: String,
    by: Option<PartyCode>,
    may_write: bool,
    line: ChangeLine,
}

/// Whether it is for this person to look at: they wrote one of the two, or may choose between what others wrote.
const fn concerns(line: &ChangeLine, may_write: bool) -> bool {
    line.open && (may_write || matches!(line.meets, Meets::AtOnce(_)))
}

/// The list; nothing where there is none.
pub fn decide(live: Live<ChangesView>) -> AnyView {
    let open = live.part(|view| {
        let mut open = Vec::new();
        for subject in &view.subjects {
            for doc in &subject.docs {
                for by in &doc.by {
                    open.extend(by.lines.iter().filter(|line| concerns(line, doc.may_write)).map(|line| Open {
                        home: subject.doc,
                        home_kind: subject.kind,
                        doc: doc.doc,
                        kind: doc.kind,
                        title: if doc.title.is_empty() { subject.title.clone() } else { doc.title.clone() },
                        by: by.party.clone(),
                        may_write: doc.may_write,
                        line: line.clone(),
                    }));
                }
            }
        }
        open
    });
    let parties = use_parties();
    (move || {
        let open = open.get();
        (!open.is_empty()).then(|| {
            let count = open.len();
            let all = parties.get();
            let lines = open.into_iter().map(|open| one(open, &all)).collect_view();
            view! {
                <section class="section" id="decide" aria-labelledby="h-decide">
                    <h2 id="h-decide">{t!("changes-decide", count = count)}</h2>
                    <div class="stack-s">{lines}</div>
                </section>
            }
        })
    })
    .into_any()
}

fn one(open: Open, parties: &Parties) -> AnyView {
    let Open { home, home_kind, doc, kind, title, by, may_write, line } = open;
    let record = line.record.map_or_else(|| doc.to_string(), |id| id.to_string());
    // A session is read on the page of its meeting.
    let place = if matches!(kind, DocKind::Project | DocKind::Draft) { (kind, doc) } else { (home_kind, home) };
    let title = doc_link(Some(place.0), place.1, title);
    let acts = may_write.then(|| choices(doc, kind, &line, parties)).flatten();
    let acts = acts.unwrap_or_else(|| go_to(place, &line));
    let (what, told, time) = (said(&line, kind, parties), at_once(&line, kind, parties), by_when(&line));
    view! {
        <div class="notice notice--plain notice--box decide" data-record=record>
            {icon("claims")}
            <div>
                <h3>{title}</h3>
                {told}
                <div class="chg-one">{by.as_ref().map(party)}" "{what}</div>
                <p class="sub">{time}</p>
            </div>
            <div class="notice-acts">{acts}</div>
        </div>
    }
    .into_any()
}

/// Where no press decides it: the way to where it stands.
fn go_to((kind, doc): (DocKind, DocId), line: &ChangeLine) -> AnyView {
    let href = match (kind, line.record) {
        (DocKind::Plan, _) => format!("/plans/{doc}"),
        (DocKind::Meeting, Some(id)) if line.collection.as_deref() == Some("paragraphs") => {
            format!("/meetings/{doc}?tab=report#p-{id}")
        }
        (DocKind::Meeting, _) => format!("/meetings/{doc}"),
        (DocKind::Project | DocKind::Draft, _) => format!("/projects/{doc}"),
        // What has no page of its own has a history.
        _ => format!("/history/{doc}"),
    };
    view! { <a class="btn" href=href>{tr("change-go-to")}</a> }.into_any()
}

/// What can be chosen with one press; none where nothing can.
fn choices(doc: DocId, kind: DocKind, line: &ChangeLine, parties: &Parties) -> Option<AnyView> {
    let own: Vec<Value> = match &line.meets {
        Meets::AtOnce(own) => own.clone(),
        Meets::Others(others) => others.iter().flat_map(|met| met.said.iter().cloned()).collect(),
        Meets::Nothing | Meets::Merged => return None,
    };
    match &line.what {
        Changed::Set { field, to, .. } if !own.is_empty() => {
            let of = FieldOf { kind, collection: line.collection.as_deref(), name: field };
            let mut all: Vec<Value> = std::iter::once(to.clone()).chain(own).collect();
            let mut said = BTreeSet::new();
            all.retain(|value| said.insert(value.clone()));
            let button = |value: &Value| {
                let words = of.value(value, parties);
                let words = if words.is_empty() { tr("kept-empty") } else { words };
                let at = At { entity: line.record, field: field.clone() };
                let edit = Edit::Set { at, value: value.clone(), seen: all.clone() };
                press(t!("change-keep", value = words), doc, edit)
            };
            Some(all.iter().map(button).collect_view().into_any())
        }
        Changed::Withdrawn { .. } => line.record.map(|id| restore(doc, id)),
        Changed::Set { .. } | Changed::Wrote { .. } => {
            line.record.filter(|_| own.is_empty()).map(|id| restore(doc, id))
        }
        _ => None,
    }
}

fn restore(doc: DocId, id: EntityId) -> AnyView {
    press(tr("change-restore"), doc, Edit::Restore { id })
}

fn press(words: String, doc: DocId, edit: Edit) -> AnyView {
    let choose = move |_| {
        commands::send(Command::Edit { doc, edit: edit.clone() }, |_| toasts::say_key("change-chosen"));
    };
    view! { <button type="button" class="btn" on:click=choose>{words}</button> }.into_any()
}
