//! Looks at what is offered before anything is done with it: sizes, hashes, headers, who wrote it.
//!
//! A change is scanned first, in bounded time and memory; only then is it decoded, where a panic is caught. Nothing here
//! decides a right, and nothing waits or writes.

use std::{
    collections::{BTreeMap, HashSet},
    panic::{AssertUnwindSafe, catch_unwind},
};

use crate::{
    docs::{
        Doc, DocsError, genesis,
        scan::{self, ScanError, scan},
    },
    domain::{Catalogue, DeviceId, DocId, DocKind, Fact},
    sync::{
        Key,
        frame::{Entry, Id, Item, Limits, Signature},
        hub::{Checked, Header, Offered, Past},
        proof, signature,
    },
};

/// Who offers something, and how that is proved.
#[derive(Debug, Clone)]
pub struct Signer {
    /// The workspace.
    pub workspace: Id,
    /// The device.
    pub device: DeviceId,
    /// Its public key.
    pub key: Vec<u8>,
}

/// What a device offers, with what its bytes say and whether it signed them.
pub fn examine(items: Vec<Item>, signer: &Signer, limits: &Limits, catalogue: &Catalogue) -> Vec<Offered> {
    let kinds = Kinds::new(&items, catalogue);
    let most = limits.change as usize;
    let look = |item: &Item| look(item, Some(signer.device), most, &kinds);
    let checked: Vec<_> = items.iter().map(look).collect();
    let mut offered: Vec<_> = items.into_iter().zip(checked).map(|(item, checked)| Offered { item, checked }).collect();
    signatures(&mut offered, signer);
    offered
}

/// Every change must be signed by its device, or be one that a signed change of the same push builds on. From the newest
/// to the oldest: what builds comes after what it builds on.
fn signatures(offered: &mut [Offered], signer: &Signer) {
    let mut covered: HashSet<Key> = HashSet::new();
    // What a signed change builds on that cannot be read is not known: whatever comes before it of its document counts.
    let mut unread: HashSet<Id> = HashSet::new();
    for Offered { item, checked } in offered.iter_mut().rev() {
        let (key, Item::Change { doc, hash, signature, .. }) = (item.key(), &*item) else { continue };
        let holds = |signature: &Signature| {
            signature::signed(&signer.key, &proof::change_text(&signer.workspace, doc, hash), signature)
        };
        let good = match signature {
            Some(signature) => holds(signature),
            None => covered.contains(&key) || unread.contains(doc),
        };
        match checked {
            Checked::Change(header) if good => {
                covered.extend(header.deps.iter().map(|hash| Key { doc: Some(*doc), hash: *hash }));
            }
            // The same in every document of its kind: nobody's words.
            Checked::Change(header) if header.shared && signature.is_none() => {}
            Checked::Change(_) => *checked = Checked::Bad("bad-signature"),
            Checked::Bad(_) if signature.is_some() && good => drop(unread.insert(*doc)),
            Checked::Bad(_) | Checked::Fact | Checked::Later(_) => {}
        }
    }
}

/// What a device gives back, with what its bytes say; `vouched` tells of each entry whether it bears the hub's own code.
/// Where the author's public key is known, the author's signature must hold.
pub fn examine_return(
    entries: Vec<Entry>,
    vouched: &[bool],
    signer: &Signer,
    limits: &Limits,
    catalogue: &Catalogue,
) -> Vec<(Offered, Past)> {
    let (pasts, items): (Vec<Past>, Vec<Item>) = entries
        .into_iter()
        .map(|Entry { number: _, received_at, device, item }| (Past { device, received_at }, item))
        .unzip();
    let kinds = Kinds::new(&items, catalogue);
    let most = limits.change as usize;
    let author = |past: &Past| past.device.map(|id| DeviceId::from_bytes(*id));
    let mut brought: Vec<Offered> = Vec::new();
    for (item, past) in items.into_iter().zip(&pasts) {
        let mut checked = look(&item, author(past), most, &kinds);
        let key =
            author(past).and_then(|id| catalogue.devices.get(&id)?.key.as_deref()).and_then(signature::public_key);
        if let (Item::Change { doc, hash, signature: Some(signature), .. }, Some(key)) = (&item, key)
            && !signature::signed(&key, &proof::change_text(&signer.workspace, doc, hash), signature)
        {
            checked = Checked::Bad("bad-signature");
        }
        brought.push(Offered { item, checked });
    }
    // Its own words that bear no code must be signed as in any push, perhaps by a later one that does.
    let is_own: Vec<bool> = pasts.iter().map(|past| author(past) == Some(signer.device)).collect();
    let mut own: Vec<Offered> =
        brought.iter().zip(&is_own).filter(|(_, own)| **own).map(|(offered, _)| offered.clone()).collect();
    signatures(&mut own, signer);
    let mut own = own.into_iter();
    let judged = brought.into_iter().zip(is_own).zip(vouched).map(|((offered, is_own), vouched)| {
        let signed = if is_own { own.next() } else { None };
        signed.filter(|_| !vouched).unwrap_or(offered)
    });
    judged.zip(pasts).collect()
}

