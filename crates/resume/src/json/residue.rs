//! Leftovers of templates: the sample person and the sample project of the schema itself, and placeholders.

/// Texts of the schema's own sample, in small letters. Each is invented there and stands in no real resume.
const SAMPLE: [&str; 22] = [
    "richard hendriks",
    "richard.hendriks@mail.com",
    "http://richardhendricks.example.com",
    "pied piper",
    "http://piedpiper.example.com",
    "awesome compression company",
    "successfully won techcrunch disrupt",
    "http://coderdojo.example.com/",
    "awarded 'teacher of the month'",
    "digital compression pioneer award",
    "there is no spoon.",
    "video compression for 3d media",
    "innovative middle-out compression algorithm that changes the way we store data.",
    "erlich bachman",
    "miss direction",
    "a mapping engine that misguides you",
    "won award at aihacks 2016",
    "built by all women team of newbie programmers",
    "http://missdirection.example.com",
    "smoogle",
    "neutralthoughts",
    "dandymusicnl",
];

/// Beginnings of longer texts of the sample, and of texts that fill a place in templates.
const BEGINNINGS: [&str; 12] = [
    "richard hails from tulsa",
    "pied piper is a multi-platform technology",
    "build an algorithm for artist to detect",
    "optimized an algorithm that holds the current world record for weisman",
    "using modern technologies such as googlemaps",
    "it is my pleasure to recommend richard",
    "lorem ipsum",
    "your name",
    "[your ",
    "<your ",
    "company name",
    "insert your ",
];

/// Whether a text is a leftover of a template.
pub fn is_residue(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    SAMPLE.contains(&text.as_str()) || BEGINNINGS.iter().any(|start| text.starts_with(start))
}
