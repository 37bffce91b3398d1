//! Iterators over arrays and ranges.

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
    fn squares(x) {
        x.iter().map(|v| v * v).sum::<f64>() * x[0]
    }

    fn copied(x) {
        let s: f64 = x.iter().copied().map(f64::sin).sum();
        s * x.iter().cloned().map(|v| v.cos()).product::<f64>()
    }

    fn counted_from(x) {
        let mut s = 0.5;
        for (i, v) in (1..x.len()).zip(0..) {
            s = s * x[i] + (v as f64 + 1.0) * x[v];
        }
        for (n, w) in (2..).zip(x.windows(2)) {
            s += n as f64 * w[0] * w[1] * s;
        }
        s
    }

    fn by_value(x) {
        let mut s = 0.0;
        for v in *x {
            s += v * v * v;
        }
        for (i, v) in x.into_iter().enumerate() {
            s += (i as f64 + 1.5) * v.sin();
        }
        s
    }

    fn references(x) {
        let mut s = 1.0;
        for &v in x {
            s *= 1.0 + v * v;
        }
        for v in x.iter() {
            s += *v * s;
        }
        s
    }

    fn folded(x) {
        x.iter().fold(1.0, |acc, &v| acc * (v + 2.5) + v.powi(2))
    }

    fn tuples_folded(x) {
        let (a, b) = x.iter().enumerate().fold((0.0, 1.0), |(a, b), (i, v)| (a + b * v, b + a * v + i as f64));
        a * b
    }

    fn greatest(x) {
        let top = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let bottom = x.iter().fold(f64::INFINITY, |a, &b| a.min(b));
        top * top * bottom + (top - bottom).exp()
    }

    fn neighbours(x) {
        x.windows(2).map(|w| (w[1] - w[0] * w[0]).powi(2)).sum()
    }

    fn neighbour_pairs(x) {
        x.iter().zip(x.iter().skip(1)).map(|(a, b)| a * b.sin()).sum::<f64>()
            + x.iter().zip(&x[1..]).map(|(&a, &b)| (a * b).cos()).sum::<f64>()
    }

    fn backwards(x) {
        let mut s = 0.3;
        for (i, v) in x.iter().rev().enumerate() {
            s = s * v + i as f64;
        }
        for (i, v) in x.iter().enumerate().rev() {
            s = s * v.cos() + i as f64;
        }
        s
    }

    fn backwards_pairs(x) {
        x.iter().zip(x.iter().rev()).map(|(a, b)| a * b * b).sum::<f64>()
            + x.iter().enumerate().zip(x.iter().rev().skip(1)).fold(0.1, |s, ((i, a), b)| s * a + b * i as f64)
    }

    fn stepped(x) {
        let pairs: f64 = x.iter().step_by(2).zip(x.iter().rev().step_by(2)).map(|(a, b)| a * b + a).product();
        let numbered = (0..7).step_by(3).rev().enumerate().map(|(i, k)| x[i] * k as f64).sum::<f64>();
        pairs + numbered * x[2]
    }

    fn ranges(x) {
        let a: f64 = (0..3).map(|i| x[i] * x[(i + 1) % 3]).sum();
        let b = (1..=3).map(|k: i32| x[0].powi(k) / k as f64).fold(0.0, |s, v| s + v);
        let c = (0..x.len()).rev().map(|i| x[i]).fold(1.0, |s, v| s * v + 0.5);
        a * b + c
    }

    fn taken(x) {
        let front = x.iter().take(2).map(|v| v * v).sum::<f64>();
        let all = x.iter().take(9).map(|v| v.sin()).sum::<f64>();
        let middle: f64 = x.iter().skip(1).take(1).map(|v| v.exp()).sum();
        let none: f64 = x.iter().skip(3).map(|v| v.ln()).sum();
        front * all + middle + none
    }

    fn filtered(x) {
        let positive: f64 = x.iter().filter(|v| **v > 0.0).map(|v| v * v).sum();
        let odd: f64 = x.iter().enumerate().filter(|(i, _)| i % 2 == 1).map(|(_, v)| v.cos()).sum();
        let counted = x.iter().filter(|&&v| v > 0.0).count() as f64;
        positive * odd + counted * x[0]
    }

    fn numbered_after_a_filter(x) {
        let mut s = 0.0;
        for (i, v) in x.iter().filter(|v| v.abs() > 0.5).enumerate() {
            s += (i as f64 + 0.5) * v.sin() * s + v;
        }
        s
    }

    fn decided(x) {
        let any = x.iter().any(|&v| v > 1.0);
        let all = x.iter().all(|v| *v > 0.0);
        if any && !all { x[0] * x[1] } else if all { x[1] * x[2] * x[0] } else { x[2].sin() * x[0] }
    }

    fn chained(x) {
        let mut s = 1.0;
        for v in x.iter().chain(x[1..].iter()) {
            s = s * 0.5 + v * v;
        }
        s * x.iter().chain(&[0.5, 2.0]).map(|v| v + 3.0).product::<f64>()
    }

    fn flattened(x) {
        let table = [[x[0], x[1] * x[2]], [x[2].sin(), x[0] * x[0]]];
        let sum: f64 = table.iter().flatten().map(|v| v * v).sum();
        let pairs: f64 = (0..3).flat_map(|i| (0..i).map(move |j| (i, j))).map(|(i, j)| x[i] * x[j]).sum();
        sum * pairs
    }

    fn rows(x) {
        let table = [[x[0], x[1], 1.0], [x[2], 0.5, x[0]], [x[1], x[1], x[2]]];
        let mut s = 0.0;
        for row in &table {
            s += row.iter().zip(x).map(|(a, b)| a * b).sum::<f64>().tanh();
        }
        let trace: f64 = table.iter().enumerate().map(|(i, row)| row[i] * row[0]).sum();
        s * trace
    }

    fn mutated(x) {
        let mut y = *x;
        for v in y.iter_mut() {
            *v = v.sin() + *v;
        }
        for (i, v) in y.iter_mut().enumerate() {
            *v *= i as f64 + x[i];
        }
        y.iter_mut().zip(x.iter()).for_each(|(a, b)| *a += b * b);
        let mut table = [y, *x];
        for row in table.iter_mut() {
            row[0] *= row[1];
            for v in row.iter_mut().rev() {
                *v += x[2];
            }
        }
        for v in &mut y {
            *v -= 1.0;
        }
        y[0] * y[1] * y[2] + table[0][0] * table[1][2] + table[1][0]
    }

    fn collected(x) {
        let y: Vec<f64> = x.iter().map(|v| v * v + 1.0).collect();
        let z = x.iter().zip(&y).map(|(a, b)| a / b).collect::<Vec<_>>();
        let w = x.map(|v| v.exp().min(9.0).max(0.1) + v);
        let r: Vec<f64> = y.iter().rev().cloned().collect();
        y[0] * z[1] + w[2] * r[0] + z.iter().sum::<f64>()
    }

    fn chunks(x) {
        let four = [x[0], x[1], x[2], x[0] * x[1], 2.0];
        let whole: f64 = four.chunks_exact(2).map(|c| c[0] * c[1]).sum();
        let with_rest: f64 = four.chunks(2).map(|c| c.iter().product::<f64>().sin()).sum();
        let mut numbered = 0.0;
        for (i, c) in four.chunks_exact(2).enumerate() {
            numbered += (i as f64 + 1.0) * c[1] * c[0];
        }
        whole * with_rest + numbered
    }

    fn side_effects(x) {
        let mut count = 0.5;
        let mut last = 0.0;
        let total: f64 = x.iter().map(|v| { count += v * v; v * count }).sum();
        x.iter().for_each(|v| last = last * 0.5 + v.sin());
        total * last + count
    }

    fn jumps(x) {
        let mut s = 0.0;
        for (i, v) in x.iter().enumerate() {
            if i == 1 {
                continue;
            }
            if *v > 2.0 {
                break;
            }
            s += v * v * (i as f64 + 1.0);
        }
        s * x[1]
    }

    fn held(x) {
        let doubled = x.iter().map(|v| 2.0 * v);
        let pairs = doubled.zip(x.iter());
        pairs.map(|(a, b)| a * b).sum::<f64>() * x[1]
    }

    fn nothing(x) {
        let none: f64 = [0.0; 0].iter().map(|v: &f64| v * 2.0).sum();
        let one: f64 = (0..0).map(|i| x[i]).product();
        none + one * x[0] * x[1] * x[2]
    }

    fn products_of_sums(x) {
        (0..3).map(|i| (0..3).filter(|&j| j != i).map(|j| x[i] - x[j] * 0.3).product::<f64>()).sum()
    }

    fn while_it_holds(x) {
        let front: f64 = x.iter().take_while(|v| v.abs() < 2.0).map(|v| v * v).sum();
        let rest: f64 = x.iter().skip_while(|v| **v < 0.5).map(|v| v.sin()).sum();
        let mut s = 1.0;
        for (i, v) in x.iter().take_while(|v| **v > -1.0).enumerate() {
            s += (i as f64 + 1.0) * v;
        }
        front * rest + s * s
    }

    fn made_from_functions(x) {
        let y: [f64; 3] = std::array::from_fn(|i| x[i] * x[(i + 1) % 3]);
        let table: [[f64; 3]; 2] = core::array::from_fn(|i| core::array::from_fn(|j| x[j] * (i as f64 + 0.5)));
        let stated = std::array::from_fn::<f64, 2, _>(|i| y[i] + table[i][2]);
        let squares = |v: &[f64; 3]| -> [f64; 3] { std::array::from_fn(|i| v[i] * v[i]) };
        stated[0] * stated[1] + table[1][0] * squares(&y)[2]
    }

    fn parts_are_written(x) {
        fn scale(v: &mut [f64], by: f64) {
            for i in 0..v.len() {
                v[i] *= by;
            }
            v[0] += by;
        }
        let mut y = [x[0], x[1], x[2], 1.0, 2.0];
        scale(&mut y[1..], x[0]);
        scale(&mut y, 0.5);
        y[..2].fill(x[1] * x[2]);
        let tail = &mut y[2..];
        tail[1] = tail[0] * tail[2];
        tail.swap(0, 1);
        for (i, v) in tail.iter_mut().enumerate() {
            *v += i as f64 * x[0];
        }
        y[1..3].copy_from_slice(&x[1..]);
        let mut table = [*x, [0.5; 3]];
        for row in table.iter_mut() {
            row[1..].fill(x[0]);
            row[2] *= x[1];
        }
        for c in y.chunks_exact_mut(2) {
            c[0] += c[1] * c[1];
        }
        let (a, b) = y.split_at_mut(2);
        a[0] *= b[1];
        b[2] -= a[1] * a[0];
        y.iter().product::<f64>() + table[1][2] * table[0][1]
    }

    fn cloned_iterators(x) {
        let positive = x.iter().filter(|v| **v > 0.0).enumerate();
        let a: f64 = positive.clone().map(|(i, v)| i as f64 * v).sum();
        let b: f64 = positive.map(|(i, v)| (i as f64 + 1.0) * v * v).sum();
        let mut walk = x.iter();
        if x[0] > 0.0 {
            walk = x[1..].iter();
        }
        a * b + walk.map(|v| v * v).sum::<f64>()
    }
}
