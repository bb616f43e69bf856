//! Decisions and actions over all meetings, by rows alone: what goes up to the next meeting and comes back, what parties are
//! to do, and what is carried along. Each is shown once, however often it was carried on.

mod rows;

use std::collections::{BTreeMap, BTreeSet};

use super::{Engine, marks::Parties, rows::Shown};
use crate::{
    domain::{
        ActRecord, DocId, EntityId, PartyCode,
        report::{
            self, ActionStatus, Entry, Level, Outcome, ParagraphKind, Point, first_of, outline, overdue, progress,
        },
    },
    engine::api::{ActionView, DecidedView, DecisionLink, MeetingRow, PointView, ResultView, SaidBy},
};

pub use rows::{DecidedRow, ProposedRow, ReportRow, VoiceRow};

/// A point with where it stands.
#[derive(Clone, Copy)]
struct Found<'a> {
    session: DocId,
    meeting: &'a MeetingRow,
    point: &'a Point,
}

/// All points, by the first of those that are one.
struct All<'a> {
    found: Vec<Found<'a>>,
    carries: BTreeMap<EntityId, EntityId>,
    /// Number and item of each paragraph of the reports that have points.
    places: BTreeMap<EntityId, (u32, String)>,
    /// What was recorded at each meeting of decisions that came up to it.
    results: BTreeMap<DocId, Vec<ActRecord>>,
}

impl<'a> All<'a> {
    fn root(&self, id: EntityId) -> EntityId {
        first_of(id, &self.carries)
    }

    /// Number and item: as adopted, once it is. 0 where it does not stand.
    fn place(&self, point: &Point) -> (u32, String) {
        let (number, item) = self.places.get(&point.id).cloned().unwrap_or_default();
        (point.number.unwrap_or(number), item)
    }

    /// The paragraphs that are one with another.
    fn chain(&self, id: EntityId) -> BTreeSet<EntityId> {
        let root = self.root(id);
        let same = self.found.iter().map(|found| found.point.id).filter(|other| self.root(*other) == root);
        same.chain([id, root]).collect()
    }

