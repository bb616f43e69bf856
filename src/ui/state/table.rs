//! The rows of a plan's table, each with a signal of its own: one changed row repaints one row.

use std::{collections::BTreeMap, sync::Arc};

use leptos::prelude::*;

use crate::{domain::DocId, engine::api::ProjectRow};

/// A row that many read and nobody copies.
pub type Line = Arc<ProjectRow>;

type Rows = BTreeMap<DocId, ArcRwSignal<Line>>;

/// A plan's rows. Cheap to clone: all clones are one table.
#[derive(Clone, Default)]
pub struct Table {
    rows: ArcRwSignal<Arc<Rows>>,
    /// Counts up with every change of any row.
    changes: ArcRwSignal<u32>,
}

impl Table {
    /// All rows anew; a row that did not change is not repainted.
    pub fn replace(&self, rows: Vec<ProjectRow>) {
        let kept: std::collections::BTreeSet<DocId> = rows.iter().map(|row| row.doc).collect();
        let gone: Vec<DocId> =
            self.rows.with_untracked(|rows| rows.keys().filter(|doc| !kept.contains(doc)).copied().collect());
        self.patch(rows, &gone);
    }

    /// Some rows changed, some went.
    pub fn patch(&self, changed: Vec<ProjectRow>, gone: &[DocId]) {
        let mut rows = self.rows.get_untracked();
        let (mut listed, mut moved) = (false, false);
        for row in changed {
            match rows.get(&row.doc) {
                Some(signal) => {
                    if signal.with_untracked(|old| **old != row) {
                        signal.set(Arc::new(row));
                        moved = true;
                    }
                }
                None => {
                    Arc::make_mut(&mut rows).insert(row.doc, ArcRwSignal::new(Arc::new(row)));
                    listed = true;
                }
            }
        }
        for doc in gone {
            listed |= Arc::make_mut(&mut rows).remove(doc).is_some();
        }
        if listed {
            self.rows.set(rows);
        }
        if listed || moved {
            self.changes.update(|count| *count = count.wrapping_add(1));
        }
    }

    /// Reads all rows as they stand; whoever reads is called again when any of them changes.
    pub fn read<R>(&self, work: impl FnOnce(&[Line]) -> R) -> R {
        self.changes.track();
        let rows: Vec<Line> = self.rows.with_untracked(|rows| rows.values().map(GetUntracked::get_untracked).collect());
        work(&rows)
    }

    /// The signal of one row.
    pub fn row(&self, doc: DocId) -> Option<ArcRwSignal<Line>> {
        self.rows.with_untracked(|rows| rows.get(&doc).cloned())
    }
}
