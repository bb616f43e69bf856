//! The ASEAN Cooperation Project proposal template: which of its fields a project has filled in.
//!
//! It counts and says what is missing. It never refuses: a draft is a draft.

use std::collections::BTreeSet;

use crate::domain::{
    claim::{ClaimKind, standing},
    kind::words,
    record::{Record, Snapshot, Value},
};

use super::secretariat::SecretariatField;

/// How many words a brief description should have at most.
pub const BRIEF_WORDS: usize = 300;

words! {
    /// The fields of the template that the lead fills in, by the name of the field to go to.
    TemplateField {
        /// Title.
        Title = "title",
        /// Brief description.
        Brief = "brief",
        /// Objective.
        Objective = "objective",
        /// Expected outputs.
        ExpectedOutputs = "expected-outputs",
        /// Whether the project recurs.
        Recurring = "recurring",
        /// The code of the one before, where it does.
        PreviousCode = "previous-code",
        /// One sector or several.
        Scope = "scope",
        /// Pillar.
        Pillar = "pillar",
        /// Blueprint.
        Blueprint = "blueprint",
        /// Characteristic of the blueprint.
        Characteristic = "characteristic",
        /// Action line.
        ActionLine = "action-line",
        /// Key action of connectivity or of the Initiative for ASEAN Integration.
        Connectivity = "connectivity",
        /// Duration.
        Duration = "duration",
        /// Proposed commencement.
        Start = "start",
        /// Proposed completion.
        End = "end",
        /// Implementing agency.
        ImplementingAgency = "implementing-agency",
        /// Who takes part: all, or some.
        Participation = "participation",
        /// Who, where some do.
        Participants = "participants",
        /// Why not all.
        ParticipationReason = "participation-reason",
        /// Sponsoring body.
        SponsoringBody = "sponsoring-body",
        /// The meeting at which it endorsed the proposal.
        EndorsedAt = "endorsed-at",
        /// Source of funding.
        FundingSource = "funding-source",
        /// Budget.
        BudgetAmount = "budget-amount",
        /// Its currency.
        BudgetCurrency = "budget-currency",
    }
}

/// How far a proposal is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completeness {
    /// What is filled in, in the template's order.
    pub filled: Vec<TemplateField>,
    /// What is missing, in the template's order.
    pub missing: Vec<TemplateField>,
    /// Which of the Secretariat's own fields are missing.
    pub secretariat: Vec<SecretariatField>,
}

impl Completeness {
    /// How many fields the lead has to fill in: those that do not apply are not counted.
    #[must_use]
    pub fn total(&self) -> usize {
        self.filled.len() + self.missing.len()
    }
}

/// How many words a text has.
#[must_use]
pub fn words_in(text: &str) -> usize {
    text.split_whitespace().count()
}

/// How far a project's proposal is; `classified` are the fields that the Secretariat has filled in.
#[must_use]
pub fn completeness(project: &Snapshot, classified: &BTreeSet<SecretariatField>) -> Completeness {
    let applies = |field: &&TemplateField| match field {
        TemplateField::PreviousCode => project.root.line("recurring") == "yes",
        TemplateField::Participants | TemplateField::ParticipationReason => {
            project.root.line("participation") == "list"
        }
        _ => true,
    };
    let fields = TemplateField::ALL.iter().filter(applies).copied();
    let (filled, missing) = fields.partition(|field| is_filled(project, *field));
    let secretariat = SecretariatField::ALL.iter().filter(|field| !classified.contains(field)).copied().collect();
    Completeness { filled, missing, secretariat }
}

fn is_filled(project: &Snapshot, field: TemplateField) -> bool {
    use TemplateField as F;
    let root = &project.root;
    let dated = |what| !standing(&project.claims, what).iter().all(|claim| claim.value == Value::Empty);
    match field {
        F::Objective | F::ExpectedOutputs => !root.text(field.word()).trim().is_empty(),
        F::Start => dated(ClaimKind::Start),
        F::End => dated(ClaimKind::End),
        F::Participants => any_member(root, field.word()),
        F::BudgetAmount => root.fields.get(field.word()).is_some_and(|held| held.value != Value::Empty),
        F::Title
        | F::Brief
        | F::Recurring
        | F::PreviousCode
        | F::Scope
        | F::Pillar
        | F::Blueprint
        | F::Characteristic
        | F::ActionLine
        | F::Connectivity
        | F::Duration
        | F::ImplementingAgency
        | F::Participation
        | F::ParticipationReason
        | F::SponsoringBody
        | F::EndorsedAt
        | F::FundingSource
        | F::BudgetCurrency => !root.line(field.word()).trim().is_empty(),
    }
}

fn any_member(root: &Record, set: &str) -> bool {
    let member = |name: &str| name.split_once(':').is_some_and(|(base, _)| base == set);
    root.fields.iter().any(|(name, held)| member(name) && held.value == Value::Bool(true))
}

#[cfg(test)]
mod tests;
