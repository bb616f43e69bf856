use super::{look::Look, *};
use crate::domain::record::Held;

fn id(n: u8) -> EntityId {
    EntityId::from_bytes([n; 16])
}

fn paper() -> Paper {
    Paper {
        id: id(1),
        hash: FileHash([0xab; 32]),
        size: 12_345,
        kind: PaperKind::Pdf,
        name: "note.pdf".to_owned(),
        title: "Concept note".to_owned(),
        item: Some(id(9)),
        language: "en".to_owned(),
        withdrawn: None,
    }
}

fn record(edit: &Edit) -> Record {
    let Edit::Begin { fields, .. } = edit else { panic!("one change") };
    let held = |value: &Value| Held { value: value.clone(), others: Vec::new() };
    Record { fields: fields.iter().map(|(name, value)| (name.clone(), held(value))).collect(), ..Record::default() }
}

#[test]
fn a_paper_reads_as_it_was_added_and_its_words_are_fixed_for_ever() {
    let mut root = record(&paper().add());
    let said = root.line("paper:01010101-0101-0101-0101-010101010101");
    assert_eq!(said, format!("{} 12345 pdf", "ab".repeat(32)));
    assert_eq!(papers(&root), [paper()]);
    let withdrawn = Held { value: Value::from("superseded"), others: Vec::new() };
    root.fields.insert("paper-withdrawn:01010101-0101-0101-0101-010101010101".to_owned(), withdrawn);
    assert_eq!(papers(&root)[0].withdrawn.as_deref(), Some("superseded"));
    let strange = Held { value: Value::from("no hash 1 pdf"), others: Vec::new() };
    root.fields.insert(format!("paper:{}", id(2)), strange);
    assert_eq!(papers(&root).len(), 1, "what does not read is no paper");
}

#[test]
fn a_hash_reads_back_and_nothing_else_does() {
    let hash = FileHash(std::array::from_fn(|n| u8::try_from(n * 7 % 256).expect("a byte")));
    assert_eq!(hash.to_string().parse(), Ok(hash));
    for bad in ["", "ab", &"AB".repeat(32), &"zz".repeat(32), &"ab".repeat(33)] {
        assert_eq!(bad.parse::<FileHash>(), Err(BadHash), "{bad}");
    }
}

fn seen(bytes: &[u8], piece: usize) -> Option<PaperKind> {
    let mut look = Look::default();
    bytes.chunks(piece).for_each(|piece| look.feed(piece));
    look.kind()
}

fn packed(parts: &[&[u8]]) -> Vec<u8> {
    let mut file = b"PK\x03\x04".to_vec();
    for part in parts {
        file.extend([0; 300]);
        file.extend_from_slice(part);
    }
    file.extend([0; 300]);
    file
}

fn open_document(kind: &str) -> Vec<u8> {
    let mut file = b"PK\x03\x04".to_vec();
    file.extend([0; 26]);
    file.extend(b"mimetype");
    file.extend(kind.as_bytes());
    file.extend(b"PK\x03\x04content.xml");
    file
}

#[test]
fn files_are_known_by_their_bytes_however_they_are_cut() {
    let webp = [&b"RIFF\0\0\0\0WEBPVP8 "[..], &[1; 40]].concat();
    let cases: [(&[u8], Option<PaperKind>); 20] = [
        (b"%PDF-1.7 and so on", Some(PaperKind::Pdf)),
        (b"\x89PNG\r\n\x1a\nrest", Some(PaperKind::Png)),
        (b"\xff\xd8\xff\xe0JFIF", Some(PaperKind::Jpeg)),
        (&webp, Some(PaperKind::Webp)),
        ("a,b\r\n1,ក\n".as_bytes(), Some(PaperKind::Text)),
        (&packed(&[b"[Content_Types].xml", b"word/document.xml"]), Some(PaperKind::Docx)),
        (&packed(&[b"xl/workbook.xml"]), Some(PaperKind::Xlsx)),
        (&packed(&[b"ppt/presentation.xml"]), Some(PaperKind::Pptx)),
        (&open_document("application/vnd.oasis.opendocument.text"), Some(PaperKind::Odt)),
        (&open_document("application/vnd.oasis.opendocument.spreadsheet"), Some(PaperKind::Ods)),
        (&open_document("application/vnd.oasis.opendocument.text-template"), None),
        (&packed(&[b"word/document.xml", b"word/vbaProject.bin"]), None),
        (&packed(&[b"classes.dex"]), None),
        (b"MZ\x90\0\x03", None),
        (b"\x7fELF", None),
        (b"<!DOCTYPE html><script>", None),
        (b"  <svg onload=x>", None),
        (b"#!/bin/sh\n", None),
        (b"half a character \xe1\x9e", None),
        (b"", None),
    ];
    for (bytes, kind) in cases {
        for piece in [1, 7, 47, 300, 100_000] {
            assert_eq!(seen(bytes, piece), kind, "{:?} in pieces of {piece}", String::from_utf8_lossy(bytes));
        }
    }
}
