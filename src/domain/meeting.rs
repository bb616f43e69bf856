//! Meetings: their life, who they are open to, and the words of their reports.

pub mod dates;
pub mod options;

use super::{
    act::{Act, ActRecord, Folded, fold},
    kind::{Audience, words},
};

words! {
    /// What kind of meeting it is.
    MeetingType {
        /// Focal Points Meeting.
        FocalPoints = "FOCAL_POINTS",
        /// Focal Points Meeting of ACCSM+3.
        FocalPointsPlus3 = "FOCAL_POINTS_PLUS3",
        /// Preparatory Meeting.
        Preparatory = "PREPARATORY",
        /// Senior Officials' Meeting.
        Som = "SOM",
        /// Senior Officials' Meeting of ACCSM+3.
        SomPlus3 = "SOM_PLUS3",
        /// Heads of Civil Service Meeting.
        Hcs = "HCS",
        /// Heads of Civil Service Meeting of ASEAN+3.
        HcsPlus3 = "HCS_PLUS3",
        /// Heads of Civil Service Retreat.
        HcsRetreat = "HCS_RETREAT",
        /// Good Governance Forum.
        GoodGovernanceForum = "GOOD_GOVERNANCE_FORUM",
        /// Heads of the ASEAN Public Service Training Institutes Network.
        PstiHeads = "PSTI_HEADS",
        /// Workshop.
        Workshop = "WORKSHOP",
        /// Special meeting.
        Special = "SPECIAL",
    }
    /// How people attend.
    Mode {
        /// In one place.
        InPerson = "IN_PERSON",
        /// By video conference.
        Online = "ONLINE",
        /// Both.
        Hybrid = "HYBRID",
    }
    /// Where a meeting is in its life.
    MeetingState {
        /// Put forward.
        Proposed = "PROPOSED",
        /// Its date is fixed.
        DateConfirmed = "DATE_CONFIRMED",
        /// Delegations are invited.
        Invited = "INVITED",
        /// Papers are out.
        DocumentsOut = "DOCUMENTS_OUT",
        /// Sitting.
        InSession = "IN_SESSION",
        /// Over.
        Adjourned = "ADJOURNED",
        /// Its report is with the delegations.
        ReportCirculated = "REPORT_CIRCULATED",
        /// Its report is adopted.
        ReportAdopted = "REPORT_ADOPTED",
        /// Done with.
        Closed = "CLOSED",
        /// Put off; keeps its identity and its dates.
        Postponed = "POSTPONED",
        /// Given up.
        Cancelled = "CANCELLED",
    }
    /// Who a session is open to.
    SessionKind {
        /// Member States and the Secretariat.
        Closed = "CLOSED",
        /// With partners and observers.
        Open = "OPEN",
        /// Opening and closing ceremonies.
        Ceremonial = "CEREMONIAL",
        /// A courtesy call.
        CourtesyCall = "COURTESY_CALL",
    }
    /// Who takes part in a meeting that sits beside another one.
    Beside {
        /// The Plus Three countries, back to back with the meeting of ACCSM.
        Plus3 = "PLUS3",
        /// Everyone with an account, observers too: what of the meeting is an open session.
        Open = "OPEN",
    }
    /// The verb of a report paragraph; each carries weight.
    Verb {
        /// Noted.
        Noted = "NOTED",
        /// Took note with appreciation of.
        TookNoteWithAppreciation = "TOOK_NOTE_WITH_APPRECIATION",
        /// Exchanged views on.
        ExchangedViews = "EXCHANGED_VIEWS",
        /// Agreed.
        Agreed = "AGREED",
        /// Endorsed: senior officials.
        Endorsed = "ENDORSED",
        /// Adopted: heads.
        Adopted = "ADOPTED",
        /// Approved: heads.
        Approved = "APPROVED",
        /// Requested.
        Requested = "REQUESTED",
        /// Tasked.
        Tasked = "TASKED",
        /// Encouraged.
        Encouraged = "ENCOURAGED",
        /// Welcomed.
        Welcomed = "WELCOMED",
        /// Congratulated.
        Congratulated = "CONGRATULATED",
        /// Deferred.
        Deferred = "DEFERRED",
    }
    /// Where a report is in its life.
    ReportState {
        /// Being written.
        Drafting = "DRAFTING",
        /// Shown to the meeting.
        Shown = "SHOWN",
        /// Agreed paragraph by paragraph.
        Agreed = "AGREED",
        /// Adopted in session.
        Adopted = "ADOPTED",
        /// Sent for adoption after the meeting.
        AdReferendum = "AD_REFERENDUM",
        /// Final.
        Final = "FINAL",
    }
}

