//! Any bytes are a JSON Resume or are refused, without a panic; what is read stays the same when written and read again.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(imported) = resume::json::read(bytes) {
        let written = resume::json::write(&imported.resume);
        assert!(resume::json::problems(&written).is_empty());
        let again = resume::json::read(written.to_string().as_bytes()).expect("our own document is read");
        assert_eq!(again.resume, imported.resume);
    }
});
