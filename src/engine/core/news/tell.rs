//! What others did in one document, as lines: all that one person did to one thing of a record is one.

use std::collections::{BTreeMap, BTreeSet};

use super::{Engine, sides::Sides};
use crate::{
    docs::{Deed, Doc, Said, Step, genesis, pieces},
    domain::{
        Act, ActRecord, Claim, DocId, DocKind, EntityId, PersonId, Snapshot, Value, claim::standing, person::ReadMark,
        piece::shortened, place::outline, project::ProjectStatus, record::Record,
    },
    engine::{
        api::{ChangeLine, Changed, Meets},
        core::{chunk::Provenance, documents::Held},
    },
};

/// So many stretches of prose are shown of one line.
const STRETCHES: usize = 4;
/// Of what has no title so many letters are its name.
const NAME: usize = 120;

/// Words longer than this are compared and not written out twice, in bytes.
const LONG: usize = 40;

/// What makes one line: by whom, which record, which thing of it.
type LineKey = (Option<PersonId>, Option<EntityId>, String);

impl Engine {
    /// What others did in a loaded document since then; nothing of one that is not here.
    pub(super) fn tell(&self, doc: DocId, since: ReadMark) -> Vec<ChangeLine> {
        let Some(held) = self.documents.get(doc) else { return Vec::new() };
        let known = held.provenances();
        let is_news =
            |known: &Provenance| !since.covers(known.number, known.received_at) && self.is_others(known.device);
        let mut news: Vec<(u64, [u8; 32])> =
            known.iter().filter(|(_, known)| is_news(known)).map(|(hash, known)| (known.number, *hash)).collect();
        news.sort_unstable();
        let Ok(steps) = steps(held.doc(), &news, known.len()) else { return Vec::new() };
        let sides = self.sides(doc, held, &steps);
        let kind = held.doc().kind();
        let first = steps.iter().any(|step| step.deps.iter().all(|dep| genesis::is_fixed(kind, dep)));
        let mut lines = self.lines(held, &steps, &sides);
        if first {
            // What belongs to another is no news by itself.
            begun(&mut lines, self.home(doc) == doc || kind == DocKind::Project);
        }
        numbered(held, &mut lines, &|hash| !news.iter().any(|(_, new)| new == hash));
        lines
    }

    pub(in super::super) fn lines(&self, held: &Held, steps: &[Step], sides: &Sides) -> Vec<ChangeLine> {
        let snapshot = held.snapshot();
        let mut order: Vec<LineKey> = Vec::new();
        let mut grouped: BTreeMap<LineKey, Vec<(&Step, &Said)>> = BTreeMap::new();
        for step in steps {
            let person = step.device.and_then(|device| self.catalogue.owner(device));
            for said in &step.said {
                let key = (person, said.record, thing(said));
                let line = grouped.entry(key.clone()).or_default();
                if line.is_empty() {
                    order.push(key);
                }
                line.push((step, said));
            }
        }
        let line = |key: LineKey| {
            let said = grouped.get(&key)?;
            let ((_, begun), (last, ended)) = (said.first()?, said.last()?);
            let steps: Vec<&Step> = said.iter().map(|(step, _)| *step).collect();
            let what = changed(held.doc(), snapshot, &steps, (begun, ended))?;
            let known = held.provenance(&last.hash);
            let at = known.and_then(|known| known.received_at).unwrap_or(last.millis);
            let who = |person| self.who(Some(person), at);
            let meets = sides.meets(key.0, (ended, &steps), snapshot, &who);
            let what = match what {
                Changed::Claimed { claim, from } => {
                    let origin = self.attributed_origin(&claim.origin);
                    Changed::Claimed { claim: Box::new(Claim { origin, ..*claim }), from }
                }
                other => other,
            };
            let record = match &what {
                Changed::Acted(act) => act.target.or(key.1),
                _ => key.1,
            };
            Some(ChangeLine {
                collection: begun.collection.map(str::to_owned),
                title: record.map_or_else(String::new, |id| name(snapshot, id)),
                record,
                what,
                by: self.who(key.0, at),
                times: u32::try_from(said.len()).unwrap_or(u32::MAX),
                number: known.map_or(0, |known| known.number),
                received_at: known.and_then(|known| known.received_at),
                written_at: last.millis,
                open: matches!(meets, Meets::AtOnce(_) | Meets::Others(_)) && is_open(snapshot, ended),
                meets,
            })
        };
        order.into_iter().filter_map(line).collect()
    }
}

