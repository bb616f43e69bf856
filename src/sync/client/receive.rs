//! What comes from the hub, and what it means.

use super::{
    super::{
        Cursor,
        frame::{Entry, Frame, Id, Point},
    },
    ANSWER, Client, Event, Parts, Request,
};

impl Client {
    /// The answer to a request has been read to its end, and each of its frames received.
    pub fn answered(&mut self, request: Request) {
        if request == Request::Sync {
            // What it did not answer, it never will.
            self.outbox.lost();
            self.returns.lost();
            let asked = std::mem::take(&mut self.asked);
            for doc in asked.into_keys().rev() {
                self.wants.push_front(doc);
            }
        }
        self.link.answered(request);
    }

    /// Takes in a frame; what the engine must know or do comes out, in order.
    pub fn receive(&mut self, frame: Frame, now: u64) -> Vec<Event> {
        self.link.heard(now);
        match frame {
            Frame::Welcome { proto, workspace, head, limits, time } => {
                self.link.welcomed();
                self.workspace = Some(workspace);
                self.head = self.head.max(head);
                if self.apart == u64::MAX {
                    self.apart = head;
                }
                self.limits = limits;
                self.sending = self.speaks.sending(proto, &limits);
                self.tells_places = false;
                vec![Event::Welcome { workspace, head, time, limits }]
            }
            // Before all is counted again: it may share a place that it was not told of.
            Frame::Rewind { to: 0 } if !self.tells_places && !self.history.passed().is_empty() => {
                self.forget_flight();
                self.tells_places = true;
                self.link.redial();
                Vec::new()
            }
            Frame::Rewind { to } => {
                self.forget_flight();
                self.tells_places = false;
                let here = Point { number: self.durable.number, stamp: self.durable.stamp };
                let shared = self.history.cut(to).or((here.number == to).then_some(here));
                // A place that was never passed proves nothing: all is counted again.
                let to = shared.unwrap_or(Point { number: 0, stamp: Cursor::default().stamp });
                self.outbox.clear();
                self.returns.clear();
                self.rewinding = Some(to.number);
                self.head = to.number;
                // What is here may be all that is left of it: nothing is fetched in its place.
                self.apart = 0;
                self.link.stop();
                vec![Event::Rewind { to }]
            }
            Frame::Ack { req, first, taken, except, receipts, at } => {
                let receipts = receipts.as_ref().map_or(&[][..], |codes| &codes[..]);
                let heard = match self.returns.is_mine(req) {
                    true => self.returns.acked((first, taken), except, now),
                    false => self.outbox.acked(req, (first, taken, receipts), except, now),
                };
                match heard {
                    Ok(events) => {
                        let reached = at.filter(|_| !events.is_empty());
                        reached.into_iter().for_each(|at| self.history.reach(at));
                        reached.map(Event::Reached).into_iter().chain(events).collect()
                    }
                    Err(nonsense) => self.trouble("malformed", nonsense),
                }
            }
            Frame::Log { from, to, stamp, entries, lost, as_of, apart } => {
                self.log(from, Cursor { number: to, stamp, as_of }, entries, lost, apart)
            }
            Frame::Seen { parties, revision } => {
                self.seen = revision;
                vec![Event::Seen(parties)]
            }
            Frame::Snapshot { doc, number, entries, bytes, marks, more } => {
                let Some(mut parts) = self.asked.remove(&doc) else { return Vec::new() };
                parts.entries.extend(entries);
                if let Some(bytes) = bytes {
                    parts.bytes.get_or_insert_default().extend_from_slice(&bytes);
                }
                parts.marks.extend(marks);
                if more {
                    self.asked.insert(doc, parts);
                    self.asked_until = now + ANSWER;
                    return Vec::new();
                }
                let Parts { entries, bytes, marks } = parts;
                vec![Event::Snapshot { doc, number, entries, bytes, marks }]
            }
            Frame::Error { code, message } => match code.as_str() {
                "unauthorised" | "revoked" | "proto" | "workspace" => {
                    self.forget_flight();
                    self.link.stop();
                    vec![Event::Fatal { code }]
                }
                _ => self.trouble(&code, message),
            },
            Frame::Eph { doc, bytes, from: Some(from) } => vec![Event::Said { doc, from, bytes: bytes.into() }],
            // A pong has done its work by being heard; who says it, a hub always says.
            Frame::Eph { from: None, .. } | Frame::Pong { .. } => Vec::new(),
            Frame::Hello { .. }
            | Frame::Push { .. }
            | Frame::Have { .. }
            | Frame::Want { .. }
            | Frame::Ping { .. }
            | Frame::Return { .. } => self.trouble("malformed", "a hub does not say this".to_owned()),
        }
    }

    fn log(&mut self, from: u64, to: Cursor, entries: Vec<Entry>, lost: Vec<Id>, apart: Vec<(Id, u64)>) -> Vec<Event> {
        if self.rewinding.is_some() || (to.number, to.as_of) <= (self.received.number, self.received.as_of) {
            return Vec::new();
        }
        if from > self.received.number || to.number < from {
            return self
                .trouble("malformed", format!("a log from {from} to {} after {}", to.number, self.received.number));
        }
        self.received = to;
        self.head = self.head.max(to.number);
        // Durable or not, it was heard: a hub that has not got it fell back.
        self.history.reach(Point { number: to.number, stamp: to.stamp });
        let back = entries.iter().filter(|entry| self.returns.sighted(&entry.item.key()));
        let mut events: Vec<_> =
            back.map(|entry| Event::Returned { key: entry.item.key(), told: Ok(entry.number) }).collect();
        let own = entries.iter().filter(|entry| self.outbox.sighted(&entry.item.key())).map(|entry| Event::Acked {
            key: entry.item.key(),
            number: entry.number,
            receipt: entry.item.receipt(),
        });
        events.extend(own);
        for doc in &lost {
            self.wants.retain(|wanted| wanted != doc);
            self.asked.remove(doc);
        }
        events.push(Event::Log { from, to, entries, lost, apart });
        events
    }

    fn trouble(&mut self, code: &str, message: String) -> Vec<Event> {
        self.link.break_off();
        vec![Event::Trouble { code: code.to_owned(), message }]
    }
}
