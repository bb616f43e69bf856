//! The lines of the log: a table where it is wide, one below the other where it is narrow.

use leptos::prelude::*;

use super::log::{Log, State};
use crate::{
    domain::audit::Line,
    engine::api::AuditLine,
    ui::{
        components::{
            by::told_apart,
            doc_link::doc_link,
            empty::empty,
            icon::{icon, toned},
            marks::party,
        },
        i18n::{
            format::{self, word},
            maybe, t, tr,
        },
    },
};

/// The table, or what stands in its place.
pub fn lines(log: Log) -> AnyView {
    // Older ones come in below; what stands there already stays.
    let (state, none) = (Memo::new(move |_| log.state.get()), Memo::new(move |_| log.lines.with(Vec::is_empty)));
    let shown = move || {
        let state = state.get();
        let again = move || {
            view! { <button type="button" class="btn" on:click=move |_| log.ask(None)>{tr("audit-again")}</button> }
        };
        match state {
            State::Asking => view! { <p class="quiet" role="status">{tr("audit-asking")}</p> }.into_any(),
            State::Offline => empty(tr("audit-offline"), tr("audit-offline-text"), again().into_any()),
            State::Refused(words) => empty(tr("audit-refused"), words, again().into_any()),
            State::Here if none.get() => empty(tr("audit-empty"), tr("audit-empty-text"), ().into_any()),
            State::Here => table(log),
        }
    };
    shown.into_any()
}

fn table(log: Log) -> AnyView {
    let older = move || {
        log.next.get().map(|next| {
            view! {
                <button type="button" class="btn" on:click=move |_| log.ask(Some(next))>{tr("audit-older")}</button>
            }
        })
    };
    view! {
        <div class="tablewrap">
            <table class="data audit-lines" role="table" aria-labelledby="h-audit-lines">
                <thead role="rowgroup">
                    <tr role="row">
                        <th role="columnheader" scope="col">{tr("audit-number")}</th>
                        <th role="columnheader" scope="col">{tr("audit-when")}</th>
                        <th role="columnheader" scope="col">{tr("audit-what")}</th>
                        <th role="columnheader" scope="col">{tr("audit-person")}</th>
                        <th role="columnheader" scope="col">{tr("audit-device")}</th>
                    </tr>
                </thead>
                <tbody role="rowgroup">
                    <For each=move || log.lines.get() key=|(at, _)| *at children=move |(_, line)| row(log, line) />
                </tbody>
            </table>
        </div>
        <div class="btnrow audit-more">{older}</div>
    }
    .into_any()
}

fn row(log: Log, told: AuditLine) -> AnyView {
    let line = &told.line;
    let number = match line.number {
        Some(number) => number.to_string().into_any(),
        None => view! { <span class="state">{toned("refused", "icon icon--warn")}{tr("audit-refused-line")}</span> }
            .into_any(),
    };
    let asked = log.asked;
    let only = |name: &'static str, id: Option<String>| {
        id.map(|id| move || asked.with(|asked| asked.with(name, &id))).map(|address| (address, tr("audit-only")))
    };
    let by = match (only("person", line.person.map(|id| id.to_string())), &line.party) {
        (Some((address, title)), code) => view! {
            {code.as_ref().map(party)}
            " "
            <a href=address title=title>{person(line)}</a>
        }
        .into_any(),
        (None, _) => tr("audit-hub").into_any(),
    };
    let from = only("device", line.device.map(|id| id.to_string()))
        .map(|(address, title)| view! { <a href=address title=title>{device(&told)}</a> });
    let document = line.document.map(|doc| {
        let label = tr("audit-only-document");
        let address = move || asked.with(|asked| asked.with("document", &doc.to_string()));
        view! {
            {doc_link(told.kind, doc, told.title.clone())}
            <a class="iconbtn audit-only" href=address aria-label=label.clone() title=label>{icon("search")}</a>
        }
    });
    view! {
        <tr role="row" data-number=line.number.map(|number| number.to_string())>
            <th role="rowheader" scope="row" class="no">{number}</th>
            <td role="cell" class="nowrap audit-when">{format::moment(line.received_at)}</td>
            <td role="cell" class="audit-what">{document}<span class="second">{what(&told)}</span>{why(line)}</td>
            <td role="cell" class="audit-by">{by}</td>
            <td role="cell" class="audit-from">{from}</td>
        </tr>
    }
    .into_any()
}

/// What an entry is, in words.
fn what(told: &AuditLine) -> String {
    let Some(what) = &told.line.what else { return tr("audit-withheld") };
    let what = maybe(&format!("audit-what-{what}")).unwrap_or_else(|| what.clone());
    match told.kind {
        Some(kind) => t!("audit-what-of", what = what, kind = word("part-of", kind.word())),
        None => what,
    }
}

fn why(line: &Line) -> Option<AnyView> {
    let why = line.why.as_ref()?;
    let words = maybe(&format!("audit-why-{why}")).unwrap_or_else(|| t!("audit-why-other", why = why.as_str()));
    Some(view! { <span class="second audit-why">{words}</span> }.into_any())
}

/// Whose it was: people are known by their role, and told apart by the end of their id.
pub fn person(line: &Line) -> String {
    let role = line.role.as_ref().map(|role| maybe(&format!("role-{role}")).unwrap_or_else(|| role.clone()));
    let id = line.person.map(|id| id.to_string()).unwrap_or_default();
    told_apart(&role.unwrap_or_else(|| tr("audit-unknown")), &id)
}

/// From which device: by what its person calls it, and the end of its id.
pub fn device(told: &AuditLine) -> String {
    let id = told.line.device.map(|id| id.to_string()).unwrap_or_default();
    let label = if told.label.is_empty() { tr("audit-unnamed") } else { told.label.clone() };
    told_apart(&label, &id)
}
