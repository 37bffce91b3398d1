//! Branches on active values and on parameters, as statements and as expressions.

use gradgen::gradgen;

#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn piecewise(x: f64) -> f64 {
    if x < -1.0 {
        x * x * x
    } else if x <= 0.5 {
        2.0 * x - 1.0
    } else {
        x.sin() * x
    }
}

/// Huber's loss: continuous with its first derivative.
#[gradgen(
    gradient,
    gradient(*),
    hessian,
    hessian(residual, delta),
    hvp,
    hvp(*),
    jvp(*),
    vjp(*),
    bundle(f, grad(residual), hessian(residual), hvp(residual))
)]
pub fn huber(residual: f64, delta: f64) -> f64 {
    if residual.abs() <= delta { 0.5 * residual * residual } else { delta * (residual.abs() - 0.5 * delta) }
}

/// Connectives, and a branch inside a branch.
#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn quadrants(x: &[f64; 2]) -> f64 {
    let inside = x[0] * x[0] + x[1] * x[1] < 1.0;
    if x[0] > 0.0 && x[1] > 0.0 {
        if inside { x[0] * x[1] } else { x[0] + x[1] * x[1] }
    } else if x[0] < 0.0 && !inside || x[1] > 0.5 {
        x[0].exp() * x[1]
    } else {
        x[0] - x[1] * x[0]
    }
}

/// A statement without `else` that changes two variables.
#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn adjusted(x: &[f64; 3]) -> f64 {
    let mut a = x[0] * x[1];
    let mut b = x[2];
    if a > b {
        a -= b * b;
        b *= x[0];
    }
    if b < 0.0 {
        b = a.cos();
    } else {
        let scale = 2.0 * a;
        a = scale + b;
    }
    a * b
}

/// A branch that yields a tuple.
#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn ordered(x: &[f64; 2]) -> f64 {
    let (small, large) = if x[0] < x[1] { (x[0], x[1]) } else { (x[1], x[0]) };
    small * small * large + large.sin()
}

/// A branch that yields an array, and one that changes elements.
#[gradgen(jacobian, jvp, vjp, bundle(f, jf(x), jvp(x), vjp(x)))]
pub fn reflected(x: &[f64; 3]) -> [f64; 3] {
    let mut y = if x[2] >= 0.0 { *x } else { [x[0], x[1], -x[2]] };
    if y[0] > y[1] {
        y[0] = x[1] * x[2];
        y[1] *= x[0];
    }
    y
}

/// All six comparisons; equality of values that come from the same place.
#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn compared(x: &[f64; 2]) -> f64 {
    let (a, b) = (x[0], x[1]);
    let mut s = if a < b { a * a } else { b * a };
    s += if a <= 0.5 { a.sin() } else { b.cos() };
    s += if a > -b { a * b * b } else { b };
    s += if b >= 0.25 { b * b } else { a * a * a };
    s += if a.max(b) == a { a } else { 2.0 * b * a };
    s += if a.min(b) != a { b * b * b } else { a * b };
    s
}

/// A block as an expression, its variables local.
#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn blocks(x: &[f64; 2]) -> f64 {
    let s = x[0];
    let area = {
        let s = x[1] * s;
        let t = s.exp();
        s * t
    };
    {
        let t = area + s;
        t * t * s
    }
}

/// Cases in a loop, one per element: a leaky rectifier in front of a quadratic.
#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn rectified(x: &[f64; 4]) -> f64 {
    let mut s = 0.0;
    for i in 0..4 {
        let unit = if x[i] > 0.0 {
            x[i]
        } else if i == 2 {
            0.5 * x[i] * x[0]
        } else {
            0.01 * x[i]
        };
        s += unit * (1.0 + s);
    }
    s
}

/// A soft clamp: linear inside, logarithmic outside.
#[gradgen(jacobian, jvp, vjp, bundle(f, jf(x), jvp(x), vjp(x)))]
pub fn soft_clamp(x: &[f64; 4]) -> [f64; 4] {
    let mut y = *x;
    for i in 0..4 {
        if y[i] > 1.0 {
            y[i] = 1.0 + y[i].ln();
        } else if y[i] < -1.0 {
            y[i] = -1.0 - (-y[i]).ln();
        }
    }
    y
}
