//! What a device may state: any bytes are a fact or an error; a fact says the same when it is written again, and folding
//! facts in any order ends.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mufakat::domain::{Catalogue, Fact};

fuzz_target!(|bytes: &[u8]| {
    let mut catalogue = Catalogue::default();
    for line in bytes.split(|byte| *byte == b'\n') {
        let Ok(fact) = Fact::from_bytes(line) else { continue };
        assert_eq!(Fact::from_bytes(&fact.to_bytes()).ok().as_ref(), Some(&fact));
        catalogue.fold(&fact);
    }
});
