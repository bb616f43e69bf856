//! Two texts compared as people read them: by words, and by letters where a script has no spaces between words.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::domain::piece::Piece;

/// Above this many pairs of words two texts are told as one gone and one new.
const PAIRS_MAX: usize = 4_000_000;

/// What became of a text.
#[must_use]
pub fn pieces(before: &str, after: &str) -> Vec<Piece> {
    let (olds, news) = (words(before), words(after));
    let mut pieces = Vec::new();
    let join = |words: &[&str]| words.concat();
    if olds.len().saturating_mul(news.len()) > PAIRS_MAX {
        push(&mut pieces, Piece::Gone(before.to_owned()));
        push(&mut pieces, Piece::New(after.to_owned()));
        return pieces;
    }
    for op in capture_diff_slices(Algorithm::Myers, &olds, &news) {
        match op {
            DiffOp::Equal { old_index, len, .. } => {
                push(&mut pieces, Piece::Same(join(&olds[old_index..old_index + len])));
            }
            DiffOp::Delete { old_index, old_len, .. } => {
                push(&mut pieces, Piece::Gone(join(&olds[old_index..old_index + old_len])));
            }
            DiffOp::Insert { new_index, new_len, .. } => {
                push(&mut pieces, Piece::New(join(&news[new_index..new_index + new_len])));
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                push(&mut pieces, Piece::Gone(join(&olds[old_index..old_index + old_len])));
                push(&mut pieces, Piece::New(join(&news[new_index..new_index + new_len])));
            }
        }
    }
    pieces
}

fn push(pieces: &mut Vec<Piece>, piece: Piece) {
    match &piece {
        Piece::Same(text) | Piece::Gone(text) | Piece::New(text) if text.is_empty() => {}
        Piece::Same(_) | Piece::Gone(_) | Piece::New(_) => pieces.push(piece),
    }
}

/// Scripts that are written without spaces between words: Thai, Lao, Burmese, Khmer, kana, Chinese characters.
const fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}')
}

/// A mark that is never parted from the letter before it.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}'
        | '\u{0E31}' | '\u{0E34}'..='\u{0E3A}' | '\u{0E47}'..='\u{0E4E}'
        | '\u{0EB1}' | '\u{0EB4}'..='\u{0EBC}' | '\u{0EC8}'..='\u{0ECE}'
        | '\u{102B}'..='\u{103E}' | '\u{1056}'..='\u{1059}'
        | '\u{17B4}'..='\u{17D3}' | '\u{3099}' | '\u{309A}')
}

/// Words, and everything between them by itself.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let (mut start, mut coeng) = (0, false);
    for (at, c) in text.char_indices() {
        // A letter under another one belongs to it.
        let stays = is_mark(c) || coeng;
        coeng = c == '\u{17D2}' || c == '\u{1039}';
        let before = text[start..at].chars().next_back();
        let goes_on = stays
            || before.is_none_or(|before| {
                !is_unspaced(c) && !is_unspaced(before) && c.is_alphanumeric() && before.is_alphanumeric()
            });
        if !goes_on {
            words.push(&text[start..at]);
            start = at;
        }
    }
    words.push(&text[start..]);
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(before: &str, after: &str) -> String {
        let one = |piece: &Piece| match piece {
            Piece::Same(text) => text.clone(),
            Piece::Gone(text) => format!("[-{text}]"),
            Piece::New(text) => format!("[+{text}]"),
        };
        pieces(before, after).iter().map(one).collect()
    }

    #[test]
    fn texts_are_compared_by_words() {
        assert_eq!(told("The Meeting noted it.", "The Meeting adopted it."), "The Meeting [-noted][+adopted] it.");
        assert_eq!(told("", "New"), "[+New]");
        assert_eq!(told("Old", ""), "[-Old]");
        assert_eq!(told("same", "same"), "same");
        assert_eq!(told("Cán bộ", "Cán sự"), "Cán [-bộ][+sự]");
    }

    #[test]
    fn a_script_without_spaces_is_compared_by_letters_with_their_marks() {
        assert_eq!(told("公务员制度", "公务制度"), "公务[-员]制度");
        let khmer = told("មន្ត្រី", "មន្ត្រីរាជការ");
        assert_eq!(khmer, "មន្ត្រី[+រាជការ]");
    }

    #[test]
    fn nothing_is_lost_in_pieces() {
        let texts = ["", "a b", "ក្រសួង មុខងារ", "one. two, three", "😀 ok", "ประชุม ก.พ."];
        for before in texts {
            for after in texts {
                let pieces = pieces(before, after);
                let side = |pick: fn(&Piece) -> Option<&str>| pieces.iter().filter_map(pick).collect::<String>();
                let old = side(|piece| match piece {
                    Piece::Same(text) | Piece::Gone(text) => Some(text),
                    Piece::New(_) => None,
                });
                let new = side(|piece| match piece {
                    Piece::Same(text) | Piece::New(text) => Some(text),
                    Piece::Gone(_) => None,
                });
                assert_eq!((old.as_str(), new.as_str()), (before, after));
            }
        }
    }
}
