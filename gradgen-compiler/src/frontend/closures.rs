//! Closures, and functions inside of the body: they are run where they are called.

/// A closure that is not run yet.
pub(super) struct Closure {}
