//! A hub that fell back to an older state is made whole again from what devices hold.
//!
//! What it lost stays readable here, is marked as on this device and no more, and is given back in its old order, one's
//! own and others'. Then each document concerned is fetched anew, with the numbers it has now. All of this is on the
//! disk: a device that dies in the midst goes on where it was. Nothing is dropped: what the hub will not have is set
//! aside.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use minicbor::{Decode, Encode, bytes::ByteVec};

use super::{
    Engine,
    documents::Held,
    facts::Seal,
    store::{Store, meta},
};
use crate::{
    domain::{Catalogue, DocId, Fact},
    sync::{
        Key,
        frame::{Entry, Item, Point},
        history::History,
    },
};

/// The places passed, as the store keeps them.
#[derive(Encode, Decode)]
struct Places {
    #[n(0)]
    passed: Vec<Point>,
    #[n(1)]
    reached: Option<Point>,
}

/// What a rewind left to be done.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
pub struct Rewound {
    /// The last number that the hub shared.
    #[n(0)]
    pub to: u64,
    /// Documents of which it lost something: shown as they are until they are fetched anew.
    #[n(1)]
    pub docs: BTreeSet<DocId>,
    /// Not everything has been given back.
    #[n(2)]
    pub owing: bool,
}

impl Rewound {
    /// From the store; none when the bytes are something else.
    #[must_use]
    pub fn decode(value: &[u8]) -> Option<Self> {
        minicbor::decode(value).ok()
    }
}

/// A fact that the hub lost.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
struct LostFact {
    #[n(0)]
    number: u64,
    #[n(1)]
    body: ByteVec,
    #[n(2)]
    seal: Option<Seal>,
}

/// The bytes of a fact that the hub lost, from the store; none when it holds something else there.
#[must_use]
pub fn lost_fact(value: &[u8]) -> Option<Vec<u8>> {
    minicbor::decode(value).ok().map(|lost: LostFact| lost.body.to_vec())
}

/// What the engine remembers of it.
#[derive(Debug, Default)]
pub(super) struct Rewinding {
    pub rewound: Rewound,
    facts: BTreeMap<[u8; 32], LostFact>,
    /// Documents that are still to be looked through.
    gather: VecDeque<DocId>,
    gathered: Vec<Entry>,
    /// Everything was handed to the machine.
    handed: bool,
    waiting: BTreeSet<Key>,
}

/// A change or fact that the hub will not have back, in the store of what was set aside.
fn aside(key: &Key) -> String {
    meta::lost_fact(&key.hash).replacen(meta::LOST_FACT, "lost/", 1)
}

fn entries_of(doc: DocId, held: &Held, above: u64) -> Vec<Entry> {
    let changes = held.doc().changes().into_iter();
    let known = changes.filter_map(|change| Some((held.provenance(&change.hash)?, change)));
    let lost = known.filter(|(kept, _)| kept.number > above);
    lost.map(|(kept, change)| Entry {
        number: kept.number,
        received_at: kept.received_at.unwrap_or(0),
        device: kept.device.map(|id| id.to_bytes().into()),
        item: Item::Change {
            doc: doc.to_bytes().into(),
            hash: change.hash.into(),
            body: Some(change.bytes.into()),
            signature: kept.signature.map(Into::into),
            receipt: kept.receipt.map(Into::into),
        },
    })
    .collect()
}

impl Engine {
    /// The hub counts from an older state.
    pub(super) fn rewind(&mut self, to: Point) {
        let (to, stamp) = (to.number, to.stamp.into());
        self.history.cut(to);
        // Its numbers may stand for other things now.
        self.told = super::arrivals::Told::default();
        // Who was further may have lost the right to what is told of there: it is told anew how far they are.
        self.seen.retain(|_, heard| heard.cursor <= to);
        self.seen_news = true;
        // What it lost of this device's changes others may bring back. Where the rights to a document ended meanwhile it is no
        // longer here, and a word written there now under the old name would have the number of one of those.
        self.take_new_actor();
        self.leave_nothing_out();
        self.offer_files_again();
        self.outbox.unsend();
        let lost: Vec<DocId> = self.rows.iter().filter(|(_, row)| row.last > to).map(|(doc, _)| *doc).collect();
        self.dirty.docs.extend(lost.iter().copied());
        for (number, body, seal) in self.facts.split_off(to) {
            self.journal.write.delete(Store::Meta, meta::fact(number));
            self.journal.write.delete(Store::Meta, meta::seal(number));
            let hash = Fact::hash(&body);
            let fact = LostFact { number, body: body.into(), seal };
            let value = minicbor::to_vec(&fact).unwrap_or_default();
            self.journal.write.put(Store::Meta, meta::lost_fact(&hash), value);
            self.rewinding.facts.insert(hash, fact);
        }
        let rewound = &mut self.rewinding.rewound;
        // A second fall before the first is mended: what lies above the lower place is owed.
        rewound.to = if rewound.owing || !rewound.docs.is_empty() { rewound.to.min(to) } else { to };
        rewound.docs.extend(lost);
        rewound.owing = true;
        self.position.number = to;
        self.position.head = to;
        self.position.stamp = stamp;
        self.position.as_of = 0;
        for heard in self.seen.values_mut() {
            heard.cursor = heard.cursor.min(to);
        }
        self.seen_news = true;
        self.keep_seen();
        // By the rights of there, what was taken away since may be read: the hub says no where it may not.
        for doc in std::mem::take(&mut self.position.lost) {
            self.miss(doc);
        }
        self.refold();
        self.doubt_rights();
        self.keep_position();
        self.keep_rewound();
        self.keep_history();
        self.have();
        self.begin_giving_back();
        self.dirty.all = true;
    }

