//! What changes said, one by one: for the list of what others did, and for the history of a record.
//!
//! It reads the operations of the changes themselves. To compare the document before and after each of them would cost two
//! documents a change; here fifty thousand changes are one pass.

use std::collections::{BTreeSet, HashMap};

use automerge::{
    Change, ChangeHash, ObjId, ObjType, ReadDoc, ScalarValue,
    legacy::{Key, ObjectId, Op, OpId, OpType},
};

use super::{
    actor::Actor,
    doc::{Doc, Hash},
    error::DocsError,
    genesis,
    read::{self, KEPT, PLACE, WITHDRAWN, value},
    write,
};
use crate::domain::{DeviceId, EntityId, Value};

/// What one change said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The change.
    pub hash: Hash,
    /// What it builds on.
    pub deps: Vec<Hash>,
    /// The device that wrote it.
    pub device: Option<DeviceId>,
    /// When, by that device's clock: milliseconds since 1970.
    pub millis: u64,
    /// What it said of which records, in its order. Nothing, where this version knows none of it.
    pub said: Vec<Said>,
}

/// One thing that a change said of one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The collection the record is in; none for the document itself.
    pub collection: Option<&'static str>,
    /// The record; none for the document itself.
    pub record: Option<EntityId>,
    /// What.
    pub deed: Deed,
}

/// What may be said of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// A scalar has another value. `from` are all values that it took the place of; `why` is said where somebody chose.
    Set { field: String, from: Vec<Value>, to: Value, why: String },
    /// Its prose was written in.
    Wrote { field: String, text: TextId },
    /// It was made, with all that it began with.
    Added,
    /// It stands elsewhere.
    Moved,
    /// It was withdrawn, and why.
    Withdrawn(String),
    /// It was brought back.
    Restored,
    /// A claim was added, by its id.
    Claimed(EntityId),
    /// An act was added, by its id.
    Acted(EntityId),
}

/// So deep lies the deepest thing of ours: a text in a record in a collection.
const NESTED: u8 = 4;

/// A text of a document, whatever became of it since.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TextId(ObjId);

impl Doc {
    /// What all changes said, in causal order. The fixed first changes say nothing.
    ///
    /// # Errors
    /// [`DocsError::Malformed`] when a change stands on what is not in the document, which none does that was taken in.
    pub fn story(&self) -> Result<Vec<Step>, DocsError> {
        let mut reader = Reader::new(self);
        let fixed = |change: &Change| genesis::is_fixed(self.kind(), &change.hash().0);
        let changes = self.automerge.get_changes(&[]);
        changes.iter().map(|change| reader.step(change, !fixed(change))).filter_map(Result::transpose).collect()
    }

    /// What these changes said, in their order; those that are not here say nothing. Each costs more than one of all.
    ///
    /// # Errors
    /// As [`Doc::story`].
    pub fn steps(&self, hashes: &[Hash]) -> Result<Vec<Step>, DocsError> {
        let mut reader = Reader::new(self);
        let told = hashes.iter().filter(|hash| !genesis::is_fixed(self.kind(), hash));
        let changes = told.filter_map(|hash| self.automerge.get_change_by_hash(&ChangeHash(*hash)));
        changes.map(|change| reader.step(&change, true)).filter_map(Result::transpose).collect()
    }

    /// A text as it was at these heads.
    #[must_use]
    pub fn words_at(&self, text: &TextId, heads: &[Hash]) -> String {
        let heads: Vec<ChangeHash> = heads.iter().copied().map(ChangeHash).collect();
        self.automerge.text_at(&text.0, &heads).unwrap_or_default()
    }

    /// Which of these changes whoever wrote at these heads had not seen.
    #[must_use]
    pub fn unseen_at(&self, heads: &[Hash], of: &BTreeSet<Hash>) -> BTreeSet<Hash> {
        let heads: Vec<ChangeHash> = heads.iter().copied().map(ChangeHash).collect();
        let after = self.automerge.get_changes_meta(&heads);
        after.iter().map(|meta| meta.hash.0).filter(|hash| of.contains(hash)).collect()
    }
}

