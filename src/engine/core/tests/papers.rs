//! Papers: on the disk first, then on the hub, never said to be where they are not; a cut costs a piece; and nobody asks
//! for a file of a document that is not theirs.

use sha2::{Digest as _, Sha256};

use super::world::{ASEC, KH, PORT, VN, World, noise};
use crate::{
    domain::{DocId, DocKind, EntityId, Writer, paper::FileHash, paper::PaperKind},
    engine::{
        api::{Command, Done, FilePlace, Hold, NewPaper, PaperCard, Query, Reply, Request, View, wire},
        core::{
            Input,
            files::{FILE, FileKey, PIECE, Record},
            store::Store,
        },
    },
};

const MEETING: DocId = DocId::from_bytes([0x44; 16]);

pub fn hash(bytes: &[u8]) -> FileHash {
    FileHash(Sha256::digest(bytes).into())
}

impl World {
    fn said(&mut self, number: u8, command: Command) -> Result<Done, String> {
        let id = self.command_id();
        self.feed(number, Input::Request { port: PORT, request: Request::Command { id, command } });
        self.pump();
        let answer = self.node(number).replies.iter().rev().find_map(|reply| match reply {
            Reply::Done { id: of, result } if *of == id => Some(result.clone()),
            _ => None,
        });
        answer.expect("an answer").map_err(|refusal| refusal.code)
    }

    pub fn bring(&mut self, number: u8, doc: DocId, bytes: &[u8]) -> Result<(), String> {
        let (hash, size) = (hash(bytes), bytes.len() as u64);
        for (n, piece) in bytes.chunks(PIECE as usize).enumerate() {
            let at = n as u64 * PIECE;
            self.said(number, Command::AddPiece { doc, hash, size, at, bytes: piece.to_vec() })?;
        }
        Ok(())
    }

    fn add(&mut self, number: u8, doc: DocId, bytes: &[u8]) -> Result<(), String> {
        self.bring(number, doc, bytes)?;
        let new = NewPaper {
            id: EntityId::from_bytes([bytes[9]; 16]),
            hash: hash(bytes),
            name: "note.pdf".to_owned(),
            title: String::new(),
            item: None,
            language: String::new(),
        };
        self.said(number, Command::AddPaper { doc, new }).map(drop)
    }

    fn papers(&mut self, number: u8) -> Vec<PaperCard> {
        match self.see(number, Query::Papers { doc: MEETING }) {
            View::Papers(view) => view.groups.into_iter().flat_map(|group| group.papers).collect(),
            other => panic!("{other:?}"),
        }
    }

    fn place(&mut self, number: u8) -> FilePlace {
        self.papers(number).remove(0).place
    }

    fn read(&mut self, number: u8, bytes: &[u8]) -> Result<Vec<u8>, String> {
        let mut all = Vec::new();
        loop {
            let at = all.len() as u64;
            match self.said(number, Command::ReadPaper { doc: MEETING, hash: hash(bytes), at })? {
                Done::Piece { bytes } if bytes.is_empty() => return Ok(all),
                Done::Piece { bytes } => all.extend(bytes),
                other => panic!("{other:?}"),
            }
        }
    }
}

/// A file of some pieces.
fn file(seed: u8, pieces: usize) -> Vec<u8> {
    let mut bytes = format!("%PDF-1.7\n{}", char::from(seed)).into_bytes();
    bytes.extend(noise(u32::from(seed), pieces * PIECE as usize - 100).into_bytes());
    bytes
}

fn begun() -> World {
    let mut world = World::new();
    world.starts = "2026-03-20".to_owned();
    world.document(MEETING, DocKind::Meeting, None, vec![Writer::Secretariat, Writer::Chair]);
    for device in [KH, VN, ASEC] {
        world.join(device);
        world.online(device);
    }
    world
}

#[test]
fn a_paper_added_offline_is_on_the_disk_first_and_goes_up_piece_by_piece_also_after_a_cut_and_a_crash() {
    let mut world = begun();
    let bytes = file(b'a', 6);
    world.offline(ASEC);
    assert_eq!(world.add(ASEC, MEETING, &bytes), Ok(()));
    assert_eq!(world.place(ASEC), FilePlace::Device { sent: 0 });
    world.crash(ASEC);
    assert_eq!(world.place(ASEC), FilePlace::Device { sent: 0 }, "what was said holds");
    assert_eq!(world.read(ASEC, &bytes), Ok(bytes.clone()));
    world.shelf.passes = Some(3);
    world.online(ASEC);
    assert_eq!(world.place(KH), FilePlace::Away, "what it is called and how large it is came by itself");
    assert_eq!(world.papers(KH)[0].paper.size, bytes.len() as u64);
    assert_eq!(world.shelf.pieces, [3, 0]);
    assert!(matches!(world.place(ASEC), FilePlace::Device { .. }));
    world.shelf.passes = None;
    world.later(600_000);
    assert_eq!(world.shelf.pieces, [6, 0], "no piece goes twice");
    assert_eq!(world.place(ASEC), FilePlace::Here);
    let key = FileKey { doc: MEETING, hash: hash(&bytes) };
    assert_eq!(world.shelf.whole[&key], bytes);
}