/// Few by themselves, many out of all.
fn steps(doc: &Doc, news: &[(u64, [u8; 32])], of: usize) -> Result<Vec<Step>, crate::docs::DocsError> {
    let hashes: Vec<[u8; 32]> = news.iter().map(|(_, hash)| *hash).collect();
    if hashes.len() < of / 8 {
        return doc.steps(&hashes);
    }
    let wanted: BTreeSet<[u8; 32]> = hashes.into_iter().collect();
    Ok(doc.story()?.into_iter().filter(|step| wanted.contains(&step.hash)).collect())
}

/// What of a record something is about: what is about the same is one line.
fn thing(said: &Said) -> String {
    match &said.deed {
        Deed::Set { field, .. } => format!("field {field}"),
        Deed::Wrote { field, .. } => format!("prose {field}"),
        Deed::Added => "added".to_owned(),
        Deed::Moved => "place".to_owned(),
        Deed::Withdrawn(_) | Deed::Restored => "withdrawn".to_owned(),
        // Each is a word of its own.
        Deed::Claimed(id) | Deed::Acted(id) => id.to_string(),
    }
}

fn changed(doc: &Doc, now: &Snapshot, steps: &[&Step], (begun, ended): (&Said, &Said)) -> Option<Changed> {
    Some(match (&begun.deed, &ended.deed) {
        (Deed::Set { field, from, .. }, Deed::Set { to, why, .. }) => {
            let long = |value: &Value| value.as_str().filter(|text| text.len() > LONG).map(str::to_owned);
            let pieces = match (from.as_slice(), long(to)) {
                ([from], Some(to)) => long(from).map(|from| shortened(pieces(&from, &to))),
                _ => None,
            };
            Changed::Set {
                field: field.clone(),
                from: from.clone(),
                to: to.clone(),
                pieces: pieces.unwrap_or_default(),
                why: why.clone(),
            }
        }
        (Deed::Wrote { field, text }, _) => {
            let mut stretches: Vec<(&Step, &Step)> = Vec::new();
            for step in steps {
                match stretches.last_mut() {
                    // It goes on where it was, with nobody else's words between.
                    Some((_, last)) if step.deps == [last.hash] => *last = step,
                    _ => stretches.push((step, step)),
                }
            }
            let more = stretches.len().saturating_sub(STRETCHES);
            let shown = stretches.iter().take(STRETCHES);
            let part = |(a, b): &(&Step, &Step)| pieces(&doc.words_at(text, &a.deps), &doc.words_at(text, &[b.hash]));
            let shown = shown.map(|stretch| shortened(part(stretch))).collect();
            let more = u32::try_from(more).unwrap_or(u32::MAX);
            Changed::Wrote { field: field.clone(), stretches: shown, more }
        }
        (_, Deed::Added) => Changed::Added,
        (_, Deed::Moved) => Changed::Moved { from: String::new(), to: String::new() },
        (_, Deed::Withdrawn(reason)) => Changed::Withdrawn { reason: reason.clone() },
        (_, Deed::Restored) => Changed::Restored,
        (_, Deed::Claimed(id)) => {
            let claim = now.claims.iter().find(|claim| claim.id == *id)?;
            let before = now.claims.iter().find(|other| claim.supersedes.contains(&other.id));
            Changed::Claimed { claim: Box::new(claim.clone()), from: before.map(|claim| claim.value.clone()) }
        }
        (_, Deed::Acted(id)) => match now.acts.iter().find(|act| act.id == *id) {
            Some(act) if act.act.is_some() => Changed::Acted(Box::new(without_manifest(act))),
            Some(_) | None => Changed::Unknown,
        },
        (Deed::Added | Deed::Moved | Deed::Withdrawn(_) | Deed::Restored | Deed::Claimed(_) | Deed::Acted(_), _) => {
            Changed::Unknown
        }
        (Deed::Set { .. }, Deed::Wrote { .. }) => Changed::Unknown,
    })
}

/// An act without what it froze: that is for whoever compares plans.
pub(in super::super) fn without_manifest(act: &ActRecord) -> ActRecord {
    let mut act = act.clone();
    if let Some(Act::StepPlan(step)) = &mut act.act {
        step.baseline = None;
    }
    act
}

