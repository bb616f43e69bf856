//! Cached rows: what lists and first paint show of a document without loading it.
//!
//! A row is projected from the document with every change. Of own changes it is written a little later (`lately`); after a
//! crash before that the document is read before anything is shown. Rights and marks are put in when a row is shown.

mod register;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use self::register::register_row;
pub use self::register::{RegisterParty, RegisterRow};
use super::{
    documents::Held,
    drafts::DraftRow,
    news::PersonRow,
    points::{DecidedRow, ProposedRow, ReportRow, VoiceRow},
};
use crate::{
    domain::{
        ActRecord, ClaimKind, DocId, DocKind, EntityId, Record, Snapshot, Value,
        act::Sets,
        baseline::Baseline,
        claim::standing,
        meeting::{self, Beside, dates, options},
        plan::{self, PlanState},
        project::{self, ProjectStatus},
    },
    engine::api::{ActivityRow, Brief, Mark, MeetingRow, PlanCard, ProjectRow, Standing, WideRow, wire},
};

/// The shape of a row, with all that pages show of it. Counted up when that changes: rows of another shape are made anew.
const ROW: u8 = 10;

/// What the store keeps under a document's id in `row`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The document's kind.
    pub kind: DocKind,
    /// Number of the last entry of the document that the hub acknowledged.
    pub last: u64,
    /// Number of the first chunk.
    pub first: u64,
    /// Number the next chunk gets.
    pub next: u64,
    /// Bytes of the compacted chunk.
    pub snapshot: u64,
    /// Bytes of the chunks after it.
    pub tail: u64,
    /// How far others wrote in it: the hub's number of the last of that, and when it received it.
    pub heard: Option<(u64, u64)>,
    /// In how many fields values stand beside each other that were written at the same time.
    pub beside: u32,
    /// What lists show.
    pub shown: Shown,
}

/// What lists show, by kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Shown {
    /// A work plan.
    Plan(Box<PlanRow>),
    /// A project.
    Project(Box<ProjectRow>),
    /// A meeting.
    Meeting(Box<MeetingRow>),
    /// A session: its meeting, how many items stand on its agenda, what was proposed for that, and its report.
    Session { meeting: Option<DocId>, items: u32, proposed: Box<ProposedRow>, report: Box<ReportRow> },
    /// A register.
    Register(Box<RegisterRow>),
    /// A document that no list shows.
    Unlisted,
    /// A draft.
    Draft(Box<DraftRow>),
    /// A party's voice.
    Voice(Box<VoiceRow>),
    /// What the person keeps for themselves.
    Person(Box<PersonRow>),
}

/// A work plan in lists, and what its projects need of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanRow {
    /// The card; its counts are made when it is shown.
    pub card: PlanCard,
    /// Statuses the Secretariat published, by project document.
    pub published: Vec<(EntityId, Standing<ProjectStatus>)>,
    /// The taxonomy: entity, code, title.
    pub areas: Vec<(EntityId, String, String)>,
    /// Its life. Where it leads is folded when it is shown: that rests on the chair terms too.
    pub life: Vec<StepRow>,
    /// What was decided by a paragraph of a report.
    pub decided: Vec<DecidedRow>,
}

/// An act in the life of a plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StepRow {
    /// The act; its manifest is left in the document.
    pub act: ActRecord,
    /// When the hub received it, where it told.
    pub received_at: Option<u64>,
    /// How many projects it froze.
    pub frozen: Option<u32>,
}

impl Row {
    /// The bytes for the store.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        wire::keep(ROW, self)
    }

    /// From the store; none when another version wrote it: it is then made anew from the document.
    #[must_use]
    pub fn decode(value: &[u8]) -> Option<Self> {
        wire::kept(ROW, value).ok()
    }
}

/// In how many fields values stand beside each other. What is withdrawn asks nobody to choose.
#[must_use]
pub fn beside(snapshot: &Snapshot) -> u32 {
    let records = snapshot.collections.values().flatten().filter(|record| record.withdrawn.is_none());
    let fields = records.chain([&snapshot.root]).flat_map(|record| record.fields.values());
    count(fields.filter(|held| !held.others.is_empty()))
}

