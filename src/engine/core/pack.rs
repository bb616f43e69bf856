//! Small values without what they say twice: an entry of the outbox holds the command and the change it became, which say
//! the same words.
//!
//! What was said before is named by its place and length; all else stands as it is, so that of a damaged value the words
//! can still be read. The first thing said is a list of what most values have in them. It and the format are for ever.

/// How a packed value begins. CBOR of ours begins with an array.
const PACKED: u8 = 1;
/// What most values have in them.
const USUAL: &[u8] = b"remarks\x03venue\x03funding-source\x03implementing-agency\x03key-result\x03title\x03progress-note\x03\
    {\"what\":\"status\",\"value\":\"ONGOING\",\"as-of\":\"2026-\",\"evidence\":\"\",\"reason\":\"\",\"supersedes\":[\
    \"start\",\"value\":\"\xf6\xf4\x02\x81\x03\x0e\x85oJ\x83\x01\x01\x00\x01\x14\
    \0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\
    \x0a\x01\x02\x02\x02\x15\x094\x01B\x02V\x03W\x17p\x02q\x02s\x02\x7f\x01\x7f\x02\x7f\x07\x01\x7f\x01\x7f\xf6\x02\x7f\x01\
    \x7f\0\x7f\0\x08\x01\x02\x02\x02\x15\x81P\x8dP\xf6\xf6\xf4X\x01\0\0";
/// As far back as a place can be named.
const WINDOW: usize = (1 << 12) - 1;
/// What is shorter than this is not worth naming.
const SHORTEST: usize = 3;
/// Lengths from here on take a further byte.
const LONG: usize = SHORTEST + 7;
/// The longest that can be named at once.
const LONGEST: usize = LONG + 255;
/// The longest stretch that stands as it is behind one byte.
const PLAIN: usize = 128;

/// The longest stretch before `at` that is as what follows it: how far back, and how long.
fn repeated(all: &[u8], at: usize, places: &[u32]) -> Option<(usize, usize)> {
    let length = |from: usize| {
        let pairs = all[from..].iter().zip(&all[at..]).take(LONGEST);
        pairs.take_while(|(before, now)| before == now).count()
    };
    let near = places.iter().rev().map(|from| *from as usize).take_while(|from| at - from <= WINDOW);
    let found = near.map(|from| (at - from, length(from))).max_by_key(|(back, length)| (*length, usize::MAX - back));
    found.filter(|(_, length)| *length >= SHORTEST)
}

/// A value as it is stored.
#[must_use]
pub fn pack(value: &[u8]) -> Vec<u8> {
    let all = [USUAL, value].concat();
    let mut places: std::collections::BTreeMap<&[u8], Vec<u32>> = std::collections::BTreeMap::new();
    let mut packed = vec![PACKED];
    let (mut at, mut plain) = (0, USUAL.len());
    while at < all.len() {
        let found = match places.get(all.get(at..at + SHORTEST).unwrap_or_default()) {
            Some(places) if at >= USUAL.len() => repeated(&all, at, places),
            Some(_) | None => None,
        };
        // Between what stands as it is, three bytes cost as much named as not.
        let found = found.filter(|(_, length)| *length > SHORTEST || plain == at);
        let length = found.map_or(1, |(_, length)| length);
        if let Some((back, length)) = found {
            stand(&all[plain..at], &mut packed);
            let short = length.min(LONG) - SHORTEST;
            packed.extend((0x8000 | short << 12 | back).to_be_bytes().last_chunk::<2>().copied().unwrap_or_default());
            packed.extend((length >= LONG).then(|| u8::try_from(length - LONG).unwrap_or_default()));
            plain = at + length;
        }
        for at in at..at + length {
            if let Some(key) = all.get(at..at + SHORTEST) {
                places.entry(key).or_default().push(u32::try_from(at).unwrap_or(u32::MAX));
            }
        }
        at += length;
    }
    stand(&all[plain..], &mut packed);
    packed
}

fn stand(bytes: &[u8], packed: &mut Vec<u8>) {
    for bytes in bytes.chunks(PLAIN) {
        packed.push(u8::try_from(bytes.len() - 1).unwrap_or_default());
        packed.extend(bytes);
    }
}

/// The value again, and whether all of it could be read; none of what an older version wrote.
#[must_use]
pub fn unpack(stored: &[u8]) -> Option<(Vec<u8>, bool)> {
    let (&PACKED, mut rest) = stored.split_first()? else { return None };
    let mut all = USUAL.to_vec();
    let mut next = || -> Option<bool> {
        let Some((&first, tail)) = rest.split_first() else { return Some(false) };
        rest = tail;
        if first < 0x80 {
            let (bytes, tail) = rest.split_at_checked(usize::from(first) + 1)?;
            (rest, _) = (tail, all.extend(bytes));
            return Some(true);
        }
        let (&second, tail) = rest.split_first()?;
        rest = tail;
        let back = usize::from(first & 0x0f) << 8 | usize::from(second);
        let mut length = SHORTEST + usize::from(first >> 4 & 7);
        if length == LONG {
            let (&more, tail) = rest.split_first()?;
            (rest, length) = (tail, length + usize::from(more));
        }
        // Byte by byte: it may go on into what it says.
        for at in all.len().checked_sub(back).filter(|_| back > 0)?.. {
            if length == 0 {
                break;
            }
            all.push(all[at]);
            length -= 1;
        }
        Some(true)
    };
    let whole = loop {
        match next() {
            Some(true) => {}
            Some(false) => break true,
            None => break false,
        }
    };
    Some((all.split_off(USUAL.len()), whole))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_said_twice_stands_once_and_the_words_can_be_read_as_they_stand() {
        let value = b"\x8dA word of Cambodia, and once more: A word of Cambodia, and so on";
        let packed = pack(value);
        assert!(packed.len() < value.len() - 15, "{} of {}", packed.len(), value.len());
        assert!(packed.windows(18).any(|words| words == b"A word of Cambodia"));
        assert_eq!(unpack(&packed), Some((value.to_vec(), true)));
        assert_eq!(unpack(value), None, "of a version that did not pack");
    }

    #[test]
    fn what_a_version_packed_is_read_by_every_later_one() {
        // Nothing yet, zeros that go on into themselves, a place in the usual, words.
        let packed = [&[PACKED, 0, 0, 0xf0, 1, 20, 0x80 | 0x10, 0xff, 1][..], b"ab"].concat();
        let (value, whole) = unpack(&packed).expect("packed");
        assert!(whole);
        assert_eq!(value, [&[0; 31][..], &USUAL[USUAL.len() + 31 - 0xff..][..4], b"ab"].concat());
    }

    proptest! {
        #[test]
        fn every_value_comes_back(value in proptest::collection::vec(0_u8..4, 0..3_000)) {
            prop_assert_eq!(unpack(&pack(&value)), Some((value, true)));
        }

        #[test]
        fn damaged_bytes_are_read_as_far_as_they_go(bytes in proptest::collection::vec(any::<u8>(), 0..500)) {
            let _ = unpack(&[&[PACKED][..], &bytes].concat());
        }
    }
}
