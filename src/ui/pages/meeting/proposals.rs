//! Items that delegations propose: until when, by whom, whether in time, and what became of each.

mod make;

use leptos::prelude::*;

use crate::{
    domain::{
        DocKind, Edit, EntityId,
        agenda::proposal::{Arrival, ProposalState},
    },
    engine::api::{Command, ProposalView},
    ui::{
        components::{
            ask,
            dialog::dialog,
            field::{Field, Subject},
            head::sync_attribute,
            icon::icon,
            marks::{Form, party, provisional, sync_mark},
        },
        i18n::{
            format::{self, word},
            t, tr,
        },
        state::{commands, parties::use_parties},
    },
};

use super::{amended::Amend, order::Order, session::Session};

/// The section beside an agenda.
pub fn section(order: Order) -> AnyView {
    let session = order.session;
    let list = session.part(|session| session.proposals.clone());
    let until = session.part(|session| session.proposals_until);
    let may_answer = session.part(|session| session.may_answer);
    let declining = RwSignal::new(None::<EntityId>);
    let root = Subject {
        doc: session.doc,
        kind: DocKind::Session,
        entity: None,
        record: session.part(|session| session.snapshot.root.clone()),
        may_write: may_answer,
        mark: session.mark(EntityId::from_bytes(session.doc.to_bytes())),
    };
    let date = move || {
        if may_answer.get() {
            Field::new(root, "proposals-until").label("proposals-until").view()
        } else {
            let words = until.get().map_or_else(
                || tr("proposals-any-time"),
                |until| t!("proposals-until-date", date = format::date(until)),
            );
            view! { <p class="quiet">{words}</p> }.into_any()
        }
    };
    let none = move || list.with(Vec::is_empty).then(|| view! { <p class="quiet">{tr("proposals-none")}</p> });
    view! {
        <section aria-label=tr("proposals")>
            <div class="section-head"><h2>{tr("proposals")}</h2></div>
            {date}
            {none}
            <ol class="reports proposals">
                <For
                    each=move || list.get()
                    key=|one| (one.id, one.state, one.arrival, one.declined.clone(), one.record.withdrawn.is_some(), one.at, one.mine)
                    let:one
                >
                    {proposal(order, one, list, may_answer, declining)}
                </For>
            </ol>
            {make::button(order)}
            {decline(session, declining)}
        </section>
    }
    .into_any()
}

fn facts(order: Order, one: &ProposalView) -> AnyView {
    let record = &one.record;
    let said =
        |list: &str, field: &str| Some(record.line(field)).filter(|said| !said.is_empty()).map(|said| word(list, said));
    let minutes = match record.fields.get("minutes").map(|held| &held.value) {
        Some(crate::domain::Value::Int(minutes)) => Some(t!("agenda-minutes", minutes = *minutes)),
        _ => None,
    };
    let under = record.read::<EntityId>("about");
    let under = move || {
        let number = order.session.part(move |session| {
            session
                .agenda
                .iter()
                .find(|line| Some(line.item) == under)
                .map(|line| line.number.clone())
                .unwrap_or_default()
        });
        let number = number.get();
        (!number.is_empty()).then(|| t!("proposal-under", number = number))
    };
    let facts = [said("item-kind", "item-kind"), said("expected-action", "expected-action"), minutes];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    view! { <p class="quiet small">{facts.join(", ")}" "{under}</p> }.into_any()
}

