//! Ports: pages that connected. First both sides compare builds, as plain objects; only pages of this build are spoken
//! with in the engine's own terms, and a page of another build edits nothing.

use std::{collections::BTreeMap, rc::Rc};

use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{MessageEvent, MessagePort};

use super::{Shell, js};
use crate::engine::{
    api::{Reply, Request, wire},
    core::{Input, PortId},
};

/// A page.
struct Page {
    port: MessagePort,
    /// It is of this build.
    met: bool,
    /// Nothing is held back there any more: this engine may close.
    said_all: bool,
    _message: Closure<dyn FnMut(MessageEvent)>,
    _close: Closure<dyn FnMut()>,
}

/// All pages.
#[derive(Default)]
pub struct Ports {
    next: PortId,
    pages: BTreeMap<PortId, Page>,
}

impl Shell {
    /// Takes a page's port.
    pub fn connect(self: &Rc<Self>, port: MessagePort) {
        let id = {
            let mut ports = self.ports.borrow_mut();
            ports.next += 1;
            ports.next
        };
        let shell = Rc::clone(self);
        let message =
            Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| shell.heard(id, &event.data()));
        let shell = Rc::clone(self);
        // Newer browsers say when the page at the other end is gone without a word.
        let close = Closure::<dyn FnMut()>::new(move || shell.forget(id));
        js::set(&port, "onclose", close.as_ref());
        port.set_onmessage(Some(message.as_ref().unchecked_ref()));
        let page = Page { port, met: false, said_all: false, _message: message, _close: close };
        self.ports.borrow_mut().pages.insert(id, page);
    }

    fn forget(self: &Rc<Self>, id: PortId) {
        // Not while its own listener runs.
        let shell = Rc::clone(self);
        js::after(0, move || {
            shell.ports.borrow_mut().pages.remove(&id);
        });
        self.input(Input::Gone { port: id });
    }

    fn heard(self: &Rc<Self>, id: PortId, data: &JsValue) {
        let Some(bytes) = data.dyn_ref::<Uint8Array>() else {
            match js::text(data, "type").as_deref() {
                Some("hello") => {
                    self.meet(id, js::text(data, "build").as_deref());
                    // The browser cut the link with the last page's end; this one does not wait for the pause to be over.
                    self.input(Input::Online);
                }
                Some("close") => self.step_down(),
                Some("said-all") => {
                    if let Some(page) = self.ports.borrow_mut().pages.get_mut(&id) {
                        page.said_all = true;
                    }
                }
                Some(_) | None => {}
            }
            return;
        };
        if !self.ports.borrow().pages.get(&id).is_some_and(|page| page.met) {
            return;
        }
        match wire::decode(&bytes.to_vec()) {
            Ok(Request::Bye) => self.forget(id),
            Ok(request) => self.input(Input::Request { port: id, request }),
            // A page of this build says nothing else.
            Err(error) => super::log(&format!("a request that cannot be read: {error}")),
        }
    }

    fn meet(&self, id: PortId, build: Option<&str>) {
        let same = build == Some(self.build.as_str());
        let mut ports = self.ports.borrow_mut();
        let Some(page) = ports.pages.get_mut(&id) else { return };
        page.met = same;
        let answer = if same { "ok" } else { "newer" };
        let answer = js::object(&[(answer, JsValue::TRUE), ("build", JsValue::from_str(&self.build))]);
        let _ = page.port.post_message(&answer);
    }

    /// Asks every page for what its fields hold back, before this engine closes.
    pub fn ask_for_last_words(&self) {
        self.tell_all(&js::object(&[("type", JsValue::from_str("closing"))]));
    }

    /// Whether every page of this build has said what it held back.
    pub fn all_said(&self) -> bool {
        self.ports.borrow().pages.values().all(|page| page.said_all || !page.met)
    }

    /// Tells a page.
    pub fn tell(&self, id: PortId, reply: &Reply) {
        if let Some(page) = self.ports.borrow().pages.get(&id) {
            let _ = page.port.post_message(&Uint8Array::from(wire::encode(reply).as_slice()));
        }
    }

    /// Tells every page something that is not of the engine's own terms.
    pub fn tell_all(&self, message: &JsValue) {
        // While a crash is told, a page may be at the other end of a borrow: what cannot be told then, is not.
        if let Ok(ports) = self.ports.try_borrow() {
            for page in ports.pages.values() {
                let _ = page.port.post_message(message);
            }
        }
    }
}
