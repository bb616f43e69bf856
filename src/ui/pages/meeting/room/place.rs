//! Where the one who leads is, and whether this page goes along.

use leptos::prelude::*;

use crate::{
    domain::EntityId,
    engine::api::{LeadView, SessionView},
    ui::{
        components::{field::next_id, marks::party_here},
        i18n::{t, tr},
        platform::{page, records},
    },
};

use super::Room;

/// The left of the bar.
pub fn place(room: Room) -> AnyView {
    let (lead, leading) = (room.lead(), room.leading());
    (move || match (lead.get(), leading.get()) {
        (None, _) => view! { <p class="quiet">{tr("room-nobody-leads")}</p> }.into_any(),
        (Some(_), true) => view! { <p>{tr("room-you-lead")}</p> }.into_any(),
        (Some(lead), false) => led(room, &lead),
    })
    .into_any()
}

fn led(room: Room, lead: &LeadView) -> AnyView {
    let name = t!("room-follow", party = lead.party_name.as_str());
    let id = next_id();
    let labelled = id.clone();
    let at = lead.at;
    let words = room.session.part(move |session| Some(at).flatten().and_then(|at| words(session, at)));
    let follows = room.follows;
    let said = room.session.here.said;
    let party_name = lead.party_name.clone();
    let turn = move |event: leptos::ev::Event| {
        let on = page::checked_of(&event);
        follows.set(on);
        if on {
            said.set(t!("room-followed", party = party_name.as_str()));
        }
    };
    let go = move || {
        let at = at.filter(|_| !follows.get())?;
        words.with(Option::is_some).then(|| {
            view! {
                <button type="button" class="btn btn--small btn--quiet" on:click=move |_| records::show(&at.to_string())>
                    {tr("room-go")}
                </button>
            }
        })
    };
    view! {
        <label class="switch" for=labelled>
            <input type="checkbox" role="switch" id=id prop:checked=move || follows.get() on:change=turn />
            {name}
        </label>
        <p>
            {party_here(&lead.party)}
            " "
            {move || words.get().unwrap_or_else(|| tr("room-leads"))}
        </p>
        {go}
    }
    .into_any()
}

// Where a record of the session is, in the words of the paper.
fn words(session: &SessionView, at: EntityId) -> Option<String> {
    let parts = &session.report.parts;
    for part in parts {
        let paragraph = part.standing.iter().find(|(_, id)| *id == at);
        match (paragraph, part.item) {
            (Some((number, _)), Some(_)) => {
                return Some(t!("room-at-paragraph", item = part.number.as_str(), number = *number));
            }
            (Some((number, _)), None) => return Some(t!("room-at-opening", number = *number)),
            (None, Some(item)) if item == at => return Some(t!("room-at-item", item = part.number.as_str())),
            (None, _) => {}
        }
    }
    let released = session.report.release.standing.iter().find(|(_, id)| *id == at);
    released.map(|(number, _)| t!("room-at-release", number = *number))
}
