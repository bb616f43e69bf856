//! Indicators year by year: what was aimed at and what was reached, for the years of the plan and any other that is said.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;

use crate::{
    domain::{DocKind, EntityId, Record},
    engine::api::{Mark, ProjectView},
    ui::{
        components::field::{Field, Subject},
        i18n::{t, tr},
        state::views::Live,
    },
};

/// A plan of more years than this has none in sight.
const MOST: i16 = 20;

/// The years of a plan, and those for which an indicator has a value.
fn years(view: &ProjectView) -> Vec<i16> {
    let planned = view.years.filter(|(from, to)| to - from < MOST).map(|(from, to)| from..=to);
    let said = view.snapshot.collection("indicators").iter().flat_map(|record| record.fields.keys());
    let said = said.filter_map(|name| {
        let (base, year) = name.split_once(':')?;
        if base == "targets" || base == "actuals" { year.parse().ok() } else { None }
    });
    planned.into_iter().flatten().chain(said).collect::<BTreeSet<i16>>().into_iter().collect()
}

/// The table below the indicators.
pub(super) fn by_year(live: Live<ProjectView>, subject: Subject, marks: Signal<BTreeMap<EntityId, Mark>>) -> AnyView {
    let years = live.part(years);
    let records = live.part(|view| view.snapshot.collection("indicators").to_vec());
    let standing = Memo::new(move |_| {
        records.with(|records| {
            let standing = records.iter().filter(|record| record.withdrawn.is_none());
            standing.filter_map(|record| record.id).collect::<Vec<_>>()
        })
    });
    (move || {
        let years = years.get();
        if standing.with(Vec::is_empty) || years.is_empty() {
            return ().into_any();
        }
        let heads = years.iter().map(|year| view! { <th scope="col">{*year}</th> }.into_any()).collect_view();
        let rows = standing
            .get()
            .into_iter()
            .enumerate()
            .map(|(at, id)| indicator(at + 1, id, &years, Rows { records, subject, marks }))
            .collect_view();
        view! {
            <h3>{tr("by-year")}</h3>
            <div class="subtable by-year" tabindex="0" role="group" aria-label=tr("by-year-table")>
                <table class="data">
                    <thead>
                        <tr>
                            <th scope="col">{tr("field-title")}</th>
                            <th scope="col"><span class="vh">{tr("by-year-which")}</span></th>
                            {heads}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    })
    .into_any()
}

/// What the rows of all indicators share.
#[derive(Clone, Copy)]
struct Rows {
    records: Signal<Vec<Record>>,
    subject: Subject,
    marks: Signal<BTreeMap<EntityId, Mark>>,
}

fn indicator(number: usize, id: EntityId, years: &[i16], rows: Rows) -> AnyView {
    let Rows { records, subject, marks } = rows;
    let mark = Memo::new(move |_| marks.with(|marks| marks.get(&id).copied()).unwrap_or(Mark::Hub));
    let record = Memo::new(move |_| {
        records.with(|records| records.iter().find(|record| record.id == Some(id)).cloned().unwrap_or_default())
    });
    let own = Subject {
        doc: subject.doc,
        kind: DocKind::Project,
        entity: Some(("indicators", id)),
        record: record.into(),
        may_write: subject.may_write,
        mark: mark.into(),
    };
    let title = move || {
        let title = record.with(|record| record.line("title").to_owned());
        if title.is_empty() { t!("by-year-indicator", row = number) } else { title }
    };
    let row = |name: &'static str, label: &str| {
        let cells = years
            .iter()
            .map(|year| {
                let label = t!("by-year-cell", row = number, field = tr(label), year = *year);
                view! { <td>{Field::new(own, name).of_year(*year).named(label).bare().view()}</td> }.into_any()
            })
            .collect_view();
        view! { <th scope="row">{tr(label)}</th>{cells} }
    };
    view! {
        <tr><th scope="rowgroup" rowspan="2">{title}</th>{row("targets", "field-target")}</tr>
        <tr>{row("actuals", "field-actual")}</tr>
    }
    .into_any()
}
