//! The agenda of a meeting that follows another: the items of the last one under ids derived from theirs, so that two who
//! make it apart make one agenda.

use std::collections::BTreeMap;

use super::lines;
use crate::domain::{
    edit::Edit,
    id::{DocId, EntityId},
    meeting::{Beside, SessionKind},
    place::{Place, key_between},
    record::{Record, Snapshot, Value},
};

/// What an item takes along: what it is, and not what became of it.
pub const CARRIED: [&str; 7] = ["title", "titles", "kind", "lead", "expected-action", "session", "minutes"];

/// The id of an item carried into a session: the same on every device.
#[must_use]
pub fn item_id(session: DocId, item: EntityId) -> EntityId {
    EntityId::derived(&["carried-item", &session.to_string(), &item.to_string()])
}

/// The scalars of a record that have one of these names and say something.
fn said(record: &Record) -> Vec<(String, Value)> {
    let wanted = |name: &str| CARRIED.contains(&name.split_once(':').map_or(name, |(base, _)| base));
    let fields = record.fields.iter().filter(|(name, held)| wanted(name) && held.value != Value::Empty);
    fields.map(|(name, held)| (name.clone(), held.value.clone())).collect()
}

/// The items of an agenda as edits that make them in another session, in the order shown; withdrawn ones stay behind.
#[must_use]
pub fn items(last: &Snapshot, session: DocId) -> Vec<Edit> {
    let records = last.collection("items");
    let shown = lines(records, &last.acts).into_iter().filter(|line| !line.number.is_empty());
    let mut above: Vec<EntityId> = Vec::new();
    let mut key: Option<String> = None;
    let mut edits = Vec::new();
    for line in shown {
        let Some(record) = records.iter().find(|record| record.id == Some(line.item)) else { continue };
        let id = item_id(session, line.item);
        above.truncate(usize::from(line.depth));
        // No chance in it: the same keys on every device.
        let [a, b, c, d, ..] = id.to_bytes();
        let next = key_between(key.as_deref(), None, [a, b, c, d]);
        let place = Some(Place { parent: above.last().copied(), key: next.clone() });
        edits.push(Edit::Add { to: "items".to_owned(), id, place, fields: said(record), texts: Vec::new() });
        above.push(id);
        key = Some(next);
    }
    edits
}

/// For whom an item is, as it says itself: of several values that stand at the same time the one for the fewest.
fn session_of(item: &Record) -> Option<SessionKind> {
    let held = item.fields.get("session")?;
    let said = std::iter::once(&held.value).chain(&held.others);
    let said: Vec<SessionKind> = said.filter_map(|value| value.as_str()?.parse().ok()).collect();
    let closed = said.contains(&SessionKind::Closed).then_some(SessionKind::Closed);
    closed.or_else(|| said.iter().copied().find(|kind| *kind != SessionKind::Open)).or_else(|| said.first().copied())
}

/// The same for a meeting beside this one, with what is meant for whoever takes part in that: for the Plus Three countries all
/// but what is for a closed session, for everybody only what is for an open one, and who speaks to it. An item that does not
/// say is as the one above it; what is under an item that stays behind and is meant for them stands at the top. Nothing of it
/// tells what stayed behind: the keys are those of an agenda of its own.
#[must_use]
pub fn items_beside(last: &Snapshot, session: DocId, beside: Beside) -> Vec<Edit> {
    let records = last.collection("items").iter();
    let records: BTreeMap<EntityId, &Record> =
        records.filter_map(|record| Some((item_id(session, record.id?), record))).collect();
    let mut kinds: BTreeMap<EntityId, Option<SessionKind>> = BTreeMap::new();
    let mut key: Option<String> = None;
    let mut made: Vec<Edit> = Vec::new();
    // What stands above comes first.
    for edit in items(last, session) {
        let Edit::Add { to, id, place: Some(Place { parent, .. }), mut fields, texts } = edit else { continue };
        let Some(record) = records.get(&id) else { continue };
        let above = parent.and_then(|parent| kinds.get(&parent).copied().flatten());
        // What is closed is closed for all that is under it.
        let kind = if above == Some(SessionKind::Closed) { above } else { session_of(record).or(above) };
        kinds.insert(id, kind);
        let meant = match beside {
            Beside::Plus3 => kind != Some(SessionKind::Closed),
            Beside::Open => kind == Some(SessionKind::Open),
        };
        if !meant {
            continue;
        }
        let is_here = |parent: &EntityId| made.iter().any(|edit| matches!(edit, Edit::Add { id, .. } if id == parent));
        let parent = parent.filter(is_here);
        let speaker = record.fields.get("speaker").map(|held| held.value.clone());
        let speaker = speaker.filter(|name| beside == Beside::Open && *name != Value::Empty);
        fields.extend(speaker.map(|name| ("speaker".to_owned(), name)));
        let [a, b, c, d, ..] = id.to_bytes();
        let next = key_between(key.as_deref(), None, [a, b, c, d]);
        key = Some(next.clone());
        made.push(Edit::Add { to, id, place: Some(Place { parent, key: next }), fields, texts });
    }
    made
}

