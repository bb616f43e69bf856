//! Whether changes hold together, before Automerge takes them: it stops hard on an operation that names an object or an
//! element that is not there, and in a browser that is the end of the engine.
//!
//! Only changes from elsewhere need it; what this device wrote or once took in does not.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use automerge::{
    Automerge, Change, ChangeHash, ObjId, ObjType, ReadDoc,
    legacy::{ElementId, Key, ObjectId, OpId, OpType},
};

use super::error::DocsError;

/// What the changes of one batch make, for those after them.
#[derive(Default)]
struct Made {
    objects: HashMap<OpId, ObjType>,
    /// The text of each element.
    elements: HashMap<OpId, ObjectId>,
    /// The same for elements that the document has, by the number of their operation in each change looked at so far.
    before: HashMap<ChangeHash, HashMap<u64, ObjectId>>,
}

/// Checks changes that will be applied in this order; `actors` are the writers the document knows.
///
/// # Errors
/// The first change that does not hold together, and what is wrong with it.
pub(super) fn check<'a>(
    automerge: &Automerge,
    actors: &BTreeMap<Vec<u8>, u64>,
    changes: &[&'a Change],
) -> Result<(), (&'a Change, DocsError)> {
    let mut known: BTreeSet<&[u8]> = actors.keys().map(Vec::as_slice).collect();
    let mut made = Made::default();
    for &change in changes {
        known.insert(change.actor_id().to_bytes());
        if !change.actors().all(|actor| known.contains(actor.to_bytes())) {
            return Err((change, unsound("an actor that wrote nothing")));
        }
        check_one(automerge, &mut made, change).map_err(|error| (change, error))?;
    }
    Ok(())
}

fn check_one(automerge: &Automerge, made: &mut Made, change: &Change) -> Result<(), DocsError> {
    let operations = change.decode().operations;
    for (at, op) in (change.start_op().get()..).zip(operations) {
        let id = OpId(at, change.actor_id().clone());
        let holder = object_type(automerge, made, &op.obj).ok_or_else(|| unsound("no such object"))?;
        let fits = match (&op.key, holder) {
            (Key::Map(_), ObjType::Map | ObjType::Table) => !op.insert,
            (Key::Seq(ElementId::Head), ObjType::List | ObjType::Text) => op.insert,
            (Key::Seq(ElementId::Id(element)), ObjType::List | ObjType::Text) => {
                is_element(automerge, made, &op.obj, element)
            }
            (Key::Map(_), ObjType::List | ObjType::Text) | (Key::Seq(_), ObjType::Map | ObjType::Table) => false,
        };
        if !fits {
            return Err(unsound("no such element"));
        }
        match op.action {
            OpType::Make(kind) => {
                made.objects.insert(id.clone(), kind);
            }
            OpType::Put(_) | OpType::Delete | OpType::Increment(_) => {}
            OpType::MarkBegin(_) | OpType::MarkEnd(_) => return Err(unsound("a mark")),
        }
        if op.insert {
            made.elements.insert(id, op.obj);
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

fn is_element(automerge: &Automerge, made: &mut Made, object: &ObjectId, element: &OpId) -> bool {
    if let Some(holder) = made.elements.get(element) {
        return holder == object;
    }
    // Automerge's cursors cannot be asked: they stop hard on an element of another text.
    let Some(hash) = automerge.hash_for_opid(&named(element)) else { return false };
    let elements = made.before.entry(hash).or_insert_with(|| match automerge.get_change_by_hash(&hash) {
        None => HashMap::new(),
        Some(change) => {
            let operations = (change.start_op().get()..).zip(change.decode().operations);
            operations.filter(|(_, op)| op.insert).map(|(number, op)| (number, op.obj)).collect()
        }
    });
    elements.get(&element.counter()) == Some(object)
}

fn named(OpId(number, actor): &OpId) -> ObjId {
    ObjId::Id(*number, actor.clone(), 0)
}

fn unsound(what: &str) -> DocsError {
    DocsError::Malformed(what.to_owned())
}

#[cfg(test)]
mod tests;
