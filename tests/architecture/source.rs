//! The source files of the crate as the rules see them: without comments and strings, with paths resolved.

use std::fs;
use std::path::Path;

/// One file below `src`.
pub struct Source {
    /// Relative to `src`, with slashes.
    pub path: String,
    /// As it is on disk.
    pub text: String,
    /// With comments and the insides of strings blanked; same lines.
    code: String,
    /// String literals with their line, except in attributes, tests and arguments of `expect`, `panic` and logs.
    strings: Vec<(usize, String)>,
}

/// Every Rust file below `src`, sorted by path.
pub fn all() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut sources = Vec::new();
    let mut open = vec![root.clone()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).expect("a folder that can be read") {
            let path = entry.expect("an entry that can be read").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let name = path.strip_prefix(&root).expect("below the root").to_string_lossy().replace('\\', "/");
                sources.push(Source::new(name, fs::read_to_string(&path).expect("a source that is text")));
            }
        }
    }
    assert!(sources.len() > 10, "the sources were not found");
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    sources
}

/// Whether a file is `place.rs` or lies below `place/`.
pub fn below(path: &str, place: &str) -> bool {
    path.strip_prefix(place).is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
}

impl Source {
    pub fn new(path: String, text: String) -> Self {
        let (code, literals) = blank(&text);
        let strings = literals.into_iter().filter(|(line, _)| for_people(&code, *line)).collect();
        Self { path, text, code, strings }
    }

    /// Whether the whole file is compiled for tests only.
    pub fn is_test(&self) -> bool {
        self.path.ends_with("/tests.rs") || self.path.contains("/tests/")
    }

    pub fn strings(&self) -> &[(usize, String)] {
        &self.strings
    }

    /// Paths inside this crate that the code names, `super` resolved, groups opened: (line, segments).
    pub fn crate_paths(&self) -> Vec<(usize, Vec<String>)> {
        let tokens = tokens(&self.code);
        let mut found = Vec::new();
        let mut i = 0;
        while i < tokens.len() {
            let start = match tokens[i].1.as_str() {
                "crate" | "mufakat" => Some(Vec::new()),
                "super" => Some(parent(&self.module())),
                _ => None,
            };
            let follows = tokens.get(i + 1).is_some_and(|(_, next)| next == "::");
            let begins = i == 0 || tokens[i - 1].1 != "::";
            if let (Some(start), true, true) = (start, follows, begins) {
                i = path(&tokens, i + 2, start, &mut found);
            } else {
                i += 1;
            }
        }
        found
    }

    /// Lines whose code names a word, or a path of words, as whole words.
    pub fn lines_naming(&self, word: &str) -> Vec<usize> {
        let whole = |line: &str| {
            line.match_indices(word).any(|(at, _)| {
                let name = |c: char| c.is_alphanumeric() || c == '_';
                !line[..at].ends_with(name) && !line[at + word.len()..].starts_with(name)
            })
        };
        self.code.lines().enumerate().filter(|(_, line)| whole(line)).map(|(i, _)| i + 1).collect()
    }

    /// Text written between tags without quotes, which Leptos would show as it is.
    pub fn bare_text(&self) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        for (i, line) in self.code.lines().enumerate() {
            for (at, _) in line.match_indices("</") {
                let Some((_, text)) = line[..at].rsplit_once('>') else { continue };
                let text = text.trim();
                let words = text.chars().all(|c| c.is_alphabetic() || " ,.:'!?".contains(c));
                if words && text.chars().filter(|c| c.is_alphabetic()).count() > 1 {
                    found.push((i + 1, text.to_owned()));
                }
            }
        }
        found
    }

    /// The module that the file is, as segments below the crate.
    fn module(&self) -> Vec<String> {
        let path = self.path.trim_end_matches(".rs");
        path.split('/').filter(|part| *part != "lib").map(str::to_owned).collect()
    }
}

fn parent(module: &[String]) -> Vec<String> {
    module[..module.len().saturating_sub(1)].to_vec()
}

/// Reads one path from token `i` on (after its `::`), opening groups. Returns the token after it.
fn path(
    tokens: &[(usize, String)],
    mut i: usize,
    mut prefix: Vec<String>,
    found: &mut Vec<(usize, Vec<String>)>,
) -> usize {
    loop {
        let Some((line, token)) = tokens.get(i) else { return i };
        match token.as_str() {
            "super" => prefix = parent(&prefix),
            "{" => {
                i += 1;
                while tokens.get(i).is_some_and(|(_, token)| token != "}") {
                    i = if tokens[i].1 == "," { i + 1 } else { path(tokens, i, prefix.clone(), found) };
                }
                return i + 1;
            }
            "self" | "*" => {}
            name if name.starts_with(|c: char| c.is_alphabetic() || c == '_') => prefix.push(name.to_owned()),
            // An unexpected token ends the path, and must be passed to get on.
            _ => return i + 1,
        }
        let next = tokens.get(i + 1).map(|(_, token)| token.as_str());
        match next {
            Some("::") => i += 2,
            Some("as") => {
                found.push((*line, prefix));
                return i + 3;
            }
            _ => {
                found.push((*line, prefix));
                return i + 1;
            }
        }
    }
}

