//! The smallest replacement that turns one text into another, and where a caret stands after it.
//!
//! Positions are UTF-16 code units, as browsers count. A surrogate pair is never split.

use crate::domain::Splice;

/// The length of a text in UTF-16 units.
#[must_use]
pub fn units(text: &str) -> u32 {
    u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX)
}

/// The one splice that turns `old` into `new`, or none when they are equal.
#[must_use]
pub fn between(old: &str, new: &str) -> Option<Splice> {
    Splice::between(old, new)
}

/// Applies a splice. Positions beyond the end mean the end.
#[must_use]
pub fn apply(text: &str, splice: &Splice) -> String {
    let start = byte_at(text, splice.at);
    let end = byte_at(text, splice.at.saturating_add(splice.delete)).max(start);
    format!("{}{}{}", &text[..start], splice.insert, &text[end..])
}

/// What `mine`, made from `base`, becomes on `theirs`, made from the same base. Where both touched the same words,
/// both are kept, mine after theirs.
#[must_use]
pub fn carried_over(base: &str, mine: &str, theirs: &str) -> String {
    let Some(own) = between(base, mine) else { return theirs.to_owned() };
    let Some(other) = between(base, theirs) else { return mine.to_owned() };
    let own_end = own.at + own.delete;
    let other_end = other.at + other.delete;
    let moved = if own_end <= other.at {
        own
    } else if own.at >= other_end {
        Splice { at: own.at - other.delete + units(&other.insert), ..own }
    } else {
        Splice { at: other.at + units(&other.insert), delete: own_end.saturating_sub(other_end), insert: own.insert }
    };
    apply(theirs, &moved)
}

/// Where a caret at `position` of `old` stands in `new`.
#[must_use]
pub fn caret(old: &str, new: &str, position: u32) -> u32 {
    let Some(splice) = between(old, new) else { return position };
    let came = units(&splice.insert);
    if position <= splice.at {
        position
    } else if position >= splice.at + splice.delete {
        position - splice.delete + came
    } else {
        // Several places changed at once: the longest run of words before the caret that is still there says where it
        // belongs.
        let before = &old[byte_at(old, splice.at)..byte_at(old, position)];
        let starts = before.char_indices().map(|(at, _)| &before[at..]);
        let found = starts.filter_map(|run| splice.insert.find(run).map(|at| at + run.len())).next();
        found.map_or(splice.at + came, |end| splice.at + units(&splice.insert[..end]))
    }
}

fn byte_at(text: &str, position: u32) -> usize {
    let mut left = position;
    for (at, char) in text.char_indices() {
        let width = u32::try_from(char.len_utf16()).unwrap_or(2);
        if left < width {
            return at;
        }
        left -= width;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_splice_turns_one_text_into_the_other() {
        let texts = [
            "",
            "a",
            "work plan",
            "work plans",
            "the work plan",
            "ផែនការការងារ",
            "ផែនការ",
            "😀 a",
            "😁 a",
            "aaa",
            "aa",
        ];
        for old in texts {
            for new in texts {
                match between(old, new) {
                    Some(splice) => assert_eq!(apply(old, &splice), new, "{old} -> {new}"),
                    None => assert_eq!(old, new),
                }
            }
        }
    }

    #[test]
    fn positions_count_utf16_units() {
        let splice = between("😀b", "😀cb").expect("differs");
        assert_eq!((splice.at, splice.delete, splice.insert.as_str()), (2, 0, "c"));
        let pair = between("😀", "😁").expect("differs");
        assert_eq!((pair.at, pair.delete), (0, 2), "a surrogate pair is never split");
    }

    #[test]
    fn a_caret_stays_with_its_words() {
        assert_eq!(caret("one two", "zero one two", 3), 8);
        assert_eq!(caret("one two", "one two three", 3), 3);
        assert_eq!(caret("one two three", "ONE two THREE", 7), 7, "changed before and after it");
        assert_eq!(caret("abc", "abc", 2), 2);
    }

    #[test]
    fn two_edits_of_one_base_are_both_kept() {
        assert_eq!(carried_over("one two", "one two three", "zero one two"), "zero one two three");
        assert_eq!(carried_over("one two", "zero one two", "one two three"), "zero one two three");
        let both = carried_over("a draft", "a good draft", "a bad draft");
        assert!(both.contains("good") && both.contains("bad"), "{both}");
    }
}
