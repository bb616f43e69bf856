//! Status reports of a project: added, never changed.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::{
    domain::{Date, EntityId, PartyCode, Record, When, project::ProjectStatus, record::Value, tally::REPORT_DAYS},
    engine::api::{Mark, ProjectView, Query, ShellView},
    ui::{
        components::{
            ask,
            dialog::dialog,
            field::Subject,
            head::sync_attribute,
            icon::icon,
            marks::{Form, party, status, sync_mark},
        },
        i18n::{
            format::{self, word},
            t, tr,
        },
        platform::{clock, page},
        state::{
            commands,
            parties::use_parties,
            views::{Live, use_view},
        },
    },
};

use super::noted;

/// By when the completion report of a completed project is expected, while there is none.
pub(super) fn expected(live: Live<ProjectView>, may_write: Signal<bool>, open: RwSignal<bool>) -> AnyView {
    let due = live.part(|view| {
        let item = view.row.item();
        item.misses_report().then(|| item.report_due())
    });
    (move || {
        due.get().map(|due| {
            let late = due.is_some_and(|day| day < clock::today());
            let told = match due {
                Some(day) if late => t!("report-overdue", date = format::date(When::Day(day))),
                Some(day) => t!("report-expected", date = format::date(When::Day(day))),
                None => t!("report-expected-some", days = REPORT_DAYS),
            };
            let act = may_write.get().then(|| {
                view! {
                    <button type="button" class="btn btn--small" on:click=move |_| open.set(true)>{tr("report-make")}</button>
                }
            });
            view! { <p class="only">{icon(if late { "warn" } else { "clock" })}<span>{told}</span>{act}</p> }
        })
    })
    .into_any()
}

pub(super) fn reports(
    live: Live<ProjectView>,
    subject: Subject,
    open: RwSignal<bool>,
    marks: Signal<BTreeMap<EntityId, Mark>>,
) -> AnyView {
    let records = live.part(|view| {
        let mut records = view.snapshot.collection("reports").to_vec();
        // The latest first; what has no date last.
        records.sort_by_key(|record| {
            let as_of = record.read::<When>("as-of").map(|when| when.bounds().1);
            std::cmp::Reverse((as_of, record.id))
        });
        records
    });
    let body = view! {
        {move || records.with(Vec::is_empty).then(|| view! { <p class="quiet">{tr("reports-none")}</p> })}
        <ol class="reports">
            <For each=move || records.get() key=|record| record.id let:record>{one(&record, marks)}</For>
        </ol>
        {move || {
            subject
                .may_write
                .get()
                .then(|| {
                    view! {
                        <button type="button" class="btn btn--small" on:click=move |_| open.set(true)>
                            {icon("plus")}
                            {tr("report-add")}
                        </button>
                    }
                })
        }}
        {writer(subject, live, open)}
    };
    noted("reports", "section-reports", Some("reports-note"), body.into_any())
}

fn one(record: &Record, marks: Signal<BTreeMap<EntityId, Mark>>) -> AnyView {
    let Some(id) = record.id else { return ().into_any() };
    let mark = Signal::derive(move || marks.with(|marks| marks.get(&id).copied()).unwrap_or(Mark::Hub));
    let code: Option<PartyCode> = record.read("party");
    let parties = use_parties();
    let name = code.clone();
    let as_of = record.read::<When>("as-of").map(format::date).unwrap_or_default();
    let made_for = record.line("made-for");
    let facts = if made_for.is_empty() { as_of } else { t!("report-made-for", as_of = as_of, meeting = made_for) };
    let said = [("field-outputs", "outputs"), ("field-participants-count", "participants")].map(|(key, name)| {
        let text = record.line(name).to_owned();
        (!text.is_empty()).then(|| view! { <p>{tr(key)}": "{text}</p> })
    });
    let evidence = record.line("evidence").to_owned();
    let lines =
        record.text("narrative").lines().map(|line| view! { <p>{line.to_owned()}</p> }.into_any()).collect_view();
    view! {
        <li data-record=id.to_string() data-sync=sync_attribute(mark)>
            <header>
                {code.as_ref().map(party)}
                <b>{move || name.as_ref().map(|code| parties.with(|parties| parties.name(code)))}</b>
                {record.read::<ProjectStatus>("status").map(status)}
                <span class="quiet">{facts}</span>
                {sync_mark(mark, Form::Short)}
            </header>
            {lines}
            {said.into_iter().collect_view()}
            {(!evidence.is_empty()).then(|| view! { <p class="quiet small">{t!("report-evidence", evidence = evidence)}</p> })}
        </li>
    }
    .into_any()
}

