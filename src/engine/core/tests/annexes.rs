//! What is annexed to a report: papers with their files, also in the version that was adopted.

use super::{
    papers::hash,
    report::{SOM, agree, begun, session, shown, step, tell, write},
    world::{ASEC, KH, VN, World, code},
};
use crate::{
    domain::{At, Edit, EntityId, Place, Value, meeting::ReportState, paper::Paper},
    engine::api::{Command, NewPaper},
};

const NOTE: EntityId = EntityId::from_bytes([0x71; 16]);

fn edit(world: &mut World, number: u8, edit: Edit) -> Result<(), String> {
    tell(world, number, Command::Edit { doc: session(SOM), edit })
}

/// An item with the documents that it names.
fn item(world: &mut World, key: &str, documents: &[&str]) -> EntityId {
    let id = world.command_id();
    let fields = vec![("title".to_owned(), Value::from("Draft item"))];
    let place = Some(Place { parent: None, key: key.to_owned() });
    edit(world, KH, Edit::Add { to: "items".to_owned(), id, place, fields, texts: Vec::new() }).expect("added");
    for name in documents {
        let at = At::of(id, &format!("documents:{name}"));
        edit(world, KH, Edit::Set { at, value: Value::Bool(true), seen: Vec::new() }).expect("named");
    }
    id
}

fn paper(world: &mut World, id: EntityId, item: Option<EntityId>, title: &str, bytes: &[u8]) {
    world.bring(KH, session(SOM), bytes).expect("brought");
    let (name, title) = ("note.pdf".to_owned(), title.to_owned());
    let new = NewPaper { id, hash: hash(bytes), name, title, item, language: String::new() };
    tell(world, KH, Command::AddPaper { doc: session(SOM), new }).expect("added");
}

#[test]
fn papers_are_annexed_by_their_files_and_an_adopted_report_keeps_which_they_were() {
    let mut world = begun(&[KH, VN, ASEC]);
    let last = item(&mut world, "m", &["Matrix", "Concept note"]);
    let first = item(&mut world, "b", &["Roadmap"]);
    let bytes = b"%PDF-1.7\nDraft words of a paper";
    paper(&mut world, NOTE, Some(last), "Concept note", bytes);
    paper(&mut world, EntityId::from_bytes([0x72; 16]), None, "Programme", b"%PDF-1.7\nof no item");
    let paragraph = write(&mut world, KH, SOM, "a", &[("kind", "discussion"), ("item", &first.to_string())], "Draft");
    let wanted = [("Roadmap", None), ("Concept note", Some((NOTE, hash(bytes)))), ("Matrix", None)];
    let read = |annexes: &[crate::domain::report::Annex]| {
        annexes.iter().map(|annex| (annex.name.clone(), annex.file)).collect::<Vec<_>>()
    };
    let wanted = wanted.map(|(name, file)| (name.to_owned(), file)).to_vec();
    for device in [KH, VN, ASEC] {
        assert_eq!(read(&shown(&mut world, device, SOM).annexes), wanted, "on {device}");
    }
    step(&mut world, KH, SOM, ReportState::Shown).expect("shown");
    agree(&mut world, KH, SOM, paragraph).expect("agreed");
    step(&mut world, KH, SOM, ReportState::Agreed).expect("agreed");
    step(&mut world, KH, SOM, ReportState::Adopted).expect("adopted");
    // A paper may be withdrawn later. What was adopted was adopted with it.
    edit(&mut world, KH, Paper::withdraw(NOTE, Some("Draft reason"), Vec::new())).expect("withdrawn");
    for device in [KH, VN, ASEC] {
        let report = shown(&mut world, device, SOM);
        let adopted = report.adopted.expect("adopted");
        assert_eq!((read(&adopted.annexes), adopted.by), (wanted.clone(), vec![code("KH"), code("VN")]), "on {device}");
        let left: Vec<_> = report.annexes.iter().map(|annex| (annex.name.as_str(), annex.file)).collect();
        assert_eq!(left, [("Roadmap", None), ("Concept note", None), ("Matrix", None)], "on {device}");
    }
}
