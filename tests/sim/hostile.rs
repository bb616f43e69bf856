//! A stranger with a valid token: a device of an officer on which somebody else's program runs. It knows the protocol, hears
//! what others say, and says whatever might hurt. What is rightly signed and sound the hub takes, as from anyone; of
//! everything else nothing may remain but a refusal, and nobody else may notice.

use std::collections::VecDeque;

use minicbor::bytes::ByteVec;
use mufakat::{
    docs::{Actor, Author, Doc},
    domain::{At, DeviceId, DocId, Edit, EntityId, Fact, Value},
    sync::{
        codec,
        frame::{Frame, Item, PROTO},
        proof::change_text,
        signature::key_text,
    },
};
use p256::ecdsa::{Signature, SigningKey, signature::Signer};
use sha2::{Digest, Sha256};

use crate::{
    cast::{self, CHAIRS, CHINA, PLUS_PROJECT},
    wire::{LARGEST, WireId},
    world::{Happening, World},
};

/// What it does before it gives up.
const DEEDS: u32 = 40;
/// What it remembers of what others said.
const EARS: usize = 40;

/// The stranger.
#[derive(Debug)]
pub struct Stranger {
    key: SigningKey,
    /// What others said to the hub.
    pub overheard: VecDeque<Vec<u8>>,
    deeds: u32,
    req: u32,
}

pub const DEVICE: DeviceId = DeviceId::from_bytes([0x66; 16]);

fn hash_of(chunk: &[u8]) -> [u8; 32] {
    Sha256::digest(chunk.get(8..).unwrap_or_default()).into()
}

impl Stranger {
    pub fn hears(&mut self, bytes: &[u8]) {
        self.overheard.push_back(bytes.to_vec());
        if self.overheard.len() > EARS {
            self.overheard.pop_front();
        }
    }

    fn sign(&self, doc: DocId, hash: [u8; 32], body: Vec<u8>) -> Item {
        let (doc, hash) = (doc.to_bytes().into(), hash.into());
        let signature: Signature = self.key.sign(&change_text(&cast::workspace().to_bytes().into(), &doc, &hash));
        let signature = Some(<[u8; 64]>::from(signature.to_bytes()).into());
        Item::Change { doc, hash, body: Some(ByteVec::from(body)), signature, receipt: None }
    }
}

impl World {
    /// Somebody puts another program on a device of China's. Once in a story.
    pub fn a_stranger_comes(&mut self) {
        if self.stranger.is_some() || !self.desk.can_state() {
            return;
        }
        let key = SigningKey::from_slice(&[0x66; 32]).expect("a key");
        let public = key_text(key.verifying_key().to_sec1_point(false).as_bytes());
        let fact = Fact::Device { id: DEVICE, person: CHINA.id(), label: "laptop".to_owned(), key: Some(public) };
        self.desk.state(&fact, self.now);
        self.desk.stranger = Some(DEVICE);
        self.stranger = Some(Stranger { key, overheard: VecDeque::new(), deeds: 0, req: 0 });
        self.tell_everyone();
        self.at(self.now + 100, Happening::Mischief);
    }

    /// It does something, and will do something again.
    pub fn mischief(&mut self) {
        let Some(deeds) = self.stranger.as_mut().map(|stranger| {
            stranger.deeds += 1;
            stranger.deeds
        }) else {
            return;
        };
        if deeds < DEEDS && !self.calm {
            let at = self.now + self.chance.of(50..1_500);
            self.at(at, Happening::Mischief);
        }
        if !self.desk.up || !self.desk.knows(DEVICE) {
            return;
        }
        self.wires_made += 1;
        let wire = self.wires_made;
        let cursor = if self.chance.percent(10) { u64::MAX } else { 0 };
        let stamp = [0; 8].into();
        let hello = Frame::Hello {
            proto: PROTO,
            token: None,
            workspace: Some(cast::workspace().to_bytes().into()),
            device: DEVICE.to_bytes().into(),
            cursor,
            stamp,
            missing: Vec::new(),
            as_of: self.chance.draw(),
            seen: self.chance.draw(),
            places: Vec::new(),
            apart: self.chance.draw(),
        };
        self.overcome(wire, hello);
        match self.chance.below(100) {
            0..20 => self.repeats_others(wire),
            20..40 => self.mumbles(wire),
            40..65 => self.writes_nonsense(wire),
            65..75 => self.says_two_things(wire),
            75..85 => self.gives_back_what_never_was(wire),
            85..95 => self.asks_for_too_much(wire),
            _ => self.floods(wire),
        }
        self.begin_commit();
    }

