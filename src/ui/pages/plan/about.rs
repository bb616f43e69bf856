//! What a plan is: goal, enablers, its areas, and its way from drafting to closing.

use leptos::prelude::*;

use crate::{
    domain::{Act, DocId, DocKind, Edit, EntityId, plan::PlanState},
    engine::api::{Mark, PlanView, Query, ShellView},
    ui::{
        components::{
            dialog::dialog,
            field::{Field, Subject, field},
            history::history,
        },
        i18n::{format::word, t, tr},
        pages::plans::cycle,
        platform::{clock, page},
        state::{
            commands,
            views::{Live, use_view},
        },
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
                    {stage(doc, live)}
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

fn stage(doc: DocId, live: Live<PlanView>) -> AnyView {
    let state = live.part_or(PlanState::Drafting, |view| view.card.state.state);
    let next = live.part(|view| view.next.clone());
    let shell = use_view::<ShellView>(Query::Shell);
    let open = RwSignal::new(false);
    let wanted = RwSignal::new(None::<PlanState>);
    let reason = RwSignal::new(String::new());
    let buttons = move || {
        next.get()
            .into_iter()
            .map(|to| {
                view! {
                    <button type="button" class="btn btn--small" on:click=move |_| {
                        wanted.set(Some(to));
                        open.set(true);
                    }>{t!("plan-move", state = word("plan-state", to.word()))}</button>
                }
                .into_any()
            })
            .collect_view()
    };
    let name = move || wanted.get().map_or_else(String::new, |state| word("plan-state", state.word()));
    let ask = dialog(open, Signal::derive(move || t!("plan-move-title", state = name())), move || {
        let go = move |_| {
            let Some(to) = wanted.get_untracked() else { return };
            let framework = live.peek(|view| view.card.framework);
            // The chair acts under its term; the Secretariat under none.
            let term = shell
                .peek(|shell| {
                    let me = shell.me.as_ref()?;
                    me.chair_of.iter().find(|(chaired, _)| Some(*chaired) == framework).map(|(_, ordinal)| *ordinal)
                })
                .flatten();
            let reason = reason.get_untracked();
            commands::edit(doc, Edit::Act { id: clock::entity(), act: Act::MovePlan(to), target: None, term, reason });
            open.set(false);
        };
        view! {
            <p class="second-ink">{tr("plan-move-text")}</p>
            <label class="label" for="move-reason">{tr("reason")}</label>
            <input class="input" id="move-reason" placeholder=tr("optional") prop:value=move || reason.get()
                on:input=move |event| reason.set(page::value_of(&event)) />
            <div class="btnrow">
                <button type="button" class="btn btn--quiet" on:click=move |_| open.set(false)>{tr("cancel")}</button>
                <button type="button" class="btn btn--main" on:click=go>
                    {move || t!("plan-move", state = name())}
                </button>
            </div>
        }
        .into_any()
    });
    view! {
        <div class="plan-stage">
            {move || cycle(state.get())}
            <p><b>{move || word("plan-state", state.get().word())}</b></p>
            <div class="btnrow">{buttons}</div>
        </div>
        {ask}
    }
    .into_any()
}
