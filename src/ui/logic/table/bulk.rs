//! One change of many rows: for which it will be done, and for which not and why, before anything is.

use crate::{
    domain::{
        DocId, EntityId,
        project::{BadClaim, ProjectStatus, check_claim, stood},
    },
    engine::api::ProjectRow,
};

/// Why a row is left as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// It says so already.
    Same,
    /// Another party leads it.
    NotYours,
    /// Two claims stand, and its lead chooses between them on its page.
    TwoClaims,
    /// It cannot follow what stands.
    Transition,
    /// It is a meeting's to decide.
    NotClaimable,
}

impl Why {
    /// Its word, also the end of its message's key.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::NotYours => "not-yours",
            Self::TwoClaims => "two-claims",
            Self::Transition => "transition",
            Self::NotClaimable => "not-claimable",
        }
    }
}

/// What a change would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prospect {
    /// The rows that will be changed.
    pub will: Vec<DocId>,
    /// Those that will not.
    pub wont: Vec<(DocId, Why)>,
    /// Whether the change must say why.
    pub reason: bool,
}

impl Prospect {
    /// How many are left as they are, by why.
    #[must_use]
    pub fn reasons(&self) -> Vec<(Why, usize)> {
        let mut counts = std::collections::BTreeMap::new();
        for (_, why) in &self.wont {
            *counts.entry(*why).or_insert(0) += 1;
        }
        counts.into_iter().collect()
    }

    fn of<'a>(rows: impl Iterator<Item = &'a ProjectRow>, ask: impl Fn(&ProjectRow) -> Result<bool, Why>) -> Self {
        let mut prospect = Self::default();
        for row in rows {
            match ask(row) {
                Ok(reason) => {
                    prospect.will.push(row.doc);
                    prospect.reason |= reason;
                }
                Err(why) => prospect.wont.push((row.doc, why)),
            }
        }
        prospect
    }
}

/// Whether the lead of a row may claim a status for it now, and whether it must say why.
///
/// # Errors
/// Why not.
pub fn may_claim(row: &ProjectRow, to: ProjectStatus) -> Result<bool, Why> {
    if !row.may_write {
        return Err(Why::NotYours);
    }
    let from = match row.claimed.as_slice() {
        [] => None,
        [one] => Some(*one),
        [_, _, ..] => return Err(Why::TwoClaims),
    };
    if from == Some(to) {
        return Err(Why::Same);
    }
    match check_claim(stood(from, row.published.map(|standing| standing.state)), to, "because") {
        Ok(()) => Ok(from.unwrap_or(ProjectStatus::Ongoing).needs_reason(to)),
        Err(BadClaim::NotClaimable) => Err(Why::NotClaimable),
        Err(BadClaim::Transition | BadClaim::ReasonMissing) => Err(Why::Transition),
    }
}

/// Claiming a status.
pub fn claim<'a>(rows: impl Iterator<Item = &'a ProjectRow>, to: ProjectStatus) -> Prospect {
    Prospect::of(rows, |row| may_claim(row, to))
}

/// Putting rows under a priority area, or under none.
pub fn area<'a>(rows: impl Iterator<Item = &'a ProjectRow>, area: Option<EntityId>) -> Prospect {
    Prospect::of(rows, |row| match row.may_write {
        false => Err(Why::NotYours),
        true if row.area == area => Err(Why::Same),
        true => Ok(false),
    })
}

/// Publishing a status, as the Secretariat.
pub fn publish<'a>(rows: impl Iterator<Item = &'a ProjectRow>, to: ProjectStatus) -> Prospect {
    Prospect::of(rows, |row| match row.published.map(|standing| standing.state) {
        Some(now) if now == to => Err(Why::Same),
        Some(now) if !now.next().contains(&to) => Err(Why::Transition),
        // The first that is published may be any: a plan can be older than its record here.
        Some(_) | None => Ok(false),
    })
}

#[cfg(test)]
mod tests {
    use super::{super::tests::row, *};
    use crate::engine::api::Standing;
    use ProjectStatus as S;

    fn mine(n: u8, claimed: &[S]) -> ProjectRow {
        ProjectRow { claimed: claimed.to_vec(), may_write: true, ..row(n, "a", "KH", Some(8)) }
    }

    fn doc(n: u8) -> DocId {
        DocId::from_bytes([n; 16])
    }

    #[test]
    fn a_claim_for_many_says_beforehand_for_whom_not_and_why() {
        let rows = [
            mine(1, &[S::Ongoing]),
            mine(2, &[S::Completed]),
            mine(3, &[S::Ongoing, S::Planned]),
            mine(4, &[S::Postponed]),
            mine(5, &[]),
            row(6, "a", "VN", None),
        ];
        let postponed = claim(rows.iter(), S::Postponed);
        assert_eq!(postponed.will, [doc(1), doc(5)]);
        assert!(postponed.reason, "to postpone asks for a reason");
        let wont = [(doc(2), Why::Transition), (doc(3), Why::TwoClaims), (doc(4), Why::Same), (doc(6), Why::NotYours)];
        assert_eq!(postponed.wont, wont);
        assert_eq!(postponed.reasons().len(), 4);
        assert!(!claim(rows[3..4].iter(), S::Ongoing).reason);
        assert_eq!(claim(rows[..1].iter(), S::Included).wont, [(doc(1), Why::NotClaimable)]);
        let again = claim(rows[1..2].iter(), S::Ongoing);
        assert_eq!((again.will, again.reason), (vec![doc(2)], true), "taken up again only to correct an error");
    }

    #[test]
    fn an_area_is_set_where_it_is_mine_and_another() {
        let rows = [mine(1, &[]), row(2, "a", "VN", None)];
        assert_eq!(
            area(rows.iter(), Some(EntityId::from_bytes([8; 16]))).wont,
            [(doc(1), Why::Same), (doc(2), Why::NotYours)]
        );
        assert_eq!(area(rows.iter(), None).will, [doc(1)]);
    }

    #[test]
    fn what_is_published_follows_what_is_published() {
        let mut rows = [row(1, "a", "VN", None), row(2, "a", "VN", None), row(3, "a", "VN", None)];
        rows[1].published = Some(Standing { state: S::Completed, provisional: false });
        rows[2].published = Some(Standing { state: S::Ongoing, provisional: false });
        let prospect = publish(rows.iter(), S::Ongoing);
        assert_eq!((prospect.will, prospect.wont), (vec![doc(1), doc(2)], vec![(doc(3), Why::Same)]));
        assert_eq!(publish(rows.iter(), S::Planned).wont.len(), 2);
    }
}
