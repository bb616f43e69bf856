//! Which entities a run of patches touches, so that only what changed is projected and painted again.

use automerge::{ObjId, Patch, PatchAction, Prop};

use super::{doc::Applied, genesis::Roots};
use crate::domain::EntityId;

/// Adds what the patches touch to `applied`.
pub(super) fn collect(roots: &Roots, patches: &[Patch], applied: &mut Applied) {
    for patch in patches {
        let keys: Vec<&str> =
            patch.path.iter().filter_map(|(_, prop)| key(prop)).chain(own_key(&patch.action)).collect();
        match keys.as_slice() {
            ["collections", _, entity, ..] => match entity.parse::<EntityId>() {
                Ok(id) => {
                    applied.touched.insert(id);
                }
                Err(_) => applied.touches_root = true,
            },
            ["acts", _, ..] => {
                applied.touches_root = true;
                applied.touched.extend(target(roots, patch));
            }
            _ => applied.touches_root = true,
        }
    }
}

fn key(prop: &Prop) -> Option<&str> {
    match prop {
        Prop::Map(key) => Some(key),
        Prop::Seq(_) => None,
    }
}

fn own_key(action: &PatchAction) -> Option<&str> {
    match action {
        PatchAction::PutMap { key, .. } | PatchAction::DeleteMap { key } => Some(key),
        PatchAction::Increment { prop, .. } | PatchAction::Conflict { prop } => key(prop),
        PatchAction::PutSeq { .. }
        | PatchAction::Insert { .. }
        | PatchAction::SpliceText { .. }
        | PatchAction::DeleteSeq { .. }
        | PatchAction::Mark { .. } => None,
    }
}

/// The entity that a new act is about.
fn target(roots: &Roots, patch: &Patch) -> Option<EntityId> {
    let PatchAction::PutMap { value: (value, _), .. } = &patch.action else { return None };
    let here: &ObjId = &patch.obj;
    (*here == roots.acts).then(|| super::read::act_target(value.as_str()?)).flatten()
}
