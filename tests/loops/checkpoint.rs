//! `checkpoint = "sqrt"`: the same derivatives with a tape that grows with the root of the number of turns.

use gradgen::{Differentiable, Value, gradgen};
use gradgen_benchmarks::kernels::pendulums::{STEP, rk4_step, terminal};

use crate::check::Subject;
use crate::oracle::oracle;

const STEPS: usize = 30;

/// The length is run time's.
#[gradgen(gradient(*), hvp(*), jvp(x), vjp(*), hessian(x), bundle(f, grad(x), hvp(x)), checkpoint = "sqrt")]
fn steps(x: &[f64; 2], p: f64, n: usize) -> f64 {
    let mut y = *x;
    for k in 0..n {
        let first = (y[0] * y[1] + p).sin();
        y[1] = y[0] + 0.1 * p * k as f64;
        y[0] = first;
    }
    y[0] * y[1]
}

#[test]
fn lengths_that_the_caller_says() {
    for n in [0, 1, 2, 3, 4, 9, 10, 30] {
        Subject {
            info: <steps as Differentiable>::INFO,
            inputs: vec![Value::F64(&[0.7, -0.4]), Value::F64(&[0.3]), Value::Usize(n)],
            wrt: &["x", "p"],
            values: vec![steps(&[0.7, -0.4], 0.3, n)],
        }
        .check(&oracle!([n: usize], |x: D| {
            let (mut a, mut b, p) = (x[0], x[1], x[2]);
            for k in 0..*n {
                (a, b) = ((a * b + p).sin(), a + p * (0.1 * k as f64));
            }
            vec![a * b]
        }));
    }
}

#[test]
fn the_tape_grows_with_the_root() {
    // Two records of two scalars for each of the 101 tiles and the 101 turns of a tile.
    assert_eq!(steps_grad_workspace(10_000), 2 * 2 * 101);
    assert_eq!(steps_grad_workspace(0), 2 * 2);
    // Forward mode has none.
    assert_eq!(steps_jvp_x_workspace(10_000), 0);
}

#[test]
fn as_many_turns_as_there_are_integers() {
    // The tiles behind the end are empty: their first integers come round.
    let error = steps_grad_into(&[0.7, -0.4], 0.3, usize::MAX, &mut [0.0; 2], &mut 0.0, &mut []);
    assert!(matches!(error, Err(gradgen::Error::Workspace { .. })), "{error:?}");
}

/// All forms of a range, in both directions; what is read by index; the last turns of a tile.
#[gradgen(gradient, hvp, vjp, hessian, bundle(f, grad(x)), checkpoint = "sqrt")]
fn ranges(x: &[f64; STEPS], from: usize) -> f64 {
    let mut a = 0.5;
    for k in 0..STEPS {
        a = (a * x[k]).sin() + 0.5;
    }
    for k in (0..STEPS).rev() {
        a = (a * x[k]).cos() - 0.1 * x[STEPS - 1 - k];
    }
    for k in 3..=29 {
        a = (a + x[k] * x[k - 3]).sin();
    }
    for k in (1..STEPS - 1).rev() {
        a += (a * x[k + 1] * x[k - 1]).cos() * 0.3;
    }
    for k in from..20 {
        a = (a * x[k % STEPS]).sin();
    }
    for _ in 0..3 {
        for k in 0..20 {
            a = (a + x[k]).cos();
        }
    }
    a
}

#[test]
fn ranges_of_every_form() {
    let x: [f64; STEPS] = std::array::from_fn(|k| 0.9 - 0.05 * k as f64);
    for from in [0, 16, 17, 25] {
        Subject {
            info: <ranges as Differentiable>::INFO,
            inputs: vec![Value::F64(&x), Value::Usize(from)],
            wrt: &["x"],
            values: vec![ranges(&x, from)],
        }
        .check(&oracle!([from: usize], |x: D| {
            let mut a = D::constant(0.5);
            for &x in x {
                a = (a * x).sin() + D::constant(0.5);
            }
            for k in (0..STEPS).rev() {
                a = (a * x[k]).cos() - x[STEPS - 1 - k] * 0.1;
            }
            for k in 3..=29 {
                a = (a + x[k] * x[k - 3]).sin();
            }
            for k in (1..STEPS - 1).rev() {
                a += (a * x[k + 1] * x[k - 1]).cos() * 0.3;
            }
            for k in *from..20 {
                a = (a * x[k]).sin();
            }
            for _ in 0..3 {
                for &x in &x[..20] {
                    a = (a + x).cos();
                }
            }
            vec![a]
        }));
    }
}

/// Arrays that are filled, that are replaced in part, and that change as a whole; a loop in the turn.
#[gradgen(gradient, hvp, jvp, vjp, bundle(f, grad(x)), checkpoint = "sqrt")]
fn arrays(x: &[f64]) -> f64 {
    let mut path = vec![0.0; x.len()];
    let mut field = [1.0; 20];
    let mut a = 0.3;
    for k in 1..x.len() {
        path[k] = (path[k - 1] + x[k] * a).sin();
        field[k % 20] = (field[(k + 3) % 20] * path[k]).cos();
        for j in 1..20 {
            field[j] += 0.1 * field[j - 1] * x[k - 1];
        }
        a += field[k % 20] * 0.2;
    }
    for k in 0..x.len() {
        a += path[k] * path[k];
    }
    a + field[7]
}