/// The paragraphs of a report that the next meeting has to come back to: decisions and actions that stand. The seam for
/// whoever carries them along: here is said which, and nowhere how.
#[must_use]
pub fn open_paragraphs(last: &Snapshot) -> Vec<EntityId> {
    let open = |record: &&Record| record.withdrawn.is_none() && matches!(record.line("kind"), "decision" | "action");
    last.collection("paragraphs").iter().filter(open).filter_map(|record| record.id).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::domain::{
        act::{Act, ActRecord},
        agenda::AgendaState,
        kind::DocKind,
        record::{Held, Origin, Withdrawal},
        schema,
    };

    const NEXT: DocId = DocId::from_bytes([9; 16]);

    fn id(n: u8) -> EntityId {
        EntityId::from_bytes([n; 16])
    }

    fn record(n: u8, parent: Option<u8>, key: &str, fields: &[(&str, Value)]) -> Record {
        let held = |value: &Value| Held { value: value.clone(), others: Vec::new() };
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), held(value))).collect();
        let place = Some(Place { parent: parent.map(id), key: key.to_owned() });
        Record { id: Some(id(n)), place, fields, ..Record::default() }
    }

    fn snapshot(collection: &str, records: Vec<Record>, acts: Vec<ActRecord>) -> Snapshot {
        let collections = BTreeMap::from([(collection.to_owned(), records)]);
        Snapshot { kind: DocKind::Session, schema: 1, root: Record::default(), collections, claims: Vec::new(), acts }
    }

    fn act(n: u8, act: Act) -> ActRecord {
        let (target, term, reason, origin) = (None, None, String::new(), Origin::default());
        ActRecord { id: id(n), act: Some(act), target, term, reason, origin, number: Some(u64::from(n)) }
    }

    #[test]
    fn what_is_for_a_closed_session_stays_behind_with_what_is_under_it() {
        let of = |word: &str| [("title", Value::from(word)), ("session", Value::from(word))];
        let under = [("title", Value::from("under it"))];
        let records = vec![
            record(1, None, "a", &of("OPEN")),
            record(2, None, "b", &of("CLOSED")),
            record(3, Some(2), "c", &under),
            record(4, Some(3), "d", &of("OPEN")),
            record(5, None, "e", &under),
            record(6, Some(5), "f", &of("OPEN")),
            record(7, Some(6), "g", &under),
        ];
        let last = snapshot("items", records, Vec::new());
        assert_eq!(items(&last, NEXT).len(), 7);
        let made = |beside| {
            let told = |edit| match edit {
                Edit::Add { id, place: Some(place), .. } => (id, place.parent),
                other => panic!("{other:?}"),
            };
            items_beside(&last, NEXT, beside).into_iter().map(told).collect::<Vec<_>>()
        };
        let of = |n| item_id(NEXT, id(n));
        assert_eq!(made(Beside::Plus3), [(of(1), None), (of(5), None), (of(6), Some(of(5))), (of(7), Some(of(6)))]);
        // For everybody only what says that it is open, or stands under what does.
        assert_eq!(made(Beside::Open), [(of(1), None), (of(6), None), (of(7), Some(of(6)))]);
    }

    #[test]
    fn of_what_two_marked_apart_the_stricter_counts_and_no_key_tells_what_stayed_behind() {
        let of = |word: &str| [("title", Value::from(word)), ("session", Value::from(word))];
        let mut both = record(2, None, "b", &of("OPEN"));
        let held = both.fields.get_mut("session").expect("said");
        held.others.push("CLOSED".into());
        let mut ceremony = record(3, None, "c", &of("OPEN"));
        ceremony.fields.get_mut("session").expect("said").others.push("CEREMONIAL".into());
        let keys = |records: Vec<Record>, beside| {
            let key = |edit| match edit {
                Edit::Add { id, place: Some(place), .. } => (id, place.key),
                other => panic!("{other:?}"),
            };
            items_beside(&snapshot("items", records, Vec::new()), NEXT, beside).into_iter().map(key).collect::<Vec<_>>()
        };
        let last = record(4, None, "d", &of("OPEN"));
        let alone = keys(vec![last.clone()], Beside::Open);
        let among = vec![record(1, None, "a", &of("CLOSED")), both, ceremony, last];
        assert_eq!(keys(among.clone(), Beside::Open), alone);
        let plus3: Vec<EntityId> = keys(among, Beside::Plus3).into_iter().map(|(id, _)| id).collect();
        assert_eq!(plus3, [item_id(NEXT, id(3)), item_id(NEXT, id(4))]);
    }

    #[test]
    fn the_last_agenda_comes_along_in_the_order_that_was_adopted() {
        let title = |text: &str| ("title", Value::from(text));
        let gone =
            Record { withdrawn: Some(Withdrawal { reason: String::new() }), ..record(5, None, "z", &[title("No")]) };
        let papers = ("documents:x", Value::Bool(true));
        let records = vec![
            record(1, None, "a", &[title("One"), ("titles:vi", "Một".into()), ("minutes", Value::Int(10)), papers]),
            record(2, None, "b", &[title("Two"), ("lead", "KH".into()), ("note", "said then".into())]),
            record(3, Some(2), "c", &[title("Two, one")]),
            gone,
        ];
        let acts = vec![act(10, Act::MoveAgenda(AgendaState::Adopted)), act(11, Act::Order(vec![id(2), id(3), id(1)]))];
        let made = items(&snapshot("items", records, acts), NEXT);
        let told: Vec<_> = made
            .iter()
            .map(|edit| match edit {
                Edit::Add { to, id, place: Some(place), fields, texts } => {
                    assert!(to == "items" && texts.is_empty());
                    let names: Vec<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
                    (*id, place.parent, place.key.clone(), names.join(" "))
                }
                other => panic!("{other:?}"),
            })
            .collect();
        let of = |n| item_id(NEXT, id(n));
        assert_eq!(told.iter().map(|one| one.0).collect::<Vec<_>>(), [of(2), of(3), of(1)]);
        assert_eq!(told.iter().map(|one| one.1).collect::<Vec<_>>(), [None, Some(of(2)), None]);
        assert!(told.windows(2).all(|pair| pair[0].2 < pair[1].2), "in this order: {told:?}");
        assert_eq!(
            told.iter().map(|one| one.3.as_str()).collect::<Vec<_>>(),
            ["lead title", "title", "minutes title titles:vi"]
        );
        let table = schema::of(DocKind::Session).expect("a schema");
        assert!(CARRIED.iter().all(|name| table.field(Some("items"), name).is_some()));
    }

    #[test]
    fn what_was_decided_and_tasked_is_open_and_what_was_only_said_is_not() {
        let kind = |n, kind: &str| record(n, None, "k", &[("kind", kind.into())]);
        let gone = Record { withdrawn: Some(Withdrawal { reason: String::new() }), ..kind(4, "decision") };
        let records = vec![kind(1, "discussion"), kind(2, "decision"), kind(3, "action"), gone, kind(5, "reservation")];
        assert_eq!(open_paragraphs(&snapshot("paragraphs", records, Vec::new())), [id(2), id(3)]);
    }
}
