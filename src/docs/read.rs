//! The projection: a document as plain values, by the tables of the schema.
//!
//! Merging hides nothing here: of concurrent values one is shown and the others stand beside it. Where two devices made
//! one entity or one text twice, the same rule holds: what is not shown as the text is listed with the field's values.

use std::collections::{BTreeMap, BTreeSet};

use automerge::{Automerge, ChangeHash, ObjId, ObjType, ScalarValue};
use serde::{Deserialize, Serialize};

use super::{
    actor::Actor,
    doc::{Doc, Hash},
    error::DocsError,
    genesis,
};
use crate::domain::{
    Act, ActRecord, Claim, ClaimKind, DocId, EntityId, Held, Place, Record, Snapshot, Value, When, act,
    agenda::{AgendaState, proposal::ProposalState},
    base64url,
    draft::Cleared,
    place::outline,
    project::Classified,
    record::{Origin, Withdrawal},
    schema::{Collection, Field, FieldKind},
};

mod lens;
mod meetings;
mod report;
mod steps;

pub(super) use self::lens::Lens;

pub(super) const PLACE: &str = "@place";
pub(super) const WITHDRAWN: &str = "@withdrawn";
pub(super) const KEPT: &str = "@kept:";

/// A claim as it stands in the document, as JSON under its id.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ClaimBody {
    pub what: ClaimKind,
    pub value: Value,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<When>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub evidence: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub supersedes: Vec<EntityId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meeting: Option<DocId>,
}

/// An act as it stands in the document, as JSON under its id. The act itself may be of a kind not known here.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ActBody {
    #[serde(rename = "do")]
    pub act: serde_json::Value,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<EntityId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term: Option<u16>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// An act as JSON: its word, and what it sets or lists under `to`.
pub(super) fn written_act(act: &Act) -> serde_json::Value {
    let to = match act {
        Act::MovePlan(to) => to.word().into(),
        Act::PublishStatus(to) => to.word().into(),
        Act::MoveMeeting(to) => to.word().into(),
        Act::MoveAgenda(to) => to.word().into(),
        Act::MoveItem(to) => to.word().into(),
        Act::Order(items) => items.iter().map(ToString::to_string).collect::<Vec<_>>().into(),
        Act::FixDate(when) => when.to_string().into(),
        Act::StepPlan(step) => step.to.word().into(),
        Act::NameVersion(name) => name.as_str().into(),
        Act::PublishStep(step) => step.to.word().into(),
        Act::Classify(said) => said.value.as_str().into(),
        Act::Settle(to) => to.word().into(),
        Act::StepDraft(step) => step.to.word().into(),
        Act::FixDates(step) => step.to.start.map(|when| when.to_string()).into(),
        Act::ChangeMode(step) => step.to.word().into(),
        Act::AmendAgenda(_) => AgendaState::AmendedInSession.word().into(),
        Act::DeclineItem => ProposalState::Declined.word().into(),
        Act::Report(what) => report::to(what),
    };
    let mut entries = vec![("act".to_owned(), act.word().into()), ("to".to_owned(), to)];
    match act {
        Act::StepPlan(step) => entries.extend(steps::written(step)),
        Act::PublishStep(step) => entries.extend(steps::decided(step.meeting, step.on)),
        Act::Classify(said) => entries.push(("field".to_owned(), said.field.word().into())),
        Act::StepDraft(step) => entries.push(("of".to_owned(), base64url::encode(&step.of).into())),
        Act::FixDates(step) => entries.extend(meetings::dates(step)),
        Act::ChangeMode(step) => entries.extend(meetings::mode(*step)),
        Act::AmendAgenda(change) => entries.push(meetings::amendment(change)),
        Act::Report(what) => entries.extend(report::beside(what)),
        Act::MovePlan(_)
        | Act::PublishStatus(_)
        | Act::MoveMeeting(_)
        | Act::MoveAgenda(_)
        | Act::MoveItem(_)
        | Act::Order(_)
        | Act::FixDate(_)
        | Act::NameVersion(_)
        | Act::Settle(_)
        | Act::DeclineItem => {}
    }
    serde_json::Value::Object(entries.into_iter().collect())
}

