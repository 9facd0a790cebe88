//! What ships is what was tested: every template, on every paper, with data of every kind, read back.

mod arbitrary;
mod engine;
mod others;
mod samples;
mod shipped;