/// What lists show of a document.
#[must_use]
pub fn shown(doc: DocId, held: &Held) -> Shown {
    let snapshot = held.snapshot();
    match snapshot.kind {
        DocKind::Plan => Shown::Plan(Box::new(plan_row(doc, held))),
        DocKind::Project => Shown::Project(Box::new(project_row(doc, snapshot))),
        DocKind::Meeting => Shown::Meeting(Box::new(meeting_row(doc, snapshot))),
        DocKind::Session => Shown::Session {
            meeting: snapshot.root.read("meeting"),
            items: count(snapshot.collection("items").iter().filter(|item| item.withdrawn.is_none())),
            proposed: Box::new(ProposedRow::new(snapshot)),
            report: Box::new(ReportRow::new(snapshot)),
        },
        DocKind::Register => Shown::Register(Box::new(register_row(snapshot))),
        DocKind::Draft => Shown::Draft(Box::new(DraftRow::new(held))),
        DocKind::Voice => Shown::Voice(Box::new(VoiceRow::new(held))),
        DocKind::Person => Shown::Person(Box::new(PersonRow::new(snapshot))),
        DocKind::Annotation | DocKind::Text | DocKind::Consultation | DocKind::Response | DocKind::Logistics => {
            Shown::Unlisted
        }
    }
}

fn count<T>(items: impl Iterator<Item = T>) -> u32 {
    items.fold(0, |count: u32, _| count.saturating_add(1))
}

fn int(record: &Record, field: &str) -> Option<i64> {
    match record.fields.get(field)?.value {
        Value::Int(number) => Some(number),
        Value::Empty | Value::Bool(_) | Value::Str(_) => None,
    }
}

fn languages(record: &Record, field: &str) -> Vec<(String, String)> {
    record.members(field).filter_map(|(tag, held)| Some((tag.to_owned(), held.value.as_str()?.to_owned()))).collect()
}

fn words(record: &Record, field: &str) -> Vec<String> {
    record.members(field).map(|(word, _)| word.to_owned()).collect()
}

fn plan_row(doc: DocId, held: &Held) -> PlanRow {
    let snapshot = held.snapshot();
    let root = &snapshot.root;
    let year = |field| int(root, field).and_then(|year| i16::try_from(year).ok()).unwrap_or_default();
    let card = PlanCard {
        doc,
        title: root.line("title").to_owned(),
        framework: root.read("framework").unwrap_or(crate::domain::Framework::Accsm),
        from: year("from"),
        to: year("to"),
        state: Standing { state: PlanState::Drafting, provisional: false },
        previous: root.read("previous"),
        adopted: root.read("adopted"),
        published_total: int(root, "published-total").and_then(|total| u32::try_from(total).ok()),
        frozen_total: None,
        counted: 0,
        here: 0,
        by_status: BTreeMap::new(),
        mark: Mark::Pending,
    };
    let published = project::published(&snapshot.acts)
        .into_iter()
        .map(|(target, folded)| (target, Standing { state: folded.state, provisional: folded.provisional }))
        .collect();
    let areas = snapshot
        .collection("areas")
        .iter()
        .filter(|area| area.withdrawn.is_none())
        .filter_map(|area| Some((area.id?, area.line("code").to_owned(), area.line("title").to_owned())))
        .collect();
    let moves = snapshot.acts.iter().filter(|record| record.act.as_ref().and_then(Sets::<PlanState>::sets).is_some());
    let life = moves
        .map(|act| {
            let baseline = act.act.as_ref().and_then(plan::step).and_then(|step| step.baseline.as_ref());
            let frozen = baseline.and_then(Baseline::count);
            let of_act = |number| held.provenances().values().find(|known| known.number == number);
            let received_at = act.number.and_then(of_act).and_then(|known| known.received_at);
            StepRow { act: plan::without_manifest(act), received_at, frozen }
        })
        .collect();
    PlanRow { card, published, areas, life, decided: DecidedRow::all(&snapshot.acts) }
}

