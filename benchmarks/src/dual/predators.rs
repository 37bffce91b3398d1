//! [`predators`](crate::kernels::predators) over any number.

use super::Number;

/// `[x0, p]`.
pub fn predators<D: Number>(inputs: &[D], steps: usize) -> D {
    let p = &inputs[2..];
    let rate = |x: [D; 2]| [x[0] * (p[0] - p[1] * x[1]), x[1] * (p[2] * x[0] - p[3])];
    let h = 1.0 / steps as f64;
    let mut x = [inputs[0], inputs[1]];
    for _ in 0..steps {
        let after = |k: [D; 2], h: f64| [x[0] + k[0] * h, x[1] + k[1] * h];
        let k1 = rate(x);
        let k2 = rate(after(k1, 0.5 * h));
        let k3 = rate(after(k2, 0.5 * h));
        let k4 = rate(after(k3, h));
        x = std::array::from_fn(|i| x[i] + (k1[i] + k2[i] * 2.0 + k3[i] * 2.0 + k4[i]) * (h / 6.0));
    }
    let off = [x[0] - p[3] / p[2], x[1] - p[0] / p[1]];
    off[0] * off[0] + off[1] * off[1]
}
