//! What the macro does not understand, though rustc does.

use gradgen::gradgen;


#[gradgen(gradient)]
fn wide(x: f64) -> f64 {
    let n = 3_i128;
    x * n as f64
}

#[gradgen(gradient)]
fn bits(x: &[f64; 4], n: usize) -> f64 {
    x[0] * (n ^ 2) as f64
}

#[gradgen(gradient)]
fn shifted_by_values(x: &[f64; 4], n: usize, k: usize) -> f64 {
    x[0] * (n << k) as f64
}

#[gradgen(gradient)]
fn collected_pairs(x: &[f64; 4]) -> f64 {
    let pairs: Vec<(usize, f64)> = x.iter().map(|v| (1, *v)).collect();
    pairs[0].1
}

#[gradgen(gradient)]
fn dataset(x: &[f64; 4], n: &[usize]) -> f64 {
    let firsts: Vec<f64> = x.iter().take(n[0]).copied().collect();
    firsts.iter().sum()
}

#[gradgen(gradient)]
fn not_a_sequence(x: f64) -> f64 {
    let mut s = 0.0;
    for v in Some(x) {
        s += v;
    }
    s
}

#[gradgen(gradient)]
fn endless(x: &[f64; 3]) -> f64 {
    let mut s = 0.0;
    for i in 0_i32.. {
        if i == 3 {
            break;
        }
        s += x[i as usize];
    }
    s
}

#[gradgen(gradient)]
fn turbofished(x: f64) -> f64 {
    x.mul_add::<>(2.0, 1.0)
}

#[gradgen(gradient)]
fn made_elsewhere(x: f64) -> Option<f64> {
    let o = helper(x);
    o
}

fn helper(x: f64) -> Option<f64> {
    Some(x)
}

#[gradgen(gradient)]
fn lazy_error(x: f64) -> Result<f64, String> {
    if x > 0.0 { Ok(x) } else { Err(format!("{x}")) }
}

#[gradgen(gradient)]
fn kept_reference(x: f64) -> f64 {
    let mut a = x;
    let mut b = 2.0 * x;
    let c = if x > 0.0 { &mut a } else { &mut b };
    *c *= x;
    a + b
}

#[gradgen(gradient)]
fn integers_out(x: f64, n: &mut [usize; 2]) -> f64 {
    n[0] = 1;
    x
}

#[gradgen(gradient)]
fn flags(x: f64, on: &[bool; 2]) -> f64 {
    if on[0] { x } else { 2.0 * x }
}

#[gradgen(gradient)]
fn growing(x: f64) -> f64 {
    let mut v = Vec::new();
    v.push(x);
    v[0]
}

#[gradgen(gradient, limit = 10)]
fn large(x: &[f64; 3]) -> f64 {
    let mut s = x[0];
    for i in 0..3 {
        s = s.sin() * x[i] + s.cos() * x[(i + 1) % 3] + (s * x[(i + 2) % 3]).exp();
    }
    s
}

#[gradgen(gradient(x), unused = "error")]
fn unused(x: f64, w: f64) -> f64 {
    let _ = w;
    x * x
}

#[gradgen(gradient, default(w = 1.0), default(w = 2.0))]
fn defaults(x: f64, w: f64) -> f64 {
    x * w
}

#[gradgen(gradient, rename(w = "a"), rename(w = "b"))]
fn renamed(x: f64, w: f64) -> f64 {
    x * w
}

#[gradgen(gradient)]
fn asynchronous(x: f64) -> f64 {
    let _later = async { 1.0 };
    x
}

#[gradgen(gradient)]
fn text(x: f64) -> f64 {
    let name = "x";
    x * name.len() as f64
}

fn main() {}