fn writer(subject: Subject, live: Live<ProjectView>, open: RwSignal<bool>) -> AnyView {
    let shell = use_view::<ShellView>(Query::Shell);
    let texts: [RwSignal<String>; 5] = std::array::from_fn(|_| RwSignal::new(String::new()));
    let [narrative, evidence, made_for, outputs, participants] = texts;
    let said = RwSignal::new(None::<ProjectStatus>);
    dialog(open, Signal::stored(tr("report-add")), move || {
        let current = live.peek(|view| view.row.claimed.first().copied()).flatten();
        said.set(current);
        let options = ProjectStatus::ALL
            .iter()
            .map(|status| {
                view! {
                    <option value=status.word() prop:selected=current == Some(*status)>
                        {word("status", status.word())}
                    </option>
                }
                .into_any()
            })
            .collect_view();
        let completes = move || said.get() == Some(ProjectStatus::Completed);
        let add = move |_| {
            let today = clock::local(clock::now());
            let mut fields = Vec::new();
            if let Some(party) = shell.peek(|shell| shell.me.as_ref().map(|me| me.party.to_string())).flatten() {
                fields.push(("party".to_owned(), Value::Str(party)));
            }
            if let Some(today) = Date::new(today.year, today.month, today.day) {
                fields.push(("as-of".to_owned(), Value::Str(today.to_string())));
            }
            if let Some(status) = said.get_untracked() {
                fields.push(("status".to_owned(), Value::from(status.word())));
            }
            let mut lines = vec![("evidence", evidence), ("made-for", made_for)];
            if said.get_untracked() == Some(ProjectStatus::Completed) {
                lines.extend([("outputs", outputs), ("participants", participants)]);
            }
            for (name, text) in lines {
                let text = text.get_untracked();
                if !text.trim().is_empty() {
                    fields.push((name.to_owned(), Value::from(text.trim())));
                }
            }
            let prose = vec![("narrative".to_owned(), narrative.get_untracked())];
            commands::add(subject.doc, "reports", None, fields, prose);
            texts.iter().for_each(|text| text.set(String::new()));
            open.set(false);
        };
        view! {
            <div class="stack-s">
                <div class="ask">
                    <label class="label" for="report-status">{tr("report-status-label")}</label>
                    <span class="select">
                        <select id="report-status" on:change=move |event| said.set(page::value_of(&event).parse().ok())>
                            <option value="" prop:selected=current.is_none()>{tr("not-set")}</option>
                            {options}
                        </select>
                        {icon("down")}
                    </span>
                </div>
                <div class="ask">
                    <label class="label" for="report-narrative">{tr("field-narrative")}</label>
                    <textarea class="input" id="report-narrative" rows="4" prop:value=move || narrative.get()
                        on:input=move |event| narrative.set(page::value_of(&event))></textarea>
                </div>
                {move || {
                    completes().then(|| {
                        view! {
                            {ask::line("field-outputs", outputs, Some("outputs-hint"), false)}
                            {ask::line("field-participants-count", participants, Some("participants-count-hint"), false)}
                        }
                    })
                }}
                {ask::line("report-evidence-label", evidence, None, false)}
                {ask::line("field-made-for", made_for, None, false)}
                <p class="hint">{tr("reports-note")}</p>
            </div>
            <div class="btnrow">
                <button type="button" class="btn btn--quiet" on:click=move |_| open.set(false)>{tr("cancel")}</button>
                <button type="button" class="btn btn--main"
                    disabled=move || narrative.with(|text| text.trim().is_empty()) on:click=add>
                    {tr("report-add")}
                </button>
            </div>
        }
        .into_any()
    })
}
