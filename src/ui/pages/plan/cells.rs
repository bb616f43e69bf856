//! What the cells of the table show.

use leptos::prelude::*;

use crate::{
    engine::api::{Brief, ProjectRow},
    ui::{
        components::{
            icon::icon,
            marks::{Form, date_or_blank, nothing, party, provisional, status, sync_mark, who},
        },
        i18n::{
            format::{self, word},
            t, tr,
        },
        logic::{
            table::Column,
            when::{Dates, bars, last_quarter, quarter_index},
        },
        state::table::Line,
    },
};

/// What a row is drawn with beside itself.
#[derive(Clone, Copy)]
pub(super) struct Around {
    /// Its number in the table.
    pub number: Signal<u32>,
    /// The plan's first year.
    pub first_year: i16,
    /// The plan's areas: entity, code, title.
    pub areas: Signal<Vec<(crate::domain::EntityId, String, String)>>,
}

/// The class of a column's cells.
pub(super) fn class(column: Column) -> &'static str {
    match column {
        Column::Number => "no c-no",
        Column::Reference => "c-reference",
        Column::Area => "c-area",
        Column::Title => "c-title",
        Column::Kind => "c-kind",
        Column::Objective => "c-objective",
        Column::Outputs => "c-outputs",
        Column::Indicators => "num c-indicators",
        Column::Time => "c-time",
        Column::Start => "c-start",
        Column::End => "c-end",
        Column::Lead => "c-lead",
        Column::Agency => "c-agency",
        Column::Partners => "c-partners",
        Column::Funding => "c-funding",
        Column::Status => "c-status",
        Column::Remarks => "c-remarks",
        Column::Note => "c-note",
        Column::Confirmed => "c-conf",
        Column::Sync => "c-sync",
    }
}

/// One cell.
pub(super) fn cell(column: Column, row: RwSignal<Line>, around: Around) -> AnyView {
    let content = content(column, row, around);
    let (class, name) = (class(column), column.word());
    if column == Column::Title {
        view! { <th role="rowheader" scope="row" class=class data-col=name tabindex="-1">{content}</th> }.into_any()
    } else {
        view! { <td role="gridcell" class=class data-col=name tabindex="-1">{content}</td> }.into_any()
    }
}

fn content(column: Column, row: RwSignal<Line>, around: Around) -> AnyView {
    let of = move |part: fn(&ProjectRow) -> AnyView| (move || row.with(|row| part(row))).into_any();
    match column {
        Column::Number => (move || row.with(|row| number(row, around.number.get()))).into_any(),
        Column::Reference => of(|row| words(row.reference.as_deref().unwrap_or_default(), "reference-none")),
        Column::Area => (move || {
            let area = row.with(|row| row.area);
            let known = around.areas.with(|areas| areas.iter().find(|(id, _, _)| Some(*id) == area).cloned());
            match known {
                Some((_, code, title)) if code.is_empty() => title.into_any(),
                Some((_, code, title)) => view! { <span title=title>{code}</span> }.into_any(),
                None => nothing("area-none"),
            }
        })
        .into_any(),
        Column::Title => of(title),
        Column::Kind => of(|row| match row.kind {
            Some(kind) => word("project-kind", kind.word()).into_any(),
            None => nothing("not-set"),
        }),
        Column::Objective => of(|row| brief(&row.wide.objective)),
        Column::Outputs => of(|row| brief(&row.wide.outputs)),
        Column::Indicators => of(|row| match row.wide.indicators {
            0 => nothing("none"),
            count => count.into_any(),
        }),
        Column::Time => (move || row.with(|row| time(row, around.first_year))).into_any(),
        Column::Start => of(|row| date_or_blank(row.current.0, "no-dates")),
        Column::End => of(|row| date_or_blank(row.current.1, "no-dates")),
        Column::Lead => of(leads),
        Column::Agency => of(|row| words(&row.wide.agency, "not-reported")),
        Column::Partners => of(|row| {
            if row.wide.partners.is_empty() {
                return nothing("none");
            }
            row.wide.partners.iter().map(|code| view! { {party(code)}" " }.into_any()).collect_view().into_any()
        }),
        Column::Funding => of(|row| words(&row.wide.funding, "not-reported")),
        Column::Status => of(standing),
        Column::Remarks => of(|row| words(&row.remarks, "none")),
        Column::Note => of(|row| brief(&Brief::of(&row.note))),
        Column::Confirmed => of(|row| date_or_blank(row.confirmed, "never")),
        Column::Sync => sync_mark(Signal::derive(move || row.with(|row| row.mark)), Form::Short),
    }
}

