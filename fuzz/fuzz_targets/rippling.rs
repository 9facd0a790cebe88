//! Any bytes are read or refused by the rippling parsers, without a panic.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = cadet::fetch::decode(bytes, None);
    let _ = cadet::postings::sources::rippling::parse(&text, "fuzz");
    let _ = cadet::postings::sources::rippling::merge_detail(&mut Default::default(), &text);
});
