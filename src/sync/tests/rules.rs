//! Each rule of the hub: what breaks it is not taken, is named, is counted, and changes nothing.

use super::{
    super::{
        codec::DEFAULT_LIMITS,
        frame::{Except, Item, Limits},
        hub::{Checked, Hub, LoadError, Offered},
    },
    kit::{Desk, SOME_DAY, change, fact, hash_of, id, look_at, makes, parts},
};

fn refused(why: &str) -> Except {
    Except::Refused { why: why.to_owned() }
}

#[test]
fn what_breaks_a_rule_is_named_counted_and_changes_nothing() {
    let (me, doc) = (id(1), id(10));
    let known = change(doc, "anna", 1, &[], "one");
    let elsewhere = change(id(11), "anna", 1, &[], "nobody told me of this document");
    let stranger = change(doc, "x", 1, &[], "lacks what it builds on");
    let mut altered = change(doc, "anna", 2, &[], "altered on the way");
    if let Item::Change { body: Some(body), .. } = &mut altered {
        body.push(b'!');
    }
    let bodyless = Item::Change { doc, hash: hash_of(&known), body: None, signature: None, receipt: None };
    let cases: Vec<(&str, Item, Option<Checked>, Except)> = vec![
        ("known", known.clone(), None, Except::Known { number: 2 }),
        ("known", makes(doc), None, Except::Known { number: 1 }),
        ("fork", change(doc, "anna", 1, &[], "another one"), None, Except::Fork),
        ("sequence", change(doc, "anna", 3, &[hash_of(&known)], "skips 2"), None, refused("sequence")),
        (
            "needs-deps",
            change(doc, "ben", 1, &[hash_of(&known), hash_of(&stranger)], "later"),
            None,
            Except::NeedsDeps { deps: vec![hash_of(&stranger)] },
        ),
        ("unknown-document", elsewhere, None, refused("unknown-document")),
        ("wrong-hash", altered, None, refused("wrong-hash")),
        (
            "foreign-actor",
            change(doc, "eve", 1, &[], "not me"),
            Some(Checked::Bad("foreign-actor")),
            refused("foreign-actor"),
        ),
        ("too-large", change(doc, "anna", 2, &[], &"long ".repeat(300)), None, refused("too-large")),
        ("malformed", bodyless, Some(look_at(&known)), refused("malformed")),
        ("malformed", change(doc, "anna", 2, &[], "a change called a fact"), Some(Checked::Fact), refused("malformed")),
        ("not-entitled", fact("never mine to say"), None, refused("not-entitled")),
        ("document-exists", fact("doc 010"), None, refused("document-exists")),
        ("retry", change(doc, "anna", 2, &[], "too fast"), Some(Checked::Later(7)), Except::Retry { after: 7 }),
    ];
    for (word, item, checked, expected) in cases {
        let mut desk = Desk::with_limits(Limits { change: 1_000, ..DEFAULT_LIMITS });
        desk.push(me, &[makes(doc), known.clone()]);
        let (head, stamp, folded) = (desk.hub.head(), desk.hub.stamp(), desk.rules.folded.len());
        let checked = checked.unwrap_or_else(|| look_at(&item));
        let (_, taken, except) = parts(&desk.push_checked(me, vec![Offered { item, checked }]));
        assert_eq!((taken, except.get(&0)), (0, Some(&expected)), "{word}");
        assert_eq!(desk.hub.counts().get(word), Some(&1), "{word} is counted");
        assert_eq!((desk.hub.head(), desk.hub.stamp(), desk.rules.folded.len()), (head, stamp, folded), "{word}");
        assert_eq!(desk.store.len(), 2, "{word} stores nothing");
    }
}

#[test]
fn only_a_writer_of_this_moment_writes_and_hears_again_what_was_taken_before() {
    let (me, doc) = (id(1), id(10));
    let mut desk = Desk::new();
    let first = change(doc, "anna", 1, &[], "while I may");
    desk.push(me, &[makes(doc), first.clone()]);
    desk.rules.not_writing.insert((me, doc));
    let second = change(doc, "anna", 2, &[hash_of(&first)], "too late");
    let (_, taken, except) = parts(&desk.push(me, &[first, second]));
    assert_eq!(taken, 0);
    assert_eq!(except[&0], Except::Known { number: 2 }, "its acknowledgement may have been lost");
    assert_eq!(except[&1], refused("not-a-writer"));
}

#[test]
fn a_document_is_known_as_soon_as_its_fact_stands_earlier_in_the_push() {
    let (me, doc) = (id(1), id(10));
    let first = change(doc, "anna", 1, &[], "one");
    let second = change(doc, "anna", 2, &[hash_of(&first)], "two");
    let mut desk = Desk::new();
    assert_eq!(parts(&desk.push(me, &[first.clone(), makes(doc)])).1, 1, "order matters");
    let mut desk = Desk::new();
    assert_eq!(parts(&desk.push(me, &[makes(doc), first, second])), (1, 3, [].into()));
}

