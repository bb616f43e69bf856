//! Whether changes hold together on the document they are for: a change can be well formed, stand on changes that are
//! there, and still name an object that nobody made. Once in the log it would stop every device that takes it in.
//!
//! Documents stay in memory between pushes, so that the one being written in is not read again for every key. What is
//! kept is only ever a copy of what the store has: whoever is not sure forgets it.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Mutex, PoisonError},
};

use crate::{
    docs::Doc,
    domain::{Catalogue, DocId, DocKind},
    hub::store::{Store, StoreError},
    sync::{Key, frame::Item, hub::Row},
};

/// Documents kept.
const KEPT: usize = 64;

/// Documents in memory, as of the last commit.
#[derive(Default)]
pub struct Documents(Mutex<Held>);

#[derive(Default)]
struct Held {
    docs: HashMap<DocId, (u64, Doc)>,
    turns: u64,
}

impl Documents {
    /// The changes among these rows, which follow what the store has, that do not hold together on their documents.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn unsound(
        &self,
        store: &dyn Store,
        rows: &[Row],
        catalogue: &Catalogue,
    ) -> Result<HashSet<Key>, StoreError> {
        let mut by_doc: BTreeMap<DocId, Vec<(Key, &[u8])>> = BTreeMap::new();
        for row in rows {
            if let Item::Change { doc, body: Some(body), .. } = &row.item {
                by_doc.entry(DocId::from_bytes(**doc)).or_default().push((row.item.key(), body));
            }
        }
        let mut bad = HashSet::new();
        for (id, changes) in by_doc {
            let Some(kind) = catalogue.docs.get(&id).map(|doc| doc.kind) else { continue };
            if let Some(mut doc) = self.take(id)
                && try_on(&mut doc, &changes) == Tried::Clean
            {
                self.put(id, doc);
                continue;
            }
            // Nothing is held against a change that the store itself has not been asked about.
            let mut doc = load(store, id, kind).await?;
            match try_on(&mut doc, &changes) {
                Tried::Clean => self.put(id, doc),
                Tried::Waits => {}
                Tried::Broken(keys) => bad.extend(keys),
            }
        }
        Ok(bad)
    }

    /// These documents changed by another way, or what was tried did not come about.
    pub fn forget(&self, rows: &[Row]) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for row in rows {
            if let Item::Change { doc, .. } = &row.item {
                held.docs.remove(&DocId::from_bytes(**doc));
            }
        }
    }

    /// Any document may have changed.
    pub fn forget_all(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).docs.clear();
    }

    fn take(&self, id: DocId) -> Option<Doc> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).docs.remove(&id).map(|(_, doc)| doc)
    }

    fn put(&self, id: DocId, doc: Doc) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.turns += 1;
        let turn = held.turns;
        held.docs.insert(id, (turn, doc));
        if held.docs.len() > KEPT
            && let Some(oldest) = held.docs.iter().min_by_key(|(_, (turn, _))| *turn).map(|(id, _)| *id)
        {
            held.docs.remove(&oldest);
        }
    }
}

/// What came of trying changes on their document.
#[derive(Debug, PartialEq, Eq)]
pub enum Tried {
    /// They hold together.
    Clean,
    /// Something stands on what is not there: not for this eye to judge.
    Waits,
    /// These do not hold together.
    Broken(Vec<Key>),
}

/// Tries changes on a copy of their document, in order. Where one stops Automerge hard, the copy is of no use any more.
pub fn try_on(doc: &mut Doc, changes: &[(Key, &[u8])]) -> Tried {
    let mut broken = Vec::new();
    let mut waits = false;
    for (key, body) in changes {
        match catch_unwind(AssertUnwindSafe(|| doc.apply(&[body]))) {
            Ok(Ok(applied)) => waits |= !applied.waiting.is_empty(),
            Ok(Err(_)) => broken.push(*key),
            // After a panic nothing more can be said of this copy.
            Err(_) => {
                broken.push(*key);
                break;
            }
        }
    }
    match (broken.is_empty(), waits) {
        (true, false) => Tried::Clean,
        (true, true) => Tried::Waits,
        (false, _) => Tried::Broken(broken),
    }
}

async fn load(store: &dyn Store, id: DocId, kind: DocKind) -> Result<Doc, StoreError> {
    let whole = store.document(id).await?;
    let snapshot = whole.snapshot.iter().map(|snapshot| snapshot.body.as_slice());
    let bodies = snapshot.chain(whole.rows.iter().filter_map(|row| row.body.as_deref()));
    // What the log holds was taken in one by one; a log that does not load is for `mufakat check` to name.
    Ok(Doc::load(kind, bodies).unwrap_or_else(|error| {
        tracing::error!(document = %id, %error, "a document does not load");
        Doc::new(kind)
    }))
}
