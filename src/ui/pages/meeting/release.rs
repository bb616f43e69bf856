//! The media release: paragraphs written beside the report by whoever writes that, which delegations comment on and suggest
//! other words for, and which the Chair clears. Only what is cleared, as it stands, is given out.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    domain::{
        DocId, EntityId, Place, Value,
        report::{AgreeStep, Hash, ParagraphKind, Part},
    },
    engine::api::{AgreedView, ReportCommand, SaidBy, SessionView},
    ui::{
        components::{empty::empty, field::next_id, icon::icon, marks::provisional, points::by_words},
        i18n::{format::word, tr},
        logic::agenda::paragraph_place,
        platform::page,
        state::{commands, composing::at_rest, toasts},
    },
};

use super::{
    Here, dates, dice,
    paragraph::{gone, paragraph},
    report::keys,
    session::{Session, audience_words, sessions},
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
                {one(Session { here, doc })}
            </For>
        </div>
    }
    .into_any()
}

/// The words of a release, paragraph by paragraph.
pub fn words_of(session: &SessionView) -> Vec<String> {
    let record = |id: EntityId| session.snapshot.collection("paragraphs").iter().find(|record| record.id == Some(id));
    let standing = session.report.release.standing.iter().filter_map(|(_, id)| record(*id));
    standing.map(|record| record.text("text").trim().to_owned()).filter(|text| !text.is_empty()).collect()
}

/// The last clearing of a release of which every paragraph is cleared as it stands.
pub fn cleared(session: &SessionView) -> Option<SaidBy> {
    let report = &session.report;
    let of = |id: EntityId| match &report.lines.iter().find(|line| line.id == id)?.standing {
        AgreedView::Agreed(by) => Some(by.clone()),
        AgreedView::Open | AgreedView::Changed { .. } => None,
    };
    let all: Option<Vec<SaidBy>> = report.release.standing.iter().map(|(_, id)| of(*id)).collect();
    let all = all?;
    let waits = all.iter().any(|by| by.provisional);
    all.into_iter().max_by_key(|by| by.at).map(|by| SaidBy { provisional: waits, ..by })
}

/// The paragraphs that say something and are not cleared as they stand, with their hashes.
fn waiting(session: &SessionView) -> Vec<(EntityId, Hash)> {
    let report = &session.report;
    let record = |id: EntityId| session.snapshot.collection("paragraphs").iter().find(|record| record.id == Some(id));
    let says = |id: EntityId| record(id).is_some_and(|record| !record.text("text").trim().is_empty());
    let lines = report.lines.iter().filter(|line| report.release.standing.iter().any(|(_, id)| *id == line.id));
    let open = lines.filter(|line| !matches!(line.standing, AgreedView::Agreed(_)) && says(line.id));
    open.map(|line| (line.id, line.of)).collect()
}

fn one(session: Session) -> AnyView {
    let part = session.part(|session| session.report.release.clone());
    let lines = at_rest(move || part.with(|part| part.standing.iter().map(|(_, id)| *id).collect::<Vec<_>>()));
    let standing = move || {
        page::keep_focus();
        lines.get()
    };
    let withdrawn = move || {
        let ids = part.with(|part| part.gone.clone());
        gone(session, ids)
    };
    let may_write = session.may_write();
    let none = move || {
        let nothing = part.with(|part| part.standing.is_empty() && part.gone.is_empty());
        (nothing && !may_write.get()).then(|| empty(tr("release-none"), tr("release-none-text"), ().into_any()))
    };
    let heading = next_id();
    let labelled = heading.clone();
    view! {
        <section class="report release" aria-labelledby=labelled>
            <article class="sheet paper">
                {head(session, part, heading)}
                {none}
                <ol class="paras">
                    <For each=standing key=|id| *id let:id>
                        {paragraph(session, part, id)}
                    </For>
                </ol>
                {withdrawn}
                <div class="para-add">{adders(session, part)}</div>
            </article>
        </section>
    }
    .into_any()
}

