//! Any bytes are read or refused by the breezy parsers, without a panic.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = cadet::fetch::decode(bytes, None);
    let _ = cadet::postings::sources::breezy::parse(&text, "https://fuzz.breezy.hr");
    let at = url::Url::parse("https://fuzz.breezy.hr/p/1").expect("the address is well-formed");
    let _ = cadet::postings::sources::breezy::merge_page(&mut Default::default(), &text, &at);
});
