//! Any bytes are read or refused by the smartrecruiters parsers, without a panic.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = cadet::fetch::decode(bytes, None);
    let at = url::Url::parse("https://careers.smartrecruiters.com/fuzz").expect("an address");
    let _ = cadet::postings::sources::smartrecruiters::parse_list(&text, &at, "fuzz");
    let _ = cadet::postings::sources::smartrecruiters::merge_page(&mut Default::default(), &text, &at);
    let _ = cadet::postings::sources::smartrecruiters::parse_api(&text, "fuzz");
    let _ = cadet::postings::sources::smartrecruiters::merge_detail(&mut Default::default(), &text);
});
