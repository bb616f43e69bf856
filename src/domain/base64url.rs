//! Base64url without padding (RFC 4648, section 5): how bytes stand in JSON. Written here because the crate for it is the
//! hub's alone, and a browser must not load it for two loops.

/// The bytes of a text; none when it is not base64url.
#[must_use]
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    let (mut held, mut bits) = (0_u32, 0_u32);
    for letter in text.bytes() {
        let six = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return None,
        };
        held = held << 6 | u32::from(six);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits & 0xff).ok()?);
        }
    }
    Some(bytes)
}

/// Bytes as base64url.
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::with_capacity(bytes.len() * 4 / 3 + 3);
    for three in bytes.chunks(3) {
        let held = three.iter().fold(0_u32, |held, byte| held << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for i in 0..=three.len() {
            let six = held >> (18 - 6 * i) & 63;
            text.push(char::from(LETTERS[six as usize]));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_written_and_read() {
        assert_eq!(decode("-_8A"), Some(vec![0xfb, 0xff, 0x00]));
        assert_eq!(decode("AQI"), Some(vec![1, 2]));
        assert_eq!(decode("a+b"), None);
        assert_eq!(encode(&[0xfb, 0xff, 0x00]), "-_8A");
        assert_eq!((encode(&[1, 2]), encode(&[])), ("AQI".to_owned(), String::new()));
    }
}
