//! Agendas: an ordered tree of items. The number a reader sees is derived; the id is the identity.

use super::kind::words;

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
