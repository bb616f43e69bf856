//! A document's projection as canonical CBOR, to be hashed: the same bytes on every device that holds the same changes.
//!
//! It holds what a reader sees and nothing that depends on who reads: no numbers of the hub's, no names of writers. Once
//! released its layout never changes, because hashes of it stand in adopted plans.

use minicbor::{Encoder, encode::Error};
use sha2::{Digest, Sha256};

use super::{
    claim::Claim,
    id::EntityId,
    record::{Held, Record, Snapshot, Value},
};

type Out<'a> = Encoder<&'a mut Vec<u8>>;
type Written = Result<(), Error<std::convert::Infallible>>;

/// SHA-256 of a projection's canonical CBOR.
#[must_use]
pub fn digest(snapshot: &Snapshot) -> [u8; 32] {
    Sha256::digest(bytes(snapshot)).into()
}

/// What of a paragraph of a report is agreed, beside its text. Once released this list never changes.
const PARAGRAPH: [&str; 5] = ["due", "kind", "party", "text", "verb"];

/// SHA-256 of what a paragraph of a report says: an array of its fields (a map by name, each the shown value and then what
/// stands beside it; what says nothing is left out) and its text. Where it stands does not count.
#[must_use]
pub fn paragraph(said: &Record) -> [u8; 32] {
    let mut bytes = Vec::new();
    let empty = |held: &Held| held.value == Value::Empty && held.others.is_empty();
    let fields = || PARAGRAPH.iter().filter_map(|name| Some((*name, said.fields.get(*name)?)));
    let fields: Vec<_> = fields().filter(|(_, held)| !empty(held)).collect();
    let write = |to: &mut Out<'_>| -> Written {
        to.array(2)?.map(len(fields.len()))?;
        for (name, held) in &fields {
            to.str(name)?;
            values(held, to)?;
        }
        to.str(said.text("text"))?;
        Ok(())
    };
    // Writing to memory cannot fail.
    if write(&mut Encoder::new(&mut bytes)).is_err() {
        bytes.clear();
    }
    Sha256::digest(bytes).into()
}

/// SHA-256 of a paragraph of the media release as it stands in it: its own hash, and the ids of all its paragraphs in order.
#[must_use]
pub fn release(said: &Record, order: &[EntityId]) -> [u8; 32] {
    let mut hash = Sha256::new_with_prefix(paragraph(said));
    for id in order {
        hash.update(id.to_bytes());
    }
    hash.finalize().into()
}

/// The canonical CBOR: an array of kind, schema, root, collections (a map by name) and claims. Maps are ordered by key.
#[must_use]
pub fn bytes(snapshot: &Snapshot) -> Vec<u8> {
    let mut bytes = Vec::new();
    match write(snapshot, &mut Encoder::new(&mut bytes)) {
        Ok(()) => bytes,
        // Writing to memory cannot fail.
        Err(_) => Vec::new(),
    }
}

fn write(snapshot: &Snapshot, to: &mut Out<'_>) -> Written {
    to.array(5)?.str(snapshot.kind.word())?.u32(snapshot.schema)?;
    record(&snapshot.root, to)?;
    to.map(len(snapshot.collections.len()))?;
    for (name, records) in &snapshot.collections {
        to.str(name)?.array(len(records.len()))?;
        for one in records {
            record(one, to)?;
        }
    }
    let mut claims: Vec<&Claim> = snapshot.claims.iter().collect();
    claims.sort_by_key(|claim| claim.id);
    to.array(len(claims.len()))?;
    for one in claims {
        claim(one, to)?;
    }
    Ok(())
}

