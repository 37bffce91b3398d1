//! Small functions whose derivatives were once wrong, with derivatives by hand.

use gradgen::gradgen;

/// A second derivative through an `if` whose result is used twice: below 1, `(x - 2.5) x`, above
/// it `(0.9 - x - 1) x`.
#[gradgen(hvp, hessian)]
fn used_twice(x: f64) -> f64 {
    let mut t = x;
    let mut c = 1.0;
    if 1.0 >= x {
        c += 1.5;
    } else {
        t = 0.9 - t;
    }
    (t - c) * x
}

#[test]
fn tangents_pass_through_an_if_that_is_used_twice() {
    assert_eq!((used_twice_hessian(0.5), used_twice_hvp(0.5, 3.0)), (2.0, 6.0));
    assert_eq!((used_twice_hessian(1.5), used_twice_hvp(1.5, 3.0)), (-2.0, -6.0));
}

#[gradgen(hessian)]
fn power(q: f64) -> f64 {
    (q + 1.0).powf(q)
}

/// `f = exp(q ln(q + 1))`, so `f'' = (ln(q + 1) + q / (q + 1))^2 f + (1 / (q + 1) + 1 / (q + 1)^2) f`.
#[test]
fn an_exponent_of_zero_still_moves() {
    assert_eq!(power_hessian(0.0), 2.0);
}

/// The zeros of one block are those that the next one is written into.
#[gradgen(bundle(jf(x), vjp(x)))]
fn written_in_place(x: [f64; 2], q: usize) -> ([f64; 2], f64) {
    ([x[0], 1.0], x[q % 2])
}

#[test]
fn an_array_is_read_before_it_is_written_to() {
    let (jacobian, vjp) = written_in_place_jf_vjp([1.0, 2.0], 0, &[3.0, 5.0], 7.0);
    assert_eq!(jacobian, ([[1.0, 0.0], [0.0, 0.0]], [1.0, 0.0]));
    assert_eq!(vjp, [10.0, 0.0]);
}

const WIDTH: usize = 3;

/// The sum over a constant length in the adjoint is a loop, and the Hessian its tangent.
#[gradgen(gradient, hessian)]
fn repeated(x: f64) -> f64 {
    let t = [x * x; WIDTH];
    t[0] * t[1] * t[2]
}

#[test]
fn tangents_pass_through_loops() {
    assert_eq!((repeated_grad(2.0), repeated_hessian(2.0)), (6.0 * 32.0, 30.0 * 16.0));
}

/// Arrays of run-time length that change places: one was copied over before it was read.
#[gradgen(gradient(u))]
fn rotated(u: &[f64], steps: usize) -> f64 {
    let mut a = vec![1.0; u.len()];
    let mut b = vec![2.0; u.len()];
    let mut c = vec![0.0; u.len()];
    for i in 0..u.len() {
        c[i] = -u[i];
    }
    for _ in 0..steps {
        for i in 0..u.len() {
            a[i] = a[i] * b[i] + 0.5 * c[i] * c[i];
        }
        (a, b, c) = (b, c, a);
    }
    let mut sum = 0.0;
    for i in 0..u.len() {
        sum += a[i] + 10.0 * b[i] * c[i];
    }
    sum
}

#[test]
fn arrays_of_run_time_length_change_places() {
    let u = [0.5, -0.25];
    for steps in 0..5 {
        let (mut y, mut gradient) = (0.0, [0.0; 2]);
        let mut work = vec![f64::NAN; rotated_workspace(2, steps)];
        rotated_into(&u, steps, &mut y, &mut work).unwrap();
        assert_eq!(y, rotated(&u, steps), "{steps} steps");
        let mut work = vec![f64::NAN; rotated_grad_workspace(2, steps)];
        rotated_grad_into(&u, steps, &mut gradient, &mut work).unwrap();
        for place in 0..2 {
            let at = |step: f64| {
                let mut u = u;
                u[place] += step;
                rotated(&u, steps)
            };
            let slope = (8.0 * (at(1e-3) - at(-1e-3)) - (at(2e-3) - at(-2e-3))) / 12e-3;
            assert!(
                (gradient[place] - slope).abs() < 1e-8 * (1.0 + slope.abs()),
                "{steps} steps: {gradient:?}"
            );
        }
    }
}
