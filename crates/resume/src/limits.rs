//! How much of a file is read at the most, so that any file ends in bounded time and memory.

/// The most bytes of a file.
pub const FILE_BYTES: usize = 25 * 1024 * 1024;
/// The most pages of a document.
pub const PAGES: usize = 60;
/// The most bytes to which the parts of a ZIP that are read may expand, together.
pub const EXPANDED_BYTES: u64 = 60 * 1024 * 1024;
/// The most times that a part of a ZIP may be larger than it is packed, once it is larger than [`RATIO_FROM`].
pub const RATIO: u64 = 200;
/// The size in bytes from which [`RATIO`] counts.
pub const RATIO_FROM: u64 = 1024 * 1024;
/// The most parts of a ZIP.
pub const PARTS: usize = 2_000;
/// The most lines of text that are understood.
pub const LINES: usize = 20_000;
/// The most entries of one section.
pub const ENTRIES: usize = 1_000;
/// The most bytes of JSON.
pub const JSON_BYTES: usize = 10 * 1024 * 1024;
/// The most pieces of text on one page of a PDF.
pub const SPANS: usize = 20_000;
/// The most elements of an XML file.
pub const XML_EVENTS: usize = 500_000;
/// The deepest nesting of an XML file.
pub const XML_DEPTH: usize = 100;
/// The most bytes of drawing instructions of one page of a PDF.
pub const PAGE_BYTES: usize = 8 * 1024 * 1024;
/// The most arrays and dictionaries that one object or stream of a PDF opens.
pub const NESTING: usize = 100_000;
/// The stack in bytes for reading a file: enough for [`NESTING`] levels. Only what is used of it is taken.
pub const STACK_BYTES: usize = 512 * 1024 * 1024;
/// The most bytes that are unpacked to look at what nests in a PDF.
pub const INFLATED_BYTES: u64 = 200 * 1024 * 1024;
