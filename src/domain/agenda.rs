//! Agendas: an ordered tree of items. The number a reader sees is derived; the id is the identity.

pub mod amend;
pub mod carry;
pub mod proposal;

use std::collections::BTreeMap;

use super::{
    act::{Act, ActRecord, Folded, fold, fold_where, in_order},
    id::EntityId,
    kind::words,
    place::outline,
    record::Record,
};

words! {
    /// What an item is about.
    ItemKind {
        /// Adoption of the agenda.
        AdoptionOfAgenda = "ADOPTION_OF_AGENDA",
        /// Arrangement of the meeting.
        Arrangement = "ARRANGEMENT",
        /// Review of a work plan.
        WpReview = "WP_REVIEW",
        /// A new work plan.
        WpNew = "WP_NEW",
        /// Decisions of other ASEAN meetings.
        DecisionsOfOtherMeetings = "DECISIONS_OF_OTHER_MEETINGS",
        /// Preparation of other meetings.
        Preparation = "PREPARATION",
        /// A statement or declaration.
        Statement = "STATEMENT",
        /// ASEAN Resource Centres.
        Arc = "ARC",
        /// Public Service Training Institutes Network.
        Psti = "PSTI",
        /// Country sharing.
        CountrySharing = "COUNTRY_SHARING",
        /// Other matters.
        OtherMatters = "OTHER_MATTERS",
        /// Next meeting.
        NextMeeting = "NEXT_MEETING",
        /// Adoption of the report.
        AdoptionOfReport = "ADOPTION_OF_REPORT",
        /// Closing.
        Closing = "CLOSING",
        /// Anything else.
        Other = "OTHER",
    }
    /// What the meeting is asked to do.
    ExpectedAction {
        /// Information.
        ForInformation = "FOR_INFORMATION",
        /// Notation.
        ForNotation = "FOR_NOTATION",
        /// Discussion.
        ForDiscussion = "FOR_DISCUSSION",
        /// Endorsement.
        ForEndorsement = "FOR_ENDORSEMENT",
        /// Adoption.
        ForAdoption = "FOR_ADOPTION",
    }
    /// Where an item is in its life.
    ItemState {
        /// Put forward.
        Proposed = "PROPOSED",
        /// On the provisional agenda.
        OnProvisional = "ON_PROVISIONAL",
        /// On the adopted agenda.
        Adopted = "ADOPTED",
        /// Being discussed.
        Open = "OPEN",
        /// Concluded.
        Concluded = "CONCLUDED",
        /// Put off to another meeting.
        Deferred = "DEFERRED",
        /// Taken back.
        Withdrawn = "WITHDRAWN",
        /// Not reached.
        NotTakenUp = "NOT_TAKEN_UP",
    }
    /// Where an agenda is in its life.
    AgendaState {
        /// Being written.
        Draft = "DRAFT",
        /// Sent to the delegations.
        Provisional = "PROVISIONAL",
        /// Adopted as item 1; its order is frozen.
        Adopted = "ADOPTED",
        /// Changed in session with the meeting's consent.
        AmendedInSession = "AMENDED_IN_SESSION",
    }
}

impl ItemState {
    /// The states that may follow.
    #[must_use]
    pub const fn next(self) -> &'static [Self] {
        use ItemState as S;
        match self {
            S::Proposed => &[S::OnProvisional, S::Withdrawn],
            S::OnProvisional => &[S::Adopted, S::Deferred, S::Withdrawn],
            S::Adopted => &[S::Open, S::Deferred, S::Withdrawn, S::NotTakenUp],
            S::Open => &[S::Concluded, S::Deferred],
            S::Concluded | S::Deferred | S::Withdrawn | S::NotTakenUp => &[],
        }
    }
}

impl AgendaState {
    /// The states that may follow. A change in session may be followed by another.
    #[must_use]
    pub const fn next(self) -> &'static [Self] {
        match self {
            Self::Draft => &[Self::Provisional],
            Self::Provisional => &[Self::Adopted, Self::Draft],
            Self::Adopted | Self::AmendedInSession => &[Self::AmendedInSession],
        }
    }

    /// Whether the order is frozen: only the Chair changes it, by a recorded change in session.
    #[must_use]
    pub const fn frozen(self) -> bool {
        match self {
            Self::Draft | Self::Provisional => false,
            Self::Adopted | Self::AmendedInSession => true,
        }
    }
}

/// The agenda's state by the session's acts; the first may set any.
#[must_use]
pub fn state(acts: &[ActRecord]) -> Folded<AgendaState> {
    fold(acts, AgendaState::Draft, |state, act| match act.act {
        Some(Act::MoveAgenda(to)) => Some(state.next().contains(&to).then_some(to)),
        Some(Act::AmendAgenda(_)) => {
            let to = AgendaState::AmendedInSession;
            Some(state.next().contains(&to).then_some(to))
        }
        _ => None,
    })
}

/// An item's state by the session's acts; the first may set any. Not moved: nobody has said.
#[must_use]
pub fn item_state(acts: &[ActRecord], item: EntityId) -> Folded<ItemState> {
    fold_where(
        acts,
        |act| act.target == Some(item),
        ItemState::Proposed,
        |state, act| match act.act {
            Some(Act::MoveItem(to)) => Some(state.next().contains(&to).then_some(to)),
            _ => None,
        },
    )
}

/// An item in its place, with the number a reader sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The item.
    pub item: EntityId,
    /// `2` or `2.1`; empty for a withdrawn one, which stands at the end.
    pub number: String,
    /// Depth, 0 at the top.
    pub depth: u8,
}

