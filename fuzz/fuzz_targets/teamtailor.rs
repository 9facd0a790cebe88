//! Any bytes are read or refused by the teamtailor parsers, without a panic.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = cadet::fetch::decode(bytes, None);
    let _ = cadet::postings::sources::teamtailor::parse(&text, "https://fuzz.teamtailor.com/jobs.json");
    let _ = cadet::postings::sources::teamtailor::parse_rss(&text, "https://fuzz.teamtailor.com/jobs.rss");
});
