//! The grid named *Projects*: rows under what they have in common, each with a signal of its own.

use std::{collections::BTreeSet, sync::Arc};

use leptos::prelude::*;

use crate::{
    domain::{DocId, EntityId, PartyCode, When},
    engine::api::{PlanView, ProjectRow, Query},
    ui::{
        components::{
            empty::empty,
            icon::{icon, toned},
            marks::{status, who},
        },
        i18n::{format, t, tr},
        logic::{
            status::sync_word,
            table::{Column, Frame, Group, Key, Shown, groups},
        },
        state::{parties::use_parties, table::Line, views::use_view},
    },
};

use super::{
    OnePlan, View,
    cells::{Around, cell, class},
    grid::{self, Grid, PICK},
};

pub(super) fn table(plan: OnePlan, view: View, of: Grid) -> AnyView {
    let sibling = plan.live.part(|plan| plan.sibling);
    let own = body(plan.clone(), view, of, false);
    let other = move || {
        let doc = sibling.get().filter(|_| view.shown.with(|shown| shown.sibling))?;
        let live = use_view::<PlanView>(Query::Plan { doc });
        // Its table is there with its first view.
        Some(move || live.get(|_| ()).map(|()| body(OnePlan::of(doc, live), view, of, true)))
    };
    let chosen = move || of.columns.with(|columns| columns.as_slice() != Column::FIRST).then_some("");
    view! {
        {nothing_here(&plan, view)}
        {grid::help()}
        <div class="tablewrap print-wide" data-chosen=chosen>
            <table class="data projects" role="grid" id=grid::ID tabindex="0" aria-label=tr("projects")
                aria-multiselectable="true" aria-describedby="grid-help" data-chosen=chosen
                on:keydown=move |event| of.key(&event) on:focusin=move |event| of.entered(&event)
                on:focusout=move |event| of.left(&event) on:dblclick=move |event| of.double(&event)
                on:paste=move |event| of.paste(&event)>
                <thead role="rowgroup"><tr role="row" data-row="head">{heads(view, of)}</tr></thead>
                {own}
                {other}
            </table>
            {super::editing::editor(of)}
        </div>
    }
    .into_any()
}

fn heads(view: View, of: Grid) -> AnyView {
    let head = move |column: Column| {
        let sort = move || {
            view.shown.with(|shown| {
                if shown.by != column {
                    "none"
                } else if shown.down {
                    "descending"
                } else {
                    "ascending"
                }
            })
        };
        let click = move |_| {
            let mut shown = view.shown.get_untracked();
            shown.down = shown.by == column && !shown.down;
            shown.by = column;
            view.change.run(shown);
        };
        view! {
            <th role="columnheader" scope="col" class=class(column) aria-sort=sort data-col=column.word() tabindex="-1">
                <button type="button" class="sort" tabindex="-1" on:click=click>
                    {tr(&format!("column-{}", column.word()))}
                    {move || (sort() != "none").then(|| icon("down"))}
                </button>
            </th>
        }
        .into_any()
    };
    let all = Memo::new(move |_| {
        let (count, order) = (of.selection.with(|selection| selection.len()), of.order().len());
        (order > 0 && count == order, count > 0)
    });
    let pick = view! {
        <th role="columnheader" scope="col" class="c-pick" data-col=PICK tabindex="-1">
            <input type="checkbox" tabindex="-1" aria-label=tr("pick-all") prop:checked=move || all.get().0
                prop:indeterminate=move || all.get() == (false, true) on:click=move |_| of.pick_all() />
        </th>
    };
    let columns = move || of.columns.with(|columns| columns.iter().map(|column| head(*column)).collect_view());
    view! { {pick}{columns} }.into_any()
}

fn nothing_here(plan: &OnePlan, view: View) -> AnyView {
    let table = plan.table.clone();
    let matched = Memo::new(move |_| {
        table.read(|rows| (rows.len(), view.shown.with(|shown| rows.iter().filter(|row| shown.takes(row)).count())))
    });
    let filters = Memo::new(move |_| view.shown.with(Shown::filters));
    (move || {
        let (all, taken) = matched.get();
        let filters = filters.get();
        if all == 0 {
            return empty(tr("plan-empty"), tr("plan-empty-text"), ().into_any());
        }
        if taken == 0 && filters > 0 {
            let clear = move |_| view.change.run(view.shown.with_untracked(Shown::cleared));
            let act = view! { <button type="button" class="btn" on:click=clear>{tr("filters-clear")}</button> };
            return empty(tr("plan-no-match"), t!("plan-filters-set", count = filters), act.into_any());
        }
        ().into_any()
    })
    .into_any()
}

