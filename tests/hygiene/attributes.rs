//! Attributes and documentation on the user's function, parameters of all kinds.

use gradgen::gradgen;

/// A polynomial.
///
/// With a [link](https://example.org) and `code`.
#[gradgen(gradient)]
#[inline]
#[must_use]
#[doc = "More."]
#[allow(clippy::many_single_char_names, reason = "mathematics")]
const fn polynomial(x: f64) -> f64 {
    x * x * x
}

const CUBE: f64 = polynomial(2.0);

#[test]
fn attributes_stay_and_constant_functions_are_constant() {
    assert_eq!(CUBE.to_bits(), 8.0_f64.to_bits());
    assert_eq!(polynomial_grad(2.0).to_bits(), 12.0_f64.to_bits());
    let info = <polynomial as gradgen::Differentiable>::INFO;
    assert_eq!(info.doc, "A polynomial.\n\nWith a [link](https://example.org) and `code`.\nMore.");
}

// The condition holds for the siblings, wherever it stands.
#[gradgen(gradient)]
#[cfg(not(any()))]
fn chosen(x: f64) -> f64 {
    2.0 * x
}

#[gradgen(gradient)]
#[cfg(any())]
fn chosen(x: f64) -> f64 {
    3.0 * x
}

#[cfg(any())]
#[gradgen(gradient)]
fn chosen(x: f64) -> f64 {
    4.0 * x
}

#[gradgen(gradient)]
#[cfg_attr(any(), inline)]
#[cfg_attr(not(any()), must_use)]
#[cfg(not(any()))]
fn twice(x: f64) -> f64 {
    2.0 * x
}

#[test]
fn conditions_hold_for_siblings() {
    assert_eq!((chosen(1.0).to_bits(), chosen_grad(1.0).to_bits()), (2.0_f64.to_bits(), 2.0_f64.to_bits()));
    assert_eq!((twice(1.0).to_bits(), twice_grad(1.0).to_bits()), (2.0_f64.to_bits(), 2.0_f64.to_bits()));
}

#[gradgen(gradient)]
fn annotated(#[allow(unused_mut, reason = "tested")] mut x: f64) -> f64 {
    #[allow(clippy::let_and_return, reason = "tested")]
    let y = x * x;
    y
}

#[gradgen(gradient)]
fn references<'a, 'b: 'a>(x: &'static [f64; 2], mut k: i32, n: &'a usize, flag: &'b bool) -> f64 {
    k += 1;
    if *flag { x[0] * x[1] * f64::from(k) } else { x[0] * *n as f64 }
}

#[gradgen(gradient(*))]
#[allow(clippy::too_many_arguments, reason = "tested")]
fn many(a: f64, b: f64, c: f64, d: f64, e: f64, f: f64, g: f64, h: f64, i: f64) -> f64 {
    a * b * c * d * e * f * g * h * i
}

#[test]
fn parameters_of_all_kinds() {
    assert_eq!(annotated_grad(3.0).to_bits(), 6.0_f64.to_bits());
    assert_eq!(
        references_grad(&[2.0, 3.0], 1, &1, &true).map(f64::to_bits),
        [6.0_f64, 4.0].map(f64::to_bits)
    );
    assert_eq!(references(&[2.0, 3.0], 1, &1, &true).to_bits(), 12.0_f64.to_bits());
    assert_eq!(annotated(3.0).to_bits(), 9.0_f64.to_bits());
    assert_eq!(many_grad(1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 5.0).0.to_bits(), 5.0_f64.to_bits());
    assert_eq!(many(1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 5.0).to_bits(), 5.0_f64.to_bits());
}
