//! [`triangular`](crate::kernels::triangular) over any number.

use super::Number;

/// `[l, b]`.
pub fn triangular<D: Number>(inputs: &[D], x: &mut [D]) {
    let n = x.len();
    let (l, b) = inputs.split_at(n * n);
    for i in 0..n {
        let row = &l[i * n..];
        let rest = row[..i].iter().zip(x.iter()).fold(b[i], |rest, (l, x)| rest - *l * *x);
        x[i] = rest / row[i];
    }
}
