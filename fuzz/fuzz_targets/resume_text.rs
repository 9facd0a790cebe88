//! Any bytes are understood or refused as Markdown or plain text, without a panic.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = resume::markdown::read(bytes);
});
