//! Meetings by gathering, and one meeting with its sessions.

mod around;
mod delegations;
mod options;
mod steps;

use std::collections::BTreeMap;

use super::{
    super::{Engine, marks::Parties, rows::Shown},
    plans::first_day,
};
use crate::{
    domain::{Audience, DocId, DocKind, EntityId, Fact, Snapshot, Writer, agenda, meeting, report, schema},
    engine::api::{AgendaLine, DatesView, MeetingGroup, MeetingRow, MeetingView, MeetingsView, SessionView, Standing},
};

/// What holds meetings together, in the order in which groups of one date are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Together {
    Gathering(EntityId),
    Term(u16),
    Nothing,
}

impl Engine {
    /// All meetings as lists show them.
    pub(super) fn meeting_rows(&self, parties: &mut Parties) -> Vec<MeetingRow> {
        let mut items: BTreeMap<DocId, u32> = BTreeMap::new();
        for row in self.rows.values() {
            if let Shown::Session { meeting: Some(meeting), items: count, .. } = &row.shown {
                *items.entry(*meeting).or_default() += count;
            }
        }
        let rows = self.rows.iter().filter_map(|(doc, row)| match &row.shown {
            Shown::Meeting(meeting) => Some((*doc, meeting)),
            Shown::Plan(_)
            | Shown::Project(_)
            | Shown::Session { .. }
            | Shown::Register(_)
            | Shown::Unlisted
            | Shown::Voice(_)
            | Shown::Draft(_)
            | Shown::Person(_) => None,
        });
        rows.map(|(doc, row)| MeetingRow {
            items: items.get(&doc).copied().unwrap_or(0),
            mark: self.mark_of(doc, parties),
            ..(**row).clone()
        })
        .collect()
    }

    pub(super) fn meetings_view(&self) -> MeetingsView {
        let mut parties = Parties::default();
        let mut together: BTreeMap<Together, Vec<MeetingRow>> = BTreeMap::new();
        for row in self.meeting_rows(&mut parties) {
            let key = match (row.gathering, row.term) {
                (Some(gathering), _) => Together::Gathering(gathering),
                (None, Some(term)) => Together::Term(term),
                (None, None) => Together::Nothing,
            };
            together.entry(key).or_default().push(row);
        }
        let mut groups: Vec<_> = together.into_iter().map(|(key, meetings)| (key, self.group(key, meetings))).collect();
        let start = |group: &MeetingGroup| group.meetings.iter().filter_map(|row| first_day(row.start)).min();
        groups.sort_by_key(|(key, group)| (*key == Together::Nothing, std::cmp::Reverse(start(group)), *key));
        let groups = groups.into_iter().map(|(_, group)| group).collect();
        MeetingsView { groups, may_create: self.may_call_meetings() }
    }

    fn group(&self, key: Together, mut meetings: Vec<MeetingRow>) -> MeetingGroup {
        meetings.sort_by_key(|row| (first_day(row.start), row.doc));
        let empty = MeetingGroup { title: String::new(), gathering: None, chair: None, city: String::new(), meetings };
        match key {
            Together::Gathering(id) => {
                let gathering = self.registers().flat_map(|register| &register.gatherings).find(|known| known.id == id);
                MeetingGroup {
                    title: gathering.map(|known| known.title.clone()).unwrap_or_default(),
                    gathering: Some(id),
                    chair: gathering.and_then(|known| known.chair.clone()),
                    city: gathering.map(|known| known.city.clone()).unwrap_or_default(),
                    ..empty
                }
            }
            Together::Term(ordinal) => {
                let term =
                    self.registers().flat_map(|register| &register.terms).find(|(number, ..)| *number == ordinal);
                MeetingGroup {
                    title: term.map(|(_, _, title)| title.clone()).unwrap_or_default(),
                    chair: term.and_then(|(_, chair, _)| chair.clone()),
                    ..empty
                }
            }
            Together::Nothing => empty,
        }
    }