    fn says(&mut self, wire: WireId, items: Vec<Item>) {
        let Some(stranger) = self.stranger.as_mut() else { return };
        stranger.req = stranger.req.wrapping_add(1);
        let req = stranger.req;
        self.overcome(wire, Frame::Push { req, items });
    }

    /// The hub hears it, as it hears anyone whose token it knows; what it answers is looked at.
    fn overcome(&mut self, wire: WireId, frame: Frame) {
        let said = match frame {
            // `hub::session` ends the conversation.
            Frame::Welcome { .. }
            | Frame::Rewind { .. }
            | Frame::Ack { .. }
            | Frame::Log { .. }
            | Frame::Seen { .. }
            | Frame::Snapshot { .. }
            | Frame::Eph { .. }
            | Frame::Error { .. }
            | Frame::Pong { .. } => Vec::new(),
            // Another device's name under one's own token, too.
            Frame::Hello { device, .. } if DeviceId::from_bytes(device.into()) != DEVICE => Vec::new(),
            Frame::Have { .. } | Frame::Hello { .. } => {
                // Nobody can check what a device says of itself: China counts as having what it says it has.
                self.desk.liar = Some(CHINA.party);
                self.desk.hear(wire, frame, self.now)
            }
            Frame::Push { .. } | Frame::Return { .. } | Frame::Want { .. } | Frame::Ping { .. } => {
                self.desk.hear(wire, frame, self.now)
            }
        };
        for frame in said {
            self.check_cleared_for(CHINA, DEVICE, &frame);
        }
        for frame in self.desk.news(wire, self.now) {
            self.check_cleared_for(CHINA, DEVICE, &frame);
        }
    }

    /// What somebody else said, word for word.
    fn repeats_others(&mut self, wire: WireId) {
        let Some(bytes) = self.something_overheard() else { return };
        self.tally.fault("hostile: another's words");
        if let Ok(frame) = codec::decode(&bytes, LARGEST) {
            self.overcome(wire, frame);
        }
    }

    fn something_overheard(&mut self) -> Option<Vec<u8>> {
        let ears = self.stranger.as_ref().map_or(0, |stranger| stranger.overheard.len());
        let which = self.chance.below(ears);
        self.stranger.as_ref().and_then(|stranger| stranger.overheard.get(which).cloned())
    }

    /// The same with some bytes turned, cut off or put in.
    fn mumbles(&mut self, wire: WireId) {
        let Some(mut bytes) = self.something_overheard() else { return };
        self.tally.fault("hostile: mutated frame");
        for _ in 0..1 + self.chance.below(4) {
            self.mutate(&mut bytes);
        }
        if let Ok(frame) = codec::decode(&bytes, LARGEST) {
            self.overcome(wire, frame);
        }
    }

    fn mutate(&mut self, bytes: &mut Vec<u8>) {
        let at = self.chance.below(bytes.len());
        let byte = u8::try_from(self.chance.draw() & 0xff).unwrap_or(0);
        match self.chance.below(10) {
            0..6 if !bytes.is_empty() => bytes[at] = byte,
            6 | 7 => bytes.insert(at.min(bytes.len()), byte),
            8 if !bytes.is_empty() => drop(bytes.remove(at)),
            _ => bytes.truncate(at),
        }
    }

    /// The document that it may write in, as the hub has it.
    fn document(&self) -> Doc {
        let id = PLUS_PROJECT.to_bytes().into();
        let bodies = self.desk.full.iter().filter_map(|row| match &row.item {
            Item::Change { doc, body: Some(body), .. } if *doc == id => Some(&body[..]),
            Item::Change { .. } | Item::Fact { .. } => None,
        });
        let kind = self.desk.catalogue.docs[&PLUS_PROJECT].kind;
        Doc::load(kind, bodies).expect("what the hub took loads")
    }

