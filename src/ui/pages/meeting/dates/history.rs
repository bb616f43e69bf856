//! How the meeting's dates, mode and state came to be.

use leptos::prelude::*;

use crate::{
    domain::meeting::dates::Dates,
    engine::api::{MeetingChange, MeetingStep},
    ui::{
        components::{
            icon::icon,
            marks::{party, provisional},
        },
        i18n::{
            format::{self, word},
            t, tr,
        },
    },
};

use super::{super::Here, told};

fn one(step: MeetingStep) -> AnyView {
    let MeetingStep { what, party: by, at, reason, provisional: waits, not_applied, .. } = step;
    let was = |dates: Option<Dates>| dates.filter(|dates| dates.start.is_some()).map(|dates| told(&dates));
    let words = match what {
        MeetingChange::Dates { to, was: before } => match was(before) {
            Some(before) => t!("meeting-moved", to = told(&to), was = before),
            None => t!("meeting-fixed", to = told(&to)),
        },
        MeetingChange::Mode { to, was: Some(was) } => {
            t!("mode-changed-from", to = word("mode", to.word()), was = word("mode", was.word()))
        }
        MeetingChange::Mode { to, was: None } => t!("mode-changed", to = word("mode", to.word())),
        MeetingChange::State(to) => t!("history-moved", to = word("meeting-state", to.word())),
    };
    let aside = not_applied.then(|| view! { <span class="chip">{icon("warn")}{tr("not-applied")}</span> });
    view! {
        <li>
            {by.as_ref().map(party)}
            <p>{words}" "{provisional(waits)}{aside}</p>
            {(!reason.is_empty()).then(|| view! { <blockquote>{reason}</blockquote> })}
            <p class="who-when">{t!("history-recorded", when = format::moment(at))}</p>
        </li>
    }
    .into_any()
}

/// The section; nothing where nobody has fixed or changed anything.
pub fn history(here: Here) -> AnyView {
    let steps = here.live.part(|view| view.steps.clone());
    let planned = here.live.part(|view| (view.dates.planned.clone(), view.dates.now.clone()));
    (move || {
        let mut steps = steps.get();
        if steps.is_empty() {
            return ().into_any();
        }
        // The newest first, as in every history.
        steps.reverse();
        let (planned, now) = planned.get();
        let facts = (planned.start.is_some() && planned.start != now.start).then(|| {
            view! {
                <dl class="planned-held">
                    <div><dt>{tr("meeting-was-planned")}</dt><dd>{told(&planned)}</dd></div>
                    <div><dt>{tr("meeting-is-now")}</dt><dd>{told(&now)}</dd></div>
                </dl>
            }
        });
        view! {
            <details class="meeting-facts meeting-history">
                <summary>{icon("right")}<h2>{tr("meeting-history")}</h2></summary>
                {facts}
                <div class="log"><ol>{steps.into_iter().map(one).collect_view()}</ol></div>
            </details>
        }
        .into_any()
    })
    .into_any()
}
