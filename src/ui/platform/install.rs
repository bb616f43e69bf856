//! Being an application of this device: installing, and storage that the browser does not clear.

use std::cell::RefCell;

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;

thread_local! {
    static PROMPT: RefCell<Option<JsValue>> = const { RefCell::new(None) };
}

/// Listens for the browser's offer to install; `changed` is told whether there is one.
pub fn listen(changed: impl Fn(bool) + Clone + 'static) {
    let Some(window) = super::window() else { return };
    let offered = changed.clone();
    let on_offer = Closure::<dyn FnMut(web_sys::Event)>::new(move |event: web_sys::Event| {
        // The person is asked where it helps them, not when the browser thinks of it.
        event.prevent_default();
        PROMPT.set(Some(event.into()));
        offered(true);
    });
    let on_done = Closure::<dyn FnMut(web_sys::Event)>::new(move |_| {
        PROMPT.set(None);
        changed(false);
    });
    let _ = window.add_event_listener_with_callback("beforeinstallprompt", on_offer.as_ref().unchecked_ref());
    let _ = window.add_event_listener_with_callback("appinstalled", on_done.as_ref().unchecked_ref());
    // Both listeners live as long as the page.
    on_offer.into_js_value();
    on_done.into_js_value();
}

/// Shows the browser's own question; true when the person said yes.
pub async fn ask() -> bool {
    let Some(event) = PROMPT.with(|prompt| prompt.borrow().clone()) else { return false };
    let Ok(prompt) = Reflect::get(&event, &JsValue::from_str("prompt")).and_then(JsCast::dyn_into::<Function>) else {
        return false;
    };
    let Ok(answer) = prompt.call0(&event).and_then(JsCast::dyn_into::<Promise>) else { return false };
    let outcome = JsFuture::from(answer)
        .await
        .and_then(|choice| Reflect::get(&choice, &JsValue::from_str("outcome")))
        .ok()
        .and_then(|outcome| outcome.as_string());
    outcome.as_deref() == Some("accepted")
}

/// Whether this window is the installed application.
#[must_use]
pub fn installed() -> bool {
    super::window()
        .and_then(|window| {
            window.match_media("(display-mode: standalone), (display-mode: window-controls-overlay)").ok()
        })
        .flatten()
        .is_some_and(|query| query.matches())
}

fn storage() -> Option<web_sys::StorageManager> {
    let navigator = super::window()?.navigator();
    // Missing outside a secure context.
    let there = Reflect::get(&navigator, &JsValue::from_str("storage")).ok().is_some_and(|value| !value.is_undefined());
    there.then(|| navigator.storage())
}

/// Whether the browser promised not to clear what is stored; none where it cannot say.
pub async fn persisted() -> Option<bool> {
    JsFuture::from(storage()?.persisted().ok()?).await.ok()?.as_bool()
}

/// Asks the browser not to clear what is stored; its answer.
pub async fn persist() -> Option<bool> {
    JsFuture::from(storage()?.persist().ok()?).await.ok()?.as_bool()
}

/// Bytes used and allowed, as far as the browser says.
pub async fn estimate() -> Option<(f64, f64)> {
    let estimate = JsFuture::from(storage()?.estimate().ok()?).await.ok()?;
    let number = |name: &str| Reflect::get(&estimate, &JsValue::from_str(name)).ok()?.as_f64();
    Some((number("usage")?, number("quota")?))
}
