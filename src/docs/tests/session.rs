//! Editing sessions: pages that follow the protocol, on several devices, with every delay there can be.

use std::collections::{BTreeSet, VecDeque};

use super::*;
use crate::{
    docs::{
        Doc, DocsError,
        text::{Shown, TextSession},
    },
    domain::{At, DocKind, Splice},
};

fn at() -> At {
    At::root("objective")
}

fn splice(at: u32, delete: u32, insert: &str) -> Splice {
    Splice { at, delete, insert: insert.to_owned() }
}

fn text(doc: &Doc) -> String {
    snapshot(doc).root.text("objective").to_owned()
}

#[test]
fn a_batch_is_one_change_and_typing_back_is_none() {
    let mut doc = Doc::new(DocKind::Project);
    let (mut session, shown) = TextSession::open(&doc, at()).expect("prose");
    assert_eq!(shown, Shown { version: 1, after: 0, text: String::new() });
    for (n, insert) in ["T", "r", "a", "i", "n", "😀"].iter().enumerate() {
        let n = u32::try_from(n).expect("small");
        session.edit(n + 1, 1, &[splice(n, 0, insert)]).expect("fits");
    }
    assert!(session.is_dirty());
    let made = session.commit(&mut doc, &author(1)).expect("writable").expect("something typed");
    assert!(made.touches_root);
    assert_eq!(text(&doc), "Train😀");
    assert_eq!(doc.changes().len(), 2);
    session.edit(7, 1, &[splice(7, 0, "x"), splice(7, 1, "")]).expect("fits");
    assert_eq!(session.commit(&mut doc, &author(1)), Ok(None));
    assert_eq!(session.remote_changed(&doc), Ok(None), "the page shows it already");
}

#[test]
fn edits_out_of_turn_and_splices_that_do_not_fit_are_refused() {
    let mut doc = Doc::new(DocKind::Project);
    doc.edit(&typed(at(), "", 0, 0, "a😀b"), &author(1)).expect("prose");
    let (mut session, _) = TextSession::open(&doc, at()).expect("prose");
    assert_eq!(session.edit(2, 1, &[]), Err(DocsError::OutOfTurn { expected: 1, got: 2 }));
    assert_eq!(session.edit(1, 2, &[]), Err(DocsError::UnknownVersion(2)));
    for bad in
        [splice(2, 0, "x"), splice(2, 1, ""), splice(4, 1, ""), splice(5, 0, "x"), splice(u32::MAX, u32::MAX, "")]
    {
        let splices = [splice(0, 1, "A"), bad];
        assert!(matches!(session.edit(1, 1, &splices), Err(DocsError::BadSplice { .. })), "{splices:?}");
        assert_eq!(session.text(), "a😀b", "nothing of a refused edit is taken");
    }
    session.edit(1, 1, &[splice(1, 2, "")]).expect("fits");
    session.edit(1, 1, &[splice(0, 2, "")]).expect("sent twice, taken once");
    assert_eq!(session.text(), "ab");
    assert!(TextSession::open(&doc, At::root("title")).is_err(), "a line is no prose");
}

#[test]
fn an_edit_on_an_older_view_lands_where_it_was_made() {
    let mut doc = Doc::new(DocKind::Project);
    doc.edit(&typed(at(), "", 0, 0, "one two three"), &author(1)).expect("prose");
    let (mut session, _) = TextSession::open(&doc, at()).expect("prose");
    // Elsewhere "two" becomes "2" and a word comes in front.
    doc.edit(&typed(at(), "one two three", 4, 3, "2"), &author(2)).expect("prose");
    doc.edit(&typed(at(), "one 2 three", 0, 0, "zero "), &author(2)).expect("prose");
    let shown = session.remote_changed(&doc).expect("prose").expect("another text");
    assert_eq!(shown, Shown { version: 2, after: 0, text: "zero one 2 three".to_owned() });
    // Sent before version 2 was seen: "three" becomes "3", and a word after it; part of "two" goes, which is gone.
    session.edit(1, 1, &[splice(8, 5, "3 four"), splice(5, 2, "")]).expect("version 1 was shown");
    assert_eq!(session.text(), "zero one 2 3 four");
    assert_eq!(session.edit(2, 2, &[]), Err(DocsError::UnknownVersion(2)), "version 2 lacks edit 1");
    session.commit(&mut doc, &author(1)).expect("writable");
    assert_eq!(text(&doc), "zero one 2 3 four");
    let shown = session.remote_changed(&doc).expect("prose").expect("another text");
    assert_eq!(shown, Shown { version: 3, after: 1, text: "zero one 2 3 four".to_owned() });
    session.edit(2, 3, &[splice(17, 0, "!")]).expect("version 3 is shown");
    assert_eq!(session.text(), "zero one 2 3 four!");
}

