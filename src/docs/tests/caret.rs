//! Carets keep their place among the words, and what is no place in a text is none.

use super::*;
use crate::{
    docs::Doc,
    domain::{At, DocKind},
};

fn at() -> At {
    At::root("objective")
}

fn written() -> Doc {
    let mut doc = Doc::new(DocKind::Project);
    doc.edit(&typed(at(), "", 0, 0, "one 😀 three"), &author(1)).expect("prose");
    doc
}

#[test]
fn a_caret_keeps_its_place_while_others_type_before_and_around_it() {
    let mut doc = written();
    let then = doc.heads();
    let now = |doc: &Doc, unit| doc.carried(&at(), &then, unit);
    assert_eq!([0, 7, 12].map(|unit| now(&doc, unit)), [Some(0), Some(7), Some(12)]);
    doc.edit(&typed(at(), "one 😀 three", 0, 0, "zero "), &author(2)).expect("prose");
    doc.edit(&typed(at(), "zero one 😀 three", 17, 0, " 😀"), &author(2)).expect("prose");
    assert_eq!(now(&doc, 7), Some(12), "still before *three*");
    assert_eq!([0, 12].map(|unit| now(&doc, unit)), [Some(0), Some(17)], "before what is typed where it stands");
    doc.edit(&typed(at(), "zero one 😀 three 😀", 7, 7, ""), &author(2)).expect("prose");
    assert_eq!([7, 12].map(|unit| now(&doc, unit)), [Some(7), Some(10)], "where its words were, and behind them");
    assert_eq!(now(&doc, 999), Some(13), "beyond the end is the end");
}

#[test]
fn what_is_no_place_in_the_text_is_not_found() {
    let mut doc = written();
    let then = doc.heads();
    assert_eq!(Doc::new(DocKind::Project).carried(&at(), &then, 3), None, "of words that have not arrived");
    doc.edit(&typed(At::root("challenges"), "", 0, 0, "other"), &author(1)).expect("prose");
    assert_eq!(doc.carried(&at(), &then, 3), Some(3), "what is typed elsewhere moves nothing");
    assert_eq!(doc.carried(&At::root("challenges"), &then, 3), Some(5), "into what had no words then");
    for bad in [vec![], vec![[7; 32]], vec![then[0]; MOST_AND_MORE]] {
        assert_eq!(doc.carried(&at(), &bad, 3), None);
    }
    assert_eq!(doc.carried(&At::root("title"), &then, 0), None, "a line has no carets");
    assert_eq!(doc.carried(&At::of(entity(9), "text"), &then, 0), None, "of no record");
}

const MOST_AND_MORE: usize = 9;
