//! The head of a page: where am I, what is it, what can I do. Every page has exactly one, with its one `h1`.

use std::cell::Cell;

use leptos::{html, prelude::*};

use crate::{
    engine::api::Mark,
    ui::{
        i18n::{t, tr},
        logic::status::sync_word,
        platform::{page, place},
    },
};

use super::icon::icon;

/// What the frame around the page needs to know of it.
#[derive(Clone, Copy)]
pub struct Root {
    /// The record that the page shows, for the page's root element.
    pub record: RwSignal<Option<(String, Mark)>>,
    /// Its title, for paper.
    pub title: RwSignal<String>,
}

/// A page's head in the making.
pub struct Head {
    page: &'static str,
    title: Signal<String>,
    crumbs: Vec<(String, Signal<String>)>,
    here: Option<Signal<String>>,
    beside: Option<AnyView>,
    facts: Option<AnyView>,
    acts: Option<AnyView>,
    class: &'static str,
}

thread_local! {
    // The first page keeps the focus where the browser put it; every later one takes it to its heading.
    static FIRST: Cell<bool> = const { Cell::new(true) };
}

impl Head {
    /// A head with this title. `page` names the page for style and print.
    pub fn new(page: &'static str, title: impl Into<Signal<String>>) -> Self {
        Self {
            page,
            title: title.into(),
            crumbs: Vec::new(),
            here: None,
            beside: None,
            facts: None,
            acts: None,
            class: "head",
        }
    }

    /// A head whose title is the message `key`.
    pub fn of(page: &'static str, key: &str) -> Self {
        Self::new(page, Signal::stored(tr(key)))
    }

    /// A page above this one.
    pub fn crumb(mut self, href: impl Into<String>, name: impl Into<Signal<String>>) -> Self {
        self.crumbs.push((href.into(), name.into()));
        self
    }

    /// What this page is called at the end of the crumbs.
    pub fn here(mut self, name: impl Into<Signal<String>>) -> Self {
        self.here = Some(name.into());
        self
    }

    /// Beside the title: a state's chip.
    pub fn beside(mut self, view: AnyView) -> Self {
        self.beside = Some(view);
        self
    }

    /// Facts below the title.
    pub fn facts(mut self, view: AnyView) -> Self {
        self.facts = Some(view);
        self
    }

    /// What can be done.
    pub fn acts(mut self, view: AnyView) -> Self {
        self.acts = Some(view);
        self
    }

    /// A class of its own beside `head`.
    pub fn class(mut self, class: &'static str) -> Self {
        self.class = class;
        self
    }

    /// The record that this page shows: its id and mark go to the page's root element.
    pub fn record(self, id: String, mark: Signal<Mark>) -> Self {
        if let Some(Root { record, .. }) = use_context() {
            Effect::new(move |_| record.set(Some((id.clone(), mark.get()))));
            on_cleanup(move || record.set(None));
        }
        self
    }

    /// The view.
    pub fn view(self) -> AnyView {
        let Self { page, title, crumbs, here, beside, facts, acts, class } = self;
        let heading = NodeRef::<html::H1>::new();
        page::set_page(page);
        let root = use_context::<Root>();
        Effect::new(move |_| {
            let title = title.get();
            let words = t!("page-title", title = title.as_str());
            page::set_title_later(words);
            if let Some(root) = root {
                root.title.set(title);
            }
        });
        Effect::new(move |done: Option<bool>| {
            let Some(element) = heading.get() else { return false };
            if done != Some(true) && !FIRST.replace(false) {
                place::arrive(element.into());
            }
            true
        });
        let crumbs = (!crumbs.is_empty()).then(|| {
            let links = crumbs
                .into_iter()
                .map(|(href, name)| view! { <a href=href>{name}</a>{icon("right")} }.into_any())
                .collect_view();
            view! {
                <nav class="crumbs" aria-label=tr("crumbs")>
                    {links}
                    {here.map(|here| view! { <span>{here}</span> })}
                </nav>
            }
            .into_any()
        });
        view! {
            <div class=class>
                {crumbs}
                <div class="head-title"><h1 tabindex="-1" node_ref=heading>{title}</h1>{beside}</div>
                {facts.map(|facts| view! { <p class="head-facts">{facts}</p> })}
                {acts.map(|acts| view! { <div class="head-acts">{acts}</div> })}
            </div>
        }
        .into_any()
    }
}

/// The word of `data-sync` as a signal, for rows and roots.
pub fn sync_attribute(mark: Signal<Mark>) -> Signal<&'static str> {
    Signal::derive(move || sync_word(mark.get()))
}
