//! One item of an agenda: its line, and behind *More* everything else about it.

mod change;

use leptos::prelude::*;

use crate::{
    domain::{Act, Edit, EntityId, Record, Value, agenda::ItemState},
    engine::api::AgendaLine,
    ui::{
        components::{
            ask,
            comments::comments,
            dialog::dialog,
            field::{Field, Subject, field},
            head::sync_attribute,
            history::history_link,
            icon::icon,
            marks::{Form, party, provisional, sync_mark},
            papers,
        },
        i18n::{format::word, t, tr},
        logic::agenda::{Way, last_place, minutes, running},
        platform::{clock, page},
        state::commands,
    },
};

use super::{amended, dice, notes, order::Order, session::Session};

/// The item's line.
pub fn item(order: Order, id: EntityId) -> AnyView {
    let session = order.session;
    let subject = session.subject("items", id);
    let mark = subject.mark;
    // What was adopted is changed by nobody's hand alone.
    let (frozen, may_write) = (order.frozen, subject.may_write);
    let adopted = Subject { may_write: Signal::derive(move || may_write.get() && !frozen.get()), ..subject };
    let line = session.part(move |session| session.agenda.iter().find(|line| line.item == id).cloned());
    let number = move || line.with(|line| line.as_ref().map(|line| line.number.clone()));
    let depth = move || line.with(|line| line.as_ref().map_or(0, |line| line.depth)).to_string();
    let title = Signal::derive(move || subject.record.with(|record| record.line("title").to_owned()));
    let open = RwSignal::new(false);
    let keys = move |event: leptos::ev::KeyboardEvent| {
        let way = match event.key().as_str() {
            "ArrowUp" => Way::Up,
            "ArrowDown" => Way::Down,
            _ => return,
        };
        if event.alt_key() && order.may_move.get_untracked() {
            event.prevent_default();
            order.step(id, way);
        }
    };
    let drag_over = move |event: leptos::ev::DragEvent| {
        if order.dragged.get_untracked().is_some() {
            event.prevent_default();
            order.over.set(Some(id));
        }
    };
    let drop = move |event: leptos::ev::DragEvent| {
        event.prevent_default();
        order.drop_on(id);
    };
    let over = move || (order.over.get() == Some(id) && order.dragged.get() != Some(id)).then_some("");
    view! {
        <li
            class="item"
            id=format!("item-{id}")
            data-record=id.to_string()
            data-sync=sync_attribute(mark)
            data-depth=depth
            data-over=over
            on:keydown=keys
            on:dragover=drag_over
            on:drop=drop
        >
            {grip(order, id)}
            <span class="item-n">{number}</span>
            <div class="item-main">
                {Field::new(adopted, "title").label("agenda-item-title").width("input--bare").bare().wrap().view()}
                {below(session, id, subject.record, line)}
                {notes::at(session, id)}
            </div>
            {sync_mark(mark, Form::Short)}
            <span class="item-move">
                {mover(order, id, Way::Up, title)}
                {mover(order, id, Way::Down, title)}
                <button type="button" class="iconbtn" aria-label=move || t!("agenda-more", title = title.get())
                    aria-expanded=move || open.get().to_string() on:click=move |_| open.update(|open| *open = !*open)>
                    {icon("more")}
                </button>
            </span>
            {move || open.get().then(|| more(order, id, subject, adopted, line))}
        </li>
    }
    .into_any()
}

fn grip(order: Order, id: EntityId) -> AnyView {
    let grip = move || {
        order.may_move.get().then(|| {
            let begin = move |event: leptos::ev::DragEvent| {
                page::begin_drag(&event, &format!("item-{id}"));
                order.dragged.set(Some(id));
            };
            let end = move |_| {
                order.dragged.set(None);
                order.over.set(None);
            };
            view! { <span class="grip-in" draggable="true" on:dragstart=begin on:dragend=end>{icon("grip")}</span> }
        })
    };
    view! { <span class="grip" aria-hidden="true">{grip}</span> }.into_any()
}

// The button stays in the order of focus at the ends of the list, so that the focus is not lost when it arrives there.
fn mover(order: Order, id: EntityId, way: Way, title: Signal<String>) -> AnyView {
    let can = order.can(id, way);
    let (key, glyph) = match way {
        Way::Up => ("move-up", "moveup"),
        Way::Down => ("move-down", "movedown"),
    };
    (move || {
        order.may_move.get().then(|| {
            view! {
                <button type="button" class="iconbtn" id=format!("{key}-{id}")
                    aria-label=move || t!(key, title = title.get())
                    aria-disabled=move || (!can.get()).then_some("true")
                    on:click=move |_| order.step(id, way)>{icon(glyph)}</button>
            }
        })
    })
    .into_any()
}

