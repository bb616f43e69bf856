//! The tabs of a meeting: links with addresses of their own, driven by arrow keys like every list of tabs.

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

use crate::ui::{i18n::tr, platform::page};

use super::Here;

/// A part of the page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tab {
    /// The agenda.
    #[default]
    Agenda,
    /// The report.
    Report,
    /// Who comes.
    Delegations,
    /// Papers.
    Documents,
    /// What was decided.
    Decisions,
}

impl Tab {
    const ALL: [Self; 5] = [Self::Agenda, Self::Report, Self::Delegations, Self::Documents, Self::Decisions];

    const fn word(self) -> &'static str {
        match self {
            Self::Agenda => "agenda",
            Self::Report => "report",
            Self::Delegations => "delegations",
            Self::Documents => "documents",
            Self::Decisions => "decisions",
        }
    }

    fn id(self) -> String {
        format!("tab-{}", self.word())
    }

    fn address(self) -> String {
        format!("?tab={}", self.word())
    }
}

const PANEL: &str = "tab-panel";

/// The tab that the address names.
pub fn current() -> Memo<Tab> {
    let query = use_query_map();
    Memo::new(move |_| {
        let word = query.with(|query| query.get("tab"));
        Tab::ALL.into_iter().find(|tab| word.as_deref() == Some(tab.word())).unwrap_or_default()
    })
}

/// The list of tabs.
pub fn bar(here: Here, current: Memo<Tab>) -> AnyView {
    let counts = here.live.part(|view| {
        let paragraphs = view.sessions.iter().flat_map(|session| session.snapshot.collection("paragraphs"));
        let decided = paragraphs.filter(|one| one.withdrawn.is_none() && one.line("kind") == "decision").count();
        let come = view.snapshot.collection("delegations").iter().filter(|one| one.withdrawn.is_none()).count();
        (come, decided)
    });
    let go = StoredValue::new_local(use_navigate());
    let location = leptos_router::hooks::use_location();
    let keys = move |event: leptos::ev::KeyboardEvent| {
        let at = Tab::ALL.iter().position(|tab| *tab == current.get_untracked()).unwrap_or(0);
        let last = Tab::ALL.len() - 1;
        let to = match event.key().as_str() {
            "ArrowRight" => (at + 1) % Tab::ALL.len(),
            "ArrowLeft" => at.checked_sub(1).unwrap_or(last),
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        let address = format!("{}{}", location.pathname.get_untracked(), Tab::ALL[to].address());
        let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
        go.with_value(|go| go(&address, options));
        if let Some(element) = page::by_id(&Tab::ALL[to].id()) {
            page::focus(&element);
        }
    };
    let tabs = Tab::ALL
        .into_iter()
        .map(|tab| {
            let chosen = move || current.get() == tab;
            let count = move || {
                let (come, decided) = counts.get();
                let count = match tab {
                    Tab::Delegations => come,
                    Tab::Decisions => decided,
                    Tab::Agenda | Tab::Report | Tab::Documents => return None,
                };
                Some(view! { <span class="n" aria-hidden="true">{count}</span> })
            };
            view! {
                <a
                    role="tab"
                    id=tab.id()
                    href=tab.address()
                    data-noscroll=""
                    aria-selected=move || if chosen() { "true" } else { "false" }
                    aria-controls=move || chosen().then_some(PANEL)
                    tabindex=move || if chosen() { "0" } else { "-1" }
                >
                    {tr(&format!("tab-{}", tab.word()))}
                    {count}
                </a>
            }
            .into_any()
        })
        .collect_view();
    view! { <div class="tabs" role="tablist" aria-label=tr("tabs-name") on:keydown=keys>{tabs}</div> }.into_any()
}

/// What the chosen tab shows.
pub fn panel(current: Memo<Tab>, content: AnyView) -> AnyView {
    view! { <div role="tabpanel" id=PANEL aria-labelledby=move || current.get().id()>{content}</div> }.into_any()
}
