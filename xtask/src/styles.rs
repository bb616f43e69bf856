//! Joining the style sheets of style/ into one, so that a page on a thin link asks once.
//!
//! The order is that of the cascade layers. A file with no place in it is an error, never left out silently.

use crate::{list, place};

/// Files and folders of style/, in the order of their layers.
const ORDER: &[&str] = &["tokens", "fonts", "base", "layout", "components", "pages", "utilities", "print"];

/// Writes `target/xtask/app.css`, which public/index.html names.
pub fn join() -> Result<(), String> {
    let folder = place::root().join("style");
    let mut paths = Vec::new();
    for file in list::files(&folder)? {
        let path = list::slashed(&file);
        if path.ends_with(".css") {
            paths.push(path);
        }
    }
    let mut joined = Vec::new();
    for path in ordered(paths)? {
        joined.extend(list::read(&folder.join(&path))?);
        joined.push(b'\n');
    }
    list::write(&place::root().join("target").join("xtask").join("app.css"), &joined)
}

fn ordered(mut paths: Vec<String>) -> Result<Vec<String>, String> {
    for path in &paths {
        if layer(path).is_none() {
            return Err(format!("style/{path} belongs to no layer: its name or folder must be one of {ORDER:?}"));
        }
    }
    paths.sort_by_key(|path| (layer(path), path.clone()));
    Ok(paths)
}

fn layer(path: &str) -> Option<usize> {
    let first = path.split('/').next()?;
    let name = first.strip_suffix(".css").unwrap_or(first);
    ORDER.iter().position(|layer| *layer == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_come_in_their_order_whatever_the_names() {
        let paths =
            ["base.css", "components/table.css", "components/marks.css", "print.css", "tokens.css", "pages.css"];
        let ordered = ordered(paths.map(String::from).to_vec()).unwrap();
        assert_eq!(
            ordered,
            ["tokens.css", "base.css", "components/marks.css", "components/table.css", "pages.css", "print.css"]
        );
    }

    #[test]
    fn a_file_outside_the_layers_is_an_error() {
        assert!(ordered(vec!["tokens.css".into(), "extra.css".into()]).unwrap_err().contains("extra.css"));
    }
}
