//! Variables and elements that change, and names that are used again.

use gradgen::gradgen;

/// Each `x` shadows the one before.
#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn shadowed(x: f64) -> f64 {
    let x = x * x;
    let y = x + 1.0;
    let x = x.sin() * y;
    let y = y * x;
    x + y
}

/// Two variables exchange their values in a loop.
#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn fibonacci(x: &[f64; 2]) -> f64 {
    let (mut a, mut b) = (x[0], x[1]);
    for _ in 0..4 {
        let next = a * b + 0.5 * a;
        a = b;
        b = next;
    }
    a - b
}

/// Every element takes from the one before it, in place.
#[gradgen(jacobian, jvp, vjp, bundle(f, jf(x), jvp(x), vjp(x)))]
pub fn running_product(x: &[f64; 5]) -> [f64; 5] {
    let mut y = *x;
    for i in 1..5 {
        y[i] *= 1.0 + y[i - 1];
    }
    y
}

/// A sorting network: elements exchanged under a condition.
#[allow(clippy::manual_swap, reason = "elements are moved one by one")]
#[gradgen(jacobian, jvp, vjp, bundle(f, jf(x), jvp(x), vjp(x)))]
pub fn sorted(x: &[f64; 4]) -> [f64; 4] {
    let mut y = *x;
    for round in 0..4 {
        for i in 0..3 {
            if i % 2 == round % 2 && y[i] > y[i + 1] {
                let larger = y[i];
                y[i] = y[i + 1];
                y[i + 1] = larger;
            }
        }
    }
    y
}

/// Parameters by value that change.
#[gradgen(
    gradient,
    gradient(*),
    hessian,
    hessian(x, w),
    hvp(*),
    jvp(*),
    vjp(*),
    bundle(f, grad(x), hessian(x), hvp(x))
)]
pub fn consumed(mut x: [f64; 3], mut w: f64) -> f64 {
    for i in 0..3 {
        x[i] *= w;
        w += x[i] * x[i];
    }
    w * x[2]
}

/// An element is read, overwritten, and read again.
#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn overwritten(x: &[f64; 3]) -> f64 {
    let mut t = [x[0], x[1]];
    let before = t[0] * t[1];
    t[0] = x[2].sin();
    let after = t[0] * t[1];
    t = [after, before];
    t[1] -= t[0] * before;
    t[0] * t[1]
}

/// A copy is not changed with its original.
#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn copies(x: &[f64; 3]) -> f64 {
    let mut a = *x;
    let b = a;
    a[0] += b[1] * b[2];
    let c = a;
    a[1] = c[0] * b[0];
    a[0] * a[1] * c[1] + b[0] * c[2]
}

/// Several places are assigned at once.
#[gradgen(jacobian, jvp, vjp, bundle(f, jf(x), jvp(x), vjp(x)))]
pub fn exchanged(x: &[f64; 3]) -> [f64; 3] {
    let (mut a, mut b) = (x[0], x[1] * x[2]);
    let mut c = *x;
    for i in 0..3 {
        (a, b) = (b, a * b);
        [c[i], c[2]] = [c[2] * a, c[i] + b];
    }
    c
}
