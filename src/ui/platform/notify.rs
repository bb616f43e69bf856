//! Notifications of the desktop, and whether somebody looks at this page. What is told is the caller's; it must be fit for a lock
//! screen.

use std::cell::RefCell;

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Notification, NotificationOptions, NotificationPermission, VisibilityState};

/// One notification takes the place of the one before, also when another page of this browser told that.
const TAG: &str = "mufakat";
const ICON: &str = "/icons/icon-192.png";

/// What the browser says of notifications.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Permission {
    /// It has none, or none here.
    #[default]
    Unsupported,
    /// It would ask the person.
    Askable,
    /// The person allowed them.
    Allowed,
    /// The person, or who looks after the device, forbade them.
    Blocked,
}

thread_local! {
    static STANDS: RefCell<Option<Notification>> = const { RefCell::new(None) };
}

/// What the browser says now: the person may change it in the browser at any time.
#[must_use]
pub fn permission() -> Permission {
    // Missing in some browsers, and outside a secure context.
    let there = super::window().and_then(|window| Reflect::get(&window, &JsValue::from_str("Notification")).ok());
    if there.is_none_or(|there| there.is_undefined()) {
        return Permission::Unsupported;
    }
    match Notification::permission() {
        NotificationPermission::Granted => Permission::Allowed,
        NotificationPermission::Denied => Permission::Blocked,
        _ => Permission::Askable,
    }
}

/// Lets the browser ask the person, where it would; what it says then. To be called when the person pressed something.
pub async fn ask() -> Permission {
    if permission() == Permission::Askable
        && let Ok(asked) = Notification::request_permission()
    {
        let _ = JsFuture::from(asked).await;
    }
    permission()
}

/// Tells something. A click brings this page to the front and calls `clicked`. False where the browser does not let a page.
pub fn tell(title: &str, body: &str, clicked: impl Fn() + 'static) -> bool {
    let options = NotificationOptions::new();
    options.set_tag(TAG);
    options.set_body(body);
    options.set_icon(ICON);
    let Ok(notification) = Notification::new_with_options(title, &options) else { return false };
    let on_click = Closure::<dyn FnMut(web_sys::Event)>::new(move |event: web_sys::Event| {
        event.prevent_default();
        if let Some(window) = super::window() {
            let _ = window.focus();
        }
        withdraw();
        clicked();
    });
    notification.set_onclick(Some(on_click.as_ref().unchecked_ref()));
    // It may be clicked as long as it stands, and nobody says when that ends.
    on_click.into_js_value();
    STANDS.set(Some(notification));
    true
}

/// Takes away what this page told, if it still stands.
pub fn withdraw() {
    if let Some(notification) = STANDS.take() {
        notification.close();
    }
}

/// Whether this page is in sight and has the focus.
#[must_use]
pub fn looked_at() -> bool {
    super::document().is_some_and(|document| {
        document.visibility_state() == VisibilityState::Visible && document.has_focus().unwrap_or(true)
    })
}

/// Calls `changed` whenever that may have changed. As long as the page lives.
pub fn on_look(changed: impl Fn() + 'static) {
    let (Some(window), Some(document)) = (super::window(), super::document()) else { return };
    let listener = Closure::<dyn FnMut(JsValue)>::new(move |_| changed());
    let function = listener.as_ref().unchecked_ref();
    let _ = document.add_event_listener_with_callback("visibilitychange", function);
    let _ = window.add_event_listener_with_callback("focus", function);
    let _ = window.add_event_listener_with_callback("blur", function);
    listener.into_js_value();
}
