//! Whether changes hold together, before Automerge takes them: it stops hard on an operation that names an object or an
//! element that is not there, and in a browser that is the end of the engine.
//!
//! Only changes from elsewhere need it; what this device wrote or once took in does not.

use std::collections::{BTreeSet, HashMap};

use automerge::{
    Automerge, Change, ChangeHash, ExpandedChange, ObjId, ObjType, ReadDoc,
    legacy::{ElementId, Key, ObjectId, Op, OpId, OpType},
};

use super::{error::DocsError, intake::Actors};

/// Where an operation stands: in which object, and under which key or as which element of it.
#[derive(Debug, Clone, PartialEq)]
struct Place {
    object: ObjectId,
    key: Key,
    /// Whether it made the element that it stands at.
    element: bool,
}

impl Place {
    /// The place of an operation that stays in a document; a deletion leaves none.
    fn of(id: &OpId, op: &Op) -> Option<Self> {
        let key = match op.insert {
            true => Key::Seq(ElementId::Id(id.clone())),
            false => op.key.clone(),
        };
        (op.action != OpType::Delete).then(|| Self { object: op.obj.clone(), key, element: op.insert })
    }
}

/// What the changes of one batch make, for those after them.
#[derive(Default)]
struct Made {
    objects: HashMap<OpId, ObjType>,
    /// The number of the last operation of each change.
    ends: HashMap<ChangeHash, u64>,
    places: HashMap<OpId, Place>,
    /// The same for operations that the document has, by their number, of each change looked at so far.
    before: HashMap<ChangeHash, HashMap<u64, Place>>,
}

impl Made {
    /// Where an operation stands, in the document or earlier in the batch.
    fn place(&mut self, automerge: &Automerge, id: &OpId) -> Option<&Place> {
        if self.places.contains_key(id) {
            return self.places.get(id);
        }
        // Automerge's cursors cannot be asked: they stop hard on an element of another text.
        let hash = automerge.hash_for_opid(&named(id))?;
        let places = self.before.entry(hash).or_insert_with(|| {
            automerge.get_change_by_hash(&hash).map_or_else(HashMap::new, |change| {
                let place = |(id, op): (OpId, Op)| Some((id.counter(), Place::of(&id, &op)?));
                operations(&change, change.decode()).filter_map(place).collect()
            })
        });
        places.get(&id.counter())
    }
}

/// A change's operations with their ids.
fn operations(change: &Change, read: ExpandedChange) -> impl Iterator<Item = (OpId, Op)> {
    let actor = change.actor_id().clone();
    (change.start_op().get()..).map(move |at| OpId(at, actor.clone())).zip(read.operations)
}

/// Checks changes that will be applied in this order; `actors` are the writers the document knows.
///
/// # Errors
/// The first change that does not hold together, and what is wrong with it.
pub(super) fn check<'a>(
    automerge: &Automerge,
    actors: &Actors,
    changes: &[&'a Change],
) -> Result<(), (&'a Change, DocsError)> {
    let mut known: BTreeSet<&[u8]> = actors.keys().map(Vec::as_slice).collect();
    let mut made = Made::default();
    for &change in changes {
        known.insert(change.actor_id().to_bytes());
        if !change.actors().all(|actor| known.contains(actor.to_bytes())) {
            return Err((change, unsound("an actor that wrote nothing")));
        }
        follows(automerge, &made, change).map_err(|error| (change, error))?;
        check_one(automerge, &mut made, change).map_err(|error| (change, error))?;
        made.ends.insert(change.hash(), change.max_op());
    }
    Ok(())
}

/// Operations are numbered on from those that the change stands on; a saved document with others is not read any more.
fn follows(automerge: &Automerge, made: &Made, change: &Change) -> Result<(), DocsError> {
    let end = |dep: &ChangeHash| match made.ends.get(dep) {
        Some(end) => *end,
        None => automerge.get_change_meta_by_hash(dep).map_or(0, |meta| meta.max_op),
    };
    match change.deps().iter().map(end).max().unwrap_or(0) < change.start_op().get() {
        true => Ok(()),
        false => Err(unsound("numbers taken by others")),
    }
}

fn check_one(automerge: &Automerge, made: &mut Made, change: &Change) -> Result<(), DocsError> {
    let read = change.decode();
    // A saved document keeps operations, not bytes, and is not read any more when those make another change. So the bytes
    // must be the ones that Automerge writes for what it reads in them.
    if Change::from(read.clone()).hash() != change.hash() {
        return Err(unsound("not as Automerge writes it"));
    }
    for (id, op) in operations(change, read) {
        let holder = object_type(automerge, made, &op.obj).ok_or_else(|| unsound("no such object"))?;
        let fits = match (&op.key, holder) {
            (Key::Map(_), ObjType::Map | ObjType::Table) => !op.insert,
            (Key::Seq(ElementId::Head), ObjType::List | ObjType::Text) => op.insert,
            (Key::Seq(ElementId::Id(element)), ObjType::List | ObjType::Text) => {
                made.place(automerge, element).is_some_and(|place| place.element && place.object == op.obj)
            }
            (Key::Map(_), ObjType::List | ObjType::Text) | (Key::Seq(_), ObjType::Map | ObjType::Table) => false,
        };
        if !fits {
            return Err(unsound("no such element"));
        }
        // What it takes the place of must stand there: a saved document forgets what took the place of nothing.
        for before in op.pred.iter() {
            let stands =
                made.place(automerge, before).is_some_and(|place| place.object == op.obj && place.key == op.key);
            if op.insert || !stands {
                return Err(unsound("in the place of nothing"));
            }
        }
        match &op.action {
            OpType::Make(kind) => {
                made.objects.insert(id.clone(), *kind);
            }
            // Of a deletion only what it takes away is kept.
            OpType::Delete if op.pred.is_empty() => return Err(unsound("a deletion of nothing")),
            OpType::Put(_) | OpType::Delete | OpType::Increment(_) => {}
            OpType::MarkBegin(_) | OpType::MarkEnd(_) => return Err(unsound("a mark")),
        }
        if let Some(place) = Place::of(&id, &op) {
            made.places.insert(id, place);
        }
    }
    Ok(())
}

fn object_type(automerge: &Automerge, made: &Made, object: &ObjectId) -> Option<ObjType> {
    match object {
        ObjectId::Root => Some(ObjType::Map),
        ObjectId::Id(id) => match made.objects.get(id) {
            Some(kind) => Some(*kind),
            None => automerge.object_type(named(id)).ok(),
        },
    }
}

fn named(OpId(number, actor): &OpId) -> ObjId {
    ObjId::Id(*number, actor.clone(), 0)
}

fn unsound(what: &str) -> DocsError {
    DocsError::Malformed(what.to_owned())
}

#[cfg(test)]
mod tests;
