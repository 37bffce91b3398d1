//! [`diffusion`](crate::kernels::diffusion) over any number.

use super::Number;

/// `[u0, conductivity]`.
pub fn diffusion<D: Number, const N: usize>(inputs: &[D], target: &[f64; N], h: f64, steps: usize) -> D {
    let (u0, conductivity) = inputs.split_at(N);
    let mut u: [D; N] = std::array::from_fn(|i| u0[i]);
    let mut ratio = [D::constant(0.0); N];
    for _ in 0..steps {
        for i in 0..N {
            let r = conductivity[i] * (u[i] * u[i] + 1.0) * h;
            if i == 0 {
                let pivot = r * 2.0 + 1.0;
                ratio[0] = r / pivot;
                u[0] /= pivot;
            } else {
                let pivot = r * 2.0 + 1.0 - r * ratio[i - 1];
                ratio[i] = r / pivot;
                u[i] = (u[i] + r * u[i - 1]) / pivot;
            }
        }
        for i in (0..N - 1).rev() {
            u[i] += ratio[i] * u[i + 1];
        }
    }
    u.iter()
        .zip(target)
        .fold(D::constant(0.0), |sum, (u, target)| sum + (*u - *target) * (*u - *target) * 0.5)
}