fn words(text: &str, blank: &str) -> AnyView {
    if text.is_empty() { nothing(blank) } else { text.to_owned().into_any() }
}

fn brief(brief: &Brief) -> AnyView {
    words(&brief.shown(), "not-reported")
}

fn number(row: &ProjectRow, number: u32) -> AnyView {
    match &row.reference {
        Some(reference) => view! { <span title=reference.clone()>{number}</span> }.into_any(),
        // A number is temporary until the Secretariat assigns one; what is in the plan keeps its place in the list.
        None => view! { <span title=tr("reference-none")>{number}</span> }.into_any(),
    }
}

fn title(row: &ProjectRow) -> AnyView {
    let title = if row.title.is_empty() { tr("untitled") } else { row.title.clone() };
    let second = if row.carried_from.is_some() {
        Some(tr("carried-over-row"))
    } else {
        row.kind
            .filter(|kind| *kind != crate::domain::project::ProjectKind::Project)
            .map(|kind| word("project-kind", kind.word()))
    };
    view! {
        <a href=format!("/projects/{}", row.doc) tabindex="-1">{title}</a>
        {second.map(|second| view! { <span class="second">{second}</span> })}
    }
    .into_any()
}

// The lead with its name; who leads beside it, by code.
fn leads(row: &ProjectRow) -> AnyView {
    let Some((first, others)) = row.leads.split_first() else { return nothing("nobody") };
    let beside = (!others.is_empty()).then(|| {
        let codes = others.iter().map(|code| view! { " "{party(code)} }.into_any()).collect_view();
        view! { <span class="second co-leads">{tr("co-leads-with")}{codes}</span> }
    });
    view! { {who(first)}{beside} }.into_any()
}

fn time(row: &ProjectRow, first_year: i16) -> AnyView {
    let actual = format::span(row.actual.0, row.actual.1);
    let current = format::span(row.current.0, row.current.1);
    let text = match (actual.is_empty(), current.is_empty()) {
        (false, _) => t!("time-actual", span = actual),
        (true, false) => current,
        (true, true) => {
            let line = row.carried_from.map(|_| spark(row, first_year));
            return view! { <span class="blank">{tr("no-dates")}</span>{line} }.into_any();
        }
    };
    let first = row.planned.1.or(row.planned.0);
    let now = row.actual.1.or(row.actual.0).or(row.current.1).or(row.current.0);
    let slip = match (first, now) {
        (Some(first), Some(now)) => quarter_index(now).saturating_sub(last_quarter(first)).max(0),
        _ => 0,
    };
    view! {
        <span>{text}</span>
        {(slip > 0).then(|| view! { " "<span class="slip">{t!("slip", count = slip)}</span> })}
        {spark(row, first_year)}
    }
    .into_any()
}

/// How many quarters a plan has.
const QUARTERS: u8 = 20;

// The same dates as a line, for the eye: the words beside it say all of it.
fn spark(row: &ProjectRow, first_year: i16) -> AnyView {
    let dates = Dates { planned: row.planned, current: row.current, actual: row.actual };
    let bars = bars(dates, first_year, QUARTERS)
        .into_iter()
        .map(|bar| {
            let (from, to) = (format!("{:.2}", bar.from), format!("{:.2}", bar.to));
            let at = from.clone();
            view! { <i data-k=bar.kind style=("--from", from) style=("--to", to) style=("--at", at)></i> }.into_any()
        })
        .collect_view();
    let carried = row.carried_from.map(|_| view! { <i data-k="carry"></i> });
    view! { <span class="spark" aria-hidden="true">{carried}{bars}</span> }.into_any()
}

fn standing(row: &ProjectRow) -> AnyView {
    let shown = row.shown().map(status);
    let waits = row.published.is_some_and(|published| published.provisional);
    let two = (row.claimed.len() > 1).then(|| {
        view! {
            <a class="alert" href=format!("/projects/{}#status", row.doc) tabindex="-1">
                {icon("claims")}
                {t!("claims-count", count = row.claimed.len())}
            </a>
        }
    });
    // What the lead claims stands beside what is published, until somebody entitled brings the two together.
    let claimed = match (row.published, row.claimed.as_slice()) {
        (Some(published), [one]) if published.state != *one => {
            Some(view! { <span class="claimed">{tr("cell-claimed")}" "{status(*one)}</span> })
        }
        (Some(_) | None, _) => None,
    };
    view! { {shown}{provisional(waits)}{claimed}{two} }.into_any()
}
