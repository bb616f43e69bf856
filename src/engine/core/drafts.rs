//! National work: drafts that nobody but one's own delegation has, the second pair of eyes, and what is submitted of them.
//!
//! A project that was submitted is another document. It is made in one change of what the draft says at that moment, so that
//! nothing of how the draft came to be is in it: no earlier word, no id that tells when something was written.

use serde::{Deserialize, Serialize};

use super::{
    Engine,
    closing::{claim, taken},
    documents::Held,
    marks::Parties,
    refuse,
    rows::Shown,
};
use crate::{
    docs::Doc,
    domain::{
        Act, ActRecord, Audience, Claim, ClaimKind, DeviceId, DocId, DocKind, Edit, EntityId, Fact, Place, Snapshot,
        Writer, canon,
        claim::standing,
        draft::{self, BadDraft, Cleared, DraftState, DraftStep},
        project::ProjectStatus,
        record::Origin,
        rights::submitted_id,
        schema::{self, Field},
    },
    engine::api::{Colleague, CommandId, DraftCard, DraftView, Refusal, Standing},
};

/// A draft in lists. How it stands is reckoned when it is shown: that rests on whose device is whose too.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DraftRow {
    /// Title.
    pub title: String,
    /// The hash of what it says.
    pub of: [u8; 32],
    /// The device that wrote last of that.
    pub writer: Option<DeviceId>,
    /// The steps that were taken with it.
    pub steps: Vec<ActRecord>,
}

impl DraftRow {
    /// Of a loaded draft.
    #[must_use]
    pub fn new(held: &Held) -> Self {
        let snapshot = held.snapshot();
        let is_step = |record: &&ActRecord| matches!(record.act, Some(Act::StepDraft(_)));
        Self {
            title: snapshot.root.line("title").to_owned(),
            of: canon::digest(snapshot),
            writer: held.last_writer(),
            steps: snapshot.acts.iter().filter(is_step).cloned().collect(),
        }
    }
}

impl Held {
    /// The device that wrote last of what the document says, acts apart: in the hub's order, and what waits for the hub
    /// comes last.
    fn last_writer(&self) -> Option<DeviceId> {
        let number = |hash: &[u8; 32]| self.provenance(hash).map_or(u64::MAX, |kept| kept.number);
        let writers = self.doc().writers().into_iter();
        let (_, actor, _) = writers.max_by_key(|(hash, _, seq)| (number(hash), *seq))?;
        Some(DeviceId::from_bytes(actor.get(..16)?.try_into().ok()?))
    }
}

fn refused(why: BadDraft) -> Refusal {
    refuse(why.word(), why.to_string())
}

/// A draft as it stands, and by whose words.
struct Now<'a> {
    row: &'a DraftRow,
    standing: draft::Standing,
    writer: Origin,
    project: Option<DocId>,
}