#[test]
fn what_was_fetched_before_a_crash_is_not_fetched_again_and_all_of_it_is_known_again() {
    let mut world = begun();
    let bytes = file(b'b', 7);
    assert_eq!(world.add(ASEC, MEETING, &bytes), Ok(()));
    assert_eq!(world.place(ASEC), FilePlace::Here);
    world.shelf.pieces = [0, 0];
    world.shelf.passes = Some(5);
    let command = Command::HoldPaper { doc: MEETING, hash: hash(&bytes), size: bytes.len() as u64, hold: Hold::Kept };
    assert_eq!(world.said(VN, command), Ok(Done::Durable));
    assert_eq!(world.place(VN), FilePlace::Coming { have: 5 * PIECE });
    assert_eq!(world.read(VN, &bytes), Err("file-away".to_owned()), "half a file is none");
    world.crash(VN);
    world.shelf.passes = None;
    world.online(VN);
    assert_eq!(world.place(VN), FilePlace::Here);
    assert_eq!(world.shelf.pieces, [0, 8], "of five pieces four were written down as here");
    world.offline(VN);
    world.crash(VN);
    assert_eq!(world.read(VN, &bytes), Ok(bytes), "offline, after another start");
    assert!(world.papers(VN)[0].kept);
}

#[test]
fn a_pack_has_what_is_there_and_what_comes_and_goes_as_a_whole() {
    let mut world = begun();
    let (first, second) = (file(b'c', 1), file(b'd', 2));
    assert_eq!(world.add(ASEC, MEETING, &first), Ok(()));
    assert_eq!(world.said(VN, Command::HoldPack { meeting: MEETING, keep: true }), Ok(Done::Durable));
    assert_eq!(world.place(VN), FilePlace::Here);
    world.offline(VN);
    world.crash(VN);
    assert_eq!(world.add(KH, MEETING, &second), Ok(()), "the Chair writes a meeting too");
    world.online(VN);
    world.later(60_000);
    let places: Vec<FilePlace> = world.papers(VN).into_iter().map(|card| card.place).collect();
    assert_eq!(places, [FilePlace::Here, FilePlace::Here]);
    assert_eq!(world.said(VN, Command::HoldPack { meeting: MEETING, keep: false }), Ok(Done::Durable));
    assert_eq!(world.node(VN).stored(Store::Blob), 0);
    assert_eq!(world.place(VN), FilePlace::Away);
    assert_eq!(world.said(KH, Command::HoldPack { meeting: MEETING, keep: false }), Ok(Done::Durable));
    assert_eq!(world.papers(KH)[1].place, FilePlace::Here, "what was never kept as a pack stays");
}

#[test]
fn a_refusal_is_told_with_its_reason_and_nothing_is_lost() {
    let mut world = begun();
    assert_eq!(world.add(VN, MEETING, &file(b'e', 1)), Err("not-a-writer".to_owned()));
    assert_eq!(world.add(ASEC, MEETING, b"MZ\x90\0 a program"), Err("file-type".to_owned()));
    assert_eq!(world.node(ASEC).stored(Store::Blob), 0, "nothing of it stays");
    world.shelf.full = vec![ASEC];
    assert_eq!(world.add(ASEC, MEETING, &file(b'e', 1)), Err("storage-full".to_owned()));
    assert!(world.set_title(ASEC), "a file for which there is no room keeps no word from the disk");
    world.shelf.full.clear();
    world.shelf.refuses = Some((413, "file-too-large"));
    let bytes = file(b'f', 1);
    assert_eq!(world.add(ASEC, MEETING, &bytes), Ok(()));
    assert_eq!(world.place(ASEC), FilePlace::Refused { why: "file-too-large".to_owned(), here: true });
    assert_eq!(world.read(ASEC, &bytes), Ok(bytes.clone()));
    world.shelf.refuses = None;
    let (doc, hash, size) = (MEETING, hash(&bytes), bytes.len() as u64);
    assert_eq!(world.said(ASEC, Command::HoldPaper { doc, hash, size, hold: Hold::Once }), Ok(Done::Durable));
    assert_eq!(world.place(ASEC), FilePlace::Here, "tried once more");
}

impl World {
    fn set_title(&mut self, number: u8) -> bool {
        let command = self.set(number, MEETING, "title", "Still written");
        self.done(number, command) == Some(Ok(()))
    }
}

#[test]
fn a_paper_whose_file_is_not_there_yet_says_so_and_comes_when_it_is() {
    let mut world = begun();
    let bytes = file(b'g', 1);
    world.shelf.passes = Some(0);
    assert_eq!(world.add(ASEC, MEETING, &bytes), Ok(()));
    world.shelf.passes = None;
    let (doc, hash, size) = (MEETING, hash(&bytes), bytes.len() as u64);
    world.offline(ASEC);
    assert_eq!(world.said(VN, Command::HoldPaper { doc, hash, size, hold: Hold::Once }), Ok(Done::Durable));
    assert_eq!(world.place(VN), FilePlace::Missing);
    world.online(ASEC);
    world.later(60_000);
    assert_eq!(world.place(VN), FilePlace::Here);
}

