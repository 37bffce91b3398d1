//! `while` loops that count: their counters in the turns and after them, and what only looks like counting.

use gradgen::gradgen;

use crate::{against_differences, refusing_against_differences};

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn up(x: &[f64; 3]) -> f64 {
    let mut s = x[2];
    let mut i = 0;
    while i < 3 {
        s += x[i] * s.sin() * (i as f64 + 1.0);
        i += 1;
    }
    s * x[i - 1] + i as f64 * s
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn down(x: &[f64; 3]) -> f64 {
    let mut s = x[0];
    let mut i = x.len();
    while i > 0 {
        i -= 1;
        s = s * x[i] + i as f64;
    }
    let mut k: i32 = 2;
    while k >= 0 {
        s += x[k as usize] * s * 0.1;
        k -= 1;
    }
    let mut j = 3;
    while 1 < j {
        s += x[j - 1] * s.cos();
        j = j - 1;
    }
    s * (k + 3) as f64 + x[j] + x[i]
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn first_and_inclusive(x: &[f64; 3]) -> f64 {
    let (mut s, mut i, mut k) = (x[1], 0, 1);
    while i < 5 {
        i += 1;
        if i % 2 == 0 {
            continue;
        }
        s += x[i / 2] * s * i as f64 * 0.1;
    }
    while k <= 3 {
        s += x[k - 1] * s.sin();
        k += 1;
    }
    s + x[i - 3] * k as f64
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn strides(x: &[f64; 3]) -> f64 {
    let (mut s, mut i) = (1.0 + x[0], 0);
    while i < 3 {
        s *= 1.0 + x[i] * x[i] * 0.3;
        i += 2;
    }
    let reached = i;
    let mut k = 5;
    while k < 3 {
        s *= 100.0;
        k += 1;
    }
    s + reached as f64 * x[1] * s + k as f64
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn sorted(x: &[f64; 3]) -> f64 {
    let mut y = *x;
    let mut i = 0;
    while i < y.len() {
        let mut j = 0;
        while j < y.len() - 1 - i {
            if y[j] > y[j + 1] {
                y.swap(j, j + 1);
            }
            j += 1;
        }
        i += 1;
    }
    y[0] + 2.0 * y[1] * y[1] + y[2] * y[2] * y[2]
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn until_near(x: &[f64; 3]) -> f64 {
    let a = x[0].abs() + 1.0;
    let (mut root, mut before, mut turn) = (a, 0.0_f64, 0);
    while (root - before).abs() > 1e-14 && turn < 50 {
        before = root;
        root = 0.5 * (root + a / root);
        turn += 1;
    }
    root * x[1] + x[2]
}

/// Where it is guarded, the element behind the last is not read.
#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn guarded(x: &[f64; 3]) -> f64 {
    let (mut s, mut i) = (0.5, 0);
    while i < x.len() && x[i] < 2.0 {
        s += x[i] * x[i] * s;
        i += 1;
    }
    s * i as f64 + s
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn left_early(x: &[f64; 3]) -> f64 {
    let (mut s, mut i) = (1.0, 0);
    while i < 3 {
        if x[i] > 2.0 {
            break;
        }
        s += x[i] * s;
        i += 1;
    }
    if i < 3 {
        return s * x[i] * x[i];
    }
    s
}

/// The inner name is another variable.
#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn shadowed(x: &[f64; 3]) -> f64 {
    let (mut s, mut i) = (1.0, 0);
    while i < 3 {
        let t = match x[2] > 0.0 {
            true => [x[0]].iter().fold(0.0, |i, v| i + v),
            false => x[i],
        };
        s += x.iter().enumerate().map(|(i, v)| v * i as f64).sum::<f64>() * t * x[i] * 0.2;
        i += 1;
    }
    s
}

/// A jump to the loop around the counting one, and one that stays in its turn.
#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn jumps_elsewhere(x: &[f64; 3]) -> f64 {
    let mut s = 1.0;
    'rows: for i in 0..3 {
        let mut j = i;
        while j < 3 {
            if x[j] > 2.0 {
                continue 'rows;
            }
            let mut k = 0;
            'inner: while k < 2 {
                k += 1;
                if x[k] < 0.0 {
                    continue 'inner;
                }
                s += x[k] * x[j] * s * 0.1;
            }
            s += x[i] * x[j] * s * 0.2;
            j += 1;
        }
    }
    s
}

/// None of these counts as its last statement says.
#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn not_counting(x: &[f64; 3]) -> f64 {
    let (mut s, mut i, mut n) = (1.0, 0, 3);
    #[gradgen::bound(9)]
    while i < 9 {
        s += x[i % 3] * s * 0.1;
        (i, n) = (i + 1, n + 1);
        i += 1;
    }
    let (mut k, mut end) = (0, 2);
    #[gradgen::bound(9)]
    while k < end {
        s += x[k % 3] * 0.5;
        if k == 1 {
            end = 5;
        }
        k += 1;
    }
    s * n as f64 + k as f64 * s + i as f64
}

