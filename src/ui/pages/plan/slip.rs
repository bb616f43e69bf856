//! How one version of a plan differs from another: in totals by area and by lead, and project by project.

use leptos::prelude::*;

use crate::{
    domain::{
        EntityId,
        baseline::{Changed, Field, Line, Totals, by, compare},
    },
    ui::{
        components::marks::status,
        i18n::{format, t, tr},
        state::parties::use_parties,
    },
};

/// What differs between two versions.
pub(super) fn difference(before: &[Line], after: &[Line], areas: Signal<Vec<(EntityId, String, String)>>) -> AnyView {
    let parties = use_parties();
    let difference = compare(before, after);
    if difference == Default::default() {
        return view! { <p>{tr("slip-same")}</p> }.into_any();
    }
    let named = |area: &Option<EntityId>| {
        let known = areas.with(|areas| areas.iter().find(|(id, ..)| Some(*id) == *area).cloned());
        known.map_or_else(|| tr("area-none"), |(_, code, title)| format!("{code} {title}"))
    };
    let by_area = by(before, after, |line| vec![line.area]);
    let by_area = by_area.iter().map(|(area, totals)| (named(area), *totals)).collect();
    let by_lead = by(before, after, |line| line.leads.clone());
    let by_lead = by_lead.iter().map(|(lead, totals)| (parties.with(|all| all.name(lead)), *totals)).collect();
    let leads =
        |line: &Line| line.leads.iter().map(|code| parties.with(|all| all.name(code))).collect::<Vec<_>>().join(", ");
    let lines = |key: &str, lines: &[Line]| {
        let items = lines.iter().map(|line| view! { <li>{link(line)}</li> }.into_any()).collect_view();
        (!lines.is_empty())
            .then(|| view! { <h3>{t!(key, count = lines.len())}</h3><ul class="differences">{items}</ul> }.into_any())
    };
    let changed = difference.changed.iter().map(|pair| change(pair, &|line| named(&line.area), &leads)).collect_view();
    let any = !difference.changed.is_empty();
    view! {
        {totals("slip-by-area", "filter-area", by_area)}
        {totals("slip-by-lead", "filter-lead", by_lead)}
        {lines("slip-added", &difference.added)}
        {lines("slip-removed", &difference.removed)}
        {any.then(|| {
            view! {
                <h3>{t!("slip-changed", count = difference.changed.len())}</h3>
                <ul class="differences">{changed}</ul>
            }
        })}
    }
    .into_any()
}

fn link(line: &Line) -> AnyView {
    let title = if line.title.is_empty() { tr("untitled") } else { line.title.clone() };
    view! { <a href=format!("/projects/{}", line.doc)>{title}</a> }.into_any()
}

fn totals(name: &str, first: &str, rows: Vec<(String, Totals)>) -> AnyView {
    let heads = ["slip-before", "slip-after", "slip-n-added", "slip-n-removed", "slip-n-changed", "slip-n-moved"];
    let heads = heads
        .into_iter()
        .map(|key| view! { <th role="columnheader" scope="col" class="num">{tr(key)}</th> }.into_any())
        .collect_view();
    let rows = rows
        .into_iter()
        .map(|(name, t)| {
            let cells = [t.before, t.after, t.added, t.removed, t.changed, t.moved]
                .into_iter()
                .map(|n| view! { <td role="cell" class="num">{n}</td> }.into_any())
                .collect_view();
            view! { <tr role="row"><th role="rowheader" scope="row">{name}</th>{cells}</tr> }.into_any()
        })
        .collect_view();
    view! {
        <div class="tablewrap">
            <table class="data versions" role="table" aria-label=tr(name)>
                <thead role="rowgroup">
                    <tr role="row"><th role="columnheader" scope="col">{tr(first)}</th>{heads}</tr>
                </thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// A project that says something else: each field with its old value struck through.
fn change(pair: &Changed, area: &dyn Fn(&Line) -> String, leads: &dyn Fn(&Line) -> String) -> AnyView {
    let text = |line: &Line, field: Field| match field {
        Field::Title => line.title.clone().into_any(),
        Field::Leads => leads(line).into_any(),
        Field::Area => area(line).into_any(),
        Field::Start => line.start.map_or_else(|| tr("not-set"), format::short).into_any(),
        Field::End => line.end.map_or_else(|| tr("not-set"), format::short).into_any(),
        Field::Status => line.status.map_or_else(|| tr("not-set").into_any(), status),
    };
    let fields = pair
        .fields()
        .into_iter()
        .map(|field| {
            let key = match field {
                Field::Title => "field-title",
                Field::Leads => "field-lead",
                Field::Area => "filter-area",
                Field::Start => "field-start",
                Field::End => "field-end",
                Field::Status => "field-status",
            };
            view! {
                <li>{tr(key)}" "<del>{text(&pair.before, field)}</del>" "<ins>{text(&pair.after, field)}</ins></li>
            }
            .into_any()
        })
        .collect_view();
    let moved = pair.moved().map(|way| tr(if way.is_gt() { "slip-later" } else { "slip-earlier" }));
    view! {
        <li>
            {link(&pair.after)}
            {moved.map(|moved| view! { " "<span class="chip">{moved}</span> })}
            <ul>{fields}</ul>
        </li>
    }
    .into_any()
}
