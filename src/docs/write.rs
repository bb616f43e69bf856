//! From an edit to the operations of one change.
//!
//! Everything is checked before the first operation. Names in a record that are no fields: `@place` (parent's id or
//! nothing, `|`, key), `@withdrawn` (the reason while withdrawn, null once restored), `@kept:FIELD` (a JSON list of
//! values that a write replaced though its author had not seen them, so that they still stand beside the new one).
//!
//! Nothing is ever deleted but characters of prose.

mod begin;
mod set;

use std::collections::{BTreeMap, BTreeSet};

use automerge::{ObjId, ObjType, ReadDoc, ScalarValue, transaction::Transactable};

pub(super) use self::set::reason_of;
use super::{actor::Author, doc::Doc, error::DocsError, merge, read, valid};
use crate::domain::{
    At, ClaimKind, Edit, EntityId, Place, Splice, Value, When,
    project::ProjectStatus,
    schema::{Collection, Field, FieldKind, Schema},
};

/// What one change will do.
#[derive(Debug, Default)]
pub(super) struct Plan {
    ops: Vec<Op>,
    pub touched: BTreeSet<EntityId>,
    pub touches_root: bool,
    pub message: Option<String>,
}

#[derive(Debug)]
enum Op {
    Put {
        map: ObjId,
        key: String,
        value: ScalarValue,
    },
    Splice {
        text: ObjId,
        splices: Vec<Splice>,
    },
    MakeText {
        record: ObjId,
        key: String,
        text: String,
    },
    MakeRecord {
        collection: ObjId,
        key: String,
        scalars: BTreeMap<String, ScalarValue>,
        texts: BTreeMap<String, String>,
    },
}

impl Plan {
    fn touch(&mut self, entity: Option<EntityId>) {
        match entity {
            Some(id) => {
                self.touched.insert(id);
            }
            None => self.touches_root = true,
        }
    }

    fn put(&mut self, map: &ObjId, key: impl Into<String>, value: ScalarValue) {
        self.ops.push(Op::Put { map: map.clone(), key: key.into(), value });
    }

    /// Takes in what another edit will do; an entity, claim or act that both make is refused.
    pub(super) fn join(&mut self, other: Self) -> Result<(), DocsError> {
        let made = |op: &Op| match op {
            Op::MakeRecord { collection, key, .. } => Some((collection.clone(), key.clone())),
            Op::Put { map, key, .. } => Some((map.clone(), key.clone())),
            Op::MakeText { record, key, .. } => Some((record.clone(), key.clone())),
            Op::Splice { .. } => None,
        };
        let mine: BTreeSet<_> = self.ops.iter().filter_map(made).collect();
        if let Some((_, key)) = other.ops.iter().filter_map(made).find(|made| mine.contains(made)) {
            return Err(DocsError::Exists(key));
        }
        self.ops.extend(other.ops);
        self.touched.extend(other.touched);
        self.touches_root |= other.touches_root;
        self.message = self.message.take().or(other.message);
        Ok(())
    }

    /// How many operations it will be, at most.
    pub(super) fn size(&self) -> usize {
        let ops = self.ops.iter().map(|op| match op {
            Op::Put { .. } => 1,
            Op::Splice { splices, .. } => {
                splices.iter().map(|splice| splice.delete as usize + splice.insert.chars().count()).sum()
            }
            Op::MakeText { text, .. } => 1 + text.chars().count(),
            Op::MakeRecord { scalars, texts, .. } => {
                1 + scalars.len() + texts.values().map(|text| 1 + text.chars().count()).sum::<usize>()
            }
        });
        ops.sum()
    }

    /// Only splices of one text.
    pub(super) fn splicing(entity: Option<EntityId>, text: ObjId, splices: Vec<Splice>) -> Self {
        let mut plan = Self { ops: vec![Op::Splice { text, splices }], ..Self::default() };
        plan.touch(entity);
        plan
    }

    /// A text made where its record has none.
    pub(super) fn making(entity: Option<EntityId>, record: ObjId, key: String, text: String) -> Self {
        let mut plan = Self { ops: vec![Op::MakeText { record, key, text }], ..Self::default() };
        plan.touch(entity);
        plan
    }
}

/// Writes the operations of a plan.
pub(super) fn run(plan: &Plan, tx: &mut impl Transactable) -> Result<(), DocsError> {
    for op in &plan.ops {
        match op {
            Op::Put { map, key, value } => tx.put(map, key.as_str(), value.clone())?,
            Op::Splice { text, splices } => {
                for splice in splices {
                    let delete = isize::try_from(splice.delete)
                        .map_err(|_| DocsError::BadSplice { at: splice.at, delete: splice.delete })?;
                    tx.splice_text(text, splice.at as usize, delete, &splice.insert)?;
                }
            }
            Op::MakeText { record, key, text } => make_text(tx, record, key, text)?,
            Op::MakeRecord { collection, key, scalars, texts } => {
                let record = tx.put_object(collection, key.as_str(), ObjType::Map)?;
                for (name, value) in scalars {
                    tx.put(&record, name.as_str(), value.clone())?;
                }
                for (name, text) in texts {
                    make_text(tx, &record, name, text)?;
                }
            }
        }
    }
    Ok(())
}

