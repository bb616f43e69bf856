//! What a plan is: goal, enablers, its areas, and what was done to it.

use leptos::prelude::*;

use crate::{
    domain::{DocId, DocKind, EntityId},
    engine::api::{Mark, PlanView},
    ui::{
        components::{
            field::{Field, Subject, field},
            history::{history, history_link},
        },
        i18n::tr,
        state::views::Live,
    },
};

pub(super) fn about(doc: DocId, live: Live<PlanView>) -> AnyView {
    let subject = Subject {
        doc,
        kind: DocKind::Plan,
        entity: None,
        record: live.part(|view| view.snapshot.root.clone()),
        may_write: live.part(|view| view.may_write),
        mark: live.part_or(Mark::Hub, |view| view.card.mark),
    };
    let marks = live.part(|view| view.marks.clone());
    let acts = live.part(|view| view.snapshot.acts.clone());
    view! {
        <section class="section" aria-labelledby="h-about">
            <h2 id="h-about">{tr("plan-about")}</h2>
            <div class="doc sheet" role="form" aria-label=tr("plan-form")>
                <div class="doc-section">
                    {field(subject, "title")}
                    {field(subject, "goal")}
                    {field(subject, "enablers")}
                    {Field::new(subject, "adopted").width("w-s").view()}
                    {Field::new(subject, "published-total").width("w-s").view()}
                    {field(subject, "note")}
                    {field(subject, "sources")}
                    {field(subject, "source-note")}
                </div>
                <div class="doc-section">
                    <div class="section-head"><h3>{tr("plan-areas")}</h3></div>
                    {areas(doc, live, subject)}
                </div>
                <div class="doc-section">
                    <div class="section-head"><h3>{tr("history")}</h3></div>
                    <p>{history_link(doc, None, "history-all")}</p>
                    {move || acts.with(|acts| marks.with(|marks| history(&[], acts, marks)))}
                </div>
            </div>
        </section>
    }
    .into_any()
}

fn areas(doc: DocId, live: Live<PlanView>, plan: Subject) -> AnyView {
    let records = live.part(|view| view.snapshot.collection("areas").to_vec());
    let ids = Memo::new(move |_| {
        records.with(|records| {
            records.iter().filter(|area| area.withdrawn.is_none()).filter_map(|area| area.id).collect::<Vec<_>>()
        })
    });
    let marks = live.part(|view| view.marks.clone());
    let one = move |id: EntityId| {
        let record = Memo::new(move |_| {
            records.with(|records| records.iter().find(|area| area.id == Some(id)).cloned().unwrap_or_default())
        });
        let mark = Memo::new(move |_| marks.with(|marks| marks.get(&id).copied()).unwrap_or(Mark::Hub));
        let subject = Subject {
            doc,
            kind: DocKind::Plan,
            entity: Some(("areas", id)),
            record: record.into(),
            may_write: plan.may_write,
            mark: mark.into(),
        };
        view! { <div class="fields-2">{field(subject, "code")}{field(subject, "title")}</div> }.into_any()
    };
    view! {
        {move || ids.with(Vec::is_empty).then(|| view! { <p class="quiet">{tr("plan-areas-none")}</p> })}
        <For each=move || ids.get() key=|id| *id let:id>{one(id)}</For>
    }
    .into_any()
}
