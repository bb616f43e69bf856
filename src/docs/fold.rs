//! Many changes as one saved document, proven to hold each of them before anyone lets go of the single ones.

use std::collections::BTreeMap;

use super::{
    doc::{Doc, Hash},
    error::DocsError,
    genesis,
    intake::parse,
    scan,
};
use crate::domain::DocKind;

/// One saved document of what was saved before and of changes after it.
///
/// `covered` are all changes that it must hold, each with its bytes where the caller has them beside what was saved. What
/// comes back was read again: it holds each of them to the last byte, and nothing else but the first changes that every
/// document of its kind has.
///
/// # Errors
/// As [`Doc::load`]; [`DocsError::Malformed`] when what was read again is not what went in.
pub fn fold(kind: DocKind, saved: Option<&[u8]>, covered: &[(Hash, Option<&[u8]>)]) -> Result<Vec<u8>, DocsError> {
    let bodies = covered.iter().filter_map(|(_, body)| *body);
    let doc = Doc::load(kind, saved.into_iter().chain(bodies))?;
    if !doc.waiting().is_empty() {
        return Err(DocsError::Malformed("changes wait for others that are not there".to_owned()));
    }
    let bytes = doc.save();
    // Devices look at it so before they take it.
    scan::document(&bytes, &scan::DocumentLimits::default())
        .map_err(|error| DocsError::Malformed(error.to_string()))?;
    let again = Doc::load(kind, [bytes.as_slice()])?;
    if again.heads() != doc.heads() {
        return Err(DocsError::Malformed("what was saved is another document".to_owned()));
    }
    let mut held = unfolded(&again);
    for (hash, body) in covered {
        let Some(stored) = held.remove(hash) else {
            return Err(DocsError::Malformed("a change is not in what was saved".to_owned()));
        };
        if let Some(body) = body
            && parse(body)?.raw_bytes() != stored
        {
            return Err(DocsError::Malformed("a change reads back otherwise".to_owned()));
        }
    }
    match held.keys().all(|hash| genesis::is_fixed(kind, hash)) {
        true => Ok(bytes),
        false => Err(DocsError::Malformed("what was saved holds more than it should".to_owned())),
    }
}

/// The single changes of a saved document, by their hashes.
///
/// # Errors
/// As [`Doc::load`].
pub fn unfold(kind: DocKind, saved: &[u8]) -> Result<BTreeMap<Hash, Vec<u8>>, DocsError> {
    Ok(unfolded(&Doc::load(kind, [saved])?))
}

fn unfolded(doc: &Doc) -> BTreeMap<Hash, Vec<u8>> {
    doc.changes().into_iter().map(|change| (change.hash, change.bytes)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        docs::{Actor, Author, genesis},
        domain::{At, DeviceId, Edit, Splice},
    };

    fn written(count: u64) -> (Doc, Vec<(Hash, Vec<u8>)>) {
        let mut doc = Doc::new(DocKind::Project);
        let actor = Actor::new(DeviceId::from_bytes([7; 16]), 1);
        let mut text = String::new();
        let changes = (0..count).map(|n| {
            let insert = format!("Line {n}, long enough to be worth deflating. ");
            let splices = vec![Splice { at: 0, delete: 0, insert: insert.clone() }];
            let base = std::mem::take(&mut text);
            text = format!("{insert}{base}");
            let edit = Edit::Text { at: At::root("progress-note"), base, splices };
            let made = doc.edit(&edit, &Author { actor, millis: n }).expect("an edit");
            (made.hash, made.bytes)
        });
        let changes = changes.collect();
        (doc, changes)
    }

    fn with_bytes(changes: &[(Hash, Vec<u8>)]) -> Vec<(Hash, Option<&[u8]>)> {
        changes.iter().map(|(hash, bytes)| (*hash, Some(bytes.as_slice()))).collect()
    }

    #[test]
    fn what_is_folded_unfolds_to_the_very_same_changes_also_in_two_steps() {
        let (doc, changes) = written(40);
        let first = fold(DocKind::Project, None, &with_bytes(&changes[..25])).expect("folds");
        let mut covered = with_bytes(&changes);
        for (_, body) in &mut covered[..25] {
            *body = None;
        }
        let second = fold(DocKind::Project, Some(&first), &covered).expect("folds on");
        let all: usize = changes.iter().map(|(_, bytes)| bytes.len()).sum();
        assert!(second.len() * 2 < all, "{} bytes of {all}", second.len());
        let unfolded = unfold(DocKind::Project, &second).expect("unfolds");
        assert_eq!(unfolded.len(), 40 + genesis::changes(DocKind::Project).len());
        for (hash, bytes) in &changes {
            assert_eq!(unfolded.get(hash), Some(bytes));
        }
        assert_eq!(Doc::load(DocKind::Project, [second.as_slice()]).expect("loads").heads(), doc.heads());
    }

    #[test]
    fn nothing_is_folded_that_does_not_come_back() {
        let (_, changes) = written(6);
        let refused = |saved: Option<&[u8]>, covered: &[(Hash, Option<&[u8]>)]| {
            assert!(fold(DocKind::Project, saved, covered).is_err());
        };
        // A change is missing in the middle; one is named whose bytes nobody has; one is there that is not named.
        refused(None, &[&with_bytes(&changes[..2])[..], &with_bytes(&changes[3..])[..]].concat());
        refused(None, &[(changes[0].0, Some(&changes[0].1)), (changes[1].0, None)]);
        let saved = fold(DocKind::Project, None, &with_bytes(&changes)).expect("folds");
        refused(Some(&saved), &with_bytes(&changes[..5]));
        let mut flipped = saved.clone();
        let at = flipped.len() - 9;
        flipped[at] ^= 1;
        refused(Some(&flipped), &with_bytes(&changes));
    }
}
