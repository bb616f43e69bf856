//! What changed in what the person follows: a line for each, with how much, and the way to what it was.

use leptos::prelude::*;

use crate::{
    domain::DocKind,
    engine::api::{FollowView, FollowingView, Query},
    ui::{
        components::{
            empty::empty,
            icon::{icon, toned},
        },
        i18n::{format::word, t, tr},
        state::{attention, views::use_view},
    },
};

/// What it is called: a paragraph by its number and its meeting.
fn named(it: &FollowView) -> String {
    let title = if it.title.is_empty() { tr("untitled") } else { it.title.clone() };
    match (it.what.record, it.number) {
        (Some(_), Some(number)) => t!("following-paragraph", number = number, title = title),
        (Some(_), None) => t!("following-gone", title = title),
        (None, _) => title,
    }
}

/// Where it is read.
fn place(it: &FollowView) -> Option<String> {
    let page = match it.kind? {
        DocKind::Project | DocKind::Draft => "projects",
        DocKind::Meeting => "meetings",
        DocKind::Plan => "plans",
        _ => return None,
    };
    let at = it.what.record.filter(|_| it.number.is_some()).map(|record| format!("?tab=report#p-{record}"));
    Some(format!("/{page}/{}{}", it.page, at.unwrap_or_default()))
}

/// The section.
pub(super) fn following() -> AnyView {
    let live = use_view::<FollowingView>(Query::Following);
    let here = live.part(|_| true);
    let things = live.part(|view| view.things.clone());
    let coming = live.part(|view| view.coming);
    let count = Memo::new(move |_| things.with(Vec::len));
    let new = move || {
        let new: Vec<AnyView> = things.with(|things| things.iter().filter(|it| it.changes > 0).map(line).collect());
        if new.is_empty() && coming.get() == 0 {
            view! { <p class="quiet">{tr("following-nothing")}</p> }.into_any()
        } else {
            view! { <ul class="sheet rows">{new}</ul> }.into_any()
        }
    };
    let all = move || things.with(|things| things.iter().map(kept).collect_view());
    let none = Memo::new(move |_| count.get() == 0);
    let lines = move || match (here.get(), none.get()) {
        (false, _) => view! { <p class="quiet" role="status">{tr("loading")}</p> }.into_any(),
        (true, true) => empty(tr("following-none"), tr("following-none-text"), ().into_any()),
        // What is folded open stays so when a number changes.
        (true, false) => view! {
            {new}
            <details class="steps">
                <summary>{toned("right", "icon turn")}{move || t!("following-count", count = count.get())}</summary>
                <ul class="sheet rows">{all}</ul>
            </details>
        }
        .into_any(),
    };
    let reading = move || (coming.get() > 0).then(|| t!("changes-coming", count = coming.get()));
    view! {
        <section class="section following" aria-labelledby="h-following">
            <div class="section-head"><h2 id="h-following">{tr("following-title")}</h2><p role="status">{reading}</p></div>
            {lines}
        </section>
    }
    .into_any()
}

// A paragraph is read among what changed in its meeting.
fn line(it: &FollowView) -> AnyView {
    let kind = it.kind.map(|kind| view! { <span>{word("part-of", kind.word())}</span> });
    view! {
        <li class="row" data-record=it.page.to_string()>
            <a class="rowlink" href=format!("/changes?of={}", it.page)>{named(it)}</a>
            <span class="sub">{kind}</span>
            <span class="end"><span class="chip" data-tone="accent">{t!("following-changes", count = it.changes)}</span></span>
        </li>
    }
    .into_any()
}

fn kept(it: &FollowView) -> AnyView {
    let what = it.what;
    let name = match place(it) {
        Some(href) => view! { <a class="rowlink" href=href>{named(it)}</a> }.into_any(),
        None => view! { <span>{tr("following-away")}</span> }.into_any(),
    };
    let title = t!("unfollow-of", title = named(it));
    view! {
        <li class="row">
            {name}
            <span class="end">
                <button type="button" class="btn btn--small btn--quiet" aria-label=title
                    on:click=move |_| attention::follow(what, false)>{icon("x")}{tr("unfollow")}</button>
            </span>
        </li>
    }
    .into_any()
}
