//! Projects of a work plan: their status, their dates, and what a table shows of them.
//!
//! Status and dates are claimed by the lead and published by the Secretariat; the two are never mixed.

pub mod reference;
pub mod secretariat;
pub mod template;

use std::collections::BTreeMap;

use super::{
    act::{ActRecord, Folded, Sets, fold_where},
    claim::{Claim, ClaimKind, standing},
    id::EntityId,
    kind::words,
    party::PartyCode,
    record::{Record, Snapshot},
    when::When,
};

pub use secretariat::{Classified, SecretariatField, StatusStep};

words! {
    /// The status of a project.
    ProjectStatus {
        /// Put forward by its lead.
        Proposed = "PROPOSED",
        /// Before a meeting.
        UnderConsideration = "UNDER_CONSIDERATION",
        /// In the plan.
        Included = "INCLUDED",
        /// Dated and prepared.
        Planned = "PLANNED",
        /// Being carried out.
        Ongoing = "ONGOING",
        /// Done.
        Completed = "COMPLETED",
        /// Put off, with a reason and a new date.
        Postponed = "POSTPONED",
        /// Sent back to its lead.
        Returned = "RETURNED",
        /// Taken back by its lead.
        Withdrawn = "WITHDRAWN",
        /// Not taken into the plan.
        NotIncluded = "NOT_INCLUDED",
        /// Goes on as a new project of the next plan.
        CarriedOver = "CARRIED_OVER",
        /// Given up.
        Cancelled = "CANCELLED",
        /// Goes on in another project.
        Merged = "MERGED",
    }
    /// What is counted: sources say projects, activities, initiatives and programmes.
    ProjectKind {
        /// A project.
        Project = "project",
        /// A single activity.
        Activity = "activity",
        /// An initiative.
        Initiative = "initiative",
        /// A programme.
        Programme = "programme",
    }
}

impl ProjectStatus {
    /// The statuses that may follow. Steps that happened without being reported may be passed over once a project is in
    /// the plan. A completed project is taken up again only to correct an error.
    #[must_use]
    pub const fn next(self) -> &'static [Self] {
        use ProjectStatus as S;
        match self {
            S::Proposed => &[S::UnderConsideration, S::Returned, S::Withdrawn],
            S::UnderConsideration => &[S::Included, S::Returned, S::NotIncluded, S::Withdrawn],
            S::Returned => &[S::Proposed, S::Withdrawn],
            S::Included => {
                &[S::Planned, S::Ongoing, S::Completed, S::Postponed, S::CarriedOver, S::Cancelled, S::Merged]
            }
            S::Planned => &[S::Ongoing, S::Completed, S::Postponed, S::CarriedOver, S::Cancelled, S::Merged],
            S::Ongoing => &[S::Completed, S::Postponed, S::CarriedOver, S::Cancelled, S::Merged],
            S::Postponed => &[S::Planned, S::Ongoing, S::Completed, S::CarriedOver, S::Cancelled, S::Merged],
            S::Completed => &[S::Ongoing],
            S::Withdrawn | S::NotIncluded | S::CarriedOver | S::Cancelled | S::Merged => &[],
        }
    }

    /// Whether the lead may claim it; the others are a meeting's to decide and the Secretariat's to publish.
    #[must_use]
    pub const fn claimable(self) -> bool {
        match self {
            Self::Proposed
            | Self::Withdrawn
            | Self::Planned
            | Self::Ongoing
            | Self::Completed
            | Self::Postponed
            | Self::CarriedOver
            | Self::Cancelled
            | Self::Merged => true,
            Self::UnderConsideration | Self::Included | Self::Returned | Self::NotIncluded => false,
        }
    }

    /// Whether the step to it must say why.
    #[must_use]
    pub const fn needs_reason(self, to: Self) -> bool {
        match to {
            Self::Postponed | Self::CarriedOver | Self::Cancelled | Self::Merged => true,
            Self::Ongoing => matches!(self, Self::Completed),
            Self::Proposed
            | Self::UnderConsideration
            | Self::Included
            | Self::Planned
            | Self::Completed
            | Self::Returned
            | Self::Withdrawn
            | Self::NotIncluded => false,
        }
    }

    /// Whether a project ends with it: no plan is closed while one of its projects has no fate.
    #[must_use]
    pub const fn is_fate(self) -> bool {
        match self {
            Self::Completed | Self::CarriedOver | Self::Cancelled | Self::Merged => true,
            Self::Proposed
            | Self::UnderConsideration
            | Self::Included
            | Self::Planned
            | Self::Ongoing
            | Self::Postponed
            | Self::Returned
            | Self::Withdrawn
            | Self::NotIncluded => false,
        }
    }
}