// The second line: what the item is for, and its titles in other languages.
fn below(session: Session, id: EntityId, record: Signal<Record>, line: Signal<Option<AgendaLine>>) -> AnyView {
    let until = session.part(move |session| {
        running(&session.agenda, session.snapshot.collection("items")).0.get(&id).copied().unwrap_or(0)
    });
    let comments = session.comments(Some(id));
    let facts = move || {
        record.with(|record| {
            let action = record.line("expected-action");
            let action =
                (!action.is_empty()).then(|| view! { <span>{word("expected-action", action)}</span> }.into_any());
            let lead =
                record.read("lead").map(|code| view! { <span>{tr("field-lead")}" "{party(&code)}</span> }.into_any());
            let speaker = record.line("speaker");
            let speaker = (!speaker.is_empty())
                .then(|| view! { <span>{t!("agenda-spoken", speaker = speaker)}</span> }.into_any());
            let own = minutes(record);
            let time = (own > 0).then(|| {
                let until = until.get();
                view! {
                    <span>
                        {icon("clock")}
                        {t!("agenda-minutes", minutes = own)}
                        <span class="quiet">{t!("agenda-until", hours = until / 60, minutes = until % 60)}</span>
                    </span>
                }
                .into_any()
            });
            let kind = record.line("session");
            let kind = (!kind.is_empty()).then(|| view! { <span>{word("session-kind", kind)}</span> }.into_any());
            view! { {action}{lead}{speaker}{time}{kind} }
        })
    };
    let state = move || {
        line.with(|line| line.as_ref().and_then(|line| line.state)).map(|standing| {
            view! { <span class="item-state">{word("item-state", standing.state.word())}{provisional(standing.provisional)}</span> }
        })
    };
    let said = move || {
        let count = comments.with(Vec::len);
        (count > 0).then(|| view! { <span>{t!("comments-count", count = count)}</span> })
    };
    let translations = move || {
        record.with(|record| {
            record
                .members("titles")
                .filter_map(|(tag, held)| {
                    let text = held.value.as_str()?.to_owned();
                    Some(view! { <p class="item-tongue" lang=tag.to_owned()>{text}</p> }.into_any())
                })
                .collect_view()
        })
    };
    view! { {translations}<p class="item-sub">{state}{facts}{said}</p> }.into_any()
}

fn more(order: Order, id: EntityId, subject: Subject, adopted: Subject, line: Signal<Option<AgendaLine>>) -> AnyView {
    let session = order.session;
    view! {
        <div class="item-more">
            <div class="fields-2">
                {Field::new(adopted, "kind").label("agenda-kind").view()}
                {Field::new(adopted, "expected-action").label("agenda-action").view()}
                {field(adopted, "lead")}
                {Field::new(adopted, "minutes").label("agenda-minutes-label").width("w-s").view()}
                {Field::new(adopted, "session").label("agenda-session").view()}
                {Field::new(adopted, "proposer").label("agenda-proposer").view()}
                {Field::new(subject, "speaker").label("agenda-speaker").view()}
                {field(subject, "titles")}
                {field(subject, "documents")}
                {field(subject, "note")}
                {Field::new(subject, "source-note").wrap().view()}
            </div>
            {papers::of_item(session.here.doc, session.doc, id)}
            {item_acts(session, id, line)}
            {editing(order, id, subject)}
            <h3>{tr("meeting-comments")}</h3>
            {comments(session.doc, Some(id), session.comments(Some(id)), session.part(|session| session.may_comment))}
        </div>
    }
    .into_any()
}

// The next steps in an item's life, once the agenda has been sent out.
fn item_acts(session: Session, id: EntityId, line: Signal<Option<AgendaLine>>) -> AnyView {
    let presides = session.presides();
    (move || {
        if !presides.get() {
            return ().into_any();
        }
        let now =
            line.with(|line| line.as_ref().and_then(|line| line.state)).map_or(ItemState::Proposed, |now| now.state);
        let buttons = now
            .next()
            .iter()
            // Withdrawing stands beside the record and asks for a reason: see below.
            .filter(|state| **state != ItemState::Withdrawn)
            .map(|state| {
                let state = *state;
                view! {
                    <button type="button" class="btn btn--small"
                        on:click=move |_| session.act(Act::MoveItem(state), Some(id), String::new())>
                        {word("item-act", state.word())}
                    </button>
                }
                .into_any()
            })
            .collect_view();
        view! { <div class="btnrow">{buttons}</div> }.into_any()
    })
    .into_any()
}

fn editing(order: Order, id: EntityId, subject: Subject) -> AnyView {
    let session = order.session;
    let may_write = order.may_move;
    let title = Signal::derive(move || subject.record.with(|record| record.line("title").to_owned()));
    let open = RwSignal::new(false);
    let reason = RwSignal::new(String::new());
    let under = move |_| {
        let place = order.spots.with_untracked(|spots| last_place(spots, Some(id), dice()));
        let (made, fields) = (clock::entity(), vec![("title".to_owned(), Value::Str(tr("agenda-new-item")))]);
        order.change(Edit::Add { to: "items".to_owned(), id: made, place: Some(place), fields, texts: Vec::new() });
        if !order.frozen.get_untracked() {
            page::focus_soon(&format!("f-title-{made}"));
        }
    };
    let go = Callback::new(move |()| {
        let why = reason.get_untracked().trim().to_owned();
        let edit = Edit::Withdraw { id, reason: why.clone() };
        if order.frozen.get_untracked() {
            amended::amend(session, edit, why);
        } else {
            commands::edit(session.doc, edit);
        }
        open.set(false);
    });
    // Of an adopted agenda nothing is taken without a reason.
    let ready = Signal::derive(move || !order.frozen.get() || reason.with(|reason| !reason.trim().is_empty()));
    let buttons = move || {
        may_write.get().then(|| {
            view! {
                <div class="btnrow">
                    <button type="button" class="btn btn--small" on:click=under>{icon("plus")}{tr("agenda-add-under")}</button>
                    {change::button(order, id, subject)}
                    <button type="button" class="btn btn--small btn--quiet" on:click=move |_| open.set(true)>
                        {tr("agenda-withdraw")}
                    </button>
                </div>
            }
        })
    };
    let dialog = dialog(open, Signal::stored(tr("agenda-withdraw")), move || {
        view! {
            <p>{tr("agenda-withdraw-text")}</p>
            {ask::line("act-reason", reason, Some("act-reason-hint"), true)}
            {ask::acts(open, Signal::stored(tr("withdraw")), "btn btn--bad", ready, go)}
        }
        .into_any()
    });
    let told = history_link(session.doc, Some(id), "history-item");
    let note = view! { <div class="btnrow">{notes::adder(session, id, title)}{told}</div> };
    view! { {buttons}{note}{dialog} }.into_any()
}