fn proposal(
    order: Order,
    one: ProposalView,
    all: Signal<Vec<ProposalView>>,
    may_answer: Signal<bool>,
    declining: RwSignal<Option<EntityId>>,
) -> AnyView {
    let (id, session, now_mark) = (one.id, order.session, one.mark);
    let mark =
        Signal::derive(move || all.with(|all| all.iter().find(|one| one.id == id).map_or(now_mark, |one| one.mark)));
    let parties = use_parties();
    let by = one.party.clone();
    let gone = one.record.withdrawn.is_some();
    let arrival = match one.arrival {
        Arrival::InTime => None,
        Arrival::Late | Arrival::Waiting => {
            Some(view! { <span class="chip">{icon("clock")}{word("arrival", one.arrival.word())}</span> })
        }
    };
    let state = match one.state {
        ProposalState::Open => None,
        ProposalState::Taken | ProposalState::Declined => {
            let waits = one.state == ProposalState::Declined && one.declined.as_ref().is_some_and(|(_, waits)| *waits);
            Some(view! { <span class="chip">{word("proposal-state", one.state.word())}</span>{provisional(waits)} })
        }
    };
    let why = one.declined.clone().filter(|_| one.state == ProposalState::Declined).map(|(reason, _)| {
        view! { <blockquote>{reason}</blockquote> }
    });
    let titles = one
        .record
        .members("titles")
        .filter_map(|(tag, held)| {
            let text = held.value.as_str()?.to_owned();
            Some(view! { <p class="item-tongue" lang=tag.to_owned()>{text}</p> }.into_any())
        })
        .collect_view();
    let text = one.record.text("text").to_owned();
    let title = one.record.line("title").to_owned();
    let (take_label, decline_label) =
        (t!("proposal-take-it", title = title.as_str()), t!("proposal-decline-it", title = title.as_str()));
    let (open, taken) = (one.state == ProposalState::Open, one.state == ProposalState::Taken);
    let answers = move || {
        // A frozen agenda is changed by the Chair alone.
        // What was declined may still be taken over.
        let take = !gone && !taken && may_answer.get() && order.may_move.get();
        let decline = !gone && open && may_answer.get();
        let take = take.then(|| {
            let label = take_label.clone();
            let click = move |_| {
                if order.frozen.get_untracked() {
                    order.amending.set(Some(Amend::Take(id)));
                } else {
                    let (session, reason) = (session.doc, String::new());
                    commands::send(Command::TakeProposal { session, proposal: id, reason }, |_| {});
                }
            };
            view! { <button type="button" class="btn btn--small" aria-label=label on:click=click>{tr("proposal-take")}</button> }
        });
        let decline = decline.then(|| {
            let label = decline_label.clone();
            view! {
                <button type="button" class="btn btn--small btn--quiet" aria-label=label
                    on:click=move |_| declining.set(Some(id))>{tr("proposal-decline")}</button>
            }
        });
        view! { {take}{decline} }
    };
    let (doc, mine) = (one.doc, one.mine && !gone && open);
    let withdraw = mine.then(|| {
        view! {
            <button type="button" class="btn btn--small btn--quiet"
                on:click=move |_| commands::edit(doc, Edit::Withdraw { id, reason: String::new() })>{tr("withdraw")}</button>
        }
    });
    view! {
        <li data-record=id.to_string() data-sync=sync_attribute(mark)>
            <header>
                {party(&one.party)}
                <b>{move || parties.with(|parties| parties.name(&by))}</b>
                {arrival}
                {state}
                <span class="quiet">{format::moment(one.at)}</span>
                {sync_mark(mark, Form::Short)}
            </header>
            {if gone {
                view! { <p class="quiet"><s>{title}</s>" "{tr("proposal-withdrawn")}</p> }.into_any()
            } else {
                view! { <p class="proposal-title">{title}</p>{titles}{facts(order, &one)} }.into_any()
            }}
            {(!text.is_empty() && !gone).then(|| view! { <p>{text}</p> })}
            {why}
            <div class="btnrow">{answers}{withdraw}</div>
        </li>
    }
    .into_any()
}

fn decline(session: Session, declining: RwSignal<Option<EntityId>>) -> AnyView {
    let open = RwSignal::new(false);
    let reason = RwSignal::new(String::new());
    Effect::new(move |_| open.set(declining.with(Option::is_some)));
    Effect::new(move |before: Option<bool>| {
        let now = open.get();
        if before == Some(true) && !now {
            declining.set(None);
            reason.set(String::new());
        }
        now
    });
    let go = Callback::new(move |()| {
        if let Some(proposal) = declining.get_untracked() {
            let reason = reason.get_untracked().trim().to_owned();
            commands::send(Command::DeclineProposal { session: session.doc, proposal, reason }, |_| {});
        }
        open.set(false);
    });
    let ready = Signal::derive(move || reason.with(|reason| !reason.trim().is_empty()));
    dialog(open, Signal::stored(tr("proposal-decline")), move || {
        view! {
            {ask::line("act-reason", reason, Some("amend-reason-hint"), true)}
            {ask::acts(open, Signal::stored(tr("proposal-decline")), "btn btn--main", ready, go)}
        }
        .into_any()
    })
}
