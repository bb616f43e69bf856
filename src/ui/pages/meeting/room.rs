//! The meeting while it sits: who is here, who leads, where everybody is. All of it is said in passing and kept nowhere.

mod floor;
mod place;

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};

use crate::{
    domain::{DocId, EntityId, PartyCode, meeting::MeetingState},
    engine::api::{LeadView, PresenceView, Query, Say, Spot},
    ui::{
        components::{icon::icon, marks::party_here},
        i18n::{t, tr},
        platform::{page, records},
        state::{
            link,
            parties::use_parties,
            views::{Live, use_view},
        },
    },
};

use super::{
    Here,
    session::{Session, sessions},
    tabs::Tab,
};

/// What the parts of the bar need.
#[derive(Clone, Copy)]
struct Room {
    session: Session,
    live: Live<PresenceView>,
    /// Whether this page goes where the one who leads is.
    follows: RwSignal<bool>,
}

impl Room {
    fn doc(self) -> DocId {
        self.session.doc
    }

    fn say(self, say: Say) {
        link::pass(self.doc(), say);
    }

    fn lead(self) -> Signal<Option<LeadView>> {
        self.live.part(|view| view.lead.clone())
    }

    fn leading(self) -> Signal<bool> {
        self.live.part(|view| view.leading)
    }
}

/// A bar for each session that somebody else is in, that somebody leads, or that sits. `tab` is what the page shows.
pub fn bars(here: Here, tab: Memo<Tab>) -> AnyView {
    let docs = sessions(here);
    view! {
        <For each=move || docs.get() key=|doc| *doc let:doc>
            {bar(Session { here, doc }, tab)}
        </For>
    }
    .into_any()
}

fn bar(session: Session, tab: Memo<Tab>) -> AnyView {
    let live = use_view::<PresenceView>(Query::Presence { doc: session.doc });
    let room = Room { session, live, follows: RwSignal::new(false) };
    let sits =
        session.here.live.part(|view| view.row.state.is_some_and(|standing| standing.state == MeetingState::InSession));
    let others = live.part(|view| !view.here.is_empty() || view.lead.is_some());
    let shown = Memo::new(move |_| sits.get() || others.get());
    follow(room, tab);
    where_i_am(room);
    (move || {
        shown.get().then(|| {
            view! {
                <section class="room" aria-label=tr("room-name")>
                    {present(room)}
                    <div class="followbar">
                        {place::place(room)}
                        <span class="room-acts">{floor::floor(room)}{leader(room)}{presenting()}</span>
                    </div>
                </section>
            }
        })
    })
    .into_any()
}

// Who is here: one mark for each delegation, in protocol order, the one in the lead first.
fn present(room: Room) -> AnyView {
    let here = room.live.part(|view| view.here.iter().map(|person| person.party.clone()).collect::<Vec<_>>());
    let lead = room.live.part(|view| view.lead.as_ref().map(|lead| lead.party.clone()));
    let parties = use_parties();
    let ordered = Memo::new(move |_| {
        let (mut here, lead): (Vec<PartyCode>, _) = (here.get(), lead.get());
        parties.with(|parties| {
            let rank = |code: &PartyCode| {
                let place = parties.iter().position(|party| party.code == *code).unwrap_or(usize::MAX);
                (lead.as_ref() != Some(code), place)
            };
            here.sort_by_key(rank);
        });
        here.dedup();
        here
    });
    let name = move || {
        let here = ordered.get();
        let names = parties.with(|parties| here.iter().map(|code| parties.name(code)).collect::<Vec<_>>().join(", "));
        t!("room-present", count = here.len(), names = names)
    };
    let alone = move || ordered.with(Vec::is_empty).then(|| view! { <p class="quiet small">{tr("room-alone")}</p> });
    view! {
        <div class="presence" role="group" aria-label=name>
            <For each=move || ordered.get() key=Clone::clone let:code>
                {party_here(&code)}
            </For>
            {alone}
        </div>
    }
    .into_any()
}

fn leader(room: Room) -> AnyView {
    let may = room.live.part(|view| view.may_lead);
    let leading = room.leading();
    (move || {
        may.get().then(|| {
            let (key, glyph) = if leading.get() { ("room-lead-stop", "x") } else { ("room-lead", "follow") };
            let turn = move |_| room.say(Say::Lead(!leading.get_untracked()));
            view! {
                <button type="button" class="btn btn--small" title=tr("room-lead-hint") on:click=turn>
                    {icon(glyph)}{tr(key)}
                </button>
            }
        })
    })
    .into_any()
}

