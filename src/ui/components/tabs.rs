//! The views of a page: links with addresses of their own, driven by arrow keys like every list of tabs.

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

use crate::ui::{i18n::tr, platform::page};

const PANEL: &str = "tab-panel";

/// The tabs of a page: their words, as the address and the messages `tab-…` have them. The first is shown where the address
/// names none.
#[derive(Debug, Clone, Copy)]
pub struct Tabs(pub &'static [&'static str]);

fn id(word: &str) -> String {
    format!("tab-{word}")
}

impl Tabs {
    /// The place of the tab that the address names.
    #[must_use]
    pub fn current(self) -> Memo<usize> {
        let query = use_query_map();
        Memo::new(move |_| {
            let word = query.with(|query| query.get("tab"));
            self.0.iter().position(|tab| word.as_deref() == Some(*tab)).unwrap_or(0)
        })
    }

    /// The list: `address` answers where a tab is, `beside` what stands beside its name.
    pub fn bar(
        self,
        name: &str,
        current: Signal<usize>,
        address: Callback<usize, String>,
        beside: Callback<usize, Option<String>>,
    ) -> AnyView {
        let Self(words) = self;
        let go = StoredValue::new_local(use_navigate());
        let keys = move |event: leptos::ev::KeyboardEvent| {
            let (at, last) = (current.get_untracked(), words.len() - 1);
            let to = match event.key().as_str() {
                "ArrowRight" => (at + 1) % words.len(),
                "ArrowLeft" => at.checked_sub(1).unwrap_or(last),
                "Home" => 0,
                "End" => last,
                _ => return,
            };
            event.prevent_default();
            let address = untrack(|| address.run(to));
            let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
            go.with_value(|go| go(&address, options));
            if let Some(element) = page::by_id(&id(words[to])) {
                page::focus(&element);
            }
        };
        let one = |(at, word): (usize, &&'static str)| {
            let word = *word;
            let chosen = move || current.get() == at;
            let beside = move || beside.run(at).map(|n| view! { <span class="n" aria-hidden="true">{n}</span> });
            view! {
                <a
                    role="tab"
                    id=id(word)
                    href=move || address.run(at)
                    data-noscroll=""
                    aria-selected=move || if chosen() { "true" } else { "false" }
                    aria-controls=move || chosen().then_some(PANEL)
                    tabindex=move || if chosen() { "0" } else { "-1" }
                >
                    {tr(&id(word))}
                    {beside}
                </a>
            }
            .into_any()
        };
        // On a phone not all of them are seen.
        Effect::new(move |_| {
            let word = words.get(current.get()).copied();
            request_animation_frame(move || {
                if let Some(tab) = word.and_then(|word| page::by_id(&id(word))) {
                    page::show_in_row(&tab);
                }
            });
        });
        let tabs = words.iter().enumerate().map(one).collect_view();
        view! { <div class="tabs" role="tablist" aria-label=tr(name) on:keydown=keys>{tabs}</div> }.into_any()
    }

    /// What the chosen tab shows.
    pub fn panel(self, current: Signal<usize>, content: AnyView) -> AnyView {
        let named = move || self.0.get(current.get()).map(|word| id(word));
        view! { <div role="tabpanel" id=PANEL aria-labelledby=named>{content}</div> }.into_any()
    }
}