/// What an object is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Thing {
    /// The fields of the document, or of a record in it.
    Record(Option<(&'static str, EntityId)>),
    /// A collection.
    Collection(&'static str),
    /// The prose of a field.
    Text(Option<(&'static str, EntityId)>, String),
    Claims,
    Acts,
    /// What this version does not know.
    Other,
}

/// What is kept of an operation, for those after it.
#[derive(Debug, Clone)]
enum Kept {
    Put(Option<Value>),
    Made(Thing),
}

/// A record: its collection and its id; none for the document itself.
type Record = Option<(&'static str, EntityId)>;

/// The field whose values an operation settles without writing one: Automerge takes the others away where the value that wins
/// is written again.
fn settles(thing: &Thing, op: &Op) -> Option<(Record, ObjId, String)> {
    let (Thing::Record(record), Key::Map(key)) = (thing, &op.key) else { return None };
    let ObjectId::Id(OpId(number, actor)) = &op.obj else { return None };
    let field = match (&op.action, key.strip_prefix(KEPT)) {
        (OpType::Put(_), Some(field)) => field,
        (OpType::Delete, None) => key.as_str(),
        _ => return None,
    };
    Some((*record, ObjId::Id(*number, actor.clone(), 0), field.to_owned()))
}

struct Reader<'a> {
    doc: &'a Doc,
    known: HashMap<OpId, Kept>,
}

impl<'a> Reader<'a> {
    fn new(doc: &'a Doc) -> Self {
        let roots = doc.roots();
        let mut known = HashMap::new();
        let collections = roots.collections.iter().map(|(name, object)| (object, Thing::Collection(name)));
        let fixed = [
            (&roots.fields, Thing::Record(None)),
            (&roots.claims, Thing::Claims),
            (&roots.acts, Thing::Acts),
            (&roots.all, Thing::Other),
        ];
        for (object, thing) in fixed.into_iter().chain(collections) {
            if let ObjId::Id(number, actor, _) = object {
                known.insert(OpId(*number, actor.clone()), Kept::Made(thing));
            }
        }
        Self { doc, known }
    }

    /// What a change said; none where nobody asked. What it made is remembered for those after it.
    fn step(&mut self, change: &Change, asked: bool) -> Result<Option<Step>, DocsError> {
        let mut said: Vec<Said> = Vec::new();
        let mut added = BTreeSet::new();
        let actor = change.actor_id();
        let mut settled: BTreeSet<(Record, ObjId, String)> = BTreeSet::new();
        let why = change.message().map(write::reason_of).unwrap_or_default();
        for (number, op) in (change.start_op().get()..).zip(change.decode().operations) {
            let id = OpId(number, actor.clone());
            let thing = self.thing(&op.obj)?;
            settled.extend(settles(&thing, &op));
            if asked && let Some(mut one) = self.said(&thing, &op)? {
                if let Deed::Set { why: reason, .. } = &mut one.deed {
                    reason.clone_from(&why);
                }
                let new = one.record.is_some_and(|id| added.contains(&id));
                match &one.deed {
                    // It is part of the making.
                    _ if new => {}
                    Deed::Added => {
                        added.extend(one.record);
                        said.push(one);
                    }
                    Deed::Wrote { text, .. } => {
                        let again = said
                            .iter()
                            .any(|said| matches!(&said.deed, Deed::Wrote { text: other, .. } if other == text));
                        if !again {
                            said.push(one);
                        }
                    }
                    _ => said.push(one),
                }
            }
            self.keep(id, &thing, op);
        }
        if asked {
            for (record, object, field) in settled {
                let known = |said: &Said| {
                    said.record == record.map(|(_, id)| id)
                        && matches!(&said.deed, Deed::Set { field: other, .. } if *other == field)
                };
                if !said.iter().any(known) {
                    said.extend(self.settled(change, record, &object, field, &why)?);
                }
            }
        }
        Ok(asked.then(|| Step {
            hash: change.hash().0,
            deps: change.deps().iter().map(|dep| dep.0).collect(),
            device: Actor::of(actor).map(Actor::device),
            millis: u64::try_from(change.timestamp()).unwrap_or_default(),
            said,
        }))
    }

    /// What a change made of the values that stood in a field, where it wrote none of them anew: the one that was shown was chosen,
    /// or what was chosen between was put beside each other again.
    fn settled(
        &self,
        change: &Change,
        record: Record,
        object: &ObjId,
        field: String,
        why: &str,
    ) -> Result<Option<Said>, DocsError> {
        let collection = record.map(|(name, _)| name);
        let Some(kind) = self.doc.schema_table().and_then(|table| table.field(collection, &field)).map(|of| of.kind)
        else {
            return Ok(None);
        };
        let at = |heads: &[ChangeHash]| {
            let lens = read::Lens { automerge: &self.doc.automerge, heads: Some(heads) };
            read::standing(lens, object, &field, kind).map(Option::unwrap_or_default)
        };
        let (before, after) = (at(change.deps())?, at(&[change.hash()])?);
        if before == after {
            return Ok(None);
        }
        let from = std::iter::once(before.value).chain(before.others).collect();
        let deed = Deed::Set { field, from, to: after.value, why: why.to_owned() };
        Ok(Some(Said { collection, record: record.map(|(_, id)| id), deed }))
    }

    fn said(&mut self, thing: &Thing, op: &Op) -> Result<Option<Said>, DocsError> {
        let key = match &op.key {
            Key::Map(key) => Some(key.as_str()),
            Key::Seq(_) => None,
        };
        let of = |record: Option<(&'static str, EntityId)>, deed| {
            Some(Said { collection: record.map(|(name, _)| name), record: record.map(|(_, id)| id), deed })
        };
        let deed = match (thing, key, &op.action) {
            (Thing::Collection(name), Some(key), OpType::Make(ObjType::Map)) => {
                let Ok(id) = key.parse() else { return Ok(None) };
                of(Some((name, id)), Deed::Added)
            }
            (Thing::Claims, Some(key), OpType::Put(_)) => key.parse().ok().and_then(|id| of(None, Deed::Claimed(id))),
            (Thing::Acts, Some(key), OpType::Put(_)) => key.parse().ok().and_then(|id| of(None, Deed::Acted(id))),
            (Thing::Text(record, field), None, _) => {
                let ObjectId::Id(OpId(number, actor)) = &op.obj else { return Ok(None) };
                let text = TextId(ObjId::Id(*number, actor.clone(), 0));
                of(*record, Deed::Wrote { field: field.clone(), text })
            }
            (Thing::Record(record), Some(key), OpType::Put(to)) => match key {
                PLACE => of(*record, Deed::Moved),
                WITHDRAWN => match value(to) {
                    Some(Value::Str(reason)) => of(*record, Deed::Withdrawn(reason)),
                    _ => of(*record, Deed::Restored),
                },
                key if key.starts_with(KEPT) || key.starts_with('@') => None,
                key => self.set(*record, key, to, op)?,
            },
            _ => None,
        };
        Ok(deed)
    }

    /// A scalar was written: one that the schema names, with another value than before.
    fn set(
        &mut self,
        record: Option<(&'static str, EntityId)>,
        key: &str,
        to: &ScalarValue,
        op: &Op,
    ) -> Result<Option<Said>, DocsError> {
        let collection = record.map(|(name, _)| name);
        let named = self.doc.schema_table().and_then(|table| table.field(collection, key));
        let (Some(_), Some(to)) = (named, value(to)) else { return Ok(None) };
        let mut from = Vec::new();
        for pred in op.pred.iter() {
            from.extend(self.written(pred)?);
        }
        if from == [to.clone()] {
            return Ok(None);
        }
        let deed = Deed::Set { field: key.to_owned(), from, to, why: String::new() };
        Ok(Some(Said { collection, record: record.map(|(_, id)| id), deed }))
    }

    fn keep(&mut self, id: OpId, thing: &Thing, op: Op) {
        let kept = match (thing, op.key, op.action) {
            (Thing::Record(_), Key::Map(_), OpType::Put(scalar)) => Kept::Put(value(&scalar)),
            (Thing::Collection(name), Key::Map(key), OpType::Make(ObjType::Map)) => {
                Kept::Made(key.parse().map_or(Thing::Other, |id| Thing::Record(Some((*name, id)))))
            }
            (Thing::Record(record), Key::Map(key), OpType::Make(ObjType::Text)) => {
                Kept::Made(Thing::Text(*record, key.to_string()))
            }
            (_, _, OpType::Make(_)) => Kept::Made(Thing::Other),
            _ => return,
        };
        // The roots are known by themselves.
        self.known.entry(id).or_insert(kept);
    }

    fn thing(&mut self, object: &ObjectId) -> Result<Thing, DocsError> {
        self.thing_within(object, NESTED)
    }

    /// What an object is; what lies deeper than anything of ours is not known here.
    fn thing_within(&mut self, object: &ObjectId, depth: u8) -> Result<Thing, DocsError> {
        let ObjectId::Id(id) = object else { return Ok(Thing::Other) };
        if let Some(kept) = self.known.get(id) {
            return Ok(match kept {
                Kept::Made(thing) => thing.clone(),
                Kept::Put(_) => Thing::Other,
            });
        }
        let made = if depth == 0 { None } else { self.operation(id)? };
        let Some(op) = made else { return Ok(Thing::Other) };
        let holder = self.thing_within(&op.obj, depth - 1)?;
        self.keep(id.clone(), &holder, op);
        match self.known.get(id) {
            Some(Kept::Made(thing)) => Ok(thing.clone()),
            Some(Kept::Put(_)) | None => Ok(Thing::Other),
        }
    }

    /// The scalar that an operation wrote.
    fn written(&mut self, id: &OpId) -> Result<Option<Value>, DocsError> {
        if !self.known.contains_key(id) {
            let wrote = match self.operation(id)?.map(|op| op.action) {
                Some(OpType::Put(scalar)) => value(&scalar),
                Some(_) | None => None,
            };
            self.known.insert(id.clone(), Kept::Put(wrote));
        }
        Ok(match self.known.get(id) {
            Some(Kept::Put(value)) => value.clone(),
            Some(Kept::Made(_)) | None => None,
        })
    }

    /// An operation of a change that was not told.
    fn operation(&self, id: &OpId) -> Result<Option<Op>, DocsError> {
        let automerge = &self.doc.automerge;
        let Some(hash) = automerge.hash_for_opid(&ObjId::Id(id.counter(), id.actor().clone(), 0)) else {
            return Ok(None);
        };
        let change = automerge.get_change_by_hash(&hash);
        let change = change.ok_or_else(|| DocsError::Malformed("a change that is not here".to_owned()))?;
        let at = usize::try_from(id.counter().saturating_sub(change.start_op().get())).unwrap_or(usize::MAX);
        Ok(change.decode().operations.into_iter().nth(at))
    }
}

#[cfg(test)]
mod tests;
