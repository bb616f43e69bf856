//! Fields: an edge means you may write, none means you may only read. Each writes as it is changed; nothing typed is ever
//! replaced by what comes from elsewhere, and every value written at the same time stays in sight until someone chooses.

mod bound;
mod codec;
mod kept;
mod met;
mod prose;
mod select;
mod set;
mod text;
mod words;
mod wrote;

use std::cell::Cell;

use leptos::prelude::*;

use crate::{
    domain::{
        Claim, ClaimKind, EntityId, PartyCode,
        record::{Held, Value},
        schema::{self, FieldKind},
    },
    engine::api::Mark,
    ui::{
        i18n::{format, tr},
        state::parties::use_parties,
    },
};

use super::marks::{Form, sync_mark};

pub use bound::{Bound, Subject};
pub use codec::{Codec, money};
pub use kept::kept;
pub use set::LANGUAGES;
pub use words::list_of;

/// What a select offers beyond the words of its schema: value and name.
pub type Choices = Signal<Vec<(String, String)>>;

/// A field in the making.
pub struct Field {
    subject: Subject,
    name: &'static str,
    label: Option<String>,
    hint: Option<String>,
    choices: Option<Choices>,
    codec: Option<Codec>,
    width: &'static str,
    rows: u8,
    bare: bool,
    wrap: bool,
    member: Option<String>,
}

/// A field of a record by its schema.
#[must_use]
pub fn field(subject: Subject, name: &'static str) -> AnyView {
    Field::new(subject, name).view()
}

impl Field {
    /// A field; its label is the message `field-NAME`.
    #[must_use]
    pub fn new(subject: Subject, name: &'static str) -> Self {
        let (label, hint, choices, codec) = (None, None, None, None);
        let (bare, wrap, member) = (false, false, None);
        Self { subject, name, label, hint, choices, codec, width: "", rows: 2, bare, wrap, member }
    }

    /// One year of a field that has a value for each.
    #[must_use]
    pub fn of_year(mut self, year: i16) -> Self {
        self.member = Some(format!("{year:04}"));
        self
    }

    /// What a field that is said by id says of one.
    #[must_use]
    pub fn of_id(mut self, id: EntityId) -> Self {
        self.member = Some(id.to_string());
        self
    }

    /// Another label, by message key.
    #[must_use]
    pub fn label(self, key: &str) -> Self {
        self.named(tr(key))
    }

    /// Another label: in a row, one that says which row.
    #[must_use]
    pub fn named(mut self, label: String) -> Self {
        self.label = Some(label);
        self
    }

    /// A hint, by message key.
    #[must_use]
    pub fn hint(mut self, key: &str) -> Self {
        self.hint = Some(tr(key));
        self
    }

    /// What may be chosen: for references.
    #[must_use]
    pub fn choices(mut self, choices: Choices) -> Self {
        self.choices = Some(choices);
        self
    }

    /// Another way to read and write its text.
    #[must_use]
    pub fn codec(mut self, codec: Codec) -> Self {
        self.codec = Some(codec);
        self
    }

    /// A width class: `w-s`, `w-m`, `w-l`.
    #[must_use]
    pub fn width(mut self, class: &'static str) -> Self {
        self.width = class;
        self
    }

    /// Rows of a prose field at first.
    #[must_use]
    pub fn rows(mut self, rows: u8) -> Self {
        self.rows = rows;
        self
    }

    /// A line that may be long is broken, so that it is seen whole; it stays one line.
    #[must_use]
    pub fn wrap(mut self) -> Self {
        self.wrap = true;
        self
    }

    /// Only the control, its label for the ear: inside tables and beside other controls.
    #[must_use]
    pub fn bare(mut self) -> Self {
        self.bare = true;
        self
    }

    /// The view.
    #[must_use]
    pub fn view(self) -> AnyView {
        let Self { subject, name, label, hint, choices, codec, width, rows, bare, wrap, member } = self;
        let collection = subject.entity.map(|(collection, _)| collection);
        let Some(known) = schema::of(subject.kind).and_then(|schema| schema.field(collection, name)) else {
            return ().into_any();
        };
        let label = label.unwrap_or_else(|| tr(&format!("field-{name}")));
        let (id, bound) = match member {
            None => (field_id(subject, name), Bound::new(subject, name)),
            Some(member) => {
                (field_id(subject, &format!("{name}-{member}")), Bound::new(subject, &format!("{name}:{member}")))
            }
        };
        let frame = Frame {
            id: id.clone(),
            label: label.clone(),
            hint: hint.clone(),
            bare,
            may_write: subject.may_write,
            grouped: matches!(known.kind, FieldKind::Parties | FieldKind::Languages | FieldKind::Words),
        };
        let aria = bare.then_some(label);
        let described = (hint.is_some() && !bare).then(|| format!("{id}-hint"));
        let control = Control { bound, id, aria, described, width, wrap };
        match known.kind {
            FieldKind::Prose => frame.around(prose::prose(control, rows), prose::mark(bound)),
            FieldKind::Line
            | FieldKind::Int
            | FieldKind::Link
            | FieldKind::When
            | FieldKind::Years
            | FieldKind::ById => {
                let codec = codec.unwrap_or_else(|| Codec::of(known.kind));
                frame.around(text::text(control, codec), marks(bound, codec.show))
            }
            FieldKind::Word(words) => {
                let list = list_of(name, words);
                let choices = Signal::stored(
                    words.iter().map(|word| ((*word).to_owned(), format::word(list, word))).collect::<Vec<_>>(),
                );
                frame.around(select::select(control, choices), chosen_marks(bound, choices))
            }
            FieldKind::Party => {
                let choices = choices.unwrap_or_else(party_choices);
                frame.around(select::select(control, choices), chosen_marks(bound, choices))
            }
            FieldKind::Ref => {
                let choices = choices.unwrap_or_else(|| Signal::stored(Vec::new()));
                frame.around(select::select(control, choices), chosen_marks(bound, choices))
            }
            FieldKind::Flag => frame.around(select::flag(control), marks(bound, |_| String::new())),
            FieldKind::Parties => frame.around(set::parties(subject, name, control.id), ().into_any()),
            FieldKind::Languages => frame.around(set::languages(subject, name, control.id), ().into_any()),
            FieldKind::Words => frame.around(set::words(subject, name, control.id), ().into_any()),
        }
    }
}

