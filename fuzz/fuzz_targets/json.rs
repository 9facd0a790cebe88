//! Any bytes are JSON or say what they are instead, without a panic; what is JSON stays the same when written and read again.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = cadet::fetch::decode(bytes, Some("application/json"));
    if let Ok(value) = cadet::fetch::parse_json(&text) {
        assert_eq!(cadet::fetch::parse_json(&value.to_string()), Ok(value));
    }
});
