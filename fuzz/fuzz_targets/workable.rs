//! Any bytes are read or refused by the workable parsers, without a panic.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = cadet::fetch::decode(bytes, None);
    let _ = cadet::postings::sources::workable::parse(&text, "fuzz");
    let _ = cadet::postings::sources::workable::parse_markdown(&text, "fuzz");
});