impl Engine {
    fn draft(&self, doc: DocId) -> Option<Now<'_>> {
        let Shown::Draft(row) = &self.rows.get(&doc)?.shown else { return None };
        let steps: Vec<ActRecord> = row
            .steps
            .iter()
            .map(|act| ActRecord { origin: self.attributed_origin(&act.origin), ..act.clone() })
            .collect();
        let mine = || self.account.as_ref().map(|own| own.device);
        // What is being typed is already somebody's word.
        let device = if self.typed_in(doc, None) { mine() } else { row.writer };
        let writer = self.attributed_origin(&Origin { device, ..Origin::default() });
        let project = Some(submitted_id(doc)).filter(|project| self.entry(*project).is_some());
        let standing = draft::standing(&steps, &row.of, &writer, project);
        Some(Now { row, standing, writer, project })
    }

    fn shown(&self, now: &Now<'_>) -> Standing<DraftState> {
        let provisional = match now.project {
            Some(project) => !self.acknowledged.docs.contains_key(&project),
            None => match now.standing.state {
                DraftState::Writing | DraftState::Changed => false,
                DraftState::Returned | DraftState::Approved | DraftState::Withdrawn | DraftState::Submitted => {
                    now.standing.by.as_ref().is_some_and(|act| act.number.is_none())
                }
            },
        };
        Standing { state: now.standing.state, provisional }
    }

    /// The drafts for a plan, or for any, of one's own delegation: those that are worked on first.
    pub(super) fn drafts(&self, plan: Option<DocId>, parties: &mut Parties) -> Vec<DraftCard> {
        let of_plan = |doc: DocId| plan.is_none() || self.entry(doc).is_some_and(|entry| entry.subject == plan);
        let docs: Vec<DocId> = self.rows.keys().copied().filter(|doc| of_plan(*doc)).collect();
        let card = |doc: DocId| {
            let now = self.draft(doc)?;
            let (title, standing) = (now.row.title.clone(), self.shown(&now));
            Some(DraftCard { doc, title, standing, mark: self.mark_of(doc, parties) })
        };
        let mut drafts: Vec<DraftCard> = docs.into_iter().filter_map(card).collect();
        drafts.sort_by(|a, b| {
            let key = |card: &DraftCard| (card.standing.state.open().is_err(), card.title.clone(), card.doc);
            key(a).cmp(&key(b))
        });
        drafts
    }

    /// Whether a document is a draft for a plan.
    pub(super) fn drafts_for(&self, plan: DocId, doc: DocId) -> bool {
        self.entry(doc).is_some_and(|entry| entry.kind == DocKind::Draft && entry.subject == Some(plan))
    }

    /// How a draft stands, for its page.
    pub(super) fn draft_view(&self, doc: DocId) -> Option<DraftView> {
        let now = self.draft(doc)?;
        let me = self.me_as_origin();
        let may = |to: &&DraftStep| {
            let step = Cleared { to: **to, of: now.row.of };
            draft::check_step(now.standing.state, step, &now.row.of, (&me, &now.writer), "any").is_ok()
        };
        let submits = self.submission_fact(doc).is_some_and(|fact| self.may_state(&fact).is_ok());
        Some(DraftView {
            standing: self.shown(&now),
            of: now.row.of,
            writer: self.colleague(&now.writer),
            by: now
                .standing
                .by
                .as_ref()
                .and_then(|act| Some((self.colleague(&act.origin)?, act.origin.millis, act.reason.clone()))),
            may: if self.may_write(doc) { DraftStep::ALL.iter().filter(may).copied().collect() } else { Vec::new() },
            officer: submits,
            project: now.project,
            late: now.standing.late,
        })
    }

    fn me_as_origin(&self) -> Origin {
        let own = self.account.as_ref();
        Origin { person: own.map(|own| own.person), device: own.map(|own| own.device), ..Origin::default() }
    }

    fn colleague(&self, origin: &Origin) -> Option<Colleague> {
        let device = origin.device?;
        let known = self.catalogue.devices.get(&device);
        let own = self.account.as_ref();
        let role = |person| self.catalogue.appointed(person, self.today()).next().map(|appointment| appointment.role);
        Some(Colleague {
            me: own.is_some_and(|own| own.device == device || Some(own.person) == origin.person),
            role: origin.person.and_then(role),
            device: known.map(|device| device.label.clone()).unwrap_or_default(),
        })
    }

    /// Whether somebody may write in a document as far as it is a draft: not in one that was given up or submitted.
    pub(super) fn may_draft_in(&self, doc: DocId) -> Result<(), Refusal> {
        self.draft(doc).map_or(Ok(()), |now| now.standing.state.open().map_err(refused))
    }

    /// Whether this person may take a step with a draft.
    pub(super) fn may_step_draft(&self, doc: DocId, step: Cleared, reason: &str) -> Result<(), Refusal> {
        let now = self.draft(doc).ok_or_else(|| refuse("bad-value", "no such act on this document"))?;
        let (me, state) = (self.me_as_origin(), now.standing.state);
        draft::check_step(state, step, &now.row.of, (&me, &now.writer), reason).map_err(refused)
    }

    fn draft_fact(&self, doc: DocId, plan: DocId) -> Option<Fact> {
        let party = &self.account.as_ref()?.party;
        // The Secretariat leads no project.
        let of_plan = self.entry(plan)?.kind == DocKind::Plan && !self.is_secretariat();
        of_plan.then(|| Fact::Doc {
            id: doc,
            kind: DocKind::Draft,
            subject: Some(plan),
            audience: Audience::Party(party.clone()),
            writers: vec![Writer::Party(party.clone())],
            origin: None,
        })
    }

    /// Whether this person may draft a project for a plan.
    pub(super) fn may_draft(&self, plan: DocId) -> bool {
        let fact = self.draft_fact(DocId::from_bytes([0; 16]), plan);
        fact.is_some_and(|fact| self.may_state(&fact).is_ok())
    }

    /// Begins a draft of a project for a plan.
    pub(super) fn create_draft(
        &mut self,
        command: CommandId,
        doc: DocId,
        plan: DocId,
        title: &str,
    ) -> Result<(), Refusal> {
        if title.trim().is_empty() {
            return Err(refuse("bad-value", "a project needs a title"));
        }
        let fact = self.draft_fact(doc, plan).ok_or_else(|| refuse("not-a-writer", plan.to_string()))?;
        let lead = self.account.as_ref().map(|own| own.party.clone());
        self.make(command, fact)?;
        let fields = [("plan", plan.to_string()), ("title", title.trim().to_owned())];
        let lead = lead.map(|lead| ("lead", lead.to_string()));
        let fields = fields.into_iter().chain(lead).map(|(name, value)| (name.to_owned(), value.as_str().into()));
        self.write_edit(command, doc, Edit::Begin { fields: fields.collect(), texts: Vec::new() })
    }

    /// The fact by which a draft becomes a project of its plan.
    fn submission_fact(&self, draft: DocId) -> Option<Fact> {
        let entry = self.entry(draft).filter(|entry| entry.kind == DocKind::Draft)?;
        let plan = entry.subject?;
        Some(Fact::Doc {
            id: submitted_id(draft),
            kind: DocKind::Project,
            subject: Some(plan),
            audience: self.entry(plan)?.audience.clone(),
            writers: entry.writers.clone(),
            origin: Some(draft),
        })
    }

    /// Submits a draft: what it says becomes a project of its plan. Two who do it apart make one project.
    pub(super) fn submit_draft(&mut self, command: CommandId, draft: DocId) -> Result<DocId, Refusal> {
        // What is being typed was approved by nobody.
        self.commit_texts();
        let unknown = || refuse("unknown-document", draft.to_string());
        let held = self.documents.get(draft).ok_or_else(unknown)?;
        let fact = self.submission_fact(draft).ok_or_else(unknown)?;
        self.may_state(&fact).map_err(|why| refuse(why.word(), why.to_string()))?;
        let now = self.draft(draft).ok_or_else(unknown)?;
        now.standing.state.submittable().map_err(refused)?;
        let plan = self.entry(draft).and_then(|entry| entry.subject).ok_or_else(unknown)?;
        let edit = whole(draft, plan, held.snapshot());
        // Asked before the first is written: no project without its words.
        let author = self.author(self.clock()).ok_or_else(|| refuse("not-joined", "no account"))?;
        let tried = Doc::new(DocKind::Project).edit(&edit, &author);
        tried.map_err(|error| refuse(error.word(), error.to_string()))?;
        self.make(command, fact)?;
        let project = submitted_id(draft);
        self.write_edit(command, project, edit)?;
        Ok(project)
    }
}