fn make_text(tx: &mut impl Transactable, record: &ObjId, key: &str, text: &str) -> Result<(), DocsError> {
    let made = tx.put_object(record, key, ObjType::Text)?;
    if !text.is_empty() {
        tx.splice_text(&made, 0, 0, text)?;
    }
    Ok(())
}

/// A record that is there: its object, and its collection if it is an entity.
pub(super) struct Target {
    pub record: ObjId,
    pub collection: Option<&'static Collection>,
}

/// Finds the record that is meant.
pub(super) fn target(doc: &Doc, entity: Option<EntityId>) -> Result<Target, DocsError> {
    let Some(id) = entity else { return Ok(Target { record: doc.roots().fields.clone(), collection: None }) };
    let key = id.to_string();
    for collection in schema(doc)?.collections {
        let Some(map) = doc.roots().collections.get(collection.name) else { continue };
        if let Some((value, record)) = doc.automerge.get(map, key.as_str())?
            && value.is_object()
        {
            return Ok(Target { record, collection: Some(collection) });
        }
    }
    Err(DocsError::UnknownEntity(key))
}

fn schema(doc: &Doc) -> Result<&'static Schema, DocsError> {
    doc.schema_table().ok_or_else(|| DocsError::UnknownField(doc.kind().to_string()))
}

pub(super) fn field(doc: &Doc, collection: Option<&str>, name: &str) -> Result<&'static Field, DocsError> {
    schema(doc)?.field(collection, name).ok_or_else(|| DocsError::UnknownField(name.to_owned()))
}

/// Checks an edit against the document and turns it into operations.
pub(super) fn plan(doc: &Doc, edit: &Edit, author: &Author) -> Result<Plan, DocsError> {
    match edit {
        Edit::Set { at, value, seen } => set::plan(doc, at, (value, &[]), seen, "", author),
        Edit::Choose { at, value, seen, beside, reason } => set::plan(doc, at, (value, beside), seen, reason, author),
        Edit::Text { at, base, splices } => text(doc, at, base, splices),
        Edit::Add { to, id, place, fields, texts } => add(doc, to, *id, place.as_ref(), fields, texts),
        Edit::Move { id, place } => relocate(doc, *id, place),
        Edit::Withdraw { id, reason } => withdraw(doc, *id, reason),
        Edit::Restore { id } => restore(doc, *id),
        Edit::Claim { id, what, value, as_of, evidence, reason, supersedes }
        | Edit::ClaimAt { id, what, value, as_of, evidence, reason, supersedes, .. } => {
            check_claim(*what, value)?;
            let meeting = match edit {
                Edit::ClaimAt { meeting, .. } => Some(*meeting),
                _ => None,
            };
            let body = read::ClaimBody {
                what: *what,
                value: value.clone(),
                as_of: *as_of,
                evidence: evidence.clone(),
                reason: reason.clone(),
                supersedes: supersedes.clone(),
                meeting,
            };
            entry(doc, &doc.roots().claims, *id, &body)
        }
        Edit::Act { id, act, target, term, reason } => {
            let act = read::written_act(act);
            let body = read::ActBody { act, target: *target, term: *term, reason: reason.clone() };
            let mut plan = entry(doc, &doc.roots().acts, *id, &body)?;
            plan.touched.extend(*target);
            Ok(plan)
        }
        Edit::Begin { fields, texts } => begin::plan(doc, fields, texts),
        Edit::Make(edits) => begin::whole(doc, edits, author),
    }
}

fn text(doc: &Doc, at: &At, base: &str, splices: &[Splice]) -> Result<Plan, DocsError> {
    let Target { record, collection } = target(doc, at.entity)?;
    let field = field(doc, collection.map(|collection| collection.name), &at.field)?;
    if field.kind != FieldKind::Prose || field.name != at.field {
        return Err(DocsError::UnknownField(at.field.clone()));
    }
    let splices: Vec<_> = splices.iter().filter(|s| s.delete > 0 || !s.insert.is_empty()).cloned().collect();
    let edited = merge::spliced(base, &splices)?;
    match read::text_object(&doc.automerge, &record, &at.field)? {
        Some(object) => {
            let current = doc.automerge.text(&object)?;
            let splices = if current == base { splices } else { merge::carry(base, &splices, &current)? };
            if splices.is_empty() {
                return Err(DocsError::NoChange);
            }
            Ok(Plan::splicing(at.entity, object, splices))
        }
        None => Ok(Plan::making(at.entity, record, at.field.clone(), edited)),
    }
}

