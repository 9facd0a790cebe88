//! Any bytes are read or refused as alert mails, without a panic.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = cadet::postings::sources::mail::parse(bytes, None);
});
