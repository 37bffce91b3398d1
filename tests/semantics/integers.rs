//! Integers: wrapping, division, casts, loops without a turn.

use gradgen::gradgen;

use crate::against_differences;

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn ints(x: &[f64; 3]) -> f64 {
    let a = -7;
    let b = 3;
    let c = a / b * 10 + a % b;
    let k = (c + 24) as usize;
    let m = (3usize - 2usize) as f64;
    let big = 2147483647i32;
    let w = big - 1;
    x[0] * c as f64 + x[1] * k as f64 + x[2] * w as f64 * 1e-9 + m * 1e-19 * x[0]
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn ints2(x: &[f64; 3]) -> f64 {
    let mut k = 0;
    let mut acc = 0.0;
    for i in 0..6 {
        if i % 2 == 0 {
            k += i;
        } else {
            k -= 1;
        }
        let j = ((k + 6) % 3) as usize;
        acc += x[j] * (i as f64 + 0.5) * (k as f64);
    }
    let mut m = 1;
    m *= -3;
    m /= 2;
    m %= 2;
    m = -m;
    let p = 3i32.min(k).max(1).abs();
    acc + m as f64 * x[0] + p as f64 * x[1]
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn casts(x: &[f64; 3]) -> f64 {
    let k = (x[0] * 3.0) as i32;
    let u = (x[1].abs() * 2.0) as usize;
    let w = -1.5_f64 as usize;
    let b = (x[0] > 0.0) as usize;
    let n = f64::NAN as i32;
    let big = 1e20 as i32;
    x[0] * k as f64
        + x[1] * u as f64
        + w as f64
        + x[2] * b as f64
        + n as f64
        + (big as f64) * 1e-9 * x[1]
        + (k as usize as f64 * 0.0)
        + f64::from(k) * x[2]
        + 5 as f64
        + (-7 / 2) as f64 * x[0]
        + (7 % -4) as f64
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn cast_then_index(x: &[f64; 3]) -> f64 {
    let mut s = 0.0;
    for i in 0..3 {
        s += (i as f64) * x[i] * x[i];
    }
    s
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn zero_trip(x: &[f64; 3]) -> f64 {
    let mut s = x[0];
    for i in 3..3 {
        s = 0.0;
    }
    for i in 5..2 {
        s = 0.0;
    }
    for i in 1..=0 {
        s = 0.0;
    }
    for i in (2..1).rev() {
        s = 0.0;
    }
    for i in -2..=2 {
        s += x[1] * i as f64 * i as f64;
    }
    for i in (-3..0).rev() {
        s = s * 0.5 + x[2] * i as f64;
    }
    s * s
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn dynamic_like(x: &[f64; 3]) -> f64 {
    let mut a = [0.0; 4];
    let mut k = 0usize;
    for i in 0..3 {
        if i != 1 {
            a[k] = x[i];
            k += 1;
        }
    }
    a[k] = x[1];
    let r = &a;
    let rr = &r;
    let s = &r[1];
    rr[0] * *s + r[2] * a[2] + (*r)[0] * (**rr)[1]
}

/// Ends that belong to the range: up to the largest integer, backwards, and behind the start.
#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn inclusive(x: &[f64; 3]) -> f64 {
    let mut s = x[2];
    for i in 2147483646..2147483647 {
        for j in i..=i + 1 {
            s += x[(j - 2147483646) as usize] * x[1] * f64::from(j - i + 1);
        }
    }
    for i in (0..=2).rev() {
        s = s * 0.5 + x[i] * x[i];
    }
    for i in 1..=2 {
        for j in (i..=1).rev() {
            s += x[j] * x[i] * x[0];
        }
    }
    s
}

/// Takes integers of every type.
#[gradgen]
#[allow(clippy::too_many_arguments, reason = "one of each")]
fn scaled(x: f64, a: u8, b: u16, c: u32, d: u64, e: i8, f: i16, g: i64, h: isize) -> f64 {
    let n = f64::from(a) + f64::from(b) + f64::from(c) + d as f64;
    x * x * n - x.sin() * (f64::from(e) + f64::from(f) + g as f64 + h as f64)
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn handed_on(x: &[f64; 3]) -> f64 {
    let mut s = 0.0;
    for i in 0..3_u32 {
        s += scaled(x[i as usize], 1, 2, i, 3, -1, 4, 5, -2) * x[1];
    }
    s
}

against_differences!(ints, ints2, casts, cast_then_index, zero_trip, dynamic_like, inclusive, handed_on);
