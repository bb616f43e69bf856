//! What happens, step by step, for whoever looks for why a story ended badly: `MUFAKAT_TRACE=1`.

use std::{fmt::Display, sync::LazyLock};

use mufakat::sync::{
    Key, codec,
    frame::{Entry, Frame, Id},
};

use crate::{cast::MORNING, laptop::Who, wire::LARGEST, world::World};

static TRACED: LazyLock<bool> = LazyLock::new(|| std::env::var("MUFAKAT_TRACE").is_ok_and(|on| on == "1"));

impl World {
    /// A line about the world.
    pub fn trace(&self, what: impl Display) {
        if *TRACED {
            eprintln!("{:>8} {what}", self.now - MORNING);
        }
    }

    /// A line about a laptop.
    pub fn trace_of(&self, who: Who, what: impl Display) {
        if *TRACED {
            self.trace(format_args!("{}({who}) {what}", self.laptops[who].officer.party));
        }
    }

    /// The frames that a laptop says or hears.
    pub fn trace_frames(&self, who: Who, way: &str, frames: &[Frame]) {
        if *TRACED {
            frames.iter().for_each(|frame| self.trace_of(who, format_args!("{way} {}", told(frame))));
        }
    }

    /// The same, from one message.
    pub fn trace_message(&self, who: Who, way: &str, message: &[u8]) {
        if *TRACED {
            self.trace_frames(who, way, &[codec::decode(message, LARGEST).expect("a frame")]);
        }
    }
}

fn short(id: &Id) -> String {
    format!("{:02x}{:02x}", id[0], id[1])
}

fn key(key: &Key) -> String {
    format!("{}/{:02x}{:02x}", key.doc.as_ref().map_or_else(|| "fact".to_owned(), short), key.hash[0], key.hash[1])
}

fn ids(ids: &[Id]) -> String {
    ids.iter().map(short).collect::<Vec<_>>().join(" ")
}

fn listed(entries: &[Entry]) -> String {
    let entries = entries.iter().map(|entry| format!("{}={}", entry.number, key(&entry.item.key())));
    entries.collect::<Vec<_>>().join(" ")
}

fn told(frame: &Frame) -> String {
    match frame {
        Frame::Hello { cursor, missing, places, .. } => {
            format!("Hello at {cursor}, misses [{}], {} places", ids(missing), places.len())
        }
        Frame::Log { from, to, entries, lost, .. } => {
            format!("Log {from}..{to} [{}], lost [{}]", listed(entries), ids(lost))
        }
        Frame::Snapshot { doc, number, entries, bytes, .. } => {
            let folded = if bytes.is_some() { "folded and " } else { "" };
            format!("Snapshot {} at {number}: {folded}[{}]", short(doc), listed(entries))
        }
        Frame::Return { entries, .. } => format!("Return [{}]", listed(entries)),
        Frame::Push { items, .. } => {
            format!("Push [{}]", items.iter().map(|item| key(&item.key())).collect::<Vec<_>>().join(" "))
        }
        Frame::Have { cursor, missing, .. } => format!("Have {cursor}, misses [{}]", ids(missing)),
        Frame::Want { doc, .. } => format!("Want {}", short(doc)),
        Frame::Ack { first, taken, except, .. } => format!("Ack {taken} from {first}, except {except:?}"),
        Frame::Seen { parties, .. } => {
            let parties = parties.iter().map(|at| format!("{} {} [{}]", at.party, at.cursor, ids(&at.missing)));
            format!("Seen {}", parties.collect::<Vec<_>>().join(", "))
        }
        other => format!("{other:?}"),
    }
}
