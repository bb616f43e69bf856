//! The way to the hub: bytes in and out of the protocol's machine, which alone decides what to say when.

use super::{Engine, Output, outbox::State, store::StoreError};
use crate::{
    engine::api::Link,
    sync::{
        Cursor,
        client::{Client, Due, Request, Stage, Start, Transport},
        codec,
        versions::Sending,
    },
};

/// No frame of a hub is larger, whatever it allows.
const LARGEST: usize = 64 << 20;
/// The header's "last heard" is exact to this many milliseconds.
const HEARD: u64 = 15_000;

impl Engine {
    /// Starts the machine for this device, if there is one.
    pub(super) fn start_client(&mut self) {
        let Some(account) = self.account.as_ref().filter(|account| account.barred.is_none()) else { return };
        let Some(token) = account.token_bytes() else { return };
        let start = Start {
            device: account.device.to_bytes().into(),
            token,
            workspace: Some(account.workspace.to_bytes().into()),
            cursor: Cursor {
                number: self.position.number,
                stamp: self.position.stamp.into(),
                as_of: self.position.as_of,
            },
            missing: self
                .position
                .missing
                .iter()
                .chain(&self.rewinding.rewound.docs)
                .map(|doc| doc.to_bytes().into())
                .collect(),
            history: self.history.clone(),
            apart: self.apart(),
        };
        let mut client = Client::new(start);
        for doc in &self.position.missing {
            client.want(doc.to_bytes().into());
        }
        self.client = Some(client);
        self.begin_giving_back();
        self.fetch_rewound(&std::collections::BTreeSet::new());
    }

    pub(super) fn up(&mut self, transport: Transport) {
        self.welcomed = None;
        self.signing.forget();
        if let Some(client) = &mut self.client {
            client.opened(transport, self.now);
        }
        self.dirty.shell = true;
    }

    pub(super) fn down(&mut self) {
        if self.welcomed.take().is_some() {
            // The next greeting says what is on the disk.
            self.catch_up();
        }
        self.signing.forget();
        let random = u32::from_be_bytes(self.dice.bytes());
        if let Some(client) = &mut self.client {
            client.lost(self.now, random);
        }
        self.dirty.shell = true;
    }

    /// A message of the stream.
    pub(super) fn message(&mut self, bytes: &[u8]) {
        match codec::decode(bytes, LARGEST) {
            Ok(frame) => {
                if let Some(client) = &mut self.client {
                    self.inbox.extend(client.receive(frame, self.now));
                }
                self.heard();
            }
            // Something between us and the hub speaks another language.
            Err(_) => {
                self.down();
                self.out.push(Output::HangUp);
            }
        }
    }

    /// The answer to an exchange.
    pub(super) fn answer(&mut self, request: Request, body: Option<&[u8]>) {
        let frames = body.and_then(|body| codec::decode_body(body, LARGEST).ok());
        let Some(frames) = frames else {
            self.down();
            return;
        };
        if let Some(client) = &mut self.client {
            for frame in frames {
                self.inbox.extend(client.receive(frame, self.now));
            }
            client.answered(request);
        }
        self.heard();
    }

    fn heard(&mut self) {
        let clock = self.clock();
        if self.last_contact.is_none_or(|at| clock < at || clock >= at + HEARD) {
            self.last_contact = Some(clock);
            self.dirty.shell = true;
        }
    }

    /// Offers what is durable, and does what the machine wants done.
    pub(super) fn drive(&mut self) {
        self.hold_for_review();
        let waits = self.waits_to_hear();
        self.order_wants();
        let Some(client) = &mut self.client else { return };
        let before = client.stage();
        let random = u32::from_be_bytes(self.dice.bytes());
        match client.due(self.now, random) {
            Due::Nothing => {}
            Due::Dial => self.out.push(Output::Dial),
            Due::HangUp => {
                self.signing.forget();
                self.out.push(Output::HangUp);
            }
        }
        // Where it may not be sent it stays what it is: on this device.
        let open = client.sending() == Sending::Open;
        let may_go = open.then(|| self.outbox.may_go(&self.acknowledged, |doc| waits.contains(&doc)));
        for seq in may_go.into_iter().flatten() {
            if let Some(entry) = self.outbox.get_mut(seq) {
                entry.state = State::Sent;
                let item = entry.item();
                client.offer([item]);
            }
        }
        let mut said = Vec::new();
        while let Some(outgoing) = client.next(self.now) {
            said.push(outgoing);
        }
        self.dirty.shell |= before != client.stage();
        for outgoing in said {
            self.send(outgoing);
        }
    }

    /// A person wants to try now.
    pub(super) fn reconnect(&mut self) {
        if let Some(client) = &mut self.client {
            client.resume();
        }
    }

    /// How the link is, for showing.
    pub(super) fn link_shown(&self) -> Link {
        match self.client.as_ref().map(Client::stage) {
            None | Some(Stage::Offline | Stage::Stopped) => Link::Offline,
            Some(Stage::Connecting) => Link::Connecting,
            Some(Stage::Live) => Link::Live,
            Some(Stage::Http) => Link::Http,
        }
    }

    /// Whether nothing may be said to be on the device.
    pub(super) fn only_in_memory(&self) -> bool {
        self.volatile || self.journal.trouble() == Some(StoreError::Absent)
    }
}
