//! Bars with their numbers: one table for each way of counting, its bars drawn in a column of their own.

use leptos::prelude::*;

use crate::{
    domain::{
        EntityId, baseline,
        tally::{self, Class, Count, Split, Stand},
    },
    ui::{
        components::marks::status,
        i18n::{format::word, t, tr},
        logic::table::{Area, Shown},
        pages::plan::OnePlan,
        state::parties::use_parties,
    },
};

use super::Numbers;

/// A row of a table: its name, how many, how many were adopted where that is known, and how its rows are told from the others.
struct Line {
    name: String,
    split: Split,
    adopted: Option<usize>,
    count: Option<Count>,
    narrow: Box<dyn Fn(&mut Shown)>,
}

/// The projects as they were adopted, where that was frozen.
type Frozen = Signal<Option<Vec<baseline::Line>>>;

/// How many of them fit.
fn adopted(frozen: Frozen, fits: impl Fn(&baseline::Line) -> bool) -> Option<usize> {
    frozen.with(|lines| lines.as_ref().map(|lines| lines.iter().filter(|line| fits(line)).count()))
}

/// All of them.
pub(super) fn all(plan: &OnePlan, numbers: Numbers) -> AnyView {
    let frozen: Frozen = plan.live.part(|view| view.adopted.clone());
    view! {
        {by_status(numbers)}
        {legend()}
        {by_area(plan.areas, frozen, numbers)}
        {by_lead(frozen, numbers)}
        {by_year(numbers)}
        {by_funding(numbers)}
    }
    .into_any()
}

fn section(id: &'static str, title: &'static str, note: Option<String>, body: AnyView) -> AnyView {
    view! {
        <section class="section" aria-labelledby=id>
            <div class="section-head"><h2 id=id>{tr(title)}</h2>{note.map(|note| view! { <p>{note}</p> })}</div>
            {body}
        </section>
    }
    .into_any()
}

fn head(key: &str) -> AnyView {
    view! { <th role="columnheader" scope="col" class="num">{tr(key)}</th> }.into_any()
}

fn cell(inside: AnyView) -> AnyView {
    view! { <td role="cell" class="num">{inside}</td> }.into_any()
}

fn percent(rate: Option<u32>) -> String {
    rate.map_or_else(|| tr("dash"), |rate| t!("tally-percent", rate = rate))
}

/// A table with a bar for each status, also of what is not in the plan.
fn by_status(numbers: Numbers) -> AnyView {
    let rows = move || {
        let tally = numbers.tally.get();
        let total = tally.by_stand.values().sum::<u32>();
        let most = tally.by_stand.values().copied().max().unwrap_or(1);
        let row = |(stand, number): (&Stand, &u32)| {
            // As the same projects are drawn in the other bars.
            let class = tally::class_of(*stand).map_or("out", Class::word);
            let (mark, name) = match stand {
                Stand::Is(one) => (status(*one), word("status", one.word())),
                Stand::Unsettled => (tr("tally-unsettled").into_any(), tr("tally-unsettled")),
                Stand::Unsaid => (tr("tally-unsaid").into_any(), tr("tally-unsaid")),
            };
            let rate = percent((total > 0).then(|| (number * 200 + total) / (total * 2)));
            let bar = view! {
                <span class="tbar" aria-hidden="true" style=("--most", most.to_string())>
                    <i data-c=class style=("--n", number.to_string())></i>
                </span>
            };
            view! {
                <tr role="row">
                    <th role="rowheader" scope="row">{mark}</th>
                    <td role="cell" class="c-bar">{bar}</td>
                    {cell(numbers.link(*number, &name, vec![Count::Stand(*stand)], |_| {}))}
                    {cell(rate.into_any())}
                </tr>
            }
            .into_any()
        };
        tally.by_stand.iter().map(row).collect_view()
    };
    let body = view! {
        <div class="tablewrap">
            <table class="data tally-table" role="table" aria-label=tr("tally-by-status")>
                <thead role="rowgroup">
                    <tr role="row">
                        <th role="columnheader" scope="col">{tr("column-status")}</th>
                        <th role="columnheader" scope="col" class="c-bar"><span class="vh">{tr("tally-bar")}</span></th>
                        {head("tally-projects")}
                        {head("tally-share")}
                    </tr>
                </thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        </div>
    };
    section("h-by-status", "tally-by-status", Some(tr("tally-by-status-note")), body.into_any())
}

