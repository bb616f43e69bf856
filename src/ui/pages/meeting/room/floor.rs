//! The list of speakers, the time, and the hand that is raised.

use std::time::Duration;

use leptos::prelude::*;

use crate::{
    domain::PartyCode,
    engine::api::{FloorStep, LeadView, Say, Speaker, Turn},
    ui::{
        components::{
            ask,
            field::{next_id, party_choices},
            icon::icon,
            marks::party,
        },
        i18n::{t, tr},
        platform::{clock, page},
    },
};

use super::Room;

/// Minutes that may be given to each.
const MINUTES: [u16; 5] = [2, 3, 5, 7, 10];

/// The button that raises the hand, and the list.
pub fn floor(room: Room) -> AnyView {
    let asking = room.live.part(|view| view.asking);
    let led = room.live.part(|view| view.lead.is_some());
    let leading = room.leading();
    let said = room.session.here.said;
    let turn = move || {
        let asks = !asking.get_untracked();
        room.say(Say::Ask(asks));
        if asks {
            said.set(tr("floor-asked"));
        }
    };
    let keys = window_event_listener(leptos::ev::keydown, move |event| {
        let may = led.try_get_untracked() == Some(true) && leading.try_get_untracked() == Some(false);
        if may && event.shift_key() && event.key() == "H" && !page::typing_somewhere() {
            event.prevent_default();
            turn();
        }
    });
    on_cleanup(move || keys.remove());
    let hand = move || {
        (led.get() && !leading.get()).then(|| {
            let key = if asking.get() { "floor-ask-back" } else { "floor-ask" };
            view! {
                <button type="button" class="btn btn--small" aria-pressed=move || asking.get().to_string()
                    aria-keyshortcuts="Shift+H" on:click=move |_| turn()>{icon("hand")}{tr(key)}</button>
            }
        })
    };
    view! { {hand}{panel(room, led)} }.into_any()
}

fn panel(room: Room, led: Signal<bool>) -> AnyView {
    let id = next_id();
    let target = id.clone();
    let waiting = room.live.part(|view| {
        let speakers = view.lead.as_ref().map(|lead| lead.speakers.as_slice()).unwrap_or_default();
        speakers.iter().filter(|speaker| speaker.turn == Turn::Waiting).count()
    });
    let now = timer(room);
    let heading = format!("{id}-title");
    let labelled = heading.clone();
    view! {
        <button type="button" class="btn btn--small btn--quiet" popovertarget=target hidden=move || !led.get()>
            {move || t!("floor-open", count = waiting.get())}
            {move || now.get().map(|(spoken, over)| time(spoken, over))}
        </button>
        <div class="panel floor-panel" popover="auto" id=id role="dialog" aria-labelledby=labelled>
            <div class="section-head"><h2 id=heading>{tr("floor-title")}</h2></div>
            {list(room, now)}
            {tools(room)}
        </div>
    }
    .into_any()
}

/// Seconds that the one who has the floor has spoken, and whether that is longer than was given.
type Spoken = Option<(u32, bool)>;

// Counts on from what was last said, by this page's clock.
fn timer(room: Room) -> Signal<Spoken> {
    let spoken = room.live.part(|view| view.lead.as_ref().and_then(|lead| Some((lead.spoken?, lead.limit))));
    let since = Memo::new(move |_| {
        spoken.get().map(|(spoken, limit)| (clock::now().saturating_sub(u64::from(spoken) * 1_000), limit))
    });
    let beat = RwSignal::new(0_u32);
    let handle = set_interval_with_handle(
        move || {
            if since.try_get_untracked().flatten().is_some() {
                let _ = beat.try_update(|beat| *beat = beat.wrapping_add(1));
            }
        },
        Duration::from_secs(1),
    );
    on_cleanup(move || {
        if let Ok(handle) = handle {
            handle.clear();
        }
    });
    Memo::new(move |_| {
        beat.track();
        let (since, limit) = since.get()?;
        let spoken = u32::try_from(clock::now().saturating_sub(since) / 1_000).unwrap_or(u32::MAX);
        Some((spoken, limit.is_some_and(|limit| spoken > u32::from(limit))))
    })
    .into()
}

fn time(spoken: u32, over: bool) -> AnyView {
    view! {
        <span class="timer" data-over=over.then_some("")>
            <span class="vh">{tr("floor-speaking")}" "</span>
            {format!("{:02}:{:02}", spoken / 60, spoken % 60)}
            {over.then(|| view! { <span class="vh">", "{tr("floor-over")}</span> })}
        </span>
    }
    .into_any()
}

