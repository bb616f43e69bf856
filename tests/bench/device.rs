//! A device's own machine, talking to the hub's own session. Only the wire between them is missing; what would go over it
//! is encoded and counted.

use std::{collections::BTreeSet, sync::Arc};

use mufakat::{
    docs::{Actor, Author, Doc},
    domain::{At, DocId, Edit},
    hub::{
        core::Who,
        session::{Greeted, Session},
    },
    sync::{
        Cursor,
        client::{Client, Due, Event, Outgoing, Start, Transport},
        codec,
        frame::{Frame, Id, Item},
        history::History,
        proof::change_text,
    },
};
use p256::ecdsa::{Signature, SigningKey, signature::Signer};

use crate::place::Hub;

/// When the measurements take place, as far as documents are told.
const NOON: u64 = 1_772_366_400_000;

/// What went over the wire.
#[derive(Debug, Default)]
pub struct Traffic {
    /// Times the device said something and was answered.
    pub trips: u64,
    /// Messages, both ways.
    pub messages: u64,
    /// Bytes of them to the hub, as WebSocket messages; without the few bytes of their frames.
    pub up: u64,
    /// And from it.
    pub down: u64,
    /// Entries received from others.
    pub received: u64,
}

impl Traffic {
    /// Bytes both ways.
    pub const fn bytes(&self) -> u64 {
        self.up + self.down
    }
}

/// A device.
pub struct Device {
    pub who: Who,
    key: SigningKey,
    workspace: Id,
    client: Client,
    made: u64,
}

impl Device {
    pub async fn join(hub: &Hub) -> Self {
        let (who, _, key) = hub.officer().await;
        // As long as a token is; the session is given its device.
        let token = vec![7; 32];
        let start = Start {
            device: who.id(),
            token,
            workspace: None,
            cursor: Cursor::default(),
            missing: BTreeSet::new(),
            history: History::default(),
            apart: 0,
        };
        let workspace = hub.running.core().workspace().to_bytes().into();
        Self { who, key, workspace, client: Client::new(start), made: 0 }
    }

    /// An edit, seven seconds after the one before, as an item to be sent.
    pub fn edit(&mut self, id: DocId, doc: &mut Doc, value: &str) -> Item {
        self.made += 1;
        let author = Author { actor: Actor::new(self.who.device, 0), millis: NOON + self.made * 7_000 };
        let edit = Edit::Set { at: At::root("title"), value: value.into(), seen: vec![] };
        let made = doc.edit(&edit, &author).expect("an edit");
        Item::change(id.to_bytes().into(), made.hash.into(), made.bytes)
    }

    /// Signs the last change, which stands for those before it.
    pub fn sign(&self, items: &mut [Item]) {
        sign(&self.key, &self.workspace, items);
    }

    /// How far it is.
    pub fn cursor(&self) -> Cursor {
        self.client.cursor()
    }

    pub fn offer(&mut self, items: impl IntoIterator<Item = Item>) {
        self.client.offer(items);
    }

    /// Connects, says and hears everything there is, and hangs up.
    pub async fn meet(&mut self, hub: &Hub) -> Traffic {
        let core = hub.running.core();
        let mut traffic = Traffic::default();
        let mut session: Option<Session> = None;
        self.client.resume();
        assert_eq!(self.client.due(NOON, 0), Due::Dial);
        self.client.opened(Transport::Stream, NOON);
        while let Some(outgoing) = self.client.next(NOON) {
            let Outgoing::Stream(frames) = outgoing else { panic!("a stream is open") };
            let mut answers = Vec::new();
            for mut frame in frames {
                if let Frame::Push { items, .. } = &mut frame {
                    self.sign(items);
                }
                traffic.messages += 1;
                traffic.up += codec::encode(&frame).len() as u64;
                if let Frame::Hello { .. } = &frame {
                    match Session::greet(Arc::clone(core), self.who, &frame) {
                        Greeted::Welcome(greeted, welcome) => {
                            session = Some(greeted);
                            answers.push(welcome);
                        }
                        Greeted::Turn(turn) => panic!("turned away: {turn:?}"),
                    }
                } else if let Some(session) = &mut session {
                    answers.extend(session.receive(frame).await.expect("an answer"));
                }
            }
            let session = session.as_mut().expect("greeted first");
            loop {
                let page = session.log().await.expect("a page");
                if page.is_empty() {
                    break;
                }
                answers.extend(page);
            }
            answers.extend(session.seen());
            traffic.trips += u64::from(!answers.is_empty());
            for answer in answers {
                traffic.messages += 1;
                traffic.down += codec::encode(&answer).len() as u64;
                for event in self.client.receive(answer, NOON) {
                    match event {
                        Event::Log { to, entries, .. } => {
                            let others = entries.iter().filter(|entry| entry.device != Some(self.who.id()));
                            traffic.received += others.count() as u64;
                            self.client.durable(to, BTreeSet::new());
                        }
                        Event::Refused { why, .. } => panic!("refused: {why}"),
                        Event::Trouble { code, .. } | Event::Fatal { code } => panic!("{code}"),
                        _ => {}
                    }
                }
            }
        }
        assert_eq!(self.client.unsent(), 0, "everything is acknowledged");
        self.client.lost(NOON, 0);
        traffic
    }
}

/// Signs the last change, which stands for those of its document before it.
pub fn sign(key: &SigningKey, workspace: &Id, items: &mut [Item]) {
    if let Some(Item::Change { doc, hash, signature, .. }) = items.last_mut() {
        let made: Signature = key.sign(&change_text(workspace, doc, hash));
        let made: [u8; 64] = made.to_bytes().into();
        *signature = Some(made.into());
    }
}
