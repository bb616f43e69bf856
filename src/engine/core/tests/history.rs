//! The history of a record: sittings, versions, what differs, and the way back; on every device, and over a restart.

use super::{
    meetings::{called, item, session, tell},
    world::{ASEC, KH, PROJECT, VN, World, code},
};
use crate::{
    domain::{At, DocId, Edit, EntityId, Place, Snapshot, Splice, piece::Piece},
    engine::{
        api::{Changed, Command, Difference, HistoryView, Query, View},
        core::documents::root_of,
    },
};

fn history(world: &mut World, number: u8, doc: DocId, record: Option<EntityId>, most: u32) -> HistoryView {
    match world.see(number, Query::History { doc, record, most }) {
        View::History(view) => view,
        other => panic!("no history: {other:?}"),
    }
}

fn past(world: &mut World, number: u8, doc: DocId, id: Option<[u8; 32]>) -> Option<Snapshot> {
    match world.see(number, Query::Past { doc, id }) {
        View::Past(view) => view.snapshot.map(|snapshot| *snapshot),
        other => panic!("no version: {other:?}"),
    }
}

fn differs(world: &mut World, number: u8, doc: DocId, before: Option<[u8; 32]>) -> Vec<Difference> {
    match world.see(number, Query::Compare { doc, record: None, before, after: None }) {
        View::Compare(found) => found,
        other => panic!("nothing compared: {other:?}"),
    }
}

fn edit(world: &mut World, number: u8, doc: DocId, edit: Edit) {
    tell(world, number, Command::Edit { doc, edit }).expect("written");
}

fn set(at: At, value: &str) -> Edit {
    Edit::Set { at, value: value.into(), seen: vec![] }
}

fn typed(at: At, base: &str, (from, delete): (u32, u32), insert: &str) -> Edit {
    Edit::Text { at, base: base.to_owned(), splices: vec![Splice { at: from, delete, insert: insert.to_owned() }] }
}

#[test]
fn edits_are_grouped_into_sittings_by_person_and_pause_and_by_record() {
    let mut world = called(&[KH, VN, ASEC]);
    let title = |n: u8| At::of(item(n), "title");
    world.later(3_600_000);
    edit(&mut world, ASEC, session(), set(title(61), "A"));
    edit(&mut world, ASEC, session(), set(title(62), "B"));
    world.later(60_000);
    edit(&mut world, KH, session(), set(title(61), "C"));
    world.later(60_000);
    edit(&mut world, ASEC, session(), set(title(61), "D"));
    world.later(40 * 60_000);
    edit(&mut world, ASEC, session(), set(title(61), "E"));
    world.later(61_000);
    let view = history(&mut world, VN, session(), None, 4);
    let told: Vec<(Option<_>, u32)> = view.sittings.iter().map(|one| (one.by.party.clone(), one.times)).collect();
    let (asec, kh) = (Some(code("ASEC")), Some(code("KH")));
    assert_eq!(told, [(asec.clone(), 1), (asec.clone(), 1), (kh.clone(), 1), (asec.clone(), 2)]);
    assert_eq!(view.more, 1, "the making of the agenda");
    assert!(!view.may_write && view.sittings.iter().all(|one| !one.by.mine && one.number.is_some()));
    let of = history(&mut world, KH, session(), Some(item(62)), 9);
    assert_eq!(of.sittings.len(), 2, "made, and named once: {of:?}");
    assert!(of.may_write);
    // One sitting in full.
    let id = view.sittings[3].id;
    let View::Sitting(sitting) = world.see(VN, Query::Sitting { doc: session(), record: None, id }) else {
        panic!("no sitting")
    };
    assert_eq!(sitting.lines.len(), 2);
    let (field, pieces) = ("title".to_owned(), vec![]);
    let what = Changed::Set { field, from: vec!["Work Plan".into()], to: "B".into(), pieces, why: String::new() };
    assert!(sitting.lines.iter().any(|line| line.what == what));
    // What is not sent yet is there too, and says so.
    world.offline(KH);
    edit(&mut world, KH, session(), set(title(63), "F"));
    let own = history(&mut world, KH, session(), None, 1);
    assert!(own.sittings[0].by.mine && own.sittings[0].number.is_none());
}