    /// A change of its own under an incarnation, with the words that are given.
    fn change(&self, incarnation: u32, words: &str) -> Option<([u8; 32], Vec<u8>)> {
        let author = Author { actor: Actor::new(DEVICE, incarnation), millis: self.now };
        let value = Value::Str(words.to_owned());
        let edit = Edit::Set { at: At::root("title"), value, seen: Vec::new() };
        let made = self.document().edit(&edit, &author).ok()?;
        Some((made.hash, made.bytes))
    }

    /// A change that is rightly signed and rightly summed, and wrong inside; or whole under a wrong hash.
    fn writes_nonsense(&mut self, wire: WireId) {
        let incarnation = u32::try_from(self.chance.below(3)).unwrap_or(0);
        let Some((_, mut body)) = self.change(incarnation, "not quite") else { return };
        let hash;
        if self.chance.percent(80) {
            self.tally.fault("hostile: change wrong inside");
            let mut inside = body.split_off(8.min(body.len()));
            for _ in 0..1 + self.chance.below(3) {
                self.mutate(&mut inside);
            }
            body.extend(inside);
            hash = hash_of(&body);
            if let Some(sum) = body.get_mut(4..8) {
                sum.copy_from_slice(&hash[..4]);
            }
        } else {
            self.tally.fault("hostile: wrong hash");
            hash = self.chance.bytes();
        }
        let Some(stranger) = &self.stranger else { return };
        let item = stranger.sign(PLUS_PROJECT, hash, body);
        self.says(wire, vec![item]);
    }

    /// Two changes under one name and number, each rightly signed.
    fn says_two_things(&mut self, wire: WireId) {
        self.tally.fault("hostile: two changes under one name");
        let made = [self.change(9, "one thing"), self.change(9, "another thing")];
        let Some(stranger) = &self.stranger else { return };
        let signed: Vec<Item> =
            made.into_iter().flatten().map(|(hash, body)| stranger.sign(PLUS_PROJECT, hash, body)).collect();
        self.says(wire, signed);
    }

    /// What the hub is said to have lost, with codes that it never made; and facts that nobody may state.
    fn gives_back_what_never_was(&mut self, wire: WireId) {
        self.tally.fault("hostile: forged return");
        let id = EntityId::from_bytes(self.chance.bytes());
        let role = mufakat::domain::Role::Secretariat;
        let (party, from) = (CHINA.code(), cast::date("2020-01-01"));
        let fact = Fact::Appoint { id, person: CHINA.id(), party, role, from, to: None };
        let mut item = cast::fact_item(&fact);
        if let Item::Fact { mac, .. } = &mut item {
            *mac = Some(self.chance.bytes::<16>().into());
        }
        let (number, received_at) = (self.chance.draw(), self.chance.draw());
        let device = self.chance.percent(50).then(|| [1; 16].into());
        let entry = mufakat::sync::frame::Entry { number, received_at, device, item: item.clone() };
        self.overcome(wire, Frame::Return { req: 1, entries: vec![entry] });
        self.says(wire, vec![item]);
    }

    /// Documents it may not have, and places where nobody ever was.
    fn asks_for_too_much(&mut self, wire: WireId) {
        self.tally.fault("hostile: asks for what is not its own");
        for doc in [CHAIRS.to_bytes(), self.chance.bytes()] {
            self.overcome(wire, Frame::Want { doc: doc.into(), folded: true });
        }
        let missing = vec![CHAIRS.to_bytes().into()];
        let (cursor, as_of) = (self.chance.draw(), self.chance.draw());
        self.overcome(wire, Frame::Have { cursor, missing, as_of });
    }

    fn floods(&mut self, wire: WireId) {
        self.tally.fault("hostile: flood");
        let Some((_, body)) = self.change(0, "again") else { return };
        for n in 0..200 {
            let item = Item::change(PLUS_PROJECT.to_bytes().into(), [n; 32].into(), body.clone());
            self.says(wire, vec![item; 3]);
        }
    }
}
