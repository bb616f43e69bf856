//! Rows to a spreadsheet and cells from one. What is pasted is shown, cell by cell, before anything happens; then it is done by
//! the edits that a person would make.

use leptos::{ev, prelude::*};

use crate::{
    domain::{
        At, ClaimKind, DocId, Edit, PartyCode, Value,
        project::{ProjectKind, ProjectStatus},
    },
    engine::api::{Command, ProjectRow},
    ui::{
        components::{ask, dialog::dialog, icon::icon},
        i18n::{
            format::{self, word},
            t, tr,
        },
        logic::{
            splice,
            table::{
                Column,
                names::Names,
                paste::{At as Place, Change, Left, Preview, Write, preview},
                sheet,
            },
        },
        platform::{self, clock, grid, page},
        state::{parties::Parties, toasts},
    },
};

use super::{
    bulk,
    grid::{Grid, Pasted},
};

/// How many changes a preview lists; it counts the others.
const LISTED: usize = 200;

/// The names of this language, register and plan.
pub(super) fn names(of: Grid, parties: &Parties) -> Names {
    let heads = Column::ALL.iter().map(|column| (*column, tr(&format!("column-{}", column.word()))));
    Names {
        heads: heads.collect(),
        id: tr("column-id"),
        months: format::months(),
        parties: parties.iter().map(|party| (party.code.clone(), party.name.clone())).collect(),
        areas: of.areas(),
        statuses: ProjectStatus::ALL.iter().map(|status| (*status, word("status", status.word()))).collect(),
        kinds: ProjectKind::ALL.iter().map(|kind| (*kind, word("project-kind", kind.word()))).collect(),
        date: Some(format::short),
        span: Some(format::span),
    }
}

// The chosen rows with their heads and ids; where none are chosen, the one cell that has the focus.
fn cells(of: Grid) -> Vec<Vec<String>> {
    let names = of.names();
    let columns: Vec<Column> = of
        .columns
        .with_untracked(|columns| columns.iter().copied().filter(|column| !matches!(column, Column::Sync)).collect());
    let chosen = of.chosen();
    if chosen.is_empty() {
        let cell = of.at().and_then(|(doc, column)| Some(names.cell(&*of.row(doc)?, column, of.number(doc))));
        return cell.map(|cell| vec![vec![cell]]).unwrap_or_default();
    }
    let reference = (!columns.contains(&Column::Reference)).then_some(Column::Reference);
    let columns: Vec<Column> = reference.into_iter().chain(columns).collect();
    let head = columns.iter().map(|column| names.head(*column)).chain([names.id.clone()]).collect();
    let line = |doc: &DocId| {
        let row = of.row(*doc)?;
        let cells = columns.iter().map(|column| names.cell(&row, *column, of.number(*doc)));
        Some(cells.chain([doc.to_string()]).collect())
    };
    std::iter::once(head).chain(chosen.iter().filter_map(line)).collect()
}

fn said(count: usize) {
    toasts::say(if count > 1 { t!("copied-rows", count = count - 1) } else { tr("copied-cell") });
}

/// Answers the browser's own copy.
pub(super) fn answer(of: Grid, event: &ev::ClipboardEvent) {
    let cells = cells(of);
    if !cells.is_empty() {
        grid::answer_copy(event, &sheet::tsv(&cells), &sheet::html(&cells));
        said(cells.len());
    }
}

/// Copies the chosen rows.
pub(super) fn copy(of: Grid) {
    let cells = cells(of);
    let (text, html) = (sheet::tsv(&cells), sheet::html(&cells));
    platform::spawn(async move {
        if grid::copy(&text, &html).await {
            said(cells.len());
        } else {
            toasts::say_key("copy-refused");
        }
    });
}

/// The button that asks for cells.
pub(super) fn button(of: Grid) -> AnyView {
    let open = move |_| of.pasted.set(Some(Pasted::default()));
    view! {
        <button type="button" class="btn btn--quiet" on:click=open>
            {icon("upload")}
            {tr("paste")}
        </button>
    }
    .into_any()
}

/// The dialog that shows what pasting would do.
pub(super) fn pasted(of: Grid) -> AnyView {
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(of.pasted.with(Option::is_some)));
    Effect::new(move |was: Option<bool>| {
        let is = open.get();
        if was == Some(true) && !is {
            of.pasted.set(None);
            // After the dialog has given it back to what opened it.
            request_animation_frame(move || of.focus());
        }
        is
    });
    dialog(open, Signal::stored(tr("paste-title")), move || {
        of.pasted.get_untracked().map(|pasted| body(of, open, pasted)).into_any()
    })
}

