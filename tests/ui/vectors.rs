//! Arrays whose length is an expression, and methods that write to arrays.
use gradgen::gradgen;

#[gradgen]
fn lengths(x: &[f64], index: &[usize], n: usize, m: usize) -> f64 {
    let by_value = vec![0.0; index[0]];
    let mut s = by_value[0];
    for i in 0..n {
        let by_loop = vec![0.0; i];
        s += by_loop[0];
    }
    let by_quotient = vec![0.0; n / 2];
    let rows = vec![vec![0.0; m]; n];
    let integers = vec![0_usize; n];
    let flags = vec![false; x.len()];
    let mut v = vec![0.0; n];
    v.push(x[0]);
    s + by_quotient[0] + rows[0][0] + v[integers[0]] + if flags[0] { 1.0 } else { 0.0 }
}

#[gradgen(gradient)]
fn generic<const N: usize, const M: usize>(x: &[f64; N], y: &[f64; M]) -> f64 {
    let both = vec![0.0; N + M];
    both[0] + x[0] + y[0]
}

#[gradgen]
fn methods(x: &[f64], y: &mut [f64], n: usize) -> f64 {
    let mut b = vec![1.0; n];
    b.copy_from_slice(x);
    y.copy_from_slice(&b);
    let mut c = [0.0; 2];
    c.clone_from_slice(&[1.0; 3]);
    b.resize(3, 0.0);
    b[0] + c[0]
}

fn main() {
    let _ = generic_grad(&[1.0; 4], &[1.0; 3]);
}