/// Names, `::` and single other characters, each with its line.
fn tokens(code: &str) -> Vec<(usize, String)> {
    let mut tokens = Vec::new();
    for (i, line) in code.lines().enumerate() {
        let mut rest = line;
        while let Some(first) = rest.chars().next() {
            let name = |c: char| c.is_alphanumeric() || c == '_';
            let length = if name(first) {
                rest.find(|c: char| !name(c)).unwrap_or(rest.len())
            } else if rest.starts_with("::") {
                2
            } else {
                first.len_utf8()
            };
            if !first.is_whitespace() {
                tokens.push((i + 1, rest[..length].to_owned()));
            }
            rest = &rest[length..];
        }
    }
    tokens
}

/// Blanks comments and strings, and collects the strings with their lines.
fn blank(text: &str) -> (String, Vec<(usize, String)>) {
    let chars: Vec<char> = text.chars().collect();
    let mut code = String::with_capacity(text.len());
    let mut strings = Vec::new();
    let mut line = 1;
    let mut i = 0;
    let at = |i: usize| chars.get(i).copied().unwrap_or('\0');
    while i < chars.len() {
        let from = i;
        let inside = match (at(i), at(i + 1)) {
            ('/', '/') => {
                while i < chars.len() && at(i) != '\n' {
                    i += 1;
                }
                None
            }
            ('/', '*') => {
                let mut depth = 0;
                loop {
                    match (at(i), at(i + 1)) {
                        ('/', '*') => (depth, i) = (depth + 1, i + 2),
                        ('*', '/') => (depth, i) = (depth - 1, i + 2),
                        _ => i += 1,
                    }
                    if depth == 0 || i >= chars.len() {
                        break;
                    }
                }
                None
            }
            ('r', '"' | '#') if !prior_is_name(&chars, i) && raw_hashes(&chars, i + 1).is_some() => {
                let hashes = raw_hashes(&chars, i + 1).unwrap_or(0);
                i += 2 + hashes;
                let begin = i;
                while i < chars.len() && !(at(i) == '"' && (1..=hashes).all(|n| at(i + n) == '#')) {
                    i += 1;
                }
                let inside = chars[begin..i.min(chars.len())].iter().collect();
                i += 1 + hashes;
                Some(inside)
            }
            ('"', _) => {
                i += 1;
                let begin = i;
                while i < chars.len() && at(i) != '"' {
                    i += if at(i) == '\\' { 2 } else { 1 };
                }
                let inside = chars[begin..i.min(chars.len())].iter().collect();
                i += 1;
                Some(inside)
            }
            // A character literal, not a lifetime.
            ('\'', '\\') => {
                i += 3;
                while i < chars.len() && at(i) != '\'' {
                    i += 1;
                }
                i += 1;
                None
            }
            ('\'', _) if at(i + 2) == '\'' => {
                i += 3;
                None
            }
            (other, _) => {
                code.push(other);
                line += usize::from(other == '\n');
                i += 1;
                continue;
            }
        };
        if let Some(inside) = inside {
            strings.push((line, inside));
            code.push('"');
        }
        for c in &chars[from..i.min(chars.len())] {
            code.push(if *c == '\n' { '\n' } else { ' ' });
            line += usize::from(*c == '\n');
        }
    }
    (code, strings)
}

fn prior_is_name(chars: &[char], i: usize) -> bool {
    i > 0 && (chars[i - 1].is_alphanumeric() || chars[i - 1] == '_')
}

/// The number of `#` before the quote of a raw string that begins here.
fn raw_hashes(chars: &[char], i: usize) -> Option<usize> {
    let hashes = chars[i..].iter().take_while(|c| **c == '#').count();
    (chars.get(i + hashes) == Some(&'"')).then_some(hashes)
}

/// Whether a string on this line may be shown to people: not in attributes, in the tests at a file's end, nor in what
/// goes to the developer's console.
fn for_people(code: &str, line: usize) -> bool {
    let tests = code.lines().position(|text| text.trim() == "#[cfg(test)]").map_or(usize::MAX, |at| at + 1);
    let text = code.lines().nth(line - 1).unwrap_or("");
    let before = code.lines().nth(line.saturating_sub(2)).unwrap_or("");
    let console = ["expect(", "panic!(", "unreachable!(", "assert", "log(", "warn(", "error("];
    line < tests
        && !text.trim_start().starts_with("#[")
        && !console.iter().any(|call| text.contains(call) || before.trim_end().ends_with(call))
}

#[test]
fn paths_are_found_through_groups_and_super() {
    let text = "use crate::{domain::{Date, id::*}, sync as wire};\nfn f() { super::super::hub::g(); }\n\
                // use crate::ui;\nlet s = \"crate::ui::x\"; mufakat::docs::open()";
    let source = Source::new("engine/core/views.rs".to_owned(), text.to_owned());
    let paths: Vec<String> =
        source.crate_paths().into_iter().map(|(line, path)| format!("{line} {}", path.join("::"))).collect();
    assert_eq!(paths, ["1 domain::Date", "1 domain::id", "1 sync", "2 engine::hub::g", "4 docs::open"]);
}

#[test]
fn words_and_strings_are_told_apart() {
    let text = "//! automerge\nuse automerge::Doc; let automerger = 'a'; /* automerge\n */ let q = '\"'; let t = r#\"Save it\"#;\n\
                #[doc = \"In attributes\"]\nx.expect(\"In a console\"); view! { <b>Hello there</b> }\n";
    let source = Source::new("ui/x.rs".to_owned(), text.to_owned());
    assert_eq!(source.lines_naming("automerge"), [2]);
    assert_eq!(source.strings(), [(3, "Save it".to_owned())]);
    assert_eq!(source.bare_text(), [(5, "Hello there".to_owned())]);
}