#[test]
fn any_version_is_shown_as_it_was_compared_and_brought_back_as_a_new_change() {
    let mut world = called(&[KH, ASEC]);
    world.later(3_600_000);
    let note = At::of(item(61), "note");
    edit(&mut world, ASEC, session(), typed(note.clone(), "", (0, 0), "The Meeting noted it."));
    edit(&mut world, ASEC, session(), set(At::of(item(62), "title"), "Plans"));
    world.later(3_600_000);
    let then = history(&mut world, ASEC, session(), None, 1).sittings[0].id;
    let was = past(&mut world, ASEC, session(), Some(then)).expect("a version");
    edit(&mut world, KH, session(), typed(note, "The Meeting noted it.", (12, 5), "adopted"));
    edit(&mut world, KH, session(), set(At::of(item(62), "title"), "Other"));
    edit(&mut world, KH, session(), Edit::Move { id: item(61), place: Place { parent: None, key: "z".to_owned() } });
    edit(&mut world, KH, session(), Edit::Withdraw { id: item(63), reason: "No".to_owned() });
    world.later(3_600_000);
    let found = differs(&mut world, ASEC, session(), Some(then));
    let what = |n: u8| found.iter().filter(|one| one.record == Some(item(n))).map(|one| &one.what).collect::<Vec<_>>();
    let words = [Piece::Same("The Meeting ".into()), Piece::Gone("noted".into()), Piece::New("adopted".into())];
    assert!(matches!(what(61)[0], Changed::Wrote { stretches, .. } if stretches[0].starts_with(&words)), "{found:?}");
    assert!(matches!(what(61)[1], Changed::Moved { .. }));
    assert!(matches!(what(62)[0], Changed::Set { from, to, .. } if *from == ["Plans".into()] && *to == "Other".into()));
    assert!(matches!(what(63)[0], Changed::Withdrawn { .. }));
    // One record first, then all of it.
    let back = |record| Command::BringBack { doc: session(), record, id: then };
    tell(&mut world, ASEC, back(Some(item(62)))).expect("brought back");
    let one = differs(&mut world, ASEC, session(), Some(then));
    assert!(one.iter().all(|one| one.record != Some(item(62))) && one.len() == 3, "{one:?}");
    tell(&mut world, ASEC, back(None)).expect("brought back");
    world.later(61_000);
    for number in [KH, ASEC] {
        assert_eq!(differs(&mut world, number, session(), Some(then)), []);
        assert_eq!(
            past(&mut world, number, session(), Some(then)).as_ref(),
            Some(&was),
            "and what it was then it still is"
        );
    }
    // Nothing went out of the history.
    assert!(history(&mut world, KH, session(), None, 9).sittings.iter().any(|one| one.by.mine && one.times == 4));
    // Who may not write it brings nothing back.
    let id = history(&mut world, ASEC, PROJECT, None, 1).sittings[0].id;
    let root = Some(root_of(PROJECT));
    edit(&mut world, KH, PROJECT, set(At::root("title"), "Now"));
    world.later(61_000);
    assert_eq!(
        tell(&mut world, ASEC, Command::BringBack { doc: PROJECT, record: root, id }),
        Err("not-a-writer".to_owned())
    );
    tell(&mut world, KH, Command::BringBack { doc: PROJECT, record: root, id }).expect("its lead does");
    assert_eq!(world.project(KH, PROJECT).row.title, "Title 34");
}

/// Numbers that look like chance and are the same each time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

