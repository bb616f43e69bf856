//! Devices over real WebSockets: each a task that drives the device's own machine, applies what comes to its copy of the
//! document and says what happened. The disk of a device is left out: what a browser's store takes is measured elsewhere.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use futures_util::{SinkExt, StreamExt};
use mufakat::{
    docs::{Actor, Author, Doc},
    domain::{At, DeviceId, DocId, DocKind, Edit},
    sync::{
        Cursor,
        client::{Client, Due, Event, Outgoing, Start, Transport},
        codec::{self, DEFAULT_LIMITS},
        frame::{Frame, Id, Item},
        history::History,
    },
};
use p256::ecdsa::SigningKey;
use tokio::sync::mpsc;
use tokio_tungstenite::tungstenite::Message;

use crate::device::sign;

/// Who a device is and what it has.
#[derive(Clone)]
pub struct Passport {
    pub device: DeviceId,
    pub token: String,
    pub key: SigningKey,
    pub workspace: Id,
    pub cursor: Cursor,
    /// The document it looks at.
    pub doc: DocId,
    /// Whether it keeps that document or only counts what it hears.
    pub keeps: bool,
}

/// What happened at a device, and when.
#[derive(Debug)]
pub struct News {
    pub at: Instant,
    pub what: What,
}

#[derive(Debug)]
pub enum What {
    /// The hub has told it everything up to here, and it has taken it in.
    UpTo(u64),
    /// An edit of another device is in its copy of the document.
    Shown,
    /// The hub has committed its edit.
    Acked,
}

/// A connected device. Dropped, it hangs up.
pub struct Live {
    orders: mpsc::UnboundedSender<String>,
}

impl Live {
    /// Makes an edit: the title becomes this.
    pub fn edit(&self, title: String) {
        self.orders.send(title).expect("the device is there");
    }
}

fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock");
    u64::try_from(since.as_millis()).expect("years")
}

/// Connects a device. Its news come until it is dropped.
pub fn connect(passport: Passport, address: String, news: mpsc::UnboundedSender<News>) -> Live {
    let (orders, heard) = mpsc::unbounded_channel();
    tokio::spawn(async move { Device::new(passport, news).run(&address, heard).await });
    Live { orders }
}

struct Device {
    passport: Passport,
    client: Client,
    doc: Option<Doc>,
    news: mpsc::UnboundedSender<News>,
    made: u64,
}

impl Device {
    fn new(passport: Passport, news: mpsc::UnboundedSender<News>) -> Self {
        let start = Start {
            device: passport.device.to_bytes().into(),
            token: passport.token.clone().into_bytes(),
            workspace: None,
            cursor: passport.cursor,
            missing: BTreeSet::new(),
            history: History::default(),
            apart: 0,
        };
        let doc = passport.keeps.then(|| Doc::new(DocKind::Draft));
        Self { passport, client: Client::new(start), doc, news, made: 0 }
    }

    async fn run(mut self, address: &str, mut orders: mpsc::UnboundedReceiver<String>) {
        assert_eq!(self.client.due(now(), 0), Due::Dial);
        let url = format!("ws://{address}/v1/live");
        let (mut socket, _) =
            tokio_tungstenite::connect_async_with_config(url, None, true).await.expect("a connection");
        self.client.opened(Transport::Stream, now());
        loop {
            while let Some(outgoing) = self.client.next(now()) {
                let Outgoing::Stream(frames) = outgoing else { panic!("a stream is open") };
                for mut frame in frames {
                    if let Frame::Push { items, .. } = &mut frame {
                        sign(&self.passport.key, &self.passport.workspace, items);
                    }
                    socket.send(Message::Binary(codec::encode(&frame).into())).await.expect("sends");
                }
            }
            tokio::select! {
                order = orders.recv() => match order {
                    Some(title) => self.edit(&title),
                    None => return drop(socket.close(None).await),
                },
                message = socket.next() => match message {
                    Some(Ok(Message::Binary(bytes))) => self.hear(&bytes),
                    Some(Ok(Message::Text(_) | Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => {}
                    // At the end of a row the hub may go before its devices have hung up.
                    Some(Ok(Message::Close(_)) | Err(_)) | None if orders.is_closed() => return,
                    Some(Ok(Message::Close(_)) | Err(_)) | None => panic!("the hub hung up: {message:?}"),
                },
                () = tokio::time::sleep(Duration::from_secs(1)) => {}
            }
        }
    }

    fn edit(&mut self, title: &str) {
        self.made += 1;
        let author = Author { actor: Actor::new(self.passport.device, 0), millis: now() };
        let edit = Edit::Set { at: At::root("title"), value: title.into(), seen: vec![] };
        let made = self.doc.as_mut().expect("a document").edit(&edit, &author).expect("an edit");
        let doc = self.passport.doc.to_bytes().into();
        self.client.offer([Item::change(doc, made.hash.into(), made.bytes)]);
    }

    fn hear(&mut self, bytes: &[u8]) {
        let frame = codec::decode(bytes, DEFAULT_LIMITS.frame as usize).expect("a frame");
        for event in self.client.receive(frame, now()) {
            match event {
                Event::Log { to, entries, .. } => {
                    let mine = self.passport.doc.to_bytes().into();
                    let bodies: Vec<_> = entries
                        .iter()
                        .filter_map(|entry| match &entry.item {
                            Item::Change { doc, body: Some(body), .. } if *doc == mine => Some(body.as_slice()),
                            Item::Change { .. } | Item::Fact { .. } => None,
                        })
                        .collect();
                    if let Some(doc) = self.doc.as_mut().filter(|_| !bodies.is_empty()) {
                        doc.apply(&bodies).expect("applies");
                        bodies.iter().for_each(|_| self.say(What::Shown));
                    }
                    self.client.durable(to, BTreeSet::new());
                    self.say(What::UpTo(to.number));
                }
                Event::Acked { .. } => self.say(What::Acked),
                Event::Refused { why, .. } => panic!("refused: {why}"),
                Event::Trouble { code, .. } | Event::Fatal { code } => panic!("{code}"),
                _ => {}
            }
        }
    }

    fn say(&self, what: What) {
        // Nobody may be listening any more.
        let _ = self.news.send(News { at: Instant::now(), what });
    }
}