    /// What this person may not read by the facts up to there came by rights that the hub has forgotten. It does not know that
    /// it is here, and would not say that it has to go: it is asked for again.
    fn doubt_rights(&mut self) {
        let (Some(me), today) = (self.person(), self.today()) else { return };
        let mut then = Catalogue::default();
        self.facts.iter().filter_map(|(_, body, _)| Fact::from_bytes(body).ok()).for_each(|fact| then.fold(&fact));
        let reads = |doc: &DocId| then.docs.get(doc).is_none_or(|entry| then.may_read(me, entry, today));
        let doubted: Vec<DocId> = self.rows.keys().filter(|doc| !reads(doc)).copied().collect();
        self.dirty.docs.extend(doubted.iter().copied());
        self.rewinding.rewound.docs.extend(doubted);
    }

    /// Everything that is owed is looked for and given back, from the beginning.
    pub(super) fn begin_giving_back(&mut self) {
        let Some(client) = &mut self.client else { return };
        if !self.rewinding.rewound.owing {
            return;
        }
        client.give_back([]);
        self.rewinding.gather = self.rewinding.rewound.docs.iter().copied().collect();
        self.rewinding.gathered.clear();
        self.rewinding.waiting.clear();
        self.rewinding.handed = false;
    }

    /// Looks through the documents one by one, as they are loaded. Says whether anything moved.
    pub(super) fn gather_lost(&mut self) -> bool {
        if !self.rewinding.rewound.owing || self.rewinding.handed || self.client.is_none() {
            return false;
        }
        while let Some(doc) = self.rewinding.gather.front().copied() {
            if !self.ready(&BTreeSet::from([doc])) {
                return false;
            }
            self.rewinding.gather.pop_front();
            if let Some(held) = self.documents.get(doc) {
                self.rewinding.gathered.extend(entries_of(doc, held, self.rewinding.rewound.to));
            }
        }
        let mut entries = std::mem::take(&mut self.rewinding.gathered);
        entries.extend(self.rewinding.facts.iter().map(|(hash, lost)| Entry {
            number: lost.number,
            received_at: lost.seal.map_or(0, |seal| seal.received_at),
            device: lost.seal.and_then(|seal| seal.device).map(|id| id.to_bytes().into()),
            item: Item::Fact {
                hash: (*hash).into(),
                body: lost.body.clone(),
                mac: lost.seal.and_then(|seal| seal.mac),
            },
        }));
        entries.sort_by_key(|entry| entry.number);
        self.rewinding.handed = true;
        self.rewinding.waiting = entries.iter().map(|entry| entry.item.key()).collect();
        if let Some(client) = &mut self.client {
            client.give_back(entries);
        }
        self.all_given_back();
        true
    }

    /// What became of something that was given back.
    pub(super) fn returned(&mut self, key: &Key, told: &Result<u64, String>) {
        self.rewinding.waiting.remove(key);
        match (key.doc, told) {
            (None, Ok(number)) => self.found_again(*number, key.hash.into()),
            (None, Err(_)) => {
                if let Some(lost) = self.rewinding.facts.remove(&<[u8; 32]>::from(key.hash)) {
                    self.journal.write.delete(Store::Meta, meta::lost_fact(&key.hash));
                    self.journal.write.put(Store::Quarantine, aside(key), lost.body.to_vec());
                    self.refold();
                }
            }
            (Some(_), Ok(_)) => {}
            (Some(doc), Err(_)) => {
                let doc = super::arrivals::doc_of(doc);
                let change = self.documents.get(doc).and_then(|held| {
                    held.doc().changes().into_iter().find(|change| change.hash == <[u8; 32]>::from(key.hash))
                });
                if let Some(change) = change {
                    self.journal.write.put(Store::Quarantine, aside(key), change.bytes);
                }
                if let Err(why) = told {
                    self.refused_back(doc, key.hash.into(), why);
                }
            }
        }
        self.all_given_back();
    }

    /// A lost fact has a number again.
    fn found_again(&mut self, number: u64, hash: [u8; 32]) {
        if let Some(lost) = self.rewinding.facts.remove(&hash) {
            self.journal.write.delete(Store::Meta, meta::lost_fact(&hash));
            self.fold_fact(number, &lost.body, lost.seal);
            self.refold();
        }
    }

    /// A numbered fact came that may be one of the lost: then it is no longer.
    pub(super) fn no_longer_lost(&mut self, hash: &[u8; 32]) -> bool {
        let was = self.rewinding.facts.remove(hash).is_some();
        if was {
            self.journal.write.delete(Store::Meta, meta::lost_fact(hash));
        }
        was
    }

