//! Small bindings: what a worker's global scope has and no crate binds well. Nothing here knows what it is for.

use std::{future::poll_fn, pin::pin, task::Poll};

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;

/// The worker's global scope.
pub fn global() -> JsValue {
    js_sys::global().into()
}

/// A property; undefined when it is not there.
pub fn get(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

/// Sets a property of an object of ours.
pub fn set(of: &JsValue, name: &str, value: &JsValue) {
    // Only frozen objects refuse, and ours are not.
    let _ = Reflect::set(of, &JsValue::from_str(name), value);
}

/// A property that is text.
pub fn text(of: &JsValue, name: &str) -> Option<String> {
    get(of, name).as_string()
}

/// A method, as a function.
pub fn method(of: &JsValue, name: &str) -> Option<Function> {
    get(of, name).dyn_into().ok()
}

/// An object of these properties.
pub fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = js_sys::Object::new().into();
    for (name, value) in fields {
        set(&object, name, value);
    }
    object
}

/// Calls a method that answers with a promise, and waits for it.
pub async fn call(of: &JsValue, name: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let method = method(of, name).ok_or_else(|| JsValue::from_str(name))?;
    let arguments: js_sys::Array = arguments.iter().collect();
    let promise = Reflect::apply(&method, of, &arguments)?;
    JsFuture::from(Promise::resolve(&promise)).await
}

/// The present moment: milliseconds since 1970.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a clock before 1970 reads as 1970")]
pub fn now() -> u64 {
    js_sys::Date::now().max(0.0) as u64
}

/// Runs something later, for certain: a wait of this kind is not cancelled, so that it leaves nothing behind.
pub fn after(millis: u64, run: impl FnOnce() + 'static) {
    call_after(millis, &Closure::once_into_js(run));
}

/// Calls a function later; answers the timer's number.
pub fn call_after(millis: u64, run: &JsValue) -> JsValue {
    // A browser's longest wait; what is due later is looked at again.
    let millis = f64::from(u32::try_from(millis).unwrap_or(u32::MAX).min(1 << 30));
    method(&global(), "setTimeout")
        .and_then(|timeout| timeout.call2(&global(), run, &JsValue::from_f64(millis)).ok())
        .unwrap_or(JsValue::UNDEFINED)
}

/// Forgets a timer.
pub fn cancel(timer: &JsValue) {
    if let Some(clear) = method(&global(), "clearTimeout") {
        let _ = clear.call1(&global(), timer);
    }
}

/// Waits.
pub async fn sleep(millis: u64) {
    let promise = Promise::new(&mut |resolve, _| {
        after(millis, move || {
            let _ = resolve.call0(&JsValue::UNDEFINED);
        });
    });
    let _ = JsFuture::from(promise).await;
}

/// Waits for two things at once.
pub async fn both<A, B>(first: impl Future<Output = A>, second: impl Future<Output = B>) -> (A, B) {
    let (mut first, mut second) = (pin!(first), pin!(second));
    let (mut a, mut b) = (None, None);
    poll_fn(|context| {
        if a.is_none()
            && let Poll::Ready(done) = first.as_mut().poll(context)
        {
            a = Some(done);
        }
        if b.is_none()
            && let Poll::Ready(done) = second.as_mut().poll(context)
        {
            b = Some(done);
        }
        match (a.take(), b.take()) {
            (Some(a), Some(b)) => Poll::Ready((a, b)),
            (left, right) => {
                (a, b) = (left, right);
                Poll::Pending
            }
        }
    })
    .await
}