#[test]
fn arrays_in_tiles() {
    for length in [0, 1, 2, 3, 9, 19] {
        let x: Vec<f64> = (0..length).map(|k| 0.8 - 0.07 * k as f64).collect();
        Subject {
            info: <arrays as Differentiable>::INFO,
            inputs: vec![Value::F64(&x)],
            wrt: &["x"],
            values: vec![arrays(&x)],
        }
        .check(&oracle!([], |x: D| {
            let mut path = vec![D::constant(0.0); x.len()];
            let mut field = [D::constant(1.0); 20];
            let mut a = D::constant(0.3);
            for k in 1..x.len() {
                path[k] = (path[k - 1] + x[k] * a).sin();
                field[k % 20] = (field[(k + 3) % 20] * path[k]).cos();
                for j in 1..20 {
                    let before = field[j - 1];
                    field[j] += before * x[k - 1] * 0.1;
                }
                a += field[k % 20] * 0.2;
            }
            for &at in &path {
                a += at * at;
            }
            vec![a + field[7]]
        }));
    }
}

/// Calls in tiles, with a length in the type, and one that is a constant.
#[gradgen(gradient(*), hvp(x0), vjp(x0), checkpoint = "sqrt")]
fn ode<const N: usize>(x0: &[f64; 4], p: &[f64; 3]) -> f64 {
    let mut x = *x0;
    for _ in 0..N {
        x = rk4_step(&x, p, STEP);
    }
    for _ in 0..STEPS {
        x = rk4_step(&x, p, STEP);
    }
    terminal(&x)
}

#[test]
fn calls_in_tiles() {
    use gradgen_benchmarks::dual::pendulums;
    let (x0, p) = ([0.9, -0.4, 0.3, 1.1], [9.81, 1.7, 0.2]);
    let of = |info, value, steps: usize| {
        Subject {
            info,
            inputs: vec![Value::F64(&x0), Value::F64(&p)],
            wrt: &["x0", "p"],
            values: vec![value],
        }
        .check(&oracle!([steps: usize], |x: D| vec![pendulums::ode(x, *steps + STEPS)]));
    };
    of(<ode<0> as Differentiable>::INFO, ode::<0>(&x0, &p), 0);
    of(<ode<5> as Differentiable>::INFO, ode::<5>(&x0, &p), 5);
    of(<ode<17> as Differentiable>::INFO, ode::<17>(&x0, &p), 17);
}

/// What two const generics make together is the length of no array: the tape is taken from the workspace.
#[gradgen(gradient, hvp)]
fn both<const N: usize, const M: usize>(x: &[f64; N]) -> f64 {
    let mut a = 0.5;
    for k in 0..N + M {
        a = (a * x[k % N]).sin() + 0.4;
    }
    a
}

#[test]
fn as_many_turns_as_two_generics() {
    let x = [0.9, 0.7, 0.4];
    Subject {
        info: <both<3, 4> as Differentiable>::INFO,
        inputs: vec![Value::F64(&x)],
        wrt: &["x"],
        values: vec![both::<3, 4>(&x)],
    }
    .check(&oracle!([], |x: D| {
        let mut a = D::constant(0.5);
        for k in 0..7 {
            a = (a * x[k % 3]).sin() + D::constant(0.4);
        }
        vec![a]
    }));
}

/// With and without.
macro_rules! both_ways {
    ($($option:tt)*) => {
        #[gradgen(gradient(*), hvp(x) $($option)*)]
        pub fn sweep(x: &[f64; 3], w: f64, n: usize) -> f64 {
            let mut y = *x;
            let mut cost = 0.0;
            for k in 0..n {
                y = [(y[1] * w).sin() + 0.1, y[2] * x[0] + 0.3 * y[0], (y[0] + k as f64).cos()];
                cost += y[0] * y[2] * w;
            }
            cost + y[1]
        }
    };
}

mod plain {
    use gradgen::gradgen;
    both_ways!();
}

mod tiled {
    use gradgen::gradgen;
    both_ways!(, checkpoint = "sqrt");
}

#[test]
fn the_bits_are_the_same() {
    let (x, w, v) = ([0.3, -0.8, 0.5], 0.7, [1.0, 0.5, -0.25]);
    for n in [0, 1, 5, 100, 1000] {
        let mut results = [[0.0; 7]; 2];
        for (tiles, result) in results.iter_mut().enumerate() {
            let [mut d_x, mut hvp] = [[0.0; 3]; 2];
            let mut d_w = 0.0;
            let mut work = vec![0.0; 20 * (n + 1)];
            let answers = if tiles == 0 {
                let first = plain::sweep_grad_into(&x, w, n, &mut d_x, &mut d_w, &mut work);
                [first, plain::sweep_hvp_x_into(&x, w, n, &v, &mut hvp, &mut work)]
            } else {
                let first = tiled::sweep_grad_into(&x, w, n, &mut d_x, &mut d_w, &mut work);
                [first, tiled::sweep_hvp_x_into(&x, w, n, &v, &mut hvp, &mut work)]
            };
            assert_eq!(answers, [Ok(()); 2]);
            result[..3].copy_from_slice(&d_x);
            result[3..6].copy_from_slice(&hvp);
            result[6] = d_w;
        }
        let [plain, tiled] = results.map(|result| result.map(f64::to_bits));
        assert_eq!(plain, tiled, "with {n} turns");
    }
}
