//! What alert mails say, and what is not taken for it.

mod links;
mod reading;
mod samples;
