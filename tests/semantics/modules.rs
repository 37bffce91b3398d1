//! Modules whose functions know of each other.

use gradgen::Differentiable as _;

use crate::against_differences;

#[gradgen::module]
mod kernels {
    #![allow(unreachable_pub, unused_qualifications, reason = "as in a library")]
    use gradgen::gradgen;

    pub const N: usize = HALF * 2 - 1;
    const HALF: usize = 2;
    const RATE: f64 = 0.35;
    const TABLE: [[f64; 2]; 3] = [[0.5, 1.5], [-0.25, 0.75], [2.0, 0.125]];
    type State = [f64; N];
    type Number = f64;

    /// Takes slices, so only its text can be run.
    fn dot(a: &[f64], b: &[f64]) -> f64 {
        a.iter().zip(b).map(|(a, b)| a * b).sum()
    }

    fn norm<const K: usize>(v: &[f64; K]) -> f64 {
        let mut sum = 0.0;
        for i in 0..K {
            sum += v[i] * v[i];
        }
        (sum / K as f64).sqrt()
    }

    fn mapped<F>(v: &State, f: F) -> State
    where
        F: Fn(Number) -> Number,
    {
        let mut out = [0.0; N];
        for (o, v) in out.iter_mut().zip(v) {
            *o = f(*v);
        }
        out
    }

    fn integral<F: FnMut(f64) -> f64>(mut f: F, a: f64, b: f64) -> f64 {
        (b - a) / 6.0 * (f(a) + 4.0 * f(0.5 * (a + b)) + f(b))
    }

    fn scale(v: &mut [f64], by: f64) {
        for a in v.iter_mut() {
            *a *= by;
        }
    }

    /// Short, with derivatives of its own.
    #[gradgen(gradient)]
    pub fn energy(v: &State) -> Number {
        dot(v, v) * RATE
    }

    #[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
    pub fn calls(x: &[f64; N]) -> f64 {
        let y: State = mapped(x, |v| v.sin() * RATE);
        energy(&y) + norm(x) * norm(&[x[0], y[1]]) + self::dot(&x[1..], &y[..2])
    }

    #[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
    pub fn tables(x: &[f64; 3]) -> f64 {
        let mut sum = 0.0;
        for (row, v) in TABLE.iter().zip(x) {
            sum += row[0] * v * v + row[1] * v.cos();
        }
        for i in 0..TABLE.len() {
            sum += TABLE[i][1] * x[i % N].sin();
        }
        sum * TABLE.iter().map(|row| row[0] * row[1]).sum::<f64>()
    }

    #[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
    pub fn integrals(x: &[f64; 3]) -> f64 {
        let mut calls = 0.0;
        let value = integral(
            |t| {
                calls += x[2];
                (x[0] * t).sin()
            },
            0.0,
            x[1],
        );
        value * calls
    }

    #[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
    pub fn writes(x: &[f64; 3]) -> f64 {
        let mut y = *x;
        scale(&mut y, x[0]);
        scale(&mut y, norm::<3>(x));
        y[0] + y[1] * y[2]
    }

    #[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
    pub fn names_of_its_own(x: &[f64; 3]) -> f64 {
        const N: usize = 2;
        fn norm(v: &[f64]) -> f64 {
            v[0] * v[1]
        }
        let dot = |a: f64, b: f64| a - b * b;
        let small = [x[0] * 2.0; N];
        norm(&small) + dot(x[1], x[2]) + small[N - 1]
    }

    fn summed<const N: usize>(v: &[f64; N], by: impl Fn(f64) -> f64) -> f64 {
        let each = |i: usize| by(v[i]) * N as f64;
        (0..N).map(each).sum::<f64>() + integral(|t| t * N as f64, 0.0, 1.0)
    }

    /// A closure means what it means where it stands, wherever it is run.
    #[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
    pub fn names_where_closures_stand(x: &[f64; 3]) -> f64 {
        let a = mapped(x, |v| v * v * RATE + HALF as f64);
        let b = summed(&[x[1], x[2]], |v| v.sin() * N as f64 + HALF as f64);
        a[0] * b + a[2]
    }

    #[gradgen(jvp(x), vjp(x), gradient(x))]
    pub fn long(x: &[f64], w: &[f64]) -> f64 {
        dot(x, w).tanh() * dot(x, x) + gradgen::math::log_sum_exp(x)
    }
}

use kernels::*;

against_differences!(calls, tables, integrals, writes, names_of_its_own, names_where_closures_stand);

#[test]
fn lengths_are_those_of_the_constants() {
    assert_eq!(N, 3);
    assert_eq!(energy::INFO.inputs[0].shape, [gradgen::Dim::Fixed(3)]);
}

#[test]
fn a_module_lists_its_functions() {
    let names: Vec<_> = GRADGEN.iter().map(|info| info.name).collect();
    assert_eq!(
        names,
        [
            "energy",
            "calls",
            "tables",
            "integrals",
            "writes",
            "names_of_its_own",
            "names_where_closures_stand",
            "long"
        ]
    );
}

#[test]
fn callees_with_slices_are_run_in_place() {
    let (x, w) = ([0.3, -0.7, 1.1, 0.2], [0.5, 0.25, -1.0, 2.0]);
    let mut gradient = [f64::NAN; 4];
    let mut work = vec![0.0; long_grad_x_workspace(4, 4)];
    long_grad_x_into(&x, &w, &mut gradient, &mut work).unwrap();
    for place in 0..4 {
        let slope = crate::difference(|step| {
            let mut moved = x;
            moved[place] += step;
            long(&moved, &w)
        });
        crate::assert_close(gradient[place], slope);
    }
}

type Vector = [f64; 3];
type Number = f64;

#[gradgen::gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)), types(Vector = [Number; 3], Number = f64))]
fn named_types(x: &Vector) -> Number {
    let y: Vector = [x[0] * x[1], x[2], 1.0];
    let z: Number = y[0];
    z.sin() * y[1]
}

mod of_types {
    use super::*;

    against_differences!(named_types);
}
