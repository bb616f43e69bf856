//! What needs me today: one digest, from cached rows alone. What somebody has to decide comes before what is due by a day.

use std::collections::BTreeMap;

use super::{
    super::{Engine, marks::Parties, rows::Shown},
    plans::first_day,
};
use crate::{
    domain::{
        Date, DocId, DocKind, PartyCode,
        agenda::proposal::item_id,
        comment::{self, Settled},
        draft::{DraftState, DraftStep},
        meeting::MeetingState,
        project::ProjectStatus,
        tally::{CONFIRM_MONTHS, Count},
    },
    engine::api::{DraftCard, MeetingRow, ProjectRow, TodayView, Wait, WaitView},
};

/// How many past meetings are shown when none is ahead.
const LATEST: usize = 4;

/// What is counted of a party's projects, plan by plan, the most pressing first.
const COUNTED: [(Wait, Count); 4] = [
    (Wait::Overdue, Count::Overdue),
    (Wait::Report, Count::Report),
    (Wait::Soon, Count::Soon),
    (Wait::Unconfirmed, Count::Unconfirmed(CONFIRM_MONTHS)),
];

impl Engine {
    pub(super) fn today_view(&self) -> TodayView {
        let mut parties = Parties::default();
        let party = self.account.as_ref().map(|account| account.party.clone());
        let own: Vec<ProjectRow> = self
            .project_rows()
            .filter(|row| party.as_ref().is_some_and(|party| row.leads.contains(party)))
            .map(|row| self.shown_project(row, &self.published(row.plan), &mut parties))
            .collect();
        let open = |row: &&ProjectRow| row.shown().is_none_or(|status| status != ProjectStatus::Completed);
        let mine = own.iter().filter(open).cloned().collect();
        let today = self.today();
        let mut meetings: Vec<MeetingRow> = self.meeting_rows(&mut parties);
        meetings.sort_by_key(|row| (first_day(row.start), row.doc));
        let last_day = |row: &MeetingRow| row.end.or(row.start).map(|when| when.bounds().1);
        let ahead: Vec<_> =
            meetings.iter().filter(|row| last_day(row).is_some_and(|day| day >= today)).cloned().collect();
        let mut drafts = self.drafts(None, &mut parties);
        drafts.retain(|card| card.standing.state.open().is_ok());
        let (actions, others) = self.actions(&mut parties);
        let mut waits = self.questions_to(party.as_ref(), &own);
        waits.extend(self.days_to_answer(&meetings, today));
        waits.extend(self.items_to_answer());
        waits.extend(self.suggestions_to_answer());
        waits.extend(self.values_to_choose());
        waits.extend(self.drafts_to_clear(&drafts));
        let mut due = self.items_until(today);
        due.extend(self.late_or_due(&own, today));
        due.sort_by_key(|wait| (!wait.late, wait.due.is_none(), wait.due, wait.what, wait.doc));
        let past = ahead.is_empty();
        let meetings = if past { meetings.into_iter().rev().take(LATEST).collect() } else { ahead };
        let to_decide = own.into_iter().filter(|row| row.claimed.len() > 1).collect();
        TodayView { to_decide, waits, due, mine, meetings, past, drafts, actions, others }
    }

    fn wait(&self, doc: DocId, what: Wait, count: usize) -> WaitView {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        let kind = self.entry(doc).map_or(DocKind::Register, |entry| entry.kind);
        WaitView { doc, kind, title: self.title(doc), what, count, due: None, late: false }
    }

    /// Open questions of others on projects that this party leads.
    fn questions_to(&self, party: Option<&PartyCode>, own: &[ProjectRow]) -> Vec<WaitView> {
        let open = |row: &ProjectRow| {
            let voices: Vec<_> = self
                .voices(row.doc)
                .into_iter()
                .filter_map(|voice| Some((self.speaker(voice)?, self.voice_row(voice)?)))
                .collect();
            let settled: Vec<_> =
                voices.iter().flat_map(|(by, row)| row.said.iter().map(move |act| (by.clone(), act.clone()))).collect();
            let of = |(by, said): &(PartyCode, &super::super::points::VoiceRow)| {
                let entitled = self.entitled(row.doc, by.clone());
                let open = |id| comment::standing(id, &settled, &entitled).state == Settled::Open;
                said.questions.iter().filter(|id| open(**id)).count()
            };
            voices.iter().filter(|(by, _)| Some(by) != party).map(of).sum::<usize>()
        };
        let asked = own.iter().map(|row| (row, open(row))).filter(|(_, count)| *count > 0);
        asked.map(|(row, count)| self.wait(row.doc, Wait::Questions, count)).collect()
    }

    /// Days proposed for meetings whose date is open, for which this party has not said whether it can come.
    fn days_to_answer(&self, meetings: &[MeetingRow], today: Date) -> Vec<WaitView> {
        let open = |row: &&MeetingRow| {
            let state = row.state.map_or(MeetingState::Proposed, |standing| standing.state);
            matches!(state, MeetingState::Proposed | MeetingState::Postponed)
        };
        let asked = meetings.iter().filter(open).filter(|row| !self.is_secretariat() && self.may_comment(row.doc));
        asked
            .filter_map(|row| {
                let said = self.own_voice(row.doc).and_then(|voice| self.voice_row(voice));
                let answered = |id| said.is_some_and(|said| said.days.contains(id));
                let waits = row.days.iter().filter(|(id, days)| days.last >= today && !answered(id)).count();
                (waits > 0).then(|| self.wait(row.doc, Wait::Days, waits))
            })
            .collect()
    }

