//! Any bytes are read as a sitemap, without a panic.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = cadet::fetch::decode(bytes, None);
    let base = url::Url::parse("https://example.com/sitemap.xml").expect("the address is well-formed");
    let _ = cadet::postings::sources::jsonld::parse_sitemap(&text, &base);
});
