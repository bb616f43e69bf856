//! What the Secretariat says of a project: the status it publishes and the fields of the proposal template that are its own.
//!
//! It writes no document of a project. Both are acts in the plan, so that they say who and when and are never overwritten.

use serde::{Deserialize, Serialize};

use crate::domain::{
    act::{Act, ActRecord, in_order},
    id::{DocId, EntityId},
    kind::words,
    when::When,
};

use super::ProjectStatus;

/// The longest proposal code, in characters.
const CODE_MAX: usize = 60;

words! {
    /// The fields of the proposal template that the Secretariat fills in.
    SecretariatField {
        /// The proposal identification code.
        ProposalCode = "proposal-code",
        /// The nature of cooperation.
        Cooperation = "cooperation",
        /// The type of intervention.
        Intervention = "intervention",
    }
    /// The nature of cooperation.
    Cooperation {
        /// Confidence building.
        ConfidenceBuilding = "confidence-building",
        /// Special assistance.
        SpecialAssistance = "special-assistance",
        /// Joint effort.
        JointEffort = "joint-effort",
        /// Regional integration or expansion.
        RegionalIntegration = "regional-integration",
    }
    /// The type of intervention.
    Intervention {
        /// A policy initiative.
        PolicyInitiative = "policy-initiative",
        /// An institutional mechanism.
        InstitutionalMechanism = "institutional-mechanism",
        /// Human capacity building.
        HumanCapacityBuilding = "human-capacity-building",
    }
}

impl SecretariatField {
    /// The words it may hold; empty where it is free text.
    #[must_use]
    pub const fn words(self) -> &'static [&'static str] {
        match self {
            Self::ProposalCode => &[],
            Self::Cooperation => Cooperation::WORDS,
            Self::Intervention => Intervention::WORDS,
        }
    }

    /// Whether a value fits; the empty one takes back what was said.
    #[must_use]
    pub fn fits(self, value: &str) -> bool {
        let words = self.words();
        let is_code = || value.chars().count() <= CODE_MAX && !value.contains(char::is_control);
        value.is_empty() || if words.is_empty() { is_code() } else { words.contains(&value) }
    }
}

/// A published status with where and when it was decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusStep {
    /// The status.
    pub to: ProjectStatus,
    /// At which meeting.
    pub meeting: Option<DocId>,
    /// When it was decided, which may be long before it is recorded.
    pub on: Option<When>,
}

/// One of the Secretariat's fields, written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Classified {
    /// Which.
    pub field: SecretariatField,
    /// What; empty: taken back.
    pub value: String,
}

/// What stands in one of the Secretariat's fields of a project by the acts of its plan: the last in the hub's order, and
/// whether it waits for the hub. What does not fit the field counts for nothing.
#[must_use]
pub fn classified(acts: &[ActRecord], project: EntityId, field: SecretariatField) -> Option<(&str, bool)> {
    let said = |act: &&ActRecord| match &act.act {
        Some(Act::Classify(said)) => said.field == field && field.fits(&said.value),
        _ => false,
    };
    let last = in_order(acts).into_iter().rev().find(|act| act.target == Some(project) && said(act))?;
    match &last.act {
        Some(Act::Classify(said)) if !said.value.is_empty() => Some((said.value.as_str(), last.number.is_none())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::Origin;

    const PROJECT: EntityId = EntityId::from_bytes([7; 16]);

    fn act(n: u8, field: SecretariatField, value: &str, number: Option<u64>) -> ActRecord {
        ActRecord {
            id: EntityId::from_bytes([n; 16]),
            act: Some(Act::Classify(Box::new(Classified { field, value: value.to_owned() }))),
            target: Some(PROJECT),
            term: None,
            reason: String::new(),
            origin: Origin::default(),
            number,
        }
    }

    #[test]
    fn the_last_in_the_hubs_order_stands_in_whatever_order_they_arrive() {
        let field = SecretariatField::Cooperation;
        let (first, second) = (act(9, field, "joint-effort", Some(3)), act(1, field, "special-assistance", Some(4)));
        for acts in [[first.clone(), second.clone()], [second.clone(), first.clone()]] {
            assert_eq!(classified(&acts, PROJECT, field), Some(("special-assistance", false)));
            assert_eq!(classified(&acts, EntityId::from_bytes([8; 16]), field), None, "of another project");
            assert_eq!(classified(&acts, PROJECT, SecretariatField::Intervention), None, "another field");
        }
        let waits = act(2, field, "confidence-building", None);
        assert_eq!(classified(&[waits, first.clone()], PROJECT, field), Some(("confidence-building", true)));
        let wrong = act(3, field, "policy-initiative", Some(5));
        assert_eq!(classified(&[wrong, first.clone()], PROJECT, field), Some(("joint-effort", false)));
        assert_eq!(classified(&[act(4, field, "", Some(6)), first], PROJECT, field), None, "taken back");
    }

    #[test]
    fn a_field_takes_its_own_words_and_a_code_any_line() {
        assert!(SecretariatField::Intervention.fits("policy-initiative"));
        assert!(!SecretariatField::Intervention.fits("joint-effort"));
        assert!(SecretariatField::ProposalCode.fits("CSM/2021/07"));
        assert!(!SecretariatField::ProposalCode.fits("two\nlines"));
        assert!(!SecretariatField::ProposalCode.fits(&"x".repeat(CODE_MAX + 1)));
    }
}
