//! Sockets and requests: bytes to the hub and back. Which of the two roads is taken is decided here by what worked; what
//! is said and when, never.
//!
//! A stream has a head start; then requests begin beside it, and serve until a stream opens. Where streams are blocked that is
//! remembered, and from time to time one is tried beside the requests, which go on meanwhile. A browser does not tell which
//! network it is in: when it says that there is one again, what was remembered is forgotten.

use std::{cell::RefCell, rc::Rc};

use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::{BinaryType, MessageEvent, WebSocket};

use super::{Shell, js};
use crate::{
    engine::core::{CallId, Input},
    sync::{
        client::{Request, Transport},
        codec,
        frame::Frame,
        join::Problem,
    },
};

/// A stream that has not opened after this long has requests beside it.
const HEAD_START: u64 = 2_000;
/// A stream that has not opened after this long is taken for blocked.
const OPENING: u64 = 8_000;
/// Where streams came to nothing so often in a row they count as blocked.
const BLOCKED: u32 = 3;
/// After this long with requests a stream is tried again where they are blocked.
const TRY_AGAIN: u64 = 600_000;
/// And where one merely failed: the hub may have been starting.
const TRY_SOON: u64 = 20_000;
/// No answer is waited for longer, in milliseconds: a poll is held for 25 s.
const PATIENCE: u64 = 120_000;

/// What carries frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Road {
    #[default]
    None,
    Stream,
    Requests,
}

/// What is open, and what worked.
#[derive(Default)]
pub struct Net {
    stream: Option<Stream>,
    /// Counts streams: what an earlier one still says is not listened to.
    attempt: u32,
    road: Road,
    /// Counts roads: an answer that comes by one that was left is not listened to.
    roads: u32,
    /// Streams that came to nothing in a row.
    blocked: u32,
    /// When streams were last found blocked while requests worked.
    since: Option<u64>,
    /// The road beside which a stream will be tried again.
    probing: Option<u32>,
}

struct Stream {
    socket: WebSocket,
    _open: Closure<dyn FnMut()>,
    _message: Closure<dyn FnMut(MessageEvent)>,
    _end: Closure<dyn FnMut()>,
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.socket.set_onopen(None);
        self.socket.set_onmessage(None);
        self.socket.set_onclose(None);
        self.socket.set_onerror(None);
        let _ = self.socket.close();
    }
}

fn origin() -> String {
    js::text(&js::get(&js::global(), "location"), "origin").unwrap_or_default()
}

impl Shell {
    /// Remembers from an earlier run that streams are blocked here.
    pub fn streams_blocked_since(&self, millis: u64) {
        self.net.borrow_mut().since = Some(millis);
    }

    /// The browser says when a network is there again: nothing waits for the end of a pause then.
    pub fn listen_to_network(self: &Rc<Self>) {
        let shell = Rc::clone(self);
        let online = Closure::<dyn FnMut()>::new(move || {
            shell.streams_may_pass();
            shell.input(Input::Online);
        });
        js::set(&js::global(), "ononline", online.as_ref());
        // It lives as long as the worker.
        online.into_js_value();
    }

    /// Forgets that streams are blocked: one was heard, or this may be another network.
    pub fn streams_may_pass(self: &Rc<Self>) {
        let mut net = self.net.borrow_mut();
        net.blocked = 0;
        if net.since.take().is_some() {
            drop(net);
            self.remember_blocked(JsValue::NULL);
        }
    }

    /// Opens a road to the hub: a stream, and requests where streams were found blocked not long ago or where it has not
    /// opened when its head start is over.
    pub fn dial(self: &Rc<Self>) {
        self.hang_up();
        let blocked = self.net.borrow().since.is_some_and(|since| js::now() < since + TRY_AGAIN);
        if blocked || !self.dial_stream() {
            self.take(Road::Requests);
            return;
        }
        let shell = Rc::clone(self);
        let attempt = self.net.borrow().attempt;
        js::after(HEAD_START, move || {
            if shell.is_current(attempt) && shell.net.borrow().road == Road::None {
                shell.take(Road::Requests);
            }
        });
    }

