//! The report: numbered paragraphs under the items of the agenda. What is written under an item *is* its minutes. Once it is
//! adopted, what was adopted is shown, and later words beside it.

mod adopted;
mod life;
mod own;

use leptos::prelude::*;

use crate::{
    domain::{DocId, EntityId, Value, report::Part},
    engine::api::SessionView,
    ui::{
        components::{comments::comments, empty::empty, field::next_id, icon::icon, marks::provisional},
        i18n::{format::word, t, tr},
        logic::agenda::paragraph_place,
        platform::page,
        state::composing::at_rest,
    },
};

pub use own::subject as own_subject;

use super::{
    Here, dice,
    paragraph::{gone, paragraph},
    session::{Session, sessions},
};

/// The tab.
pub fn tab(here: Here) -> AnyView {
    let sessions = sessions(here);
    let none =
        move || sessions.with(Vec::is_empty).then(|| empty(tr("agenda-none"), tr("agenda-none-text"), ().into_any()));
    view! {
        {none}
        <div class="stack">
            <For each=move || sessions.get() key=|doc| *doc let:doc>
                {one(here, doc)}
            </For>
        </div>
    }
    .into_any()
}

fn one(here: Here, doc: DocId) -> AnyView {
    let session = Session { here, doc };
    let parts = session.part(|session| session.report.parts.clone());
    let frozen = session.part(|session| session.report.adopted.is_some());
    let heading = next_id();
    let labelled = heading.clone();
    let text = move || if frozen.get() { adopted::text(session) } else { written(session, parts) };
    view! {
        <div class="meeting">
            {contents(session, parts)}
            <section class="report" aria-labelledby=labelled>
                <article class="sheet paper">
                    {life::head(session, heading)}
                    {text}
                    {annexes(session)}
                </article>
            </section>
            <aside class="side" aria-label=tr("meeting-comments")>
                {life::steps(session)}
                <section>
                    <div class="section-head"><h2>{tr("meeting-comments")}</h2></div>
                    {comments(doc, None, session.comments(None), session.part(|session| session.may_comment))}
                </section>
            </aside>
        </div>
    }
    .into_any()
}

/// The text as it is being written.
fn written(session: Session, parts: Signal<Vec<Part>>) -> AnyView {
    let items = at_rest(move || parts.with(|parts| parts.iter().map(|part| part.item).collect::<Vec<_>>()));
    let drawn = move || {
        page::keep_focus();
        items.get()
    };
    view! {
        <For each=drawn key=|item| *item let:item>
            {part(session, parts, item)}
        </For>
        {tip(session)}
    }
    .into_any()
}

fn tip(session: Session) -> AnyView {
    let may_write = session.may_write();
    (move || {
        may_write.get().then(|| {
            view! {
                <div class="para-add">
                    <span class="tip">
                        <kbd>{tr("key-ctrl")}</kbd>" "<kbd>{tr("key-enter")}</kbd>" "{tr("report-tip")}
                    </span>
                </div>
            }
        })
    })
    .into_any()
}

// The list of delegates and the agenda come first, then one for each paper and document of the agenda's items.
fn annexes(session: Session) -> AnyView {
    let names = session.part(|session| {
        let report = &session.report;
        report.adopted.as_ref().map_or_else(|| report.annexes.clone(), |adopted| adopted.annexes.clone())
    });
    let heading = next_id();
    let labelled = heading.clone();
    let lines = move || {
        [tr("annex-delegates"), tr("annex-agenda")]
            .into_iter()
            .map(|name| (name, None))
            .chain(names.get().into_iter().map(|annex| (annex.name, annex.file)))
            .enumerate()
            .map(|(at, (name, file))| {
                let file = file.map(|(_, hash)| t!("annex-file", hash = hash.to_string()));
                view! { <li title=file><b>{t!("annex", number = at + 1)}</b>" "{name}</li> }.into_any()
            })
            .collect_view()
    };
    view! {
        <section class="report-item annexes" aria-labelledby=labelled>
            <h3 id=heading>{tr("annexes")}</h3>
            <ol>{lines}</ol>
        </section>
    }
    .into_any()
}

// The agenda beside the report, to find one's place.
fn contents(session: Session, parts: Signal<Vec<Part>>) -> AnyView {
    let items = move || {
        parts.with(|parts| {
            parts.iter().filter_map(|part| Some((part.item?, part.number.clone(), range(part)))).collect::<Vec<_>>()
        })
    };
    view! {
        <nav class="agenda-pane" aria-label=tr("report-contents")>
            <details class="fold">
                <summary>
                    <h2>{tr("tab-agenda")}</h2>
                    <span class="narrow-only">{icon("right")}</span>
                </summary>
                <ol class="agenda-list" aria-label=tr("agenda-list")>
                    <For each=items key=Clone::clone let:item>
                        {entry(session, item.0, item.1.clone(), item.2.clone())}
                    </For>
                </ol>
            </details>
        </nav>
    }
    .into_any()
}

fn range(part: &Part) -> String {
    match (part.standing.first(), part.standing.last()) {
        (Some((first, _)), Some((last, _))) if first == last => t!("report-one", number = *first),
        (Some((first, _)), Some((last, _))) => t!("report-range", first = *first, last = *last),
        _ => String::new(),
    }
}

