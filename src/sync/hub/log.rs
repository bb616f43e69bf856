//! What a device is told: the greeting, the log that follows its cursor, a document whole.

use std::{
    collections::{BTreeMap, HashMap},
    ops::Range,
};

use super::{
    super::{
        Cursor,
        frame::{Entry, Frame, Id, Item, PROTO, Point},
        marks::{Mark, runs},
    },
    Hub,
    index::Row,
    policy::Clearance,
};

/// Bytes of entries in one frame of a log: small frames keep a slow link visibly alive, and what came need not come
/// again.
const LOG_BYTES: usize = 64 << 10;

/// A compacted document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// It holds every change of its document up to here.
    pub number: u64,
    /// The document.
    pub bytes: Vec<u8>,
}

/// Who hears the log, and what need not be said to them.
#[derive(Debug, Clone)]
pub struct Reader {
    device: Id,
    apart: u64,
    acked: Vec<Range<u64>>,
}

impl Reader {
    /// A device to which all is said.
    #[must_use]
    pub const fn new(device: Id) -> Self {
        Self { device, apart: 0, acked: Vec::new() }
    }

    /// One that fetches changes numbered up to `apart` with their documents: those are left out, and their documents named
    /// with about the bytes of them.
    #[must_use]
    pub fn fetching(self, apart: u64) -> Self {
        Self { apart, ..self }
    }

    /// A push of theirs was answered, on the way that the log takes and before what follows of it: their own changes
    /// need not come a second time.
    pub fn answered(&mut self, ack: &Frame) {
        if let Frame::Ack { first, taken, .. } = ack {
            self.acked.push(*first..first + u64::from(*taken));
        }
    }

    /// They heard the log up to here.
    pub fn heard(&mut self, number: u64) {
        self.acked.retain(|range| range.end > number + 1);
    }

