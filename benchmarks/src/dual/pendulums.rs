//! [`pendulums`](crate::kernels::pendulums) over any number.

use super::Number;
use crate::kernels::pendulums::STEP;

fn dynamics<D: Number>(x: &[D; 4], p: &[D; 3]) -> [D; 4] {
    let spring = p[1] * (x[0] - x[2]);
    [x[1], -p[0] * x[0].sin() - spring - p[2] * x[1], x[3], -p[0] * x[2].sin() + spring - p[2] * x[3]]
}

/// `[x0, p]`.
pub fn ode<D: Number>(inputs: &[D], steps: usize) -> D {
    let (mut x, p) = ([inputs[0], inputs[1], inputs[2], inputs[3]], [inputs[4], inputs[5], inputs[6]]);
    let h = STEP;
    for _ in 0..steps {
        let after = |k: &[D; 4], h: f64| std::array::from_fn(|i| x[i] + k[i] * h);
        let k1 = dynamics(&x, &p);
        let k2 = dynamics(&after(&k1, 0.5 * h), &p);
        let k3 = dynamics(&after(&k2, 0.5 * h), &p);
        let k4 = dynamics(&after(&k3, h), &p);
        x = std::array::from_fn(|i| x[i] + (k1[i] + k2[i] * 2.0 + k3[i] * 2.0 + k4[i]) * (h / 6.0));
    }
    x[0] * x[0] + x[1] * x[1] + x[2] * x[2] + x[3] * x[3]
}
