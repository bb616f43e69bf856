//! What a device is told: the greeting, the log that follows its cursor, a document whole.

use super::{
    super::{
        Cursor,
        frame::{Entry, Frame, Id, Item, PROTO},
    },
    Hub,
    index::Row,
    policy::Clearance,
};

/// Bytes of entries in one frame of a log: small frames keep a slow link visibly alive, and what came need not come
/// again.
const LOG_BYTES: usize = 64 << 10;

/// The answer to a hello.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Greeting {
    /// Send this, then the log from here.
    Welcome(Frame, Cursor),
    /// Send this and nothing more.
    Turn(Frame),
}

impl Hub {
    /// Answers a hello of a device that the caller has recognised by its token.
    #[must_use]
    pub fn greet(&self, hello: &Frame, now: u64) -> Greeting {
        let Frame::Hello { proto, workspace, cursor, stamp, as_of, .. } = hello else {
            return Greeting::Turn(error("malformed", "a conversation begins with hello"));
        };
        if *proto == 0 {
            return Greeting::Turn(error("proto", "this hub speaks no protocol so old"));
        }
        if workspace.is_some_and(|workspace| workspace != self.workspace) {
            return Greeting::Turn(error("workspace", "this hub holds another workspace"));
        }
        if self.index.stamp_at(*cursor) != Some(*stamp) {
            return Greeting::Turn(Frame::Rewind { to: 0 });
        }
        let welcome = Frame::Welcome {
            proto: PROTO.min(*proto),
            workspace: self.workspace,
            head: self.head(),
            limits: self.limits,
            time: now,
        };
        Greeting::Welcome(welcome, Cursor { number: *cursor, stamp: *stamp, as_of: *as_of })
    }

    /// What a device that is at `cursor` must hear, and moves the cursor. No frames: nothing new.
    ///
    /// `rows` are the store's rows after the cursor, without a gap, as many as the caller likes to send now. `now_sees`
    /// is what the device may receive as of the head and `now`; `then_saw` what it could as of `cursor`, its number and
    /// its `as_of`, or none where neither a fact ([`Hub::facts_after`]) nor a day that begins or ends a right lies
    /// between.
    pub fn log_for(
        &self,
        device: Id,
        cursor: &mut Cursor,
        rows: impl IntoIterator<Item = Row>,
        then_saw: Option<&dyn Clearance>,
        now_sees: &dyn Clearance,
        now: u64,
    ) -> Vec<Frame> {
        let as_of = cursor.as_of.max(now);
        let (entries, lost) =
            then_saw.map_or_else(Default::default, |then| self.turned(device, cursor.number, then, now_sees));
        let mut frames = Vec::new();
        let mut chunk = Chunk { from: cursor.number, entries, lost, bytes: 0 };
        let mut at = *cursor;
        for row in rows {
            if row.number != at.number + 1 || row.number > self.head() {
                break;
            }
            at = Cursor { number: row.number, stamp: row.stamp, as_of };
            if receives(device, &row.item, row.makes, now_sees) {
                chunk.push(told(row, Some(device)));
            }
            if chunk.bytes > LOG_BYTES {
                let next = Chunk { from: at.number, entries: Vec::new(), lost: Vec::new(), bytes: 0 };
                frames.push(std::mem::replace(&mut chunk, next).close(at));
            }
        }
        if at.number > chunk.from || !chunk.entries.is_empty() || !chunk.lost.is_empty() {
            at.as_of = as_of;
            frames.push(chunk.close(at));
        }
        *cursor = at;
        frames
    }

    /// The facts up to a number that a device may receive only now, and the documents it no longer may.
    fn turned(&self, device: Id, number: u64, then: &dyn Clearance, now: &dyn Clearance) -> (Vec<Entry>, Vec<Id>) {
        let mut gained = Vec::new();
        let mut lost = Vec::new();
        for fact in self.index.facts().take_while(|fact| fact.number <= number) {
            let item = Item::Fact { hash: fact.hash, body: fact.body.clone() };
            match (receives(device, &item, fact.makes, then), receives(device, &item, fact.makes, now)) {
                (false, true) => {
                    gained.push(Entry { number: fact.number, received_at: fact.received_at, device: fact.device, item })
                }
                (true, false) => lost.extend(fact.makes),
                (true, true) | (false, false) => {}
            }
        }
        (gained, lost)
    }

    /// A document whole, in frames of moderate size. `rows` are all the store's rows of its changes, in order.
    #[must_use]
    pub fn snapshot_for(
        &self,
        device: Id,
        doc: Id,
        rows: impl IntoIterator<Item = Row>,
        now_sees: &dyn Clearance,
    ) -> Vec<Frame> {
        let part =
            |number, entries, more| Frame::Snapshot { doc, number, entries, bytes: None, marks: Vec::new(), more };
        let Some(made) = self.index.made(&doc).filter(|_| now_sees.reads(device, doc)) else {
            return vec![part(0, Vec::new(), false)];
        };
        let rows: Vec<Row> = rows.into_iter().take_while(|row| row.number <= self.head()).collect();
        let number = rows.last().map_or(made, |row| row.number.max(made));
        let mut frames = Vec::new();
        let mut entries = Vec::new();
        let mut bytes = 0;
        for row in rows {
            bytes += row.item.size();
            entries.push(told(row, None));
            if bytes > LOG_BYTES {
                bytes = 0;
                frames.push(part(number, std::mem::take(&mut entries), true));
            }
        }
        frames.push(part(number, entries, false));
        frames
    }
}

fn receives(device: Id, item: &Item, makes: Option<Id>, clearance: &dyn Clearance) -> bool {
    match (item, makes) {
        (Item::Change { doc, .. }, _) => clearance.reads(device, *doc),
        (Item::Fact { .. }, Some(doc)) => clearance.reads(device, doc),
        (Item::Fact { body, .. }, None) => clearance.sees(device, body),
    }
}

/// A row as an entry; without its body for the device that wrote it.
fn told(row: Row, reader: Option<Id>) -> Entry {
    let Row { number, received_at, device, item, .. } = row;
    let item = match item {
        Item::Change { doc, hash, .. } if device.is_some() && device == reader => {
            Item::Change { doc, hash, body: None }
        }
        Item::Change { .. } | Item::Fact { .. } => item,
    };
    Entry { number, received_at, device, item }
}

struct Chunk {
    from: u64,
    entries: Vec<Entry>,
    lost: Vec<Id>,
    bytes: usize,
}

impl Chunk {
    fn push(&mut self, entry: Entry) {
        self.bytes += 24 + entry.item.size();
        self.entries.push(entry);
    }

    fn close(self, to: Cursor) -> Frame {
        Frame::Log {
            from: self.from,
            to: to.number,
            stamp: to.stamp,
            entries: self.entries,
            lost: self.lost,
            as_of: to.as_of,
        }
    }
}

fn error(code: &str, message: &str) -> Frame {
    Frame::Error { code: code.to_owned(), message: message.to_owned() }
}
