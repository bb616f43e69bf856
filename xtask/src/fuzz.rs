//! `fuzz [TARGET] [--seconds N]`: random and damaged input for every decoder, until something breaks or the time is over.
//!
//! It wants a nightly compiler, which nothing else here does: the same decoders have property and mutation tests in `test`.

use std::process::Command;

use crate::{place, say, tools};

const FUZZER: &str = "0.13.2";
const TARGETS: [&str; 5] = ["frames", "changes", "snapshots", "facts", "signatures"];
const SECONDS: u32 = 60;

/// What to do.
#[derive(Debug, PartialEq, Eq)]
struct Wish {
    targets: Vec<String>,
    /// For each target.
    seconds: u32,
}

fn wish(args: &[String]) -> Result<Wish, String> {
    let mut wish = Wish { targets: Vec::new(), seconds: SECONDS };
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        if arg == "--seconds" {
            let number = args.next().and_then(|n| n.parse().ok()).filter(|n| *n > 0);
            wish.seconds = number.ok_or("--seconds wants a number above zero")?;
        } else if TARGETS.contains(&arg.as_str()) {
            wish.targets.push(arg.clone());
        } else {
            return Err(format!("there is no target `{arg}`; the targets are {}", TARGETS.join(", ")));
        }
    }
    if wish.targets.is_empty() {
        wish.targets = TARGETS.map(str::to_owned).to_vec();
    }
    Ok(wish)
}

/// Runs the targets, one after the other. What breaks one is kept in xtask/fuzz/artifacts, and named.
pub fn fuzz(args: &[String]) -> Result<(), String> {
    let wish = wish(args)?;
    let nightly = Command::new("rustup").args(["run", "nightly", "rustc", "--version"]).output();
    if !nightly.is_ok_and(|output| output.status.success()) {
        return Err("fuzzing wants a nightly compiler; run by hand: rustup toolchain install nightly".to_owned());
    }
    let bin = tools::fuzzer(FUZZER)?;
    let folder = place::root().join("xtask").join("fuzz");
    for target in &wish.targets {
        say::step(&format!("fuzz {target}, {} seconds", wish.seconds));
        let corpus = place::notes().join("corpus").join(target);
        std::fs::create_dir_all(&corpus).map_err(|e| format!("cannot make {}: {e}", corpus.display()))?;
        let mut fuzz = say::command("rustup");
        fuzz.args(["run", "nightly"]).arg(bin.join(place::exe("cargo-fuzz"))).args(["fuzz", "run", target]);
        fuzz.arg(&corpus).arg("--fuzz-dir").arg(&folder).arg("--target-dir").arg(place::target().join("fuzz"));
        fuzz.arg("--").arg(format!("-max_total_time={}", wish.seconds)).args(["-timeout=10", "-rss_limit_mb=1024"]);
        // The nightly's own cargo and compiler, not those that this program was started with.
        for name in ["CARGO", "RUSTC", "RUSTUP_TOOLCHAIN", "RUSTC_WRAPPER"] {
            fuzz.env_remove(name);
        }
        let status = fuzz.current_dir(&folder).status().map_err(|e| format!("cannot start cargo-fuzz: {e}"))?;
        if !status.success() {
            return Err(format!("{target} broke; its input is in xtask/fuzz/artifacts/{target}"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_is_understood_or_told() {
        let ask = |args: &[&str]| wish(&args.iter().map(|arg| (*arg).to_owned()).collect::<Vec<_>>());
        let all = TARGETS.map(str::to_owned).to_vec();
        assert_eq!(ask(&[]), Ok(Wish { targets: all, seconds: SECONDS }));
        assert_eq!(ask(&["facts", "--seconds", "5"]), Ok(Wish { targets: vec!["facts".to_owned()], seconds: 5 }));
        assert!(ask(&["fact"]).is_err_and(|error| error.contains("frames, changes, snapshots, facts, signatures")));
        assert!(ask(&["--seconds"]).is_err() && ask(&["--seconds", "0"]).is_err());
    }
}
