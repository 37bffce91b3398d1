//! [`diffusion`](crate::kernels::diffusion) by hand.

/// What is kept of a step, for a point: temperature before the step and after elimination, ratio and pivot.
#[derive(Clone, Copy, Debug, Default)]
pub struct Point {
    before: f64,
    eliminated: f64,
    ratio: f64,
    pivot: f64,
}

/// Value and gradient after as many steps as there are records.
pub fn gradient<const N: usize>(
    u0: &[f64; N],
    conductivity: &[f64; N],
    target: &[f64; N],
    h: f64,
    d_u0: &mut [f64; N],
    d_conductivity: &mut [f64; N],
    tape: &mut [[Point; N]],
) -> f64 {
    let mut u = *u0;
    for record in tape.iter_mut() {
        step(&mut u, conductivity, h, record);
    }
    let mut misfit = 0.0;
    let mut d = [0.0; N];
    for ((u, target), d) in u.iter().zip(target).zip(&mut d) {
        *d = u - target;
        misfit += 0.5 * *d * *d;
    }
    *d_conductivity = [0.0; N];
    for record in tape.iter().rev() {
        step_adjoint(&mut u, conductivity, h, record, &mut d, d_conductivity);
    }
    *d_u0 = d;
    misfit
}

#[inline]
fn step<const N: usize>(u: &mut [f64; N], conductivity: &[f64; N], h: f64, record: &mut [Point; N]) {
    // Before the first point is a wall at 0.
    let (mut ratio, mut eliminated) = (0.0, 0.0);
    for ((u, c), point) in u.iter().zip(conductivity).zip(record.iter_mut()) {
        let r = h * c * (1.0 + u * u);
        let pivot = 1.0 + 2.0 * r - r * ratio;
        ratio = r / pivot;
        eliminated = (u + r * eliminated) / pivot;
        *point = Point { before: *u, eliminated, ratio, pivot };
    }
    let mut after = 0.0;
    for (u, point) in u.iter_mut().zip(record.iter()).rev() {
        after = point.eliminated + point.ratio * after;
        *u = after;
    }
}

/// `u` is what the step yielded, and becomes what it started from; so its cotangent.
#[inline]
fn step_adjoint<const N: usize>(
    u: &mut [f64; N],
    conductivity: &[f64; N],
    h: f64,
    record: &[Point; N],
    d: &mut [f64; N],
    d_conductivity: &mut [f64; N],
) {
    // Substitution: cotangents of the eliminated go from left to right.
    let mut d_ratio = [0.0; N];
    for i in 1..N {
        d_ratio[i - 1] = d[i - 1] * u[i];
        d[i] += record[i - 1].ratio * d[i - 1];
    }
    // Elimination: from right to left, with what the right neighbour read of this point.
    let (mut d_ratio_right, mut d_right) = (0.0, 0.0);
    for i in (0..N).rev() {
        let Point { before, eliminated, ratio, pivot } = record[i];
        let (ratio_left, left) =
            if i > 0 { (record[i - 1].ratio, record[i - 1].eliminated) } else { (0.0, 0.0) };
        let inverse = 1.0 / pivot;
        let warm = 1.0 + before * before;
        let r = h * conductivity[i] * warm;
        let (sum, quotient) = (d[i] + d_right, d_ratio[i] + d_ratio_right);
        // The left neighbour waits for products and a sum only.
        let by = r * inverse;
        d_right = by * sum;
        d_ratio_right = by * eliminated * sum + by * ratio * quotient;
        let (d_sum, d_quotient) = (sum * inverse, quotient * inverse);
        let d_pivot = -(eliminated * d_sum + ratio * d_quotient);
        let d_r = left * d_sum + d_quotient + (2.0 - ratio_left) * d_pivot;
        d_conductivity[i] += h * warm * d_r;
        d[i] = d_sum + 2.0 * h * conductivity[i] * before * d_r;
        u[i] = before;
    }
}
