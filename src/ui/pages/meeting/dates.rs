//! When the meeting is and how it is held: in its own time zone and in the reader's, how that came to be, and the act that
//! changes it.

mod change;
mod history;
mod options;

use leptos::prelude::*;

use crate::{
    domain::{When, meeting::dates::Dates},
    engine::api::DatesView,
    ui::{
        components::{
            icon::icon,
            marks::{provisional, who},
        },
        i18n::{
            format::{self, word},
            t, tr,
        },
        logic::zone::{self as clocks, Local, moment, offset, shown},
        platform::zone,
    },
};

use super::Here;

pub use change::{Change, button};
pub use history::history;
pub use options::options;

/// Days in full: `3 August 2022 to 5 August 2022`.
fn days(dates: &Dates) -> String {
    match (dates.start, dates.last()) {
        (Some(from), Some(to)) if from != to => t!("date-span", from = format::date(from), to = format::date(to)),
        (Some(day), _) | (None, Some(day)) => format::date(day),
        (None, None) => tr("meeting-no-date"),
    }
}

/// Days and times on the meeting's own clocks.
pub fn told(dates: &Dates) -> String {
    let times = match (dates.from, dates.until) {
        (Some(from), Some(until)) => t!("date-span", from = from.to_string(), to = until.to_string()),
        (Some(from), None) => from.to_string(),
        (None, Some(until)) => t!("date-until", to = until.to_string()),
        (None, None) => String::new(),
    };
    [days(dates), times].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ")
}

/// A moment on the meeting's clocks as this reader's clocks show it.
fn here(dates: &Dates, day: Option<When>, clock: Option<crate::domain::meeting::dates::Clock>) -> Option<(i64, Local)> {
    let Some(When::Day(day)) = day else { return None };
    let at = moment(day, clock?, |millis| zone::ahead(&dates.zone, millis))?;
    Some((at, shown(at, |millis| zone::ahead(&zone::own(), millis))?))
}

/// The reader's own time of it; none where it is the same, or not known.
fn own(dates: &Dates) -> Option<String> {
    let (_, begins) = here(dates, dates.start, dates.from)?;
    if dates.from == Some(begins.clock) && dates.start == Some(When::Day(begins.date)) {
        return None;
    }
    let ends = here(dates, dates.last(), dates.until).map(|(_, ends)| ends);
    let part = |local: Local, day: Option<When>| {
        let clock = local.clock.to_string();
        let same = day == Some(When::Day(local.date));
        if same { clock } else { format!("{}, {clock}", format::short(When::Day(local.date))) }
    };
    let begin = part(begins, dates.start);
    Some(match ends {
        Some(ends) => t!("meeting-own-time", from = begin, to = part(ends, dates.last())),
        None => t!("meeting-own-from", from = begin),
    })
}

/// The zone with its distance from UTC on the first day: `Asia/Yangon, UTC+6:30`.
pub fn zone_words(dates: &Dates) -> Option<String> {
    if dates.zone.is_empty() {
        return None;
    }
    let day = dates.start.map(|start| start.bounds().0)?;
    let at = clocks::minutes_of(day, 12, 0);
    let ahead = u64::try_from(at).ok().and_then(|at| zone::ahead(&dates.zone, at * 60_000));
    let name = dates.zone.replace('_', " ");
    Some(ahead.map_or_else(|| name.clone(), |ahead| format!("{name}, {}", offset(ahead))))
}

/// The line below the title.
pub fn head(here: Here) -> AnyView {
    let row = here.live.part(|view| Some(view.row.clone()));
    let dates = here.live.part(|view| view.dates.clone());
    // A time that some version wrote otherwise than as a clock shows it is shown as it stands.
    let loose = here.live.part(|view| {
        let root = &view.snapshot.root;
        let unread = |field: &str, read: bool| if read { String::new() } else { root.line(field).to_owned() };
        let now = &view.dates.now;
        [unread("start-time", now.from.is_some()), unread("end-time", now.until.is_some())]
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    });
    (move || {
        let Some(row) = row.get() else { return ().into_any() };
        let DatesView { now, planned, provisional: waits, beside, .. } = dates.get();
        let zone = zone_words(&now).map(|zone| view! { " "<span class="quiet">{t!("meeting-zone-told", zone = zone)}</span> });
        let own = own(&now).map(|own| view! { <span class="own-time">{icon("clock")}{own}</span> });
        let moved = (planned.start.is_some() && planned.start != now.start).then(|| {
            let late = now.days_after(&planned);
            let words = match late {
                Some(late) if late > 0 => t!("meeting-planned-later", date = days(&planned), days = late),
                Some(late) if late < 0 => t!("meeting-planned-earlier", date = days(&planned), days = -late),
                Some(_) | None => t!("meeting-planned", date = days(&planned)),
            };
            view! { <span class="quiet planned">{words}</span> }
        });
        let beside = beside.map(|beside| {
            view! { <span class="alert">{icon("warn")}{t!("meeting-date-beside", date = format::date(beside))}</span> }
        });
        let mode = row.mode.map(|mode| word("mode", mode.word()));
        let place: Vec<String> =
            [Some(row.venue), Some(row.city), mode].into_iter().flatten().filter(|text| !text.is_empty()).collect();
        let of = |key: &str, code: Option<crate::domain::PartyCode>| {
            code.map(|code| view! { <span>{tr(key)}" "{who(&code)}</span> }.into_any())
        };
        let link = (!row.link.is_empty()).then(|| {
            view! { <a class="platform" href=row.link rel="noopener noreferrer" target="_blank">{icon("live")}{tr("meeting-join")}</a> }
        });
        view! {
            <span class="when">{told(&now)}" "{loose.get()}{zone}{provisional(waits)}</span>
            {own}
            {moved}
            {beside}
            {(!place.is_empty()).then(|| view! { <span>{place.join(", ")}</span> })}
            {of("meeting-chair", row.chair)}
            {of("meeting-host", row.host)}
            {link}
        }
        .into_any()
    })
    .into_any()
}
