//! Derivatives by hand against dual numbers and differences; values against the kernel's bits.

use num_dual::Dual64;

use gradgen_benchmarks::dual::{duals, gradient};

/// A scalar function, at a point.
pub(crate) fn scalar(
    x: &[f64],
    kernel: impl Fn(&[f64]) -> f64,
    dual: impl Fn(&[Dual64]) -> Dual64,
    hand: impl Fn(&[f64]) -> (f64, Vec<f64>),
) {
    let (value, by_hand) = hand(x);
    assert_eq!(value.to_bits(), kernel(x).to_bits(), "{value} is not {}", kernel(x));
    let mut exact = vec![0.0; x.len()];
    near("the dual value", &[gradient(dual, &mut duals(x), &mut exact)], &[value], 1e-12);
    near("dual", &by_hand, &exact, 1e-11);
    near("differences", &by_hand, &differences(x, kernel), 2e-6);
}

/// A function with several results, contracted with a cotangent.
pub(crate) fn contracted(
    x: &[f64],
    cotangent: &[f64],
    kernel: impl Fn(&[f64]) -> Vec<f64>,
    dual: impl Fn(&[Dual64], &mut [Dual64]),
    hand: impl Fn(&[f64]) -> (Vec<f64>, Vec<f64>),
) {
    let contract = |y: &[f64]| y.iter().zip(cotangent).map(|(y, c)| y * c).sum::<f64>();
    let (values, _) = hand(x);
    assert_eq!(values, kernel(x));
    let sum = |x: &[Dual64]| {
        let mut y = duals(cotangent);
        dual(x, &mut y);
        y.iter().zip(cotangent).map(|(y, c)| *y * *c).fold(Dual64::from_re(0.0), |sum, term| sum + term)
    };
    scalar(
        x,
        |x| contract(&kernel(x)),
        sum,
        |x| {
            let (values, vjp) = hand(x);
            (contract(&values), vjp)
        },
    );
}

/// Central differences.
pub(crate) fn differences(x: &[f64], f: impl Fn(&[f64]) -> f64) -> Vec<f64> {
    let at = |i: usize, step: f64| {
        let mut x = x.to_vec();
        x[i] += step;
        f(&x)
    };
    let h = 1e-5;
    (0..x.len()).map(|i| (at(i, h) - at(i, -h)) / (2.0 * h)).collect()
}

/// Whether numbers agree, relative to their own size and that of the largest of them.
pub(crate) fn near(what: &str, got: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(got.len(), expected.len());
    let largest = expected.iter().fold(1e-3_f64, |largest, x| largest.max(x.abs()));
    for (i, (got, expected)) in got.iter().zip(expected).enumerate() {
        let limit = tolerance * (largest + expected.abs());
        assert!((got - expected).abs() <= limit, "{what}, at {i}: {got}, expected {expected}");
    }
}

/// The parts of a slice, as arrays of the lengths that are wanted.
pub(crate) fn split<const A: usize, const B: usize>(x: &[f64]) -> ([f64; A], [f64; B]) {
    assert_eq!(x.len(), A + B);
    (std::array::from_fn(|i| x[i]), std::array::from_fn(|i| x[A + i]))
}

/// A slice by rows.
pub(crate) fn rows<const R: usize, const C: usize>(x: &[f64]) -> [[f64; C]; R] {
    assert_eq!(x.len(), R * C);
    std::array::from_fn(|r| std::array::from_fn(|c| x[r * C + c]))
}
