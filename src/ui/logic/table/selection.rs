//! The rows that are chosen, as in a spreadsheet: one by one, from one to another, or all that are shown.

use std::collections::BTreeSet;

use crate::domain::DocId;

/// The chosen rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    rows: BTreeSet<DocId>,
    /// From where a range goes.
    anchor: Option<DocId>,
}

impl Selection {
    /// Whether a row is chosen.
    #[must_use]
    pub fn has(&self, doc: DocId) -> bool {
        self.rows.contains(&doc)
    }

    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Chooses a row or leaves it; ranges go from here.
    pub fn toggle(&mut self, doc: DocId) {
        if !self.rows.remove(&doc) {
            self.rows.insert(doc);
        }
        self.anchor = Some(doc);
    }

    /// Chooses everything from where the last choice was made to `to`, in the order shown; what was outside stays.
    pub fn reach(&mut self, order: &[DocId], from: DocId, to: DocId) {
        let anchor = *self.anchor.get_or_insert(from);
        let at = |doc: DocId| order.iter().position(|known| *known == doc);
        let (Some(a), Some(b)) = (at(anchor).or_else(|| at(from)), at(to)) else { return };
        self.rows.extend(&order[a.min(b)..=a.max(b)]);
    }

    /// The cursor went on by itself: the next range begins where it is then.
    pub fn leave(&mut self) {
        self.anchor = None;
    }

    /// Chooses all that are shown; when they are already, none.
    pub fn all(&mut self, order: &[DocId]) {
        let all: BTreeSet<DocId> = order.iter().copied().collect();
        self.rows = if self.rows == all { BTreeSet::new() } else { all };
        self.anchor = None;
    }

    /// Chooses nothing.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Leaves what is not shown any more: nothing happens to a row that nobody sees.
    pub fn keep(&mut self, order: &[DocId]) {
        let shown: BTreeSet<&DocId> = order.iter().collect();
        self.rows.retain(|doc| shown.contains(doc));
        self.anchor = self.anchor.filter(|anchor| shown.contains(anchor));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn docs(ns: &[u8]) -> Vec<DocId> {
        ns.iter().map(|n| DocId::from_bytes([*n; 16])).collect()
    }

    fn chosen(selection: &Selection, order: &[DocId]) -> Vec<u8> {
        order.iter().filter(|doc| selection.has(**doc)).map(|doc| doc.to_bytes()[0]).collect()
    }

    #[test]
    fn a_range_goes_from_the_last_choice_in_the_order_that_is_shown() {
        let order = docs(&[5, 1, 4, 2, 3]);
        let mut selection = Selection::default();
        selection.toggle(order[3]);
        selection.reach(&order, order[3], order[1]);
        assert_eq!(chosen(&selection, &order), [1, 4, 2]);
        selection.toggle(order[2]);
        assert_eq!(chosen(&selection, &order), [1, 2]);
        selection.keep(&order[2..]);
        assert_eq!(chosen(&selection, &order), [2], "what a filter hides is not chosen any more");
        selection.all(&order[..2]);
        assert_eq!((chosen(&selection, &order), selection.len()), (vec![5, 1], 2));
        selection.all(&order[..2]);
        assert!(selection.is_empty());
    }

    #[test]
    fn without_a_choice_a_range_begins_where_the_cursor_was() {
        let order = docs(&[1, 2, 3]);
        let mut selection = Selection::default();
        selection.reach(&order, order[0], order[1]);
        assert_eq!(chosen(&selection, &order), [1, 2]);
        selection.reach(&order, order[1], order[2]);
        assert_eq!(chosen(&selection, &order), [1, 2, 3]);
        selection.clear();
        selection.toggle(order[0]);
        selection.leave();
        selection.reach(&order, order[1], order[2]);
        assert_eq!(chosen(&selection, &order), [1, 2, 3], "what was chosen before stays chosen");
    }
}
