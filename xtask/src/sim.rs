//! `sim [--stories N] [--first N] [--seed N]`: the fault simulator, ten thousand stories in which everything goes wrong
//! that can.
//!
//! One seed is one story, told step by step. It must never hide which story ended badly.

use crate::say;

const STORIES: u64 = 10_000;

/// What to tell.
#[derive(Debug, PartialEq, Eq)]
enum Wish {
    /// So many stories, from a first seed.
    Many { first: u64, stories: u64 },
    /// One story, with all that happens in it.
    One(u64),
}

fn wish(args: &[String]) -> Result<Wish, String> {
    let (mut first, mut stories, mut seed) = (1, STORIES, None);
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let mut number = || {
            let number = args.next().and_then(|n| n.parse::<u64>().ok()).filter(|n| *n > 0);
            number.ok_or_else(|| format!("{arg} wants a number above zero"))
        };
        match arg.as_str() {
            "--stories" => stories = number()?,
            "--first" => first = number()?,
            "--seed" => seed = Some(number()?),
            other => return Err(format!("`{other}` is not known here: --stories N, --first N, --seed N")),
        }
    }
    Ok(seed.map_or(Wish::Many { first, stories }, Wish::One))
}

/// Tells stories; how far it is, and what ended badly, is said as it happens.
pub fn sim(args: &[String]) -> Result<(), String> {
    let wish = wish(args)?;
    let mut cargo = say::cargo();
    cargo.env("MUFAKAT_WEATHER", "foul");
    cargo.args([
        "test",
        "--locked",
        "--profile",
        "sim",
        "--package",
        "mufakat",
        "--features",
        "engine",
        "--test",
        "sim",
    ]);
    cargo.args(["a_thousand", "--", "--nocapture"]);
    match wish {
        Wish::Many { first, stories } => {
            say::step(&format!("{stories} simulated stories, from seed {first}"));
            cargo.env("MUFAKAT_FIRST", first.to_string()).env("MUFAKAT_STORIES", stories.to_string());
            cargo.env("MUFAKAT_PROGRESS", "1").env("RUST_BACKTRACE", "0");
        }
        Wish::One(seed) => {
            say::step(&format!("the story of seed {seed}"));
            cargo.env("MUFAKAT_SEED", seed.to_string()).env("MUFAKAT_TRACE", "1");
        }
    }
    let status = cargo.status().map_err(|error| format!("cannot start cargo: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err("stories ended badly; `cargo xtask sim --seed N` tells one again".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_is_understood_or_told() {
        let ask = |args: &[&str]| wish(&args.iter().map(|arg| (*arg).to_owned()).collect::<Vec<_>>());
        assert_eq!(ask(&[]), Ok(Wish::Many { first: 1, stories: 10_000 }));
        assert_eq!(ask(&["--first", "5", "--stories", "7"]), Ok(Wish::Many { first: 5, stories: 7 }));
        assert_eq!(ask(&["--seed", "17"]), Ok(Wish::One(17)));
        assert!(ask(&["--seed"]).is_err() && ask(&["--stories", "0"]).is_err() && ask(&["17"]).is_err());
    }
}
