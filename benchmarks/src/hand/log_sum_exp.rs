//! [`log_sum_exp`](crate::kernels::log_sum_exp) by hand: the exponentials are the gradient, but for
//! their sum.

/// Value and gradient. The derivatives of the largest cancel.
pub fn gradient(x: &[f64], d_x: &mut [f64]) -> f64 {
    let largest = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut sum = 0.0;
    for (x, d_x) in x.iter().zip(d_x.iter_mut()) {
        *d_x = (x - largest).exp();
        sum += *d_x;
    }
    let scale = 1.0 / sum;
    for d_x in d_x {
        *d_x *= scale;
    }
    largest + sum.ln()
}
