//! National work before it is submitted: how a draft stands, and who may let it go out.
//!
//! The rule of the second pair of eyes: a draft goes out in words that two people of its party stand for. The one is
//! whoever wrote last; the other is anybody else who may write it, and approves exactly what stands there. An approval is of
//! one content, by its hash: any later word makes it an approval of something else. Who approves may be of any rank, because
//! parties clear their work in their own way (a director of a department, a colleague); who submits is an officer who speaks
//! for the party ([`super::rights`]). Whoever submits need not be a third.

use serde::{Deserialize, Serialize};

use super::{
    act::{Act, ActRecord, in_order},
    id::DocId,
    kind::words,
    record::Origin,
};

words! {
    /// A step that somebody takes with a draft.
    DraftStep {
        /// It may go out as it stands.
        Approved = "APPROVED",
        /// It is to be worked on, and why.
        Returned = "RETURNED",
        /// It is given up, and why. Nothing is deleted.
        Withdrawn = "WITHDRAWN",
        /// It is taken up again after all.
        Resumed = "RESUMED",
    }
    /// How a draft stands.
    DraftState {
        /// It waits for a second pair of eyes.
        Writing = "writing",
        /// Somebody approved it, and it says something else since.
        Changed = "changed",
        /// Somebody looked at what stands there and returned it.
        Returned = "returned",
        /// Somebody else than who wrote last approved what stands there.
        Approved = "approved",
        /// It was given up.
        Withdrawn = "withdrawn",
        /// It was submitted: it is a project now, and only read here.
        Submitted = "submitted",
    }
}

/// A step, and of what content it was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cleared {
    /// Which.
    pub to: DraftStep,
    /// SHA-256 of the canonical CBOR of what stood there ([`super::canon::digest`]).
    pub of: [u8; 32],
}

/// How a draft stands, and by what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Its state.
    pub state: DraftState,
    /// The step behind it; the approval, once it is submitted.
    pub by: Option<ActRecord>,
    /// Whether it says something that nobody approved, although it was submitted: words that came too late, and are not in
    /// the project.
    pub late: bool,
}

/// Why a step with a draft is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadDraft {
    /// Who wrote last does not approve it.
    #[error("whoever wrote last is not the second pair of eyes")]
    OwnWords,
    /// It says something else than what was looked at.
    #[error("it was changed meanwhile")]
    Changed,
    /// The step must say why.
    #[error("this step needs a reason")]
    ReasonMissing,
    /// It stands so already, or this cannot follow.
    #[error("this step cannot follow")]
    Transition,
    /// Nobody else approved what stands there.
    #[error("nobody else has approved what stands there")]
    NotApproved,
    /// It was given up.
    #[error("it was withdrawn")]
    Withdrawn,
    /// It is a project now.
    #[error("it was submitted")]
    Submitted,
}

impl BadDraft {
    /// The stable word of the reason.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::OwnWords => "own-words",
            Self::Changed => "changed-meanwhile",
            Self::ReasonMissing => "reason-missing",
            Self::Transition => "transition",
            Self::NotApproved => "not-approved",
            Self::Withdrawn => "withdrawn",
            Self::Submitted => "submitted",
        }
    }
}

impl DraftState {
    /// Whether somebody may write in a draft that stands so.
    ///
    /// # Errors
    /// [`BadDraft`] says why not.
    pub const fn open(self) -> Result<(), BadDraft> {
        match self {
            Self::Writing | Self::Changed | Self::Returned | Self::Approved => Ok(()),
            Self::Withdrawn => Err(BadDraft::Withdrawn),
            Self::Submitted => Err(BadDraft::Submitted),
        }
    }

    /// Whether a draft that stands so may be submitted.
    ///
    /// # Errors
    /// [`BadDraft`] says why not.
    pub const fn submittable(self) -> Result<(), BadDraft> {
        match self {
            Self::Approved => Ok(()),
            Self::Writing | Self::Changed | Self::Returned => Err(BadDraft::NotApproved),
            Self::Withdrawn => Err(BadDraft::Withdrawn),
            Self::Submitted => Err(BadDraft::Submitted),
        }
    }
}

/// Whether two things were written by one person; by one device, where whose it is cannot be known here.
fn same(a: &Origin, b: &Origin) -> bool {
    (a.person.is_some() && a.person == b.person) || (a.device.is_some() && a.device == b.device)
}

/// How a draft stands by its acts, in the hub's order. `now` is the hash of what it says, `writer` whoever wrote last of
/// that, `project` what it was submitted as.
#[must_use]
pub fn standing(acts: &[ActRecord], now: &[u8; 32], writer: &Origin, project: Option<DocId>) -> Standing {
    let mut looked: Option<(&ActRecord, Cleared)> = None;
    let mut given_up: Option<&ActRecord> = None;
    let mut approved = false;
    for record in in_order(acts) {
        let Some(Act::StepDraft(step)) = &record.act else { continue };
        approved |= step.to == DraftStep::Approved && step.of == *now;
        // A step that two took apart stands as the first of them.
        match (step.to, given_up) {
            (DraftStep::Approved | DraftStep::Returned, None) => looked = Some((record, **step)),
            (DraftStep::Withdrawn, None) => given_up = Some(record),
            (DraftStep::Resumed, Some(_)) => given_up = None,
            (DraftStep::Approved | DraftStep::Returned | DraftStep::Withdrawn, Some(_))
            | (DraftStep::Resumed, None) => {}
        }
    }
    let by = looked.map(|(record, _)| record.clone());
    if project.is_some() {
        return Standing { state: DraftState::Submitted, by, late: !approved };
    }
    if let Some(record) = given_up {
        return Standing { state: DraftState::Withdrawn, by: Some(record.clone()), late: false };
    }
    let state = match looked {
        Some((record, Cleared { to: DraftStep::Approved, of })) => match (of == *now, same(&record.origin, writer)) {
            (true, false) => DraftState::Approved,
            (true, true) => DraftState::Writing,
            (false, _) => DraftState::Changed,
        },
        Some((_, Cleared { to: DraftStep::Returned, of })) if of == *now => DraftState::Returned,
        Some(_) | None => DraftState::Writing,
    };
    Standing { state, by, late: false }
}

/// Checks a step of `me` with a draft that stands so, says `now`, and was last written in by `writer`.
///
/// # Errors
/// [`BadDraft`] says what is wrong.
pub fn check_step(
    state: DraftState,
    step: Cleared,
    now: &[u8; 32],
    (me, writer): (&Origin, &Origin),
    reason: &str,
) -> Result<(), BadDraft> {
    let resumes = (state, step.to) == (DraftState::Withdrawn, DraftStep::Resumed);
    if !resumes {
        state.open()?;
    }
    if step.of != *now {
        return Err(BadDraft::Changed);
    }
    let looks = match step.to {
        DraftStep::Approved => state != DraftState::Approved,
        DraftStep::Returned => state != DraftState::Returned,
        DraftStep::Withdrawn => return if reason.trim().is_empty() { Err(BadDraft::ReasonMissing) } else { Ok(()) },
        DraftStep::Resumed => return if resumes { Ok(()) } else { Err(BadDraft::Transition) },
    };
    if !looks {
        return Err(BadDraft::Transition);
    }
    if same(me, writer) {
        return Err(BadDraft::OwnWords);
    }
    if step.to == DraftStep::Returned && reason.trim().is_empty() {
        return Err(BadDraft::ReasonMissing);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