    fn knows(&self, number: u64) -> bool {
        self.acked.iter().any(|range| range.contains(&number))
    }
}

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
        let Frame::Hello { proto, workspace, cursor, stamp, as_of, places, .. } = hello else {
            return Greeting::Turn(error("malformed", "a conversation begins with hello"));
        };
        if *proto == 0 {
            return Greeting::Turn(error("proto", "this hub speaks no protocol so old"));
        }
        if workspace.is_some_and(|workspace| workspace != self.workspace) {
            return Greeting::Turn(error("workspace", "this hub holds another workspace"));
        }
        let shared = |place: &Point| self.index.stamp_at(place.number) == Some(place.stamp);
        let at = Point { number: *cursor, stamp: *stamp };
        // Also one that is not beyond this hub's head may have heard from it of what it has no more.
        if !shared(&at) || !places.iter().filter(|place| place.number > *cursor).all(shared) {
            let last = places.iter().chain([&at]).filter(|place| shared(place)).map(|place| place.number).max();
            return Greeting::Turn(Frame::Rewind { to: last.unwrap_or(0).min(*cursor) });
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

    /// What a reader that is at `cursor` must hear, and moves the cursor. No frames: nothing new.
    ///
    /// `rows` are the store's rows after the cursor, without a gap, as many as the caller likes to send now. `now_sees`
    /// is what the device may receive as of the head and `now`; `then_saw` what it could as of `cursor`, its number and
    /// its `as_of`, or none where neither a fact ([`Hub::facts_after`]) nor a day that begins or ends a right lies
    /// between.
    pub fn log_for(
        &self,
        reader: &Reader,
        cursor: &mut Cursor,
        rows: impl IntoIterator<Item = Row>,
        then_saw: Option<&dyn Clearance>,
        now_sees: &dyn Clearance,
        now: u64,
    ) -> Vec<Frame> {
        let device = reader.device;
        let as_of = cursor.as_of.max(now);
        let (entries, lost) =
            then_saw.map_or_else(Default::default, |then| self.turned(device, cursor.number, then, now_sees));
        let mut frames = Vec::new();
        let mut chunk = Chunk { entries, lost, ..Chunk::after(cursor.number) };
        let mut at = *cursor;
        let rows: Vec<Row> = rows.into_iter().collect();
        let told_by = bare(device, &rows);
        for row in rows {
            if row.number != at.number + 1 || row.number > self.head() {
                break;
            }
            at = Cursor { number: row.number, stamp: row.stamp, as_of };
            if receives(device, &row.item, row.makes, now_sees) {
                let last = told_by.get(&row.item.key().doc);
                match &row.item {
                    Item::Change { doc, .. } if row.number <= reader.apart => chunk.leave_out(*doc, row.item.size()),
                    Item::Change { .. } if reader.knows(row.number) => {}
                    // One without its body is told in the name of those before it.
                    Item::Change { .. } if is_bare(device, &row) && last.is_some_and(|last| *last != row.number) => {}
                    Item::Change { .. } | Item::Fact { .. } => chunk.push(self.told(row, Some(device))),
                }
            }
            if chunk.bytes > LOG_BYTES {
                let next = Chunk::after(at.number);
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

    /// A row as an entry; without what the device that wrote it has itself.
    fn told(&self, row: Row, reader: Option<Id>) -> Entry {
        let Row { number, received_at, device, item, .. } = row;
        let item = match self.sealed(device, item) {
            // An acknowledgement may be lost, and with it the hub's code.
            Item::Change { doc, hash, receipt, .. } if device.is_some() && device == reader => {
                Item::Change { doc, hash, body: None, signature: None, receipt }
            }
            item @ (Item::Change { .. } | Item::Fact { .. }) => item,
        };
        Entry { number, received_at, device, item }
    }

    /// What the log says of a change.
    fn mark(&self, row: Row) -> Mark {
        let Row { number, received_at, device, actor, seq, item, .. } = row;
        let (signature, receipt) = match self.sealed(device, item) {
            Item::Change { signature, receipt, .. } => (signature.map(|signature| signature.to_vec()), receipt),
            Item::Fact { .. } => (None, None),
        };
        let (received_at, receipt) = (Some(received_at), receipt.map(Into::into));
        Mark { actor, seq, number, received_at, device, signature, receipt }
    }

    /// The facts up to a number that a device may receive only now, and the documents it no longer may.
    fn turned(&self, device: Id, number: u64, then: &dyn Clearance, now: &dyn Clearance) -> (Vec<Entry>, Vec<Id>) {
        let mut gained = Vec::new();
        let mut lost = Vec::new();
        for fact in self.index.facts().take_while(|fact| fact.number <= number) {
            let item = Item::Fact { hash: fact.hash, body: fact.body.clone(), mac: None };
            match (receives(device, &item, fact.makes, then), receives(device, &item, fact.makes, now)) {
                (false, true) => gained.push(Entry {
                    number: fact.number,
                    received_at: fact.received_at,
                    device: fact.device,
                    item: self.sealed(fact.device, item),
                }),
                (true, false) => lost.extend(fact.makes),
                (true, true) | (false, false) => {}
            }
        }
        (gained, lost)
    }

    /// A document whole, in frames of moderate size. `rows` are all the store's rows of its changes, in order; those up to
    /// the number of `saved` go as its marks.
    #[must_use]
    pub fn snapshot_for(
        &self,
        device: Id,
        doc: Id,
        saved: Option<Saved>,
        rows: impl IntoIterator<Item = Row>,
        now_sees: &dyn Clearance,
    ) -> Vec<Frame> {
        let part =
            |number, entries, more| Frame::Snapshot { doc, number, entries, bytes: None, marks: Vec::new(), more };
        let Some(made) = self.index.made(&doc).filter(|_| now_sees.reads(device, doc)) else {
            return vec![part(0, Vec::new(), false)];
        };
        let mut rows: Vec<Row> = rows.into_iter().take_while(|row| row.number <= self.head()).collect();
        let number = rows.last().map_or(made, |row| row.number.max(made));
        let mut frames = Vec::new();
        if let Some(Saved { number: covers, bytes }) = saved {
            let rest = rows.partition_point(|row| row.number <= covers);
            let rest = rows.split_off(rest);
            let mut marks = runs(std::mem::replace(&mut rows, rest).into_iter().map(|row| self.mark(row)).collect());
            let mut parts = bytes.chunks(LOG_BYTES).peekable();
            while let Some(bytes) = parts.next() {
                let bytes = Some(bytes.to_vec().into());
                let marks = if parts.peek().is_none() { std::mem::take(&mut marks) } else { Vec::new() };
                frames.push(Frame::Snapshot { doc, number, entries: Vec::new(), bytes, marks, more: true });
            }
        }
        let mut entries = Vec::new();
        let mut bytes = 0;
        for row in rows {
            bytes += row.item.size();
            entries.push(self.told(row, None));
            if bytes > LOG_BYTES {
                bytes = 0;
                frames.push(part(number, std::mem::take(&mut entries), true));
            }
        }
        frames.push(part(number, entries, false));
        frames
    }
}

/// Whether a row's body is gone into a compacted document that this device would have to fetch.
fn is_bare(device: Id, row: &Row) -> bool {
    matches!(&row.item, Item::Change { body: None, .. }) && row.device != Some(device)
}

/// By document: the last of these rows that has no body any more. It is told in the name of all: a device that has that
/// one has those before it, and any other fetches the document. Told of the first, a device that has no more than it
/// would take itself to have the rest.
fn bare(device: Id, rows: &[Row]) -> HashMap<Option<Id>, u64> {
    rows.iter().filter(|row| is_bare(device, row)).map(|row| (row.item.key().doc, row.number)).collect()
}

fn receives(device: Id, item: &Item, makes: Option<Id>, clearance: &dyn Clearance) -> bool {
    match (item, makes) {
        (Item::Change { doc, .. }, _) => clearance.reads(device, *doc),
        (Item::Fact { .. }, Some(doc)) => clearance.reads(device, doc),
        (Item::Fact { body, .. }, None) => clearance.sees(device, body),
    }
}

struct Chunk {
    from: u64,
    entries: Vec<Entry>,
    lost: Vec<Id>,
    apart: BTreeMap<Id, u64>,
    bytes: usize,
}

impl Chunk {
    const fn after(from: u64) -> Self {
        Self { from, entries: Vec::new(), lost: Vec::new(), apart: BTreeMap::new(), bytes: 0 }
    }

    fn leave_out(&mut self, doc: Id, size: usize) {
        let left = self.apart.entry(doc).or_insert_with(|| {
            self.bytes += 24;
            0
        });
        *left += u64::try_from(size).unwrap_or(u64::MAX);
    }

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
            apart: self.apart.into_iter().collect(),
        }
    }
}

fn error(code: &str, message: &str) -> Frame {
    Frame::Error { code: code.to_owned(), message: message.to_owned() }
}