/// A document that was begun: all that whoever began it said of it, is that.
fn begun(lines: &mut Vec<ChangeLine>, told: bool) {
    let Some(first) = lines.first().cloned() else { return };
    let said = |what: &Changed| match what {
        Changed::Set { .. } => true,
        // A project begins so.
        Changed::Claimed { claim, from: None } => claim.value.as_str() == Some(ProjectStatus::Proposed.word()),
        _ => false,
    };
    let own = |line: &ChangeLine| line.record.is_none() && line.by.person == first.by.person && said(&line.what);
    let (number, received_at, written_at) = (first.number, first.received_at, first.written_at);
    let times = lines.iter().filter(|line| own(line)).map(|line| line.times).sum();
    lines.retain(|line| !own(line));
    let made = ChangeLine {
        what: Changed::Made,
        times,
        number,
        received_at,
        written_at,
        record: None,
        collection: None,
        ..first
    };
    if told {
        lines.insert(0, made);
    }
}

/// Whether what was said at once stands undecided: several values, several claims, or a record that is withdrawn with
/// words in it that somebody wrote meanwhile. Words that met in one sentence are to be read.
fn is_open(now: &Snapshot, said: &Said) -> bool {
    let record = match said.record {
        None => Some(&now.root),
        Some(id) => now.collections.values().flatten().find(|record| record.id == Some(id)),
    };
    let Some(record) = record else { return false };
    match &said.deed {
        Deed::Set { field, .. } => {
            record.withdrawn.is_some() || record.fields.get(field).is_some_and(|held| !held.others.is_empty())
        }
        Deed::Claimed(id) => {
            let what = now.claims.iter().find(|claim| claim.id == *id).map(|claim| claim.what);
            what.is_some_and(|what| standing(&now.claims, what).len() > 1)
        }
        Deed::Withdrawn(_) => record.withdrawn.is_some(),
        Deed::Wrote { .. } | Deed::Acted(_) => true,
        Deed::Moved | Deed::Added | Deed::Restored => false,
    }
}

/// What a record is called: by its title, or else by its first words.
pub(in super::super) fn name(snapshot: &Snapshot, id: EntityId) -> String {
    let mut records = snapshot.collections.values().flatten();
    let Some(record) = records.find(|record| record.id == Some(id)) else { return String::new() };
    let titled = ["title", "name"].map(|field| record.line(field));
    let words = || record.texts.values().map(String::as_str).find(|text| !text.is_empty());
    let named = titled.into_iter().find(|title| !title.is_empty()).or_else(words).unwrap_or_default();
    let mut short: String = named.chars().take(NAME).collect();
    if short.len() < named.len() {
        short.push('…');
    }
    short
}

/// Where what was moved stood and stands.
fn numbered(held: &Held, lines: &mut [ChangeLine], before: &dyn Fn(&[u8; 32]) -> bool) {
    let moved = |line: &ChangeLine| matches!(line.what, Changed::Moved { .. });
    if !lines.iter().any(moved) {
        return;
    }
    let then = held.doc().past(before, &|hash| held.provenance(hash).map(|known| known.number)).ok().flatten();
    let collection = |snapshot: &Snapshot, name: &str| numbers(snapshot.collection(name));
    for line in lines {
        let (Changed::Moved { from, to }, Some(id), Some(name)) = (&mut line.what, line.record, &line.collection)
        else {
            continue;
        };
        let number = |numbers: BTreeMap<EntityId, String>| numbers.get(&id).cloned().unwrap_or_default();
        *to = number(collection(held.snapshot(), name));
        *from = then.as_ref().map(|then| number(collection(then, name))).unwrap_or_default();
    }
}

/// The numbers of records by their places: `1`, `1.1`, `2` …
fn numbers(records: &[Record]) -> BTreeMap<EntityId, String> {
    let live: Vec<Record> = records.iter().filter(|record| record.withdrawn.is_none()).cloned().collect();
    let mut counts: Vec<u32> = Vec::new();
    let mut numbers = BTreeMap::new();
    for (id, depth) in outline(&live) {
        let depth = usize::from(depth);
        counts.truncate(depth + 1);
        counts.resize(depth + 1, 0);
        if let Some(count) = counts.last_mut() {
            *count += 1;
        }
        let number: Vec<String> = counts.iter().map(ToString::to_string).collect();
        numbers.insert(id, number.join("."));
    }
    numbers
}
