//! What hostile changes cost the hub before they are refused: time, and the most memory that was held.

use std::{io::Write, time::Instant};

use flate2::{Compression, write::DeflateEncoder};
use mufakat::docs::scan::{Limits, scan};
use sha2::{Digest, Sha256};

use crate::table::Figure;

/// A number in groups of seven bits, the lowest first.
fn unsigned(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(u8::try_from(value & 0x7f).expect("seven bits") | 0x80);
        value >>= 7;
    }
    out.push(u8::try_from(value).expect("seven bits"));
}

/// The same with a sign; only for numbers from zero.
fn signed(out: &mut Vec<u8>, value: u64) {
    let groups = (64 - value.leading_zeros()) / 7 + 1;
    for group in 0..groups {
        let more = if group + 1 < groups { 0x80 } else { 0 };
        out.push(u8::try_from(value >> (7 * group) & 0x7f).expect("seven bits") | more);
    }
}

/// A chunk of Automerge's format, its checksum as it should be.
fn framed(kind: u8, content: &[u8], sent: &[u8]) -> Vec<u8> {
    let mut head = vec![1];
    unsigned(&mut head, content.len() as u64);
    let hash = Sha256::new().chain_update(&head).chain_update(content).finalize();
    let mut bytes = vec![0x85, 0x6f, 0x4a, 0x83];
    bytes.extend(&hash[..4]);
    bytes.push(kind);
    unsigned(&mut bytes, sent.len() as u64);
    bytes.extend(sent);
    bytes
}

/// A change that inserts so many nulls at the head of a list, in run lengths.
fn bomb(rows: u64) -> Vec<u8> {
    let mut content = vec![0];
    unsigned(&mut content, 20);
    content.extend([1; 20]);
    content.extend([1, 1, 0, 0, 0]);
    let run = |value: u8| {
        let mut column = Vec::new();
        signed(&mut column, rows);
        column.push(value);
        column
    };
    let mut inserts = vec![0];
    unsigned(&mut inserts, rows);
    let columns = [(0x13, run(0)), (0x34, inserts), (0x42, run(1)), (0x56, run(0)), (0x70, run(0))];
    content.push(5);
    for (spec, column) in &columns {
        unsigned(&mut content, *spec);
        unsigned(&mut content, column.len() as u64);
    }
    for (_, column) in columns {
        content.extend(column);
    }
    framed(1, &content, &content)
}

/// A change of so many bytes of zeros, deflated.
fn flat(size: usize) -> Vec<u8> {
    let content = vec![0; size];
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&content).expect("memory");
    framed(2, &content, &encoder.finish().expect("memory"))
}

/// The most memory this process has held since it was last asked to forget that, in KiB; none where the system does
/// not tell.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// Two changes: one of many items in few bytes, one that inflates to so many megabytes.
pub fn bombs(megabytes: u32) -> Vec<Figure> {
    let million = bomb(1_000_000);
    let huge = flat(megabytes as usize * 1_000_000);
    let inflates = format!("{megabytes} MB once inflated");
    let mut figures = Vec::new();
    for (what, bytes, time, memory, other) in [
        ("a million items", &million, "items_us", "items_kib", "automerge 0.12: 7.6 s, 600 MB, accepted"),
        (inflates.as_str(), &huge, "inflates_us", "inflates_kib", "automerge 0.12: accepted"),
    ] {
        // Where the system lets it: the peak begins anew.
        let forgotten = std::fs::write("/proc/self/clear_refs", "5").is_ok();
        let before = peak().filter(|_| forgotten);
        let began = Instant::now();
        let refused = scan(bytes, &Limits::default()).expect_err("a bomb");
        let took = began.elapsed().as_secs_f64() * 1e6;
        let what = format!("hostile change of {} B, {what}", bytes.len());
        let note = format!("refused: {refused}; {other}");
        figures.push(Figure::new(time, format!("{what}: time"), "µs", took).budget(1_000.0).note(note));
        if let Some((before, after)) = before.zip(peak()) {
            #[expect(clippy::cast_precision_loss, reason = "KiB of a process")]
            let more = after.saturating_sub(before) as f64;
            figures.push(Figure::new(memory, format!("{what}: memory"), "KiB", more).budget(1_000.0));
        }
    }
    figures
}
