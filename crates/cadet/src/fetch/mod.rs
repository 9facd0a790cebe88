//! Fetch: the one polite and careful HTTP client through which every request to the outside goes.
