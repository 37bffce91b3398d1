//! The procedural macros of gradgen.
