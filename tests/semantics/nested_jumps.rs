//! Jumps out of jumps: blocks in loops in blocks, options in closures, and what is carried on the way.

use gradgen::gradgen;

use crate::{against_differences, refusing_against_differences};

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn each(x: &[f64; 3]) -> f64 {
    let mut s = 0.0;
    x.iter().for_each(|&v| {
        if v > 1.0 {
            return;
        }
        s += v * v;
        if s > 0.5 {
            s *= v;
            return;
        }
        s += 1.0;
    });
    let t = x.iter().fold(1.0, |a, &v| {
        if v < 0.0 {
            return a * v;
        }
        a + v * v
    });
    let mut best: Option<f64> = None;
    for &v in x {
        best = match best {
            Some(b) if b > v => Some(b),
            _ => Some(v),
        };
    }
    s * t + best.unwrap_or(0.0)
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn nested(x: &[f64; 3]) -> f64 {
    let mut acc = x[0];
    let r = 'a: {
        'o: for i in 0..3 {
            let k = 'b: {
                for j in 0..3 {
                    if x[i] * x[j] > 3.0 {
                        break 'b x[j];
                    }
                    if acc > 5.0 {
                        break 'a acc * x[i];
                    }
                    acc += x[j] * 0.3;
                }
                if acc < -1.0 {
                    continue 'o;
                }
                acc * x[i]
            };
            acc += k * k;
            if k > 2.0 {
                return acc * k * x[2];
            }
        }
        acc
    };
    r * r + acc
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn cond_exits(x: &[f64; 3]) -> f64 {
    let f = |v: f64| -> Option<f64> { if v > 0.0 { Some(v.ln()) } else { None } };
    let g = |a: f64, b: f64| -> Option<f64> {
        let s = f(a)? * 2.0 + if b > 1.0 { f(b)? } else { b * b };
        let mut t = s;
        for i in 0..3 {
            t += f(x[i] + 1.0)? * a;
            if t > 4.0 {
                return None;
            }
        }
        if f(t * t)? > 0.1 && t > 0.0 { Some(t * b) } else { Some(t + f(b * b + 1.0)?) }
    };
    let u = g(x[0], x[1]).unwrap_or(x[2]);
    let w = g(x[2], x[0]).map_or(x[1] * x[1], |v| v * u);
    let z = match (g(x[1], x[2]), u > w) {
        (Some(v), true) => v,
        (None, _) => u * w,
        (Some(v), false) => v * w,
    };
    u + w * z
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn later_in_loop(x: &[f64; 3]) -> f64 {
    let found;
    let mut i = 0;
    'l: {
        for k in 0..3 {
            if x[k] > 0.5 {
                found = x[k] * x[k];
                i = k;
                break 'l;
            }
        }
        found = x[0];
    }
    let mut last: Option<(f64, usize)> = None;
    for k in 0..3 {
        if let Some((v, n)) = last
            && v > x[k]
        {
            last = Some((v * x[k], n + 1));
            continue;
        }
        last = Some((x[k], k));
    }
    let (v, n) = last.unwrap_or((0.0, 0));
    found * x[i] + v * n as f64 * found
}
/// What the parts of an expression assign to is their own.
#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn own_variables(x: &[f64; 3]) -> f64 {
    let larger = |a: f64| {
        let mut b = a;
        b += x[1];
        if b > 0.0 { Some(b) } else { None }
    };
    let both = |a: f64, b: f64| Some(larger(a)? * larger(b)?);
    let y = larger(2.0).unwrap_or(x[0]) + if both(x[0], x[2]).is_none() { return 3.0 * x[0] } else { x[2] };
    y * both(x[0], x[2]).unwrap_or(1.0)
}

against_differences!(own_variables, each, nested, cond_exits);
refusing_against_differences!(later_in_loop);
