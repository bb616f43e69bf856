//! How many bytes a device writes to its own disk for two thousand edits of one person.

use std::collections::BTreeMap;

use mufakat::{
    domain::{ClaimKind, DocId, Edit, Value},
    engine::core::store::Store,
};

use crate::{
    place::Hub,
    table::Figure,
    writer::{Writer, Written, set},
};

/// Projects that the person looks after.
const PROJECTS: u32 = 8;
/// Edits of one before the next is opened.
const VISIT: u32 = 10;
/// Milliseconds from one edit to the next.
const PACE: u64 = 7_000;
/// Pieces of a text before another is begun: some 1,500 letters.
const NOTE: u32 = 500;
/// What design allows for an edit.
const BUDGET: f64 = 300.0;

/// The rows: made offline and then pushed, one by one with the hub in reach, and typed.
pub async fn writes(edits: u32) -> Vec<Figure> {
    let mut figures = Vec::new();
    let ways =
        ["made offline, then pushed", "each acknowledged before the next", "typed in one field, half a second each"];
    for (key, what) in ["offline", "live", "typed"].into_iter().zip(ways) {
        let hub = Hub::start("disk").await;
        let mut writer = Writer::join(&hub).await;
        let mut projects = Vec::new();
        for n in 0..PROJECTS {
            projects.push(writer.project(&format!("Exam reform, part {n}")).await);
        }
        writer.later(600_000).await;
        writer.begin();
        match key {
            "offline" => {
                writer.goes(false).await;
                some(&mut writer, &projects, edits, false).await;
                writer.goes(true).await;
            }
            "live" => some(&mut writer, &projects, edits, true).await,
            _ => typed(&mut writer, &projects, edits).await,
        }
        writer.until_acknowledged().await;
        writer.later(600_000).await;
        let written = writer.written.clone();
        drop(writer);
        hub.stop().await;
        let figure = Figure::new(key, format!("bytes to disk, {edits} edits {what}"), "B", number(written.total()));
        let figure = if key == "typed" { figure } else { figure.budget(BUDGET * f64::from(edits)) };
        figures.push(figure.note(note(&written, edits)));
    }
    figures
}

/// What a focal point does with projects: a few lines, and now and then when it begins; ten edits of one, then the next.
pub async fn some(writer: &mut Writer<'_>, projects: &[DocId], edits: u32, waits: bool) {
    const LINES: [&str; 5] = ["remarks", "venue", "funding-source", "implementing-agency", "key-result"];
    let mut said: BTreeMap<(DocId, &str), String> = BTreeMap::new();
    let mut claims = BTreeMap::new();
    for n in 0..edits {
        let doc = projects[(n / VISIT) as usize % projects.len()];
        let edit = if n % VISIT == VISIT - 1 {
            let (id, value) = (writer.entity(), Value::Str(format!("2027-{:02}", n / VISIT % 12 + 1)));
            let (evidence, reason) = (words(n, 3), words(n + edits, 3));
            let supersedes = claims.insert(doc, id).into_iter().collect();
            Edit::Claim { id, what: ClaimKind::Start, value, as_of: None, evidence, reason, supersedes }
        } else {
            let field = LINES[(n % 5) as usize];
            let value = words(n, 4);
            let edit = set(field, &value, said.get(&(doc, field)));
            said.insert((doc, field), value);
            edit
        };
        writer.edit(doc, edit).await;
        if waits {
            writer.until_acknowledged().await;
        }
        writer.later(PACE).await;
    }
}

async fn typed(writer: &mut Writer<'_>, projects: &[DocId], edits: u32) {
    let prose: Vec<char> = words(0, edits).chars().collect();
    let pieces: Vec<String> = prose.chunks(3).take(edits as usize).map(|piece| piece.iter().collect()).collect();
    for (note, doc) in pieces.chunks(NOTE as usize).zip(projects.iter().cycle()) {
        writer.types(*doc, "progress-note", note).await;
    }
}

/// Some words, others for every number.
fn words(number: u32, count: u32) -> String {
    const WORDS: [&str; 64] = [
        "training",
        "of",
        "trainers",
        "for",
        "civil",
        "servants",
        "in",
        "provinces",
        "the",
        "workshop",
        "was",
        "held",
        "at",
        "institute",
        "with",
        "forty",
        "officers",
        "from",
        "ministries",
        "and",
        "agreed",
        "on",
        "a",
        "common",
        "framework",
        "competencies",
        "Phnom",
        "Penh",
        "report",
        "will",
        "be",
        "sent",
        "by",
        "host",
        "after",
        "review",
        "budget",
        "covers",
        "travel",
        "experts",
        "to",
        "meet",
        "again",
        "next",
        "quarter",
        "draft",
        "curriculum",
        "exchange",
        "good",
        "practices",
        "digital",
        "services",
        "leadership",
        "programme",
        "young",
        "leaders",
        "evaluation",
        "survey",
        "results",
        "network",
        "between",
        "public",
        "agencies",
        "completed",
    ];
    let mut chance = number.wrapping_mul(2_654_435_761).wrapping_add(12_345);
    let mut word = || {
        chance = chance.wrapping_mul(1_103_515_245).wrapping_add(12_345);
        WORDS[(chance >> 16) as usize % WORDS.len()]
    };
    let words: Vec<&str> = (0..count).map(|_| word()).collect();
    words.join(" ")
}

fn note(written: &Written, edits: u32) -> String {
    let each = |bytes: u64| number(bytes) / f64::from(edits);
    let parts = [Store::Outbox, Store::Chunk, Store::Row, Store::Meta]
        .map(|store| format!("{} {:.0}", store.name(), each(written.bytes.get(&store).copied().unwrap_or_default())));
    format!(
        "for an edit {:.0} B: {}; its change weighs {:.0}; {:.2} transactions",
        each(written.total()),
        parts.join(", "),
        each(written.changes),
        each(written.writes)
    )
}

#[expect(clippy::cast_precision_loss, reason = "bytes of a day")]
fn number(bytes: u64) -> f64 {
    bytes as f64
}