#[test]
fn own_words_that_the_hub_does_not_have_are_not_let_go_and_a_room_that_is_needed_is_made_by_what_can_be_had_again() {
    let mut world = begun();
    let (first, second) = (file(b'h', 1), file(b'i', 1));
    world.offline(ASEC);
    assert_eq!(world.add(ASEC, MEETING, &first), Ok(()));
    let gone = |bytes: &[u8]| Command::HoldPaper {
        doc: MEETING,
        hash: hash(bytes),
        size: bytes.len() as u64,
        hold: Hold::Gone,
    };
    assert_eq!(world.said(ASEC, gone(&first)), Err("file-unsent".to_owned()));
    world.online(ASEC);
    assert_eq!(world.add(ASEC, MEETING, &second), Ok(()));
    assert_eq!(world.said(ASEC, gone(&second)), Ok(Done::Durable));
    assert_eq!(world.papers(ASEC)[1].place, FilePlace::Away);
    let here =
        |bytes: &[u8], hold| Command::HoldPaper { doc: MEETING, hash: hash(bytes), size: bytes.len() as u64, hold };
    assert_eq!(world.said(VN, here(&first, Hold::Once)), Ok(Done::Durable));
    assert_eq!(world.place(VN), FilePlace::Here);
    world.shelf.full = vec![VN];
    assert_eq!(world.said(VN, here(&second, Hold::Kept)), Ok(Done::Durable));
    assert_eq!(world.place(VN), FilePlace::Away, "it went to make room");
    world.later(60_000);
    assert_eq!(world.papers(VN)[1].place, FilePlace::Refused { why: "storage-full".to_owned(), here: false });
    world.shelf.full.clear();
    assert_eq!(world.said(VN, here(&second, Hold::Kept)), Ok(Done::Durable));
    assert_eq!(world.papers(VN)[1].place, FilePlace::Here);
}

#[test]
fn the_files_of_a_document_that_is_not_ones_own_any_more_go_and_none_is_asked_for() {
    let mut world = begun();
    let bytes = file(b'j', 2);
    assert_eq!(world.add(ASEC, MEETING, &bytes), Ok(()));
    assert_eq!(world.said(VN, Command::HoldPack { meeting: MEETING, keep: true }), Ok(Done::Durable));
    assert_eq!(world.place(VN), FilePlace::Here);
    world.lose(VN, MEETING);
    assert_eq!(world.node(VN).stored(Store::Blob), 0);
    world.shelf.asked.clear();
    world.crash(VN);
    world.online(VN);
    world.later(600_000);
    assert_eq!(world.shelf.asked, []);
}

#[test]
fn a_piece_that_the_disk_garbled_is_had_again_from_the_hub() {
    let mut world = begun();
    let bytes = file(b'k', 2);
    assert_eq!(world.add(ASEC, MEETING, &bytes), Ok(()));
    let of = |store: &Store| *store == Store::Blob;
    let piece = world.node(ASEC).disk.iter_mut().find(|((store, _), _)| of(store)).expect("a piece").1;
    piece[40] ^= 1;
    assert_eq!(world.read(ASEC, &bytes), Err("file-damaged".to_owned()));
    assert_eq!(world.read(ASEC, &bytes), Ok(bytes));
    assert_eq!(world.papers(ASEC)[0].paper.kind, PaperKind::Pdf);
}

#[test]
fn a_hub_that_fell_back_is_brought_the_files_that_it_lost() {
    let mut world = begun();
    let bytes = file(b'l', 1);
    let before = world.hub.rows.len();
    assert_eq!(world.add(ASEC, MEETING, &bytes), Ok(()));
    assert_eq!(world.place(ASEC), FilePlace::Here);
    world.offline(ASEC);
    world.hub.fall_back(before);
    world.shelf.whole.clear();
    world.online(ASEC);
    world.later(60_000);
    assert_eq!(world.place(ASEC), FilePlace::Here);
    assert_eq!(world.shelf.whole.len(), 1);
}

#[test]
fn what_the_store_keeps_of_a_file_reads_for_ever() {
    let record = Record {
        size: 300,
        have: 7,
        whole: true,
        own: false,
        at_hub: true,
        keep: false,
        kind: Some(PaperKind::Docx),
        refused: "x".to_owned(),
    };
    let bytes: String = wire::keep(FILE, &record).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(bytes, "01ac020701000100010101".to_owned() + "78");
    assert_eq!(
        FileKey { doc: MEETING, hash: FileHash([0xab; 32]) }.piece(7),
        format!("{MEETING}/{}/000007", "ab".repeat(32))
    );
}