/// Reads [`written_act`]; none for a kind of act, or a word in it, that this version does not know.
fn read_act(body: &serde_json::Value) -> Option<Act> {
    let to = body.get("to")?;
    let word = to.as_str().unwrap_or_default();
    Some(match body.get("act")?.as_str()? {
        "move-plan" => steps::read(word.parse().ok()?, body),
        "publish-status" => steps::published(word.parse().ok()?, body),
        "classify" => {
            let field = body.get("field")?.as_str()?.parse().ok()?;
            Act::Classify(Box::new(Classified { field, value: to.as_str()?.to_owned() }))
        }
        "settle" => Act::Settle(word.parse().ok()?),
        "step-draft" => {
            let of = base64url::decode(body.get("of")?.as_str()?)?.try_into().ok()?;
            Act::StepDraft(Box::new(Cleared { to: word.parse().ok()?, of }))
        }
        "move-meeting" => Act::MoveMeeting(word.parse().ok()?),
        "move-agenda" => meetings::agenda(word.parse().ok()?, body),
        "change-mode" => meetings::changed(word.parse().ok()?, body),
        "decline-item" => Act::DeclineItem,
        "move-item" => Act::MoveItem(word.parse().ok()?),
        "order" => {
            let items = to.as_array()?.iter().map(|item| item.as_str()?.parse().ok());
            Act::Order(items.collect::<Option<_>>()?)
        }
        "fix-date" => meetings::fixed(word.parse().ok()?, body),
        "name-version" => Act::NameVersion(to.as_str()?.to_owned()),
        other => Act::Report(report::read(other, word, body)?),
    })
}

/// What a written act is about, from its JSON.
pub(super) fn act_target(body: &str) -> Option<EntityId> {
    serde_json::from_slice::<ActBody>(body.as_bytes()).ok()?.target
}

/// A scalar as a domain value; none for kinds of scalars that nobody here writes.
pub(super) fn value(scalar: &ScalarValue) -> Option<Value> {
    match scalar {
        ScalarValue::Null => Some(Value::Empty),
        ScalarValue::Boolean(yes) => Some(Value::Bool(*yes)),
        ScalarValue::Int(number) => Some(Value::Int(*number)),
        ScalarValue::Uint(number) => i64::try_from(*number).ok().map(Value::Int),
        ScalarValue::Str(text) => Some(Value::Str(text.to_string())),
        ScalarValue::Bytes(_)
        | ScalarValue::F64(_)
        | ScalarValue::Counter(_)
        | ScalarValue::Timestamp(_)
        | ScalarValue::Unknown { .. } => None,
    }
}

pub(super) fn place_text(place: &Place) -> String {
    let parent = place.parent.map(|id| id.to_string()).unwrap_or_default();
    format!("{parent}|{}", place.key)
}

fn place(text: &str) -> Option<Place> {
    let (parent, key) = text.split_once('|')?;
    let parent = if parent.is_empty() { None } else { Some(parent.parse().ok()?) };
    Some(Place { parent, key: key.to_owned() })
}

/// All standing scalars under a name, Automerge's winner last.
fn scalars(lens: Lens<'_>, record: &ObjId, name: &str) -> Result<Vec<Value>, DocsError> {
    let all = lens.get_all(record, name)?;
    Ok(all.iter().filter_map(|(found, _)| found.as_scalar().and_then(value)).collect())
}

/// Values that a write replaced unseen.
pub(super) fn kept(lens: Lens<'_>, record: &ObjId, name: &str) -> Result<BTreeSet<Value>, DocsError> {
    let lists = scalars(lens, record, &format!("{KEPT}{name}"))?;
    let lists = lists
        .iter()
        .filter_map(Value::as_str)
        .filter_map(|list| serde_json::from_slice::<Vec<Value>>(list.as_bytes()).ok());
    Ok(lists.flatten().collect())
}

/// Whether a record is withdrawn: so it is while any standing entry says so.
pub(super) fn withdrawal(lens: Lens<'_>, record: &ObjId) -> Result<Option<Withdrawal>, DocsError> {
    let entries = scalars(lens, record, WITHDRAWN)?;
    Ok(entries.into_iter().rev().find_map(|entry| match entry {
        Value::Str(reason) => Some(Withdrawal { reason }),
        Value::Empty | Value::Bool(_) | Value::Int(_) => None,
    }))
}

