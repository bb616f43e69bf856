//! `bench`: the measurements in tests/bench, in the release profile, ours and the peers', with their output shown as it comes.

use crate::{say, tools};

/// Installs the peers, then measures. `--only NAME` picks a row (may be repeated), `--json FILE` writes the figures.
pub fn bench(args: &[String]) -> Result<(), String> {
    say::step("Measurements");
    tools::node()?;
    tools::npm_peers()?;
    let mut cargo = say::cargo();
    cargo.args(["bench", "--locked", "--package", "mufakat", "--features", "engine", "--bench", "yardsticks"]);
    if !args.is_empty() {
        cargo.arg("--").args(args);
    }
    let status = cargo.status().map_err(|e| format!("cannot start cargo: {e}"))?;
    if status.success() { Ok(()) } else { Err(format!("a measurement failed: {status}")) }
}
