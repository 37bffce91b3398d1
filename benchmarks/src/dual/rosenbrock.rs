//! [`rosenbrock`](crate::kernels::rosenbrock) over any number.

use super::Number;

/// `x`.
pub fn rosenbrock<D: Number>(x: &[D]) -> D {
    let mut sum = D::constant(0.0);
    for pair in x.windows(2) {
        let along = pair[1] - pair[0] * pair[0];
        let across = -pair[0] + 1.0;
        sum += along * along * 100.0 + across * across;
    }
    sum
}
