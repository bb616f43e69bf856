//! A session's report as its page shows it: as it is written and as it was adopted, and what parties say to it.

use std::collections::BTreeMap;

use super::super::{
    Engine,
    documents::Held,
    marks::Parties,
    report::{agreed, annexes, standing},
};
use crate::{
    domain::{
        Act, ActRecord, DocId, Edit, EntityId, Record, Snapshot, base64url, canon,
        meeting::ReportState,
        record::Origin,
        report::{self, Agreed, Entry, Manifest, ReportAct},
        schema,
    },
    engine::api::{
        AdoptedLine, AdoptedPart, AdoptedView, AgreedView, CorrectionView, ParagraphView, ReportStepView, ReportView,
        SaidBy, SpokenView, Standing, SuggestionView,
    },
};

use super::{plans::hex, project::made_at};

/// What the hub said of the changes of a session, by their numbers: when, and by which device.
type Received = BTreeMap<u64, (Option<u64>, Option<Origin>)>;

impl Engine {
    pub(super) fn report_view(&self, session: DocId, snapshot: &Snapshot, parties: &mut Parties) -> ReportView {
        let folded = report::state(&snapshot.acts);
        let (agreed, of) = agreed(snapshot);
        let presides = snapshot.schema <= schema::CURRENT && self.presides_over(session);
        let open = !folded.state.frozen();
        let received = self.received(session);
        let parts = self.report_outline(session, snapshot);
        let adopted = self.adopted_view(session, snapshot, &received);
        let lines = snapshot.collection("paragraphs").iter();
        ReportView {
            state: Standing {
                state: folded.state,
                provisional: folded.provisional || adopted.as_ref().is_some_and(|adopted| adopted.waits > 0),
            },
            lines: lines
                .filter_map(|record| self.paragraph_view(session, snapshot, record, &received, parties))
                .collect(),
            spoken: self.spoken(session, parties),
            agreed,
            of,
            next: if presides { next(folded.moved, folded.state) } else { Vec::new() },
            presides,
            may_speak: open && self.may_comment(session),
            steps: self.report_steps(snapshot, &folded.not_applied, &received),
            corrections: self.corrections(snapshot, adopted.as_ref(), &received),
            adopted,
            annexes: annexes(snapshot),
            adopters: if presides && open { self.adopters(session) } else { Vec::new() },
            release: report::outline(&[], &Entry::release(snapshot)).into_iter().next().unwrap_or_default(),
            clears: self.clears(session),
            parts,
        }
    }

    fn received(&self, session: DocId) -> Received {
        let Some(held) = self.documents.get(session) else { return Received::new() };
        let of = |device| Origin { device: Some(device), ..Origin::default() };
        let known = held.provenances().values();
        known.map(|kept| (kept.number, (kept.received_at, kept.device.map(of)))).collect()
    }

    /// By whom and when an act was written, whose origin is attributed.
    fn said(act: &ActRecord, received: &Received) -> SaidBy {
        let at = act.number.and_then(|number| received.get(&number)).and_then(|(at, _)| *at);
        SaidBy {
            party: act.origin.party.clone(),
            at: at.unwrap_or(act.origin.millis),
            reason: act.reason.clone(),
            provisional: act.number.is_none(),
        }
    }

    fn paragraph_view(
        &self,
        session: DocId,
        snapshot: &Snapshot,
        record: &Record,
        received: &Received,
        parties: &mut Parties,
    ) -> Option<ParagraphView> {
        let id = record.id?;
        let (of, agreed) = report::stands(snapshot, id, record);
        let standing = match agreed {
            Agreed::Open => AgreedView::Open,
            Agreed::Agreed(act) => AgreedView::Agreed(Self::said(&act, received)),
            Agreed::Changed(act) => AgreedView::Changed {
                agreed: Self::said(&act, received),
                changed: self.changed_by(session, snapshot, id, received),
            },
        };
        Some(ParagraphView {
            id,
            of,
            standing,
            suggestions: self.suggestions(session, snapshot, id, &canon::paragraph(record), received, parties),
        })
    }

    /// Who wrote last in a paragraph, where that can be known: acts about it are no words of it.
    fn changed_by(&self, session: DocId, snapshot: &Snapshot, id: EntityId, received: &Received) -> Option<SaidBy> {
        let words = |edit: &Edit| !matches!(edit, Edit::Act { .. });
        let mine = self.outbox.of(session).filter(|entry| entry.records.contains(&id));
        if let Some(entry) = mine.filter(|entry| entry.edit().is_some_and(words)).last() {
            let party = self.account.as_ref().map(|own| own.party.clone());
            return Some(SaidBy { party, at: entry.millis, provisional: true, ..SaidBy::default() });
        }
        let last = self.documents.get(session)?.touch_of(id)?.last;
        if snapshot.acts.iter().any(|act| act.number == Some(last)) {
            return None;
        }
        let (at, origin) = received.get(&last)?;
        let party = self.attributed_origin(origin.as_ref()?).party;
        Some(SaidBy { party, at: (*at)?, ..SaidBy::default() })
    }

