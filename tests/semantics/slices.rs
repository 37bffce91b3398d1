//! Slices gone through by iterators, and parts of them: lengths that only run time knows.

use gradgen::{Error, gradgen};

use crate::{assert_close, assert_same_bits, difference};

type Into = fn(&[f64], &mut [f64], &mut [f64]) -> Result<(), Error>;

/// A function of a slice with its siblings.
struct Family {
    value: fn(&[f64]) -> f64,
    into: fn(&[f64], &mut f64, &mut [f64]) -> Result<(), Error>,
    gradient: (Into, fn(usize) -> usize),
    hvp: (fn(&[f64], &[f64], &mut [f64], &mut [f64]) -> Result<(), Error>, fn(usize) -> usize),
}

impl Family {
    fn check(&self, lengths: std::ops::Range<usize>) {
        for length in lengths {
            let x: Vec<f64> = (0..length).map(|i| (0.7 + 1.3 * i as f64).sin() + 0.05 * i as f64).collect();
            self.check_at(&x);
        }
    }

    fn gradient_at(&self, x: &[f64]) -> Vec<f64> {
        let mut gradient = vec![f64::NAN; x.len()];
        let mut work = vec![f64::NAN; (self.gradient.1)(x.len())];
        (self.gradient.0)(x, &mut gradient, &mut work).expect("nothing is refused");
        gradient
    }

    fn check_at(&self, x: &[f64]) {
        let mut value = f64::NAN;
        (self.into)(x, &mut value, &mut [f64::NAN; 64]).expect("nothing is refused");
        assert_same_bits(value, (self.value)(x));
        let gradient = self.gradient_at(x);
        for place in 0..x.len() {
            let along = |step: f64| {
                let mut moved = x.to_vec();
                moved[place] += step;
                moved
            };
            assert_close(gradient[place], difference(|step| (self.value)(&along(step))));
            let mut direction = vec![0.0; x.len()];
            direction[place] = 1.0;
            let mut product = vec![f64::NAN; x.len()];
            let mut work = vec![f64::NAN; (self.hvp.1)(x.len())];
            (self.hvp.0)(x, &direction, &mut product, &mut work).expect("nothing is refused");
            for other in 0..x.len() {
                assert_close(product[other], difference(|step| self.gradient_at(&along(step))[other]));
            }
        }
    }
}

