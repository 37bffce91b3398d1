//! Generated code beside whatever the user has there: names, scopes, macros, visibilities.
#![forbid(unsafe_code)]
#![deny(warnings, unused, unused_qualifications, unreachable_pub, clippy::all)]

mod attributes;
mod constants;
mod crates;
mod names;
mod rules;
mod scopes;

/// Whether a number is what differences of a function say, to their accuracy.
#[track_caller]
fn assert_slope(derivative: f64, at: f64, function: impl Fn(f64) -> f64) {
    let step = 1e-4;
    let difference = |step: f64| (function(at + step) - function(at - step)) / (2.0 * step);
    let slope = (4.0 * difference(step / 2.0) - difference(step)) / 3.0;
    let error = (derivative - slope).abs();
    assert!(error <= 1e-8 * (1.0 + slope.abs()), "the derivative is {slope}, not {derivative}");
}
