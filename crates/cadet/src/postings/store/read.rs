//! Reading postings.