/// The rows of a plan by what they have in common. While somebody writes in a cell they stay where they are.
fn grouped(plan: &OnePlan, view: View, of: Grid) -> Memo<Vec<Group>> {
    let (table, areas, parties) = (plan.table.clone(), plan.areas, use_parties());
    let codes = Memo::new(move |_| {
        parties.with(|parties| parties.iter().map(|party| party.code.clone()).collect::<Vec<PartyCode>>())
    });
    let idle = Memo::new(move |_| of.editing.with(Option::is_none));
    Memo::new(move |before: Option<&Vec<Group>>| {
        if let (false, Some(before)) = (idle.get(), before) {
            return before.clone();
        }
        let ids: Vec<EntityId> = areas.with(|areas| areas.iter().map(|(id, _, _)| *id).collect());
        codes.with(|parties| {
            let frame = Frame { areas: &ids, parties };
            view.shown.with(|shown| table.read(|rows| groups(rows.iter().map(Arc::as_ref), frame, shown)))
        })
    })
}

fn body(plan: OnePlan, view: View, of: Grid, named: bool) -> AnyView {
    let shown = grouped(&plan, view, of);
    of.join(plan.clone(), shown);
    let order =
        Memo::new(move |_| shown.with(|groups| groups.iter().map(|group| group.key.clone()).collect::<Vec<_>>()));
    let folded = RwSignal::new(BTreeSet::<Key>::new());
    let title = plan.live.part(|plan| plan.card.title.clone());
    let across = move || of.columns.with(Vec::len) + 1;
    let name = named.then(|| {
        let row = format!("{}/", plan.doc);
        view! {
            <tbody role="rowgroup">
                <tr role="row" class="part" data-row=row>
                    <th role="rowheader" scope="rowgroup" colspan=across data-col="part" tabindex="-1">{title}</th>
                </tr>
            </tbody>
        }
        .into_any()
    });
    view! {
        {name}
        <For each=move || order.get() key=Clone::clone let:key>
            {one_group(plan.clone(), key, shown, folded, of)}
        </For>
    }
    .into_any()
}

/// What a group is called: its code, where it has one, and its name.
fn group_name(plan: &OnePlan, key: &Key) -> Memo<(String, String)> {
    let (areas, parties, key) = (plan.areas, use_parties(), key.clone());
    Memo::new(move |_| {
        let plain = |name: String| (String::new(), name);
        match &key {
            Key::Area(None) => plain(tr("area-none")),
            Key::Area(Some(area)) => areas.with(|areas| {
                let found = areas.iter().find(|(id, _, _)| id == area);
                found.map(|(_, code, title)| (code.clone(), title.clone())).unwrap_or_default()
            }),
            Key::Lead(Some(code)) => plain(parties.with(|parties| parties.name(code))),
            Key::Lead(None) => plain(tr("lead-none")),
            Key::Status(Some(status)) => plain(format::word("status", status.word())),
            Key::Status(None) => plain(tr("status-none")),
            Key::Year(Some(year)) => plain(year.to_string()),
            Key::Year(None) => plain(tr("year-none")),
            Key::Funding(Some(funding)) => plain(funding.clone()),
            Key::Funding(None) => plain(tr("funding-none")),
            Key::All => plain(String::new()),
        }
    })
}

// A row that comes, goes or moves leaves all others as they are painted; a long plan would not keep up otherwise.
fn one_group(plan: OnePlan, key: Key, shown: Memo<Vec<Group>>, folded: RwSignal<BTreeSet<Key>>, of: Grid) -> AnyView {
    let wanted = StoredValue::new(key.clone());
    let mine = move |groups: &[Group], read: &dyn Fn(&Group) -> usize| {
        wanted.with_value(|key| groups.iter().find(|group| group.key == *key).map_or(0, read))
    };
    let rows = Memo::new(move |_| {
        shown.with(|groups| {
            let group = wanted.with_value(|key| groups.iter().find(|group| group.key == *key));
            group.map(|group| of.drawn_of(group)).unwrap_or_default()
        })
    });
    let first = Memo::new(move |_| shown.with(|groups| mine(groups, &|group| group.first as usize)));
    let count = Memo::new(move |_| shown.with(|groups| mine(groups, &|group| group.rows.len())));
    let open = Memo::new(move |_| wanted.with_value(|key| folded.with(|folded| !folded.contains(key))));
    let id = format!("{}/{key:?}", plan.doc);
    let first_year = plan.live.peek(|plan| plan.card.from).unwrap_or_default();
    let (table, whole, areas, group) = (plan.table.clone(), plan.clone(), plan.areas, id.clone());
    let line = move |index: ReadSignal<usize>, doc: DocId| {
        let number = Signal::derive(move || u32::try_from(first.get() + index.get()).unwrap_or_default());
        let around = Around { number, first_year, areas };
        table.row(doc).map(|signal| row(format!("{group}/{doc}"), doc, signal.into(), around, open, of))
    };
    let across = move || of.columns.with(Vec::len) + 1;
    let empty_row = format!("{id}/none");
    let none = {
        let (whole, key) = (whole, key.clone());
        move || {
            (count.get() == 0).then(|| {
                let counted = match key {
                    Key::Area(area) => counted(&whole, area),
                    Key::Lead(_) | Key::Status(_) | Key::Year(_) | Key::Funding(_) | Key::All => {
                        tr("area-empty").into_any()
                    }
                };
                view! {
                    <tr role="row" class="none" data-row=empty_row.clone() hidden=move || !open.get()>
                        <td role="gridcell" colspan=across data-col="none" tabindex="-1">{counted}</td>
                    </tr>
                }
            })
        }
    };
    let head = (key != Key::All).then(|| {
        let content = group_head(&plan, &key, count, open, folded);
        view! {
            <tr role="row" class="group" data-row=id>
                <th role="rowheader" scope="rowgroup" colspan=across data-col="group" tabindex="-1">{content}</th>
            </tr>
        }
    });
    view! {
        <tbody role="rowgroup" data-plan=plan.doc.to_string()>
            {head}
            {none}
            <ForEnumerate each=move || rows.get() key=|doc| *doc children=line />
        </tbody>
    }
    .into_any()
}