fn head(session: Session, part: Signal<Part>, heading: String) -> AnyView {
    let audience = session.part(|session| audience_words(&session.audience));
    let by = session.part(cleared);
    let chip = move || match by.get() {
        Some(by) => view! {
            <span class="chip" data-tone="good" title=by_words("release-cleared-by", &by)>{tr("release-cleared")}</span>
            {provisional(by.provisional)}
        }
        .into_any(),
        None if part.with(|part| part.standing.is_empty()) => ().into_any(),
        None => view! { <span class="chip" data-tone="accent">{tr("release-not-cleared")}</span> }.into_any(),
    };
    let copy = move |_| {
        let Some(words) = session.peek(|session| words_of(session).join("\n\n")) else { return };
        spawn_local(async move {
            toasts::say_key(if page::copy(&words).await { "release-copied" } else { "release-copy-failed" });
        });
    };
    let waits = session.part(waiting);
    let clears = session.part(|session| session.report.clears);
    let clear = move |_| {
        for (paragraph, of) in session.peek(waiting).unwrap_or_default() {
            commands::report(session.doc, ReportCommand::Agree { paragraph, to: AgreeStep::Agreed, of });
        }
    };
    let out = move || {
        let copy = by.with(Option::is_some).then(|| {
            view! { <button type="button" class="btn btn--small" on:click=copy>{icon("doc")}{tr("release-copy")}</button> }
        });
        let clear = (clears.get() && waits.with(|waits| waits.len() > 1)).then(|| {
            view! { <button type="button" class="btn btn--small" on:click=clear>{icon("check")}{tr("release-clear-all")}</button> }
        });
        (copy.is_some() || clear.is_some()).then(|| view! { <div class="btnrow paper-acts">{copy}{clear}</div> })
    };
    view! {
        <header class="paper-head">
            <h2 id=heading>{tr("tab-release")}</h2>
            <p class="quiet small paper-facts">{chip}<span>{audience}</span></p>
            <p class="hint">{tr("release-text")}</p>
            {out}
        </header>
    }
    .into_any()
}

fn adders(session: Session, part: Signal<Part>) -> AnyView {
    let may_write = session.may_write();
    let decisions = decisions(session);
    (move || {
        may_write.get().then(|| {
            let first = part.with(|part| part.standing.is_empty());
            let from = (first && decisions.with(|points| !points.is_empty())).then(|| {
                let begin = move |_| begin(session, decisions.get_untracked());
                view! {
                    <button type="button" class="btn btn--small" on:click=begin>{icon("plus")}{tr("release-from-decisions")}</button>
                }
            });
            view! {
                {from}
                <button type="button" class="btn btn--quiet btn--small" on:click=move |_| add(session, part, None)>
                    {icon("plus")}{tr("release-add")}
                </button>
            }
        })
    })
    .into_any()
}

// The session's decisions that stand, as sentences.
fn decisions(session: Session) -> Signal<Vec<String>> {
    let doc: DocId = session.doc;
    session.here.live.part(move |view| {
        let own =
            view.points.iter().filter(|it| it.session == doc && it.kind == ParagraphKind::Decision && !it.withdrawn);
        own.map(|it| match it.verb {
            Some(verb) => format!("{} {} {}", tr("report-the-meeting"), word("verb", verb.word()), it.text.trim()),
            None => it.text.trim().to_owned(),
        })
        .collect::<Vec<_>>()
    })
}

// Which meeting it was, where and when: nothing that is not in its own fields.
fn lead(session: Session) -> String {
    session
        .here
        .live
        .peek(|view| {
            let when = dates::told(&view.dates.now);
            let of = [view.row.title.as_str(), view.row.city.as_str(), when.as_str()];
            of.into_iter().filter(|one| !one.is_empty()).collect::<Vec<_>>().join(", ")
        })
        .unwrap_or_default()
}

// Where and when it was, then each decision, each behind the one before it.
fn begin(session: Session, decisions: Vec<String>) {
    let mut keys = session.peek(|session| keys(session, &session.report.release)).unwrap_or_default();
    // The button that was pressed goes away.
    let mut first = None;
    for text in std::iter::once(lead(session)).chain(decisions) {
        let place = paragraph_place(&keys, None, dice());
        let key = place.key.clone();
        let id = new(session, place, text);
        first.get_or_insert(id);
        keys.push((id, key));
    }
    if let Some(id) = first {
        page::focus_soon(&format!("f-text-{id}"));
    }
}

fn new(session: Session, place: Place, text: String) -> EntityId {
    let kind = ("kind".to_owned(), Value::from(ParagraphKind::Release.word()));
    session.add("paragraphs", place, vec![kind], vec![("text".to_owned(), text)])
}

/// Adds a paragraph behind `after` or at the end, and goes there.
pub fn add(session: Session, part: Signal<Part>, after: Option<EntityId>) {
    let part = part.get_untracked();
    let place = session.peek(|session| paragraph_place(&keys(session, &part), after, dice()));
    let Some(place) = place else { return };
    let id = new(session, place, String::new());
    page::focus_soon(&format!("f-text-{id}"));
}
