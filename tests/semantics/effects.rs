//! Closures that assign to variables, in iterators that go on, stop, or only count.

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

functions! {
    #[allow(clippy::suspicious_map, reason = "the number is not what it is for")]
    fn counted_for_what_is_written(x) {
        let mut y = [0.0; 3];
        x.iter().zip(y.iter_mut()).map(|(x, y)| *y = x * x + x.sin()).count();
        y[0] * y[1] + y[2]
    }

    #[allow(clippy::suspicious_map, reason = "the number is not what it is for")]
    fn counted_for_what_is_added(x) {
        let mut product = 1.0;
        let n = x.iter().map(|v| product *= v).count();
        product * x[0] * n as f64
    }

    fn length_runs_nothing(x) {
        let mut product = 1.0;
        let n = x.iter().map(|v| product *= v).len();
        product * x[0] * x[1] * n as f64
    }

    fn counted_behind_a_filter(x) {
        let mut product = 1.0;
        let kept = |v: &f64| *v > 0.0;
        let n = x.iter().copied().inspect(|v| product *= 1.5 + v * v).filter(kept).count();
        product * n as f64
    }

    fn never_run(x) {
        let mut product = 2.0;
        {
            let _grown = x.iter().map(|v| {
                product *= v;
                product
            });
        }
        product * x[0] * x[1]
    }

    fn what_decides_runs_until_it_has(x) {
        let mut product = 1.0;
        let found = x.iter().any(|v| {
            product *= 1.5 + v;
            *v > 1.0
        });
        if found { product * x[0] } else { product }
    }

    fn what_stops_runs_until_it_does(x) {
        let mut product = 1.0;
        let sum: f64 = x.iter().take_while(|v| {
            product *= 1.5 + **v;
            **v > 0.0
        }).sum();
        sum * product
    }

    fn all_items_pass_what_leaves_out_the_first(x) {
        let mut product = 1.0;
        let grown = x.iter().map(|v| {
            product *= 1.5 + v;
            v * product
        });
        let sum: f64 = grown.skip_while(|v| *v < 0.5).sum();
        sum * x[1]
    }

    fn a_loop_that_breaks(x) {
        let (mut product, mut sum) = (1.0, 0.0);
        for v in x.iter().map(|v| {
            product *= 1.5 + v;
            v * product
        }) {
            if v < 0.0 {
                break;
            }
            sum += v;
        }
        sum * product
    }

    fn values_when_the_closure_was_made(x) {
        let scale = x[0];
        let scaled = x.iter().map(|v| v * scale);
        let scale = 3.0 * x[1];
        scaled.sum::<f64>() * scale
    }

    fn one_after_the_other(x) {
        let mut sum = x[0];
        let mut add = |v: f64| {
            sum += v * sum;
            sum
        };
        let (first, second) = (add(x[1]), add(x[2]));
        first * second - sum
    }
}
