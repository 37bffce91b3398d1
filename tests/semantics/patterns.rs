//! What patterns take apart: `..` among tuples and arrays, and names in alternatives.

use gradgen::gradgen;

use crate::{against_differences, assert_close, assert_same_bits, difference};

macro_rules! functions {
    ($(fn $name:ident($x:ident) $body:block)*) => {
        $(
            #[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
            fn $name($x: &[f64; 3]) -> f64 $body
        )*
        against_differences!($($name),*);
    };
}

functions! {
    fn rest_of_tuples(x) {
        let (a, .., b) = (x[0], x[1], x[1] * x[2], x[2]);
        let (first, ..) = (x[0] * x[0], x[1]);
        let (.., last) = (x[0], x[1] * x[2]);
        let (.., (c, ..), _) = (1.0, (x[1], x[0]), x[2]);
        a * b * b + first * last + c
    }

    fn rest_of_arrays(x) {
        let [a, .., b] = x;
        let [c, rest @ ..] = *x;
        let [front @ .., _] = x;
        let [all @ ..] = x;
        a * b * b + c * rest[0] * rest[1].sin() + front.iter().product::<f64>() * all.len() as f64
    }

    fn nested(x) {
        let table = [[x[0], x[1]], [x[2], x[0] * x[1]]];
        let [[a, ..], [.., d]] = table;
        let (k, [b, ..]) = (x[2], &table[1]);
        a * d * k + b * b
    }

    fn in_loops_and_closures(x) {
        let product = |[a, .., b]: [f64; 3]| a * b;
        let mut s = product(*x);
        for [a, rest @ ..] in [[x[0], x[1], 2.0], [x[2], 0.5, x[1]]] {
            s += a * rest[0] * rest[1];
        }
        s + x.iter().enumerate().map(|(i, ..)| x[i] * x[i]).sum::<f64>()
    }

    fn parts_of_known_length(x) {
        let mut s = 0.0;
        for w in x.windows(2) {
            if let [a, b] = w {
                s += a * b * b;
            }
            let [a, ..] = w else { unreachable!() };
            s += a.sin();
        }
        s + x.chunks(2).map(|c| match c {
            [a, b] => a * b,
            [a, rest @ ..] => a * a * (1 + rest.len()) as f64,
            [] => 0.0,
        }).sum::<f64>()
    }

    fn names_in_alternatives(x) {
        let n = x.iter().filter(|v| **v > 0.0).count();
        let a = match (n, 3 - n) {
            (0, m) | (m, 0) => x[0] * x[0] * m as f64,
            (k, m) => x[1] * x[2] * (k * m) as f64,
        };
        let pair = if x[0] > 0.0 { (Some(x[1]), None) } else { (None, Some(x[2])) };
        let ((Some(v), _) | (_, Some(v))) = pair else { return 0.0 };
        a * v + v * v
    }

    fn condition_behind_alternatives(x) {
        let pair = (Some(x[0]), Some(x[1]));
        match pair {
            // The condition is asked for each of them.
            (Some(v), _) | (_, Some(v)) if v < 0.0 => v * v * x[2],
            (Some(v), _) => v * x[1],
            (None, _) => 0.0,
        }
    }

    fn alternatives_inside(x) {
        match (x[0] > 0.0, x[1] > 0.0, x[2]) {
            (true, .., v) => v * v * x[0],
            (_, true, ..) => x[1].sin(),
            (..) => x[0] * x[1],
        }
    }
}

#[gradgen(gradient, hvp)]
fn of_slices(x: &[f64]) -> f64 {
    let s = match x {
        [] => 0.0,
        [a] => a * a,
        [a, b] if a > b => a * b.sin(),
        [a, rest @ .., z] => a.sin() * z + rest.iter().map(|v| v * v).sum::<f64>(),
    };
    let Some(&[c, ..]) = Some(x) else { return s };
    let t = if let [.., y, _] = x { y * c } else { 1.5 };
    let [_, _, third, middle @ .., last] = x else { return s * t };
    s * t + third * last * middle.iter().product::<f64>()
}

#[test]
fn slices_of_every_length() {
    for length in 0..7 {
        let x: Vec<f64> = (0..length).map(|i| (0.9 + 1.7 * i as f64).sin()).collect();
        let mut value = f64::NAN;
        of_slices_into(&x, &mut value, &mut vec![0.0; of_slices_workspace(length)]).unwrap();
        assert_same_bits(value, of_slices(&x));
        let gradient_at = |x: &[f64]| {
            let mut gradient = vec![f64::NAN; length];
            of_slices_grad_into(x, &mut gradient, &mut vec![0.0; of_slices_grad_workspace(length)]).unwrap();
            gradient
        };
        let gradient = gradient_at(&x);
        for place in 0..length {
            let along = |h: f64| {
                let mut x = x.clone();
                x[place] += h;
                x
            };
            assert_close(gradient[place], difference(|h| of_slices(&along(h))));
            let mut direction = vec![0.0; length];
            direction[place] = 1.0;
            let mut product = vec![f64::NAN; length];
            let mut work = vec![0.0; of_slices_hvp_workspace(length)];
            of_slices_hvp_into(&x, &direction, &mut product, &mut work).unwrap();
            for other in 0..length {
                assert_close(product[other], difference(|h| gradient_at(&along(h))[other]));
            }
        }
    }
}
