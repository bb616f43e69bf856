//! The head of the timeline: meetings, years, quarters or months, and today. All of it is for the eye: every row says its dates
//! in words, and the meetings stand as a list below the table.

use leptos::prelude::*;

use crate::{
    engine::api::MeetingRow,
    ui::{
        i18n::{format, t, tr},
        logic::timeline::{
            Zoom,
            axis::{Axis, with_room},
        },
        pages::plan::View,
    },
};

use super::Frame;

/// The head of the table.
pub(super) fn head(view: View, frame: Frame, meetings: Memo<Vec<MeetingRow>>) -> AnyView {
    let axis = frame.axis;
    let zoom = move || view.look.get().zoom;
    let span = move || {
        let years: Vec<i16> = axis.get().years().collect();
        let year = |year: Option<&i16>| year.map(ToString::to_string).unwrap_or_default();
        t!("gantt-span", from = year(years.first()), to = year(years.last()))
    };
    let years =
        move || axis.get().years().map(|year| view! { <span>{year.to_string()}</span> }.into_any()).collect_view();
    let parts = move || match zoom() {
        Zoom::Year => ().into_any(),
        Zoom::Quarter => {
            let quarter = |quarter: u8| view! { <span>{t!("gantt-quarter", quarter = quarter)}</span> }.into_any();
            let all = axis.get().years().flat_map(|_| 1..=4_u8).map(quarter).collect_view();
            view! { <div class="axis-quarters">{all}</div> }.into_any()
        }
        Zoom::Month => {
            let month = |month: u8| view! { <span>{t!("month-short", month = month)}</span> }.into_any();
            let all = axis.get().years().flat_map(|_| 1..=12_u8).map(month).collect_view();
            view! { <div class="axis-quarters axis-months">{all}</div> }.into_any()
        }
    };
    let today =
        move || axis.get().holds(frame.today).then(|| view! { <span class="axis-today">{tr("gantt-today")}</span> });
    view! {
        <thead role="rowgroup">
            <tr role="row">
                <th role="columnheader" scope="col" class="g-title">{tr("gantt-what")}</th>
                <th role="columnheader" scope="col" class="g-lead">{tr("column-lead")}</th>
                <th role="columnheader" scope="col" class="g-track">
                    <span class="vh">{span}</span>
                    <div class="axis" aria-hidden="true">
                        {move || meets(&axis.get(), zoom(), frame, &meetings.get())}
                        <div class="axis-years">{years}</div>
                        {parts}
                        {today}
                    </div>
                </th>
            </tr>
        </thead>
    }
    .into_any()
}

/// How much of the line the name of a meeting takes, in quarters.
const fn room(zoom: Zoom) -> f32 {
    match zoom {
        Zoom::Year | Zoom::Quarter => 4.0,
        Zoom::Month => 1.8,
    }
}

fn meets(axis: &Axis, zoom: Zoom, frame: Frame, meetings: &[MeetingRow]) -> AnyView {
    let placed: Vec<(f32, &MeetingRow)> =
        meetings.iter().filter_map(|row| Some((axis.at(row.start?.bounds().0), row))).collect();
    let marks: Vec<f32> = placed.iter().map(|(at, _)| *at).collect();
    let marks = placed.iter().zip(with_room(&marks, room(zoom))).map(|((at, row), named)| {
        let ahead = row.start.is_some_and(|start| start.bounds().1 >= frame.today);
        let when = row.start.map(format::short).unwrap_or_default();
        let name = named.then(|| view! { <b>{row.title.clone()}</b>{when} });
        view! { <span style=("--at", format!("{at:.3}")) data-planned=ahead.then_some("")>{name}</span> }.into_any()
    });
    (!placed.is_empty())
        .then(
            || view! { <div class="axis-meets" style=("--room", room(zoom).to_string())>{marks.collect_view()}</div> },
        )
        .into_any()
}