    /// Takes a road.
    fn take(self: &Rc<Self>, road: Road) {
        let mut net = self.net.borrow_mut();
        net.road = road;
        net.roads = net.roads.wrapping_add(1);
        drop(net);
        self.input(match road {
            Road::None => Input::Down,
            Road::Stream => Input::Up(Transport::Stream),
            Road::Requests => Input::Up(Transport::Requests),
        });
    }

    fn dial_stream(self: &Rc<Self>) -> bool {
        let address = format!("{}/v1/live", origin().replacen("http", "ws", 1));
        let Ok(socket) = WebSocket::new(&address) else { return false };
        socket.set_binary_type(BinaryType::Arraybuffer);
        let attempt = self.net.borrow().attempt;
        let heard = Rc::new(RefCell::new(false));
        let opened = Rc::new(RefCell::new(false));

        let shell = Rc::clone(self);
        let is_open = Rc::clone(&opened);
        let open = Closure::<dyn FnMut()>::new(move || {
            if shell.is_current(attempt) {
                is_open.replace(true);
                shell.take(Road::Stream);
            }
        });
        let shell = Rc::clone(self);
        let has_heard = Rc::clone(&heard);
        let message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Ok(buffer) = event.data().dyn_into::<ArrayBuffer>()
                && shell.is_current(attempt)
            {
                if !has_heard.replace(true) {
                    shell.streams_may_pass();
                }
                shell.input(Input::Message(Uint8Array::new(&buffer).to_vec()));
            }
        });
        let shell = Rc::clone(self);
        let (was_open, had_heard) = (Rc::clone(&opened), heard);
        let end = Closure::<dyn FnMut()>::new(move || {
            if shell.is_current(attempt) {
                shell.stream_ended(*was_open.borrow(), *had_heard.borrow());
            }
        });
        socket.set_onopen(Some(open.as_ref().unchecked_ref()));
        socket.set_onmessage(Some(message.as_ref().unchecked_ref()));
        socket.set_onclose(Some(end.as_ref().unchecked_ref()));
        socket.set_onerror(Some(end.as_ref().unchecked_ref()));
        self.net.borrow_mut().stream = Some(Stream { socket, _open: open, _message: message, _end: end });

        let shell = Rc::clone(self);
        js::after(OPENING, move || {
            if shell.is_current(attempt) && !*opened.borrow() {
                shell.stream_ended(false, false);
            }
        });
        true
    }

    /// A stream closed, or could not be opened.
    fn stream_ended(self: &Rc<Self>, opened: bool, heard: bool) {
        self.close_stream();
        if !heard {
            self.net.borrow_mut().blocked += 1;
        }
        let road = self.net.borrow().road;
        match (opened, road) {
            (true, _) => self.take(Road::None),
            // A proxy that blocks streams lets requests through; a hub that is gone answers neither.
            (false, Road::None | Road::Stream) => self.take(Road::Requests),
            // They go on; with their next answer it is planned when to try again.
            (false, Road::Requests) => {}
        }
    }

    fn close_stream(&self) {
        let mut net = self.net.borrow_mut();
        net.attempt = net.attempt.wrapping_add(1);
        let stream = net.stream.take();
        drop(net);
        drop(stream);
    }

    fn is_current(&self, attempt: u32) -> bool {
        self.net.borrow().attempt == attempt
    }

    /// Requests work where no stream did: they serve until a stream opens.
    fn requests_work(self: &Rc<Self>) {
        let mut net = self.net.borrow_mut();
        if net.stream.is_some() || net.probing == Some(net.roads) {
            return;
        }
        let roads = net.roads;
        net.probing = Some(roads);
        let now = js::now();
        let wait = if net.blocked >= BLOCKED {
            net.since = Some(now);
            drop(net);
            #[expect(clippy::cast_precision_loss, reason = "milliseconds of our age fit")]
            self.remember_blocked(JsValue::from_f64(now as f64));
            TRY_AGAIN
        } else {
            net.since.map_or(TRY_SOON, |since| (since + TRY_AGAIN).saturating_sub(now).max(TRY_SOON))
        };
        let shell = Rc::clone(self);
        js::after(wait, move || {
            if shell.is_road(roads) {
                let mut net = shell.net.borrow_mut();
                (net.since, net.probing) = (None, None);
                drop(net);
                shell.dial_stream();
            }
        });
    }

    fn is_road(&self, roads: u32) -> bool {
        self.net.borrow().roads == roads
    }

    /// Closes whatever is open.
    pub fn hang_up(&self) {
        self.close_stream();
        let mut net = self.net.borrow_mut();
        net.road = Road::None;
        net.roads = net.roads.wrapping_add(1);
    }

    /// Sends messages over the stream.
    pub fn send(self: &Rc<Self>, messages: &[Vec<u8>]) {
        let sent = match &self.net.borrow().stream {
            Some(stream) => messages.iter().all(|bytes| stream.socket.send_with_u8_array(bytes).is_ok()),
            None => false,
        };
        if !sent {
            self.close_stream();
            self.take(Road::None);
        }
    }

    /// Posts frames and hands back what is answered.
    pub fn exchange(self: &Rc<Self>, request: Request, token: String, body: Vec<u8>) {
        let path = match request {
            Request::Sync => "/v1/sync",
            Request::Poll => "/v1/poll?wait=25",
        };
        let shell = Rc::clone(self);
        let roads = self.net.borrow().roads;
        spawn_local(async move {
            let answer = post(path, "application/octet-stream", Some(&token), body).await;
            if !shell.is_road(roads) {
                return;
            }
            let body = match answer {
                Some((200..=299, body)) => {
                    shell.requests_work();
                    Some(body)
                }
                Some((_, body)) => refusal(&body),
                None => None,
            };
            shell.input(Input::Answer { request, body });
        });
    }

    /// Posts JSON.
    pub fn call(self: &Rc<Self>, call: CallId, path: &'static str, token: Option<String>, body: String) {
        let shell = Rc::clone(self);
        spawn_local(async move {
            let answer = post(path, "application/json", token.as_deref(), body.into_bytes()).await;
            shell.input(Input::Called { call, answer });
        });
    }
}