    /// Items that were proposed for agendas at which this person presides, and that nobody took over or declined.
    fn items_to_answer(&self) -> Vec<WaitView> {
        let mut waits = Vec::new();
        for (session, row) in &self.rows {
            let Shown::Session { meeting: Some(meeting), proposed, .. } = &row.shown else { continue };
            if proposed.frozen || self.may_preside(*session).is_err() {
                continue;
            }
            let voices = self.voices(*session).into_iter().filter_map(|voice| self.voice_row(voice));
            let open = voices
                .flat_map(|voice| &voice.items)
                .filter(|id| !proposed.declined.contains(id) && !proposed.items.contains(&item_id(*session, **id)));
            let count = open.count();
            if count > 0 {
                waits.push(self.wait(*meeting, Wait::Items, count));
            }
        }
        waits
    }

    /// Suggestions to reports over which this person presides, and that nobody answered.
    fn suggestions_to_answer(&self) -> Vec<WaitView> {
        let mut waits = Vec::new();
        for (session, row) in &self.rows {
            let Shown::Session { meeting: Some(meeting), report, .. } = &row.shown else { continue };
            if self.may_preside(*session).is_err() {
                continue;
            }
            let open = |about| !report.state.state.frozen() || report.releases.contains(about);
            let voices = self.voices(*session).into_iter().filter_map(|voice| self.voice_row(voice));
            let asked = voices.flat_map(|voice| &voice.suggestions);
            let count = asked.filter(|(id, about)| !report.answered.contains(id) && open(about)).count();
            if count > 0 {
                waits.push(self.wait(*meeting, Wait::Suggestions, count));
            }
        }
        waits
    }

    /// Values written at the same time, in what this person may write: by the page on which they stand.
    fn values_to_choose(&self) -> Vec<WaitView> {
        let mut by: BTreeMap<DocId, usize> = BTreeMap::new();
        let beside = self.rows.iter().filter(|(_, row)| row.beside > 0 && row.kind != DocKind::Person);
        for (doc, row) in beside.filter(|(doc, _)| self.may_write(**doc)) {
            let own_page = matches!(row.kind, DocKind::Project | DocKind::Draft);
            let page = if own_page { *doc } else { self.home(*doc) };
            let count = by.entry(page).or_default();
            *count = count.saturating_add(usize::try_from(row.beside).unwrap_or(usize::MAX));
        }
        by.into_iter().map(|(page, count)| self.wait(page, Wait::Beside, count)).collect()
    }

    /// Drafts in somebody else's words that nobody of this party has looked at as they stand.
    fn drafts_to_clear(&self, drafts: &[DraftCard]) -> Vec<WaitView> {
        let looked_at = |card: &&DraftCard| match card.standing.state {
            DraftState::Writing | DraftState::Changed => false,
            DraftState::Returned | DraftState::Approved | DraftState::Withdrawn | DraftState::Submitted => true,
        };
        let mine =
            |card: &&DraftCard| self.draft_view(card.doc).is_some_and(|view| view.may.contains(&DraftStep::Approved));
        let waiting = drafts.iter().filter(|card| !looked_at(card) && !card.title.is_empty()).filter(mine);
        waiting.map(|card| self.wait(card.doc, Wait::Draft, 1)).collect()
    }

    /// Agendas for which items may still be proposed until a day.
    fn items_until(&self, today: Date) -> Vec<WaitView> {
        let until = |(session, row): (&DocId, &super::super::rows::Row)| {
            let Shown::Session { meeting: Some(meeting), proposed, .. } = &row.shown else { return None };
            let last = proposed.until.map(|when| when.bounds().1).filter(|day| *day >= today)?;
            let open = !proposed.frozen && self.may_comment(*session);
            open.then(|| WaitView { due: Some(last), ..self.wait(*meeting, Wait::Proposals, 1) })
        };
        self.rows.iter().filter_map(until).collect()
    }

    /// What is late or due of this party's projects, by plan: by the counts of the plan's overview. One project is named, of
    /// several the plan is.
    fn late_or_due(&self, own: &[ProjectRow], today: Date) -> Vec<WaitView> {
        let mut by: BTreeMap<(DocId, usize), Vec<&ProjectRow>> = BTreeMap::new();
        for row in own {
            // A word of a lead on what is late already says more than that there was none.
            let which = COUNTED.iter().position(|(_, count)| count.takes(&row.item(), today));
            if let Some(which) = which {
                by.entry((row.plan, which)).or_default().push(row);
            }
        }
        let line = |((plan, which), rows): ((DocId, usize), Vec<&ProjectRow>)| {
            let what = COUNTED.get(which).map_or(Wait::Overdue, |(what, _)| *what);
            let day = |row: &&ProjectRow| match what {
                Wait::Report => row.item().report_due(),
                Wait::Overdue | Wait::Soon => row.item().due(),
                _ => None,
            };
            let due = rows.iter().filter_map(day).min();
            let doc = if let [one] = rows.as_slice() { one.doc } else { plan };
            let late = due.is_some_and(|day| day < today);
            WaitView { due, late, ..self.wait(doc, what, rows.len()) }
        };
        by.into_iter().map(line).collect()
    }
}
