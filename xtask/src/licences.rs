//! Two questions about other people's code: may we ship it (licences), and is it known to be dangerous (advisories).
//!
//! The licences are asked of `cargo metadata` and need no tool and no network; the list of accepted ones stands once, in
//! deny.toml. Advisories need cargo-deny and its database on this machine; without them the step says that it is skipped.

use std::env;
use std::path::PathBuf;

use serde_json::Value;

use crate::{list, place, say, tools};

/// Fails if a dependency of any binary has a licence that deny.toml does not accept.
pub fn check() -> Result<(), String> {
    let accepted = accepted()?;
    let metadata =
        tools::output(say::cargo().args(["metadata", "--format-version", "1", "--locked", "--all-features"]))
            .ok_or("cargo metadata failed; run by hand: cargo metadata --locked")?;
    let metadata: Value = serde_json::from_str(&metadata).map_err(|e| format!("cargo metadata: {e}"))?;
    let packages = metadata.get("packages").and_then(Value::as_array).ok_or("cargo metadata names no packages")?;
    let mut refused = Vec::new();
    for package in packages {
        let text = |name: &str| package.get(name).and_then(Value::as_str);
        let licence = text("license").unwrap_or("");
        if !accepts(licence, &accepted)? {
            let name = text("name").unwrap_or("?");
            let version = text("version").unwrap_or("?");
            refused.push(format!("{name} {version}: licence `{licence}` is not in deny.toml"));
        }
    }
    if !refused.is_empty() {
        return Err(refused.join("\n"));
    }
    say::note(&format!("licences: all {} packages are under an accepted one", packages.len()));
    Ok(())
}

/// Asks cargo-deny about advisories, banned crates and sources, where it can be asked without a network.
pub fn advisories() -> Result<(), String> {
    let Some(deny) = place::in_path("cargo-deny") else {
        say::note("advisories: skipped, cargo-deny is not installed (cargo install cargo-deny --locked)");
        return Ok(());
    };
    let home = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cargo")))
        .ok_or("neither HOME nor CARGO_HOME is set")?;
    if !home.join("advisory-dbs").is_dir() {
        say::note("advisories: skipped, no advisory database on this machine (cargo deny fetch)");
        return Ok(());
    }
    let mut command = say::command(deny);
    command.args(["check", "--disable-fetch", "advisories", "bans", "sources"]);
    say::must("advisories", &mut command).map(drop)
}

/// The list `allow` of the section `licenses` in deny.toml.
fn accepted() -> Result<Vec<String>, String> {
    let text = String::from_utf8_lossy(&list::read(&place::root().join("deny.toml"))?).into_owned();
    allow_list(&text).ok_or_else(|| "deny.toml has no licenses.allow".to_owned())
}

fn allow_list(toml: &str) -> Option<Vec<String>> {
    let section = toml.split_once("[licenses]")?.1;
    let inside = section.split_once("allow = [")?.1.split_once(']')?.0;
    let lines = inside.lines().map(|line| line.split('#').next().unwrap_or(""));
    Some(lines.flat_map(|line| line.split('"').skip(1).step_by(2)).map(str::to_owned).collect())
}

/// Whether an SPDX expression can be fulfilled with accepted licences only.
fn accepts(expression: &str, accepted: &[String]) -> Result<bool, String> {
    // Old manifests write "MIT/Apache-2.0" for OR.
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let mut parser = Parser { words: spaced.split_whitespace().collect(), next: 0, accepted };
    if parser.words.is_empty() {
        return Ok(false);
    }
    let value = parser.any()?;
    if parser.next == parser.words.len() { Ok(value) } else { Err(format!("cannot read the licence `{expression}`")) }
}

/// `any = all (OR all)*`, `all = one (AND one)*`, `one = ( any ) | NAME [WITH NAME]`.
struct Parser<'a> {
    words: Vec<&'a str>,
    next: usize,
    accepted: &'a [String],
}

impl Parser<'_> {
    fn take(&mut self, word: &str) -> bool {
        let found = self.words.get(self.next) == Some(&word);
        self.next += usize::from(found);
        found
    }

    fn any(&mut self) -> Result<bool, String> {
        let mut value = self.all()?;
        while self.take("OR") {
            value |= self.all()?;
        }
        Ok(value)
    }

    fn all(&mut self) -> Result<bool, String> {
        let mut value = self.one()?;
        while self.take("AND") {
            value &= self.one()?;
        }
        Ok(value)
    }

    fn one(&mut self) -> Result<bool, String> {
        if self.take("(") {
            let value = self.any()?;
            return if self.take(")") { Ok(value) } else { Err("a licence has an open parenthesis".to_owned()) };
        }
        let broken = || format!("cannot read the licence `{}`", self.words.join(" "));
        let mut name = (*self.words.get(self.next).ok_or_else(broken)?).to_owned();
        self.next += 1;
        if self.take("WITH") {
            let exception = self.words.get(self.next).ok_or("a licence ends after WITH")?;
            name = format!("{name} WITH {exception}");
            self.next += 1;
        }
        Ok(self.accepted.contains(&name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_is_accepted_when_one_way_through_it_is() {
        let accepted = ["MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "Unicode-3.0"].map(String::from);
        for (expression, expected) in [
            ("MIT", true),
            ("MIT/Apache-2.0", true),
            ("GPL-3.0-only", false),
            ("GPL-3.0-only OR MIT", true),
            ("GPL-3.0-only AND MIT", false),
            ("(MIT OR GPL-3.0-only) AND Unicode-3.0", true),
            ("Apache-2.0 WITH LLVM-exception OR Zlib", true),
            ("", false),
        ] {
            assert_eq!(accepts(expression, &accepted), Ok(expected), "{expression}");
        }
        assert!(accepts("(MIT", &accepted).is_err());
        assert!(accepts("MIT Apache-2.0", &accepted).is_err());
    }

    #[test]
    fn the_list_is_read_without_its_comments() {
        let toml = "[bans]\nallow = [\"x\"]\n[licenses]\nallow = [\n  \"MIT\", # not \"GPL\"\n  \"ISC\",\n]\n";
        assert_eq!(allow_list(toml), Some(vec!["MIT".to_owned(), "ISC".to_owned()]));
    }
}
