//! Any bytes are read or refused as DOCX, LinkedIn export or Europass XML, without a panic.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = resume::read("fuzz.docx", bytes);
    let _ = resume::docx::read(bytes);
    let _ = resume::linkedin::read("fuzz.zip", bytes);
    let _ = resume::europass::read(bytes);
});