/// Everything that a draft says as it is shown, under ids that say nothing of when it was written.
fn whole(draft: DocId, plan: DocId, snapshot: &Snapshot) -> Edit {
    let own = |what: &str| EntityId::derived(&["submitted", &draft.to_string(), what]);
    let names = |fields: &[Field]| fields.iter().map(|field| field.name).filter(|name| *name != "plan").collect();
    let table = schema::of(DocKind::Project);
    let all: Vec<&str> = names(table.map_or(&[], |table| table.fields));
    let (mut fields, texts) = taken(&snapshot.root, &all);
    fields.push(("plan".to_owned(), plan.to_string().as_str().into()));
    let mut edits = vec![Edit::Begin { fields, texts }];
    for collection in table.map_or(&[][..], |table| table.collections) {
        let names: Vec<&str> = names(collection.fields);
        for record in snapshot.collection(collection.name).iter().filter(|record| record.withdrawn.is_none()) {
            let Some(id) = record.id else { continue };
            let (fields, texts) = taken(record, &names);
            let place = record.place.as_ref().map(|place| Place {
                parent: place.parent.map(|parent| own(&parent.to_string())),
                key: place.key.clone(),
            });
            edits.push(Edit::Add { to: collection.name.to_owned(), id: own(&id.to_string()), place, fields, texts });
        }
    }
    for what in [ClaimKind::Start, ClaimKind::End, ClaimKind::ActualStart, ClaimKind::ActualEnd] {
        let shown = standing(&snapshot.claims, what).into_iter().next();
        edits.extend(shown.map(|Claim { value, as_of, evidence, reason, .. }| Edit::Claim {
            id: own(what.word()),
            what,
            value: value.clone(),
            as_of: *as_of,
            evidence: evidence.clone(),
            reason: reason.clone(),
            supersedes: Vec::new(),
        }));
    }
    edits.push(claim(own("proposed"), ProjectStatus::Proposed, "", Vec::new()));
    Edit::Make(edits)
}