/// How a project stands when its plan is counted or closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is not in the plan: withdrawn, returned or not included.
    Out,
    /// It is in the plan, and how it ended is not said yet, or is said in two ways.
    Open,
    /// It ended so.
    Of(ProjectStatus),
}

/// How a project stands: by what is published, or else by the one status claimed.
#[must_use]
pub fn fate(published: Option<ProjectStatus>, claimed: &[ProjectStatus]) -> Fate {
    let shown = published.or(match claimed {
        [one] => Some(*one),
        [] | [_, _, ..] => None,
    });
    match shown {
        Some(ProjectStatus::Withdrawn | ProjectStatus::Returned | ProjectStatus::NotIncluded) => Fate::Out,
        Some(status) if status.is_fate() => Fate::Of(status),
        Some(_) | None => Fate::Open,
    }
}

/// Why a claim of status is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadClaim {
    /// The status is not the lead's to claim.
    #[error("this status is decided by a meeting")]
    NotClaimable,
    /// It cannot follow what stands.
    #[error("this status cannot follow the one before")]
    Transition,
    /// The step needs a reason.
    #[error("this step needs a reason")]
    ReasonMissing,
}

/// From where a lead's next claim follows: from what it claimed. What became of a proposal is not the lead's to claim, so from
/// there it follows from what was published since.
#[must_use]
pub const fn stood(claimed: Option<ProjectStatus>, published: Option<ProjectStatus>) -> Option<ProjectStatus> {
    match (claimed, published) {
        (
            Some(ProjectStatus::Proposed | ProjectStatus::UnderConsideration | ProjectStatus::Returned),
            Some(published),
        ) => Some(published),
        (claimed, _) => claimed,
    }
}

/// Checks a claim of status against what stands: `from` is as [`stood`] says, none where two claims stand (the lead
/// settles those by claiming any of them, or another, and naming both).
///
/// # Errors
/// [`BadClaim`] says what is wrong.
pub fn check_claim(from: Option<ProjectStatus>, to: ProjectStatus, reason: &str) -> Result<(), BadClaim> {
    if !to.claimable() {
        return Err(BadClaim::NotClaimable);
    }
    let Some(from) = from else { return Ok(()) };
    if from != to && !from.next().contains(&to) {
        return Err(BadClaim::Transition);
    }
    if from.needs_reason(to) && reason.trim().is_empty() {
        return Err(BadClaim::ReasonMissing);
    }
    Ok(())
}

/// The statuses that stand claimed, oldest claim first.
#[must_use]
pub fn claimed(claims: &[Claim]) -> Vec<ProjectStatus> {
    standing(claims, ClaimKind::Status).into_iter().filter_map(|claim| claim.value.as_str()?.parse().ok()).collect()
}

/// Whether a project with these claims goes on in the one that it names: merged, or withdrawn before it was in the plan.
#[must_use]
pub fn is_merged(claimed: &[ProjectStatus]) -> bool {
    matches!(claimed, [ProjectStatus::Merged | ProjectStatus::Withdrawn])
}

/// The lead, then the co-leads in the order of their codes.
#[must_use]
pub fn leads(root: &Record) -> Vec<PartyCode> {
    let mut leads: Vec<PartyCode> = root.read("lead").into_iter().collect();
    for (code, _) in root.members("co-leads") {
        if let Ok(code) = code.parse()
            && !leads.contains(&code)
        {
            leads.push(code);
        }
    }
    leads
}

/// The date that stands for a kind of claim: of several, the one made first.
#[must_use]
pub fn date(snapshot: &Snapshot, what: ClaimKind) -> Option<When> {
    standing(&snapshot.claims, what).first()?.value.as_str()?.parse().ok()
}

/// The date first claimed, against which slip is counted: it is never overwritten.
#[must_use]
pub fn first_date(snapshot: &Snapshot, what: ClaimKind) -> Option<When> {
    let mut claims: Vec<_> =
        snapshot.claims.iter().filter(|claim| claim.what == what && claim.supersedes.is_empty()).collect();
    claims.sort_by_key(|claim| claim.id);
    claims.first()?.value.as_str()?.parse().ok()
}