/// The text of a prose field that is shown and written; none while the record has none.
pub(super) fn text_object(automerge: &Automerge, record: &ObjId, name: &str) -> Result<Option<ObjId>, DocsError> {
    Ok(text_objects(Lens::now(automerge), record, name)?.pop())
}

fn text_objects(lens: Lens<'_>, record: &ObjId, name: &str) -> Result<Vec<ObjId>, DocsError> {
    let all = lens.get_all(record, name)?;
    let texts = all.into_iter().filter(|(found, _)| *found == automerge::Value::Object(ObjType::Text));
    Ok(texts.map(|(_, id)| id).collect())
}

/// One value of many: the winner, and the distinct rest beside it. In a set, a member that somebody put in stays in.
fn held(kind: FieldKind, mut values: Vec<Value>, kept: BTreeSet<Value>) -> Option<Held> {
    let is_set = matches!(kind, FieldKind::Parties | FieldKind::Words);
    let shown = if is_set && values.contains(&Value::Bool(true)) { Value::Bool(true) } else { values.pop()? };
    let others: BTreeSet<_> = values.into_iter().chain(kept).filter(|other| *other != shown).collect();
    Some(Held { value: shown, others: others.into_iter().collect() })
}

/// What a field of one object says, and what stands beside it.
pub(super) fn standing(lens: Lens<'_>, object: &ObjId, name: &str, kind: FieldKind) -> Result<Option<Held>, DocsError> {
    Ok(held(kind, scalars(lens, object, name)?, kept(lens, object, name)?))
}

/// A record from all objects that stand for it, the winner last.
fn record(lens: Lens<'_>, id: Option<EntityId>, objects: &[ObjId], table: &[Field]) -> Result<Record, DocsError> {
    let mut record = Record { id, ..Record::default() };
    let mut names = BTreeSet::new();
    for object in objects {
        names.extend(lens.keys(object));
    }
    for field in table.iter().filter(|field| field.kind == FieldKind::Prose) {
        let mut found = Vec::new();
        for object in objects {
            for text in text_objects(lens, object, field.name)? {
                found.push(lens.text(&text)?);
            }
        }
        let shown = found.pop().unwrap_or_default();
        let others: BTreeSet<_> = found.into_iter().filter(|other| !other.is_empty() && *other != shown).collect();
        if !others.is_empty() {
            let others = others.into_iter().map(Value::Str).collect();
            record.fields.insert(field.name.to_owned(), Held { value: Value::Empty, others });
        }
        record.texts.insert(field.name.to_owned(), shown);
    }
    for name in names {
        let base = name.split_once(':').map_or(name.as_str(), |(base, _)| base);
        let Some(field) = table.iter().find(|field| field.name == base && field.kind != FieldKind::Prose) else {
            continue;
        };
        let mut values = Vec::new();
        let mut beside = BTreeSet::new();
        for object in objects {
            values.extend(scalars(lens, object, &name)?);
            beside.extend(kept(lens, object, &name)?);
        }
        if let Some(held) = held(field.kind, values, beside) {
            record.fields.insert(name, held);
        }
    }
    Ok(record)
}

fn entities(doc: &Doc, lens: Lens<'_>, collection: &Collection) -> Result<Vec<Record>, DocsError> {
    let Some(map) = doc.roots().collections.get(collection.name) else { return Ok(Vec::new()) };
    let mut records = Vec::new();
    for key in lens.keys(map) {
        let Ok(id) = key.parse::<EntityId>() else { continue };
        let all = lens.get_all(map, key.as_str())?;
        let maps = all.into_iter().filter(|(found, _)| *found == automerge::Value::Object(ObjType::Map));
        let objects: Vec<_> = maps.map(|(_, object)| object).collect();
        if objects.is_empty() {
            continue;
        }
        let mut record = record(lens, Some(id), &objects, collection.fields)?;
        for object in &objects {
            if let Some(withdrawal) = withdrawal(lens, object)? {
                record.withdrawn = Some(withdrawal);
            }
            if collection.placed
                && let Some(place) = scalars(lens, object, PLACE)?.last().and_then(Value::as_str).and_then(place)
            {
                record.place = Some(place);
            }
        }
        records.push(record);
    }
    Ok(in_order(records))
}