/// What lists show of a project: without what its plan says of it.
#[must_use]
pub fn project_row(doc: DocId, snapshot: &Snapshot) -> ProjectRow {
    let root = &snapshot.root;
    ProjectRow {
        doc,
        plan: root.read("plan").unwrap_or(DocId::from_bytes([0; 16])),
        reference: None,
        title: root.line("title").to_owned(),
        kind: root.read("kind"),
        leads: project::leads(root),
        area: root.read("area"),
        claimed: project::claimed(&snapshot.claims),
        published: None,
        planned: (project::first_date(snapshot, ClaimKind::Start), project::first_date(snapshot, ClaimKind::End)),
        current: (project::date(snapshot, ClaimKind::Start), project::date(snapshot, ClaimKind::End)),
        actual: (project::date(snapshot, ClaimKind::ActualStart), project::date(snapshot, ClaimKind::ActualEnd)),
        remarks: root.line("remarks").to_owned(),
        note: root.text("progress-note").to_owned(),
        confirmed: root.read("confirmed"),
        carried_from: root.read("carried-from"),
        carried_to: None,
        merged_into: root.read("merged-into"),
        reason: match standing(&snapshot.claims, ClaimKind::Status).as_slice() {
            [one] => one.reason.clone(),
            [] | [_, _, ..] => String::new(),
        },
        may_write: false,
        mark: Mark::Pending,
        activities: activities(snapshot),
        reported: live(snapshot, "reports")
            .any(|report| report.read::<ProjectStatus>("status") == Some(ProjectStatus::Completed)),
        wide: wide_row(snapshot),
        schema: snapshot.schema,
    }
}

fn wide_row(snapshot: &Snapshot) -> WideRow {
    let root = &snapshot.root;
    let tips = |what| standing(&snapshot.claims, what).into_iter().map(|claim| claim.id).collect();
    WideRow {
        lead: root.read("lead"),
        objective: Brief::of(root.text("objective")),
        outputs: Brief::of(root.text("expected-outputs")),
        indicators: count(live(snapshot, "indicators")),
        partners: root.members("partners").filter_map(|(code, _)| code.parse().ok()).collect(),
        agency: root.line("implementing-agency").to_owned(),
        funding: root.line("funding-source").to_owned(),
        status_claims: tips(ClaimKind::Status),
        start_claims: tips(ClaimKind::Start),
        end_claims: tips(ClaimKind::End),
    }
}

fn live<'a>(snapshot: &'a Snapshot, collection: &str) -> impl Iterator<Item = &'a Record> {
    snapshot.collection(collection).iter().filter(|record| record.withdrawn.is_none())
}

fn activities(snapshot: &Snapshot) -> Vec<ActivityRow> {
    let row = |record: &Record| {
        Some(ActivityRow {
            id: record.id?,
            title: record.line("title").to_owned(),
            kind: Some(record.line("kind")).filter(|kind| !kind.is_empty()).map(str::to_owned),
            start: record.read("start"),
            end: record.read("end"),
            status: record.read("status"),
        })
    };
    live(snapshot, "activities").filter_map(row).collect()
}

fn meeting_row(doc: DocId, snapshot: &Snapshot) -> MeetingRow {
    let root = &snapshot.root;
    let state = meeting::state(&snapshot.acts);
    let fixed = dates::fixed(root, &snapshot.acts);
    MeetingRow {
        doc,
        title: root.line("title").to_owned(),
        meeting: root.read("type"),
        framework: root.read("framework"),
        gathering: root.read("gathering"),
        term: int(root, "term").and_then(|term| u16::try_from(term).ok()),
        start: fixed.now.start,
        end: fixed.now.end,
        from: fixed.now.from,
        until: fixed.now.until,
        zone: fixed.now.zone,
        planned: fixed.planned.start.filter(|planned| Some(*planned) != fixed.now.start),
        mode: dates::mode(root, &snapshot.acts).0,
        city: root.line("city").to_owned(),
        venue: root.line("venue").to_owned(),
        link: root.line("platform-link").to_owned(),
        ordinal: int(root, "ordinal"),
        predecessor: root.read("predecessor"),
        reports_to: root.read("reports-to"),
        parallel: root.read(Beside::Plus3.field()),
        open_session: root.read(Beside::Open.field()),
        revision: dates::revision(&snapshot.acts),
        days: root
            .members(options::PROPOSED)
            .filter_map(|(id, held)| Some((id.parse().ok()?, held.value.as_str()?.parse().ok()?)))
            .collect(),
        chair: root.read("chair"),
        host: root.read("host"),
        state: state.moved.then_some(Standing { state: state.state, provisional: state.provisional }),
        items: 0,
        mark: Mark::Pending,
    }
}
