//! Any bytes are read or refused by the bamboohr parsers, without a panic.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = cadet::fetch::decode(bytes, None);
    let _ = cadet::postings::sources::bamboohr::parse(&text, "https://fuzz.bamboohr.com");
    let _ = cadet::postings::sources::bamboohr::merge_detail(&mut Default::default(), &text);
});