fn add(
    doc: &Doc,
    to: &str,
    id: EntityId,
    place: Option<&Place>,
    fields: &[(String, Value)],
    texts: &[(String, String)],
) -> Result<Plan, DocsError> {
    let unknown = || DocsError::UnknownCollection(to.to_owned());
    let collection = schema(doc)?.collection(to).ok_or_else(unknown)?;
    let map = doc.roots().collections.get(collection.name).ok_or_else(unknown)?;
    if target(doc, Some(id)).is_ok() {
        return Err(DocsError::Exists(id.to_string()));
    }
    let mut scalars = BTreeMap::new();
    match (collection.placed, place) {
        (true, Some(place)) => {
            scalars.insert(read::PLACE.to_owned(), place_scalar(id, place)?);
        }
        (false, None) => {}
        (true, None) => return Err(valid::bad("place", &Value::Empty)),
        (false, Some(_)) => return Err(DocsError::UnknownField("place".to_owned())),
    }
    for (name, value) in fields {
        let value = valid::scalar(field(doc, Some(to), name)?, name, value)?;
        if !value.is_null() {
            scalars.insert(name.clone(), value);
        }
    }
    let prose = collection.fields.iter().filter(|field| field.kind == FieldKind::Prose);
    let mut made: BTreeMap<_, _> = prose.map(|field| (field.name.to_owned(), String::new())).collect();
    for (name, text) in texts {
        let slot = made.get_mut(name).ok_or_else(|| DocsError::UnknownField(name.clone()))?;
        slot.clone_from(text);
    }
    let record = Op::MakeRecord { collection: map.clone(), key: id.to_string(), scalars, texts: made };
    Ok(Plan { ops: vec![record], touched: BTreeSet::from([id]), ..Plan::default() })
}

fn relocate(doc: &Doc, id: EntityId, place: &Place) -> Result<Plan, DocsError> {
    let Target { record, collection } = target(doc, Some(id))?;
    if !collection.is_some_and(|collection| collection.placed) {
        return Err(DocsError::UnknownField("place".to_owned()));
    }
    let mut plan = Plan::default();
    plan.touch(Some(id));
    plan.put(&record, read::PLACE, place_scalar(id, place)?);
    Ok(plan)
}

fn place_scalar(id: EntityId, place: &Place) -> Result<ScalarValue, DocsError> {
    let good = !place.key.is_empty() && place.key.len() <= 400 && !place.key.contains(char::is_control);
    if !good || place.parent == Some(id) {
        return Err(valid::bad("place", &Value::Str(place.key.clone())));
    }
    Ok(read::place_text(place).into())
}

fn withdraw(doc: &Doc, id: EntityId, reason: &str) -> Result<Plan, DocsError> {
    let Target { record, .. } = target(doc, Some(id))?;
    valid::line("reason", reason)?;
    let mut plan = Plan::default();
    plan.touch(Some(id));
    plan.put(&record, read::WITHDRAWN, reason.into());
    Ok(plan)
}

fn restore(doc: &Doc, id: EntityId) -> Result<Plan, DocsError> {
    let Target { record, .. } = target(doc, Some(id))?;
    if read::withdrawal(read::Lens::now(&doc.automerge), &record)?.is_none() {
        return Err(DocsError::NoChange);
    }
    let mut plan = Plan::default();
    plan.touch(Some(id));
    plan.put(&record, read::WITHDRAWN, ScalarValue::Null);
    Ok(plan)
}

/// A claim speaks of a status or of a date.
fn check_claim(what: ClaimKind, value: &Value) -> Result<(), DocsError> {
    let text = value.as_str();
    let fits = match what {
        ClaimKind::Status => text.is_some_and(|text| text.parse::<ProjectStatus>().is_ok()),
        ClaimKind::Start | ClaimKind::End | ClaimKind::ActualStart | ClaimKind::ActualEnd => {
            text.is_some_and(|text| text.parse::<When>().is_ok())
        }
    };
    if fits { Ok(()) } else { Err(valid::bad(what.word(), value)) }
}

/// An entry that is only ever added.
fn entry(doc: &Doc, map: &ObjId, id: EntityId, body: &impl serde::Serialize) -> Result<Plan, DocsError> {
    schema(doc)?;
    let key = id.to_string();
    if doc.automerge.get(map, key.as_str())?.is_some() {
        return Err(DocsError::Exists(key));
    }
    let body = serde_json::to_string(body).map_err(unwritable)?;
    let mut plan = Plan { touches_root: true, ..Plan::default() };
    plan.put(map, key, body.into());
    Ok(plan)
}

fn unwritable(error: serde_json::Error) -> DocsError {
    DocsError::Malformed(error.to_string())
}
