//! Ids that every device derives from what a document is for, so that two who make it apart make one.

use crate::domain::{
    id::{DocId, PersonId},
    kind::Audience,
    party::PartyCode,
};

/// The id of the voice of a party on a subject for an audience: the same on every device.
#[must_use]
pub fn voice_id(party: &PartyCode, subject: DocId, audience: &Audience) -> DocId {
    DocId::derived(&["voice", party.as_str(), &subject.to_string(), &audience.to_string()])
}

/// The id of the session of a meeting for an audience: the same on every device.
#[must_use]
pub fn session_id(meeting: DocId, audience: &Audience) -> DocId {
    DocId::derived(&["session", &meeting.to_string(), &audience.to_string()])
}

/// The id of the project that carries another on in a later plan: the same on every device, so that it is made once.
#[must_use]
pub fn successor_id(project: DocId, plan: DocId) -> DocId {
    DocId::derived(&["carried-over", &project.to_string(), &plan.to_string()])
}

/// The id of the plan that is started from another: the same on every device, so that it is made once.
#[must_use]
pub fn next_plan_id(previous: DocId) -> DocId {
    DocId::derived(&["plan-after", &previous.to_string()])
}

/// The id of the meeting that follows another of its kind: the same on every device, so that it is called once.
#[must_use]
pub fn next_meeting_id(previous: DocId) -> DocId {
    DocId::derived(&["meeting-after", &previous.to_string()])
}

/// The id of the annotated agenda of a session for a chair: the same on every device.
#[must_use]
pub fn annotation_id(session: DocId, audience: &Audience) -> DocId {
    DocId::derived(&["annotation", &session.to_string(), &audience.to_string()])
}

/// The id of the project that a draft is submitted as: the same on every device, so that it is submitted once.
#[must_use]
pub fn submitted_id(draft: DocId) -> DocId {
    DocId::derived(&["submitted", &draft.to_string()])
}

/// The id of what a party tells the host of a meeting about its delegates: the same on every device. Another host is another
/// document, because an audience never changes.
#[must_use]
pub fn logistics_id(party: &PartyCode, meeting: DocId, host: &PartyCode) -> DocId {
    DocId::derived(&["logistics", party.as_str(), &meeting.to_string(), host.as_str()])
}

/// The id of what a person keeps for themselves: the same on each of their devices.
#[must_use]
pub fn person_id(person: PersonId) -> DocId {
    DocId::derived(&["person", &person.to_string()])
}