/// What the hub itself offers.
pub fn own(items: &[Item], catalogue: &Catalogue) -> Vec<Offered> {
    let kinds = Kinds::new(items, catalogue);
    let look = |item: &Item| Offered { item: item.clone(), checked: look(item, None, usize::MAX, &kinds) };
    items.iter().map(look).collect()
}

/// The header of a stored change, as [`own`] would read it; the stable word of what is wrong with it otherwise.
pub fn header(kind: DocKind, body: &[u8]) -> Result<scan::Header, &'static str> {
    let header = scan(body, &scan::Limits::default()).map_err(word)?;
    decode(kind, body).map(|()| header)
}

/// The kinds of documents: those that exist and those that facts of the same push make.
struct Kinds<'a> {
    catalogue: &'a Catalogue,
    made: BTreeMap<DocId, DocKind>,
}

impl<'a> Kinds<'a> {
    fn new(items: &[Item], catalogue: &'a Catalogue) -> Self {
        let made = items.iter().filter_map(|item| match item {
            Item::Change { .. } => None,
            Item::Fact { body, .. } => match Fact::from_bytes(body) {
                Ok(Fact::Doc { id, kind, .. }) => Some((id, kind)),
                Ok(_) | Err(_) => None,
            },
        });
        Self { catalogue, made: made.collect() }
    }

    fn of(&self, doc: DocId) -> Option<DocKind> {
        self.catalogue.docs.get(&doc).map(|doc| doc.kind).or_else(|| self.made.get(&doc).copied())
    }
}

fn look(item: &Item, device: Option<DeviceId>, most: usize, kinds: &Kinds<'_>) -> Checked {
    match item {
        Item::Fact { body, .. } if body.len() > most => Checked::Bad("too-large"),
        Item::Fact { hash, body, .. } if **hash != Fact::hash(body) => Checked::Bad("wrong-hash"),
        Item::Fact { .. } => Checked::Fact,
        Item::Change { body: None, .. } => Checked::Bad("malformed"),
        Item::Change { body: Some(body), .. } if body.len() > most => Checked::Bad("too-large"),
        Item::Change { doc, hash, body: Some(body), .. } => {
            // Of an unknown document nothing more needs to be known: the machine refuses it.
            let kind = kinds.of(DocId::from_bytes(**doc));
            change(kind, hash, body, device).map_or_else(Checked::Bad, Checked::Change)
        }
    }
}

fn change(
    kind: Option<DocKind>,
    hash: &[u8; 32],
    body: &[u8],
    device: Option<DeviceId>,
) -> Result<Header, &'static str> {
    let header = scan(body, &scan::Limits::default()).map_err(word)?;
    if header.hash != *hash {
        return Err("wrong-hash");
    }
    // The first changes of a kind are the same everywhere and nobody's: anyone may bring them, and they need not be there
    // to be built on.
    let fixed = |hash: &[u8; 32]| kind.is_some_and(|kind| genesis::is_fixed(kind, hash));
    if !fixed(hash) {
        if device.is_some_and(|device| header.actor.device() != device) {
            return Err("foreign-actor");
        }
        if header.deps.is_empty() {
            return Err("foreign");
        }
    }
    if let Some(kind) = kind {
        decode(kind, body)?;
    }
    let deps = header.deps.iter().filter(|dep| !fixed(dep)).map(|dep| (*dep).into()).collect();
    let shared = fixed(hash);
    Ok(Header { actor: header.actor.to_bytes().to_vec(), seq: header.seq, deps, shared })
}

/// Whether a change decodes, beside an empty document of its kind.
fn decode(kind: DocKind, body: &[u8]) -> Result<(), &'static str> {
    match catch_unwind(AssertUnwindSafe(|| Doc::new(kind).apply(&[body]).map(drop))) {
        Ok(Ok(())) => Ok(()),
        Ok(Err(DocsError::Foreign)) => Err("foreign"),
        Ok(Err(_)) | Err(_) => Err("malformed"),
    }
}

const fn word(error: ScanError) -> &'static str {
    match error {
        ScanError::TooLarge => "too-large",
        ScanError::Malformed => "malformed",
        ScanError::BadChecksum => "bad-checksum",
        ScanError::TooManyOps => "too-many-ops",
    }
}
