//! What leaves is signed first. The browser signs in its own time, so a push waits for its signatures; whatever else is to
//! be said does not. A push is never sent unsigned: where this device cannot sign, its words stay here and it says so.

use std::collections::BTreeSet;

use super::{CallId, Engine, Output};
use crate::{
    docs::scan::{self, scan},
    domain::DeviceId,
    sync::{
        client::Outgoing,
        codec,
        frame::{Frame, Hash, Id, Item},
        proof::change_text,
    },
};

/// What waits for signatures.
#[derive(Debug, Default)]
pub(super) struct Signing {
    calls: CallId,
    held: Option<Held>,
}

#[derive(Debug)]
struct Held {
    call: CallId,
    outgoing: Outgoing,
    /// Where the signatures go: which frame, which of its items.
    places: Vec<(usize, usize)>,
}

impl Signing {
    /// The number of the next call to the device's key.
    pub const fn next_call(&mut self) -> CallId {
        self.calls += 1;
        self.calls
    }

    /// The way to the hub is gone: what waited is composed anew for the next.
    pub fn forget(&mut self) {
        self.held = None;
    }
}

/// The own changes of a push on which no other own change of it builds.
fn newest(device: DeviceId, items: &[&Item]) -> Vec<usize> {
    let mut below: BTreeSet<(Id, Hash)> = BTreeSet::new();
    let mut found = Vec::new();
    for (index, item) in items.iter().enumerate().rev() {
        let Item::Change { doc, hash, body: Some(body), .. } = item else { continue };
        let Ok(header) = scan(body, &scan::Limits::default()) else { continue };
        if header.actor.device() != device {
            continue;
        }
        if !below.contains(&(*doc, *hash)) {
            found.push(index);
        }
        below.extend(header.deps.iter().map(|dep| (*doc, Hash::from(*dep))));
    }
    found
}

impl Engine {
    /// Sends what the machine wants sent; a push only once it is signed.
    pub(super) fn send(&mut self, outgoing: Outgoing) {
        let Some(account) = &self.account else { return };
        let workspace: Id = account.workspace.to_bytes().into();
        let frames = match &outgoing {
            Outgoing::Stream(frames) | Outgoing::Request(_, frames) => frames,
        };
        let (mut places, mut texts) = (Vec::new(), Vec::new());
        for (at, frame) in frames.iter().enumerate() {
            let items: Vec<&Item> = match frame {
                Frame::Push { items, .. } => items.iter().collect(),
                Frame::Return { entries, .. } => entries.iter().map(|entry| &entry.item).collect(),
                _ => continue,
            };
            for index in newest(account.device, &items) {
                if let Some(Item::Change { doc, hash, .. }) = items.get(index) {
                    texts.push(change_text(&workspace, doc, hash));
                    places.push((at, index));
                }
            }
        }
        if texts.is_empty() {
            self.put_out(outgoing);
            return;
        }
        let outgoing = match outgoing {
            Outgoing::Stream(frames) => {
                let (waits, goes): (Vec<_>, Vec<_>) =
                    frames.into_iter().partition(|frame| matches!(frame, Frame::Push { .. } | Frame::Return { .. }));
                if !goes.is_empty() {
                    self.put_out(Outgoing::Stream(goes));
                }
                // One push is in flight at a time.
                places.iter_mut().for_each(|(at, _)| *at = 0);
                Outgoing::Stream(waits)
            }
            request @ Outgoing::Request(..) => request,
        };
        let call = self.signing.next_call();
        self.signing.held = Some(Held { call, outgoing, places });
        self.out.push(Output::Sign { call, texts });
    }

    fn put_out(&mut self, outgoing: Outgoing) {
        match outgoing {
            Outgoing::Stream(frames) => self.out.push(Output::Send(frames.iter().map(codec::encode).collect())),
            Outgoing::Request(request, frames) => {
                let token = self.account.as_ref().map(|account| account.token.clone()).unwrap_or_default();
                self.out.push(Output::Exchange { request, token, body: codec::encode_body(&frames) });
            }
        }
    }

    /// The signatures are here, or will never be.
    pub(super) fn signed(&mut self, call: CallId, signatures: Option<Vec<[u8; 64]>>) {
        if self.comeback_signed(call, signatures.as_deref()) {
            return;
        }
        // One asked for on an earlier link is of no use any more.
        let Some(Held { mut outgoing, places, .. }) = self.signing.held.take_if(|held| held.call == call) else {
            return;
        };
        let Some(signatures) = signatures.filter(|signatures| signatures.len() == places.len()) else {
            self.notice = Some("notice-cannot-sign");
            self.dirty.shell = true;
            self.out.push(Output::HangUp);
            self.down();
            return;
        };
        let frames = match &mut outgoing {
            Outgoing::Stream(frames) | Outgoing::Request(_, frames) => frames,
        };
        for ((at, index), made) in places.into_iter().zip(signatures) {
            let item = match frames.get_mut(at) {
                Some(Frame::Push { items, .. }) => items.get_mut(index),
                Some(Frame::Return { entries, .. }) => entries.get_mut(index).map(|entry| &mut entry.item),
                _ => None,
            };
            if let Some(Item::Change { signature, .. }) = item {
                *signature = Some(made.into());
            }
        }
        if self.notice == Some("notice-cannot-sign") {
            self.notice = None;
            self.dirty.shell = true;
        }
        self.put_out(outgoing);
    }
}
