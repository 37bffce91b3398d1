//! Floating point: signs, zeros, infinities, what is not a number, precedence.

use gradgen::gradgen;

use crate::against_differences;

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn neg_powi(x: &[f64; 3]) -> f64 {
    -2.0_f64.powi(2) * x[0] + -x[1].powi(2) + (-x[2]).powi(3) - -x[0] * x[1] + --x[2]
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn rems(x: &[f64; 3]) -> f64 {
    (x[0] * 3.0) % 1.7 + (-x[1]) % 0.9 * x[2] + x[2] % (x[0] * x[0] + 1.0) + -7.5 % 2.0 * x[0]
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn signed_zero(x: &[f64; 3]) -> f64 {
    let z = 0.0 * -x[0].abs();
    let w = -0.0 + z;
    let v = (0.0 - 0.0) - z;
    let u = -(z + 0.0);
    x[0] * x[1]
        + z.signum()
        + w.copysign(z).signum() * 2.0
        + v.signum() * 4.0
        + u.signum() * 8.0
        + (x[1] * -0.0).signum() * 16.0
        + (-(0.0_f64)).signum() * 32.0
        + (z - 0.0).signum() * 64.0
        + (z - -0.0).signum() * 128.0
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn where_nan(x: &[f64; 3]) -> f64 {
    let a = if x[0] > 0.0 { x[0].sqrt() } else { 0.0 };
    let b = if x[1] > 0.0 { x[1].ln() * x[0] } else { x[1] };
    let mut c = 1.0;
    if x[2] > 0.0 {
        c = x[2].powf(x[0]);
    }
    a * b + c
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn nan_paths(x: &[f64; 3]) -> f64 {
    let z = x[0].ln();
    if z.is_nan() {
        x[1] * x[1]
    } else if z != z {
        100.0
    } else {
        z * x[2]
    }
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn maxmin(x: &[f64; 3]) -> f64 {
    x[0].max(x[1]).min(x[2] * 3.0) * x[0].clamp(-0.5, 0.5)
        + f64::max(x[0], f64::min(x[1], 0.2)) * x[0].abs()
        + x[1].signum() * x[2].fract()
        + x[0].hypot(x[1])
        + x[2].copysign(x[0])
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn op_prec(x: &[f64; 3]) -> f64 {
    let (a, b, c) = (x[0], x[1], x[2]);
    a - (b - c) - (a - b) + a / (b / c) * (c / (a * b)) - -(a - b)
        + -(a + b) * -c
        + (a - b) % (c + 4.0)
        + -(-a)
        - (-b) * (-c) / (-a)
        + 2.0 * (a * (b * c))
        + (a + (b + c))
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn powers(x: &[f64; 3]) -> f64 {
    let a = x[0].abs() + 0.5;
    a.powf(2.0)
        + a.powf(0.5)
        + a.powf(-1.0)
        + a.powi(0)
        + a.powi(1)
        + x[1].powi(-3)
        + x[1].powi(2)
        + a.powf(x[2])
        + 2.0_f64.powf(x[1])
        + x[2].powf(3.0).abs() * 0.0_f64.powi(0)
        + f64::powi(a, 3)
        + (a).recip()
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn many_fns(x: &[f64; 3]) -> f64 {
    let (a, b, c) = (x[0], x[1], x[2]);
    let (s, q) = (a * b).sin_cos();
    a.tan()
        + b.atan()
        + a.atan2(b)
        + c.sinh()
        + c.cosh()
        + b.tanh()
        + a.asinh()
        + (a * a + 1.5).acosh()
        + (b / 10.0).atanh()
        + (a / 9.0).asin()
        + (b / 9.0).acos()
        + a.exp2()
        + b.exp_m1()
        + (c * c).ln_1p()
        + (a * a).log(3.0 + c * c)
        + (b * b).log2()
        + (c * c).log10()
        + a.cbrt()
        + a.hypot(b)
        + a.mul_add(b, c)
        + a.to_degrees() * 0.01
        + b.to_radians()
        + a.floor()
        + b.ceil() * a
        + c.round()
        + a.trunc() * b
        + c.fract()
        + s * q
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn consts_lits(x: &[f64; 3]) -> f64 {
    1e3 * x[0]
        + 1_000.5e-2 * x[1]
        + 0x10 as f64 * x[2]
        + 1f64 * x[0]
        + 2. * x[1]
        + 0.1 * x[2]
        + 5e-324 * x[0]
        + 1.7976931348623157e308 * 1e-300 * x[1] * 1e-8
        + 0b11 as f64
        + 1_0 as f64
}

against_differences!(
    neg_powi,
    rems,
    signed_zero,
    where_nan,
    nan_paths,
    maxmin,
    op_prec,
    powers,
    many_fns,
    consts_lits
);
