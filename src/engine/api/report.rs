//! What a report shows: its text as it is written and as it was adopted, what parties say to it, and what was decided.

use serde::{Deserialize, Serialize};

use super::{Mark, Standing};
use crate::domain::{
    DocId, EntityId, PartyCode, Place, Record, When,
    meeting::{ReportState, Verb},
    plan::PlanState,
    project::ProjectStatus,
    report::{ActionStatus, AgreeStep, Annex, Answered, Hash, Level, Outcome, ParagraphKind, Part, SuggestionKind},
};

/// What a person does in a report, beside writing in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ReportCommand {
    /// Says of a paragraph that reads as `of` that it is agreed, or open again (chair or Secretariat).
    Agree { paragraph: EntityId, to: AgreeStep, of: Hash },
    /// Moves the report (chair or Secretariat). Adoption, and sending it to be adopted, freeze it as it is here: `by` are the
    /// parties that adopt it, or to which it goes.
    Step { to: ReportState, by: Vec<PartyCode>, reason: String },
    /// Suggests other words for a paragraph, or to leave it out, in one's own party's voice.
    Suggest { id: EntityId, paragraph: EntityId, kind: SuggestionKind, text: String },
    /// Answers a suggestion (chair or Secretariat). To accept it writes its words.
    Answer { suggestion: EntityId, to: Answered, reason: String },
    /// Puts one's own party's words into the report: an intervention, or a reservation.
    Speak { id: EntityId, item: Option<EntityId>, kind: ParagraphKind, place: Place, text: String },
    /// Says how an action of one's own party stands.
    Progress { action: EntityId, to: ActionStatus, reason: String },
    /// Records what this meeting made of a decision that came up to it from the session `from` (chair or Secretariat).
    Record { decision: EntityId, from: DocId, to: Outcome, reason: String },
    /// Corrects an adopted report: what is to be read instead (chair or Secretariat).
    Correct { paragraph: Option<EntityId>, reads: String, reason: String },
}

/// The report of a session.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReportView {
    /// Where it is.
    pub state: Standing<ReportState>,
    /// The text as it is written: in the order of the agenda, numbered through, with what parties said in its place.
    pub parts: Vec<Part>,
    /// The paragraphs of the media release, which is no part of the text.
    pub release: Part,
    /// Whether I clear that.
    pub clears: bool,
    /// How each paragraph stands, and what parties suggest.
    pub lines: Vec<ParagraphView>,
    /// What parties put into it themselves.
    pub spoken: Vec<SpokenView>,
    /// How many of the session's paragraphs are agreed.
    pub agreed: u32,
    /// Of how many.
    pub of: u32,
    /// Where I may move it now.
    pub next: Vec<ReportState>,
    /// Whether I may agree paragraphs, answer suggestions and record results.
    pub presides: bool,
    /// Whether I may suggest, and put my party's own words in.
    pub may_speak: bool,
    /// What was adopted, or sent to be adopted.
    pub adopted: Option<AdoptedView>,
    /// Its life.
    pub steps: Vec<ReportStepView>,
    /// What was corrected since.
    pub corrections: Vec<CorrectionView>,
    /// What is annexed to it, after the list of delegates and the agenda.
    pub annexes: Vec<Annex>,
    /// Who would adopt it: the delegations of the meeting, else the members of its framework today.
    pub adopters: Vec<PartyCode>,
}

/// How a paragraph stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ParagraphView {
    /// The paragraph.
    pub id: EntityId,
    /// The hash of what it says.
    pub of: Hash,
    /// How it stands.
    pub standing: AgreedView,
    /// What parties suggest, oldest first.
    pub suggestions: Vec<SuggestionView>,
}

/// By whom and when something was said: milliseconds since 1970, by the hub where it told, else by the device.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaidBy {
    /// Which party, as far as this device may know.
    pub party: Option<PartyCode>,
    /// When.
    pub at: u64,
    /// Why.
    pub reason: String,
    /// Whether it waits for the hub.
    pub provisional: bool,
}

/// Whether a paragraph is agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AgreedView {
    /// It is open.
    Open,
    /// It is agreed as it stands.
    Agreed(SaidBy),
    /// It was agreed and says something else: by whom it was changed, where that is known.
    Changed { agreed: SaidBy, changed: Option<SaidBy> },
}

/// What a party suggests of a paragraph.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SuggestionView {
    /// The suggestion.
    pub id: EntityId,
    /// Its voice.
    pub doc: DocId,
    /// Whose.
    pub party: PartyCode,
    /// What.
    pub kind: SuggestionKind,
    /// The words suggested.
    pub text: String,
    /// Whether the paragraph says something else now than when it was made.
    pub outdated: bool,
    /// What was answered.
    pub answer: Option<(Answered, SaidBy)>,
    /// Whether it was withdrawn.
    pub withdrawn: bool,
    /// Whether it is mine to withdraw.
    pub mine: bool,
    /// When: milliseconds since 1970.
    pub at: u64,
    /// Where its words are.
    pub mark: Mark,
}

