//! Closures, functions inside of functions, and functions as values.

use gradgen::gradgen;

use crate::against_differences;

macro_rules! functions {
    ($($(#[$attribute:meta])* fn $name:ident($x:ident) $body:block)*) => {
        $(
            $(#[$attribute])*
            #[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
            fn $name($x: &[f64; 3]) -> f64 $body
        )*
        against_differences!($($name),*);
    };
}

#[gradgen]
fn cube(x: f64) -> f64 {
    x * x * x
}

#[gradgen]
fn length_squared(v: &[f64; 2]) -> f64 {
    v[0] * v[0] + v[1] * v[1]
}

functions! {
    fn called_by_name(x) {
        let square = |a: f64| a * a;
        let weighted = |a, b| square(a) * b + 0.5 * a;
        weighted(x[0], x[1]) + weighted(x[1], square(x[2]))
    }

    fn captures_what_is_shadowed_later(x) {
        let a = x[0] * x[1];
        let f = |b: f64| a * b;
        let a = x[2];
        f(a) + a * a
    }

    fn captures_by_move(x) {
        let mut a = x[0];
        let f = move |b: f64| a * b;
        a *= x[1];
        f(x[2]) + a * f(a)
    }

    fn assigns_to_what_it_captures(x) {
        let mut sum = 0.0;
        let mut add = |v: f64| sum += v * v;
        add(x[0]);
        add(x[1] * x[2]);
        for i in 0..3 {
            add(x[i].sin());
        }
        sum * sum
    }

    fn blocks_and_patterns(x) {
        let turn = |(a, b): (f64, f64), angle: f64| {
            let (s, c) = angle.sin_cos();
            (a * c - b * s, a * s + b * c)
        };
        let (a, b) = turn((x[0], x[1]), x[2]);
        let (c, d) = turn((b, a), 0.5);
        a * c + b * d * d
    }

    fn arrays_in_and_out(x) {
        let twice = |v: &[f64; 3]| [v[0] * 2.0, v[1] * v[0], v[2]];
        let y = twice(x);
        let z = twice(&twice(&y));
        z[0] * z[1] - z[2] * y[1]
    }

    fn inner_functions(x) {
        fn norm(v: &[f64]) -> f64 {
            dot(v, v).sqrt()
        }
        fn dot(a: &[f64], b: &[f64]) -> f64 {
            a.iter().zip(b).map(|(a, b)| a * b).sum()
        }
        norm(x) * dot(x, &[x[1], 2.0, x[0]]) + norm(&x[1..])
    }

    fn inner_functions_write(x) {
        fn scale(v: &mut [f64; 3], by: f64) {
            for a in v.iter_mut() {
                *a *= by;
            }
            v[0] += by;
        }
        fn bump(a: &mut f64) -> f64 {
            *a += 1.0;
            *a * *a
        }
        let mut y = *x;
        scale(&mut y, x[1]);
        scale(&mut y, 0.5);
        let mut s = x[0];
        let t = bump(&mut s) + bump(&mut y[2]);
        y[0] * y[1] * y[2] + s * t
    }

    fn closures_are_passed_on(x) {
        fn simpson(f: impl Fn(f64) -> f64, a: f64, b: f64) -> f64 {
            (b - a) / 6.0 * (f(a) + 4.0 * f(0.5 * (a + b)) + f(b))
        }
        let k = x[2];
        simpson(|t| (k * t).sin() * t, x[0], x[1]) + simpson(f64::cos, x[1], k) + simpson(cube, 0.0, x[0])
    }

    fn functions_are_values(x) {
        let f = f64::tanh;
        let g = |h: &dyn Fn(f64) -> f64| h(x[0]) * h(x[1]);
        x.iter().copied().map(f).map(cube).sum::<f64>() + g(&|v| v * v + x[2])
    }

    fn items_by_reference(x) {
        let rows = [[x[0], x[1]], [x[2], x[0] * x[1]]];
        let a: f64 = rows.iter().map(length_squared).sum();
        let b: f64 = rows.iter().map(|row| length_squared(row).sqrt()).product();
        let mut c = 0.0;
        for (i, row) in rows.iter().enumerate() {
            c += length_squared(row) * cube(i as f64 + x[1]);
        }
        a * b + c
    }

    fn loops_inside(x) {
        let newton = |target: f64| {
            let mut y = 1.0;
            for _ in 0..20 {
                y -= (y * y - target) / (2.0 * y);
            }
            y
        };
        newton(x[0] * x[0] + 1.0) * newton(x[1] * x[1] + x[2] * x[2])
    }

    fn called_in_loops(x) {
        let mut state = x[0];
        let mut calls = 0.0;
        for i in 0..30 {
            let mut step = |v: f64| {
                calls += 0.1;
                0.9 * v + 0.1 * x[i % 3].sin()
            };
            let half = step(state);
            state = step(half);
        }
        state * state + calls * x[1]
    }

    fn names_of_inner_functions_are_shadowed(x) {
        fn f(a: f64) -> f64 {
            a * 2.0
        }
        let g = f(x[0]);
        let f = |a: f64| a * a * g;
        f(x[1]) + {
            fn f(a: f64) -> f64 {
                a.sin()
            }
            f(x[2])
        }
    }
}