/// Records in the order of their places, parents first. What stands at the top because its parent is absent, or because
/// two moves made apart put it under itself, is shown without a parent; the document is left as it is.
fn in_order(mut records: Vec<Record>) -> Vec<Record> {
    let outline: BTreeMap<_, _> =
        outline(&records).into_iter().enumerate().map(|(at, (id, depth))| (Some(id), (at, depth))).collect();
    for record in &mut records {
        if let Some(place) = &mut record.place
            && outline.get(&record.id).is_some_and(|(_, depth)| *depth == 0)
        {
            place.parent = None;
        }
    }
    records.sort_by_key(|record| outline.get(&record.id).map(|(at, _)| *at));
    records
}

pub(super) fn origin(automerge: &Automerge, hash: &ChangeHash) -> Origin {
    let Some(meta) = automerge.get_change_meta_by_hash(hash) else { return Origin::default() };
    Origin {
        party: None,
        person: None,
        device: Actor::of(&meta.actor).map(Actor::device),
        millis: u64::try_from(meta.timestamp).unwrap_or_default(),
    }
}

/// All entries of claims or acts: id, JSON, and the change that wrote it. Of two under one id the first one counts.
fn entries(lens: Lens<'_>, map: &ObjId) -> Result<Vec<(EntityId, String, ChangeHash)>, DocsError> {
    let mut found = Vec::new();
    for key in lens.keys(map) {
        let Ok(id) = key.parse::<EntityId>() else { continue };
        for (value, op) in lens.get_all(map, key.as_str())? {
            if let (Some(body), Some(hash)) = (value.as_str(), lens.automerge.hash_for_opid(&op)) {
                found.push((id, body.to_owned(), hash));
                break;
            }
        }
    }
    Ok(found)
}

/// The changes that wrote an act.
pub(super) fn acts_of(doc: &Doc) -> BTreeSet<Hash> {
    let found = entries(Lens::now(&doc.automerge), &doc.roots().acts).unwrap_or_default();
    found.into_iter().map(|(_, _, hash)| hash.0).collect()
}

/// What a document says; at these heads, where there are any.
pub(super) fn snapshot(
    doc: &Doc,
    heads: Option<&[ChangeHash]>,
    number: &dyn Fn(&Hash) -> Option<u64>,
) -> Result<Snapshot, DocsError> {
    let automerge = &doc.automerge;
    let lens = Lens { automerge, heads };
    let roots = doc.roots();
    let table = doc.schema_table();
    let mut collections = BTreeMap::new();
    for collection in table.map_or(&[][..], |table| table.collections) {
        collections.insert(collection.name.to_owned(), entities(doc, lens, collection)?);
    }
    let mut claims = Vec::new();
    for (id, body, hash) in entries(lens, &roots.claims)? {
        let Ok(body) = serde_json::from_slice::<ClaimBody>(body.as_bytes()) else { continue };
        let ClaimBody { what, value, as_of, evidence, reason, supersedes, meeting } = body;
        let origin = origin(automerge, &hash);
        claims.push(Claim { id, what, value, as_of, evidence, reason, supersedes, meeting, origin });
    }
    let mut acts = Vec::new();
    for (id, body, hash) in entries(lens, &roots.acts)? {
        let Ok(ActBody { act, target, term, reason }) = serde_json::from_slice(body.as_bytes()) else { continue };
        let act = read_act(&act);
        let number = number(&hash.0);
        acts.push(ActRecord { id, act, target, term, reason, origin: origin(automerge, &hash), number });
    }
    let acts = act::in_order(&acts).into_iter().cloned().collect();
    Ok(Snapshot {
        kind: doc.kind(),
        schema: genesis::schema_of(automerge)?,
        root: record(lens, None, std::slice::from_ref(&roots.fields), table.map_or(&[], |table| table.fields))?,
        collections,
        claims,
        acts,
    })
}
