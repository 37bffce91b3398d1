//! Results that may be absent, jumps, and integers that may overflow.

use gradgen::gradgen;

/// Absent where a root is.
#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
pub fn guarded(x: &[f64; 3]) -> Option<f64> {
    let root = |v: f64| if v > 0.0 { Some(v.sqrt()) } else { None };
    let y = root(x[0] + 1.0)? * x[1];
    let Some(z) = root(x[2] * x[2]) else { return None };
    let mut sum = y * z;
    for i in 0..3 {
        if x[i] > 4.0 {
            return None;
        }
        sum += root(x[i] + 2.0).unwrap_or(x[i]);
    }
    Some(sum)
}

/// With an error of the user's.
#[gradgen(gradient, hvp)]
pub fn refused(x: &[f64; 2]) -> Result<f64, i32> {
    if x[0] < 0.0 {
        return Err(3);
    }
    Ok(x[0].sqrt() * x[1])
}

/// Assertions and `unwrap`: errors in siblings.
#[gradgen(gradient, hvp)]
pub fn asserted(x: &[f64], at: usize) -> f64 {
    assert!(x.len() > 2, "three numbers at least");
    let first = x.first().copied().unwrap();
    let near = x.get(at).copied().unwrap_or(first);
    first * near.exp() * x[at / 2]
}

/// A `while` with a bound, which leaves early.
#[gradgen(gradient, hvp)]
pub fn newton(a: f64, start: f64) -> f64 {
    let mut y = start;
    let mut turns = 0;
    #[gradgen::bound(30)]
    while (y * y - a).abs() > 1e-12 {
        y -= (y * y - a) / (2.0 * y);
        turns += 1;
        if turns > 25 {
            break;
        }
    }
    y
}

/// Integers from outside, with all operators.
#[gradgen(gradient, hvp)]
pub fn integers(x: &[f64], n: usize, k: i32, small: u8) -> f64 {
    let mut sum = 0.0;
    let step = (n * 3 + 1) % 7;
    for i in 0..n {
        if i + step < x.len() {
            sum += x[i + step] * x[i] * ((k - i as i32) as f64);
        }
    }
    sum * (small as f64 + (n >> 1) as f64) * (k / 3) as f64
}

/// Indices from outside.
#[gradgen(gradient, hvp)]
pub fn gathered(x: &[f64], indices: &[usize]) -> f64 {
    indices.iter().map(|&i| x[i].sin() * x[i / 2]).sum()
}
