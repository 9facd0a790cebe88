//! The reader that works out a reading order from where the letters stand.

use pdf_oxide::PdfDocument;

/// The text of each page.
pub fn pages(bytes: &[u8]) -> Result<Vec<String>, String> {
    let told = |error: pdf_oxide::Error| error.to_string();
    let document = PdfDocument::from_bytes(bytes.to_vec()).map_err(told)?;
    let count = document.page_count().map_err(told)?;
    (0..count)
        .map(|page| document.extract_text(page).map_err(told))
        .collect()
}
