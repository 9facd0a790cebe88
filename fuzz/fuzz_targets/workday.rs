//! Any bytes are read or refused by the workday parsers, without a panic.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = cadet::fetch::decode(bytes, None);
    let now = cadet::clock::Timestamp(1_795_000_000_000);
    let page = url::Url::parse("https://fuzz.wd5.myworkdayjobs.com/Careers").expect("an address");
    let _ = cadet::postings::sources::workday::parse(&text, &page, now);
    let _ = cadet::postings::sources::workday::merge_detail(&mut Default::default(), &text, now);
});