impl MeetingType {
    /// The meeting with the Plus Three countries that goes with it back to back, for those that have one.
    #[must_use]
    pub const fn plus3(self) -> Option<Self> {
        match self {
            Self::FocalPoints => Some(Self::FocalPointsPlus3),
            Self::Som => Some(Self::SomPlus3),
            Self::Hcs => Some(Self::HcsPlus3),
            Self::FocalPointsPlus3
            | Self::SomPlus3
            | Self::HcsPlus3
            | Self::Preparatory
            | Self::HcsRetreat
            | Self::GoodGovernanceForum
            | Self::PstiHeads
            | Self::Workshop
            | Self::Special => None,
        }
    }
}

impl MeetingState {
    /// The states that may follow. A meeting that is put off keeps its identity; a change of mode is no state.
    #[must_use]
    pub const fn next(self) -> &'static [Self] {
        use MeetingState as S;
        match self {
            S::Proposed => &[S::DateConfirmed, S::Postponed, S::Cancelled],
            S::DateConfirmed => &[S::Invited, S::Postponed, S::Cancelled],
            S::Invited => &[S::DocumentsOut, S::Postponed, S::Cancelled],
            S::DocumentsOut => &[S::InSession, S::Postponed, S::Cancelled],
            S::InSession => &[S::Adjourned],
            S::Adjourned => &[S::ReportCirculated, S::ReportAdopted],
            S::ReportCirculated => &[S::ReportAdopted],
            S::ReportAdopted => &[S::Closed],
            S::Postponed => &[S::DateConfirmed, S::Cancelled],
            S::Closed | S::Cancelled => &[],
        }
    }
}

impl ReportState {
    /// The states that may follow.
    #[must_use]
    pub const fn next(self) -> &'static [Self] {
        match self {
            Self::Drafting => &[Self::Shown],
            Self::Shown => &[Self::Agreed, Self::Drafting],
            Self::Agreed => &[Self::Adopted, Self::AdReferendum, Self::Shown],
            Self::AdReferendum | Self::Adopted => &[Self::Final],
            Self::Final => &[],
        }
    }
}

impl Beside {
    /// Who receives it.
    #[must_use]
    pub const fn audience(self) -> Audience {
        match self {
            Self::Plus3 => Audience::AccsmPlus3,
            Self::Open => Audience::Public,
        }
    }

    /// The field by which a meeting names the one beside it. That one never names it: whoever takes part in the one need not
    /// know of the other.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::Plus3 => "parallel",
            Self::Open => "open-session",
        }
    }
}

/// The meeting's state by its acts; the first may set any. Not moved: nobody has said.
#[must_use]
pub fn state(acts: &[ActRecord]) -> Folded<MeetingState> {
    fold(acts, MeetingState::Proposed, |state, act| match act.act {
        Some(Act::MoveMeeting(to)) => Some(state.next().contains(&to).then_some(to)),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_transition_of_a_meeting() {
        use MeetingState as S;
        let allowed = [
            (S::Proposed, "DATE_CONFIRMED POSTPONED CANCELLED"),
            (S::DateConfirmed, "INVITED POSTPONED CANCELLED"),
            (S::Invited, "DOCUMENTS_OUT POSTPONED CANCELLED"),
            (S::DocumentsOut, "IN_SESSION POSTPONED CANCELLED"),
            (S::InSession, "ADJOURNED"),
            (S::Adjourned, "REPORT_CIRCULATED REPORT_ADOPTED"),
            (S::ReportCirculated, "REPORT_ADOPTED"),
            (S::ReportAdopted, "CLOSED"),
            (S::Closed, ""),
            (S::Postponed, "DATE_CONFIRMED CANCELLED"),
            (S::Cancelled, ""),
        ];
        assert_eq!(allowed.len(), S::ALL.len());
        for (from, words) in allowed {
            for &to in S::ALL {
                assert_eq!(from.next().contains(&to), words.split(' ').any(|word| word == to.word()), "{from} to {to}");
            }
        }
    }

    #[test]
    fn every_transition_of_a_report() {
        use ReportState as S;
        let allowed = [
            (S::Drafting, "SHOWN"),
            (S::Shown, "AGREED DRAFTING"),
            (S::Agreed, "ADOPTED AD_REFERENDUM SHOWN"),
            (S::Adopted, "FINAL"),
            (S::AdReferendum, "FINAL"),
            (S::Final, ""),
        ];
        assert_eq!(allowed.len(), S::ALL.len());
        for (from, words) in allowed {
            for &to in S::ALL {
                assert_eq!(from.next().contains(&to), words.split(' ').any(|word| word == to.word()), "{from} to {to}");
            }
        }
    }
}
