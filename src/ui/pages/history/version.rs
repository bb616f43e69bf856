//! A document as it was after a sitting: every field that said something, its prose, and the records in it.

use leptos::prelude::*;

use super::Of;
use crate::{
    domain::{DocKind, EntityId, Snapshot, record::Record},
    engine::api::{PastView, Query},
    ui::{
        components::said::FieldOf,
        i18n::tr,
        state::{parties::Parties, views::use_view},
    },
};

/// The version that is chosen; nothing where none is.
pub fn shown(of: Of) -> AnyView {
    (move || {
        let id = of.shown.get()?;
        let live = use_view::<PastView>(Query::Past { doc: of.doc, id: Some(id) });
        let snapshot = live.part(|view| view.snapshot.clone());
        let words = move || match snapshot.get() {
            None => view! { <p class="quiet" role="status">{tr("loading")}</p> }.into_any(),
            Some(snapshot) => of.parties.with(|parties| version(&snapshot, of.record, parties)),
        };
        Some(view! {
            <section class="section" aria-labelledby="h-version">
                <div class="section-head">
                    <h2 id="h-version">{tr("history-version")}</h2>
                    <button type="button" class="btn btn--small btn--quiet" on:click=move |_| of.shown.set(None)>
                        {tr("close")}
                    </button>
                </div>
                <div class="sheet version">{words}</div>
            </section>
        })
    })
    .into_any()
}

fn version(snapshot: &Snapshot, only: Option<EntityId>, parties: &Parties) -> AnyView {
    let kind = snapshot.kind;
    let known = snapshot.collections.values().flatten().any(|record| record.id == only);
    let root = (only.is_none() || !known).then(|| record(kind, None, &snapshot.root, parties));
    let collections = snapshot
        .collections
        .iter()
        .map(|(name, records)| {
            let records = records.iter().filter(|one| one.withdrawn.is_none() && (only.is_none() || one.id == only));
            let records: Vec<AnyView> = records.map(|one| record(kind, Some(name), one, parties)).collect();
            (!records.is_empty()).then(|| view! { <h3>{tr(&format!("record-{name}"))}</h3>{records} })
        })
        .collect_view();
    view! { {root}{collections} }.into_any()
}

fn record(kind: DocKind, collection: Option<&str>, record: &Record, parties: &Parties) -> AnyView {
    let of = |name| FieldOf { kind, collection, name };
    // Where a record comes from is told on its page.
    let told = |name: &&String| !name.starts_with("sources:") && name.as_str() != "inferred";
    let fields = record
        .fields
        .iter()
        .filter(|(name, _)| told(name))
        .map(|(name, held)| (name, of(name).value(&held.value, parties)));
    let prose = record.texts.iter().map(|(name, text)| (name, text.clone()));
    let lines = fields
        .chain(prose)
        .filter(|(_, words)| !words.is_empty())
        .map(|(name, words)| {
            view! { <div><dt>{of(name).label(parties)}</dt><dd>{words}</dd></div> }
        })
        .collect_view();
    view! { <dl class="told">{lines}</dl> }.into_any()
}
