//! The agenda of each session that I may see: read, written, put in order, sent and adopted.

use leptos::prelude::*;

use crate::{
    domain::{Act, DocId, Edit, EntityId, Value, agenda::AgendaState},
    engine::api::AgendaLine,
    ui::{
        components::{
            comments::comments, empty::empty, field::next_id, head::sync_attribute, icon::icon, marks::provisional,
        },
        i18n::{format::word, t, tr},
        logic::agenda::{last_place, running},
        platform::{clock, page, paper},
        state::composing::at_rest,
    },
};

use super::{
    Here, amended, dice,
    item::item,
    order::Order,
    proposals,
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
                {one(here, doc)}
            </For>
        </div>
    }
    .into_any()
}

fn one(here: Here, doc: DocId) -> AnyView {
    let session = Session { here, doc };
    let order = Order::of(session);
    let standing = session.part(|session| Some(session.state));
    let audience = session.part(|session| audience_words(&session.audience));
    // An act on the order that the hub has not confirmed.
    let waits = session.part(|session| {
        session.snapshot.acts.iter().any(|act| act.number.is_none() && matches!(act.act, Some(Act::Order(_))))
    });
    let heading = next_id();
    let (labelled, described) = (heading.clone(), format!("{heading}-for"));
    let for_whom = described.clone();
    let title = move || {
        standing.get().map(|standing| {
            let mark = provisional(standing.provisional || waits.get());
            view! { {word("agenda-title", standing.state.word())}" "{mark} }
        })
    };
    let frozen = move || {
        let frozen = standing.get().is_some_and(|standing| standing.state.frozen());
        (frozen && order.may_move.get()).then(|| view! { <p class="hint">{tr("agenda-frozen-hint")}</p> })
    };
    view! {
        <div class="with-aside" data-record=doc.to_string() data-sync=sync_attribute(session.mark(EntityId::from_bytes(doc.to_bytes())))>
            <section aria-labelledby=labelled>
                <div class="section-head">
                    <h2 id=heading>{title}</h2>
                    <p id=for_whom>{audience}{total(session)}</p>
                    {annotated(session)}
                </div>
                {frozen}
                {list(order, described)}
                {adder(order)}
                {withdrawn(order)}
                {acts(session)}
                {amended::asked(session, order.amending)}
            </section>
            <aside class="stack" aria-label=tr("agenda-about")>
                <section>
                    <div class="section-head"><h2>{tr("agenda-life")}</h2></div>
                    {life(session)}
                </section>
                {amended::list(session)}
                {proposals::section(order)}
                <section>
                    <div class="section-head"><h2>{tr("meeting-comments")}</h2></div>
                    {comments(doc, None, session.comments(None), session.part(|session| session.may_comment))}
                </section>
            </aside>
        </div>
    }
    .into_any()
}

// Prints the annotated agenda, where there is one here. The browser's own printing leaves the notes out, so that they go to
// nobody by accident.
fn annotated(session: Session) -> AnyView {
    let any = session.part(|session| !session.notes.is_empty());
    (move || {
        any.get().then(|| {
            view! {
                <button type="button" class="btn btn--small" on:click=move |_| paper::print_with_notes()>
                    {icon("print")}{tr("paper-print-annotated")}
                </button>
            }
        })
    })
    .into_any()
}

fn total(session: Session) -> AnyView {
    let total = session.part(|session| running(&session.agenda, session.snapshot.collection("items")).1);
    (move || {
        let total = total.get();
        (total > 0).then(|| view! { <span class="agenda-total">{t!("agenda-total", hours = total / 60, minutes = total % 60)}</span> })
    })
    .into_any()
}

fn list(order: Order, described: String) -> AnyView {
    let session = order.session;
    let standing = at_rest(move || order.spots.with(|spots| spots.iter().map(|spot| spot.item).collect::<Vec<_>>()));
    let items = move || {
        // Moving an element takes the focus from it: it is given back once the list is drawn.
        page::keep_focus();
        standing.get()
    };
    let none = move || {
        order.spots.with(Vec::is_empty).then(|| {
            let key = if session.may_write().get() { "agenda-empty-write" } else { "agenda-empty" };
            view! { <p class="quiet">{tr(key)}</p> }
        })
    };
    view! {
        {none}
        <ol class="items sheet" aria-label=tr("agenda-list") aria-describedby=described hidden=move || order.spots.with(Vec::is_empty)>
            <For each=items key=|item| *item let:id>
                {item(order, id)}
            </For>
        </ol>
    }
    .into_any()
}