// Large type and nothing else, for the screen that everybody in the hall sees.
fn presenting() -> AnyView {
    let on = RwSignal::new(false);
    Effect::new(move |_| page::set_root("data-present", on.get().then_some("")));
    on_cleanup(|| page::set_root("data-present", None));
    let escape = window_event_listener(leptos::ev::keydown, move |event| {
        if event.key() == "Escape" && !event.is_composing() && on.try_get_untracked() == Some(true) {
            on.set(false);
        }
    });
    on_cleanup(move || escape.remove());
    view! {
        <button type="button" class="btn btn--small wide-only" aria-pressed=move || on.get().to_string()
            on:click=move |_| on.update(|on| *on = !*on)>
            {move || tr(if on.get() { "room-present-stop" } else { "room-present-start" })}
        </button>
    }
    .into_any()
}

// Goes where the one who leads is, as long as this page follows; and marks the place for everybody.
fn follow(room: Room, tab: Memo<Tab>) {
    let at = room.live.part(|view| view.lead.as_ref().and_then(|lead| lead.at));
    let leading = room.leading();
    let go = StoredValue::new_local(use_navigate());
    let location = use_location();
    Effect::new(move |_| {
        let (at, follows) = (at.get(), room.follows.get());
        if leading.get() {
            records::mark_led(None);
            return;
        }
        let Some(record) = at else { return records::mark_led(None) };
        // Drawn anew with every other tab.
        let tab = tab.get();
        if !follows {
            return records::mark_led(Some(&record.to_string()));
        }
        let released = is_released(room.session, record);
        let fits = match tab {
            Tab::Report => !released,
            // What is not here yet is looked for where the one who leads was last.
            Tab::Release => released || !is_known(room.session, record),
            Tab::Agenda => is_item(room.session, record),
            Tab::Delegations | Tab::Documents | Tab::Decisions => false,
        };
        if !fits {
            let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
            let to = if released { "release" } else { "report" };
            let address = format!("{}?tab={to}", location.pathname.get_untracked());
            go.with_value(|go| go(&address, options));
        }
        records::show(&record.to_string());
    });
    // Whoever writes has a place of his own.
    let said = room.session.here.said;
    let typed = window_event_listener(leptos::ev::input, move |event| {
        if records::is_typed_in(&event) && room.follows.try_get_untracked() == Some(true) && is_words(&event) {
            room.follows.set(false);
            said.set(tr("room-left"));
        }
    });
    on_cleanup(move || typed.remove());
}

// The switch itself is an input.
fn is_words(event: &leptos::ev::Event) -> bool {
    !records::around(event).is_empty()
}

fn is_known(session: Session, id: EntityId) -> bool {
    let known = session.peek(|session| {
        let own = session.report.lines.iter().any(|line| line.id == id);
        own || session.report.spoken.iter().any(|spoken| spoken.record.id == Some(id))
    });
    known.unwrap_or(false) || is_item(session, id)
}

fn is_released(session: Session, id: EntityId) -> bool {
    session.peek(|session| session.report.release.standing.iter().any(|(_, one)| *one == id)).unwrap_or(false)
}

fn is_item(session: Session, id: EntityId) -> bool {
    session.peek(|session| session.agenda.iter().any(|line| line.item == id)).unwrap_or(false)
}

// Tells the others at which item or paragraph this person is. Prose fields say for themselves where the caret is.
fn where_i_am(room: Room) {
    let session = room.session;
    let turned = move |event: &leptos::ev::Event| {
        if records::is_prose(event) {
            return;
        }
        let known = |id: &String| {
            let id: EntityId = id.parse().ok()?;
            let known = session.peek(|session| {
                let paragraphs = session.snapshot.collection("paragraphs");
                session.agenda.iter().any(|line| line.item == id) || paragraphs.iter().any(|one| one.id == Some(id))
            });
            known.unwrap_or(false).then_some(id)
        };
        if let Some(record) = records::around(event).iter().find_map(known) {
            room.say(Say::At(Some(Spot { record, caret: None })));
        }
    };
    let focused = window_event_listener(leptos::ev::focusin, move |event| turned(&event));
    let clicked = window_event_listener(leptos::ev::click, move |event| turned(&event));
    on_cleanup(move || {
        focused.remove();
        clicked.remove();
    });
}
