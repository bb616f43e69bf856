//! Others' carets among the words of a field.

use crate::domain::PartyCode;

/// Another's caret, or what is selected there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    /// Whose.
    pub party: PartyCode,
    /// Where it begins, in UTF-16 units.
    pub from: usize,
    /// Where it ends; for a caret the same.
    pub to: usize,
}

/// A stretch of the words, or a caret between two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Nobody's.
    Words(String),
    /// What somebody selected.
    Chosen(PartyCode, String),
    /// Where somebody is.
    Caret(PartyCode),
}

/// The words with the carets between them, which come in the order of their places. Where two have chosen the same
/// words, they are the first one's.
#[must_use]
pub fn marked(text: &str, others: &[Other]) -> Vec<Piece> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let words = |from: usize, to: usize| String::from_utf16_lossy(&units[from..to]);
    let (mut pieces, mut done) = (Vec::new(), 0);
    for other in others {
        let (from, to) = (other.from.min(units.len()).max(done), other.to.min(units.len()).max(done));
        if from > done {
            pieces.push(Piece::Words(words(done, from)));
        }
        if to > from {
            pieces.push(Piece::Chosen(other.party.clone(), words(from, to)));
        }
        pieces.push(Piece::Caret(other.party.clone()));
        done = to;
    }
    if done < units.len() {
        pieces.push(Piece::Words(words(done, units.len())));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn other(party: &str, from: usize, to: usize) -> Other {
        Other { party: party.parse().expect("a code"), from, to }
    }

    fn shown(text: &str, others: &[Other]) -> String {
        marked(text, others)
            .into_iter()
            .map(|piece| match piece {
                Piece::Words(words) => words,
                Piece::Chosen(party, words) => format!("<{party}:{words}>"),
                Piece::Caret(party) => format!("|{party}"),
            })
            .collect()
    }

    #[test]
    fn carets_stand_between_the_words() {
        assert_eq!(shown("one two", &[other("VN", 3, 3)]), "one|VN two");
        assert_eq!(shown("one 😀 two", &[other("KH", 4, 6), other("VN", 9, 99)]), "one <KH:😀>|KH tw<VN:o>|VN");
        assert_eq!(shown("one", &[other("VN", 0, 2), other("MY", 1, 3)]), "<VN:on>|VN<MY:e>|MY");
        assert_eq!(shown("", &[other("VN", 4, 7)]), "|VN");
    }
}