fn group_head(
    plan: &OnePlan,
    key: &Key,
    count: Memo<usize>,
    open: Memo<bool>,
    folded: RwSignal<BTreeSet<Key>>,
) -> AnyView {
    let name = group_name(plan, key);
    let wanted = StoredValue::new(key.clone());
    let fold = move |_| {
        let key = wanted.get_value();
        folded.update(|folded| {
            if !folded.remove(&key) {
                folded.insert(key);
            }
        });
    };
    let sum = move || {
        let count = count.get();
        (count > 0).then(|| {
            view! { <span class="sum">{count}<span class="vh">" "{t!("group-sum", count = count)}</span></span> }
        })
    };
    let title = match key {
        Key::Lead(Some(code)) => who(code),
        Key::Status(Some(one)) => status(*one),
        Key::Lead(None) | Key::Status(None) | Key::Area(_) | Key::Year(_) | Key::Funding(_) | Key::All => {
            (move || name.with(|(_, title)| title.clone())).into_any()
        }
    };
    let code = match key {
        Key::Area(None) | Key::Lead(None) | Key::Status(None) | Key::Year(None) | Key::Funding(None) => {
            Some(view! { <span class="code">{toned("warn", "icon icon--warn")}</span> }.into_any())
        }
        Key::Area(Some(_)) => {
            Some(view! { <span class="code">{move || name.with(|(code, _)| code.clone())}</span> }.into_any())
        }
        Key::Lead(Some(_)) | Key::Status(Some(_)) | Key::Year(Some(_)) | Key::Funding(Some(_)) | Key::All => None,
    };
    view! {
        <span class="group-in">
            {code}
            <span>{title}</span>
            {sum}
            <button type="button" class="group-fold" tabindex="-1" aria-expanded=move || open.get().to_string()
                aria-label=move || t!("group-fold", title = name.with(|(_, title)| title.clone())) on:click=fold>
                {icon("down")}
            </button>
        </span>
    }
    .into_any()
}

// What a source counted for an area whose titles it does not give.
fn counted(plan: &OnePlan, area: Option<EntityId>) -> AnyView {
    let live = plan.live;
    (move || {
        let counted = live.get(|view| {
            let mine = |record: &&crate::domain::Record| record.read::<EntityId>("area") == area;
            let record = view.snapshot.collection("counts").iter().rfind(mine)?;
            let number = |field: &str| match record.fields.get(field).map(|held| &held.value) {
                Some(crate::domain::Value::Int(number)) => *number,
                _ => 0,
            };
            let as_of = record.read::<When>("as-of").map(format::date).unwrap_or_default();
            Some(t!(
                "area-counted",
                completed = number("completed"),
                planned = number("planned"),
                total = number("completed") + number("planned"),
                date = as_of
            ))
        });
        counted.flatten().unwrap_or_else(|| tr("area-empty"))
    })
    .into_any()
}

fn row(key: String, doc: DocId, row: RwSignal<Line>, around: Around, open: Memo<bool>, of: Grid) -> AnyView {
    let chosen = Memo::new(move |_| of.selection.with(|selection| selection.has(doc)));
    let name = move |row: &ProjectRow| t!("pick-row", title = row.title.clone());
    view! {
        <tr role="row" data-row=key data-record=doc.to_string() data-sync=move || row.with(|row| sync_word(row.mark))
            hidden=move || !open.get() aria-selected=move || chosen.get().to_string()>
            <td role="gridcell" class="c-pick" data-col=PICK tabindex="-1">
                <input type="checkbox" tabindex="-1" aria-label=move || row.with(|row| name(row))
                    prop:checked=move || chosen.get() on:click=move |event| of.pick(doc, &event) />
            </td>
            {move || of.columns.with(|columns| columns.iter().map(|column| cell(*column, row, around)).collect_view())}
        </tr>
    }
    .into_any()
}
