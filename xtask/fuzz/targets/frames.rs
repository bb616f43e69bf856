//! What anyone may send to the hub's door: any bytes are a frame or an error, and a frame says the same when it is written again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mufakat::sync::codec;

/// Small, so that the fuzzer finds the edge.
const LIMIT: usize = 64 << 10;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(frame) = codec::decode(bytes, LIMIT) {
        assert_eq!(codec::decode(&codec::encode(&frame), usize::MAX >> 1), Ok(frame));
    }
    if let Ok(frames) = codec::decode_body(bytes, LIMIT) {
        assert_eq!(codec::decode_body(&codec::encode_body(&frames), usize::MAX >> 1), Ok(frames));
    }
});
