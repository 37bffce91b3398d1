//! [`van_der_pol`](crate::kernels::van_der_pol) over any number.

use super::Number;
use crate::kernels::van_der_pol::STEPS;

/// `[x0, mu]`.
pub fn van_der_pol<D: Number>(inputs: &[D]) -> D {
    let [mut a, mut b, mu] = [inputs[0], inputs[1], inputs[2]];
    for _ in 0..STEPS {
        let rate = mu * (-a * a + 1.0) * b - a;
        (a, b) = (a + b * 0.01, b + rate * 0.01);
    }
    a * a + b * b
}