    /// The hub has answered for everything: the documents concerned are fetched anew, and new words may go.
    fn all_given_back(&mut self) {
        let rewinding = &mut self.rewinding;
        if !rewinding.rewound.owing || !rewinding.handed || !rewinding.waiting.is_empty() {
            return;
        }
        rewinding.rewound.owing = false;
        if let Some(client) = &mut self.client {
            client.gave_back();
            // Asked for meanwhile, they may not have been all there.
            self.position.missing.iter().for_each(|doc| client.want(doc.to_bytes().into()));
        }
        self.fetch_rewound(&BTreeSet::new());
        self.keep_rewound();
        self.dirty.all = true;
    }

    /// Asks for the documents of which the hub had lost something, but for those that have just come.
    pub(super) fn fetch_rewound(&mut self, come: &BTreeSet<DocId>) {
        if self.rewinding.rewound.owing {
            return;
        }
        let docs: Vec<DocId> = self.rewinding.rewound.docs.difference(come).copied().collect();
        for doc in docs {
            match (self.entry(doc).is_some(), &mut self.client) {
                (true, Some(client)) => client.want(doc.to_bytes().into()),
                (true, None) => {}
                // Even that there is such a document nobody could tell the hub.
                (false, _) => {
                    self.rewinding.rewound.docs.remove(&doc);
                    self.forget(doc);
                }
            }
        }
    }

    /// A document concerned is here as the hub has it now, or may no longer be here.
    pub(super) fn mended(&mut self, doc: DocId) {
        if self.rewinding.rewound.docs.remove(&doc) {
            self.keep_rewound();
            self.dirty.docs.insert(doc);
        }
    }

    /// Whether the hub, as far as is known, has not got what it numbered so: it fell back since.
    pub(super) fn is_owed(&self, doc: DocId, number: u64) -> bool {
        let rewound = &self.rewinding.rewound;
        rewound.docs.contains(&doc) && number > rewound.to
    }

    /// Every fact that is held, also those that the hub lost.
    pub(super) fn all_facts(&self) -> impl Iterator<Item = (&[u8], Option<Seal>)> {
        let numbered = self.facts.iter().map(|(_, body, seal)| (body, seal.copied()));
        numbered.chain(self.rewinding.facts.values().map(|lost| (&lost.body[..], lost.seal)))
    }

    /// What the hub lost and nobody has given back yet, in its old order.
    pub(super) fn lost_facts(&self) -> Vec<Fact> {
        let mut lost: Vec<&LostFact> = self.rewinding.facts.values().collect();
        lost.sort_by_key(|lost| lost.number);
        lost.into_iter().filter_map(|lost| Fact::from_bytes(&lost.body).ok()).collect()
    }

    /// What the facts say together, lost ones last: they were.
    pub(super) fn refold(&mut self) {
        // Read once for all that is made of them: a device has thousands, and nobody can be shown anything before.
        let facts: Vec<(u64, Fact)> = self.facts.understood().collect();
        let mut catalogue = Catalogue::default();
        facts.iter().for_each(|(_, fact)| catalogue.fold(fact));
        self.lost_facts().iter().for_each(|fact| catalogue.fold(fact));
        self.acknowledged = catalogue;
        self.rights_since.clear();
        for (number, fact) in &facts {
            self.note_rights(*number, fact);
        }
        self.recatalogue();
    }

    fn keep_rewound(&mut self) {
        let rewound = &self.rewinding.rewound;
        if rewound.owing || !rewound.docs.is_empty() {
            let value = minicbor::to_vec(rewound).unwrap_or_default();
            self.journal.write.put(Store::Meta, meta::REWOUND, value);
        } else {
            self.journal.write.delete(Store::Meta, meta::REWOUND);
        }
    }

    /// Writes the places passed with the next transaction.
    pub(super) fn keep_history(&mut self) {
        let places = Places { passed: self.history.passed().to_vec(), reached: self.history.reached() };
        self.journal.write.put(Store::Meta, meta::HISTORY, minicbor::to_vec(&places).unwrap_or_default());
    }

    /// What the store holds of all this.
    pub(super) fn open_rewound(&mut self, key: &str, value: Option<&[u8]>) -> bool {
        let ours = key.starts_with(meta::LOST_FACT) || key == meta::REWOUND || key == meta::HISTORY;
        // What is damaged is as if the hub had never fallen back: it notices again, or the log tells.
        let (true, Some(value)) = (ours, value) else { return ours };
        if let Some(hash) = key.strip_prefix(meta::LOST_FACT) {
            if let (Ok(lost), false) = (minicbor::decode::<LostFact>(value), hash.is_empty()) {
                self.rewinding.facts.insert(Fact::hash(&lost.body), lost);
            }
        } else if key == meta::REWOUND {
            self.rewinding.rewound = Rewound::decode(value).unwrap_or_default();
        } else if key == meta::HISTORY {
            if let Ok(Places { passed, reached }) = minicbor::decode(value) {
                self.history = History::new(passed, reached);
            }
        } else {
            return false;
        }
        true
    }
}
