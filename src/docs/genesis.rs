//! The first changes of every document: byte-identical on every device, so that two people who make the same document
//! offline share its containers.
//!
//! A document is the changes of its [`STEPS`] and then what people wrote. A step, once released, never changes: a new
//! container comes with a further step of a higher schema, which stands on the step before it and on nothing else.
//!
//! Layout: the root holds `kind`, `schema`, `fields` (a record), `collections` (maps of records by entity id), `claims`
//! and `acts` (JSON texts by id). A record is a map of scalars by field name, members of sets as `field:member`, its
//! prose as texts by field name, and names beginning with `@` for what is not a field: see [`super::write`].

use std::{collections::BTreeMap, sync::OnceLock};

use automerge::{ActorId, Automerge, ObjId, ObjType, ROOT, ReadDoc, TextEncoding, transaction::Transactable};

use super::{actor::Actor, doc::Stored, error::DocsError};
use crate::domain::{DocKind, schema};

/// What one schema version adds to the root of a kind.
#[derive(Debug, Clone, Copy)]
struct Step {
    schema: u32,
    prose: &'static [&'static str],
    collections: &'static [&'static str],
}

/// The steps of each kind, oldest first.
const fn steps(kind: DocKind) -> &'static [Step] {
    match kind {
        DocKind::Register => &[Step {
            schema: 1,
            prose: &[],
            collections: &["parties", "agencies", "memberships", "officers", "terms", "gatherings"],
        }],
        DocKind::Plan => &[Step { schema: 1, prose: &["goal", "note"], collections: &["areas", "counts"] }],
        DocKind::Project | DocKind::Draft => &[Step {
            schema: 1,
            prose: &["objective", "expected-outputs", "progress-note", "challenges"],
            collections: &["activities", "indicators", "reports"],
        }],
        DocKind::Meeting => &[Step { schema: 1, prose: &["note"], collections: &["delegations"] }],
        DocKind::Session => &[Step { schema: 1, prose: &[], collections: &["items", "paragraphs"] }],
        DocKind::Voice => {
            &[Step { schema: 1, prose: &[], collections: &["comments", "delegates", "proposals", "interventions"] }]
        }
        // The second step came before anyone had made such a document: it is of the first schema too.
        DocKind::Annotation => {
            &[Step { schema: 1, prose: &[], collections: &[] }, Step { schema: 1, prose: &[], collections: &["notes"] }]
        }
        DocKind::Text | DocKind::Consultation | DocKind::Response | DocKind::Logistics | DocKind::Person => {
            &[Step { schema: 1, prose: &[], collections: &[] }]
        }
    }
}

/// The containers that the steps made, by their object ids: found by these and not by name, so that no later write can
/// put another container in their place.
#[derive(Debug, Clone)]
pub(super) struct Roots {
    pub fields: ObjId,
    pub collections: BTreeMap<&'static str, ObjId>,
    pub claims: ObjId,
    pub acts: ObjId,
    /// The map of collections itself, for paths.
    pub all: ObjId,
}

/// A document of a kind that nobody has written in yet.
#[derive(Debug)]
pub(super) struct Base {
    pub automerge: Automerge,
    pub roots: Roots,
    pub changes: Vec<Stored>,
}

/// No device has this id, so no device can write under it.
fn actor() -> ActorId {
    ActorId::from(&[0_u8; Actor::LEN][..])
}

fn build(kind: DocKind, steps: &[Step]) -> Result<Base, automerge::AutomergeError> {
    let mut automerge = Automerge::new_with_encoding(TextEncoding::Utf16CodeUnit).with_actor(actor());
    let mut roots: Option<Roots> = None;
    for step in steps {
        let mut tx = automerge.transaction();
        let mut made = match roots.take() {
            Some(roots) => roots,
            None => {
                tx.put(ROOT, "kind", kind.word())?;
                Roots {
                    fields: tx.put_object(ROOT, "fields", ObjType::Map)?,
                    all: tx.put_object(ROOT, "collections", ObjType::Map)?,
                    claims: tx.put_object(ROOT, "claims", ObjType::Map)?,
                    acts: tx.put_object(ROOT, "acts", ObjType::Map)?,
                    collections: BTreeMap::new(),
                }
            }
        };
        tx.put(ROOT, "schema", u64::from(step.schema))?;
        for name in step.prose {
            tx.put_object(&made.fields, *name, ObjType::Text)?;
        }
        for name in step.collections {
            made.collections.insert(*name, tx.put_object(&made.all, *name, ObjType::Map)?);
        }
        roots = Some(made);
        tx.commit_with(automerge::transaction::CommitOptions::default().with_time(0));
    }
    let changes = automerge
        .get_changes(&[])
        .into_iter()
        .map(|change| Stored { hash: change.hash().0, bytes: change.raw_bytes().to_vec() })
        .collect();
    let roots = roots.ok_or(automerge::AutomergeError::Fail)?;
    Ok(Base { automerge, roots, changes })
}

pub(super) fn base(kind: DocKind) -> &'static Base {
    static BASES: [OnceLock<Base>; DocKind::ALL.len()] = [const { OnceLock::new() }; DocKind::ALL.len()];
    BASES[kind as usize]
        .get_or_init(|| build(kind, steps(kind)).expect("the steps are fixed and a test builds them all"))
}

/// The fixed changes of a kind, first to last: what every document of it begins with.
#[must_use]
pub fn changes(kind: DocKind) -> &'static [Stored] {
    &base(kind).changes
}

/// Whether a hash is one of the fixed changes of a kind, which anybody may push and everybody has.
#[must_use]
pub fn is_fixed(kind: DocKind, hash: &[u8; 32]) -> bool {
    changes(kind).iter().any(|change| change.hash == *hash)
}

/// The schema a document says it has; the highest, where an old and a new version wrote at the same time.
pub(super) fn schema_of(automerge: &Automerge) -> Result<u32, DocsError> {
    let versions = automerge.get_all(ROOT, "schema")?;
    let versions = versions.iter().filter_map(|(value, _)| value.as_u64());
    Ok(versions.max().map_or(schema::CURRENT, |version| u32::try_from(version).unwrap_or(u32::MAX)))
}

#[cfg(test)]
mod tests;
