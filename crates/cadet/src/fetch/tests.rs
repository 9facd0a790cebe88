//! The client against sites that behave and sites that do not.

mod asking;
mod guarding;
mod misbehaving;
mod politeness;
mod reading;
