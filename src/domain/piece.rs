//! A text beside an earlier one, as a person compares the two.

use serde::{Deserialize, Serialize};

/// A piece of a text or of the one before it, in their order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Piece {
    /// In both.
    Same(String),
    /// Only in the earlier one.
    Gone(String),
    /// Only in the later one.
    New(String),
}

/// So many letters beside what changed are shown of what did not.
const BESIDE: usize = 48;
/// For what was left out.
const LEFT_OUT: &str = " … ";

/// The same without most of what did not change.
#[must_use]
pub fn shortened(pieces: Vec<Piece>) -> Vec<Piece> {
    let last = pieces.len().saturating_sub(1);
    let short = |(at, piece): (usize, Piece)| match piece {
        Piece::Same(text) => {
            let letters: Vec<char> = text.chars().collect();
            // The first is read for its end, the last for its beginning.
            let (from, to) = (if at == 0 { 0 } else { BESIDE }, if at == last { 0 } else { BESIDE });
            if letters.len() <= from + to + LEFT_OUT.len() {
                return Piece::Same(text);
            }
            let begin: String = letters[..from].iter().collect();
            let end: String = letters[letters.len() - to..].iter().collect();
            Piece::Same(format!("{begin}{LEFT_OUT}{end}"))
        }
        other => other,
    };
    pieces.into_iter().enumerate().map(short).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changed_is_never_shortened() {
        let long = "word ".repeat(60);
        let pieces = vec![
            Piece::Same(long.clone()),
            Piece::Gone(long.clone()),
            Piece::New("new".to_owned()),
            Piece::Same(long.clone()),
            Piece::New(long.clone()),
            Piece::Same("short".to_owned()),
        ];
        let short = shortened(pieces.clone());
        for at in [1, 2, 4, 5] {
            assert_eq!(short[at], pieces[at]);
        }
        let letters = |piece: &Piece| match piece {
            Piece::Same(text) | Piece::Gone(text) | Piece::New(text) => text.chars().count(),
        };
        assert!(letters(&short[0]) < 60 && letters(&short[3]) < 110, "{short:?}");
        assert!(matches!(&short[0], Piece::Same(text) if text.starts_with(LEFT_OUT) && long.ends_with(&text[7..])));
    }
}
