//! The views of a plan: links with addresses of their own, driven by arrow keys like every list of tabs. Filters stay in
//! the address from one to the next.

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

use super::View;
use crate::ui::{
    i18n::{t, tr},
    logic::{
        table::Shown,
        timeline::{Look, joined},
    },
    platform::page,
};

/// A view of the plan.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tab {
    /// Its projects as a table, and what it is.
    #[default]
    Table,
    /// Its projects and their activities in time.
    Timeline,
    /// Its projects in numbers.
    Overview,
    /// Its way from drafting to closing.
    Life,
    /// How its projects ended.
    Closing,
}

impl Tab {
    const ALL: [Self; 5] = [Self::Table, Self::Timeline, Self::Overview, Self::Life, Self::Closing];

    const fn word(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Timeline => "timeline",
            Self::Overview => "overview",
            Self::Life => "life",
            Self::Closing => "closing",
        }
    }

    fn id(self) -> String {
        format!("tab-{}", self.word())
    }

    /// The query of its address: the first one needs no word.
    pub fn query(self, shown: &Shown, look: Look) -> String {
        let query = look.onto(&shown.query());
        match self {
            Self::Table => query,
            Self::Timeline | Self::Overview | Self::Life | Self::Closing => {
                joined(&query, &format!("tab={}", self.word()))
            }
        }
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

/// The list of tabs. `open` says how many of the plan's projects have no fate.
pub(super) fn bar(current: Memo<Tab>, view: View, open: Signal<usize>) -> AnyView {
    let shown = view.shown;
    let address = move |tab: Tab, shown: &Shown| view.address(tab, shown);
    let go = StoredValue::new_local(use_navigate());
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
        let address = shown.with_untracked(|shown| address(Tab::ALL[to], shown));
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
                let count = open.get();
                (tab == Tab::Closing && count > 0)
                    .then(|| view! { <span class="n" aria-hidden="true">{t!("closing-open", count = count)}</span> })
            };
            view! {
                <a
                    role="tab"
                    id=tab.id()
                    href=move || shown.with(|shown| address(tab, shown))
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
    view! { <div class="tabs" role="tablist" aria-label=tr("plan-views") on:keydown=keys>{tabs}</div> }.into_any()
}

/// What the chosen tab shows.
pub fn panel(current: Memo<Tab>, content: AnyView) -> AnyView {
    view! { <div role="tabpanel" id=PANEL aria-labelledby=move || current.get().id()>{content}</div> }.into_any()
}
