//! Iterators that remember something from one item to the next, and orders of items.

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
    fn scans(x) {
        let sums: Vec<f64> = x.iter().scan(0.0, |s, v| { *s += v * v; Some(*s) }).collect();
        let pairs = x.iter().scan((0.0, 1.0), |state, v| {
            state.0 += v;
            state.1 *= state.0;
            Some(state.1)
        });
        let numbered: f64 = pairs.enumerate().map(|(i, v)| v * (i + 1) as f64).sum();
        sums[0] * sums[2].sin() + numbered
    }

    fn scans_that_end(x) {
        let product = |p: &mut f64, v: &f64| {
            *p *= v;
            if *p > 1.1 { None } else { Some(*p) }
        };
        x.iter().scan(1.0, product).map(|v| v * v).sum::<f64>() + x[0] * x[1]
    }

    fn parts_of_scans(x) {
        let first: f64 = x.iter().scan(1.0, |p, &v| { *p *= v; Some(*p) }).take(2).map(|v| v * v).sum();
        let last: f64 = x.iter().scan(1.0, |p, &v| { *p *= v; Some(*p) }).skip(1).map(|v| v.sin()).sum();
        first * last
    }

    fn as_often_as_the_standard_library(x) {
        let (mut scanned, mut mapped) = (0.0, 0.0);
        let s: f64 = x.iter().scan(0.0, |s, v| { scanned += 1.0; *s += v; Some(*s * scanned) }).sum();
        let t: f64 = x.iter().map_while(|v| {
            mapped += 1.0;
            if *v > 0.0 { Some(v * v) } else { None }
        }).sum();
        s * scanned * x[0] + t * mapped * x[1]
    }

    fn of_what_is_left(x) {
        let some: f64 = x.iter().filter(|v| **v > 0.0).skip(1).take(1).enumerate()
            .map(|(i, v)| v * v * (i + 1) as f64).sum();
        some + x.iter().filter(|v| **v < 1.5).take(1).map(|v| v.exp()).sum::<f64>()
    }

    fn over_several(x) {
        let a: f64 = x.iter().chain(&[0.5, 1.5]).skip(1).take(3).map(|v| v * v).product();
        let b: f64 = x.iter().chain(x).scan(1.0, |p, v| { *p *= v; Some(*p) }).sum();
        let c: f64 = (0..3).flat_map(|i| (0..i).map(move |j| (i, j))).skip(1).take(1).map(|(i, j)| x[i] * x[j]).sum();
        a + b * c
    }

    fn again_and_again(x) {
        let weights = [1.0, -0.5];
        let a: f64 = x.iter().zip(weights.iter().cycle()).map(|(v, w)| v * v * w).sum();
        a + x.iter().cycle().skip(1).take(7).enumerate().map(|(i, v)| v * v * i as f64).sum::<f64>()
    }

    fn the_next_one(x) {
        let mut it = x.iter().peekable();
        let mut s = 0.0;
        while let Some(v) = it.next() {
            if let Some(next) = it.peek() {
                s += v * v * **next;
            }
            if s > 2.0 {
                break;
            }
        }
        for v in it {
            s *= v;
        }
        s
    }

    fn by_a_constant(x) {
        const STEP: usize = 2;
        let mut s = x.iter().step_by(STEP).map(|v| v * v).product::<f64>();
        for i in (0..3).step_by(STEP) {
            s += x[i].sin();
        }
        s
    }

    fn two_at_once(x) {
        let (a, b): (Vec<f64>, Vec<f64>) = x.iter().map(|v| (v.sin(), v * v)).unzip();
        a[0] * b[1] + a[1] * b[2]
    }

    fn orders(x) {
        let top = x.iter().copied().max_by(|a, b| a.total_cmp(b)).unwrap();
        let low = x.iter().copied().min_by(f64::total_cmp).unwrap();
        let down = x.iter().max_by(|a, b| b.total_cmp(a)).unwrap();
        let small = x.iter().min_by(|a, b| (*a * *a).partial_cmp(&(*b * *b)).unwrap()).unwrap();
        let place = x.iter().enumerate().max_by(|(_, a), (_, b)| a.partial_cmp(b).unwrap());
        let (i, v) = place.unwrap();
        top * top * low + small * down + v * v * v * (i + 1) as f64
    }

    fn orders_of_what_is_left(x) {
        let largest = x.iter().enumerate().filter(|(_, v)| **v > 0.4).max_by(|a, b| a.1.total_cmp(b.1));
        largest.map_or(x[0], |(i, v)| v * v * (i + 1) as f64)
    }

    fn zeros_and_nan_in_total_order(x) {
        let values = [x[0] * 0.0, -0.0, x[1], (x[2] - 1.0).ln()];
        let last = values.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).unwrap().0;
        let first = values.iter().enumerate().min_by(|a, b| a.1.total_cmp(b.1)).unwrap().0;
        let zero = values[..2].iter().enumerate().min_by(|a, b| a.1.total_cmp(b.1)).unwrap().0;
        (last + 2) as f64 * x[0] * x[0] + (first + 3 * zero + 1) as f64 * x[1] * x[2]
    }
}

#[gradgen(gradient, hvp)]
fn of_slices(x: &[f64]) -> f64 {
    let sums: Vec<f64> = x
        .iter()
        .scan(0.5, |s, v| {
            *s += v * v;
            Some(*s)
        })
        .collect();
    let (a, b): (Vec<f64>, Vec<f64>) = x.iter().enumerate().map(|(i, v)| (v * i as f64, v.sin())).unzip();
    let first: f64 = x.iter().filter(|v| **v > 0.0).take(2).map(|v| v * v).sum();
    let ended: f64 = x
        .iter()
        .scan(1.0, |p, &v| {
            *p *= v;
            if *p < -0.3 { None } else { Some(*p) }
        })
        .sum();
    let dot: f64 = a.iter().zip(&b).map(|(a, b)| a * b).sum();
    let top = x.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).map_or(1.0, |(i, v)| v * i as f64);
    sums.iter().map(|s| s.sin()).sum::<f64>() * first + ended * dot * top
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
