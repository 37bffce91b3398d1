//! Integers of every type, as parameters and inside of functions, and what is done with them.

use gradgen::gradgen;

use crate::{against_differences, refusing_against_differences};

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn arithmetic(x: &[f64; 3]) -> f64 {
    let mut s = 0.0;
    for i in 0..7u32 {
        let half = i / 2;
        let sign = if i % 2 == 0 { 1.0 } else { -1.0 };
        s += sign * x[0] * half as f64 + (x[1] * f64::from(i)).sin();
        if i & 1 == 1 && i.is_multiple_of(3) {
            s *= x[2];
        }
        s += (i << 1) as f64 * 0.01 * x[2] + (i >> 1) as f64;
    }
    let mut n: u64 = 9;
    let (mut power, mut base) = (1.0, x[0] * 0.5);
    for _ in 0..4 {
        if n & 1 == 1 {
            power *= base;
        }
        base *= base;
        n >>= 1;
    }
    let k = -7_i64;
    s += (k >> 1) as f64 * x[0] + (k & 3) as f64 * x[1] + k.rem_euclid(4) as f64 * x[2] * x[2];
    s += (k.signum() * k.div_euclid(2).abs()) as f64 * x[1] * x[2];
    let m = 300_i32 as u8;
    s += m as f64 * x[0] * (5_usize.saturating_sub(7) + 3_usize.abs_diff(9)) as f64;
    s + power
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn quadrants(x: &[f64; 3]) -> f64 {
    let q = (x[0] * 2.0).round() as i64;
    let r = x[0] - q as f64 * 0.5;
    match q as u32 & 3 {
        0 => r.sin() * x[1],
        1 => r.cos() * x[1],
        2 => -r.sin() * x[2],
        _ => -r.cos() * x[2],
    }
}

/// A place in a table that the data says.
#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn between(x: &[f64; 3]) -> f64 {
    const TABLE: [f64; 6] = [0.0, 1.0, 0.5, 2.0, -1.0, 3.0];
    let at = x[0].abs().min(4.9);
    let i = at.floor() as usize;
    let t = at - i as f64;
    (TABLE[i] * (1.0 - t) + TABLE[i + 1] * t) * x[1] + x[i % 3] * x[2]
}

against_differences!(arithmetic, quadrants);
refusing_against_differences!(between);

#[gradgen(gradient(x), hvp(x))]
fn parameters(x: f64, n: u32, k: i64, zone: u8, small: i16, large: u64) -> f64 {
    let mut s = x;
    #[gradgen::bound(9)]
    for i in 0..n {
        s = s * x + i as f64 * k as f64;
    }
    match zone {
        0 => s * f64::from(small),
        1..=59 => s * s,
        _ if large > 5 => s.sin(),
        _ => x,
    }
}

#[test]
fn parameters_of_every_type() {
    let x = 0.7;
    for (n, k, zone, small, large) in
        [(3, -2, 0, -3, 1), (0, 1, 7, 2, 9), (5, 2, 200, 1, 6), (5, 2, 200, 1, 5)]
    {
        let slope = crate::difference(|step| parameters(x + step, n, k, zone, small, large));
        let gradient = |step: f64| {
            let mut gradient = 0.0;
            parameters_grad_into(x + step, n, k, zone, small, large, &mut gradient, &mut [0.0; 64])
                .expect("it fits");
            gradient
        };
        crate::assert_close(gradient(0.0), slope);
        let curvature = crate::difference(gradient);
        let mut work = [0.0; 64];
        let mut along = 0.0;
        parameters_hvp_into(x, n, k, zone, small, large, 1.0, &mut along, &mut work).expect("it fits");
        crate::assert_close(along, curvature);
    }
}

#[test]
fn parameters_outside_of_rust() {
    use gradgen::{Call, Differentiable, Dtype, Error, Value};

    let info = <parameters as Differentiable>::INFO;
    let types: Vec<_> = info.inputs.iter().map(|input| input.dtype).collect();
    assert_eq!(types, [Dtype::F64, Dtype::Usize, Dtype::I32, Dtype::I32, Dtype::I32, Dtype::Usize]);
    let Call::F64(call) = info.call else { unreachable!() };
    let x = [0.7];
    let mut y = [0.0];
    let values = |zone| {
        [Value::F64(&x), Value::Usize(3), Value::I32(-2), Value::I32(zone), Value::I32(-3), Value::Usize(1)]
    };
    call(&values(0), &mut [&mut y], &mut []).expect("all fit");
    crate::assert_same_bits(y[0], parameters(0.7, 3, -2, 0, -3, 1));
    let refused = call(&values(256), &mut [&mut y], &mut []);
    assert!(matches!(refused, Err(Error::Kind { argument: "zone", .. })), "{refused:?}");
}
