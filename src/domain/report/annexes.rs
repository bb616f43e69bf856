//! What is annexed to a report, after the list of delegates and the agenda: the numbers follow from the order.

use serde::{Deserialize, Serialize};

use super::items;
use crate::domain::{
    act::ActRecord,
    id::EntityId,
    paper::{FileHash, papers},
    record::Record,
};

/// A document that the agenda names, or a paper with its file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Annex {
    /// What it is called.
    pub name: String,
    /// The paper, and the SHA-256 of its file.
    pub file: Option<(EntityId, FileHash)>,
}

/// The annexes of a session's report, in the order of its agenda: at each item its papers, oldest first, then the documents
/// that are only named there. A file is annexed once, and a document that a paper of the same name brings is that paper.
/// Papers of the session as a whole, and of what was taken off the agenda, are no annexes.
#[must_use]
pub fn annexes(root: &Record, agenda: &[Record], acts: &[ActRecord]) -> Vec<Annex> {
    let mut papers = papers(root);
    papers.retain(|paper| paper.withdrawn.is_none());
    let on_it: Vec<EntityId> =
        items(agenda, acts).into_iter().filter(|(_, number)| !number.is_empty()).map(|(item, _)| item).collect();
    papers.retain(|paper| paper.item.is_some_and(|item| on_it.contains(&item)));
    let same = |one: &str, other: &str| one.trim().to_lowercase() == other.trim().to_lowercase();
    let mut found: Vec<Annex> = Vec::new();
    for item in on_it {
        for paper in papers.iter().filter(|paper| paper.item == Some(item)) {
            if !found.iter().any(|known| known.file.is_some_and(|(_, hash)| hash == paper.hash)) {
                let name = if paper.title.trim().is_empty() { &paper.name } else { &paper.title };
                found.push(Annex { name: name.clone(), file: Some((paper.id, paper.hash)) });
            }
        }
        let documents =
            agenda.iter().filter(|record| record.id == Some(item)).flat_map(|record| record.members("documents"));
        for (name, _) in documents {
            let brought = papers.iter().any(|paper| same(&paper.title, name) || same(&paper.name, name));
            if !brought && !found.iter().any(|known| same(&known.name, name)) {
                found.push(Annex { name: name.to_owned(), file: None });
            }
        }
    }
    found
}
