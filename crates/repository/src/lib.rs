//! What a Git repository tells about the work of one author in it.
