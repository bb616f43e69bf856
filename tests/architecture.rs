//! The invariants of ARCHITECTURE.md that can be read from the source: who may import whom, who may touch the outside
//! world, where text for people stands, and how long a file may grow.
//!
//! It reads text, not meaning: comments and strings are taken out first, paths are resolved by hand. A rule that is
//! broken on purpose is changed here and in ARCHITECTURE.md, in one commit.

#[path = "architecture/source.rs"]
mod source;

use std::fmt::Write;

use source::{Source, all, below};

/// What a place in the tree may import. The first rule that fits a file counts.
struct Rule {
    /// A path below `src`: a file, or a folder with its file.
    place: &'static str,
    /// Rooms, or one module of a room (`engine::api`), besides its own.
    may_use: &'static [&'static str],
}

const RULES: &[Rule] = &[
    Rule { place: "domain", may_use: &[] },
    Rule { place: "docs", may_use: &["domain"] },
    Rule { place: "sync", may_use: &[] },
    Rule { place: "engine/api", may_use: &["domain"] },
    Rule { place: "engine", may_use: &["domain", "docs", "sync"] },
    Rule { place: "hub", may_use: &["domain", "docs", "sync"] },
    Rule { place: "export", may_use: &["domain"] },
    Rule { place: "ui", may_use: &["domain", "engine::api"] },
    Rule { place: "bin/ui", may_use: &["ui"] },
    Rule { place: "bin/engine", may_use: &["engine"] },
    Rule { place: "bin/export", may_use: &["export"] },
    Rule { place: "bin/mufakat", may_use: &["hub"] },
    // The map of the crate only declares the rooms.
    Rule { place: "lib", may_use: &[] },
];

const ROOMS: &[&str] = &["domain", "docs", "sync", "engine", "hub", "export", "ui"];

/// A word in a path that only some places may write.
struct Reserved {
    words: &'static [&'static str],
    only_in: &'static [&'static str],
    because: &'static str,
}

const RESERVED: &[Reserved] = &[
    Reserved {
        words: &["automerge", "hexane"],
        only_in: &["docs"],
        because: "one room knows how documents are kept; everyone else sees plain structs",
    },
    Reserved {
        words: &["web_sys", "js_sys", "gloo_storage", "wasm_bindgen_futures"],
        only_in: &["ui/platform", "engine/web", "bin/ui", "bin/engine", "bin/export"],
        because: "the browser is touched through one door in each program",
    },
    Reserved {
        words: &["indexed_db_futures", "reqwest"],
        only_in: &["engine/web"],
        because: "the engine's core is sans-IO, and a page has no store and no network of its own",
    },
    Reserved {
        words: &["leptos", "leptos_router", "leptos_meta", "reactive_stores"],
        only_in: &["ui", "bin/ui"],
        because: "only the interface knows its framework",
    },
    Reserved {
        words: &["axum", "sqlx", "tokio", "tower_http", "clap"],
        only_in: &["hub", "bin/mufakat"],
        because: "only the hub is a server",
    },
    Reserved {
        words: &["Instant", "SystemTime", "getrandom", "now_v7", "new_v4", "TcpStream", "TcpListener", "UdpSocket"],
        only_in: &["hub", "engine/web", "ui/platform", "bin"],
        because: "time, randomness and bytes come in as arguments, so that the fault simulator can drive the rest",
    },
    Reserved {
        words: &["std::fs", "std::net", "std::env", "std::process", "std::thread"],
        only_in: &["hub", "bin/mufakat"],
        because: "the rest also runs in a browser, which has none of them",
    },
];

const LONGEST_FILE: usize = 400;

#[test]
fn rooms_import_only_what_they_may() {
    let mut broken = String::new();
    for source in all() {
        let Some(rule) = RULES.iter().find(|rule| below(&source.path, rule.place)) else {
            let _ = writeln!(broken, "{}: no rule for this place", source.path);
            continue;
        };
        let own = source.path.split('/').next().unwrap_or("").trim_end_matches(".rs").to_owned();
        for (line, path) in source.crate_paths() {
            let Some(room) = path.first().filter(|room| ROOMS.contains(&room.as_str())) else { continue };
            let whole = path.join("::");
            let allowed = (*room == own && own_room_may(&source, &whole))
                || rule.may_use.iter().any(|may| whole == *may || whole.starts_with(&format!("{may}::")));
            if !allowed {
                let _ = writeln!(broken, "{}:{line}: may not import {whole}", source.path);
            }
        }
    }
    assert!(broken.is_empty(), "\n{broken}");
}

