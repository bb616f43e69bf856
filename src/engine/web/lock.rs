//! The Web Lock that one engine of this origin holds while it lives: no two may write one store.

use std::{cell::RefCell, rc::Rc};

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;

use super::js;

const NAME: &str = "mufakat-store";

/// The lock, held until it is let go or the worker ends.
pub struct Lock {
    release: Rc<RefCell<Option<Function>>>,
}

impl Lock {
    /// Waits for the lock. A browser without locks has no second engine to fear but the one in another tab's own worker;
    /// it is told by nothing, so the lock is then taken as held.
    pub async fn acquire() -> Self {
        let release = Rc::new(RefCell::new(None));
        let locks = js::get(&js::get(&js::global(), "navigator"), "locks");
        let Some(request) = js::method(&locks, "request") else { return Self { release } };
        let kept = Rc::clone(&release);
        let held = Promise::new(&mut |granted, failed| {
            let kept = Rc::clone(&kept);
            // The lock is held for as long as the promise that this callback answers with is open.
            let on_granted = Closure::once_into_js(move || {
                let until = Promise::new(&mut |release, _| {
                    kept.replace(Some(release));
                });
                let _ = granted.call0(&JsValue::UNDEFINED);
                JsValue::from(until)
            });
            let arguments = js_sys::Array::of2(&JsValue::from_str(NAME), &on_granted);
            if Reflect::apply(&request, &locks, &arguments).is_err() {
                let _ = failed.call0(&JsValue::UNDEFINED);
            }
        });
        let _ = JsFuture::from(held).await;
        Self { release }
    }

    /// Lets go: the engine that waits goes on.
    pub fn release(&self) {
        if let Some(release) = self.release.borrow_mut().take() {
            let _ = release.call0(&JsValue::UNDEFINED);
        }
    }
}