#[test]
fn what_is_typed_and_not_committed_moves_with_what_arrives() {
    let mut doc = Doc::new(DocKind::Project);
    doc.edit(&typed(at(), "", 0, 0, "abc"), &author(1)).expect("prose");
    let (mut session, _) = TextSession::open(&doc, at()).expect("prose");
    session.edit(1, 1, &[splice(3, 0, "XY"), splice(0, 1, "")]).expect("fits");
    doc.edit(&typed(at(), "abc", 1, 1, "😀"), &author(2)).expect("prose");
    let shown = session.remote_changed(&doc).expect("prose").expect("another text");
    assert_eq!(shown.text, "😀cXY");
    session.edit(2, 1, &[splice(3, 0, "!")]).expect("fits");
    assert_eq!(session.text(), "😀cX!Y");
    session.commit(&mut doc, &author(1)).expect("writable");
    assert_eq!(text(&doc), "😀cX!Y");
}

/// A page and its line to the engine.
struct Page {
    replica: usize,
    session: TextSession,
    view: Vec<u16>,
    version: u32,
    n: u32,
    to_engine: VecDeque<(u32, u32, Vec<Splice>)>,
    to_page: VecDeque<Shown>,
}

impl Page {
    fn read(&mut self) {
        if let Some(shown) = self.to_page.pop_front()
            && shown.after >= self.n
        {
            self.view = shown.text.encode_utf16().collect();
            self.version = shown.version;
        }
    }

    fn deliver(&mut self) {
        if let Some((n, version, splices)) = self.to_engine.pop_front() {
            self.session.edit(n, version, &splices).expect("the page follows the protocol");
        }
    }

    fn show(&mut self, doc: &Doc) {
        self.to_page.extend(self.session.remote_changed(doc).expect("prose"));
    }

    /// Types or deletes at random; what is inserted is a character nobody else ever inserts.
    fn typing(&mut self, random: &mut Random, world: &mut World) {
        let chars: Vec<char> = String::from_utf16(&self.view).expect("whole characters").chars().collect();
        let units = |chars: &[char]| u32::try_from(chars.iter().map(|c| c.len_utf16()).sum::<usize>()).expect("short");
        let start = random.below(chars.len() + 1);
        let len = if random.below(3) == 0 { random.below((chars.len() - start).min(6) + 1) } else { 0 };
        let mut insert = String::new();
        if len == 0 || random.below(2) == 0 {
            let unique = char::from_u32(0x2_0000 + world.next).expect("a character");
            world.next += 1;
            world.typed.insert(unique);
            insert.push_str(["", "ក្រុ", "ượ", "😀", "x "][random.below(5)]);
            insert.push(unique);
        }
        world.deleted.extend(&chars[start..start + len]);
        let splice = Splice { at: units(&chars[..start]), delete: units(&chars[start..start + len]), insert };
        let (from, to) = (splice.at as usize, (splice.at + splice.delete) as usize);
        self.view.splice(from..to, splice.insert.encode_utf16());
        self.n += 1;
        self.to_engine.push_back((self.n, self.version, vec![splice]));
    }
}

#[derive(Default)]
struct World {
    next: u32,
    typed: BTreeSet<char>,
    deleted: BTreeSet<char>,
    /// Every change ever made, for each replica how far its shuffled inbox got.
    changes: Vec<Vec<u8>>,
}

struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % n
    }
}

