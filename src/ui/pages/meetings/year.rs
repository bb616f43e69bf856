//! A year of meetings by quarter and month: a list within a list, so that it is heard as it is seen.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{
    engine::api::MeetingRow,
    ui::{
        components::icon::icon,
        i18n::{
            format::{self, word},
            t, tr,
        },
        logic::{
            status::sync_word,
            year::{Quarter, year, years},
        },
        platform::clock,
    },
};

use super::state;

/// The tab.
pub fn tab(rows: Signal<Vec<MeetingRow>>) -> AnyView {
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(|query| query.get("year")).and_then(|year| year.parse::<i16>().ok()));
    let now = clock::today().year;
    let shown = Memo::new(move |_| {
        let last = rows.with(|rows| years(rows)).map_or(now, |(first, last)| now.clamp(first, last));
        asked.get().unwrap_or(last)
    });
    let other = move |to: i16, glyph: &'static str, key: &'static str| {
        let known = rows.with(|rows| years(rows)).is_some_and(|(first, last)| (first..=last.max(now)).contains(&to));
        known.then(|| {
            view! {
                <a class="btn btn--small" href=format!("/meetings?tab=calendar&year={to}") data-noscroll="">
                    {icon(glyph)}{t!(key, year = to)}
                </a>
            }
        })
    };
    let body = move || {
        let (number, found) = (shown.get(), rows.with(|rows| year(rows, shown.get())));
        let quarters = (1..=4_u8).zip(found.quarters).map(|(n, one)| quarter(number, n, one)).collect_view();
        let some_time = (!found.some_time.is_empty()).then(|| {
            view! { <h3>{tr("calendar-some-time-year")}</h3><ol class="cal-days">{entries(found.some_time)}</ol> }
        });
        view! { <ol class="cal-year">{quarters}</ol>{some_time} }
    };
    let undated = move || {
        let rows = rows.with(|rows| rows.iter().filter(|row| row.start.is_none()).cloned().collect::<Vec<_>>());
        (!rows.is_empty()).then(|| view! { <h3>{tr("meeting-no-date")}</h3><ol class="cal-days">{entries(rows)}</ol> })
    };
    view! {
        <section class="section" aria-labelledby="h-year">
            <div class="section-head">
                <h2 id="h-year" aria-live="polite">{move || shown.get().to_string()}</h2>
                <p class="btnrow">
                    {move || other(shown.get() - 1, "left", "calendar-year-before")}
                    {move || other(shown.get() + 1, "right", "calendar-year-after")}
                </p>
            </div>
            {body}
            {undated}
        </section>
    }
    .into_any()
}

fn quarter(year: i16, number: u8, quarter: Quarter) -> AnyView {
    let Quarter { months, some_time } = quarter;
    let months = months
        .into_iter()
        .zip(number * 3 - 2..)
        .map(|(rows, month)| {
            let none = rows.is_empty();
            let inside = if none {
                view! { <p class="quiet small">{tr("calendar-none")}</p> }.into_any()
            } else {
                view! { <ol class="cal-days">{entries(rows)}</ol> }.into_any()
            };
            view! { <li class="cal-month" data-empty=none.then_some("")><h4>{t!("month", month = month)}</h4>{inside}</li> }
                .into_any()
        })
        .collect_view();
    let some_time = (!some_time.is_empty()).then(|| {
        view! {
            <div class="cal-some"><h4>{tr("calendar-some-time-quarter")}</h4><ol class="cal-days">{entries(some_time)}</ol></div>
        }
    });
    view! {
        <li class="cal-quarter">
            <h3>{t!("date-quarter", quarter = number, year = year)}</h3>
            <ol class="cal-months">{months}</ol>
            {some_time}
        </li>
    }
    .into_any()
}

fn entries(rows: Vec<MeetingRow>) -> AnyView {
    rows.into_iter().map(entry).collect_view().into_any()
}

fn entry(row: MeetingRow) -> AnyView {
    let days = format::span(row.start, row.end.or(row.start));
    let mode = row.mode.map(|mode| word("mode", mode.word()));
    let place: Vec<String> = [Some(row.city).filter(|city| !city.is_empty()), mode].into_iter().flatten().collect();
    let moved = row.planned.map(|planned| t!("calendar-planned", date = format::short(planned)));
    let title = if row.title.is_empty() { tr("untitled") } else { row.title };
    view! {
        <li data-record=row.doc.to_string() data-sync=sync_word(row.mark)>
            <span class="cal-when">{days}</span>
            <a href=format!("/meetings/{}", row.doc)>{title}</a>
            <span class="sub">{place.join(", ")}{moved.map(|moved| view! { " "<span class="quiet">{moved}</span> })}</span>
            {row.state.map(state)}
        </li>
    }
    .into_any()
}
