//! Empty places: they say what will be here and how it starts. And the gate before every page that needs a view.

use leptos::prelude::*;

use crate::{
    engine::api::{Link, Query, ShellView},
    ui::{
        i18n::tr,
        state::views::{Phase, use_view},
    },
};

/// An empty place inside a page.
pub fn empty(title: String, text: String, acts: AnyView) -> AnyView {
    view! {
        <div class="empty">
            <h2>{title}</h2>
            <p>{text}</p>
            <div class="btnrow">{acts}</div>
        </div>
    }
    .into_any()
}

/// Shows `page` once its view is here, and until then why it is not. The page is built once.
pub fn gate(phase: Signal<Phase>, page: impl Fn() -> AnyView + Send + Sync + 'static) -> AnyView {
    (move || match phase.get() {
        Phase::Here => page(),
        Phase::Waiting => view! { <p class="quiet" role="status">{tr("loading")}</p> }.into_any(),
        Phase::Coming => coming(),
        Phase::Absent => absent(),
    })
    .into_any()
}

fn coming() -> AnyView {
    let shell = use_view::<ShellView>(Query::Shell);
    let offline = shell.part(|shell| shell.link == Link::Offline);
    (move || {
        let key = if offline.get() { "coming-offline" } else { "coming" };
        super::head::Head::of("wait", "coming-title").facts(view! { <span>{tr(key)}</span> }.into_any()).view()
    })
    .into_any()
}

/// A page that does not exist for this person: nothing is hinted at.
pub fn absent() -> AnyView {
    let head = super::head::Head::of("absent", "absent-title").view();
    view! {
        {head}
        <div class="empty">
            <p>{tr("absent-text")}</p>
            <div class="btnrow"><a class="btn" href="/">{tr("absent-back")}</a></div>
        </div>
    }
    .into_any()
}