// Adds an item behind the last.
fn adder(order: Order) -> AnyView {
    let session = order.session;
    let may_write = order.may_move;
    let title = RwSignal::new(String::new());
    let id = next_id();
    let add = {
        let id = id.clone();
        move || {
            let words = title.get_untracked().trim().to_owned();
            if words.is_empty() {
                page::focus_id(&id);
                return;
            }
            let place = order.spots.with_untracked(|spots| last_place(spots, None, dice()));
            let (id, fields) = (clock::entity(), vec![("title".to_owned(), Value::Str(words.clone()))]);
            order.change(Edit::Add { to: "items".to_owned(), id, place: Some(place), fields, texts: Vec::new() });
            if !order.frozen.get_untracked() {
                session.here.said.set(t!("agenda-added", title = words));
            }
            title.set(String::new());
        }
    };
    (move || {
        let (id, add) = (id.clone(), add.clone());
        let (by_key, described) = (add.clone(), id.clone());
        may_write.get().then(|| {
            view! {
                <div class="btnrow items-add">
                    <label class="vh" for=described>{tr("agenda-new-title")}</label>
                    <input class="input" id=id autocomplete="off" placeholder=tr("agenda-new-title")
                        prop:value=move || title.get()
                        on:input=move |event| title.set(page::value_of(&event))
                        on:keydown=move |event| {
                            if event.key() == "Enter" && !event.is_composing() {
                                event.prevent_default();
                                by_key();
                            }
                        } />
                    <button type="button" class="btn" on:click=move |_| add()>{icon("plus")}{tr("agenda-add")}</button>
                    <span class="tip">
                        <kbd>{tr("key-alt")}</kbd>" "<kbd>{tr("key-up")}</kbd>" "<kbd>{tr("key-down")}</kbd>" "{tr("agenda-tip")}
                    </span>
                </div>
            }
        })
    })
    .into_any()
}

fn withdrawn(order: Order) -> AnyView {
    let session = order.session;
    let gone = session.part(|session| {
        let line = |line: &&AgendaLine| line.number.is_empty();
        session.agenda.iter().filter(line).map(|line| line.item).collect::<Vec<_>>()
    });
    let may_write = order.may_move;
    (move || {
        let gone = gone.get();
        if gone.is_empty() {
            return ().into_any();
        }
        let count = gone.len();
        let rows = gone
            .into_iter()
            .map(|id| {
                let record = session.record("items", id);
                let title = move || record.with(|record| record.line("title").to_owned());
                let reason = move || {
                    let reason = record.with(|record| record.withdrawn.as_ref().map(|why| why.reason.clone()));
                    reason.filter(|reason| !reason.is_empty())
                };
                let restore = move || {
                    may_write.get().then(|| {
                        view! {
                            <button type="button" class="btn btn--small" aria-label=move || t!("restore-it", title = title())
                                on:click=move |_| order.change(Edit::Restore { id })>{tr("restore")}</button>
                        }
                    })
                };
                view! {
                    <li class="row" data-record=id.to_string() data-sync=sync_attribute(session.mark(id))>
                        <span><s>{title}</s><span class="sub">{reason}</span></span>
                        <span class="end">{restore}</span>
                    </li>
                }
                .into_any()
            })
            .collect_view();
        view! {
            <details class="gone">
                <summary>{icon("right")}{t!("agenda-withdrawn", count = count)}</summary>
                <ul class="rows sheet">{rows}</ul>
            </details>
        }
        .into_any()
    })
    .into_any()
}

// What the Chair and the Secretariat may do with the agenda as a whole.
fn acts(session: Session) -> AnyView {
    let presides = session.presides();
    let standing = session.part(|session| Some(session.state));
    let empty = session.part(|session| session.agenda.iter().all(|line| line.number.is_empty()));
    (move || {
        let Some(standing) = standing.get().filter(|_| presides.get() && !empty.get()) else { return ().into_any() };
        let to = move |to: AgendaState| session.act(Act::MoveAgenda(to), None, String::new());
        let adopt = move || {
            let order = session.peek(|session| {
                let numbered = session.agenda.iter().filter(|line| !line.number.is_empty());
                numbered.map(|line| line.item).collect::<Vec<_>>()
            });
            // The order first: it counts once the agenda is adopted, and then it is not written any more.
            session.act(Act::Order(order.unwrap_or_default()), None, String::new());
            to(AgendaState::Adopted);
        };
        let buttons = match standing.state {
            AgendaState::Draft => view! {
                <button type="button" class="btn btn--main" on:click=move |_| to(AgendaState::Provisional)>
                    {tr("agenda-send")}
                </button>
            }
            .into_any(),
            AgendaState::Provisional => view! {
                <button type="button" class="btn btn--main" on:click=move |_| adopt()>{tr("agenda-adopt")}</button>
                <button type="button" class="btn btn--quiet" on:click=move |_| to(AgendaState::Draft)>
                    {tr("agenda-back")}
                </button>
            }
            .into_any(),
            AgendaState::Adopted | AgendaState::AmendedInSession => return ().into_any(),
        };
        view! { <div class="btnrow agenda-acts">{buttons}</div> }.into_any()
    })
    .into_any()
}

fn life(session: Session) -> AnyView {
    let standing = session.part(|session| Some(session.state));
    (move || {
        let standing = standing.get();
        let steps = AgendaState::ALL
            .iter()
            .map(|state| {
                let here = standing.filter(|standing| standing.state == *state);
                let mark = here.map(|standing| provisional(standing.provisional));
                view! {
                    <li aria-current=here.map(|_| "step")>
                        {word("agenda-state", state.word())}
                        " "
                        {mark}
                        <span class="quiet">{word("agenda-life", state.word())}</span>
                    </li>
                }
                .into_any()
            })
            .collect_view();
        view! { <ol class="life">{steps}</ol> }.into_any()
    })
    .into_any()
}
