//! What parties say about a subject, each in its own voice: comments, and questions that are open until they are answered.

use std::collections::BTreeSet;

use super::{
    act::{Act, ActRecord},
    id::EntityId,
    kind::words,
    party::PartyCode,
};

words! {
    /// What somebody says.
    CommentKind {
        /// Words that need no answer.
        Comment = "comment",
        /// Words that stand open until somebody says that they are answered.
        Question = "question",
    }
    /// How a question stands.
    Settled {
        /// It waits for an answer.
        Open = "open",
        /// It is answered.
        Resolved = "resolved",
    }
}

/// How a question stands, and who brought it there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Open or resolved.
    pub state: Settled,
    /// The act that said so last, and whose voice it was in; none while nobody has said anything.
    pub by: Option<(PartyCode, ActRecord)>,
}

/// How a question stands by the acts of all voices on its subject, in the hub's order. Only those of `entitled` parties
/// count: who asked, the leads of the project and the Secretariat. Saying once more what stands changes nothing.
#[must_use]
pub fn standing(question: EntityId, said: &[(PartyCode, ActRecord)], entitled: &BTreeSet<PartyCode>) -> Standing {
    let mut said: Vec<_> = said
        .iter()
        .filter(|(party, act)| act.target == Some(question) && entitled.contains(party))
        .filter_map(|(party, act)| match act.act {
            Some(Act::Settle(to)) => Some((to, party, act)),
            _ => None,
        })
        .collect();
    said.sort_by_key(|(_, _, act)| (act.number.unwrap_or(u64::MAX), act.id));
    let mut now = Standing { state: Settled::Open, by: None };
    for (to, party, act) in said {
        if now.state != to {
            now = Standing { state: to, by: Some((party.clone(), act.clone())) };
        }
    }
    now
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::Origin;

    fn said(n: u8, party: &str, to: Settled, number: Option<u64>) -> (PartyCode, ActRecord) {
        let act = ActRecord {
            id: EntityId::from_bytes([n; 16]),
            act: Some(Act::Settle(to)),
            target: Some(EntityId::from_bytes([9; 16])),
            term: None,
            reason: String::new(),
            origin: Origin::default(),
            number,
        };
        (party.parse().expect("a code"), act)
    }

    #[test]
    fn a_question_stands_as_the_last_entitled_party_in_the_hubs_order_says() {
        use Settled::{Open, Resolved};
        let question = EntityId::from_bytes([9; 16]);
        let entitled: BTreeSet<PartyCode> = ["KH", "ASEC"].iter().map(|code| code.parse().expect("a code")).collect();
        let how = |said: &[_]| {
            let now = standing(question, said, &entitled);
            (now.state, now.by.map(|(party, act)| (party.to_string(), act.id.to_bytes()[0])))
        };
        assert_eq!(how(&[]), (Open, None));
        let resolved = said(1, "KH", Resolved, Some(5));
        let opened = said(2, "ASEC", Open, Some(6));
        let again = said(3, "KH", Resolved, None);
        for order in [[&resolved, &opened, &again], [&again, &opened, &resolved], [&opened, &again, &resolved]] {
            let order: Vec<_> = order.into_iter().cloned().collect();
            assert_eq!(how(&order), (Resolved, Some(("KH".to_owned(), 3))), "what waits for the hub comes last");
        }
        assert_eq!(how(&[opened.clone(), resolved.clone()]), (Open, Some(("ASEC".to_owned(), 2))));
        let twice = said(4, "ASEC", Resolved, Some(7));
        assert_eq!(how(&[resolved.clone(), twice]), (Resolved, Some(("KH".to_owned(), 1))), "who said it first");
        assert_eq!(how(&[said(5, "VN", Resolved, Some(1))]), (Open, None), "not theirs to say");
        let other = (resolved.0, ActRecord { target: Some(EntityId::from_bytes([8; 16])), ..resolved.1 });
        assert_eq!(how(&[other]), (Open, None), "another question");
    }
}
