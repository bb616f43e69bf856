//! What goes to the hub, and when.

use minicbor::bytes::ByteVec;

use super::{
    super::{
        frame::{Frame, Point},
        versions::Sending,
    },
    ANSWER, Client, FEW, Outgoing, PAUSE, Parts, Request, WANTS_AT_ONCE,
};

impl Client {
    /// What to send now, if anything. Call until it has nothing more.
    pub fn next(&mut self, now: u64) -> Option<Outgoing> {
        if self.rewinding.is_some() {
            return None;
        }
        if self.link.streaming() {
            let mut frames = Vec::new();
            if self.link.greets(now) {
                frames.push(self.hello(Some(self.token.clone())));
                self.have_due = false;
            }
            frames.extend(self.news(now));
            frames.extend(self.link.ping(now));
            return (!frames.is_empty()).then_some(Outgoing::Stream(frames));
        }
        if self.link.may_request(Request::Sync) {
            let news = self.news(now);
            // Before the first answer also with nothing to say: a poll's answer may be long in coming.
            if !news.is_empty() || !self.link.was_welcomed() {
                return Some(self.request(Request::Sync, news, now));
            }
        }
        // A poll with an old cursor would be answered at once with what is already here.
        (self.link.may_request(Request::Poll) && self.received == self.durable)
            .then(|| self.request(Request::Poll, Vec::new(), now))
    }

    fn request(&mut self, request: Request, news: Vec<Frame>, now: u64) -> Outgoing {
        self.have_due = false;
        self.link.requested(request, self.outbox.flight_bytes() + self.returns.flight_bytes(), now);
        let mut frames = vec![self.hello(None)];
        frames.extend(news);
        Outgoing::Request(request, frames)
    }

    fn hello(&self, token: Option<ByteVec>) -> Frame {
        Frame::Hello {
            proto: self.speaks.newest,
            token,
            workspace: self.workspace,
            device: self.device,
            cursor: self.durable.number,
            stamp: self.durable.stamp,
            missing: self.missing.iter().copied().collect(),
            as_of: self.durable.as_of,
            seen: self.seen,
            places: self.places(),
            apart: if self.durable.number < self.apart { self.apart } else { 0 },
        }
    }

    /// What the hub must be told of the history that is counted here, beside the cursor.
    fn places(&self) -> Vec<Point> {
        let passed = self.history.passed().iter().copied();
        let passed = passed.filter(|point| self.tells_places && point.number < self.durable.number);
        passed.chain(self.history.reached().filter(|point| point.number > self.durable.number)).collect()
    }

    /// Everything beside the greeting that the hub should hear now.
    fn news(&mut self, now: u64) -> Vec<Frame> {
        let mut frames = Vec::new();
        if self.have_due && self.link.streaming() && (self.missing.len() < FEW || now >= self.have_at) {
            self.have_due = false;
            self.have_at = now + PAUSE;
            frames.push(Frame::Have {
                cursor: self.durable.number,
                missing: self.missing.iter().copied().collect(),
                as_of: self.durable.as_of,
            });
        }
        match (self.sending, self.giving_back) {
            (Sending::Open, true) => frames.extend(self.returns.page(&self.limits, now)),
            (Sending::Open, false) => frames.extend(self.outbox.push(&self.limits, now)),
            // It is kept: the hub or this application is updated one day.
            (Sending::HubNewer | Sending::HubOlder, _) => {}
        }
        while self.asked.len() < WANTS_AT_ONCE
            && let Some(doc) = self.wants.pop_front()
        {
            self.asked.insert(doc, Parts::default());
            self.asked_until = now + ANSWER;
            frames.push(Frame::Want { doc, folded: true });
        }
        let passing = std::mem::take(&mut self.passing);
        frames.extend(passing.into_iter().map(|(doc, bytes)| Frame::Eph { doc, bytes, from: None }));
        frames
    }
}
