//! [`predators`](crate::kernels::predators) by hand.

/// What is kept of a step: the states of its stages.
pub type Record = [[f64; 2]; 4];

/// Value and gradient after as many steps as there are records.
pub fn gradient(
    x0: &[f64; 2],
    p: &[f64; 4],
    d_x0: &mut [f64; 2],
    d_p: &mut [f64; 4],
    tape: &mut [Record],
) -> f64 {
    let h = 1.0 / tape.len() as f64;
    let mut x = *x0;
    for record in tape.iter_mut() {
        let k1 = rate(x, p);
        let second = after(x, 0.5 * h, k1);
        let k2 = rate(second, p);
        let third = after(x, 0.5 * h, k2);
        let k3 = rate(third, p);
        let fourth = after(x, h, k3);
        let k4 = rate(fourth, p);
        *record = [x, second, third, fourth];
        let sum = |i: usize| k1[i] + 2.0 * k2[i] + 2.0 * k3[i] + k4[i];
        x = after(x, h / 6.0, [sum(0), sum(1)]);
    }
    let off = [x[0] - p[3] / p[2], x[1] - p[0] / p[1]];
    let mut d = [2.0 * off[0], 2.0 * off[1]];
    *d_p = [-d[1] / p[1], d[1] * p[0] / (p[1] * p[1]), d[0] * p[3] / (p[2] * p[2]), -d[0] / p[2]];
    for [first, second, third, fourth] in tape.iter().rev() {
        let sixth = [h / 6.0 * d[0], h / 6.0 * d[1]];
        let double = [2.0 * sixth[0], 2.0 * sixth[1]];
        let d_4 = rate_adjoint(*fourth, p, sixth, d_p);
        let d_3 = rate_adjoint(*third, p, after(double, h, d_4), d_p);
        let d_2 = rate_adjoint(*second, p, after(double, 0.5 * h, d_3), d_p);
        let d_1 = rate_adjoint(*first, p, after(sixth, 0.5 * h, d_2), d_p);
        let sum = |i: usize| d[i] + d_4[i] + d_3[i] + d_2[i] + d_1[i];
        d = [sum(0), sum(1)];
    }
    *d_x0 = d;
    off[0] * off[0] + off[1] * off[1]
}

fn after(x: [f64; 2], h: f64, rate: [f64; 2]) -> [f64; 2] {
    [x[0] + h * rate[0], x[1] + h * rate[1]]
}

fn rate(x: [f64; 2], p: &[f64; 4]) -> [f64; 2] {
    [x[0] * (p[0] - p[1] * x[1]), x[1] * (p[2] * x[0] - p[3])]
}

fn rate_adjoint(x: [f64; 2], p: &[f64; 4], d: [f64; 2], d_p: &mut [f64; 4]) -> [f64; 2] {
    let (d_growth, d_decay) = (x[0] * d[0], x[1] * d[1]);
    d_p[0] += d_growth;
    d_p[1] -= x[1] * d_growth;
    d_p[2] += x[0] * d_decay;
    d_p[3] -= d_decay;
    // The cotangents wait for a product and a sum only.
    let (growth, decay) = (p[0] - p[1] * x[1], p[2] * x[0] - p[3]);
    let (eaten, fed) = (p[1] * x[0], p[2] * x[1]);
    [growth * d[0] + fed * d[1], decay * d[1] - eaten * d[0]]
}
