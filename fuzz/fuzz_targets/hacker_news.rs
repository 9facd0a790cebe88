//! Any bytes are read or refused by the hacker_news parsers, without a panic.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = cadet::fetch::decode(bytes, None);
    let _ = cadet::postings::sources::hacker_news::parse(&text);
    let _ = cadet::postings::sources::hacker_news::parse_threads(&text);
});
