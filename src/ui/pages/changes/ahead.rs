//! Draws the page once out of sight, when something is unread and the laptop rests: a browser compiles what of an application
//! is called for the first time, and on a slow laptop that takes longer than all else of the first lines.

use std::time::Duration;

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*, tachys::view::Render};
use leptos_router::hooks::use_location;

use crate::{
    engine::api::{ChangesView, Query, Since},
    ui::{
        platform::page,
        state::{
            link,
            views::{use_shell, use_view},
        },
    },
};

/// So long nothing new came. The engine has told the first of it by then.
const REST: Duration = Duration::from_millis(2_500);

const UNREAD: Query = Query::Changes { since: Since::Read, of: None };

/// Waits for the time. Inside the router, which the page asks where it is.
pub fn ahead() {
    let unread = use_shell().part(|shell| shell.unread);
    let path = use_location().pathname;
    let drawn = StoredValue::new(false);
    let sheet = Owner::new();
    // Who is there has it drawn.
    let there = move || path.with_untracked(|path| path == "/changes");
    let wait = move |sheet: Owner| {
        let rested = move || {
            if !page::typing_somewhere() && !drawn.get_value() {
                drawn.set_value(true);
                if !there() {
                    sheet.with(|| draw(sheet.clone()));
                }
            }
        };
        set_timeout_with_handle(rested, REST).ok()
    };
    Effect::new(move |waits: Option<Option<TimeoutHandle>>| {
        if let Some(waits) = waits.flatten() {
            waits.clear();
        }
        path.track();
        (unread.get() > 0 && !drawn.get_value()).then(|| wait(sheet.clone())).flatten()
    });
}

fn draw(sheet: Owner) {
    let live = use_view::<ChangesView>(UNREAD);
    let end = {
        let sheet = sheet.clone();
        move || {
            sheet.cleanup();
            link::leave(&UNREAD);
        }
    };
    // Also where nothing can be told yet.
    set_timeout(end.clone(), link::GLANCE);
    let mut once = Some((sheet, end));
    Effect::new(move |_| {
        if live.get(|view| !view.subjects.is_empty()) != Some(true) {
            return;
        }
        let Some((sheet, end)) = once.take() else { return };
        let drawn = sheet.with(|| {
            let super::Parts { facts, acts, body } = super::parts(live, &UNREAD);
            (facts, acts, body).build()
        });
        // Once its effects ran.
        let done = move || {
            drop(drawn);
            end();
        };
        set_timeout(done, Duration::ZERO);
    });
}