/// The items in the order of the agenda: by place, or once the agenda is frozen in the order last fixed by an act, with
/// items it does not name after it.
#[must_use]
pub fn lines(items: &[Record], acts: &[ActRecord]) -> Vec<Line> {
    let tree = outline(items.iter().filter(|item| item.withdrawn.is_none()));
    let fixed = if state(acts).state.frozen() { fixed_order(acts) } else { BTreeMap::new() };
    let mut counts: Vec<u32> = Vec::new();
    let mut lines = Vec::new();
    for (item, depth) in reordered(&tree, &fixed) {
        counts.resize(usize::from(depth) + 1, 0);
        if let Some(count) = counts.last_mut() {
            *count += 1;
        }
        let number = counts.iter().map(u32::to_string).collect::<Vec<_>>().join(".");
        lines.push(Line { item, number, depth });
    }
    let gone = items.iter().filter(|item| item.withdrawn.is_some()).filter_map(|item| item.id);
    lines.extend(gone.map(|item| Line { item, number: String::new(), depth: 0 }));
    lines
}

fn fixed_order(acts: &[ActRecord]) -> BTreeMap<EntityId, usize> {
    in_order(acts)
        .into_iter()
        .filter_map(|act| match &act.act {
            Some(Act::Order(order)) => Some(order),
            _ => None,
        })
        .next_back()
        .map(|order| order.iter().enumerate().map(|(rank, &item)| (item, rank)).collect())
        .unwrap_or_default()
}

/// Sorts the top items, each with what stands under it, and siblings within, by the fixed order; the rest keep their place.
fn reordered(tree: &[(EntityId, u8)], fixed: &BTreeMap<EntityId, usize>) -> Vec<(EntityId, u8)> {
    fn level(tree: &[(EntityId, u8)], depth: u8, fixed: &BTreeMap<EntityId, usize>, out: &mut Vec<(EntityId, u8)>) {
        let mut starts: Vec<usize> = (0..tree.len()).filter(|&i| tree[i].1 == depth).collect();
        let ends: BTreeMap<usize, usize> =
            starts.iter().copied().zip(starts.iter().copied().skip(1).chain([tree.len()])).collect();
        starts.sort_by_key(|&start| fixed.get(&tree[start].0).copied().unwrap_or(usize::MAX));
        for start in starts {
            out.push(tree[start]);
            level(&tree[start + 1..ends[&start]], depth + 1, fixed, out);
        }
    }
    let mut out = Vec::with_capacity(tree.len());
    level(tree, 0, fixed, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        place::Place,
        record::{Origin, Withdrawal},
    };

    fn id(n: u8) -> EntityId {
        EntityId::from_bytes([n; 16])
    }

    fn item(n: u8, parent: Option<u8>, key: &str) -> Record {
        let place = Some(Place { parent: parent.map(id), key: key.to_owned() });
        Record { id: Some(id(n)), place, ..Record::default() }
    }

    fn act(n: u8, act: Act) -> ActRecord {
        let (target, term, reason, origin) = (None, None, String::new(), Origin::default());
        ActRecord { id: id(n), act: Some(act), target, term, reason, origin, number: Some(u64::from(n)) }
    }

    fn shown(lines: &[Line]) -> Vec<(u8, &str)> {
        lines.iter().map(|line| (line.item.to_bytes()[0], line.number.as_str())).collect()
    }

    #[test]
    fn numbers_follow_the_order() {
        let mut items = vec![item(1, None, "b"), item(2, None, "a"), item(3, Some(2), "x"), item(4, None, "c")];
        assert_eq!(shown(&lines(&items, &[])), [(2, "1"), (3, "1.1"), (1, "2"), (4, "3")]);
        items[0].withdrawn = Some(Withdrawal { reason: String::new() });
        assert_eq!(shown(&lines(&items, &[])), [(2, "1"), (3, "1.1"), (4, "2"), (1, "")]);
    }

    #[test]
    fn an_adopted_order_is_not_moved_by_places() {
        let items = [item(1, None, "z"), item(2, None, "b"), item(3, Some(2), "x"), item(4, None, "c")];
        let adopted =
            [act(10, Act::MoveAgenda(AgendaState::Adopted)), act(11, Act::Order(vec![id(1), id(2), id(3), id(4)]))];
        assert_eq!(shown(&lines(&items, &adopted)), [(1, "1"), (2, "2"), (3, "2.1"), (4, "3")]);
        let draft = [act(11, Act::Order(vec![id(1)]))];
        assert_eq!(shown(&lines(&items, &draft))[0], (2, "1"), "an order counts only once the agenda is adopted");
    }

    #[test]
    fn every_transition_of_items_and_agendas() {
        use ItemState as I;
        let items = [
            (I::Proposed, "ON_PROVISIONAL WITHDRAWN"),
            (I::OnProvisional, "ADOPTED DEFERRED WITHDRAWN"),
            (I::Adopted, "OPEN DEFERRED WITHDRAWN NOT_TAKEN_UP"),
            (I::Open, "CONCLUDED DEFERRED"),
            (I::Concluded, ""),
            (I::Deferred, ""),
            (I::Withdrawn, ""),
            (I::NotTakenUp, ""),
        ];
        assert_eq!(items.len(), I::ALL.len());
        for (from, words) in items {
            for &to in I::ALL {
                assert_eq!(from.next().contains(&to), words.split(' ').any(|word| word == to.word()), "{from} to {to}");
            }
        }
        use AgendaState as A;
        let agendas = [
            (A::Draft, "PROVISIONAL"),
            (A::Provisional, "ADOPTED DRAFT"),
            (A::Adopted, "AMENDED_IN_SESSION"),
            (A::AmendedInSession, "AMENDED_IN_SESSION"),
        ];
        for (from, words) in agendas {
            for &to in A::ALL {
                assert_eq!(from.next().contains(&to), words.split(' ').any(|word| word == to.word()), "{from} to {to}");
            }
        }
    }
}