/// The same in forward mode, which needs no bound.
#[gradgen(jvp)]
fn moving(x: &[f64; 3]) -> f64 {
    let (mut s, mut i, mut end) = (x[0], 0, 2);
    while i < end {
        s = s * x[i % 3] + 1.0;
        if i < 4 {
            end += 1;
        }
        i += 1;
    }
    let mut k = 1;
    while k < 20 - k {
        s = s * 0.5 + x[k % 3];
        k += 2;
    }
    let (mut m, mut rest) = (0, &x[..]);
    while m < rest.len() {
        s += rest[m] * m as f64;
        rest = &x[..2];
        m += 1;
    }
    let mut j = 0;
    while j < 10 {
        let step = &mut j;
        *step += 2;
        s += x[*step % 3];
        j += 1;
    }
    let (mut l, mut add) = (0, 0);
    while l < 6 {
        [l, add] = [l + 1, add + 2];
        s *= 1.0 + 0.01 * l as f64 * x[2];
        l += 1;
    }
    let (mut q, mut again) = (0, true);
    while q < 3 {
        s += x[q] * s * 0.1;
        if again {
            again = false;
            continue;
        }
        q += 1;
    }
    s + (i + k + m + j + l + add + q) as f64 * x[1]
}

#[test]
fn what_only_looks_like_counting() {
    for x in crate::POINTS {
        for v in [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]] {
            let at = |h: f64| moving(&std::array::from_fn(|i| x[i] + h * v[i]));
            let expected = (at(1e-5) - at(-1e-5)) / 2e-5;
            let found = moving_jvp(&x, &v).expect("nothing refuses it");
            assert!((found - expected).abs() < 1e-6 * (1.0 + expected.abs()), "{found} {expected}");
        }
        let mut y = 0.0;
        moving_into(&x, &mut y, &mut []).expect("nothing refuses it");
        assert_eq!(y.to_bits(), moving(&x).to_bits());
    }
}

/// As many turns as run time says, down from there, by two.
#[gradgen(gradient, hvp)]
fn as_often(x: &[f64], n: usize) -> f64 {
    let (mut s, mut i) = (1.0, n);
    while i > 0 {
        s += x[i - 1] * s * s * 0.1;
        i -= 1;
    }
    let mut k = 0;
    while k < x.len() {
        s *= 1.0 + 0.1 * x[k];
        k += 2;
    }
    s
}

#[test]
fn lengths_of_run_time() {
    for n in [0, 1, 2, 5] {
        let x: Vec<f64> = (0..n).map(|i| 0.3 + 0.2 * i as f64).collect();
        let mut gradient = vec![0.0; n];
        let mut work = vec![0.0; as_often_grad_workspace(n, n)];
        as_often_grad_into(&x, n, &mut gradient, &mut work).expect("the lengths fit");
        let v: Vec<f64> = (0..n).map(|i| 1.0 - 0.4 * i as f64).collect();
        let mut product = vec![0.0; n];
        let mut work = vec![0.0; as_often_hvp_workspace(n, n)];
        as_often_hvp_into(&x, n, &v, &mut product, &mut work).expect("the lengths fit");
        for i in 0..n {
            let moved = |h: f64| {
                let mut x = x.clone();
                x[i] += h;
                as_often(&x, n)
            };
            let expected = (moved(1e-5) - moved(-1e-5)) / 2e-5;
            assert!((gradient[i] - expected).abs() < 1e-8 * (1.0 + expected.abs()));
        }
        let along = |h: f64| {
            let x: Vec<f64> = x.iter().zip(&v).map(|(x, v)| x + h * v).collect();
            let mut gradient = vec![0.0; n];
            let mut work = vec![0.0; as_often_grad_workspace(n, n)];
            as_often_grad_into(&x, n, &mut gradient, &mut work).expect("the lengths fit");
            gradient
        };
        let (above, below) = (along(1e-5), along(-1e-5));
        for i in 0..n {
            let expected = (above[i] - below[i]) / 2e-5;
            assert!((product[i] - expected).abs() < 1e-7 * (1.0 + expected.abs()));
        }
    }
}

against_differences!(up, down, first_and_inclusive, strides, sorted, until_near, shadowed, jumps_elsewhere);
refusing_against_differences!(guarded, left_early, not_counting);
