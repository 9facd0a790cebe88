//! Any bytes are read as a page with JSON-LD, without a panic.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = cadet::fetch::decode(bytes, Some("text/html"));
    let _ = cadet::postings::sources::jsonld::parse(&text, "https://example.com/careers");
});
