//! One work plan: what it is, and its projects as a table.

mod about;
mod bulk;
mod cells;
mod clip;
mod closing;
mod columns;
mod editing;
mod fate;
mod filters;
mod grid;
mod keys;
mod life;
mod new_project;
mod next_plan;
mod only;
mod overview;
mod pen;
mod reserved;
mod rows;
mod slip;
mod step;
mod tabs;
mod timeline;
mod versions;

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

use crate::{
    domain::{DocId, EntityId, Framework, plan::PlanState},
    engine::api::{Mark, PlanView, Query},
    ui::{
        components::{
            drafts::drafts,
            empty::gate,
            head::Head,
            icon::icon,
            marks::{provisional, status},
            newer::{is_newer, newer},
            undo::undo,
        },
        i18n::{
            format::{date, word},
            t, tr,
        },
        logic::{table::Shown, timeline::Look},
        platform::clock,
        state::{
            link,
            table::Table,
            views::{Live, use_view},
        },
    },
};

use super::for_document;
use tabs::Tab;

/// The page.
#[component]
pub fn Plan() -> impl IntoView {
    for_document(|doc| {
        let live = use_view::<PlanView>(Query::Plan { doc });
        gate(live.phase(), move || page(doc, live))
    })
}

/// One plan of the table: this page's, or its sibling of the other framework.
#[derive(Clone)]
struct OnePlan {
    doc: DocId,
    live: Live<PlanView>,
    table: Table,
    areas: Signal<Vec<(EntityId, String, String)>>,
}

impl OnePlan {
    fn of(doc: DocId, live: Live<PlanView>) -> Self {
        let areas = live.part(|view| {
            view.snapshot
                .collection("areas")
                .iter()
                .filter(|area| area.withdrawn.is_none())
                .filter_map(|area| Some((area.id?, area.line("code").to_owned(), area.line("title").to_owned())))
                .collect::<Vec<_>>()
        });
        Self { doc, live, table: link::table(&Query::Plan { doc }).unwrap_or_default(), areas }
    }
}

/// What of the table is shown, kept in the address so that it can be handed on and gone back to.
#[derive(Clone, Copy)]
struct View {
    doc: DocId,
    shown: Signal<Shown>,
    look: Signal<Look>,
    change: Callback<Shown>,
}

impl View {
    /// The address of a view of this plan.
    fn address(self, tab: Tab, shown: &Shown) -> String {
        self.address_as(tab, shown, self.look.get())
    }

    /// The same, looked at otherwise.
    fn address_as(self, tab: Tab, shown: &Shown, look: Look) -> String {
        format!("/plans/{}{}", self.doc, tab.query(shown, look))
    }
}

fn use_address(doc: DocId) -> View {
    let query = use_query_map();
    let shown = Memo::new(move |_| query.with(|query| Shown::read(|name| query.get(name), clock::today())));
    let look = Memo::new(move |_| query.with(|query| Look::read(|name| query.get(name))));
    let (navigate, tab) = (use_navigate(), tabs::current());
    let change = Callback::new(move |shown: Shown| {
        let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
        navigate(&format!("/plans/{doc}{}", tab.get_untracked().query(&shown, look.get_untracked())), options);
    });
    View { doc, shown: shown.into(), look: look.into(), change }
}

fn page(doc: DocId, live: Live<PlanView>) -> AnyView {
    let view = use_address(doc);
    let plan = OnePlan::of(doc, live);
    let proposing = RwSignal::new(false);
    let tab = tabs::current();
    let open = closing::open(plan.table.clone());
    let content = move || match tab.get() {
        Tab::Table => {
            let of = grid::Grid::new();
            let tools = view! { {columns::button(of)}{clip::button(of)} }.into_any();
            view! {
                {drafts(live.part(|view| view.drafts.clone()))}
                {filters::filters(&plan, view, Some(tools))}
                {only::only(view)}
                {planbar(&plan)}
                <div class="stack">
                    <div>{rows::table(plan.clone(), view, of)}{bulk::bar(of)}{legend()}</div>
                    {about::about(doc, live)}
                </div>
                {bulk::asked(of)}
                {clip::pasted(of)}
            }
            .into_any()
        }
        Tab::Timeline => timeline::tab(&plan, view),
        Tab::Overview => overview::tab(&plan, view),
        Tab::Life => life::tab(doc, &plan),
        Tab::Closing => closing::tab(doc, &plan),
    };
    view! {
        {head(doc, live, proposing)}
        {newer(live.part(|view| is_newer(&view.snapshot)))}
        {new_project::new_project(doc, live, proposing)}
        {tabs::bar(tab, view, open)}
        {tabs::panel(tab, content.into_any())}
    }
    .into_any()
}

