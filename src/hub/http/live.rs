//! `GET /v1/live`: the frames over a WebSocket. What one device pushes is with the others as soon as it is committed.
//!
//! The first frame is `Hello` with the token: browsers cannot send headers here, and an address is no place for a
//! secret. A connection that is silent, slow or breaks the rules is closed with a word.

use std::{
    net::IpAddr,
    sync::{Arc, atomic::Ordering::Relaxed},
    time::Duration,
};

use axum::{
    Extension,
    extract::{
        State, WebSocketUpgrade,
        ws::{CloseFrame, Message, WebSocket, rejection::WebSocketUpgradeRejection},
    },
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use futures_util::{SinkExt, StreamExt, stream::SplitSink};
use tokio::{
    sync::{broadcast, watch},
    time::{Instant, timeout},
};

use super::{
    Door,
    addresses::{Peer, asking},
    body::token,
};
use crate::{
    hub::{
        core::Said,
        refusal::Refusal,
        secret::Secret,
        session::{self, Greeted, Session},
    },
    sync::{codec, frame::Frame},
};

/// The first frame must come within this.
const HELLO: Duration = Duration::from_secs(20);
/// A frame must be sent within this and what [`SLOWEST`] adds, or the device is too slow to keep.
const SEND: Duration = Duration::from_secs(60);
/// How often a silent device is asked whether it is there.
const PING: Duration = Duration::from_secs(20);
/// A device that says nothing for so long and what [`SLOWEST`] adds, not even to a ping, is gone.
const IDLE: Duration = Duration::from_secs(65);
/// The slowest link worth waiting for, in bytes a millisecond: a ping stands behind whatever was sent before it.
const SLOWEST: u64 = 2;

/// Opens a connection.
pub async fn live(
    State(door): State<Door>,
    peer: Option<Extension<Peer>>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    let upgrade = match upgrade {
        Ok(upgrade) => upgrade,
        Err(_) => return Refusal::Malformed("this address speaks WebSocket".to_owned()).into_response(),
    };
    if *door.stop.borrow() {
        return Refusal::Busy(2).into_response();
    }
    let token = match token(&headers) {
        Ok(token) => token,
        Err(refusal) => return refusal.into_response(),
    };
    let limit = door.core.limits().frame as usize + 1;
    let address = asking(peer.map(|Extension(peer)| peer).as_ref(), &headers);
    upgrade
        .max_message_size(limit)
        .max_frame_size(limit)
        .on_upgrade(move |socket| async move { Live::serve(door, socket, token, address).await })
        .into_response()
}

/// What a device is told unasked: how far the log is, how far parties are, what others say in passing.
type News = (watch::Receiver<u64>, watch::Receiver<u64>, broadcast::Receiver<Said>);

/// Why a connection ends.
enum End {
    /// The device went, or cannot be reached.
    Gone,
    /// The hub stops.
    Stopping,
    /// It broke a rule.
    Refused(Refusal),
    /// It was answered and has nothing more to hear.
    Turned,
}

impl From<Refusal> for End {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

struct Live {
    door: Door,
    sink: SplitSink<WebSocket, Message>,
    /// Bytes sent since the device was last heard.
    unheard: u64,
}

impl Live {
    async fn serve(door: Door, socket: WebSocket, token: Option<Secret>, address: Option<IpAddr>) {
        let (sink, mut stream) = socket.split();
        let mut live = Self { door, sink, unheard: 0 };
        let end = match live.talk(&mut stream, token).await {
            Ok(never) => match never {},
            Err(end) => end,
        };
        let (code, reason) = match end {
            End::Gone => return,
            End::Stopping => (1001, "stopping"),
            End::Turned => (1000, "turned"),
            End::Refused(refusal) => {
                live.door.core.metrics().refuse(refusal.code());
                if let (Refusal::Unauthorised, Some(address)) = (&refusal, address) {
                    live.door.addresses.stranger(address);
                }
                tracing::info!(code = refusal.code(), "live connection refused");
                // The frame carries the word; close codes do not reach every client.
                let _ = live.send(&session::error(&refusal)).await;
                (1008, refusal.code())
            }
        };
        let close = Message::Close(Some(CloseFrame { code, reason: reason.into() }));
        let _ = timeout(Duration::from_secs(2), live.sink.send(close)).await;
        // Until the other side has closed too, so that the last frame is not lost with the socket.
        let _ = timeout(Duration::from_secs(2), async { while let Some(Ok(_)) = stream.next().await {} }).await;
    }

    async fn send(&mut self, frame: &Frame) -> Result<(), End> {
        let bytes = codec::encode(frame);
        self.door.core.metrics().bytes[1].fetch_add(bytes.len() as u64, Relaxed);
        self.unheard += bytes.len() as u64;
        self.message(Message::Binary(bytes.into())).await
    }

    /// How long to wait for a device, by what is on its way to it.
    fn patience(&self, least: Duration) -> Duration {
        least + Duration::from_millis(self.unheard / SLOWEST)
    }

    async fn message(&mut self, message: Message) -> Result<(), End> {
        match timeout(self.patience(SEND), self.sink.send(message)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(End::Gone),
        }
    }

    /// A message as a frame; none for what WebSocket says to itself.
    fn read(&self, message: Option<Result<Message, axum::Error>>) -> Result<Option<Frame>, End> {
        match message {
            Some(Ok(Message::Binary(bytes))) => {
                self.door.core.metrics().bytes[0].fetch_add(bytes.len() as u64, Relaxed);
                let frame = codec::decode(&bytes, self.door.core.limits().frame as usize);
                frame.map(Some).map_err(|error| End::Refused(error.into()))
            }
            Some(Ok(Message::Text(_))) => Err(Refusal::Malformed("frames are binary".to_owned()).into()),
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(None),
            Some(Ok(Message::Close(_))) | None => Err(End::Gone),
            Some(Err(error)) => Err(self.broken(&error)),
        }
    }

    /// A message over the limit is the device's mistake and gets a word; any other break is just the end.
    fn broken(&self, error: &axum::Error) -> End {
        match error.to_string().contains("too long") {
            true => Refusal::TooLarge(self.door.core.limits().frame as usize).into(),
            false => End::Gone,
        }
    }

    async fn talk(
        &mut self,
        stream: &mut futures_util::stream::SplitStream<WebSocket>,
        token: Option<Secret>,
    ) -> Result<std::convert::Infallible, End> {
        let Ok(first) = timeout(HELLO, stream.next()).await else {
            return Err(Refusal::Malformed("no hello came".to_owned()).into());
        };
        let hello =
            self.read(first)?.ok_or_else(|| Refusal::Malformed("a conversation begins with hello".to_owned()))?;
        let who = session::recognise(&self.door.core, token, &hello)?;
        let _place = self.door.core.place(who)?;
        // Before the greeting, so that nothing committed meanwhile is missed.
        let news = (self.door.core.heads(), self.door.core.seens(), self.door.core.passing());
        let mut session = match Session::greet(Arc::clone(&self.door.core), who, &hello) {
            Greeted::Turn(frame) => {
                self.send(&frame).await?;
                return Err(End::Turned);
            }
            Greeted::Welcome(session, welcome) => {
                self.send(&welcome).await?;
                session
            }
        };
        let end = self.converse(stream, &mut session, news).await;
        session.leave();
        end
    }

    async fn converse(
        &mut self,
        stream: &mut futures_util::stream::SplitStream<WebSocket>,
        session: &mut Session,
        (mut heads, mut seens, mut passing): News,
    ) -> Result<std::convert::Infallible, End> {
        let who = session.who();
        let mut stop = self.door.stop.clone();
        let mut heard = Instant::now();
        let mut ping = tokio::time::interval_at(heard + PING, PING);
        let mut behind = true;
        loop {
            if behind {
                behind = self.catch_up(session).await?;
            }
            tokio::select! {
                biased;
                () = async { let _ = stop.wait_for(|stop| *stop).await; } => return Err(End::Stopping),
                message = stream.next() => {
                    heard = Instant::now();
                    self.unheard = 0;
                    if let Some(frame) = self.read(message)? {
                        for answer in session.receive(frame).await? {
                            self.send(&answer).await?;
                        }
                    }
                }
                changed = heads.changed(), if !behind => {
                    changed.map_err(|_| End::Stopping)?;
                    behind = true;
                }
                changed = seens.changed() => {
                    changed.map_err(|_| End::Stopping)?;
                    if let Some(frame) = session.seen() {
                        self.send(&frame).await?;
                    }
                }
                // A device too slow for what others say in passing misses some of it.
                said = passing.recv() => {
                    if let Ok(frame) = said.map(|said| session.hears(&said))
                        && let Some(frame) = frame
                    {
                        self.send(&frame).await?;
                    }
                }
                _ = ping.tick() => {
                    if heard.elapsed() > self.patience(IDLE) {
                        return Err(End::Gone);
                    }
                    if heard.elapsed() < PING {
                        self.door.core.heard(who);
                    }
                    self.message(Message::Ping(Vec::new().into())).await?;
                }
                // A device far behind is fed page by page, between what it says itself.
                () = std::future::ready(()), if behind => {}
            }
        }
    }

    /// Sends one page of the log; whether there may be more. With the last page goes how far parties are.
    async fn catch_up(&mut self, session: &mut Session) -> Result<bool, End> {
        let frames = session.log().await?;
        for frame in &frames {
            self.send(frame).await?;
        }
        if !frames.is_empty() {
            return Ok(true);
        }
        if let Some(frame) = session.seen() {
            self.send(&frame).await?;
        }
        Ok(false)
    }
}