macro_rules! slices {
    ($($(#[$attribute:meta])* [$($lengths:tt)*] fn $name:ident($x:ident: &[f64]) $body:block)*) => {
        $(
            $(#[$attribute])*
            #[gradgen(gradient, hvp)]
            fn $name($x: &[f64]) -> f64 $body
        )*
        #[cfg(test)]
        mod of_slices {
            $(
                #[test]
                fn $name() {
                    pastey::paste! {
                        let family = super::Family {
                            value: super::$name,
                            into: super::[<$name _into>],
                            gradient: (super::[<$name _grad_into>], super::[<$name _grad_workspace>]),
                            hvp: (super::[<$name _hvp_into>], super::[<$name _hvp_workspace>]),
                        };
                    }
                    family.check($($lengths)*);
                }
            )*
        }
    };
}

slices! {
    [0..6] fn squares(x: &[f64]) {
        x.iter().map(|v| v * v * v).sum()
    }

    [0..6] fn rosenbrock(x: &[f64]) {
        x.windows(2).map(|w| 100.0 * (w[1] - w[0].powi(2)).powi(2) + (1.0 - w[0]).powi(2)).sum()
    }

    [0..6] fn three_in_a_row(x: &[f64]) {
        x.windows(3).map(|w| w.iter().product::<f64>() * w[1]).sum()
    }

    [0..7] fn neighbours(x: &[f64]) {
        x.iter().zip(x.iter().skip(1)).map(|(a, b)| (a * b).sin()).sum::<f64>()
    }

    [1..7] fn tail(x: &[f64]) {
        x[0] * x[1..].iter().map(|v| v.cos()).sum::<f64>()
    }

    [1..7] fn front_and_back(x: &[f64]) {
        let n = x.len();
        let front = &x[..n - 1];
        let back = &x[1..];
        let mut s = x[0];
        for (a, b) in front.iter().zip(back) {
            s += a * b * b;
        }
        for i in 0..back.len() {
            s += back[i].sin() * front[i];
        }
        s
    }

    [0..8] fn triples(x: &[f64]) {
        x.chunks_exact(3).enumerate().map(|(i, c)| (i as f64 + 1.0) * c[0] * c[1] * c[2]).sum()
    }

    [0..8] fn pairs_with_rest(x: &[f64]) {
        let mut s = 0.0;
        for c in x.chunks(2) {
            let mut product = 1.0;
            for v in c {
                product *= v + 1.5;
            }
            s += product * product;
        }
        s
    }

    [0..6] fn backwards(x: &[f64]) {
        x.iter().rev().fold(0.0, |acc, v| acc * 0.7 + v * v)
    }

    [0..6] fn mirrored(x: &[f64]) {
        x.iter().zip(x.iter().rev()).enumerate().map(|(i, (a, b))| i as f64 * a * b * b).sum()
    }

    [0..6] fn filtered(x: &[f64]) {
        x.iter().filter(|v| **v > 0.2).map(|v| v.exp() * v).sum()
    }

    [0..6] fn collected(x: &[f64]) {
        let squares: Vec<f64> = x.iter().map(|v| v * v).collect();
        let total: f64 = squares.iter().sum();
        squares.iter().zip(x).map(|(s, v)| s * v.sin() / (1.0 + total)).sum()
    }

    [0..6] fn every_other(x: &[f64]) {
        let even: f64 = x.iter().step_by(2).map(|v| v * v).sum();
        let odd: f64 = x.iter().skip(1).step_by(2).map(|v| v.cos()).sum();
        even * odd
    }

    [0..6] fn flat_table(x: &[f64]) {
        let n = x.len();
        let mut table = vec![0.0; n * n];
        for (i, v) in table.iter_mut().enumerate() {
            *v = i as f64 * 0.1;
        }
        let mut s = 0.0;
        for i in 0..n {
            let row = &table[i * n..(i + 1) * n];
            s += row.iter().zip(x).map(|(a, b)| a * b * x[i]).sum::<f64>();
        }
        s
    }

    [2..7] fn halves(x: &[f64]) {
        let (a, b) = x.split_at(2);
        a.iter().map(|v| v * v).sum::<f64>() * b.iter().map(|v| v + 1.0).product::<f64>() + a[1]
    }

    [0..6] fn polynomial(x: &[f64]) {
        let mean = x.iter().sum::<f64>() / (x.len() as f64 + 1.0);
        let horner = x.iter().rev().fold(0.0, |acc, &c| acc * mean + c);
        if x.is_empty() { 1.0 } else { horner * horner }
    }

    [2..7] fn parts_are_written(x: &[f64]) {
        let n = x.len();
        let mut y = x.to_vec();
        for v in y[1..].iter_mut() {
            *v *= x[0];
        }
        let front = &mut y[..n - 1];
        for i in 0..front.len() {
            front[i] += x[i + 1] * x[i];
        }
        y[..2].fill(x[1]);
        for c in y.chunks_exact_mut(2) {
            c[1] *= c[0];
        }
        y.iter().map(|v| v * v).sum()
    }

    [0..6] fn parts_only_where_there_is_room(x: &[f64]) {
        if x.len() > 2 {
            x[..2].iter().map(|v| v * v).sum::<f64>() * x[x.len() - 1] + x[1..].windows(2).map(|w| w[0] * w[1]).sum::<f64>()
        } else {
            0.5
        }
    }

    [0..6] fn until_one_is_negative(x: &[f64]) {
        x.iter().take_while(|v| **v > -0.3).enumerate().map(|(i, v)| v.exp() * i as f64).sum()
    }

    [0..6] fn greatest(x: &[f64]) {
        let top = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        x.iter().map(|v| (v - top).exp()).sum::<f64>().ln()
    }
}

/// Two slices of different lengths: the shorter one ends the sum.
#[gradgen(gradient, hvp(x))]
fn dot(x: &[f64], w: &[f64]) -> f64 {
    x.iter().zip(w.iter()).map(|(a, b)| a * a * b).sum()
}

#[test]
fn the_shorter_slice_ends_the_sum() {
    for (n, m) in [(3, 3), (2, 4), (4, 2), (0, 3), (3, 0), (0, 0)] {
        let x: Vec<f64> = (0..n).map(|i| 0.5 + i as f64).collect();
        let w: Vec<f64> = (0..m).map(|i| 1.5 - 0.3 * i as f64).collect();
        let (mut gx, mut gw) = (vec![f64::NAN; n], vec![f64::NAN; m]);
        let mut work = vec![f64::NAN; dot_grad_x_workspace(n, m).max(dot_grad_w_workspace(n, m))];
        dot_grad_x_into(&x, &w, &mut gx, &mut work).unwrap();
        dot_grad_w_into(&x, &w, &mut gw, &mut work).unwrap();
        for i in 0..n {
            assert_same_bits(gx[i], if i < m { 2.0 * x[i] * w[i] } else { 0.0 });
        }
        for i in 0..m {
            assert_same_bits(gw[i], if i < n { x[i] * x[i] } else { 0.0 });
        }
        let v: Vec<f64> = (0..n).map(|i| 1.0 + i as f64).collect();
        let mut product = vec![f64::NAN; n];
        let mut work = vec![f64::NAN; dot_hvp_x_workspace(n, m)];
        dot_hvp_x_into(&x, &w, &v, &mut product, &mut work).unwrap();
        for i in 0..n {
            assert_close(product[i], if i < m { 2.0 * w[i] * v[i] } else { 0.0 });
        }
    }
}

/// What is too short for a part of it is refused, as by the function.
#[test]
fn parts_beyond_the_end_are_refused() {
    let mut value = 7.0;
    assert!(tail_into(&[], &mut value, &mut []).is_err());
    assert!(halves_into(&[1.0], &mut value, &mut []).is_err());
    assert_same_bits(value, 7.0);
}