fn len(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// Id, place (parent, key), withdrawal, fields (shown value, then the others) and prose.
fn record(record: &Record, to: &mut Out<'_>) -> Written {
    to.array(5)?;
    match record.id {
        Some(id) => to.bytes(&id.to_bytes())?,
        None => to.null()?,
    };
    match &record.place {
        Some(place) => {
            to.array(2)?;
            match place.parent {
                Some(parent) => to.bytes(&parent.to_bytes())?,
                None => to.null()?,
            };
            to.str(&place.key)?
        }
        None => to.null()?,
    };
    match &record.withdrawn {
        Some(withdrawn) => to.str(&withdrawn.reason)?,
        None => to.null()?,
    };
    to.map(len(record.fields.len()))?;
    for (name, held) in &record.fields {
        to.str(name)?;
        values(held, to)?;
    }
    to.map(len(record.texts.len()))?;
    for (name, text) in &record.texts {
        to.str(name)?.str(text)?;
    }
    Ok(())
}

fn values(Held { value: shown, others }: &Held, to: &mut Out<'_>) -> Written {
    to.array(len(1 + others.len()))?;
    for one in std::iter::once(shown).chain(others) {
        value(one, to)?;
    }
    Ok(())
}

fn claim(claim: &Claim, to: &mut Out<'_>) -> Written {
    // A claim that names no meeting has the bytes that it always had.
    to.array(if claim.meeting.is_some() { 8 } else { 7 })?.bytes(&claim.id.to_bytes())?.str(claim.what.word())?;
    value(&claim.value, to)?;
    match claim.as_of {
        Some(when) => to.str(&when.to_string())?,
        None => to.null()?,
    };
    to.str(&claim.evidence)?.str(&claim.reason)?.array(len(claim.supersedes.len()))?;
    for other in &claim.supersedes {
        to.bytes(&other.to_bytes())?;
    }
    if let Some(meeting) = claim.meeting {
        to.bytes(&meeting.to_bytes())?;
    }
    Ok(())
}

fn value(value: &Value, to: &mut Out<'_>) -> Written {
    match value {
        Value::Empty => to.null()?,
        Value::Bool(yes) => to.bool(*yes)?,
        Value::Int(number) => to.i64(*number)?,
        Value::Str(text) => to.str(text)?,
    };
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::domain::{claim::ClaimKind, kind::DocKind, place::Place, record::Origin};

    fn project() -> Snapshot {
        let id = EntityId::from_bytes([2; 16]);
        let held = Held { value: Value::from("A title"), others: vec![Value::Int(-1)] };
        let texts = BTreeMap::from([("objective".to_owned(), "é".to_owned())]);
        let root = Record { fields: BTreeMap::from([("title".to_owned(), held)]), texts, ..Record::default() };
        let place = Some(Place { parent: None, key: "k".to_owned() });
        let activity = Record { id: Some(id), place, ..Record::default() };
        let claim = Claim {
            id,
            what: ClaimKind::Status,
            value: Value::from("ONGOING"),
            as_of: "2025-03".parse().ok(),
            evidence: String::new(),
            reason: "r".to_owned(),
            supersedes: vec![id],
            meeting: None,
            origin: Origin::default(),
        };
        Snapshot {
            kind: DocKind::Project,
            schema: 1,
            root,
            collections: BTreeMap::from([("activities".to_owned(), vec![activity])]),
            claims: vec![claim],
            acts: Vec::new(),
        }
    }

    #[test]
    fn the_bytes_that_are_hashed_are_fixed_for_ever() {
        let id = "50".to_owned() + &"02".repeat(16);
        let root = "85".to_owned() + "f6f6f6" + "a1657469746c6582674120746974 6c6520".replace(' ', "").as_str();
        let hex: String = bytes(&project()).iter().map(|byte| format!("{byte:02x}")).collect();
        let expected = "85".to_owned()
            + "6770726f6a656374"
            + "01"
            + &root
            + "a1696f626a65637469766562c3a9"
            + "a16a6163746976697469657381"
            + "85"
            + &id
            + "82f6616b"
            + "f6"
            + "a0a0"
            + "8187"
            + &id
            + "66737461747573"
            + "674f4e474f494e47"
            + "67323032352d3033"
            + "60"
            + "6172"
            + "81"
            + &id;
        assert_eq!(hex, expected);
    }

    #[test]
    fn the_hash_of_a_paragraph_is_fixed_for_ever_and_is_of_what_it_says_and_not_of_where_it_stands() {
        let hex = |record: &Record| paragraph(record).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let held = |text: &str| Held { value: Value::from(text), others: Vec::new() };
        let texts = BTreeMap::from([("text".to_owned(), "Draft words".to_owned())]);
        let mut said = Record { texts, ..Record::default() };
        // 82 a0 6b "Draft words".
        let bytes = [&[0x82, 0xa0, 0x6b][..], b"Draft words"].concat();
        assert_eq!(paragraph(&said), <[u8; 32]>::from(Sha256::digest(&bytes)));
        said.fields.insert("verb".to_owned(), held("NOTED"));
        let bytes = [&[0x82, 0xa1, 0x64][..], b"verb", &[0x81, 0x65], b"NOTED", &[0x6b], b"Draft words"].concat();
        assert_eq!(paragraph(&said), <[u8; 32]>::from(Sha256::digest(&bytes)));
        let before = hex(&said);
        said.place = Some(Place { parent: None, key: "k".to_owned() });
        said.fields.insert("item".to_owned(), held("x"));
        said.fields.insert("party".to_owned(), Held::default());
        assert_eq!(hex(&said), before);
        let mut other = said.clone();
        other
            .fields
            .insert("verb".to_owned(), Held { value: Value::from("NOTED"), others: vec![Value::from("AGREED")] });
        assert_ne!(hex(&other), before, "two verbs written apart are not the one that was agreed");
        for field in PARAGRAPH.into_iter().filter(|field| !["text", "verb"].contains(field)) {
            let mut other = said.clone();
            other.fields.insert(field.to_owned(), held("y"));
            assert_ne!(hex(&other), before, "{field}");
        }
        said.texts.insert("text".to_owned(), "Draft word".to_owned());
        assert_ne!(hex(&said), before);
    }

    #[test]
    fn a_meeting_of_a_claim_is_hashed_where_one_is_named_and_nowhere_else() {
        let (plain, mut named) = (project(), project());
        named.claims[0].meeting = Some(crate::domain::DocId::from_bytes([5; 16]));
        let (plain, named) = (bytes(&plain), bytes(&named));
        let meeting = [&[0x50][..], &[5; 16]].concat();
        assert_eq!((named.len(), named.ends_with(&meeting)), (plain.len() + meeting.len(), true));
    }

    #[test]
    fn who_reads_it_changes_nothing_and_what_it_says_does() {
        let (mut read, said) = (project(), project());
        read.claims[0].origin.millis = 7;
        assert_eq!(digest(&read), digest(&said));
        read.claims[0].reason = "another".to_owned();
        assert_ne!(digest(&read), digest(&said));
    }
}