/// What a control needs to know.
#[derive(Clone)]
struct Control {
    bound: Bound,
    id: String,
    /// The label for the ear, where none is in sight.
    aria: Option<String>,
    /// The id of its hint.
    described: Option<String>,
    width: &'static str,
    /// Whether a long line is broken to be seen whole.
    wrap: bool,
}

/// Label, control, hint and mark.
struct Frame {
    id: String,
    label: String,
    hint: Option<String>,
    bare: bool,
    may_write: Signal<bool>,
    /// Whether the control is several: a group with a name instead of a label.
    grouped: bool,
}

impl Frame {
    fn around(self, control: AnyView, mark: AnyView) -> AnyView {
        let Self { id, label, hint, bare, may_write, grouped } = self;
        if bare {
            return view! { {control}{mark} }.into_any();
        }
        let name = if grouped {
            view! { <span class="field-name" id=format!("{id}-name")>{label}</span> }.into_any()
        } else {
            view! { <label for=id.clone()>{label}</label> }.into_any()
        };
        let hint = hint.map(|hint| {
            let id = format!("{id}-hint");
            move || may_write.get().then(|| view! { <p class="hint" id=id.clone()>{hint.clone()}</p> })
        });
        view! {
            <div class="field">
                {name}
                <div class="field-in">{control}{hint}</div>
                <div class="field-mark">{mark}</div>
            </div>
        }
        .into_any()
    }
}

/// A date that is claimed, not set: see [`Bound::claimed`].
pub fn claimed_date(subject: Subject, claims: Signal<Vec<Claim>>, what: ClaimKind) -> AnyView {
    let bound = Bound::claimed(subject, claims, what);
    let codec = Codec::of(FieldKind::When);
    let id = field_id(subject, what.word());
    let label = tr(&format!("field-{}", what.word()));
    let may_write = subject.may_write;
    let frame = Frame { id: id.clone(), label, hint: None, bare: false, may_write, grouped: false };
    let control = Control { bound, id, aria: None, described: None, width: "", wrap: false };
    frame.around(text::text(control, codec), marks(bound, codec.show))
}

/// A date that is claimed, in a cell: what stands there, and what claims another.
pub fn date_cell(subject: Subject, label: String, held: Signal<Held>, claim: Callback<Value>) -> AnyView {
    let bound = Bound::written(subject, held, claim);
    let codec = Codec::of(FieldKind::When);
    let control = Control { bound, id: next_id(), aria: Some(label), described: None, width: "", wrap: false };
    view! { {text::text(control, codec)}{marks(bound, codec.show)} }.into_any()
}

/// A field that is only ever read: a name and what stands there.
pub fn fact(label: &str, value: AnyView) -> AnyView {
    view! {
        <div class="field">
            <span class="field-name">{tr(label)}</span>
            <div class="field-in field-ro">{value}</div>
            <div class="field-mark"></div>
        </div>
    }
    .into_any()
}

/// The mark of a field that this page wrote, and the other values kept beside its own.
fn marks(bound: Bound, show: fn(&Value) -> String) -> AnyView {
    view! { {written_mark(bound.touched, bound.subject.mark)}{kept(bound, Callback::new(move |value: Value| show(&value)))} }
        .into_any()
}

fn chosen_marks(bound: Bound, choices: Choices) -> AnyView {
    let show = Callback::new(move |value: Value| chosen(&choices.read_untracked(), &value));
    view! { {written_mark(bound.touched, bound.subject.mark)}{kept(bound, show)} }.into_any()
}

fn written_mark(touched: RwSignal<bool>, mark: Signal<Mark>) -> AnyView {
    (move || touched.get().then(|| sync_mark(mark, Form::Long))).into_any()
}

/// The name of the choice that a value is; the value itself where it is none of them.
fn chosen(choices: &[(String, String)], value: &Value) -> String {
    let word = value.as_str().unwrap_or_default();
    choices.iter().find(|(choice, _)| choice == word).map_or_else(|| word.to_owned(), |(_, name)| name.clone())
}

/// All parties that take part, for a select.
#[must_use]
pub fn party_choices() -> Choices {
    let parties = use_parties();
    Memo::new(move |_| {
        parties.with(|parties| {
            parties.iter().map(|party| (party.code.to_string(), party.name.clone())).collect::<Vec<_>>()
        })
    })
    .into()
}

/// Reads a party's code.
#[must_use]
pub fn code(text: &str) -> Option<PartyCode> {
    text.parse().ok()
}

fn field_id(subject: Subject, name: &str) -> String {
    match subject.entity {
        None => format!("f-{name}"),
        Some((_, entity)) => format!("f-{name}-{entity}"),
    }
}

thread_local! {
    static NEXT: Cell<u32> = const { Cell::new(0) };
}

/// A number that no other element of this page has.
pub fn next_number() -> u32 {
    NEXT.replace(NEXT.get() + 1)
}

/// An id that no other element of this page has.
#[must_use]
pub fn next_id() -> String {
    format!("n{}", next_number())
}
