//! What rows keep of reports, of what parties say for them, and of what was decided by them.

use serde::{Deserialize, Serialize};

use super::super::documents::Held;
use crate::{
    domain::{
        Act, ActRecord, EntityId, Record, Snapshot, When,
        act::Sets,
        agenda::{self, proposal},
        comment::CommentKind,
        meeting::{
            ReportState,
            options::{AVAILABLE, Says, says},
        },
        plan::PlanState,
        project::ProjectStatus,
        report::{self, Entry, Manifest, Point, ReportAct, SuggestionKind, decided},
    },
    engine::api::Standing,
};

/// What lists keep of a report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReportRow {
    /// Where it is.
    pub state: Standing<ReportState>,
    /// The items of the agenda in order, with their numbers.
    pub items: Vec<(EntityId, String)>,
    /// Its paragraphs by place.
    pub entries: Vec<Entry>,
    /// Decisions and actions: as adopted, once it is.
    pub points: Vec<Point>,
    /// Results that were recorded here of decisions which came up.
    pub results: Vec<ActRecord>,
    /// The suggestions that were answered.
    pub answered: Vec<EntityId>,
    /// The paragraphs of what is released to the public: they are written also after the adoption.
    pub releases: Vec<EntityId>,
}

impl ReportRow {
    /// Of a loaded session.
    #[must_use]
    pub fn new(snapshot: &Snapshot) -> Self {
        let folded = report::state(&snapshot.acts);
        let adopted = report::frozen(&snapshot.acts).and_then(|(_, frozen)| Manifest::read(&frozen.manifest));
        let points = match &adopted {
            Some(manifest) => manifest.lines().filter_map(Point::adopted).collect(),
            None => snapshot.collection("paragraphs").iter().filter_map(Point::of).collect(),
        };
        let records = |act: &&ActRecord| matches!(report::of_act(act), Some(ReportAct::Record(_)));
        let answers =
            |act: &ActRecord| act.target.filter(|_| matches!(report::of_act(act), Some(ReportAct::Answer(_))));
        Self {
            state: Standing { state: folded.state, provisional: folded.provisional },
            items: report::items(snapshot.collection("items"), &snapshot.acts),
            entries: Entry::all(snapshot, "paragraphs"),
            points,
            results: snapshot.acts.iter().filter(records).cloned().collect(),
            releases: {
                let all = snapshot.collection("paragraphs").iter().filter(|record| report::is_release(record));
                all.filter_map(|record| record.id).collect()
            },
            answered: snapshot.acts.iter().filter_map(answers).collect(),
        }
    }
}

/// What lists keep of what is proposed for an agenda.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ProposedRow {
    /// Until when items may be proposed.
    pub until: Option<When>,
    /// Whether the agenda is adopted, or adopted and closed.
    pub frozen: bool,
    /// The items, also those that were withdrawn: one of them may come of a proposal.
    pub items: Vec<EntityId>,
    /// The proposals that were declined.
    pub declined: Vec<EntityId>,
}

impl ProposedRow {
    /// Of a loaded session.
    #[must_use]
    pub fn new(snapshot: &Snapshot) -> Self {
        let declines = |act: &ActRecord| act.target.filter(|_| matches!(act.act, Some(Act::DeclineItem)));
        Self {
            until: snapshot.root.read("proposals-until"),
            frozen: agenda::state(&snapshot.acts).state.frozen(),
            items: snapshot.collection("items").iter().filter_map(|item| item.id).collect(),
            declined: snapshot.acts.iter().filter_map(declines).collect(),
        }
    }
}

/// What lists keep of a party's voice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VoiceRow {
    /// What it put into a report, by place.
    pub entries: Vec<Entry>,
    /// What it said of its actions, and of questions.
    pub said: Vec<ActRecord>,
    /// Its questions.
    pub questions: Vec<EntityId>,
    /// Items that it proposes for an agenda.
    pub items: Vec<EntityId>,
    /// Its suggestions to a report: each, and the paragraph it is about.
    pub suggestions: Vec<(EntityId, EntityId)>,
    /// The days proposed for a meeting that it answered.
    pub days: Vec<EntityId>,
}

impl VoiceRow {
    /// Of a loaded voice.
    #[must_use]
    pub fn new(held: &Held) -> Self {
        let snapshot = held.snapshot();
        let kept = |act: &&ActRecord| {
            matches!(report::of_act(act), Some(ReportAct::Progress(_))) || matches!(act.act, Some(Act::Settle(_)))
        };
        let live = |collection: &str, is: fn(&Record) -> bool| {
            let records = snapshot.collection(collection).iter();
            records.filter(|record| record.withdrawn.is_none() && is(record)).filter_map(|record| record.id).collect()
        };
        Self {
            entries: Entry::all(snapshot, "interventions"),
            said: snapshot.acts.iter().filter(kept).cloned().collect(),
            questions: live("comments", |record| record.read("kind") == Some(CommentKind::Question)),
            items: live("proposals", proposal::is_item),
            suggestions: {
                let all = snapshot.collection("proposals").iter().filter(|record| record.withdrawn.is_none());
                let all = all.filter(|record| record.read::<SuggestionKind>("kind").is_some());
                all.filter_map(|record| Some((record.id?, record.read("about")?))).collect()
            },
            days: {
                let all = snapshot.root.members(AVAILABLE);
                all.filter(|(_, held)| matches!(says(Some(held)), Some(Says::One(_))))
                    .filter_map(|(id, _)| id.parse().ok())
                    .collect()
            },
        }
    }
}

/// What of a plan or a project was decided by a paragraph: what lists keep of a plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DecidedRow {
    /// The paragraph.
    pub paragraph: EntityId,
    /// The project; none for a step of the plan itself.
    pub project: Option<EntityId>,
    /// The plan's state.
    pub plan: Option<PlanState>,
    /// The project's status.
    pub status: Option<ProjectStatus>,
}

impl DecidedRow {
    /// All of a plan.
    #[must_use]
    pub fn all(acts: &[ActRecord]) -> Vec<Self> {
        let row = |(act, by): (EntityId, report::DecidedBy)| {
            let step = acts.iter().find(|record| record.id == act)?;
            let (plan, status) = (step.act.as_ref()?.sets(), step.act.as_ref()?.sets());
            let said = plan.is_some() || status.is_some();
            said.then_some(Self { paragraph: by.paragraph, project: step.target, plan, status })
        };
        decided(acts).into_iter().filter_map(row).collect()
    }
}
