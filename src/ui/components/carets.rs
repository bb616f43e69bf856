//! Where others are in a prose field: their carets over the words, and where this person's is, for them.
//!
//! A part of the page whose documents are written together says so with [`InCompany`]; elsewhere nothing is asked and
//! nothing said.

use leptos::prelude::*;

use crate::{
    domain::EntityId,
    engine::api::{CaretIn, PresenceView, Query, Say, Spot},
    ui::{
        logic::carets::{Other, Piece, marked},
        state::{link, views::use_view},
    },
};

use super::field::Bound;

/// Marks a part of the page whose documents several people write at once.
#[derive(Debug, Clone, Copy)]
pub struct InCompany;

/// A prose field in company.
#[derive(Clone, Copy)]
pub struct Carets {
    bound: Bound,
    record: EntityId,
    others: Signal<Vec<Other>>,
    text: RwSignal<String>,
}

impl Carets {
    /// Of a field; none where nobody writes together.
    #[must_use]
    pub fn of(bound: Bound) -> Option<Self> {
        use_context::<InCompany>()?;
        let live = use_view::<PresenceView>(Query::Presence { doc: bound.doc() });
        let at = bound.at();
        let record = at.entity.unwrap_or_else(|| EntityId::from_bytes(bound.doc().to_bytes()));
        let others = live.part(move |view| {
            let caret = |spot: &Spot| {
                let caret = spot.caret.as_ref().filter(|caret| spot.record == record && caret.field == at.field)?;
                Some((caret.from as usize, caret.to as usize))
            };
            let here = view.here.iter().filter_map(|person| {
                let (from, to) = caret(person.spot.as_ref()?)?;
                Some(Other { party: person.party.clone(), from, to })
            });
            let mut here: Vec<Other> = here.collect();
            here.sort_by_key(|other| other.from);
            here
        });
        Some(Self { bound, record, others, text: RwSignal::new(String::new()) })
    }

    /// What the field shows now.
    pub fn shows(self, text: &str) {
        if self.others.with_untracked(|others| !others.is_empty()) || self.text.with_untracked(|had| had != text) {
            self.text.set(text.to_owned());
        }
    }

    /// Where this person's caret is, or what is selected; none: the field was left.
    pub fn told(self, selection: Option<(u32, u32)>) {
        let caret = selection.map(|(from, to)| CaretIn { field: self.bound.at().field, from, to });
        link::pass(self.bound.doc(), Say::At(Some(Spot { record: self.record, caret })));
    }

    /// Words as they are read, with the others' carets between them. What reads the page aloud does not hear of these.
    pub fn among(of: Option<Self>, text: String) -> AnyView {
        let Some(carets) = of else { return text.into_any() };
        (move || carets.others.with(|others| marked(&text, others)).into_iter().map(piece).collect_view()).into_any()
    }

    /// The others' carets, to be laid over the field: the same words, unseen, with the carets between them.
    pub fn view(self, class: String) -> AnyView {
        (move || {
            let others = self.others.get();
            if others.is_empty() {
                return ().into_any();
            }
            let text = self.text.get();
            let inside = marked(&text, &others).into_iter().map(piece).collect_view();
            view! { <div class=format!("mirror {class}") aria-hidden="true">{inside}" "</div> }.into_any()
        })
        .into_any()
    }
}

fn piece(piece: Piece) -> AnyView {
    match piece {
        Piece::Words(words) => words.into_any(),
        Piece::Chosen(party, words) => {
            view! { <span class="sel" data-party=party.to_string()>{words}</span> }.into_any()
        }
        Piece::Caret(party) => {
            // The flag's word is drawn by the style: it is none of the words that stand here.
            view! { <span class="caret" data-party=party.to_string() aria-hidden="true"></span> }.into_any()
        }
    }
}
