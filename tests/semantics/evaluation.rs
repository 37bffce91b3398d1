//! Effects inside of expressions, in the order in which Rust evaluates them.

use gradgen::gradgen;

use crate::against_differences;

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn self_update(x: &[f64; 3]) -> f64 {
    let mut a = x[0];
    let y = a + {
        a = 2.0 * x[1];
        a
    } * a;
    a = a * {
        a = a * x[2];
        a
    } + a;
    a += {
        a = x[1];
        a * x[0]
    };
    a -= a;
    a += y * y;
    let z = a - {
        a *= 2.0;
        a
    };
    z * a + y
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn swaps(x: &[f64; 3]) -> f64 {
    let (mut a, mut b, mut c) = (x[0], x[1], x[2]);
    (a, b) = (b, a);
    [a, c] = [c, a * b];
    (a, (b, c)) = (b, (c * a, a));
    (a, a) = (c, b * a);
    let mut t = (a, b);
    t = (t.1, t.0);
    a * t.0 + b * c * t.1
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn if_expr_effects(x: &[f64; 3]) -> f64 {
    let mut n = 1.0;
    let y = if {
        n += x[0];
        n > 1.0
    } {
        n *= 2.0;
        x[1]
    } else {
        let n = 5.0;
        x[2] * n
    } * {
        n += 0.5;
        n
    };
    let z = (if y > 0.0 { y } else { -y }) + if n > 2.0 { n } else { 0.0 };
    let (a, b) = if z > 1.0 { (z, n) } else { (n, z * x[0]) };
    let c = if a > b { [a, b] } else { [b, a] }[1];
    let v = c * 2.0;
    v * y + n * z
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn nested(x: &[f64; 3]) -> f64 {
    let mut s = 0.0;
    let mut p = 1.0;
    for i in 0..3 {
        let s0 = s;
        if x[i] > 0.0 {
            s += p * x[i];
            if s > 1.0 && {
                p *= 0.5;
                p < 2.0
            } {
                p += s0;
            } else {
                s = s * s;
            }
        } else if x[i] < -1.0 || {
            s += 0.25;
            x[0] > 0.5
        } {
            for j in (0..=i).rev() {
                p = p * 1.5 + x[j] * x[i];
                let p = s;
                s = p * 1.1;
            }
        }
    }
    s * p
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn bools(x: &[f64; 3]) -> f64 {
    let mut n = 0.0;
    let b = x[0] > 0.0 || {
        n += 1.0;
        x[1] > 0.0
    };
    let c = (x[0] > 0.0) & {
        n += x[2];
        x[1] > 0.0
    };
    let d = b ^ c;
    let e = !d
        && (b == c || {
            n *= 2.0;
            true
        }) != (x[2] > 1.0);
    let mut g = e;
    g |= d;
    g &= !c;
    g ^= b;
    let v = if g {
        x[0] * n
    } else if e {
        x[1] * n * n
    } else {
        n * x[0] * x[2]
    };
    v + g as i32 as f64 * x[1]
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn unit_lets(x: &[f64; 3]) -> f64 {
    let mut a = 1.0;
    let _u = {
        a += x[0];
    };
    let () = {
        a *= x[1];
    };
    ();
    (a) * (x[2])
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn tuple_mut(x: &[f64; 3]) -> f64 {
    let mut t = (x[0], [x[1], x[2]], true);
    if x[0] > 0.5 {
        t = (t.1[0], [t.0, t.1[1]], !t.2);
    }
    let (a, [b, c], d) = t;
    let mut u = ((a, b), c);
    for k in 0..2 {
        u = ((u.1, u.0.0), u.0.1 * 1.1);
    }
    if d { u.0.0 * u.1 } else { u.0.1 * u.1 * u.0.0 }
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn stmt_if(x: &[f64; 3]) -> f64 {
    let mut a = x[0];
    if a > 0.0 {
        a *= a;
    }
    if a > 1.0 {
        if x[1] > 0.0 {
            a -= x[1];
        } else {
            a += x[2];
        }
    } else {
        a = a.sin();
    };
    a * x[1]
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn early(x: &[f64; 3]) -> f64 {
    let a = x[0] * x[1];
    return {
        let b = a * x[2];
        b + a
    };
}

against_differences!(
    self_update,
    swaps,
    if_expr_effects,
    nested,
    bools,
    unit_lets,
    tuple_mut,
    stmt_if,
    early
);

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn exchanged(x: &[f64; 3]) -> f64 {
    let (mut a, mut b) = (x[0] * x[1], x[2]);
    std::mem::swap(&mut a, &mut b);
    let old = core::mem::replace(&mut a, b * b);
    let mut y = *x;
    let mut z = [b, old, a];
    std::mem::swap(&mut y[1], &mut z[0]);
    std::mem::swap(&mut y, &mut z);
    a * old.sin() + y[0] * z[1] * y[2]
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn wrapped(x: &[f64; 3]) -> f64 {
    let turn = (x[0] * 7.0).rem_euclid(1.5 + x[1].abs());
    let back = f64::rem_euclid(x[2], -0.75);
    turn * turn * back
}

mod exchanges {
    use super::*;

    crate::against_differences!(exchanged, wrapped);
}