/// Whatever is edited, undone, done again, merged and brought back, every version that was read stays readable, and equal to what it was.
#[test]
fn no_sequence_of_edits_undos_merges_and_ways_back_changes_an_earlier_version() {
    let (mut undone, mut versions) = (0, 0);
    for seed in 0..12 {
        let mut chance = Numbers(seed);
        let mut world = called(&[KH, ASEC]);
        world.later(3_600_000);
        let mut kept: Vec<([u8; 32], Snapshot)> = Vec::new();
        for _ in 0..36 {
            let who = if chance.below(2) == 0 { KH } else { ASEC };
            let n = 61 + u8::try_from(chance.below(3)).expect("small");
            match chance.below(10) {
                0 | 1 => {
                    let value = format!("Title {}", chance.below(1_000));
                    edit(&mut world, who, session(), set(At::of(item(n), "title"), &value));
                }
                2 | 3 => {
                    let now = past(&mut world, who, session(), None).expect("a document");
                    let base = now.collection("items").iter().find(|one| one.id == Some(item(n))).expect("an item");
                    let (base, at) = (base.text("note").to_owned(), At::of(item(n), "note"));
                    let end = u32::try_from(base.encode_utf16().count()).expect("short");
                    let (from, delete) = if end > 4 && chance.below(2) == 0 { (1, 3) } else { (end, 0) };
                    edit(&mut world, who, session(), typed(at, &base, (from, delete), "កខ words "));
                }
                4 => {
                    let key = format!("m{}", chance.below(99));
                    edit(&mut world, who, session(), Edit::Move { id: item(n), place: Place { parent: None, key } });
                }
                5 => {
                    world.offline(who);
                    edit(&mut world, who, session(), set(At::of(item(n), "speaker"), "Somebody"));
                }
                6 => world.online(who),
                // Of what others changed since, it only asks.
                7 | 8 => {
                    let again = chance.below(3) == 0;
                    let undo = Command::Undo { of: session(), again, anyway: None };
                    undone += u32::from(tell(&mut world, who, undo).is_ok());
                }
                _ => {
                    if let Some((id, _)) = kept.get(usize::try_from(chance.below(9)).expect("small")).cloned() {
                        let record = (chance.below(2) == 0).then(|| item(n));
                        tell(&mut world, who, Command::BringBack { doc: session(), record, id }).expect("brought back");
                    }
                }
            }
            world.later(61_000);
            let mut sittings = history(&mut world, KH, session(), None, 9).sittings.into_iter();
            if let Some(one) = sittings.find(|one| one.number.is_some())
                && kept.iter().all(|(id, _)| *id != one.id)
            {
                kept.push((one.id, past(&mut world, KH, session(), Some(one.id)).expect("a version")));
            }
        }
        world.online(KH);
        world.online(ASEC);
        world.crash(ASEC);
        world.online(ASEC);
        versions += kept.len();
        for (id, was) in &kept {
            for number in [KH, ASEC] {
                assert_eq!(
                    past(&mut world, number, session(), Some(*id)).as_ref(),
                    Some(was),
                    "seed {seed} on {number}"
                );
            }
        }
    }
    assert!(undone > 20 && versions > 100, "{undone} undone, {versions} versions");
}

#[test]
fn the_words_of_a_text_are_told_by_who_wrote_them() {
    let mut world = called(&[KH, ASEC]);
    let at = At::of(item(61), "note");
    world.later(3_600_000);
    edit(&mut world, ASEC, session(), typed(at.clone(), "", (0, 0), "The Meeting adopted it."));
    world.later(61_000);
    edit(&mut world, ASEC, session(), typed(at.clone(), "The Meeting adopted it.", (23, 0), " So it stands."));
    world.later(3_600_000);
    let base = "The Meeting adopted it. So it stands.";
    edit(&mut world, KH, session(), typed(at.clone(), base, (12, 7), "noted"));
    world.later(61_000);
    for number in [KH, ASEC] {
        let View::Written(found) = world.see(number, Query::Written { doc: session(), at: at.clone() }) else {
            panic!("no words")
        };
        let said: Vec<_> = found.iter().map(|one| (one.text.as_str(), one.by.party.clone(), one.by.mine)).collect();
        let (asec, kh) = (|| Some(code("ASEC")), Some(code("KH")));
        let expected = [
            ("The Meeting ", asec(), number == ASEC),
            ("noted", kh, number == KH),
            (" it. So it stands.", asec(), number == ASEC),
        ];
        assert_eq!(said, expected, "what was written in one sitting is one");
        assert!(found[1].by.role.is_some() && found[1].at > found[0].at);
    }
}
