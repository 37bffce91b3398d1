//! Functions that yield an option or a result: their siblings do too.

use gradgen::{Error, gradgen};

/// Why there is no value.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Bad {
    Negative,
    Large,
    From(i32),
}

struct Inner;

impl From<Inner> for Bad {
    fn from(_: Inner) -> Self {
        Self::From(7)
    }
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn guarded(x: &[f64; 3]) -> Option<f64> {
    if x[0] < -1.0 {
        return None;
    }
    let root = |v: f64| if v > 0.0 { Some(v.sqrt()) } else { None };
    let y = root(x[0] + 1.0)? * x[1];
    let Some(z) = root(x[2] * x[2]) else { return None };
    let w = match root(x[2] - 2.0) {
        Some(w) if w > 0.1 => w,
        Some(_) => return None,
        None => z * x[0],
    };
    Some(y * z + w * w)
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn chained(x: &[f64; 3]) -> Option<f64> {
    let log = |v: f64| (v > 0.0).then(|| v.ln());
    let positive = |v: f64| if v > 0.0 { Some(v) } else { None };
    let a = positive(x[0]).map(|v| v * v).unwrap_or(x[1]);
    let b = positive(x[1]).and_then(|v| positive(x[2] + 3.0).map(|w| v * w)).unwrap_or_else(|| x[0] * x[2]);
    let c = positive(x[2]).map_or(1.0, |v| v.sqrt());
    let d = positive(x[0]).or(positive(x[1])).filter(|&v| v > 0.2);
    let e = if d.is_some() && positive(x[2]).is_none() { a } else { b };
    positive(a * a + b * b).map(|v| v.ln() * c + e + d.unwrap_or_default())
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn with_errors(x: &[f64; 3]) -> Result<f64, Bad> {
    fn part(v: f64) -> Result<f64, Inner> {
        if v < -2.0 {
            return Err(Inner);
        }
        Ok(v * v)
    }
    if x[0] < -1.0 {
        return Err(Bad::Negative);
    }
    let mut s = part(x[2])?;
    for i in 0..3 {
        if s > 12.0 {
            return Err(Bad::Large);
        }
        s += x[i] * x[i] * part(x[1])?;
    }
    let t = if s > 0.0 { Some(s.sqrt()) } else { None };
    let t = t.ok_or(Bad::From(3))?;
    Ok(t * x[0])
}

/// The value, and all siblings, as options.
type Siblings = (
    fn(&[f64; 3]) -> Option<f64>,
    fn(&[f64; 3]) -> Option<[f64; 3]>,
    fn(&[f64; 3]) -> Option<[[f64; 3]; 3]>,
    fn(&[f64; 3], &[f64; 3]) -> Option<f64>,
    fn(&[f64; 3], &[f64; 3]) -> Option<[f64; 3]>,
    fn(&[f64; 3]) -> Option<(f64, [f64; 3])>,
);

fn check((value, gradient, hessian, jvp, hvp, bundle): Siblings) {
    let mut some = 0;
    for x in crate::POINTS {
        let Some(expected) = value(&x) else {
            assert_eq!(gradient(&x), None);
            assert_eq!(hessian(&x), None);
            assert_eq!(jvp(&x, &[1.0; 3]), None);
            assert_eq!(hvp(&x, &[1.0; 3]), None);
            assert_eq!(bundle(&x), None);
            continue;
        };
        some += 1;
        assert_eq!(bundle(&x).map(|found| found.0.to_bits()), Some(expected.to_bits()));
        for place in 0..3 {
            let mut direction = [0.0; 3];
            direction[place] = 1.0;
            let along = |step: f64| {
                let mut moved = x;
                moved[place] += step;
                moved
            };
            let slope = crate::difference(|step| value(&along(step)).unwrap());
            crate::assert_close(gradient(&x).unwrap()[place], slope);
            crate::assert_close(bundle(&x).unwrap().1[place], slope);
            crate::assert_close(jvp(&x, &direction).unwrap(), slope);
            for other in 0..3 {
                let slope = crate::difference(|step| gradient(&along(step)).unwrap()[other]);
                crate::assert_close(hessian(&x).unwrap()[place][other], slope);
                crate::assert_close(hvp(&x, &direction).unwrap()[other], slope);
            }
        }
    }
    assert!(some > 0 && some < crate::POINTS.len(), "{some} points have a value");
}

#[test]
fn options_against_differences() {
    check((guarded, guarded_grad, guarded_hessian, guarded_jvp, guarded_hvp, guarded_f_grad));
}

#[test]
fn chained_options_against_differences() {
    for x in crate::POINTS {
        let mut written = 0.0;
        let result = chained_into(&x, &mut written, &mut []);
        assert_eq!(chained(&x).is_some(), result.is_ok());
        assert_eq!(chained(&x).unwrap_or(0.0).to_bits(), written.to_bits());
        for place in 0..3 {
            let along = |step: f64| {
                let mut moved = x;
                moved[place] += step;
                moved
            };
            let slope = crate::difference(|step| chained(&along(step)).unwrap());
            crate::assert_close(chained_grad(&x).unwrap()[place], slope);
            for other in 0..3 {
                let slope = crate::difference(|step| chained_grad(&along(step)).unwrap()[other]);
                crate::assert_close(chained_hessian(&x).unwrap()[place][other], slope);
            }
        }
    }
}

#[test]
fn results_against_differences() {
    check((
        |x| with_errors(x).ok(),
        |x| with_errors_grad(x).ok(),
        |x| with_errors_hessian(x).ok(),
        |x, v| with_errors_jvp(x, v).ok(),
        |x, v| with_errors_hvp(x, v).ok(),
        |x| with_errors_f_grad(x).ok(),
    ));
}

#[test]
fn errors_are_the_users() {
    let points = [[-1.5, 0.0, 0.0], [0.0, 0.0, 5.0], [1.0, 1.0, -2.5], [0.0, 0.0, 0.0], [1.0, -3.0, 1.0]];
    for x in points {
        let expected = with_errors(&x).expect_err("there is no value");
        assert_eq!(with_errors_grad(&x), Err(expected));
        assert_eq!(with_errors_hessian(&x), Err(expected));
        assert_eq!(with_errors_f_grad(&x), Err(expected));
        let mut gradient = [9.0; 3];
        let refused = with_errors_grad_into(&x, &mut gradient, &mut []);
        assert!(matches!(refused, Err(Error::Undefined { reason: 1.. })), "{refused:?}");
        assert_eq!(gradient, [9.0; 3], "nothing is written");
    }
}

/// What takes a value for granted, and what has none on some paths.
#[gradgen(gradient, hessian)]
fn taken(x: &[f64; 3]) -> f64 {
    let root = if x[0] > 0.0 { Some(x[0].sqrt()) } else { None };
    let y = root.expect("positive") * x[1];
    match (y * 4.0).abs().floor() as i32 % 3 {
        0 => y * y,
        1 => y * x[2],
        2 => x[2] * x[2] * y,
        _ => unreachable!("a remainder"),
    }
}

#[test]
fn values_that_are_taken_for_granted() {
    for x in crate::POINTS {
        if x[0] <= 0.0 {
            assert_eq!(taken_grad(&x), Err(Error::Undefined { reason: 0 }));
            continue;
        }
        for place in 0..3 {
            let along = |step: f64| {
                let mut moved = x;
                moved[place] += step;
                moved
            };
            let slope = crate::difference(|step| taken(&along(step)));
            crate::assert_close(taken_grad(&x).unwrap()[place], slope);
        }
    }
}

/// An option that can be refused for another reason.
#[gradgen(gradient)]
fn both(x: &[f64; 3], i: usize) -> Option<f64> {
    if x[0] < 0.0 {
        return None;
    }
    Some(x[i] * x[i])
}

#[test]
fn refusals_beside_options() {
    assert_eq!(both_grad(&[1.0, 2.0, 3.0], 1), Ok(Some([0.0, 4.0, 0.0])));
    assert_eq!(both_grad(&[-1.0, 2.0, 3.0], 1), Ok(None));
    assert_eq!(both_grad(&[1.0, 2.0, 3.0], 3), Err(Error::Index { array: "x", length: 3, index: 3 }));
}

/// An error with inputs in it.
#[gradgen(gradient(x))]
fn out_of_range(x: &[f64; 3], limit: f64, kind: i32) -> Result<f64, (f64, f64, i32)> {
    if x[0] > limit {
        return Err((x[0], limit + 1.0, kind));
    }
    Ok(x[0] * x[1])
}

#[test]
fn errors_of_inputs() {
    assert_eq!(out_of_range_grad_x(&[2.0, 3.0, 0.0], 4.0, 7), Ok([3.0, 2.0, 0.0]));
    assert_eq!(out_of_range_grad_x(&[5.0, 3.0, 0.0], 4.0, 7), Err((5.0, 5.0, 7)));
}

/// Several outputs, and one that is a parameter.
#[gradgen(jacobian, vjp)]
fn several(x: &[f64; 3], y: &mut [f64; 2]) -> Result<(f64, f64), Bad> {
    *y = [x[0] * x[0], x[1]];
    if x[2] > 3.0 {
        return Err(Bad::Large);
    }
    y[1] *= x[2];
    Ok((x[0], x[1] * x[2]))
}

#[test]
fn several_outputs() {
    let x = [2.0, 3.0, 0.5];
    assert_eq!(several_jf(&x), Ok(([1.0, 0.0, 0.0], [0.0, 0.5, 3.0], [[4.0, 0.0, 0.0], [0.0, 0.5, 3.0]])));
    assert_eq!(several_vjp(&x, 1.0, 2.0, &[1.0, 1.0]), Ok([5.0, 1.5, 9.0]));
    assert_eq!(several_jf(&[1.0, 1.0, 4.0]), Err(Bad::Large));
}

/// Nothing is written where an error is returned, slices included.
#[gradgen(gradient)]
fn slices(x: &[f64]) -> Option<f64> {
    let mut s = 0.0;
    for v in x {
        if *v < 0.0 {
            return None;
        }
        s += v.sqrt();
    }
    Some(s)
}

#[test]
fn options_over_slices() {
    let mut gradient = [7.0; 3];
    slices_grad_into(&[1.0, 4.0, 0.25], &mut gradient, &mut [0.0; 8]).expect("there is a value");
    assert_eq!(gradient, [0.5, 0.25, 1.0]);
    let refused = slices_grad_into(&[1.0, 4.0, -1.0], &mut gradient, &mut [0.0; 8]);
    assert_eq!(refused, Err(Error::Undefined { reason: 1 }));
    assert_eq!(gradient, [0.5, 0.25, 1.0], "nothing is written");
}