/// Runs one schedule and returns how many texts pages ignored or adopted late, to know that it was no easy one.
fn run(seed: u64) -> usize {
    let mut random = Random(seed);
    let mut world = World::default();
    let mut docs: Vec<Doc> = (0..3).map(|_| Doc::new(DocKind::Project)).collect();
    // Two pages on the first device, one on each other.
    let open = |replica: usize, docs: &[Doc]| {
        let (session, shown) = TextSession::open(&docs[replica], at()).expect("prose");
        let (to_engine, to_page) = (VecDeque::new(), VecDeque::new());
        Page { replica, session, view: vec![], version: shown.version, n: 0, to_engine, to_page }
    };
    let mut pages: Vec<Page> = [0, 0, 1, 2].map(|replica| open(replica, &docs)).into();
    let mut overtaken = 0;
    for _ in 0..150 {
        let page = &mut pages[random.below(4)];
        let doc = &mut docs[page.replica];
        match random.below(8) {
            0..3 => page.typing(&mut random, &mut world),
            3 => page.deliver(),
            4 => {
                let by = author(u8::try_from(page.replica).expect("small") + 1);
                let made = page.session.commit(doc, &by).expect("writable");
                world.changes.extend(made.map(|made| made.bytes));
            }
            5 => page.show(doc),
            6 => {
                overtaken += usize::from(page.to_page.front().is_some_and(|shown| shown.after < page.n));
                page.read();
            }
            _ if !world.changes.is_empty() => {
                // Any change at all, also before what it stands on, also again.
                let bytes = world.changes[random.below(world.changes.len())].clone();
                docs[random.below(3)].apply(&[&bytes]).expect("a change");
            }
            _ => {}
        }
    }
    // Everybody falls silent and everything arrives.
    for page in &mut pages {
        while !page.to_engine.is_empty() {
            page.deliver();
        }
        let by = author(u8::try_from(page.replica).expect("small") + 1);
        let made = page.session.commit(&mut docs[page.replica], &by).expect("writable");
        world.changes.extend(made.map(|made| made.bytes));
    }
    let all: Vec<&[u8]> = world.changes.iter().map(Vec::as_slice).collect();
    for doc in &mut docs {
        assert!(doc.apply(&all).expect("changes").waiting.is_empty());
    }
    let says = text(&docs[0]);
    // Typed at older heads, deleted by several: whoever has nothing yet takes the saved document for whole.
    let mut newcomer = Doc::new(DocKind::Project);
    newcomer.apply(&[&docs[1].save()]).expect("an honest document");
    assert_eq!(newcomer.heads(), docs[1].heads(), "seed {seed}");
    for page in &mut pages {
        page.show(&docs[page.replica]);
        while !page.to_page.is_empty() {
            page.read();
        }
        assert_eq!(text(&docs[page.replica]), says, "seed {seed}: replicas converge");
        assert_eq!(String::from_utf16_lossy(&page.view), says, "seed {seed}: a page shows the document");
    }
    for unique in &world.typed {
        let expected = usize::from(!world.deleted.contains(unique));
        assert_eq!(says.matches(*unique).count(), expected, "seed {seed}: {unique} in {says}");
    }
    overtaken
}

#[test]
fn pages_on_three_devices_end_with_one_text_and_lose_no_word() {
    let overtaken: usize = (0..120).map(run).sum();
    assert!(overtaken > 100, "{overtaken} texts overtaken by typing");
}

#[test]
fn a_session_goes_on_in_a_document_built_anew() {
    let mut doc = Doc::new(DocKind::Project);
    let first = doc.edit(&typed(at(), "", 0, 0, "one two"), &author(1)).expect("prose");
    let (mut session, _) = TextSession::open(&doc, at()).expect("prose");
    // Committed in a change that the hub then refuses.
    session.edit(1, 1, &[splice(7, 0, " three"), splice(0, 0, "zero ")]).expect("fits");
    session.commit(&mut doc, &author(1)).expect("writable").expect("something typed");
    session.edit(2, 1, &[splice(18, 0, " four")]).expect("fits");
    let refused = session.committed().cloned().expect("committed");

    // From what was acknowledged, under a new actor, with the refused edit run again after somebody else's.
    let mut anew = Doc::load(DocKind::Project, [first.bytes.as_slice()]).expect("acknowledged");
    anew.edit(&typed(at(), "one two", 4, 3, "2"), &author(2)).expect("prose");
    anew.edit(&refused, &author(3)).expect("it is carried over");
    assert_eq!(text(&anew), "zero one 2 three");
    let shown = session.remote_changed(&anew).expect("prose").expect("another text");
    assert_eq!(shown, Shown { version: 2, after: 2, text: "zero one 2 three four".to_owned() });
    session.commit(&mut anew, &author(3)).expect("writable").expect("something typed");
    assert_eq!(text(&anew), "zero one 2 three four");
}

#[test]
fn a_book_pasted_into_a_session_is_refused_and_the_session_goes_on() {
    let mut doc = Doc::new(DocKind::Project);
    let (mut session, _) = TextSession::open(&doc, at()).expect("prose");
    let book = splice(0, 0, &"x".repeat(150_000));
    assert_eq!(session.edit(1, 1, &[book]), Err(DocsError::TooLarge));
    session.edit(1, 1, &[splice(0, 0, "summary")]).expect("fits");
    session.commit(&mut doc, &author(1)).expect("writable");
    assert_eq!(text(&doc), "summary");
}