/// Within a room: the engine's core does not know its browser shell, and its interface knows no more than itself.
fn own_room_may(source: &Source, path: &str) -> bool {
    if below(&source.path, "engine/api") {
        return path == "engine" || path.starts_with("engine::api");
    }
    !path.starts_with("engine::web") || below(&source.path, "engine/web") || !source.path.starts_with("engine")
}

#[test]
fn the_outside_world_is_touched_only_where_it_may_be() {
    let mut broken = String::new();
    // Tests may look at a clock.
    for source in all().iter().filter(|source| !source.is_test()) {
        for reserved in RESERVED {
            if reserved.only_in.iter().any(|place| below(&source.path, place)) {
                continue;
            }
            for word in reserved.words {
                for line in source.lines_naming(word) {
                    let _ = writeln!(broken, "{}:{line}: names {word}; {}", source.path, reserved.because);
                }
            }
        }
    }
    assert!(broken.is_empty(), "\n{broken}");
}

#[test]
fn no_text_for_people_stands_in_the_interface() {
    let mut broken = String::new();
    for source in all().iter().filter(|source| below(&source.path, "ui") && !source.is_test()) {
        for (line, text) in source.strings().iter().filter(|(_, text)| is_prose(text)) {
            let _ = writeln!(broken, "{}:{line}: \"{text}\" belongs into public/locales/en", source.path);
        }
        for (line, text) in source.bare_text() {
            let _ = writeln!(broken, "{}:{line}: <…>{text}</…> belongs into public/locales/en", source.path);
        }
    }
    assert!(broken.is_empty(), "\n{broken}");
}

/// A sentence or a label, as far as one can see: it begins like one and has a second word, and is no list of classes,
/// path, attribute or name of an event.
fn is_prose(text: &str) -> bool {
    let text = text.trim();
    let words: Vec<&str> = text.split_whitespace().collect();
    let plain = |word: &&&str| {
        word.trim_matches(|c: char| c.is_ascii_punctuation() || c == '…')
            .chars()
            .all(|c| c.is_alphabetic() || c == '\'')
            && word.chars().filter(|c| c.is_alphabetic()).count() > 1
    };
    let capital = text.chars().next().is_some_and(char::is_uppercase);
    let many = words.iter().filter(plain).count();
    // "M6.5 2.75H3.25" is a drawing and "Tue Nov 17" would be a date: both are no words.
    capital && many >= 2 || many >= 4 && text.ends_with(['.', '?', '!'])
}

#[test]
fn prose_is_told_from_names() {
    for text in ["Save changes", "Your work is saved.", "You can't reach the hub", "this is not a label either."] {
        assert!(is_prose(text), "{text}");
    }
    for text in ["btn btn-primary", "M6.5 2.75H3.25v10.5H6.5", "/plans", "Alt+ArrowUp", "", "en", "0 0 16 16", "Escape"]
    {
        assert!(!is_prose(text), "{text}");
    }
}

#[test]
fn no_file_is_too_long_to_be_read() {
    let mut broken = String::new();
    for source in all() {
        let lines = source.text.lines().count();
        if lines > LONGEST_FILE {
            let _ = writeln!(broken, "src/{}: {lines} lines, at most {LONGEST_FILE}", source.path);
        }
    }
    assert!(broken.is_empty(), "\n{broken}");
}

#[test]
fn every_file_says_why_it_exists() {
    let silent: Vec<String> = all()
        .into_iter()
        .filter(|source| !source.is_test() && !source.text.starts_with("//! "))
        .map(|source| source.path)
        .collect();
    assert!(silent.is_empty(), "these files do not open with a `//!` that says why they exist: {silent:#?}");
}
