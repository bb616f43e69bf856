//! One project with its plan's words about it and what parties say.

use super::super::{Engine, marks::Parties, rows::Shown, rules::standing_status};
use crate::{
    domain::{DocId, DocKind, EntityId, Fact, PartyCode, Writer, project, project::ProjectStatus, schema},
    engine::api::{CommentView, ProjectView},
};

impl Engine {
    pub(super) fn project_view(&self, doc: DocId) -> Option<ProjectView> {
        let snapshot = self.attributed(doc)?;
        let Shown::Project(row) = &self.rows.get(&doc)?.shown else { return None };
        let mut parties = Parties::default();
        let row = self.shown_project(row, &self.published(row.plan), &mut parties);
        let plan = self.plan_row(row.plan);
        let linked = |doc: DocId| (doc, self.plan_of(doc).map(|plan| self.title(plan)).unwrap_or_default());
        let standing = standing_status(&snapshot);
        let claimable =
            |to: &&ProjectStatus| Some(**to) != standing && project::check_claim(standing, **to, "any").is_ok();
        let may_write = row.may_write && snapshot.schema <= schema::CURRENT;
        Some(ProjectView {
            plan_title: plan.map(|plan| plan.card.title.clone()).unwrap_or_default(),
            areas: plan.map(|plan| plan.areas.clone()).unwrap_or_default(),
            carried_from: row.carried_from.map(linked),
            carried_to: self.carried_to(doc).map(linked),
            comments: self.comments(doc, &mut parties),
            may_write,
            may_publish: self.is_secretariat() && self.may_write(row.plan),
            may_comment: self.may_comment(doc),
            marks: self.marks(doc, &snapshot, &mut parties),
            next: if may_write { ProjectStatus::ALL.iter().filter(claimable).copied().collect() } else { Vec::new() },
            row,
            snapshot,
        })
    }

    /// What parties say about a subject, oldest first.
    pub(super) fn comments(&self, subject: DocId, parties: &mut Parties) -> Vec<CommentView> {
        let mut comments = Vec::new();
        for voice in self.voices(subject) {
            let (Some(held), Some(party)) = (self.documents.get(voice), self.speaker(voice)) else { continue };
            let mine = held.snapshot().schema <= schema::CURRENT && self.may_write(voice);
            for record in held.snapshot().collection("comments") {
                let Some(id) = record.id else { continue };
                let received = held.touch_of(id).map(|touch| touch.first_at).filter(|at| *at > 0);
                comments.push(CommentView {
                    id,
                    doc: voice,
                    party: party.clone(),
                    about: record.read("about"),
                    text: record.text("text").to_owned(),
                    withdrawn: record.withdrawn.is_some(),
                    at: received.unwrap_or_else(|| made_at(id)),
                    mine,
                    mark: self.record_mark(voice, held, id, parties),
                });
            }
        }
        comments.sort_by_key(|comment| (comment.at, comment.id));
        comments
    }

    /// Whose voice it is.
    fn speaker(&self, voice: DocId) -> Option<PartyCode> {
        match self.entry(voice)?.writers.as_slice() {
            [Writer::Party(party)] => Some(party.clone()),
            _ => None,
        }
    }

    /// Whether the person may say something about a subject.
    pub(super) fn may_comment(&self, subject: DocId) -> bool {
        let (Some(voice), Some(account), Some(entry)) = (self.own_voice(subject), &self.account, self.entry(subject))
        else {
            return false;
        };
        if self.entry(voice).is_some() {
            return self.may_write(voice);
        }
        self.may_state(&Fact::Doc {
            id: voice,
            kind: DocKind::Voice,
            subject: Some(subject),
            audience: entry.audience.clone(),
            writers: vec![Writer::Party(account.party.clone())],
            origin: None,
        })
        .is_ok()
    }
}

/// When an id was made, by the clock of the device that made it: the first 48 bits of a `UUIDv7`.
fn made_at(id: EntityId) -> u64 {
    id.to_bytes()[..6].iter().fold(0, |millis, byte| millis << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_tells_when_it_was_made() {
        assert_eq!(made_at(EntityId::fresh(1_605_571_200_000, [0; 10])), 1_605_571_200_000);
    }
}
