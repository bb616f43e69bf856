//! Reading how many tests passed and failed from what the test programs print.
//!
//! A program that ends badly without naming a failed test still counts as one failure, so that a sum of zero failures
//! always means that everything ran.

use std::ops::AddAssign;

use serde_json::Value;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub passed: u64,
    pub failed: u64,
    /// Skipped or ignored tests: named in the summary, part of no sum.
    pub skipped: u64,
    /// Of those that passed, how many failed first: named in the summary, with what was seen, to be mended.
    pub again: u64,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
        self.again += other.again;
    }
}

impl Counts {
    /// One failure that no test program counted.
    pub const BROKEN: Self = Self { passed: 0, failed: 1, skipped: 0, again: 0 };

    /// Makes sure that a program that failed counts at least one failure.
    pub fn or_broken(mut self, succeeded: bool) -> Self {
        if !succeeded && self.failed == 0 {
            self.failed = 1;
        }
        self
    }
}

/// Sums the `test result:` lines of `cargo test`.
pub fn of_cargo(log: &str) -> Counts {
    let mut sum = Counts::default();
    for line in log.lines().filter(|line| line.trim_start().starts_with("test result:")) {
        for part in line.split([';', '.']) {
            let mut words = part.split_whitespace();
            let (Some(number), Some(word)) = (words.next().and_then(|n| n.parse::<u64>().ok()), words.next()) else {
                continue;
            };
            match word {
                "passed" => sum.passed += number,
                "failed" => sum.failed += number,
                "ignored" => sum.skipped += number,
                _ => {}
            }
        }
    }
    sum
}

/// Reads the closing comments (`# pass 3`) of node's TAP reporter.
pub fn of_node(log: &str) -> Counts {
    let number = |name: &str| {
        log.lines()
            .rev()
            .find_map(|line| line.trim().strip_prefix("# ")?.strip_prefix(name)?.trim().parse().ok())
            .unwrap_or(0)
    };
    Counts {
        passed: number("pass "),
        failed: number("fail ") + number("cancelled "),
        skipped: number("skipped "),
        again: 0,
    }
}

/// Reads the `stats` of Playwright's JSON report. A flaky test failed, and passed when its story was told once more.
pub fn of_playwright(report: &Value) -> Option<Counts> {
    let stats = report.get("stats")?;
    let number = |name: &str| stats.get(name).and_then(Value::as_u64);
    Some(Counts {
        passed: number("expected")? + number("flaky")?,
        failed: number("unexpected")?,
        skipped: number("skipped")?,
        again: number("flaky")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_every_binary_of_cargo_test() {
        let log = "running 2 tests\ntest result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s\n\
                   test a ... FAILED\ntest result: FAILED. 3 passed; 4 failed; 0 ignored; 0 measured; 9 filtered out; finished in 1.20s\n";
        assert_eq!(of_cargo(log), Counts { passed: 5, failed: 4, skipped: 1, again: 0 });
    }

    #[test]
    fn a_program_that_fails_without_a_count_counts_once() {
        assert_eq!(of_cargo("error: could not compile").or_broken(false), Counts::BROKEN);
        assert_eq!(of_cargo("").or_broken(true), Counts::default());
        let one = Counts { passed: 1, failed: 2, skipped: 0, again: 0 };
        assert_eq!(one.or_broken(false), one);
    }

    #[test]
    fn reads_node_and_playwright() {
        let tap = "ok 1 - copies\n# tests 4\n# pass 3\n# fail 1\n# cancelled 0\n# skipped 2\n";
        assert_eq!(of_node(tap), Counts { passed: 3, failed: 1, skipped: 2, again: 0 });
        let report = serde_json::json!({"stats": {"expected": 7, "unexpected": 1, "flaky": 1, "skipped": 0}});
        assert_eq!(of_playwright(&report), Some(Counts { passed: 8, failed: 1, skipped: 0, again: 1 }));
        assert_eq!(of_playwright(&serde_json::json!({})), None);
    }
}
