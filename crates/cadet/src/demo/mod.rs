//! The sample world: invented employers, their openings, and a loopback server that plays their career sites.
//!
//! In: the data of `content/sample` and the present moment. Out: a [`World`] (pure, the same for the same moment) and
//! [`SampleSites`], which serves it in the wire formats of real applicant tracking systems, community lists, feeds and
//! career pages, so that the ordinary connectors can fetch from it without any internet.
//!
//! Invariants: the world is a function of its moment; a route never holds a large answer in memory; nothing but
//! the loopback interface is listened on; every text is invented.

pub mod commands;
mod compose;
mod content;
pub mod model;
mod oddities;
mod openings;
mod phrasing;
mod server;
mod sources;
mod streams;
mod traps;
mod voice;
mod wire;
pub mod world;

#[cfg(test)]
mod tests;

pub use server::SampleSites;
pub use sources::SampleSource;
pub use world::World;
