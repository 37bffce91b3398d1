//! A crate that denies every lint that a careful crate may deny, so that generated code has to be
//! clean: rustc's, clippy's default ones, its pedantic ones and its nursery.
//!
//! It knows gradgen by another name, and hands it on to other crates.

#![forbid(unsafe_code)]
#![deny(
    absolute_paths_not_starting_with_crate,
    ambiguous_negative_literals,
    elided_lifetimes_in_paths,
    explicit_outlives_requirements,
    future_incompatible,
    keyword_idents,
    let_underscore_drop,
    macro_use_extern_crate,
    meta_variable_misuse,
    missing_copy_implementations,
    missing_debug_implementations,
    missing_docs,
    nonstandard_style,
    non_ascii_idents,
    redundant_imports,
    redundant_lifetimes,
    rust_2018_idioms,
    rust_2024_compatibility,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unit_bindings,
    unnameable_types,
    unreachable_pub,
    unused,
    unused_crate_dependencies,
    unused_extern_crates,
    unused_import_braces,
    unused_lifetimes,
    unused_macro_rules,
    unused_qualifications,
    unused_results,
    variant_size_differences
)]

pub mod generic;
pub mod kernels;
pub mod mathematics;

pub use derivatives;

/// A function of one number whose derivative exists too, by a macro that other crates can use: they
/// need not know gradgen.
#[macro_export]
macro_rules! differentiable {
    ($(#[$meta:meta])* $visibility:vis fn $name:ident($input:ident) = $body:expr) => {
        $(#[$meta])*
        #[$crate::derivatives::gradgen(gradient, crate = $crate::derivatives)]
        #[must_use]
        $visibility fn $name($input: f64) -> f64 {
            $body
        }
    };
}