fn list(room: Room, now: Signal<Spoken>) -> AnyView {
    let lead = room.lead();
    let leading = room.leading();
    (move || {
        let Some(LeadView { speakers, .. }) = lead.get() else { return ().into_any() };
        if speakers.is_empty() {
            return view! { <p class="quiet">{tr("floor-none")}</p> }.into_any();
        }
        let next = speakers.iter().position(|speaker| speaker.turn == Turn::Waiting);
        let rows = speakers
            .into_iter()
            .enumerate()
            .map(|(at, speaker)| row(room, speaker, next == Some(at), now, leading))
            .collect_view();
        view! { <ol class="floor">{rows}</ol> }.into_any()
    })
    .into_any()
}

fn row(room: Room, speaker: Speaker, next: bool, now: Signal<Spoken>, leading: Signal<bool>) -> AnyView {
    let Speaker { party: code, name, turn } = speaker;
    let state = match turn {
        Turn::Spoken => view! { {icon("check")}<span class="vh">{tr("floor-spoken")}</span> }.into_any(),
        Turn::Speaking => (move || now.get().map(|(spoken, over)| time(spoken, over))).into_any(),
        Turn::Waiting => next.then(|| view! { <span class="quiet">{tr("floor-next")}</span> }).into_any(),
    };
    let shown = code.clone();
    let acts = move || leading.get().then(|| acts(room, &code, &name, turn));
    let name = room.live.peek(|view| {
        let speakers = view.lead.as_ref().map(|lead| lead.speakers.as_slice()).unwrap_or_default();
        speakers.iter().find(|speaker| speaker.party == shown).map(|speaker| speaker.name.clone())
    });
    view! {
        <li data-done=(turn == Turn::Spoken).then_some("") aria-current=(turn == Turn::Speaking).then_some("true")>
            {party(&shown)}
            <span aria-hidden="true">{name.flatten()}</span>
            <span class="floor-state">{state}</span>
            {acts}
        </li>
    }
    .into_any()
}

fn acts(room: Room, code: &PartyCode, name: &str, turn: Turn) -> AnyView {
    let (given, removed) = (code.clone(), code.clone());
    let give = (turn == Turn::Waiting).then(|| {
        view! {
            <button type="button" class="btn btn--small" aria-label=t!("floor-give-name", party = name)
                on:click=move |_| room.say(Say::Floor(FloorStep::Give(given.clone())))>{tr("floor-give")}</button>
        }
    });
    let end = (turn == Turn::Speaking).then(|| {
        view! {
            <button type="button" class="btn btn--small"
                on:click=move |_| room.say(Say::Floor(FloorStep::End))>{tr("floor-end")}</button>
        }
    });
    let remove = (turn == Turn::Waiting).then(|| {
        view! {
            <button type="button" class="iconbtn" aria-label=t!("floor-remove-name", party = name)
                on:click=move |_| room.say(Say::Floor(FloorStep::Remove(removed.clone())))>{icon("x")}</button>
        }
    });
    view! { <span class="floor-acts">{give}{end}{remove}</span> }.into_any()
}

// What only the one who leads does: who else speaks, for how long, and a new list.
fn tools(room: Room) -> AnyView {
    let leading = room.leading();
    (move || {
        leading.get().then(|| {
            let added = RwSignal::new(String::new());
            let parties = party_choices();
            let choices = Memo::new(move |_| {
                let first = std::iter::once((String::new(), tr("floor-add")));
                first.chain(parties.get()).collect::<Vec<_>>()
            });
            Effect::new(move |_| {
                if let Ok(code) = added.get().parse::<PartyCode>() {
                    room.say(Say::Floor(FloorStep::Add(code)));
                    added.set(String::new());
                }
            });
            let set = room.live.peek(|view| view.lead.as_ref().and_then(|lead| lead.limit)).flatten();
            let limit = RwSignal::new(set.map_or_else(String::new, |seconds| (seconds / 60).to_string()));
            let limits = MINUTES.map(|minutes| (minutes.to_string(), t!("floor-limit-minutes", count = minutes)));
            let limits: Vec<_> = std::iter::once((String::new(), tr("floor-limit-none"))).chain(limits).collect();
            Effect::new(move |before: Option<String>| {
                let limit = limit.get();
                if before.is_some_and(|before| before != limit) {
                    room.say(Say::Floor(FloorStep::Limit(limit.parse::<u16>().ok().map(|minutes| minutes * 60))));
                }
                limit
            });
            view! {
                <div class="floor-tools">
                    {ask::choose("floor-add", choices.into(), added)}
                    {ask::choose("floor-limit", Signal::stored(limits), limit)}
                    <button type="button" class="btn btn--small"
                        on:click=move |_| room.say(Say::Floor(FloorStep::Clear))>{tr("floor-clear")}</button>
                </div>
            }
        })
    })
    .into_any()
}