/// Published statuses of a plan's projects, by the project document's id read as an entity id. The first act on a
/// project may set any status.
#[must_use]
pub fn published(acts: &[ActRecord]) -> BTreeMap<EntityId, Folded<ProjectStatus>> {
    let targets: std::collections::BTreeSet<EntityId> = acts.iter().filter_map(|act| act.target).collect();
    targets
        .into_iter()
        .filter_map(|target| {
            let mine = |act: &ActRecord| act.target == Some(target);
            let folded = fold_where(acts, mine, ProjectStatus::Proposed, |state, act| {
                let to: ProjectStatus = act.act.as_ref().and_then(Sets::sets)?;
                Some((state == to || state.next().contains(&to)).then_some(to))
            });
            folded.moved.then_some((target, folded))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_transition_of_a_project() {
        use ProjectStatus as S;
        let allowed = [
            (S::Proposed, "UNDER_CONSIDERATION RETURNED WITHDRAWN"),
            (S::UnderConsideration, "INCLUDED RETURNED WITHDRAWN NOT_INCLUDED"),
            (S::Included, "PLANNED ONGOING COMPLETED POSTPONED CARRIED_OVER CANCELLED MERGED"),
            (S::Planned, "ONGOING COMPLETED POSTPONED CARRIED_OVER CANCELLED MERGED"),
            (S::Ongoing, "COMPLETED POSTPONED CARRIED_OVER CANCELLED MERGED"),
            (S::Completed, "ONGOING"),
            (S::Postponed, "PLANNED ONGOING COMPLETED CARRIED_OVER CANCELLED MERGED"),
            (S::Returned, "PROPOSED WITHDRAWN"),
            (S::Withdrawn, ""),
            (S::NotIncluded, ""),
            (S::CarriedOver, ""),
            (S::Cancelled, ""),
            (S::Merged, ""),
        ];
        assert_eq!(allowed.len(), S::ALL.len());
        for (from, words) in allowed {
            for &to in S::ALL {
                let expected = words.split(' ').any(|word| word == to.word());
                assert_eq!(from.next().contains(&to), expected, "{from} to {to}");
            }
        }
    }

    #[test]
    fn a_claim_needs_its_reason_and_its_right() {
        use ProjectStatus as S;
        assert_eq!(check_claim(Some(S::Included), S::NotIncluded, ""), Err(BadClaim::NotClaimable));
        assert_eq!(check_claim(Some(S::Planned), S::Postponed, " "), Err(BadClaim::ReasonMissing));
        assert_eq!(check_claim(Some(S::Planned), S::Postponed, "COVID-19"), Ok(()));
        assert_eq!(check_claim(Some(S::Completed), S::Ongoing, ""), Err(BadClaim::ReasonMissing));
        assert_eq!(check_claim(Some(S::Completed), S::Planned, "x"), Err(BadClaim::Transition));
        assert_eq!(check_claim(None, S::Completed, ""), Ok(()));
    }

    #[test]
    fn a_proposal_that_was_taken_into_the_plan_goes_on_from_there() {
        use ProjectStatus as S;
        let claim = |claimed, published, to| check_claim(stood(claimed, published), to, "why").is_ok();
        assert!(!claim(Some(S::Proposed), None, S::Ongoing), "nobody has taken it in");
        assert!(claim(Some(S::Proposed), Some(S::Included), S::Ongoing));
        assert!(claim(Some(S::Proposed), Some(S::Included), S::Merged));
        assert!(!claim(Some(S::Completed), Some(S::Included), S::Planned), "what the lead said since counts");
        assert!(!claim(Some(S::Withdrawn), Some(S::Included), S::Ongoing), "taken back is taken back");
        assert!(claim(None, Some(S::Included), S::Completed), "two claims are settled by either");
    }

    #[test]
    fn every_status_is_a_fate_or_open_or_out_of_the_plan() {
        use ProjectStatus as S;
        for &status in S::ALL {
            let expected = match status {
                S::Completed | S::CarriedOver | S::Cancelled | S::Merged => Fate::Of(status),
                S::Withdrawn | S::Returned | S::NotIncluded => Fate::Out,
                S::Proposed | S::UnderConsideration | S::Included | S::Planned | S::Ongoing | S::Postponed => {
                    Fate::Open
                }
            };
            assert_eq!(fate(Some(status), &[]), expected);
            assert_eq!(fate(None, &[status]), expected);
            assert_eq!(fate(Some(S::Ongoing), &[status]), Fate::Open, "what is published outranks the claim");
        }
        assert_eq!(fate(None, &[]), Fate::Open);
        assert_eq!(fate(None, &[S::Completed, S::Cancelled]), Fate::Open, "two claims are no fate");
    }
}
