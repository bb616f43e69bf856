//! Carrying text edits over to a text that has changed since: what either side inserted is always kept, what either
//! side deleted is gone.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::{error::DocsError, track::Track};
use crate::domain::Splice;

/// Above this many pairs of units, texts are compared by words, and above it in words, not at all.
const PAIRS_MAX: usize = 16_000_000;

/// Splices a text that is kept as UTF-16 units.
///
/// # Errors
/// [`DocsError::BadSplice`] when the range does not fit or cuts a character in two.
pub(super) fn splice(units: &mut Vec<u16>, splice: &Splice) -> Result<(), DocsError> {
    let (at, delete) = (splice.at as usize, splice.delete as usize);
    let bad = || DocsError::BadSplice { at: splice.at, delete: splice.delete };
    let end = at.checked_add(delete).filter(|end| *end <= units.len()).ok_or_else(bad)?;
    if cuts_character(units, at) || cuts_character(units, end) {
        return Err(bad());
    }
    units.splice(at..end, splice.insert.encode_utf16());
    Ok(())
}

/// Whether a position lies between the two halves of one character.
fn cuts_character(units: &[u16], at: usize) -> bool {
    let high =
        at.checked_sub(1).and_then(|before| units.get(before)).is_some_and(|unit| (0xD800..0xDC00).contains(unit));
    high && units.get(at).is_some_and(|unit| (0xDC00..0xE000).contains(unit))
}

/// A text after splices, each on the result of the one before.
///
/// # Errors
/// [`DocsError::BadSplice`].
pub(super) fn spliced(base: &str, splices: &[Splice]) -> Result<String, DocsError> {
    let mut units: Vec<u16> = base.encode_utf16().collect();
    for one in splices {
        splice(&mut units, one)?;
    }
    Ok(String::from_utf16_lossy(&units))
}

/// Splices made on `base`, carried over to `current`, to be done in their order.
///
/// # Errors
/// [`DocsError::BadSplice`] when they do not fit `base`.
pub fn carry(base: &str, splices: &[Splice], current: &str) -> Result<Vec<Splice>, DocsError> {
    let mut units: Vec<u16> = base.encode_utf16().collect();
    let mut mine = Track::identity(units.len());
    for one in splices {
        splice(&mut units, one)?;
        mine.splice(one.at as usize, one.delete as usize, one.insert.encode_utf16().count());
    }
    Ok(mine.onto(&units, &compare(base, current)))
}

/// The text with what both sides did to `base`; where both inserted at one spot, `mine` stands first.
#[must_use]
pub fn three_way(base: &str, mine: &str, theirs: &str) -> String {
    let units: Vec<u16> = mine.encode_utf16().collect();
    let splices = compare(base, mine).onto(&units, &compare(base, theirs));
    // They come from two comparisons with one base, so they fit.
    spliced(theirs, &splices).unwrap_or_else(|_| theirs.to_owned())
}

/// Which units of `to` are units of `base`, by the shortest edit script: by characters, or by words in long texts that
/// differ much.
pub(super) fn compare(base: &str, to: &str) -> Track {
    let head = common(base.chars(), to.chars());
    let (base_rest, to_rest) = (&base[head.0..], &to[head.0..]);
    let tail = common(base_rest.chars().rev(), to_rest.chars().rev());
    let base_mid = &base_rest[..base_rest.len() - tail.0];
    let to_mid = &to_rest[..to_rest.len() - tail.0];

    let base_units = base.encode_utf16().count();
    let mut track = Track::empty(base_units);
    track.push(Some(0), head.1);
    let (olds, news) = (chars(base_mid), chars(to_mid));
    if olds.len().saturating_mul(news.len()) <= PAIRS_MAX {
        push_script(&mut track, &olds, &news, head.1);
    } else {
        let (olds, news) = (words(base_mid), words(to_mid));
        if olds.len().saturating_mul(news.len()) <= PAIRS_MAX {
            push_script(&mut track, &olds, &news, head.1);
        } else {
            track.push(None, to_mid.encode_utf16().count());
        }
    }
    track.push(Some(base_units - tail.1), tail.1);
    track
}

/// How much two walks have in common: bytes and UTF-16 units.
fn common(a: impl Iterator<Item = char>, b: impl Iterator<Item = char>) -> (usize, usize) {
    a.zip(b)
        .take_while(|(a, b)| a == b)
        .fold((0, 0), |(bytes, units), (c, _)| (bytes + c.len_utf8(), units + c.len_utf16()))
}

fn chars(text: &str) -> Vec<&str> {
    text.char_indices().map(|(at, c)| &text[at..at + c.len_utf8()]).collect()
}

/// Runs of letters and digits, and everything else by itself.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if !c.is_alphanumeric() {
            words.push(&text[start..at]);
            words.push(&text[at..at + c.len_utf8()]);
            start = at + c.len_utf8();
        }
    }
    words.push(&text[start..]);
    words.retain(|word| !word.is_empty());
    words
}

fn push_script(track: &mut Track, olds: &[&str], news: &[&str], start: usize) {
    let units = |parts: &[&str]| parts.iter().map(|part| part.encode_utf16().count()).sum::<usize>();
    let mut from = start;
    for op in capture_diff_slices(Algorithm::Myers, olds, news) {
        match op {
            DiffOp::Equal { old_index, len, .. } => {
                let len = units(&olds[old_index..old_index + len]);
                track.push(Some(from), len);
                from += len;
            }
            DiffOp::Delete { old_index, old_len, .. } => from += units(&olds[old_index..old_index + old_len]),
            DiffOp::Insert { new_index, new_len, .. } => track.push(None, units(&news[new_index..new_index + new_len])),
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                from += units(&olds[old_index..old_index + old_len]);
                track.push(None, units(&news[new_index..new_index + new_len]));
            }
        }
    }
}

#[cfg(test)]
mod tests;
