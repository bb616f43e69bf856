//! Meetings.

use super::kind::words;

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
