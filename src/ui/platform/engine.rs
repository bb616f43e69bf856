//! The line to the engine in its worker.
//!
//! A SharedWorker, so that all tabs share one set of documents; where it is missing, a worker of this page's own. First
//! both sides say their build; then they exchange the engine's API as bytes. What is said is not looked at here.

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{MessageChannel, MessageEvent, MessagePort, SharedWorker, Worker};

use crate::engine::api::{Reply, Request, wire};

const SCRIPT: &str = "/worker.js";
/// Holds no build: a page of another build must meet the running engine, not start a second one beside it.
const NAME: &str = "mufakat";

/// What comes from the engine.
#[derive(Debug)]
pub enum Heard {
    /// It is of this page's build and listens.
    Ready,
    /// It is of another build: nothing may be edited here until both are of one.
    OtherBuild,
    /// It cannot go on; why, for a log.
    Failed(String),
    /// It is about to let go: whatever a page holds back must be said now, and then [`Line::said_all`].
    Closing,
    /// It lets go of everything and closes, so that its successor may start.
    Closed,
    /// An answer.
    Reply(Reply),
}

/// One open line. Dropping it closes it.
pub struct Line {
    port: MessagePort,
    // Kept alive for as long as the line is: the worker itself where it is not shared, and the listeners.
    _worker: JsValue,
    _listener: Closure<dyn FnMut(MessageEvent)>,
    _error: Closure<dyn FnMut(JsValue)>,
}

impl Line {
    /// Connects to the engine, starting it where it does not run yet.
    ///
    /// # Errors
    /// What the browser said when it has no workers at all.
    pub fn open(heard: impl Fn(Heard) + Clone + 'static) -> Result<Self, String> {
        let failed = heard.clone();
        let error = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
            let message = Reflect::get(&event, &JsValue::from_str("message")).ok().and_then(|text| text.as_string());
            failed(Heard::Failed(message.unwrap_or_default()));
        });
        let (port, worker) = connect(error.as_ref().unchecked_ref()).map_err(|error| format!("{error:?}"))?;
        let listener = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(news) = read(&event.data()) {
                heard(news);
            }
        });
        port.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        let line = Self { port, _worker: worker, _listener: listener, _error: error };
        line.post(&object(&[("type", "hello"), ("build", &build())]));
        Ok(line)
    }

    /// Says something. False when it cannot be said: the line is dead.
    pub fn send(&self, request: &Request) -> bool {
        self.port.post_message(&Uint8Array::from(wire::encode(request).as_slice())).is_ok()
    }

    /// Asks an engine of another build to make everything durable, let go and close.
    pub fn take_over(&self) {
        self.post(&object(&[("type", "close"), ("build", &build())]));
    }

    /// Nothing more is held back here: the engine may close.
    pub fn said_all(&self) {
        self.post(&object(&[("type", "said-all")]));
    }

    fn post(&self, message: &JsValue) {
        let _ = self.port.post_message(message);
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.port.set_onmessage(None);
        self.port.close();
    }
}

fn connect(error: &js_sys::Function) -> Result<(MessagePort, JsValue), JsValue> {
    if let Some((worker, port)) = started() {
        worker.set_onerror(Some(error));
        return Ok((port, worker.into()));
    }
    if Reflect::has(&js_sys::global(), &JsValue::from_str("SharedWorker")).unwrap_or(false) {
        let worker = SharedWorker::new_with_str(SCRIPT, NAME)?;
        worker.set_onerror(Some(error));
        return Ok((worker.port(), worker.into()));
    }
    let worker = Worker::new(SCRIPT)?;
    worker.set_onerror(Some(error));
    let channel = MessageChannel::new()?;
    let other_end = channel.port2();
    worker.post_message_with_transfer(&object(&[("type", "connect")]), &Array::of1(&other_end))?;
    Ok((channel.port1(), worker.into()))
}

/// What `boot.js` started before this page's own code was there, once; nothing where it could not be started.
fn started() -> Option<(SharedWorker, MessagePort)> {
    let get = |of: &JsValue, name: &str| Reflect::get(of, &JsValue::from_str(name)).unwrap_or_default();
    let ours = get(&js_sys::global(), "mufakat");
    let engine = get(&ours, "engine");
    let _ = Reflect::set(&ours, &JsValue::from_str("engine"), &JsValue::NULL);
    if !engine.is_object() || get(&engine, "failed").is_truthy() {
        return None;
    }
    Some((get(&engine, "worker").dyn_into().ok()?, get(&engine, "port").dyn_into().ok()?))
}

fn object(fields: &[(&str, &str)]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        let _ = Reflect::set(&object, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    object.into()
}

fn read(data: &JsValue) -> Option<Heard> {
    if let Some(bytes) = data.dyn_ref::<Uint8Array>() {
        return match wire::decode(&bytes.to_vec()) {
            Ok(reply) => Some(Heard::Reply(reply)),
            Err(error) => {
                super::log(&error.to_string());
                None
            }
        };
    }
    let get = |name: &str| Reflect::get(data, &JsValue::from_str(name)).ok().filter(|value| !value.is_undefined());
    if let Some(fatal) = get("fatal") {
        return Some(Heard::Failed(fatal.as_string().unwrap_or_default()));
    }
    if get("newer").is_some_and(|yes| yes.is_truthy()) {
        return Some(Heard::OtherBuild);
    }
    if get("ok").is_some_and(|yes| yes.is_truthy()) {
        return Some(Heard::Ready);
    }
    match get("type")?.as_string()?.as_str() {
        // The worker's script says hello before the engine's code is there: only a difference says something yet.
        "hello" => (get("build")?.as_string()? != build()).then_some(Heard::OtherBuild),
        "failed" => Some(Heard::Failed(get("message").and_then(|text| text.as_string()).unwrap_or_default())),
        "closing" => Some(Heard::Closing),
        "closed" => Some(Heard::Closed),
        _ => None,
    }
}

/// The name of this page's build.
#[must_use]
pub fn build() -> String {
    super::document()
        .and_then(|document| document.query_selector("meta[name=build]").ok().flatten())
        .and_then(|meta| meta.get_attribute("content"))
        .unwrap_or_default()
}
