//! New versions of the application: noticed, and started only when the person says so.
//!
//! `boot.js` registers the service worker. Nothing here reloads a page: the caller does, once the engine has made
//! everything durable.

use std::cell::Cell;

use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState};

fn container() -> Option<ServiceWorkerContainer> {
    let navigator = super::window()?.navigator();
    // Missing outside a secure context.
    let there =
        Reflect::get(&navigator, &JsValue::from_str("serviceWorker")).ok().is_some_and(|value| !value.is_undefined());
    there.then(|| navigator.service_worker())
}

async fn registration() -> Option<ServiceWorkerRegistration> {
    JsFuture::from(container()?.ready().ok()?).await.ok()?.dyn_into().ok()
}

/// Tells `waits` when a new version is on this device and waits, and `taken` when one has taken over the page (another
/// tab's person accepted it).
pub async fn watch(waits: impl Fn() + Clone + 'static, taken: impl Fn() + 'static) {
    let Some(container) = container() else { return };
    // The very first version takes over the page that brought it: that is no news. Every later one is, also there.
    let had = Cell::new(container.controller().is_some());
    let on_taken = Closure::<dyn FnMut(JsValue)>::new(move |_| {
        if had.replace(true) {
            taken();
        }
    });
    container.set_oncontrollerchange(Some(on_taken.as_ref().unchecked_ref()));
    on_taken.into_js_value();
    let Some(registration) = registration().await else { return };
    if registration.waiting().is_some() {
        waits();
    }
    let found = registration.clone();
    let on_found = Closure::<dyn FnMut(JsValue)>::new(move |_| {
        let Some(worker) = found.installing() else { return };
        let (waits, state_of) = (waits.clone(), worker.clone());
        let on_state = Closure::<dyn FnMut(JsValue)>::new(move |_| {
            // The very first version has no predecessor to wait for.
            let predecessor = self::container().is_some_and(|container| container.controller().is_some());
            if state_of.state() == ServiceWorkerState::Installed && predecessor {
                waits();
            }
        });
        worker.set_onstatechange(Some(on_state.as_ref().unchecked_ref()));
        on_state.into_js_value();
    });
    registration.set_onupdatefound(Some(on_found.as_ref().unchecked_ref()));
    on_found.into_js_value();
}

/// Looks for a new version now.
pub async fn look() {
    if let Some(registration) = registration().await
        && let Ok(looking) = registration.update()
    {
        let _ = JsFuture::from(looking).await;
    }
}

/// Lets the waiting version take over. False when none waits.
pub async fn accept() -> bool {
    let Some(waiting): Option<ServiceWorker> = registration().await.and_then(|registration| registration.waiting())
    else {
        return false;
    };
    let message = Object::new();
    let _ = Reflect::set(&message, &JsValue::from_str("type"), &JsValue::from_str("skip-waiting"));
    waiting.post_message(&message).is_ok()
}
