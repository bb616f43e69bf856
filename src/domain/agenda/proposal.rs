//! Items that delegations propose for an agenda. A party proposes in its own voice; the Chair or the Secretariat takes the
//! proposal over, under an id that everyone derives from it, or declines it and says why. That it was taken over is that the
//! item is there: nothing says it twice. A proposal after the date is shown as late and never dropped.

use super::ItemKind;
use crate::domain::{
    act::{Act, ActRecord, in_order},
    id::{DocId, EntityId},
    kind::words,
    record::{Record, Value},
    when::{Date, When},
};

/// The kind of a proposal in a party's voice that is an item for an agenda.
pub const KIND: &str = "item";

/// Where a voice's `proposals` hold what an item says, and what an item calls it.
const FIELDS: [(&str, &str); 6] = [
    ("title", "title"),
    ("titles", "titles"),
    ("item-kind", "kind"),
    ("expected-action", "expected-action"),
    ("minutes", "minutes"),
    ("session", "session"),
];

words! {
    /// What became of a proposal.
    ProposalState {
        /// Nobody has answered.
        Open = "OPEN",
        /// It is on the agenda.
        Taken = "TAKEN",
        /// It was declined.
        Declined = "DECLINED",
    }
    /// When a proposal came, by the hub's time.
    Arrival {
        /// By the date.
        InTime = "IN_TIME",
        /// After it.
        Late = "LATE",
        /// The hub does not have it yet.
        Waiting = "WAITING",
    }
}

/// The item that comes of a proposal: the same on every device, so that it is taken over once.
#[must_use]
pub fn item_id(session: DocId, proposal: EntityId) -> EntityId {
    EntityId::derived(&["proposed-item", &session.to_string(), &proposal.to_string()])
}

/// The fields of the item that comes of a proposal.
#[must_use]
pub fn item_fields(proposal: &Record) -> Vec<(String, Value)> {
    let mut fields = Vec::new();
    for (name, held) in &proposal.fields {
        let (base, member) = name.split_once(':').map_or((name.as_str(), None), |(base, member)| (base, Some(member)));
        let Some((_, field)) = FIELDS.iter().find(|(said, _)| *said == base) else { continue };
        if held.value != Value::Empty {
            let field = member.map_or_else(|| (*field).to_owned(), |member| format!("{field}:{member}"));
            fields.push((field, held.value.clone()));
        }
    }
    if !fields.iter().any(|(name, _)| name == "kind") {
        fields.push(("kind".to_owned(), ItemKind::Other.word().into()));
    }
    fields
}

/// Whether a record of a voice proposes an item.
#[must_use]
pub fn is_item(record: &Record) -> bool {
    record.line("kind") == KIND
}

/// Whether a proposal that the hub received at a moment came by a date. Both in UTC, where a day ends later than it does in
/// any member's zone: nobody is cut short. Without a date nothing is late.
#[must_use]
pub fn arrival(received: Option<u64>, until: Option<When>) -> Arrival {
    match (received, until) {
        (None, _) => Arrival::Waiting,
        (Some(at), Some(until)) if Date::of_millis(at) > until.bounds().1 => Arrival::Late,
        (Some(_), Some(_) | None) => Arrival::InTime,
    }
}

/// What became of a proposal, and the act that declined it last, whether or not it was taken over after all.
#[must_use]
pub fn standing<'a>(
    session: DocId,
    proposal: EntityId,
    items: &[Record],
    acts: &'a [ActRecord],
) -> (ProposalState, Option<&'a ActRecord>) {
    let declined = in_order(acts)
        .into_iter()
        .rfind(|record| record.target == Some(proposal) && matches!(record.act, Some(Act::DeclineItem)));
    let taken = items.iter().any(|item| item.id == Some(item_id(session, proposal)));
    let state = match (taken, declined) {
        (true, _) => ProposalState::Taken,
        (false, Some(_)) => ProposalState::Declined,
        (false, None) => ProposalState::Open,
    };
    (state, declined)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        kind::DocKind,
        record::{Held, Origin},
        schema,
    };

    const SESSION: DocId = DocId::from_bytes([7; 16]);

    fn id(n: u8) -> EntityId {
        EntityId::from_bytes([n; 16])
    }

    #[test]
    fn a_proposal_is_late_by_the_hubs_day_and_without_a_date_never() {
        let until = "2026-07-05".parse().ok();
        let noon = 1_783_252_800_000; // 5 July 2026, 12:00 UTC
        assert_eq!(arrival(Some(noon), until), Arrival::InTime);
        assert_eq!(arrival(Some(noon + 12 * 3_600_000 - 1), until), Arrival::InTime, "the last moment of the day");
        assert_eq!(arrival(Some(noon + 12 * 3_600_000), until), Arrival::Late);
        assert_eq!(arrival(Some(noon + 12 * 3_600_000), "2026-07".parse().ok()), Arrival::InTime, "all of July");
        assert_eq!(arrival(Some(u64::MAX), None), Arrival::InTime);
        assert_eq!(arrival(None, until), Arrival::Waiting, "not the device's clock");
    }

    #[test]
    fn a_declined_proposal_may_still_be_taken_over_and_then_it_is_on_the_agenda() {
        let act = ActRecord {
            id: id(1),
            act: Some(Act::DeclineItem),
            target: Some(id(5)),
            term: None,
            reason: "For the next meeting".to_owned(),
            origin: Origin::default(),
            number: Some(3),
        };
        let acts = [act];
        let state = |proposal, items: &[Record]| standing(SESSION, proposal, items, &acts).0;
        assert_eq!(state(id(4), &[]), ProposalState::Open);
        assert_eq!(state(id(5), &[]), ProposalState::Declined);
        let item = Record { id: Some(item_id(SESSION, id(5))), ..Record::default() };
        assert_eq!(state(id(5), &[item]), ProposalState::Taken);
        assert_ne!(item_id(SESSION, id(5)), item_id(DocId::from_bytes([8; 16]), id(5)));
    }

    #[test]
    fn what_was_proposed_becomes_what_the_item_says() {
        let held = |text: &str| Held { value: text.into(), others: Vec::new() };
        let said = [
            ("kind", held(KIND)),
            ("title", held("A talent pool")),
            ("titles:vi", held("Nguồn nhân tài")),
            ("item-kind", held("COUNTRY_SHARING")),
            ("minutes", Held { value: Value::Int(15), others: Vec::new() }),
        ];
        let fields = said.into_iter().map(|(name, held)| (name.to_owned(), held)).collect();
        let made = item_fields(&Record { fields, ..Record::default() });
        let expected = [
            ("kind", "COUNTRY_SHARING".into()),
            ("minutes", Value::Int(15)),
            ("title", "A talent pool".into()),
            ("titles:vi", "Nguồn nhân tài".into()),
        ];
        assert_eq!(made, expected.map(|(name, value)| (name.to_owned(), value)));
        let items = schema::of(DocKind::Session).expect("a schema");
        let voice = schema::of(DocKind::Voice).expect("a schema");
        for (from, to) in FIELDS {
            let (from, to) = (voice.field(Some("proposals"), from), items.field(Some("items"), to));
            assert_eq!(from.map(|field| field.kind), to.map(|field| field.kind), "{to:?}");
        }
        let bare = item_fields(&Record::default());
        assert_eq!(bare, [("kind".to_owned(), ItemKind::Other.word().into())]);
    }
}
