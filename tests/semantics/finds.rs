//! What is found among the items of arrays and iterators.

use gradgen::gradgen;

use crate::{against_differences, assert_close, assert_same_bits, difference, refusing_against_differences};

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
    fn ends(x) {
        let middle = &x[1..2];
        x.first().unwrap() * x.last().unwrap() + middle.first().unwrap() * middle.last().copied().unwrap_or(0.0).sin()
    }

    fn empty(x) {
        let none = &x[3..];
        none.first().map_or(x[0] * x[0], |v| v * 100.0) + none.last().copied().unwrap_or(x[1] * x[2])
    }

    fn extremes(x) {
        let top = x.iter().max_by(|a, b| a.partial_cmp(b).unwrap()).unwrap();
        let bottom = x.iter().copied().min_by(|p, q| p.partial_cmp(q).expect("numbers")).unwrap();
        top * top * bottom.exp() + x[1]
    }

    fn reduced(x) {
        let product = x.iter().copied().reduce(|a, b| a * b + 0.5).unwrap();
        let positive = x.iter().copied().filter(|v| *v > 0.0).reduce(f64::max).unwrap_or(1.0);
        let last = x.iter().filter(|v| **v < 1.0).last();
        product * positive + last.map_or(0.25, |v| v.cos())
    }

    fn only_the_first_is_looked_at(x) {
        let mut looked = 0.0;
        let found = x.iter().find(|v| { looked += 1.0; **v > 0.0 });
        found.map_or(1.0, |v| v * v) * looked * x[1]
    }

    fn by_index(x) {
        let a = x.get(1).copied().unwrap_or(7.0);
        let b = x.get(5).map_or(x[0], |v| v * v);
        let c = x.iter().nth(2).unwrap();
        a * b * c
    }

    fn one_after_the_other(x) {
        let mut items = x.iter();
        let a = items.next().unwrap();
        let b = items.next().unwrap();
        let rest: f64 = items.map(|v| v * v).sum();
        let mut doubled = x.iter().map(|v| 2.0 * v).skip(1);
        let c = doubled.next().unwrap();
        let d = doubled.next().unwrap();
        a * b.sin() * rest + c * d + doubled.next().unwrap_or(0.5)
    }

    fn splits(x) {
        let (first, rest) = x.split_first().unwrap();
        let (last, front) = x.split_last().unwrap();
        let horner = rest.iter().fold(*first, |a, b| a * 0.5 + b * b);
        horner * front.iter().map(|v| v.cos()).sum::<f64>() + last
    }

    fn some_of_them(x) {
        let logs: f64 = x.iter().filter_map(|v| if *v > 0.0 { Some(v.ln()) } else { None }).sum();
        let mut s = 0.0;
        for (i, v) in x.iter().enumerate().filter_map(|(i, v)| (v.abs() > 0.4).then(|| (i, v * v))) {
            s += (i as f64 + 1.0) * v;
        }
        logs * s + x[0]
    }
}

/// An index that is found may refuse a call.
#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn positions(x: &[f64; 3]) -> f64 {
    let place = x.iter().position(|v| *v > 0.5);
    let found = x.iter().find(|v| **v < 0.0).copied();
    let a = match place {
        Some(i) => x[i] * x[i] * i as f64,
        None => x[0] * 2.0,
    };
    let b = if let Some(v) = found { v.sin() } else { 1.5 };
    a * b + x[2]
}

refusing_against_differences!(positions);

/// Of lengths that only run time knows, none included.
#[gradgen(gradient, hvp)]
fn of_slices(x: &[f64]) -> f64 {
    let Some((first, rest)) = x.split_first() else { return 0.25 };
    let top = rest.iter().copied().reduce(f64::max).unwrap_or(2.0);
    let far = x.get(3).copied().unwrap_or(1.0);
    let near = x.iter().position(|v| *v < 0.0).map_or(1.0, |i| x[i] + i as f64);
    first * top * top + far * x.last().unwrap().sin() * near
}

#[test]
fn slices_may_have_nothing_to_find() {
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