    /// The last of each chain among those that `pick` picks, in the order of their meetings.
    fn latest(&self, pick: impl Fn(&Found<'a>) -> bool) -> Vec<Found<'a>> {
        let mut last: BTreeMap<EntityId, Found<'a>> = BTreeMap::new();
        // In the order of their meetings: a later one takes the place of an earlier one.
        for found in self.found.iter().filter(|found| pick(found)) {
            last.insert(self.root(found.point.id), *found);
        }
        let here =
            |found: &Found<'_>| last.get(&self.root(found.point.id)).is_some_and(|it| it.point.id == found.point.id);
        self.found.iter().filter(|found| pick(found) && here(found)).copied().collect()
    }
}

impl Engine {
    pub(super) fn meeting_row(&self, doc: DocId) -> Option<&MeetingRow> {
        match &self.rows.get(&doc)?.shown {
            Shown::Meeting(row) => Some(row),
            _ => None,
        }
    }

    /// The report of a session, as its row has it.
    pub(super) fn report_row(&self, session: DocId) -> Option<(DocId, &ReportRow)> {
        match &self.rows.get(&session)?.shown {
            Shown::Session { meeting: Some(meeting), report, .. } => Some((*meeting, report)),
            _ => None,
        }
    }

    pub(super) fn voice_row(&self, voice: DocId) -> Option<&VoiceRow> {
        match &self.rows.get(&voice)?.shown {
            Shown::Voice(row) => Some(row),
            _ => None,
        }
    }

    /// The report of a session in its order, with what parties said in its place.
    pub(super) fn report_parts(&self, session: DocId) -> Vec<report::Part> {
        let Some((_, row)) = self.report_row(session) else { return Vec::new() };
        let voices = self.voices(session);
        let spoken = voices.iter().filter_map(|voice| self.voice_row(*voice)).flat_map(|voice| &voice.entries);
        let entries: Vec<Entry> = row.entries.iter().chain(spoken).cloned().collect();
        outline(&row.items, &entries)
    }

    fn all_points(&self) -> All<'_> {
        let (mut found, mut places): (Vec<Found<'_>>, BTreeMap<_, _>) = (Vec::new(), BTreeMap::new());
        let mut results: BTreeMap<DocId, Vec<ActRecord>> = BTreeMap::new();
        for session in self.rows.keys() {
            let Some((of, report)) = self.report_row(*session) else { continue };
            results.entry(of).or_default().extend(report.results.iter().map(|act| {
                let mut act = act.clone();
                act.origin.party = self.signed_by(*session, &act);
                act
            }));
            let Some(meeting) = self.meeting_row(of).filter(|_| !report.points.is_empty()) else { continue };
            found.extend(report.points.iter().map(|point| Found { session: *session, meeting, point }));
            for part in self.report_parts(*session) {
                let of_part = part.standing.iter().map(|(number, id)| (*id, (*number, part.number.clone())));
                places.extend(of_part);
            }
        }
        let order: BTreeMap<EntityId, usize> = found.iter().enumerate().map(|(at, it)| (it.point.id, at)).collect();
        found.sort_by_key(|it| {
            let day = it.meeting.start.map(|when| when.bounds().0);
            (day, it.meeting.doc, it.session, order.get(&it.point.id).copied())
        });
        let carries = found.iter().filter_map(|it| Some((it.point.id, it.point.carries?))).collect();
        All { found, carries, places, results }
    }

    fn act_said(act: &ActRecord) -> SaidBy {
        SaidBy {
            party: act.origin.party.clone(),
            at: act.origin.millis,
            reason: act.reason.clone(),
            provisional: act.number.is_none(),
        }
    }

    fn result_view(&self, found: Found<'_>, all: &All<'_>) -> Option<ResultView> {
        let up = found.meeting.reports_to?;
        let acts = all.results.get(&up).map_or(&[][..], Vec::as_slice);
        let now = report::result(acts, &all.chain(found.point.id));
        if !found.point.rises() && now.outcome == Outcome::Pending {
            return None;
        }
        Some(ResultView {
            outcome: now.outcome,
            changed: now.outcome != Outcome::Pending && now.by.as_ref().is_some_and(|(_, it)| it.of != found.point.of),
            said: now.by.map(|(act, _)| Self::act_said(&act)),
            aside: u32::try_from(now.not_applied.len()).unwrap_or(u32::MAX),
        })
    }

    /// What a party said of the points of a chain, by their sessions' voices.
    fn said_of(&self, chain: &BTreeSet<EntityId>, all: &All<'_>) -> Vec<(PartyCode, ActRecord)> {
        let of_chain = all.found.iter().filter(|found| chain.contains(&found.point.id));
        let sessions: BTreeSet<DocId> = of_chain.map(|found| found.session).collect();
        let voices = sessions.into_iter().flat_map(|session| self.voices(session));
        let said = |voice: DocId| Some((self.speaker(voice)?, self.voice_row(voice)?));
        voices
            .filter_map(said)
            .flat_map(|(party, row)| row.said.iter().map(move |act| (party.clone(), act.clone())))
            .collect()
    }

    fn action_view(&self, found: Found<'_>, all: &All<'_>) -> Option<ActionView> {
        (found.point.kind == ParagraphKind::Action).then(|| {
            let chain = all.chain(found.point.id);
            let party = found.point.party.as_ref();
            let (status, by) = progress(&self.said_of(&chain, all), &chain, party);
            let mine = self.account.as_ref().is_some_and(|own| Some(&own.party) == party);
            ActionView {
                status,
                said: by.map(|act| SaidBy { party: party.cloned(), ..Self::act_said(&act) }),
                overdue: overdue(found.point.due, status, self.today()),
                mine: mine && self.may_comment(found.session),
            }
        })
    }

    /// How an action of a session's report stands.
    pub(super) fn action_status(&self, session: DocId, action: EntityId) -> Option<ActionStatus> {
        let all = self.all_points();
        let found = all.found.iter().find(|found| found.session == session && found.point.id == action)?;
        self.action_view(*found, &all).map(|view| view.status)
    }

    fn decided_by(&self, paragraph: EntityId) -> Vec<DecidedView> {
        let plans = self.rows.iter().filter_map(|(doc, row)| match &row.shown {
            Shown::Plan(plan) => Some((*doc, plan)),
            _ => None,
        });
        let rows = plans.flat_map(|(doc, plan)| plan.decided.iter().map(move |row| (doc, row)));
        rows.filter(|(_, row)| row.paragraph == paragraph)
            .map(|(plan, row)| {
                let doc = row.project.map_or(plan, |project| DocId::from_bytes(project.to_bytes()));
                DecidedView { doc, title: self.title(doc), plan: row.plan, status: row.status }
            })
            .collect()
    }

    fn point_view(&self, found: Found<'_>, all: &All<'_>, parties: &mut Parties) -> PointView {
        let Found { session, meeting, point } = found;
        let (number, item) = all.place(point);
        let result = self.result_view(found, all);
        PointView {
            id: point.id,
            session,
            meeting: meeting.doc,
            title: meeting.title.clone(),
            level: meeting.meeting.and_then(Level::of),
            number,
            item,
            kind: point.kind,
            verb: point.verb,
            text: point.text.clone(),
            party: point.party.clone(),
            due: point.due,
            withdrawn: point.withdrawn,
            up: meeting.reports_to.filter(|_| result.is_some()).map(|up| (up, self.title(up))),
            result,
            action: self.action_view(found, all),
            decided: self.decided_by(point.id),
            mark: self.mark_of(session, parties),
        }
    }

    /// Decisions and actions of a meeting's reports, in their order.
    pub(super) fn points_of(&self, meeting: DocId, parties: &mut Parties) -> Vec<PointView> {
        let all = self.all_points();
        let here = all.found.iter().filter(|found| found.meeting.doc == meeting && !found.point.withdrawn);
        let mut points: Vec<_> = here.map(|found| self.point_view(*found, &all, parties)).collect();
        points.sort_by_key(|point| (point.session, point.number));
        points
    }

    /// What came up to a meeting, each decision once. One that was withdrawn or changed after a result was recorded of it
    /// stays, and is explained.
    pub(super) fn rising(&self, meeting: DocId, parties: &mut Parties) -> Vec<PointView> {
        let all = self.all_points();
        let comes = |found: &Found<'_>| {
            found.meeting.reports_to == Some(meeting)
                && found.point.kind == ParagraphKind::Decision
                && self.result_view(*found, &all).is_some()
        };
        all.latest(comes).into_iter().map(|found| self.point_view(found, &all, parties)).collect()
    }

    /// A decision that comes up to a meeting from a session: its hash and what became of it. None where none does.
    pub(super) fn risen(&self, meeting: DocId, from: DocId, decision: EntityId) -> Option<(report::Hash, Outcome)> {
        let all = self.all_points();
        let found = all.found.iter().find(|found| found.session == from && found.point.id == decision)?;
        let up = found.meeting.reports_to == Some(meeting);
        let now = self.result_view(*found, &all).filter(|_| up)?;
        Some((found.point.of, now.outcome))
    }

    /// What is open of a meeting and of those before it, each once, by what it says last: decisions that wait for the meeting
    /// above or came back from it, and actions that are not done. Nothing is copied for it: a new meeting that names the one
    /// before it shows this until its own report carries it on.
    pub(super) fn open_points(&self, meeting: DocId, parties: &mut Parties) -> Vec<PointView> {
        let mut line = BTreeSet::from([meeting]);
        let mut now = meeting;
        while let Some(before) = self.meeting_row(now).and_then(|row| row.predecessor).filter(|it| !line.contains(it)) {
            line.insert(before);
            now = before;
        }
        let all = self.all_points();
        let latest = all.latest(|found| line.contains(&found.meeting.doc) && !found.point.withdrawn);
        latest.into_iter().map(|found| self.point_view(found, &all, parties)).filter(is_open).collect()
    }

    /// What is open of the meetings before one, without what its own reports carry on.
    pub(super) fn earlier_points(&self, meeting: DocId, parties: &mut Parties) -> Vec<PointView> {
        let Some(before) = self.meeting_row(meeting).and_then(|row| row.predecessor).filter(|it| *it != meeting) else {
            return Vec::new();
        };
        let all = self.all_points();
        let own = all.found.iter().filter(|found| found.meeting.doc == meeting && !found.point.withdrawn);
        let taken: BTreeSet<EntityId> = own.map(|found| all.root(found.point.id)).collect();
        let mut points = self.open_points(before, parties);
        points.retain(|point| !taken.contains(&all.root(point.id)));
        points
    }

    /// Actions that are not done: my party's, and for the chair and the Secretariat the others'.
    pub(super) fn actions(&self, parties: &mut Parties) -> (Vec<PointView>, Vec<PointView>) {
        let all = self.all_points();
        let latest = all.latest(|found| found.point.kind == ParagraphKind::Action && !found.point.withdrawn);
        let mut points: Vec<_> = latest.into_iter().map(|found| self.point_view(found, &all, parties)).collect();
        points.retain(is_open);
        points.sort_by_key(|point| (point.due.is_none(), point.due.map(|due| due.bounds().1), point.id));
        let own = self.account.as_ref().map(|own| own.party.clone());
        let (mine, mut others): (Vec<_>, Vec<_>) = points.into_iter().partition(|point| point.party == own);
        others.retain(|point| self.presides_over(point.session));
        (mine, others)
    }

    /// The decision by which something was decided, with its number as far as its report is here.
    pub(super) fn decision_link(&self, by: report::DecidedBy) -> DecisionLink {
        let all = self.all_points();
        let here = all.found.iter().find(|found| found.meeting.doc == by.meeting && found.point.id == by.paragraph);
        let number = here.map(|found| all.place(found.point).0).filter(|number| *number > 0);
        DecisionLink { meeting: (by.meeting, self.title(by.meeting)), paragraph: by.paragraph, number }
    }

    /// Whether a paragraph is a decision of a meeting's report.
    pub(super) fn is_decision(&self, by: report::DecidedBy) -> bool {
        self.rows.keys().filter_map(|session| self.report_row(*session)).filter(|(of, _)| *of == by.meeting).any(
            |(_, report)| {
                let is = |point: &&Point| point.kind == ParagraphKind::Decision && !point.withdrawn;
                report.points.iter().filter(is).any(|point| point.id == by.paragraph)
            },
        )
    }
}

fn is_open(point: &PointView) -> bool {
    let waits = point.result.as_ref().is_some_and(|result| result.outcome.open());
    waits || point.action.as_ref().is_some_and(|action| action.status != ActionStatus::Done)
}