#[test]
fn numbers_skip_what_was_not_taken() {
    let (me, doc) = (id(1), id(10));
    let mut desk = Desk::new();
    desk.push(me, &[makes(doc)]);
    let first = change(doc, "anna", 1, &[], "one");
    let bad = change(id(99), "anna", 1, &[], "nowhere");
    let second = change(doc, "anna", 2, &[hash_of(&first)], "two");
    let (first_number, taken, except) = parts(&desk.push(me, &[first, bad, second.clone()]));
    assert_eq!((first_number, taken, except.keys().copied().collect::<Vec<_>>()), (2, 2, vec![1]));
    assert_eq!(desk.store.last().map(|row| (row.number, row.item.key())), Some((3, second.key())));
}

#[test]
fn what_follows_something_put_off_is_put_off_with_it() {
    let (me, doc) = (id(1), id(10));
    let change = change(doc, "anna", 1, &[], "needs the fact before it");
    let mut desk = Desk::new();
    let offered = vec![
        Offered { item: makes(doc), checked: Checked::Later(3) },
        Offered { checked: look_at(&change), item: change },
    ];
    let (_, _, except) = parts(&desk.push_checked(me, offered));
    assert_eq!(except[&1], Except::Retry { after: 3 }, "refusing it would lose honest work");
}

#[test]
fn a_push_of_too_many_entries_is_taken_in_part() {
    let mut desk = Desk::with_limits(Limits { entries: 2, ..DEFAULT_LIMITS });
    let (_, taken, except) = parts(&desk.push(id(1), &[fact("a b"), fact("c d"), fact("e f")]));
    assert_eq!((taken, &except[&2]), (2, &Except::Retry { after: 0 }));
}

#[test]
fn time_never_goes_back_in_the_log() {
    let mut desk = Desk::new();
    desk.push(id(1), &[fact("a b")]);
    desk.now = SOME_DAY - 86_400_000;
    desk.push(id(1), &[fact("c d")]);
    assert_eq!(desk.store[1].received_at, SOME_DAY);
    desk.restart();
    desk.push(id(1), &[fact("e f")]);
    assert_eq!(desk.store[2].received_at, SOME_DAY, "nor after a restart");
}

#[test]
fn a_batch_left_behind_never_was_and_two_cannot_both_be() {
    let mut desk = Desk::new();
    let offer = |words: &str| vec![Offered { item: fact(words), checked: Checked::Fact }];
    let mut abandoned = desk.hub.begin();
    desk.hub.prepare(&mut abandoned, Some(id(1)), 1, offer("a b"), &mut desk.rules, SOME_DAY);
    drop(abandoned);
    assert_eq!(desk.hub.head(), 0);
    let (mut one, mut two) = (desk.hub.begin(), desk.hub.begin());
    desk.hub.prepare(&mut one, Some(id(1)), 1, offer("a b"), &mut desk.rules, SOME_DAY);
    desk.hub.prepare(&mut two, Some(id(2)), 1, offer("c d"), &mut desk.rules, SOME_DAY);
    desk.hub.commit(one).expect("the first");
    assert_eq!(desk.hub.commit(two), Err(LoadError::Gap { after: 1, found: 1 }));
}

#[test]
fn several_pushes_share_one_batch() {
    let (doc, me, you) = (id(10), id(1), id(2));
    let first = change(doc, "anna", 1, &[], "one");
    let reply = change(doc, "ben", 1, &[hash_of(&first)], "two");
    let mut desk = Desk::new();
    let offer = |items: &[Item]| -> Vec<Offered> {
        items.iter().map(|item| Offered { item: item.clone(), checked: look_at(item) }).collect()
    };
    let mut batch = desk.hub.begin();
    desk.hub.prepare(&mut batch, Some(me), 1, offer(&[makes(doc), first.clone()]), &mut desk.rules, SOME_DAY);
    let second = desk.hub.prepare(&mut batch, Some(you), 1, offer(&[first, reply]), &mut desk.rules, SOME_DAY);
    assert_eq!(parts(&second), (3, 1, [(0, Except::Known { number: 2 })].into()));
    desk.hub.commit(batch).expect("alone");
    assert_eq!(desk.hub.head(), 3);
}

#[test]
fn a_store_that_was_changed_is_noticed_when_loaded() {
    let mut desk = Desk::new();
    desk.push(id(1), &[fact("a b"), fact("c d"), fact("e f")]);
    let load = |rows: Vec<_>| Hub::load(id(200), DEFAULT_LIMITS, rows).map(|hub| hub.head());
    assert_eq!(load(desk.store.clone()), Ok(3));
    let mut swapped = desk.store.clone();
    swapped[1].item = fact("not what was said");
    assert_eq!(load(swapped), Err(LoadError::Stamp { number: 2 }));
    let mut gap = desk.store.clone();
    gap.remove(1);
    assert_eq!(load(gap), Err(LoadError::Gap { after: 1, found: 3 }));
}
