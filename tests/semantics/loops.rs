//! Loops of every form: what ends a turn, what ends the loop, and what is not run any more then.

use gradgen::{Error, gradgen};

use crate::{against_differences, refusing_against_differences};

const MOST: usize = 12;

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn steps(x: &[f64; 3]) -> f64 {
    let a = [0.3 * x[0], 0.3 * x[1], 0.3 * x[2], 0.1 * x[0] * x[1], 0.1 * x[1] * x[2]];
    let mut s = 1.0;
    for i in (0..5).step_by(2) {
        s = (s * a[i]).sin() + 0.3;
    }
    for i in (0..5).rev().step_by(3) {
        s = (s * a[i]).sin() + 0.3 * i as f64;
    }
    for i in (1..5).step_by(2).rev() {
        s = (s * a[i]).cos() - 0.5 * i as f64;
    }
    for i in (0..5).rev().step_by(2).rev() {
        s = (s + a[i]).sin() + 0.1 * i as f64;
    }
    for i in (0..200).step_by(7).rev() {
        s = s.cos() + a[i % 5] / (1 + i) as f64;
    }
    for i in (0..200).rev().step_by(7).step_by(2) {
        s = s.sin() + a[i % 5] / (1 + i) as f64;
    }
    for i in (-3..4).step_by(3) {
        s += x[0] * i as f64;
    }
    for i in (1..=7).rev().step_by(3) {
        s += x[1] * i as f64;
    }
    for _ in (2..2).step_by(5) {
        s *= 3.0;
    }
    s
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn newton(x: &[f64; 3]) -> f64 {
    let a = 1.0 + x[0] * x[0];
    let mut root = a;
    let mut turns = 0;
    #[gradgen::bound(40)]
    while (root * root - a).abs() > 1e-13 * a && turns < 30 {
        root = 0.5 * (root + a / root);
        turns += 1;
    }
    root * x[1] + x[2]
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn bisected(x: &[f64; 3]) -> f64 {
    let (mut low, mut high) = (x[0].abs(), x[0].abs() + 3.0);
    let mut k = 0;
    #[allow(clippy::never_loop, reason = "what is tested")]
    #[gradgen::bound(2 * MOST)]
    'search: loop {
        let middle = 0.5 * (low + high);
        if middle * middle * middle > 4.0 + x[1] {
            high = middle;
        } else {
            low = middle;
        }
        k += 1;
        if k == 9 {
            break 'search;
            k = 100;
        }
    }
    low * x[2] + high * k as f64
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn jumps(x: &[f64; 3]) -> f64 {
    let mut s = x[0];
    for i in 0..10 {
        s += x[i % 3];
        if i == 2 {
            continue;
        }
        {
            s *= 0.9;
            if s > 6.0 {
                s -= 1.0;
                if i > 4 {
                    continue;
                } else {
                    s += x[1];
                }
                s *= x[2];
            } else if i == 7 {
                s += 3.0 * x[1];
                break;
            }
            s += 0.1 * s * s;
        }
        if s < -4.0 {
            s = -s * x[0];
        } else {
            if s < -1.0 {
                continue;
            }
            s *= 1.1;
        }
        s += x[1] * i as f64;
    }
    s
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn jumps_over_steps(x: &[f64; 3]) -> f64 {
    let mut s = x[0];
    for i in (0..200).step_by(7) {
        if i % 3 == 1 {
            continue;
        }
        s = s.sin() + x[i % 3] / (i + 1) as f64;
    }
    for i in (1..90).rev().step_by(4) {
        s += 0.1 * x[i % 3] * i as f64;
        if s.abs() > 20.0 {
            break;
        }
    }
    for i in (-3..20).step_by(2).rev() {
        if i < 2 {
            s += x[1] * i as f64;
            break;
        }
        s *= 0.9;
    }
    for i in (0..=40).step_by(5) {
        s = s.cos() + x[i % 3];
        if s > 2.5 {
            break;
        }
    }
    s
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn values(x: &[f64; 3]) -> f64 {
    let mut s = 0.25;
    for i in 0..9 {
        let a = if i == 3 { continue } else { x[i % 3] * s };
        let (b, k) = if a > 8.0 { break } else { (a + x[0], i + 1) };
        let c = {
            if b < -9.0 {
                break;
            }
            b * b
        };
        s = if c > 50.0 {
            s *= x[2];
            break;
        } else if c > 20.0 {
            continue;
        } else {
            0.3 * c + s
        };
        s += k as f64 * 0.01;
    }
    s
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn effects(x: &[f64; 3]) -> f64 {
    let mut s = x[0];
    let mut tested = 0;
    let mut other = 0;
    #[gradgen::bound(25)]
    while {
        tested += 1;
        s *= 0.95;
        tested < 20
    } && {
        other += tested;
        s < 40.0
    } {
        if tested % 3 == 0 {
            continue;
        }
        s = 1.2 * s + x[1] * 0.1;
        if tested == 14 {
            s += x[2];
            break;
        }
    }
    s * tested as f64 + x[2] * other as f64
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn nested(x: &[f64; 3]) -> f64 {
    let mut s = x[0];
    let mut seen = [0.0; 4];
    for i in 0..4 {
        let mut j = 0;
        #[gradgen::bound(MOST)]
        while j < 6 {
            j += 1;
            if j == i {
                continue;
            }
            if (s * x[1]).abs() > 9.0 {
                break;
            }
            s += x[j % 3] * 0.5;
            #[gradgen::bound(6)]
            for k in 0..j {
                if k == 3 {
                    break;
                }
                s *= 1.0 + 0.02 * x[2] * k as f64;
            }
        }
        if s > 30.0 {
            break;
        }
        seen[i] = s;
        s *= 0.7;
    }
    s + seen[0] * seen[1] + seen[2] * seen[3]
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn labels(x: &[f64; 3]) -> f64 {
    let mut s = x[0];
    let mut k = 0;
    'outer: for i in 0..6 {
        s += 0.1 * x[1];
        #[gradgen::bound(9)]
        'inner: while k < 100 {
            k += 1;
            for j in 0..3 {
                s += 0.3 * x[j];
                if j == 1 && k % 4 == 1 {
                    continue 'inner;
                }
                if k == 9 + i {
                    s *= x[2];
                    continue 'outer;
                }
                if s > 20.0 || k > 15 {
                    s -= x[1];
                    break 'outer;
                }
                if k % 5 == 4 {
                    break 'inner;
                }
                s *= 0.9;
            }
            s += 1.0;
        }
        s *= 1.1;
    }
    s + k as f64 * x[2]
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn never_run(x: &[f64; 3]) -> f64 {
    let mut s = x[0] * x[1];
    #[gradgen::bound(3)]
    while s > 1e9 {
        s *= x[2];
    }
    for i in 0..3 {
        break;
        s *= x[i];
    }
    #[gradgen::bound(1)]
    loop {
        s += x[2] * x[2];
        break;
    }
    for i in 0..3 {
        if i > 0 {
            s += x[i] * x[0];
        }
        continue;
        s = 0.0;
    }
    s
}

against_differences!(steps, jumps, jumps_over_steps, values);
refusing_against_differences!(newton, bisected, effects, nested, labels, never_run);

#[gradgen(gradient(x), jvp(x))]
fn stated(x: &[f64], index: &[usize], most: usize, k: i32) -> f64 {
    let mut s = x[0];
    for place in 0..index.len() {
        #[gradgen::bound(most)]
        for i in index[place]..index[place] + 2 {
            s += x[i] * s;
        }
        #[gradgen::bound(2 * most)]
        for i in (0..=index[place]).rev() {
            if s > 50.0 {
                break;
            }
            s += x[i] * 0.5;
        }
        #[gradgen::bound(MOST)]
        for i in (index[place]..=5).step_by(2) {
            s *= 1.0 + 0.1 * x[i];
        }
    }
    #[gradgen::bound(4)]
    for i in (k..3).rev() {
        s = s.sin() + x[1] * i as f64;
    }
    #[gradgen::bound(3)]
    for i in -2..=k {
        s = s.cos() + x[2] * i as f64;
    }
    s
}

#[test]
fn bounds_of_loops() {
    let x = [0.3, -0.2, 0.5, 1.1, 0.7, -0.4];
    let taken = [(&[0, 3, 1][..], 2, 0), (&[2, 2], 3, -1), (&[], 0, 7), (&[4], 9, 0), (&[0, 4], 3, -1)];
    for (index, most, k) in taken {
        // The last loop has three iterations for 0.
        let k = k.min(0);
        let mut value = 0.0;
        stated_into(&x, index, most, k, &mut value, &mut [0.0; 999]).unwrap();
        crate::assert_same_bits(value, stated(&x, index, most, k));
        let mut gradient = [0.0; 6];
        let mut work = vec![0.0; stated_grad_workspace(x.len(), index.len(), most)];
        stated_grad_into(&x, index, most, k, &mut gradient, &mut work).unwrap();
        for place in 0..x.len() {
            let slope = crate::difference(|step| {
                let mut moved = x;
                moved[place] += step;
                stated(&moved, index, most, k)
            });
            crate::assert_close(gradient[place], slope);
            let (mut direction, mut along) = ([0.0; 6], 0.0);
            direction[place] = 1.0;
            stated_jvp_into(&x, index, most, k, &direction, &mut along, &mut [0.0; 999]).unwrap();
            crate::assert_close(along, slope);
        }
    }
}

#[test]
fn loops_that_are_not_done_are_refused() {
    let x = [0.3, -0.2, 0.5, 1.1, 0.7, -0.4];
    let mut value = 7.0;
    let mut refused = |index: &[usize], most, k| {
        let result = stated_into(&x, index, most, k, &mut value, &mut [0.0; 999]);
        assert_eq!(value, 7.0, "nothing is written");
        result
    };
    assert_eq!(refused(&[0], 1, 0), Err(Error::bound(1)));
    assert_eq!(refused(&[4], 2, 0), Err(Error::bound(4)));
    assert_eq!(refused(&[], 2, -2), Err(Error::bound(4)));
    assert_eq!(refused(&[], 2, 1), Err(Error::bound(3)));
    assert_eq!(refused(&[], 2, i32::MIN), Err(Error::bound(4)));
    assert_eq!(slow_grad(1.0, 10), Err(Error::bound(9)));
    assert!(slow_grad(1.0, 9).is_ok());
    assert_eq!(slow_jvp(1.0, 10, 1.0), Err(Error::bound(9)));
}

#[gradgen(gradient, jvp)]
fn slow(x: f64, n: usize) -> f64 {
    let (mut s, mut k) = (x, 0);
    #[gradgen::bound(9)]
    while k < n {
        s = s.sin();
        k += 1;
    }
    s
}

// No bound: forward mode runs as often as the function does.
#[gradgen(jvp)]
fn unbounded(x: f64, n: usize) -> f64 {
    let (mut s, mut k) = (x, 0);
    while s < 100.0 && k < n {
        s = 1.5 * s + x;
        k += 1;
    }
    loop {
        s *= 0.5 + 0.1 * x.sin();
        if s < 3.0 {
            break;
        }
    }
    s
}

#[test]
fn forward_mode_needs_no_bound() {
    for n in [0, 1, 30] {
        let mut value = 0.0;
        unbounded_into(0.7, n, &mut value, &mut []).unwrap();
        crate::assert_same_bits(value, unbounded(0.7, n));
        crate::assert_close(unbounded_jvp(0.7, n, 1.0), crate::difference(|step| unbounded(0.7 + step, n)));
    }
}
