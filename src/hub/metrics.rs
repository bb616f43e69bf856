//! Counters for an operator: how much, how often refused, never whose or what.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};

/// What the hub counts since it started.
#[derive(Debug, Default)]
pub struct Metrics {
    /// Entries taken into the log.
    pub entries: AtomicU64,
    /// Transactions committed.
    pub commits: AtomicU64,
    /// Microseconds spent in them.
    pub commit_micros: AtomicU64,
    /// WebSocket connections open now.
    pub live: AtomicU64,
    /// Devices joined.
    pub joins: AtomicU64,
    /// Bytes of frames received and sent.
    pub bytes: [AtomicU64; 2],
    /// Files taken in whole.
    pub files: AtomicU64,
    /// Bytes of files received and sent.
    pub file_bytes: [AtomicU64; 2],
    /// HTTP answers by status.
    answers: Mutex<BTreeMap<u16, u64>>,
    /// Refusals by their word, whether of a request, a frame or an entry.
    refused: Mutex<BTreeMap<String, u64>>,
}

impl Metrics {
    /// Counts one HTTP answer.
    pub fn answered(&self, status: u16) {
        *self.answers.lock().unwrap_or_else(PoisonError::into_inner).entry(status).or_default() += 1;
    }

    /// Counts one refusal. `code` is one of the hub's own words.
    pub fn refuse(&self, code: &str) {
        *self.refused.lock().unwrap_or_else(PoisonError::into_inner).entry(code.to_owned()).or_default() += 1;
    }

    /// How often something was refused for this reason.
    #[must_use]
    pub fn refused(&self, code: &str) -> u64 {
        self.refused.lock().unwrap_or_else(PoisonError::into_inner).get(code).copied().unwrap_or_default()
    }

    /// The text that Prometheus reads.
    #[must_use]
    pub fn text(&self, head: u64) -> String {
        let mut out = String::new();
        let mut one = |name: &str, kind: &str, help: &str, value: u64| {
            let _ = writeln!(out, "# HELP mufakat_{name} {help}\n# TYPE mufakat_{name} {kind}\nmufakat_{name} {value}");
        };
        one("head", "gauge", "Newest number of the log.", head);
        one("live_connections", "gauge", "Open WebSocket connections.", self.live.load(Relaxed));
        one("entries_total", "counter", "Entries taken since the start.", self.entries.load(Relaxed));
        one("commits_total", "counter", "Transactions committed since the start.", self.commits.load(Relaxed));
        one("commit_micros_total", "counter", "Microseconds spent committing.", self.commit_micros.load(Relaxed));
        one("joins_total", "counter", "Devices joined since the start.", self.joins.load(Relaxed));
        one("received_bytes_total", "counter", "Bytes of frames received.", self.bytes[0].load(Relaxed));
        one("sent_bytes_total", "counter", "Bytes of frames sent.", self.bytes[1].load(Relaxed));
        one("files_total", "counter", "Files taken in whole.", self.files.load(Relaxed));
        let file_bytes = self.file_bytes.each_ref().map(|bytes| bytes.load(Relaxed));
        one("file_received_bytes_total", "counter", "Bytes of files received.", file_bytes[0]);
        one("file_sent_bytes_total", "counter", "Bytes of files sent.", file_bytes[1]);
        out.push_str(
            "# HELP mufakat_http_answers_total HTTP answers by status.\n# TYPE mufakat_http_answers_total counter\n",
        );
        for (status, count) in &*self.answers.lock().unwrap_or_else(PoisonError::into_inner) {
            let _ = writeln!(out, "mufakat_http_answers_total{{status=\"{status}\"}} {count}");
        }
        out.push_str("# HELP mufakat_refused_total Refusals by reason.\n# TYPE mufakat_refused_total counter\n");
        for (code, count) in &*self.refused.lock().unwrap_or_else(PoisonError::into_inner) {
            let _ = writeln!(out, "mufakat_refused_total{{code=\"{code}\"}} {count}");
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_is_shown() {
        let metrics = Metrics::default();
        metrics.refuse("malformed");
        metrics.refuse("malformed");
        metrics.answered(400);
        metrics.entries.fetch_add(3, Relaxed);
        let text = metrics.text(7);
        for line in [
            "mufakat_head 7",
            "mufakat_entries_total 3",
            "mufakat_refused_total{code=\"malformed\"} 2",
            "mufakat_http_answers_total{status=\"400\"} 1",
        ] {
            assert!(text.lines().any(|l| l == line), "{line} in {text}");
        }
        assert_eq!(metrics.refused("malformed"), 2);
        assert_eq!(metrics.refused("other"), 0);
    }
}
