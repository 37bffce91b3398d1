//! `match`, `matches!`, `if let`, `let else`, `while let` and chains of them.
#![allow(unused_qualifications, reason = "what a path says is what is tested")]

use gradgen::gradgen;

use crate::against_differences;

const HIGH: usize = 2;

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn integers(x: &[f64; 3]) -> f64 {
    let mut s = 1.0;
    for i in 0..9usize {
        s += match i {
            0 => x[0] * x[1],
            1 | 7 => x[2],
            k @ 2..=4 => x[1] * k as f64,
            5..7 => x[0].sin(),
            n if n % 2 == 0 => x[2] * s * 0.1,
            _ => 0.25,
        };
    }
    for i in 0..3 {
        s *= match i {
            self::HIGH => x[0],
            n => x[n],
        };
    }
    s
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn floats(x: &[f64; 3]) -> f64 {
    let y = match x[0] {
        v if v < -1.0 => v * x[1],
        v if v < 0.5 && x[1] > 0.0 => v * v * x[2],
        v => v.exp(),
    };
    match (x[1] > 0.0, x[2] > 0.0) {
        (true, true) => y * x[1],
        (true, false) => y + x[2] * x[1],
        (false, _) if y > 1.0 => y.ln(),
        (false, _) => y * x[2],
    }
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn leaves(x: &[f64; 3]) -> f64 {
    let n = (x[0].abs() * 3.0).floor() as i32;
    let y = match n {
        i32::MIN..=0 => return x[1] * x[2],
        1 | 2 => x[0] * x[1],
        3 => {
            if x[1] > 0.0 {
                return x[1].sqrt();
            }
            x[2]
        }
        m => x[2] * m as f64,
    };
    match x[2] > 0.0 {
        true => {}
        false => return y * y,
    }
    for i in 0..3 {
        match i {
            0 => continue,
            1 if x[1] > 1.0 => break,
            _ => {}
        }
        if y * x[i] > 3.0 {
            return y;
        }
    }
    y * x[0]
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn taken_apart(x: &[f64; 3]) -> f64 {
    let mut s = 0.0;
    for i in 0..4 {
        for j in 0..3 {
            s += match (i, j) {
                (0, 0) | (1, 1) => x[0],
                (0, k) => x[k] * x[k],
                (n @ 1..=2, 2) => x[n] * x[0],
                (3, _) => 0.5 * x[1],
                _ => continue,
            };
        }
    }
    match ([x[0] > 0.0, x[1] > 0.0], s) {
        ([true, false], s) => s * x[2],
        ([a, b], v) if a == b => v + x[0] * x[1],
        (_, v) => v * v,
    }
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn tests(x: &[f64; 3]) -> f64 {
    let mut s = x[0];
    for i in 0..6 {
        if matches!(i, 1 | 3..=4) {
            s *= x[1];
        } else if matches!(i, n if n > 4) || matches!((i, x[2] > 0.0), (0, true)) {
            s += x[2];
        }
    }
    s
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn options(x: &[f64; 3]) -> f64 {
    let root = |v: f64| if v > 0.0 { Some(v.sqrt()) } else { None };
    let mut s = 1.0;
    if let Some(r) = root(x[0]) {
        s += r * x[1];
    }
    if let Some(r) = root(x[1])
        && r > 0.5
        && let Some(q) = root(x[2] - 0.1)
    {
        s *= r * q;
    } else if let None = root(x[2]) {
        s -= x[2];
    }
    let Some(r) = root(s) else {
        return s * x[0];
    };
    s += match root(x[2]) {
        Some(q) if q > 1.0 => q * r,
        Some(q) => q,
        None => return r * x[1],
    };
    s
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn repeated(x: &[f64; 3]) -> f64 {
    let next = |v: f64| if v < 4.0 { Some(v * 1.5 + x[1] * x[1] * 0.01) } else { None };
    let mut v = x[0] * x[0] + 0.5;
    let mut s = 0.0;
    #[gradgen::bound(9)]
    while let Some(w) = next(v) {
        s += w * x[2];
        v = w;
    }
    let mut best: Option<f64> = None;
    for i in 0..3 {
        if best.is_none() || best.unwrap_or(0.0) < x[i] {
            best = Some(x[i]);
        }
    }
    if let Some(best) = best { s * best } else { s }
}

/// What is not finite in an arm that is not run poisons nothing.
#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn no_poison(x: &[f64; 3]) -> f64 {
    let root = if x[0] > 0.0 { Some(x[0].ln() / x[0].sqrt()) } else { None };
    let y = match root {
        Some(r) => r * r * r,
        None => x[1],
    };
    match x[1] {
        v if v > 0.0 => v.ln() * y,
        v => v * y,
    }
}

against_differences!(integers, floats, leaves, taken_apart, tests, options, no_poison);
crate::refusing_against_differences!(repeated);