fn head(doc: DocId, live: Live<PlanView>, proposing: RwSignal<bool>) -> AnyView {
    let mark = live.part_or(Mark::Hub, |view| view.card.mark);
    let state = live.part(|view| Some((view.card.state.state, view.card.state.provisional)));
    let facts = live.part(|view| {
        let card = &view.card;
        Some((card.adopted, card.frozen_total.or(card.published_total), card.framework, (card.counted, card.here)))
    });
    let facts = (move || {
        facts.get().map(|(adopted, total, framework, (counted, here))| {
            let adopted = adopted.map(|when| view! { <span>{t!("plan-adopted-on", date = date(when))}</span> });
            let total = total.map(|total| {
                let key = match framework {
                    Framework::Accsm => "plan-as-adopted-projects",
                    Framework::AccsmPlus3 => "plan-as-adopted-activities",
                };
                view! { <span>{t!(key, total = total)}</span> }
            });
            let today = view! { <span>{t!("plan-today", count = counted)}</span> };
            view! { {adopted}{total}{today}<span>{t!("plan-here", here = here)}</span> }
        })
    })
    .into_any();
    let beside = (move || {
        state.get().map(|(state, waits)| {
            let running = matches!(state, PlanState::InForce | PlanState::MidTermReviewed);
            view! {
                <span class="chip" data-tone=running.then_some("accent")>
                    {icon(if running { "st-ongoing" } else { "st-planned" })}
                    {word("plan-state", state.word())}
                </span>
                {provisional(waits)}
            }
        })
    })
    .into_any();
    let may_propose = live.part(|view| view.may_propose || view.may_draft);
    let acts = view! {
        {undo(doc)}
        {super::plans::print_button()}
        {move || {
            may_propose
                .get()
                .then(|| {
                    view! {
                        <button type="button" class="btn btn--main" on:click=move |_| proposing.set(true)>
                            {icon("plus")}
                            {tr("project-new")}
                        </button>
                    }
                })
        }}
    };
    Head::new("plan", live.part(|view| view.card.title.clone()))
        .crumb("/plans", Signal::stored(tr("plans-title")))
        .here(live.part(|view| t!("period", from = view.card.from, to = view.card.to)))
        .beside(beside)
        .facts(facts)
        .acts(acts.into_any())
        .record(doc.to_string(), mark)
        .view()
}

/// How many projects have which status, and whether something is to be decided.
fn planbar(plan: &OnePlan) -> AnyView {
    let table = plan.table.clone();
    let counts = Memo::new(move |_| {
        table.read(|rows| {
            let mut counts = std::collections::BTreeMap::new();
            let mut two = Vec::new();
            for row in rows {
                if let Some(status) = row.shown() {
                    *counts.entry(status).or_insert(0_u32) += 1;
                }
                if row.claimed.len() > 1 {
                    two.push(row.doc);
                }
            }
            (counts, two)
        })
    });
    (move || {
        let (counts, two) = counts.get();
        let statuses = counts
            .into_iter()
            .map(|(one, count)| view! { <li>{status(one)}" "<b>{count}</b></li> }.into_any())
            .collect_view();
        let alert = two.first().map(|doc| {
            view! {
                <a class="alert" href=format!("/projects/{doc}#status")>
                    {icon("claims")}
                    {t!("plan-two-claims", count = two.len())}
                </a>
            }
        });
        view! {
            <div class="planbar">
                <ul class="tally" aria-label=tr("plan-by-status")>{statuses}</ul>
                {alert}
            </div>
        }
    })
    .into_any()
}

fn legend() -> AnyView {
    let mark = |word: &'static str, key: &'static str| {
        view! { <span class="syncmark" data-sync=word>{icon(word)}{tr(key)}</span> }.into_any()
    };
    view! {
        <p class="legend">
            {mark("device", "mark-device")}
            {mark("hub", "mark-hub")}
            {mark("seen", "legend-seen")}
        </p>
    }
    .into_any()
}
