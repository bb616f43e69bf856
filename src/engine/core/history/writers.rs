//! Who wrote which words of a prose field.

use super::PAUSE;
use crate::{
    domain::{At, DocId},
    engine::{api::Written, core::Engine},
};

impl Engine {
    /// The words of a field in their order: what one person wrote in one sitting, and stands together, is one.
    pub(in crate::engine::core) fn written(&self, doc: DocId, at: &At) -> Vec<Written> {
        let Some(held) = self.documents.get(doc) else { return Vec::new() };
        let words = crate::engine::core::documents::working(doc, || held.doc().words(at)).unwrap_or_default();
        let mut written: Vec<Written> = Vec::new();
        for one in words {
            let known = one.change.and_then(|hash| held.provenance(&hash));
            let origin = one.change.and_then(|hash| held.doc().origin(&hash)).unwrap_or_default();
            let at = known.and_then(|known| known.received_at).unwrap_or(origin.millis);
            let person = origin.device.and_then(|device| self.catalogue.owner(device));
            let by = self.who(person, at);
            match written.last_mut() {
                Some(last) if last.by == by && last.at.abs_diff(at) <= PAUSE => {
                    last.text.push_str(&one.text);
                    last.at = last.at.max(at);
                }
                Some(_) | None => written.push(Written { text: one.text, by, at }),
            }
        }
        written
    }
}
