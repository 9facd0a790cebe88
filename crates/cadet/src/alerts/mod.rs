//! Alerts: saved searches that tell their owner what is new, by feed, mail or webhook.

pub mod commands;
pub mod demo;
