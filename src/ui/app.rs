//! Starts the application: its words first, then its state, then what the address asks for.

use leptos::{mount::mount_to_body, prelude::*};
use leptos_router::{
    components::{Route, Router, Routes},
    path,
};

use super::{
    components::{empty::absent, shell::shell},
    i18n, pages,
    platform::{self, page, place},
    state::{self, parties::use_parties, prefs},
};

/// Starts it.
pub fn start() {
    console_error_panic_hook::set_once();
    // Leptos has no executor before it mounts.
    platform::spawn(async {
        i18n::load(&prefs::language()).await;
        place::watch();
        mount_to_body(App);
        page::remove("start");
    });
}

#[component]
fn App() -> impl IntoView {
    state::begin();
    provide_context(use_parties());
    view! { <Router>{pages::changes::ahead()}{shell(routes())}</Router> }
}

fn routes() -> AnyView {
    view! {
        <Routes fallback=absent>
            <Route path=path!("/") view=pages::today::Today />
            <Route path=path!("/plans") view=pages::plans::Plans />
            <Route path=path!("/plans/:id") view=pages::plan::Plan />
            <Route path=path!("/projects/:id") view=pages::project::Project />
            <Route path=path!("/meetings") view=pages::meetings::Meetings />
            <Route path=path!("/meetings/:id") view=pages::meeting::Meeting />
            <Route path=path!("/texts") view=pages::texts::Texts />
            <Route path=path!("/changes") view=pages::changes::Changes />
            <Route path=path!("/history/:id") view=pages::history::History />
            <Route path=path!("/people") view=pages::people::People />
            <Route path=path!("/audit") view=pages::audit::Audit />
            <Route path=path!("/settings") view=pages::settings::Settings />
            <Route path=path!("/join") view=pages::join::Join />
        </Routes>
    }
    .into_any()
}