    fn may_call_meetings(&self) -> bool {
        self.may_state(&Fact::Doc {
            id: DocId::from_bytes([0; 16]),
            kind: DocKind::Meeting,
            subject: None,
            audience: Audience::Accsm,
            writers: vec![Writer::Secretariat, Writer::Chair],
            origin: None,
        })
        .is_ok()
    }

    pub(super) fn meeting_view(&self, doc: DocId) -> Option<MeetingView> {
        let snapshot = self.attributed(doc)?;
        let mut parties = Parties::default();
        let row = self.meeting_rows(&mut parties).into_iter().find(|row| row.doc == doc)?;
        let may_write = snapshot.schema <= schema::CURRENT && self.may_write(doc);
        let sessions = self.about(doc, DocKind::Session);
        let mut sessions: Vec<_> = sessions.into_iter().filter_map(|id| self.session_view(id, &mut parties)).collect();
        sessions.sort_by(|a, b| (&a.audience, a.doc).cmp(&(&b.audience, b.doc)));
        let delegations = self.delegations_view(doc, &row, &snapshot, &mut parties);
        Some(MeetingView {
            row,
            delegations,
            may_write,
            sessions,
            marks: self.marks(doc, &snapshot, &mut parties),
            next: if may_write { next_states(&snapshot) } else { Vec::new() },
            dates: DatesView {
                options: self.date_options(doc, &snapshot, &mut parties),
                own: self.own_words(doc),
                ..steps::dates(&snapshot)
            },
            steps: self.meeting_steps(doc, &snapshot),
            may_fix: self.may_reschedule(doc),
            may_follow: self.may_follow(doc),
            may_meet_beside: self.may_meet_beside(doc),
            points: self.points_of(doc, &mut parties),
            rising: self.rising(doc, &mut parties),
            earlier: self.earlier_points(doc, &mut parties),
            snapshot,
        })
    }

    fn session_view(&self, doc: DocId, parties: &mut Parties) -> Option<SessionView> {
        let mut snapshot = self.attributed(doc)?;
        for act in &mut snapshot.acts {
            act.origin.party = self.signed_by(doc, act);
        }
        let state = agenda::state(&snapshot.acts);
        let report = self.report_view(doc, &snapshot, parties);
        // The manifest is long, and the page has what it shows of it.
        snapshot.acts.iter_mut().for_each(|act| *act = report::without_manifest(act));
        Some(SessionView {
            report,
            doc,
            audience: self.entry(doc)?.audience.clone(),
            agenda: agenda_lines(&snapshot),
            state: Standing { state: state.state, provisional: state.provisional },
            may_write: snapshot.schema <= schema::CURRENT && self.may_write(doc),
            marks: self.marks(doc, &snapshot, parties),
            comments: self.comments(doc, parties),
            may_comment: self.may_comment(doc),
            proposals: self.proposals(doc, &snapshot, parties),
            proposals_until: snapshot.root.read("proposals-until"),
            may_answer: self.may_preside(doc).is_ok(),
            may_amend: self.may_amend(doc).is_ok(),
            changes: self.agenda_changes(doc, &snapshot),
            notes: self.notes(doc, parties),
            may_annotate: self.may_annotate(doc),
            snapshot,
        })
    }
}

/// States an act may move the meeting to: any of the first ones while nobody has said anything.
fn next_states(snapshot: &Snapshot) -> Vec<meeting::MeetingState> {
    meeting::state(&snapshot.acts).state.next().to_vec()
}

/// An agenda's lines as pages show them.
fn agenda_lines(snapshot: &Snapshot) -> Vec<AgendaLine> {
    agenda::lines(snapshot.collection("items"), &snapshot.acts)
        .into_iter()
        .map(|line| {
            let state = agenda::item_state(&snapshot.acts, line.item);
            let state = state.moved.then_some(Standing { state: state.state, provisional: state.provisional });
            AgendaLine { item: line.item, number: line.number, depth: line.depth, state }
        })
        .collect()
}