/// What a party put into the report itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SpokenView {
    /// Its voice.
    pub doc: DocId,
    /// Whose.
    pub party: PartyCode,
    /// The words.
    pub record: Record,
    /// Whether I may write them.
    pub mine: bool,
    /// Where they are.
    pub mark: Mark,
}

/// A report as it was frozen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AdoptedView {
    /// The root hash, in hexadecimal.
    pub root: String,
    /// Who adopted it.
    pub by: Vec<PartyCode>,
    /// Who recorded it.
    pub said: SaidBy,
    /// How many versions in it the hub has not acknowledged.
    pub waits: u32,
    /// The text.
    pub parts: Vec<AdoptedPart>,
    /// Paragraphs that say something else now, were added since, or withdrawn: no part of it.
    pub later: Vec<EntityId>,
    /// Its annexes, after the list of delegates and the agenda.
    pub annexes: Vec<Annex>,
}

/// What was adopted under one item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdoptedPart {
    /// The item.
    pub item: Option<EntityId>,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// The paragraphs.
    pub lines: Vec<AdoptedLine>,
}

/// One paragraph as it was adopted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdoptedLine {
    /// Which.
    pub id: EntityId,
    /// Its number.
    pub number: u32,
    /// What it is.
    pub kind: ParagraphKind,
    /// Its verb.
    pub verb: Option<Verb>,
    /// Its words.
    pub text: String,
    /// Its party.
    pub party: Option<PartyCode>,
    /// By when.
    pub due: Option<When>,
    /// Whether the words are the party's own.
    pub own: bool,
}

/// A step in the life of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportStepView {
    /// The act.
    pub act: EntityId,
    /// To which state.
    pub to: ReportState,
    /// By whom.
    pub said: SaidBy,
    /// Whether it could not follow what it met, and was not applied.
    pub not_applied: bool,
}

/// A correction of an adopted report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionView {
    /// The act.
    pub act: EntityId,
    /// The paragraph, with its number as adopted.
    pub paragraph: Option<(EntityId, u32)>,
    /// What is to be read.
    pub reads: String,
    /// By whom, when and why.
    pub said: SaidBy,
}

/// A decision or an action, wherever it is shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PointView {
    /// The paragraph.
    pub id: EntityId,
    /// The session in whose report it stands.
    pub session: DocId,
    /// Its meeting.
    pub meeting: DocId,
    /// The meeting's title.
    pub title: String,
    /// Who decides there.
    pub level: Option<Level>,
    /// The number of the paragraph; 0 where it was withdrawn.
    pub number: u32,
    /// The number of its item.
    pub item: String,
    /// Decision or action.
    pub kind: ParagraphKind,
    /// Its verb.
    pub verb: Option<Verb>,
    /// Its words.
    pub text: String,
    /// Who is to act.
    pub party: Option<PartyCode>,
    /// By when.
    pub due: Option<When>,
    /// Whether it was withdrawn since.
    pub withdrawn: bool,
    /// The meeting to which it goes up, with its title.
    pub up: Option<(DocId, String)>,
    /// What that meeting made of it; none where it does not go up.
    pub result: Option<ResultView>,
    /// How it stands, where it is an action.
    pub action: Option<ActionView>,
    /// What of plans and projects was decided by it.
    pub decided: Vec<DecidedView>,
    /// Where its words are.
    pub mark: Mark,
}

/// What became of a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultView {
    /// What.
    pub outcome: Outcome,
    /// By whom, when and in which words.
    pub said: Option<SaidBy>,
    /// Whether the decision says something else now than what that was recorded of.
    pub changed: bool,
    /// How many results were recorded apart and do not count.
    pub aside: u32,
}

/// How an action stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionView {
    /// By its party.
    pub status: ActionStatus,
    /// When it said so.
    pub said: Option<SaidBy>,
    /// Whether it is late.
    pub overdue: bool,
    /// Whether it is my party's to say.
    pub mine: bool,
}

/// What of a plan or a project was decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecidedView {
    /// The plan, or the project.
    pub doc: DocId,
    /// Its title.
    pub title: String,
    /// The plan's state.
    pub plan: Option<PlanState>,
    /// The project's status.
    pub status: Option<ProjectStatus>,
}

/// The decision by which something was decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionLink {
    /// The meeting, with its title as far as it is here.
    pub meeting: (DocId, String),
    /// The paragraph.
    pub paragraph: EntityId,
    /// Its number; none while its report is not here.
    pub number: Option<u32>,
}