const fn class_key(class: Class) -> &'static str {
    match class {
        Class::Completed => "tally-completed",
        Class::Ongoing => "tally-ongoing",
        Class::Ahead => "tally-ahead",
        Class::Ended => "tally-ended",
        Class::Unsettled => "tally-unsettled",
    }
}

fn bar(split: Split, most: u32) -> AnyView {
    let parts = Class::ALL
        .into_iter()
        .filter(|class| split.of(*class) > 0)
        .map(|class| view! { <i data-c=class.word() style=("--n", split.of(class).to_string())></i> }.into_any())
        .collect_view();
    view! { <span class="tbar" aria-hidden="true" style=("--most", most.to_string())>{parts}</span> }.into_any()
}

/// A table of lines with their bars, split by class.
fn split_table(
    label: &'static str,
    first: &'static str,
    numbers: Numbers,
    lines: impl Fn() -> Vec<Line> + Send + 'static,
) -> AnyView {
    let rows = move || {
        let lines = lines();
        let most = lines.iter().map(|line| line.split.total()).max().unwrap_or(1).max(1);
        let row = |line: Line| {
            let Line { name, split, adopted, count, narrow } = line;
            let adopted =
                adopted.map(|count| view! { <span class="second">{t!("tally-as-adopted", count = count)}</span> });
            let link = |number: u32, key: &str, class: Option<Class>| {
                let mut counts: Vec<Count> = count.iter().cloned().collect();
                counts.push(class.map_or(Count::All, Count::Of));
                cell(numbers.link(number, &format!("{name}, {}", tr(key)), counts, &narrow))
            };
            let classes = Class::ALL.map(|class| link(split.of(class), class_key(class), Some(class)));
            view! {
                <tr role="row">
                    <th role="rowheader" scope="row">{name.clone()}{adopted}</th>
                    <td role="cell" class="c-bar">{bar(split, most)}</td>
                    {link(split.total(), "tally-projects", None)}
                    {cell(percent(split.rate(Class::Completed)).into_any())}
                    {classes.into_iter().collect_view()}
                </tr>
            }
            .into_any()
        };
        lines.into_iter().map(row).collect_view()
    };
    view! {
        <div class="tablewrap">
            <table class="data tally-table tally-table--split" role="table" aria-label=tr(label)>
                <thead role="rowgroup">
                    <tr role="row">
                        <th role="columnheader" scope="col">{tr(first)}</th>
                        <th role="columnheader" scope="col" class="c-bar"><span class="vh">{tr("tally-bar")}</span></th>
                        {head("tally-projects")}
                        {head("tally-completed-rate")}
                        {Class::ALL.map(|class| head(class_key(class))).into_iter().collect_view()}
                    </tr>
                </thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn legend() -> AnyView {
    let one = |class: Class| {
        view! {
            <li><span class="tbar tbar--key" aria-hidden="true"><i data-c=class.word()></i></span>{tr(class_key(class))}</li>
        }
        .into_any()
    };
    view! { <ul class="legend tally-legend" aria-hidden="true">{Class::ALL.map(one).into_iter().collect_view()}</ul> }
        .into_any()
}

fn by_area(areas: Signal<Vec<(EntityId, String, String)>>, frozen: Frozen, numbers: Numbers) -> AnyView {
    let lines = move || {
        let mut found = numbers.tally.get().by_area;
        let none = found.remove(&None);
        let mut lines = Vec::new();
        let mut put = |name: String, split: Split, area: Area| {
            let narrow = Box::new(move |shown: &mut Shown| shown.area = Some(area));
            let id = match area {
                Area::Of(id) => Some(id),
                Area::None => None,
            };
            let lead = numbers.lead();
            let fits =
                |line: &baseline::Line| line.area == id && lead.as_ref().is_none_or(|lead| line.leads.contains(lead));
            lines.push(Line { name, split, adopted: adopted(frozen, fits), count: None, narrow });
        };
        for (id, code, title) in areas.get() {
            let name = format!("{code} {title}").trim().to_owned();
            put(name, found.remove(&Some(id)).unwrap_or_default(), Area::Of(id));
        }
        for (area, split) in found {
            if let Some(area) = area {
                put(tr("tally-area-gone"), split, Area::Of(area));
            }
        }
        if let Some(split) = none {
            put(tr("area-none"), split, Area::None);
        }
        lines
    };
    section("h-by-area", "tally-by-area", None, split_table("tally-by-area", "filter-area", numbers, lines))
}

fn by_lead(frozen: Frozen, numbers: Numbers) -> AnyView {
    let parties = use_parties();
    let lines = move || {
        let mut found = numbers.tally.get().by_lead;
        let nobody = found.remove(&None);
        let mut known: Vec<_> = found.into_iter().filter_map(|(lead, split)| Some((lead?, split))).collect();
        let order = parties.with(|all| all.iter().map(|party| party.code.clone()).collect::<Vec<_>>());
        known.sort_by_key(|(lead, _)| order.iter().position(|code| code == lead).unwrap_or(usize::MAX));
        let mut lines: Vec<Line> = known
            .into_iter()
            .map(|(lead, split)| {
                let name = parties.with(|all| all.name(&lead));
                let adopted = adopted(frozen, |line| line.leads.contains(&lead));
                let narrow = Box::new(move |shown: &mut Shown| shown.lead = Some(lead.clone()));
                Line { name, split, adopted, count: None, narrow }
            })
            .collect();
        if let Some(split) = nobody {
            let (count, narrow) = (Some(Count::NoLead), Box::new(|_: &mut Shown| {}));
            lines.push(Line { name: tr("nobody"), split, adopted: None, count, narrow });
        }
        lines
    };
    // Of one country there is nothing to divide.
    (move || {
        numbers.lead().is_none().then(|| {
            let note = t!("tally-shared", count = numbers.tally.with(|tally| tally.shared));
            let table = split_table("tally-by-lead", "filter-lead", numbers, lines);
            section("h-by-lead", "tally-by-lead", Some(note), table)
        })
    })
    .into_any()
}

fn by_year(numbers: Numbers) -> AnyView {
    let lines = move || {
        let mut found = numbers.tally.get().by_year;
        let none = found.remove_entry(&None);
        let line = |(year, split): (Option<i16>, Split)| {
            let name = year.map_or_else(|| tr("no-dates"), |year| year.to_string());
            Line { name, split, adopted: None, count: Some(Count::Year(year)), narrow: Box::new(|_| {}) }
        };
        found.into_iter().chain(none).map(line).collect()
    };
    let table = split_table("tally-by-year", "tally-year", numbers, lines);
    section("h-by-year", "tally-by-year", Some(tr("tally-by-year-note")), table)
}

fn by_funding(numbers: Numbers) -> AnyView {
    let lines = move || {
        let mut found = numbers.tally.get().by_funding;
        let none = found.remove_entry(&None);
        let line = |(source, split): (Option<String>, Split)| {
            let name = source.clone().unwrap_or_else(|| tr("tally-no-funding"));
            Line { name, split, adopted: None, count: Some(Count::Funding(source)), narrow: Box::new(|_| {}) }
        };
        found.into_iter().chain(none).map(line).collect()
    };
    section("h-by-funding", "tally-by-funding", None, split_table("tally-by-funding", "tally-funding", numbers, lines))
}