fn entry(session: Session, id: EntityId, number: String, range: String) -> AnyView {
    let record = session.record("items", id);
    let title = move || record.with(|record| record.line("title").to_owned());
    let state =
        session.part(move |session| session.agenda.iter().find(|line| line.item == id).and_then(|line| line.state));
    let shown = move || {
        state.get().map(|standing| {
            view! {
                <span class="agenda-state">{word("item-state", standing.state.word())}</span>
                {provisional(standing.provisional)}
            }
        })
    };
    let go = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        page::focus_id(&format!("ri-{id}"));
    };
    view! {
        <li>
            <a href=format!("#ri-{id}") on:click=go>
                <span class="agenda-no">{number}</span>
                <span class="agenda-title">{title}</span>
                <span class="agenda-meta">{shown}<span>{range}</span></span>
            </a>
        </li>
    }
    .into_any()
}

fn part(session: Session, parts: Signal<Vec<Part>>, item: Option<EntityId>) -> AnyView {
    let here: Signal<Part> = Memo::new(move |_| {
        parts.with(|parts| parts.iter().find(|part| part.item == item).cloned().unwrap_or_default())
    })
    .into();
    let may_write = session.may_write();
    let id = item.map_or_else(next_id, |item| format!("ri-{item}"));
    let labelled = id.clone();
    let title = match item {
        None => tr("report-opening").into_any(),
        Some(item) => {
            let record = session.record("items", item);
            (move || record.with(|record| record.line("title").to_owned())).into_any()
        }
    };
    let number = move || here.with(|part| part.number.clone());
    let lines = at_rest(move || here.with(|part| part.standing.iter().map(|(_, id)| *id).collect::<Vec<_>>()));
    let standing = move || {
        page::keep_focus();
        lines.get()
    };
    let withdrawn = move || {
        let ids = here.with(|part| part.gone.clone());
        gone(session, ids)
    };
    // Nothing before the first item is no part of the report until someone writes it.
    let silent = move || item.is_none() && !may_write.get() && here.with(|part| part.standing.is_empty());
    let nothing = move || {
        let empty = here.with(|part| part.standing.is_empty());
        (empty && !may_write.get()).then(|| view! { <p class="quiet para-none">{tr("report-nothing")}</p> })
    };
    view! {
        <section class="report-item" aria-labelledby=labelled hidden=silent>
            <h3 id=id tabindex="-1"><span class="item-no">{number}</span><span>{title}</span></h3>
            <ol class="paras">
                <For each=standing key=|id| *id let:id>
                    {line(session, here, id)}
                </For>
            </ol>
            {nothing}
            {withdrawn}
            <div class="para-add">
                {adders(session, here)}
                {own::adder(session, here)}
            </div>
        </section>
    }
    .into_any()
}

// A paragraph of the rapporteur's, or a party's own words.
fn line(session: Session, part: Signal<Part>, id: EntityId) -> AnyView {
    let own = session.peek(|session| session.report.spoken.iter().any(|spoken| spoken.record.id == Some(id)));
    if own.unwrap_or(false) { own::line(session, part, id) } else { paragraph(session, part, id) }
}

fn adders(session: Session, part: Signal<Part>) -> AnyView {
    let may_write = session.may_write();
    (move || {
        may_write.get().then(|| {
            [("discussion", "para-add"), ("decision", "para-add-decision"), ("action", "para-add-action")]
                .map(|(kind, key)| {
                    view! {
                        <button type="button" class="btn btn--quiet btn--small" aria-label=adds(part, key)
                            on:click=move |_| add(session, part, None, kind)>{icon("plus")}{tr(key)}</button>
                    }
                    .into_any()
                })
                .into_iter()
                .collect_view()
        })
    })
    .into_any()
}

/// What a button adds, and to which item.
fn adds(part: Signal<Part>, key: &'static str) -> impl Fn() -> String + Send + Sync + 'static {
    move || {
        let number = part.with(|part| part.number.clone());
        let to = if number.is_empty() { tr("report-opening") } else { number };
        t!("para-add-name", what = tr(key), item = to)
    }
}

/// The paragraphs of a part with their keys, in their order.
pub fn keys(session: &SessionView, part: &Part) -> Vec<(EntityId, String)> {
    let records = session.snapshot.collection("paragraphs").iter();
    let records: Vec<_> = records.chain(session.report.spoken.iter().map(|spoken| &spoken.record)).collect();
    let key = |id: EntityId| {
        let record = records.iter().find(|record| record.id == Some(id))?;
        Some((id, record.place.as_ref().map(|place| place.key.clone()).unwrap_or_default()))
    };
    part.standing.iter().filter_map(|(_, id)| key(*id)).collect()
}

/// Adds a paragraph to a part, behind `after` or at its end, and goes there.
pub fn add(session: Session, part: Signal<Part>, after: Option<EntityId>, kind: &str) {
    let part = part.get_untracked();
    let place = session.peek(|session| paragraph_place(&keys(session, &part), after, dice()));
    let Some(place) = place else { return };
    let mut fields = vec![("kind".to_owned(), Value::from(kind))];
    fields.extend(part.item.map(|item| ("item".to_owned(), Value::Str(item.to_string()))));
    let id = session.add("paragraphs", place, fields, vec![("text".to_owned(), String::new())]);
    page::focus_soon(&format!("f-text-{id}"));
}
