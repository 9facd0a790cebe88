//! Any bytes are read or refused by the markdown parser, without a panic.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = cadet::fetch::decode(bytes, None);
    let now = cadet::clock::Timestamp(1_795_694_400_000);
    let _ = cadet::postings::sources::markdown::parse(&text, "https://example.com/README.md", now);
});
