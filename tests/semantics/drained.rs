//! Iterators that are used up where they stand, and what is left of them.

use gradgen::gradgen;

use crate::{against_differences, assert_close, assert_same_bits, difference, refusing_against_differences};

macro_rules! functions {
    ($check:ident: $(fn $name:ident($x:ident) $body:block)*) => {
        $(
            #[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
            fn $name($x: &[f64; 3]) -> f64 $body
        )*
        $check!($($name),*);
    };
}

functions! { against_differences:
    fn to_the_end(x) {
        let mut it = x.iter();
        let mut s = 1.0;
        while let Some(v) = it.next() {
            s += v * v.sin() * s;
        }
        s + it.len() as f64 + it.next().map_or(0.5, |v| v * 100.0)
    }

    fn to_a_break(x) {
        let mut it = x.iter();
        let mut s = 0.0;
        while let Some(v) = it.next() {
            if *v > 1.4 {
                break;
            }
            s += v * v;
        }
        let left = it.len() as f64;
        s + left * it.map(|v| v.sin()).sum::<f64>()
    }

    fn by_steps(x) {
        let mut it = x.iter().enumerate().rev().step_by(2);
        let mut s = x[1];
        while let Some((i, v)) = it.next() {
            s += v * s * (i + 1) as f64;
            if s > 3.0 {
                break;
            }
        }
        for (i, v) in it {
            s *= v * (i + 2) as f64;
        }
        s
    }

    fn by_ref(x) {
        let mut it = x.iter();
        let mut s = 0.0;
        for v in it.by_ref() {
            if *v > 1.4 {
                break;
            }
            s += v * v;
        }
        for v in &mut it {
            s += v.sin();
        }
        s + it.count() as f64
    }

    fn by_ref_again_and_again(x) {
        let mut it = x.iter();
        let mut s = 0.0;
        for i in 0..2 {
            for v in it.by_ref() {
                if *v > 0.9 {
                    break;
                }
                s += v * v * (i + 1) as f64;
            }
        }
        s * s
    }

    fn as_a_loop(x) {
        let mut it = x.iter();
        let mut s = x[2];
        loop {
            let Some(v) = it.next() else { break };
            s = s * v + 1.0;
            if s > 3.0 {
                break;
            }
        }
        for v in it {
            s += v.sin();
        }
        s
    }

    fn as_a_match(x) {
        let mut it = x.iter();
        let mut s = 0.5;
        'items: loop {
            match it.next() {
                None => break 'items,
                Some(&v) => {
                    if v < 0.0 {
                        continue;
                    }
                    s = s * v.exp() + v;
                }
            }
        }
        s + it.len() as f64
    }

    fn effects_as_often(x) {
        let mut n = 0.0;
        let mut it = x.iter().map(|v| {
            n += 1.0;
            v * n
        });
        let mut s = 0.0;
        while let Some(v) = it.next() {
            s += v * v;
            if s > 2.0 {
                break;
            }
        }
        s * n
    }

    fn filtered(x) {
        let mut it = x.iter().filter(|v| **v > 0.2);
        let mut s = x[0];
        while let Some(v) = it.next() {
            s = s * v + v;
        }
        s
    }

    fn parts(x) {
        let mut it = x.chunks(2);
        let mut s = 0.0;
        if let Some(c) = it.next() {
            s += c[0] * c[1];
        }
        if let Some(c) = it.next() {
            s += c[0] * c[0] * s;
        }
        if it.next().is_none() { s * x[0] } else { 0.0 }
    }

    fn written(x) {
        let mut y = *x;
        let mut it = y.iter_mut();
        let mut p = 1.3;
        while let Some(v) = it.next() {
            *v *= p;
            p = *v;
            if p > 1.5 {
                break;
            }
        }
        for v in it {
            *v = v.sin();
        }
        y[0] * y[1] + y[2]
    }

    fn first_on_condition(x) {
        let mut it = x.iter().map(|v| v * v);
        let mut s = 1.0;
        if x[0] > 0.0 {
            s += it.next().unwrap().sin();
        }
        for v in it {
            s *= v;
        }
        s
    }

    fn of_pairs(x) {
        let mut it = x.iter().zip(x.iter().skip(1));
        let mut s = 0.0;
        while let Some((a, b)) = it.next() {
            s += a * b.sin();
        }
        s
    }

    fn value_comes_in_the_loop(x) {
        let mut before = None;
        let mut s = 0.0;
        for v in x {
            if let Some(p) = before {
                s += (v - p) * (v - p) * v;
            }
            before = Some(v);
        }
        s
    }

    fn value_from_a_match(x) {
        let mut best = None;
        for (i, v) in x.iter().enumerate() {
            best = match best {
                None => Some((i, v)),
                Some((j, b)) => {
                    if v > b {
                        Some((i, v))
                    } else {
                        Some((j, b))
                    }
                }
            };
        }
        best.map_or(0.0, |(i, v)| v * v * v * (i + 1) as f64)
    }
}

/// Loops with a bound could be refused.
mod bounded {
    use super::*;

    functions! { refusing_against_differences:
        fn two_at_a_time(x) {
            let mut it = x.iter();
            let mut s = 0.0;
            #[gradgen::bound(3)]
            while let Some(v) = it.next() {
                let Some(w) = it.next() else {
                    s += v.sin();
                    break;
                };
                s += v * w;
            }
            s + it.len() as f64
        }

        fn heads(x) {
            let mut s = 0.3;
            let mut rest: &[f64] = x;
            #[gradgen::bound(3)]
            while !rest.is_empty() {
                s = s * rest[0] + rest.len() as f64 * rest[0];
                rest = &rest[1..];
            }
            s
        }

        fn heads_and_tails(x) {
            let mut s = 0.3;
            let mut rest = &x[..];
            #[gradgen::bound(4)]
            while let Some((first, tail)) = rest.split_first() {
                s = s * first + 1.0;
                rest = tail;
            }
            s
        }
    }
}

#[gradgen(gradient, hvp)]
fn of_slices(x: &[f64]) -> f64 {
    let rest = if x.len() > 3 { &x[1..] } else { x };
    let mut it = rest.chunks(2);
    let mut s = 1.0;
    if let Some(c) = it.next() {
        s += c[0] * c[0];
    }
    for c in it {
        s += c[0].sin() * s;
    }
    let mut it = x.iter().rev();
    while let Some(v) = it.next() {
        s = s * v.cos() + v;
        if s > 2.5 {
            break;
        }
    }
    for v in it {
        s += v * v * v;
    }
    s
}

#[test]
fn slices_may_have_nothing_to_take() {
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