/// What the hub refuses before it reads frames, as the frame it would have said.
fn refusal(body: &[u8]) -> Option<Vec<u8>> {
    let problem: Problem = serde_json::from_slice(body).ok()?;
    let final_word = matches!(problem.code.as_str(), "unauthorised" | "revoked" | "proto" | "workspace");
    final_word.then(|| codec::encode_body(&[Frame::Error { code: problem.code, message: problem.message }]))
}

async fn post(path: &str, kind: &str, token: Option<&str>, body: Vec<u8>) -> Option<(u16, Vec<u8>)> {
    let mut request = reqwest::Client::new()
        .post(format!("{}{path}", origin()))
        .timeout(std::time::Duration::from_millis(PATIENCE))
        .header("content-type", kind)
        .body(body);
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    let response = request.send().await.ok()?;
    let status = response.status().as_u16();
    Some((status, response.bytes().await.ok()?.to_vec()))
}

/// Asks for a file or brings a piece of one: status, what the hub says of how much it has, and body.
pub async fn blob(
    method: &str,
    path: &str,
    token: &str,
    range: Option<String>,
    body: Option<Vec<u8>>,
) -> Option<(u16, Option<u64>, Vec<u8>)> {
    let method = reqwest::Method::from_bytes(method.as_bytes()).ok()?;
    let mut request = reqwest::Client::new()
        .request(method, format!("{}{path}", origin()))
        .timeout(std::time::Duration::from_millis(PATIENCE))
        .bearer_auth(token);
    if let Some(range) = range {
        request = request.header("range", range);
    }
    if let Some(body) = body {
        request = request.header("content-type", "application/octet-stream").body(body);
    }
    let response = request.send().await.ok()?;
    let at = response.headers().get("upload-offset").and_then(|at| at.to_str().ok()?.parse().ok());
    let status = response.status().as_u16();
    Some((status, at, response.bytes().await.ok()?.to_vec()))
}
