//! [`lattice`](crate::kernels::lattice) over any number.

use super::Number;

fn dynamics<D: Number>(x: &[D; 12], p: &[D]) -> [D; 12] {
    let place = |i: usize| if (1..=6).contains(&i) { x[i - 1] } else { D::constant(0.0) };
    let force: [D; 7] = std::array::from_fn(|i| {
        let stretch = place(i + 1) - place(i);
        p[0] * stretch + p[1] * stretch * stretch * stretch
    });
    std::array::from_fn(|i| if i < 6 { x[6 + i] } else { force[i - 5] - force[i - 6] - p[2] * x[i] })
}

/// `[x0, p]`.
pub fn lattice<D: Number>(inputs: &[D], steps: usize) -> D {
    let (mut x, p) = (std::array::from_fn(|i| inputs[i]), &inputs[12..]);
    let h = 0.01;
    for _ in 0..steps {
        let after = |k: &[D; 12], h: f64| std::array::from_fn(|i| x[i] + k[i] * h);
        let k1 = dynamics(&x, p);
        let k2 = dynamics(&after(&k1, 0.5 * h), p);
        let k3 = dynamics(&after(&k2, 0.5 * h), p);
        let k4 = dynamics(&after(&k3, h), p);
        x = std::array::from_fn(|i| x[i] + (k1[i] + k2[i] * 2.0 + k3[i] * 2.0 + k4[i]) * (h / 6.0));
    }
    x[6..].iter().fold(D::constant(0.0), |sum, speed| sum + *speed * *speed * 0.5)
}