fn body(of: Grid, open: RwSignal<bool>, pasted: Pasted) -> AnyView {
    let names = of.names();
    let asks = pasted.text.is_none();
    let text = RwSignal::new(pasted.text.unwrap_or_default());
    let reason = RwSignal::new(String::new());
    let area = asks.then(|| {
        view! {
            <label class="label" for="paste-text">{tr("paste-label")}</label>
            <textarea class="input" id="paste-text" rows="4" aria-describedby="paste-hint"
                on:input=move |event| text.set(page::value_of(&event))></textarea>
        }
    });
    let place = pasted.at.map(|(doc, column)| {
        let columns = of.columns.get_untracked();
        let from = columns.iter().position(|known| *known == column).unwrap_or_default();
        (of.from(doc), columns[from..].to_vec())
    });
    let shown = Memo::new(move |_| {
        let rows = of.all_rows();
        let rows: Vec<&ProjectRow> = rows.iter().map(|row| &**row).collect();
        let at = place.as_ref().map(|(rows, columns)| Place { rows, columns });
        text.with(|text| preview(&sheet::parse(text), &rows, &names, at))
    });
    let needs = Memo::new(move |_| shown.with(Preview::reason));
    let count = Memo::new(move |_| shown.with(|shown| (shown.changes.len(), shown.rows_changed())));
    let ready =
        Signal::derive(move || count.get().0 > 0 && (!needs.get() || reason.with(|reason| !reason.trim().is_empty())));
    let go = Callback::new(move |()| {
        let why = reason.get_untracked().trim().to_owned();
        let list =
            shown.with_untracked(|shown| shown.changes.iter().flat_map(|change| commands(of, change, &why)).collect());
        bulk::send(list);
        open.set(false);
    });
    let act = Signal::derive(move || t!("paste-do", cells = count.get().0, rows = count.get().1));
    view! {
        <div class="stack-s paste">
            <p class="hint" id="paste-hint">{tr("paste-hint")}</p>
            {area}
            {move || (!asks || text.with(|text| !text.is_empty())).then(|| shown.with(told))}
            {move || needs.get().then(|| ask::line("reason", reason, Some("why-hint"), false))}
        </div>
        {ask::acts(open, act, "btn btn--main", ready, go)}
    }
    .into_any()
}

fn told(shown: &Preview) -> AnyView {
    let change = |change: &Change| {
        let column = tr(&format!("column-{}", change.column.word()));
        let old = (!change.old.is_empty()).then(|| view! { <del>{change.old.clone()}</del>" " });
        view! {
            <tr>
                <th scope="row">{change.title.clone()}</th>
                <td>{column}</td>
                <td>{old}<ins>{change.new.clone()}</ins></td>
            </tr>
        }
        .into_any()
    };
    let left = |left: &Left| {
        let column = left.column.map(|column| format!("{}: ", tr(&format!("column-{}", column.word()))));
        let why = tr(&format!("left-out-{}", left.why.word()));
        view! { <li>{t!("left-line", line = left.line)}" "{column}<q>{left.text.clone()}</q>" "{why}</li> }.into_any()
    };
    let more = shown.changes.len().saturating_sub(LISTED);
    let left_more = shown.left.len().saturating_sub(LISTED);
    let changes = (!shown.changes.is_empty()).then(|| {
        view! {
            <div class="tablewrap" tabindex="0" role="region" aria-label=tr("paste-changes")>
                <table class="data">
                    <thead><tr>
                        <th scope="col">{tr("column-title")}</th>
                        <th scope="col">{tr("paste-column")}</th>
                        <th scope="col">{tr("paste-change")}</th>
                    </tr></thead>
                    <tbody>{shown.changes.iter().take(LISTED).map(change).collect_view()}</tbody>
                </table>
            </div>
        }
    });
    let unknown = (!shown.unknown.is_empty()).then(|| {
        view! { <p>{t!("paste-unknown", columns = shown.unknown.join(", "))}</p> }
    });
    let left = (!shown.left.is_empty()).then(|| {
        view! {
            <p>{t!("paste-left", count = shown.left.len())}</p>
            <ul class="left-out">{shown.left.iter().take(LISTED).map(left).collect_view()}</ul>
            {(left_more > 0).then(|| view! { <p>{t!("paste-more", count = left_more)}</p> })}
        }
    });
    view! {
        <p role="status">{t!("paste-sum", cells = shown.changes.len(), rows = shown.rows_changed(), same = shown.same)}</p>
        {changes}
        {(more > 0).then(|| view! { <p>{t!("paste-more", count = more)}</p> })}
        {unknown}
        {left}
    }
    .into_any()
}

fn commands(of: Grid, change: &Change, reason: &str) -> Vec<Command> {
    let doc = change.doc;
    let edit = |edit: Edit| Command::Edit { doc, edit };
    let set = |field: &str, value: Value, seen: Vec<Value>| edit(Edit::Set { at: At::root(field), value, seen });
    match &change.write {
        Write::Set { field, value, seen } => vec![set(field, value.clone(), vec![seen.clone()])],
        Write::Members { first, field, put, take } => {
            let member = |code: &PartyCode, yes: bool| {
                let seen = if yes { vec![Value::Empty, Value::Bool(false)] } else { vec![Value::Bool(true)] };
                set(&format!("{field}:{code}"), Value::Bool(yes), seen)
            };
            let first = first.iter().map(|(field, value, seen)| set(field, value.clone(), vec![seen.clone()]));
            let put = put.iter().map(|code| member(code, true));
            first.chain(put).chain(take.iter().map(|code| member(code, false))).collect()
        }
        Write::Date { what, value } => {
            let Some(row) = of.row(doc) else { return Vec::new() };
            let standing = if *what == ClaimKind::Start { &row.wide.start_claims } else { &row.wide.end_claims };
            let (evidence, why) = (String::new(), String::new());
            vec![edit(Edit::Claim {
                id: clock::entity(),
                what: *what,
                value: value.clone(),
                as_of: None,
                evidence,
                reason: why,
                supersedes: standing.clone(),
            })]
        }
        Write::Status { to, .. } => {
            of.row(doc).and_then(|row| bulk::claim(of, &row, *to, reason)).into_iter().collect()
        }
        Write::Text { field, base, text } => splice::between(base, text)
            .map(|one| edit(Edit::Text { at: At::root(field), base: base.clone(), splices: vec![one] }))
            .into_iter()
            .collect(),
    }
}
