//! Who wrote which words of a text: by the operations that put its characters in.

use std::collections::BTreeMap;

use automerge::{ActorId, ChangeHash, ObjId, ReadDoc, ScalarValueRef, ValueRef};

use super::{
    doc::{Doc, Hash},
    error::DocsError,
    read, write,
};
use crate::domain::{At, record::Origin};

/// Words that one change brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The words.
    pub text: String,
    /// The change; none where it is not known.
    pub change: Option<Hash>,
}

impl Doc {
    /// Which device made a change, and when by its clock; none for one that is not here.
    #[must_use]
    pub fn origin(&self, hash: &Hash) -> Option<Origin> {
        let hash = ChangeHash(*hash);
        self.automerge.get_change_meta_by_hash(&hash).map(|_| read::origin(&self.automerge, &hash))
    }

    /// The words of a prose field in their order, by the changes that brought them.
    ///
    /// # Errors
    /// [`DocsError::UnknownEntity`] and [`DocsError::UnknownField`] where there is no such field.
    pub fn words(&self, at: &At) -> Result<Vec<Words>, DocsError> {
        let target = write::target(self, at.entity)?;
        write::field(self, target.collection.map(|collection| collection.name), &at.field)?;
        let Some(text) = read::text_object(&self.automerge, &target.record, &at.field)? else { return Ok(Vec::new()) };
        let mut found: Vec<Words> = Vec::new();
        // The operations of a change have consecutive numbers: each change is looked up once.
        let mut known: BTreeMap<(ActorId, u64), (u64, Option<Hash>)> = BTreeMap::new();
        for item in self.automerge.list_range(&text, ..) {
            let ValueRef::Scalar(ScalarValueRef::Str(letters)) = &item.value else { continue };
            let id = item.id();
            let ObjId::Id(number, actor, _) = &id else { continue };
            let before = known.range(..=(actor.clone(), *number)).next_back();
            let same = before.filter(|((of, _), (last, _))| of == actor && number <= last).map(|(_, (_, hash))| *hash);
            let change = same.unwrap_or_else(|| {
                let change =
                    self.automerge.hash_for_opid(&id).and_then(|hash| self.automerge.get_change_by_hash(&hash));
                let (first, length) =
                    change.as_ref().map_or((*number, 1), |change| (change.start_op().get(), change.len()));
                let last = first + u64::try_from(length).unwrap_or(1).saturating_sub(1);
                let hash = change.map(|change| change.hash().0);
                known.insert((actor.clone(), first), (last, hash));
                hash
            });
            match found.last_mut() {
                Some(last) if last.change == change => last.text.push_str(letters),
                Some(_) | None => found.push(Words { text: letters.to_string(), change }),
            }
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        docs::tests::bench::{Group, typed},
        domain::DocKind,
    };

    #[test]
    fn each_word_is_of_the_change_that_brought_it() {
        let mut group = Group::new(DocKind::Project, 2);
        let at = At::root("objective");
        let first = group.edit(0, &typed(at.clone(), "", 0, 0, "Train officers 😀."));
        group.meet();
        let theirs = group.edit(1, &typed(at.clone(), "Train officers 😀.", 6, 8, "មន្ត្រី"));
        let mine = group.edit(0, &typed(at.clone(), "Train officers 😀.", 0, 0, "Now: "));
        group.meet();
        for doc in &group.docs {
            let words = doc.words(&at).expect("words");
            let said: Vec<(&str, Option<Hash>)> = words.iter().map(|one| (one.text.as_str(), one.change)).collect();
            let expected = [("Now: ", mine.hash), ("Train ", first.hash), ("មន្ត្រី", theirs.hash), (" 😀.", first.hash)];
            assert_eq!(said, expected.map(|(text, hash)| (text, Some(hash))));
        }
        assert_eq!(group.docs[0].words(&At::root("expected-outputs")).map(|words| words.len()), Ok(0));
        assert!(group.docs[0].words(&At::root("no-such")).is_err());
    }
}
