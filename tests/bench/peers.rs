//! The peers: programs of Node that do the same work and answer with one line of JSON.

use std::{
    collections::BTreeMap,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// A row of a peer may take so long; the longest takes half a minute on two cores.
const PATIENCE: Duration = Duration::from_secs(120);

/// What a peer measured.
pub type Answer = BTreeMap<String, Option<f64>>;

/// Runs a row for a peer.
///
/// # Errors
/// When Node is missing, the row failed, or it took longer than [`PATIENCE`].
pub fn run(peer: &str, row: &str, size: u32) -> Result<Answer, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bench/peers");
    let mut child = Command::new("node")
        .args(["run.mjs", peer, row, &size.to_string()])
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("cannot start node: {error}"))?;
    let began = Instant::now();
    while child.try_wait().map_err(|error| error.to_string())?.is_none() {
        if began.elapsed() > PATIENCE {
            let _ = child.kill();
            let _ = child.wait();
            return Err(format!("{peer} took more than {} s for {row}", PATIENCE.as_secs()));
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    let output = child.wait_with_output().map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&output.stdout);
    let line = text.lines().last().unwrap_or_default();
    if !output.status.success() {
        return Err(format!("{peer} failed at {row}: {}", output.status));
    }
    serde_json::from_str(line).map_err(|error| format!("{peer} answered {line:?} to {row}: {error}"))
}
