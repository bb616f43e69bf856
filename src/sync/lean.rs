//! What follows from other bytes of a frame does not travel: hashes cannot be compressed, and each stood there up to twice.
//!
//! The body of a change, as Automerge writes it undeflated, is four fixed bytes, the first four of its hash, and what the
//! hash is taken of; among that stands, mostly, the hash of the change before it. All of this the receiver computes. An
//! item of any other shape travels whole, so nothing here ever changes what arrives, and a hash that came this way says no
//! more about a body than one that was sent: whoever takes the item in still looks at both.

use std::collections::BTreeMap;

use minicbor::{
    Decode, Decoder, Encode, Encoder, bytes::ByteVec, decode::Error as Unreadable, encode::Error as Unwritable,
    encode::Write,
};
use sha2::{Digest, Sha256};

use super::frame::{Hash, Id, Item, Mac, Receipt, Signature};

/// How the body of a change begins.
const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
/// The beginning that does not travel: the four fixed bytes and the first four of the hash.
const HEAD: usize = 8;
/// What an item begins with that travels lean, beside the variants of [`Item`]. Numbers are for ever.
const CHANGE: u32 = 16;
/// The same of a fact.
const FACT: u32 = 17;

/// What earlier items of the same frame have told. Every frame begins with an empty one, at both ends.
#[derive(Debug, Default)]
pub struct Told {
    doc: Option<Id>,
    last: BTreeMap<Id, Hash>,
}

impl AsMut<Self> for Told {
    fn as_mut(&mut self) -> &mut Self {
        self
    }
}

impl Told {
    fn note(&mut self, doc: Id, hash: Hash) {
        self.doc = Some(doc);
        self.last.insert(doc, hash);
    }
}

/// A change without its beginning, where that follows from the rest.
#[must_use]
pub fn headless(body: &[u8]) -> &[u8] {
    match body.split_at_checked(HEAD) {
        Some((head, rest)) if head[..4] == MAGIC && head[4..] == sha(rest)[..4] => rest,
        Some(_) | None => body,
    }
}

/// The change again.
#[must_use]
pub fn with_head(body: &[u8]) -> Vec<u8> {
    if body.starts_with(&MAGIC) { body.to_vec() } else { [&MAGIC[..], &sha(body)[..4], body].concat() }
}

/// A change without its hash, the beginning of its body and the hash of the change before it.
#[derive(Encode, Decode)]
struct LeanChange {
    /// None: the document of the change before.
    #[n(0)]
    doc: Option<Id>,
    #[n(1)]
    rest: ByteVec,
    /// Where in `rest` the hash of the frame's last change of the document was taken out.
    #[n(2)]
    gap: Option<u32>,
    #[n(3)]
    signature: Option<Signature>,
    #[n(4)]
    receipt: Option<Receipt>,
}

#[derive(Encode, Decode)]
struct LeanFact {
    #[n(0)]
    body: ByteVec,
    #[n(1)]
    mac: Option<Mac>,
}

fn sha(bytes: &[u8]) -> Hash {
    let hash: [u8; 32] = Sha256::digest(bytes).into();
    hash.into()
}

impl LeanChange {
    fn of(doc: Id, hash: &Hash, body: &[u8], told: &Told) -> Option<Self> {
        let (head, rest) = body.split_at_checked(HEAD)?;
        if head[..4] != MAGIC || head[4..] != hash[..4] || sha(rest) != *hash {
            return None;
        }
        let last = told.last.get(&doc);
        let gap = last.and_then(|last| rest.windows(last.len()).position(|window| window == last.as_slice()));
        let mut rest = rest.to_vec();
        if let (Some(gap), Some(last)) = (gap, last) {
            rest.drain(gap..gap + last.len());
        }
        let gap = gap.map(u32::try_from).transpose().ok()?;
        let doc = (told.doc != Some(doc)).then_some(doc);
        Some(Self { doc, rest: rest.into(), gap, signature: None, receipt: None })
    }

    fn whole(self, told: &Told) -> Result<Item, &'static str> {
        let doc = self.doc.or(told.doc).ok_or("no change before it")?;
        let mut rest: Vec<u8> = self.rest.into();
        if let Some(gap) = self.gap {
            let last = told.last.get(&doc).ok_or("no change of its document before it")?;
            let gap = usize::try_from(gap).ok().filter(|gap| *gap <= rest.len()).ok_or("a gap beyond its end")?;
            rest.splice(gap..gap, last.iter().copied());
        }
        let hash = sha(&rest);
        let body = [&MAGIC[..], &hash[..4], &rest].concat();
        let (signature, receipt) = (self.signature, self.receipt);
        Ok(Item::Change { doc, hash, body: Some(body.into()), signature, receipt })
    }
}

/// Writes an item, lean where it can be.
pub fn encode<C: AsMut<Told>, W: Write>(
    item: &Item,
    to: &mut Encoder<W>,
    told: &mut C,
) -> Result<(), Unwritable<W::Error>> {
    match item {
        Item::Change { doc, hash, body, signature, receipt } => {
            let lean = body.as_ref().and_then(|body| LeanChange::of(*doc, hash, body, told.as_mut()));
            told.as_mut().note(*doc, *hash);
            if let Some(lean) = lean {
                let lean = LeanChange { signature: *signature, receipt: *receipt, ..lean };
                return to.array(2)?.u32(CHANGE)?.encode(&lean).map(|_| ());
            }
        }
        Item::Fact { hash, body, mac } => {
            if sha(body) == *hash {
                return to.array(2)?.u32(FACT)?.encode(LeanFact { body: body.clone(), mac: *mac }).map(|_| ());
            }
        }
    }
    to.encode(item).map(|_| ())
}

/// Reads an item, lean or whole.
pub fn decode<C: AsMut<Told>>(from: &mut Decoder<'_>, told: &mut C) -> Result<Item, Unreadable> {
    let variant = {
        let mut ahead = from.probe();
        ahead.array()?;
        ahead.u32()?
    };
    let item = match variant {
        CHANGE | FACT => {
            let at = from.position();
            if from.array()? != Some(2) {
                return Err(Unreadable::message("an item is a pair").at(at));
            }
            from.u32()?;
            if variant == CHANGE {
                let lean: LeanChange = from.decode()?;
                lean.whole(told.as_mut()).map_err(|why| Unreadable::message(why).at(at))?
            } else {
                let LeanFact { body, mac } = from.decode()?;
                Item::Fact { hash: sha(&body), body, mac }
            }
        }
        _ => from.decode()?,
    };
    if let Item::Change { doc, hash, .. } = &item {
        told.as_mut().note(*doc, *hash);
    }
    Ok(item)
}

/// Several items, for fields that hold a list of them.
pub mod list {
    use super::{Decoder, Encoder, Item, Told, Unreadable, Unwritable, Write};

    pub fn encode<C: AsMut<Told>, W: Write>(
        items: &[Item],
        to: &mut Encoder<W>,
        told: &mut C,
    ) -> Result<(), Unwritable<W::Error>> {
        to.array(items.len() as u64)?;
        items.iter().try_for_each(|item| super::encode(item, to, told))
    }

    pub fn decode<C: AsMut<Told>>(from: &mut Decoder<'_>, told: &mut C) -> Result<Vec<Item>, Unreadable> {
        let mut items = Vec::new();
        match from.array()? {
            Some(count) => {
                for _ in 0..count {
                    items.push(super::decode(from, told)?);
                }
            }
            None => {
                while from.datatype()? != minicbor::data::Type::Break {
                    items.push(super::decode(from, told)?);
                }
                from.skip()?;
            }
        }
        Ok(items)
    }
}
