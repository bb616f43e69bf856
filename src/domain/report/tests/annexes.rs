//! What is annexed to a report, in which order, and what of it is frozen.

use super::*;
use crate::domain::paper::{FileHash, Paper, PaperKind};

fn paper(n: u8, item: Option<u8>, file: u8, title: &str) -> Paper {
    Paper {
        id: id(n),
        hash: FileHash([file; 32]),
        size: 10,
        kind: PaperKind::Pdf,
        name: format!("file-{n}.pdf"),
        title: title.to_owned(),
        item: item.map(id),
        language: String::new(),
        withdrawn: None,
    }
}

fn root(papers: &[Paper], withdrawn: &[u8]) -> Record {
    let mut fields = Vec::new();
    for paper in papers {
        let crate::domain::Edit::Begin { fields: own, .. } = paper.add() else { panic!("a paper begins") };
        fields.extend(own);
    }
    fields.extend(withdrawn.iter().map(|n| (format!("paper-withdrawn:{}", id(*n)), Value::from("Draft reason"))));
    let held = |value| Held { value, others: Vec::new() };
    Record { fields: fields.into_iter().map(|(name, value)| (name, held(value))).collect(), ..Record::default() }
}

fn item(n: u8, key: &str, documents: &[&str]) -> Record {
    let held = || Held { value: Value::Bool(true), others: Vec::new() };
    Record {
        id: Some(id(n)),
        place: Some(Place { parent: None, key: key.to_owned() }),
        fields: documents.iter().map(|name| (format!("documents:{name}"), held())).collect(),
        ..Record::default()
    }
}

fn names(annexes: &[Annex]) -> Vec<&str> {
    annexes.iter().map(|annex| annex.name.as_str()).collect()
}

#[test]
fn papers_and_named_documents_are_annexed_in_the_order_of_the_agenda_each_once() {
    // The item that was made second comes first on the agenda.
    let agenda = [item(1, "m", &["Matrix", "concept NOTE "]), item(2, "b", &["Roadmap"]), item(3, "z", &["Roadmap"])];
    let papers = [
        paper(11, Some(1), 1, "Concept note"),
        paper(12, Some(2), 2, ""),
        // The same file again at another item, and another file of the same title.
        paper(13, Some(3), 2, "The same file"),
        paper(14, Some(3), 4, "Concept note"),
        // Of the session as a whole, of no item, and withdrawn.
        paper(15, None, 5, "Programme"),
        paper(16, Some(9), 6, "Of an item that is not there"),
        paper(17, Some(1), 7, "Withdrawn"),
    ];
    let found = annexes(&root(&papers, &[17]), &agenda, &[]);
    assert_eq!(names(&found), ["file-12.pdf", "Roadmap", "Concept note", "Matrix", "Concept note"]);
    let files: Vec<_> = found.iter().map(|annex| annex.file.map(|(paper, hash)| (paper, hash.0[0]))).collect();
    assert_eq!(files, [Some((id(12), 2)), None, Some((id(11), 1)), None, Some((id(14), 4))]);
    // What was taken off the agenda takes its papers with it.
    let mut shorter = agenda.to_vec();
    shorter[0].withdrawn = Some(Withdrawal { reason: String::new() });
    assert_eq!(names(&annexes(&root(&papers, &[17]), &shorter, &[])), ["file-12.pdf", "Roadmap", "Concept note"]);
    // A paper that is withdrawn leaves the document that it brought named.
    let left = annexes(&root(&papers, &[11, 14, 17]), &agenda, &[]);
    assert_eq!(names(&left), ["file-12.pdf", "Roadmap", "Matrix", "concept NOTE "]);
}

#[test]
fn an_adopted_report_names_its_papers_by_their_files() {
    let annexes = vec![named("Roadmap"), Annex { name: "Note".to_owned(), file: Some((id(7), FileHash([8; 32]))) }];
    let manifest = Manifest::new(Vec::new(), Vec::new(), &[], annexes.clone());
    let kept = manifest.freeze(Vec::new()).manifest;
    assert_eq!(Manifest::read(&kept).expect("reads").annexes(), annexes);
    let hex: String = kept.iter().map(|byte| format!("{byte:02x}")).collect();
    // An array of five: names in their order for every version, then the second name's paper and file.
    let file = "81".to_owned() + "83" + "01" + "50" + &"07".repeat(16) + "5820" + &"08".repeat(32);
    assert_eq!(hex, "85808080".to_owned() + "82" + "67526f61646d6170" + "644e6f7465" + &file);
    // What has no paper is written as it always was.
    let plain = Manifest::new(Vec::new(), Vec::new(), &[], vec![named("Roadmap")]).freeze(Vec::new()).manifest;
    let hex: String = plain.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hex, "84808080".to_owned() + "81" + "67526f61646d6170");
}
