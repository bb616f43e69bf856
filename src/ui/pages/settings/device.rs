//! This device: what is kept on it, whether the browser keeps it, and the version of the application.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    engine::api::{DeviceView, PeopleView, Query},
    ui::{
        components::icon::{icon, toned},
        i18n::{
            format::{self, word},
            t, tr,
        },
        platform::{engine::build, install},
        state::{
            version,
            views::{Live, use_view},
        },
    },
};

use super::set;

pub(super) fn device(live: Live<DeviceView>) -> AnyView {
    let estimate = RwSignal::new(None::<(f64, f64)>);
    spawn_local(async move { estimate.set(install::estimate().await) });
    let people = use_view::<PeopleView>(Query::People);
    let name = people.part(|people| {
        people
            .parties
            .iter()
            .flat_map(|party| &party.officers)
            .flat_map(|officer| &officer.devices)
            .find(|device| device.this)
            .map(|device| device.label.clone())
    });
    let kept = move || match version::version().persisted {
        Some(true) => {
            view! { <span class="state">{toned("check", "icon icon--good")}{tr("storage-kept")}</span> }.into_any()
        }
        Some(false) => {
            view! { <span class="state">{toned("warn", "icon icon--warn")}{tr("storage-may-clear")}</span> }.into_any()
        }
        None => tr("storage-unknown").into_any(),
    };
    let used = move || {
        estimate.get().map(|(used, quota)| t!("storage-used", used = format::bytes(used), quota = format::bytes(quota)))
    };
    let ask = move || {
        (version::version().persisted == Some(false)).then(|| {
            view! { <button type="button" class="btn" on:click=move |_| version::persist()>{tr("storage-ask")}</button> }
        })
    };
    let installing = move || {
        if install::installed() {
            tr("install-done")
        } else if version::version().installable {
            tr("install-text")
        } else {
            tr("install-menu")
        }
    };
    let install = move || {
        version::version().installable.then(|| {
            view! {
                <button type="button" class="btn btn--main" on:click=move |_| version::install_now()>
                    {icon("download")}
                    {tr("install")}
                </button>
            }
        })
    };
    let documents = live.part(|device| device.documents.clone());
    let documents = move || {
        let parts: Vec<String> = documents
            .get()
            .into_iter()
            .map(|(kind, count)| t!("documents-of", kind = word("kind", kind.word()), count = count))
            .collect();
        if parts.is_empty() { tr("documents-none") } else { parts.join(&tr("list-comma")) }
    };
    let bytes = live.part(|device| device.bytes);
    #[expect(clippy::cast_precision_loss, reason = "shown rounded")]
    let bytes = move || t!("documents-bytes", size = format::bytes(bytes.get() as f64));
    let named = move || name.get().map(|name| set("settings-device-name", name.into_any(), ().into_any()));
    view! {
        {named}
        {set("settings-storage", view! { {kept}<p class="hint">{tr("storage-hint")}" "{used}</p> }.into_any(), ask.into_any())}
        {set("settings-install", installing.into_any(), install.into_any())}
        {set("settings-kept", view! { {documents}<p class="hint">{bytes}</p> }.into_any(), ().into_any())}
    }
    .into_any()
}

pub(super) fn version(live: Live<DeviceView>) -> AnyView {
    let engine = live.part(|device| device.build.clone());
    let here = build();
    let this = move || {
        let engine = engine.get();
        if engine.is_empty() || engine == here {
            t!("version-this", build = here.as_str())
        } else {
            t!("version-two", build = here.as_str(), engine = engine.as_str())
        }
    };
    let next = move || tr(if version::version().waits { "version-waits" } else { "version-newest" });
    let act = move || {
        let version = version::version();
        if version.waits {
            view! {
                <button type="button" class="btn btn--main" disabled=version.starting on:click=move |_| version::start()>
                    {tr("update-start")}
                </button>
            }
            .into_any()
        } else {
            view! { <button type="button" class="btn" on:click=move |_| version::look()>{tr("version-look")}</button> }
                .into_any()
        }
    };
    view! {
        {set("settings-version", this.into_any(), ().into_any())}
        {set("settings-new-version", next.into_any(), act.into_any())}
    }
    .into_any()
}
