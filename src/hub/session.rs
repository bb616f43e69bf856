//! One device's conversation, over whatever carries it: frames in, frames out.
//!
//! A WebSocket keeps a session as long as it lives; a stateless request makes one from its `Hello`, uses it and forgets
//! it. The session never sends a byte that the core did not clear for its device.

use std::{collections::HashMap, sync::Arc};

use minicbor::bytes::ByteVec;

use super::{
    clock,
    core::{Core, DOCUMENTS, LASTS, Said, Who, later},
    refusal::Refusal,
    secret::Secret,
};
use crate::sync::{
    Cursor,
    frame::{Frame, Id},
    hub::{Greeting, Reader},
};

/// Seconds after which a device too old to write may ask again: one that does not know that it is too old has no better
/// word for it.
const TOO_OLD: u32 = 300;

/// A greeted device.
pub struct Session {
    core: Arc<Core>,
    who: Who,
    reader: Reader,
    cursor: Cursor,
    seen: u64,
    /// The newest protocol version the device speaks.
    proto: u16,
    /// Documents in which the device says it is, and until when that counts.
    inside: HashMap<Id, u64>,
}

/// How a greeting went.
pub enum Greeted {
    /// Talk on; say this first.
    Welcome(Session, Frame),
    /// Say this and end.
    Turn(Frame),
}

/// The device that says hello: by the token in `Authorization`, else in the frame.
///
/// # Errors
/// When there is no token, it is unknown or its device's rights were taken away, or the frame is another or names
/// another device.
pub fn recognise(core: &Core, token: Option<Secret>, hello: &Frame) -> Result<Who, Refusal> {
    let Frame::Hello { token: carried, device, .. } = hello else {
        return Err(Refusal::Malformed("a conversation begins with hello".to_owned()));
    };
    let token = token.or_else(|| Secret::from_frame(carried.as_ref()?)).ok_or(Refusal::Unauthorised)?;
    let who = core.who(&token)?;
    // A copied profile would speak with another's token.
    if who.id() != *device { Err(Refusal::Unauthorised) } else { Ok(who) }
}

impl Session {
    /// Greets a recognised device.
    #[must_use]
    pub fn greet(core: Arc<Core>, who: Who, hello: &Frame) -> Greeted {
        let (seen, apart, proto) = match hello {
            Frame::Hello { seen, apart, proto, .. } => (*seen, *apart, *proto),
            _ => (0, 0, 0),
        };
        match core.greet(who, hello) {
            Greeting::Welcome(frame, cursor) => {
                // What comes after the greeting is told one by one.
                let head = match &frame {
                    Frame::Welcome { head, .. } => *head,
                    _ => 0,
                };
                let reader = Reader::new(who.id()).fetching(apart.min(head));
                Greeted::Welcome(Self { core, who, reader, cursor, seen, proto, inside: HashMap::new() }, frame)
            }
            Greeting::Turn(frame) => {
                if let Frame::Error { code, .. } = &frame {
                    core.metrics().refuse(code);
                }
                Greeted::Turn(frame)
            }
        }
    }

    /// Whose it is.
    #[must_use]
    pub const fn who(&self) -> Who {
        self.who
    }

    /// Answers one frame.
    ///
    /// # Errors
    /// When the frame is not a device's to send, or the hub cannot answer it now.
    pub async fn receive(&mut self, frame: Frame) -> Result<Vec<Frame>, Refusal> {
        match frame {
            Frame::Push { req, items } if self.too_old() => Ok(vec![self.put_off(req, items.len())]),
            Frame::Return { req, entries } if self.too_old() => Ok(vec![self.put_off(req, entries.len())]),
            Frame::Push { req, items } => {
                let ack = self.core.push(self.who, req, items).await?;
                self.reader.answered(&ack);
                Ok(vec![ack])
            }
            Frame::Return { req, entries } => Ok(vec![self.core.take_back(self.who, req, entries).await?]),
            Frame::Have { cursor, missing, as_of } => {
                self.core.have(self.who, (cursor, as_of), &missing);
                Ok(vec![])
            }
            Frame::Want { doc, folded } => Ok(self.core.snapshot(self.who, doc, folded).await?),
            Frame::Ping { n } => Ok(vec![Frame::Pong { n }]),
            Frame::Eph { doc, bytes, from: _ } => Ok(self.passes(doc, bytes)),
            Frame::Pong { .. } => Ok(vec![]),
            // What is wrong there is the device's to heal; the operator can count it.
            Frame::Error { .. } => {
                self.core.metrics().refuse("device-error");
                Ok(vec![])
            }
            Frame::Hello { .. } => Err(Refusal::Malformed("hello came twice".to_owned())),
            Frame::Welcome { .. }
            | Frame::Rewind { .. }
            | Frame::Ack { .. }
            | Frame::Log { .. }
            | Frame::Seen { .. }
            | Frame::Snapshot { .. } => Err(Refusal::Malformed("this frame is the hub's to send".to_owned())),
        }
    }

    /// Passes on what the device says about a document, and tells it what the others there said last when it comes in.
    fn passes(&mut self, doc: Id, bytes: ByteVec) -> Vec<Frame> {
        let leaves = bytes.is_empty();
        if !self.core.pass_on(self.who, doc, bytes) {
            return vec![];
        }
        let now = clock::now();
        self.inside.retain(|_, until| *until > now);
        if leaves {
            self.inside.remove(&doc);
            return vec![];
        }
        let comes = self.inside.len() < DOCUMENTS && !self.inside.contains_key(&doc);
        if comes || self.inside.contains_key(&doc) {
            self.inside.insert(doc, now + LASTS);
        }
        if comes { self.core.company(self.who, doc) } else { vec![] }
    }

    /// The stream has ended: who is in the same documents hears that this device no longer is.
    pub fn leave(&self) {
        for (doc, until) in &self.inside {
            self.core.gone(self.who, *doc, *until - LASTS);
        }
    }

    /// What another said, if this device is to hear it: it is in that document, and may read it at this moment.
    #[must_use]
    pub fn hears(&self, said: &Said) -> Option<Frame> {
        let inside = self.inside.get(&said.doc).is_some_and(|until| *until > clock::now());
        let hears = inside && said.device != self.who.id() && self.core.reads(self.who.id(), said.doc);
        hears.then(|| said.clone().frame())
    }

    /// Whether the hub wants a newer application before it takes anything from this one.
    fn too_old(&self) -> bool {
        !self.core.limits().takes_from(self.proto)
    }

    /// Nothing of it is taken or refused: the device keeps it until it is updated.
    fn put_off(&self, req: u32, items: usize) -> Frame {
        self.core.metrics().refuse("proto");
        later(req, items, self.core.head(), TOO_OLD)
    }

    /// The next page of what the device has not heard. Empty: it has heard all.
    ///
    /// # Errors
    /// When the device's rights were taken away meanwhile, or the store fails.
    pub async fn log(&mut self) -> Result<Vec<Frame>, Refusal> {
        if !self.core.still(self.who) {
            return Err(Refusal::Revoked);
        }
        let frames = self.core.log(&self.reader, &mut self.cursor).await?;
        self.reader.heard(self.cursor.number);
        Ok(frames)
    }

    /// How far parties are, if that is news to the device.
    #[must_use]
    pub fn seen(&mut self) -> Option<Frame> {
        let (revision, frame) = self.core.seen_since(self.who, self.seen)?;
        self.seen = revision;
        Some(frame)
    }
}

/// A refusal as a frame.
#[must_use]
pub fn error(refusal: &Refusal) -> Frame {
    Frame::Error { code: refusal.code().to_owned(), message: refusal.to_string() }
}
