//! The rows of the table, each with the work of ours and the name of the same work for the peers.

use std::time::Duration;

use crate::{crowd, disk, history, hostile, load, table::Figure, wire};

/// A row, or a few that come from one run.
pub struct Row {
    /// What `--only` calls it.
    pub name: &'static str,
    /// What the peers' program calls it; none where there is nothing to compare.
    pub peers: Option<&'static str>,
    /// How much of it: documents, edits, clients or megabytes.
    pub full: u32,
    /// So little that it takes a moment.
    pub small: u32,
}

const fn row(name: &'static str, peers: Option<&'static str>, full: u32, small: u32) -> Row {
    Row { name, peers, full, small }
}

pub const ROWS: [Row; 14] = [
    row("nothing-new", Some("nothing"), 1_000, 5),
    row("offline-edits", Some("offline"), 100, 20),
    row("both-sides", Some("both"), 50, 10),
    row("latency-2", Some("latency"), 2, 2),
    row("latency-20", Some("latency"), 20, 3),
    row("latency-200", Some("latency"), 200, 4),
    row("rate", Some("rate"), 32, 2),
    row("rate-flushed", Some("rate-journal"), 32, 2),
    row("memory", Some("memory"), 1_000, 8),
    row("storm", Some("storm"), 500, 3),
    row("load", Some("load"), 500, 3),
    row("history", None, 2_778, 20),
    row("hostile", None, 200, 5),
    row("disk-writes", None, 2_000, 20),
];

/// Does our side of a row.
pub async fn ours(row: &Row, size: u32) -> Vec<Figure> {
    let full = size == row.full;
    let rounds = |rounds| if full { rounds } else { 3 };
    let span = Duration::from_millis(if full { 3_000 } else { 200 });
    let mut figures = match row.name {
        "nothing-new" => wire::nothing_new(size).await,
        "offline-edits" => wire::offline_edits(size).await,
        "both-sides" => wire::both_sides(size).await,
        "latency-2" => crowd::latency(size, rounds(200)).await,
        "latency-20" => crowd::latency(size, rounds(100)).await,
        "latency-200" => crowd::latency(size, rounds(30)).await,
        "rate" => crowd::rate(size, span, "the peers as they come: nothing is flushed").await,
        "rate-flushed" => {
            crowd::rate(
                size,
                span,
                "the peers with a journal that the bench adds, flushed before they take a message in",
            )
            .await
        }
        "memory" => crowd::memory(size).await,
        "storm" => crowd::storm(size, rounds(100)).await,
        "load" => load::largest(size),
        "history" => history::told(size),
        "hostile" => hostile::bombs(size),
        "disk-writes" => disk::writes(size).await,
        other => panic!("no row {other}"),
    };
    for figure in &mut figures {
        figure.row = row.name;
    }
    figures
}