    fn suggestions(
        &self,
        session: DocId,
        snapshot: &Snapshot,
        paragraph: EntityId,
        now: &report::Hash,
        received: &Received,
        parties: &mut Parties,
    ) -> Vec<SuggestionView> {
        let mut found = Vec::new();
        for (voice, party, held) in self.voices_on(session) {
            let mine = held.snapshot().schema <= schema::CURRENT && self.may_write(voice);
            for record in held.snapshot().collection("proposals") {
                let (Some(id), Some(kind)) = (record.id, record.read("kind")) else { continue };
                if record.read("about") != Some(paragraph) {
                    continue;
                }
                let answer = report::answer(&snapshot.acts, id).map(|(to, act)| (to, Self::said(act, received)));
                found.push(SuggestionView {
                    id,
                    doc: voice,
                    party: party.clone(),
                    kind,
                    text: record.text("text").to_owned(),
                    outdated: record.line("base") != base64url::encode(now),
                    withdrawn: record.withdrawn.is_some(),
                    mine: mine && answer.is_none(),
                    answer,
                    at: said_at(held, id),
                    mark: self.record_mark(voice, held, id, parties),
                });
            }
        }
        found.sort_by_key(|suggestion| (suggestion.at, suggestion.id));
        found
    }

    fn spoken(&self, session: DocId, parties: &mut Parties) -> Vec<SpokenView> {
        let mut found = Vec::new();
        for (doc, party, held) in self.voices_on(session) {
            let mine = held.snapshot().schema <= schema::CURRENT && self.may_write(doc);
            for record in held.snapshot().collection("interventions") {
                let Some(id) = record.id else { continue };
                let mark = self.record_mark(doc, held, id, parties);
                found.push(SpokenView { doc, party: party.clone(), record: record.clone(), mine, mark });
            }
        }
        found
    }

    fn adopted_view(&self, session: DocId, snapshot: &Snapshot, received: &Received) -> Option<AdoptedView> {
        let (act, frozen) = report::frozen(&snapshot.acts)?;
        let manifest = Manifest::read(&frozen.manifest)?;
        let heard = self.voices_on(session);
        let now = |id: EntityId| {
            let spoken = || heard.iter().find_map(|(.., held)| standing(held.snapshot(), "interventions", id));
            standing(snapshot, "paragraphs", id).or_else(spoken).map(canon::paragraph)
        };
        let changed = manifest.lines().filter(|line| now(line.id) != Some(line.of())).map(|line| line.id);
        let own = snapshot.collection("paragraphs").iter().filter(|record| !report::is_release(record));
        let spoken = heard.iter().flat_map(|(.., held)| held.snapshot().collection("interventions"));
        let added = own.chain(spoken).filter(|record| record.withdrawn.is_none()).filter_map(|record| record.id);
        let added = added.filter(|id| !manifest.lines().any(|line| line.id == *id));
        Some(AdoptedView {
            root: hex(&frozen.root()),
            by: manifest.by(),
            said: Self::said(act, received),
            waits: self.report_waits(frozen),
            later: changed.chain(added).collect(),
            annexes: manifest.annexes(),
            parts: manifest.parts.iter().map(adopted_part).collect(),
        })
    }

    fn report_steps(&self, snapshot: &Snapshot, aside: &[EntityId], received: &Received) -> Vec<ReportStepView> {
        let step = |act: &ActRecord| match report::of_act(act)? {
            ReportAct::Step(step) => Some(ReportStepView {
                act: act.id,
                to: step.to,
                said: Self::said(act, received),
                not_applied: aside.contains(&act.id),
            }),
            _ => None,
        };
        crate::domain::act::in_order(&snapshot.acts).into_iter().filter_map(step).collect()
    }

    fn corrections(
        &self,
        snapshot: &Snapshot,
        adopted: Option<&AdoptedView>,
        received: &Received,
    ) -> Vec<CorrectionView> {
        let lines = || adopted.iter().flat_map(|adopted| &adopted.parts).flat_map(|part| &part.lines);
        let number = |id: EntityId| lines().find(|line| line.id == id).map(|line| (id, line.number));
        let one = |act: &ActRecord| match &act.act {
            Some(Act::Report(ReportAct::Correct(reads))) => Some(CorrectionView {
                act: act.id,
                paragraph: act.target.and_then(number),
                reads: reads.clone(),
                said: Self::said(act, received),
            }),
            _ => None,
        };
        crate::domain::act::in_order(&snapshot.acts).into_iter().filter_map(one).collect()
    }
}

fn said_at(held: &Held, id: EntityId) -> u64 {
    let received = held.touch_of(id).map(|touch| touch.first_at).filter(|at| *at > 0);
    received.unwrap_or_else(|| made_at(id))
}

fn next(moved: bool, state: ReportState) -> Vec<ReportState> {
    if moved { state.next().to_vec() } else { vec![ReportState::Shown] }
}

fn adopted_part(part: &report::FrozenPart) -> AdoptedPart {
    let line = |line: &report::FrozenLine| AdoptedLine {
        id: line.id,
        number: line.number,
        kind: line.kind(),
        verb: line.verb(),
        text: line.text.clone(),
        party: line.party(),
        due: line.due(),
        own: line.owner().is_some(),
    };
    AdoptedPart {
        item: part.item,
        number: part.number.clone(),
        title: part.title.clone(),
        lines: part.lines.iter().map(line).collect(),
    }
}
