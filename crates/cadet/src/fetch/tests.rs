//! The client against sites that behave and sites that do not.

mod guarding;
mod misbehaving;
mod politeness;
mod reading;
