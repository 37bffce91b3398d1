//! [`rosenbrock`](crate::kernels::rosenbrock) by hand: one loop, that carries what the neighbour adds.

/// Value and gradient.
pub fn gradient<const N: usize>(x: &[f64; N], d_x: &mut [f64; N]) -> f64 {
    let mut sum = 0.0;
    let mut carried = 0.0;
    for i in 0..N - 1 {
        let along = x[i + 1] - x[i] * x[i];
        let across = 1.0 - x[i];
        sum += 100.0 * along * along + across * across;
        let d_along = 200.0 * along;
        d_x[i] = carried - 2.0 * (x[i] * d_along + across);
        carried = d_along;
    }
    d_x[N - 1] = carried;
    sum
}
