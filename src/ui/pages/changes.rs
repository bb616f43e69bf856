//! What happened while somebody was away: first what waits for their word, then what others did, by plan and meeting, then
//! by document, then by delegation. It works on what is here, with and without a network.

mod ahead;
mod decide;
mod feed;
mod since;

pub use self::ahead::ahead;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{
    engine::api::{ChangesView, Command, Query},
    ui::{
        components::{
            empty::{empty, gate},
            head::Head,
            held::held,
            icon::icon,
            refused::refused,
        },
        i18n::{format, t, tr},
        platform::page,
        state::{
            commands, toasts,
            views::{Live, use_shell, use_view},
        },
    },
};

/// The page. What it asks is in its address, so that it can be kept and handed on.
#[component]
pub fn Changes() -> impl IntoView {
    let address = use_query_map();
    let asked = Memo::new(move |_| address.with(since::asked));
    move || one(asked.get())
}

fn one(asked: Query) -> AnyView {
    let live = use_view::<ChangesView>(asked.clone());
    let Parts { facts, acts, body } = parts(live, &asked);
    view! { {Head::of("changes", "changes-title").facts(facts).acts(acts).view()}{body} }.into_any()
}

/// The page without its head, which is one of a kind.
struct Parts {
    facts: AnyView,
    acts: AnyView,
    body: AnyView,
}

/// How many lines, of how many parties, and how many documents are not told yet.
type Count = Signal<(usize, usize, u32)>;

fn parts(live: Live<ChangesView>, asked: &Query) -> Parts {
    let count = live.part(|view| {
        let by = view.subjects.iter().flat_map(|subject| &subject.docs).flat_map(|doc| &doc.by);
        let parties: std::collections::BTreeSet<_> = by.clone().filter_map(|by| by.party.clone()).collect();
        (by.map(|by| by.lines.len()).sum::<usize>(), parties.len(), view.coming)
    });
    Parts { facts: facts(live, count), acts: acts(live, count, asked), body: body(live, count, asked) }
}

fn facts(live: Live<ChangesView>, count: Count) -> AnyView {
    let told = live.part(|view| view.since);
    let facts = move || {
        let (lines, parties, coming) = count.get();
        let since =
            told.get().map_or_else(|| tr("changes-since-joined"), |at| t!("changes-since", when = format::moment(at)));
        let count = (lines > 0).then(|| t!("changes-count", count = lines, parties = parties));
        let coming = (coming > 0).then(|| t!("changes-coming", count = coming));
        view! { <span>{since}</span>{count.map(|words| view! { <span>{words}</span> })}<span role="status">{coming}</span> }
    };
    facts.into_any()
}

fn body(live: Live<ChangesView>, count: Count, asked: &Query) -> AnyView {
    let shell = use_shell();
    let only = RwSignal::new(false);
    let query = asked.clone();
    let body = gate(live.phase(), move || {
        let nothing = move || {
            let (lines, _, coming) = count.get();
            (lines == 0 && coming == 0).then(|| empty(tr("changes-empty"), tr("changes-empty-text"), ().into_any()))
        };
        view! {
            <div class="with-nav feed-frame">
                {feed::contents(live, only)}
                <div class="stack feed">
                    {held(shell)}
                    {refused(shell)}
                    {decide::decide(live)}
                    {feed::subjects(live, only, query.clone())}
                    {nothing}
                </div>
            </div>
        }
        .into_any()
    });
    view! { {since::pick(asked)}{body} }.into_any()
}

fn acts(live: Live<ChangesView>, count: Count, asked: &Query) -> AnyView {
    let of = since::subject(asked);
    let unread = since::is_unread(asked);
    let read = move |_| {
        let Some(mark) = live.peek(|view| view.mark) else { return };
        commands::send(Command::MarkRead { of, mark }, |_| toasts::say_key("changes-marked"));
    };
    // Also where there is nothing to tell of a document: the number beside the name counts it.
    let any = live.part(|view| !view.subjects.is_empty());
    let mark = move || {
        // What is not told yet is not read.
        let (_, _, coming) = count.get();
        (unread && any.get()).then(|| {
            view! {
                <button type="button" class="btn btn--main" disabled=coming.gt(&0) on:click=read>{tr("changes-mark")}</button>
            }
        })
    };
    view! {
        <button type="button" class="btn" on:click=move |_| page::print()>{icon("print")}{tr("print")}</button>
        {mark}
    }
    .into_any()
}
