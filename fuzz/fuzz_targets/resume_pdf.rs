//! Any bytes after the header of a PDF are read or refused, without a panic.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut file = b"%PDF-1.7\n".to_vec();
    file.extend_from_slice(bytes);
    let _ = resume::read("fuzz.pdf", bytes);
    let _ = resume::read("fuzz.pdf", &file);
});
