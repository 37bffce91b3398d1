//! Functions of `f32` beside the same of `f64`.

use gradgen::gradgen;
use num_traits::Float;

use crate::generic::assert_near;

macro_rules! functions {
    ($module:ident, $scalar:ident) => {
        pub(super) mod $module {
            use super::*;

            const RATE: $scalar = 0.3;

            #[gradgen(gradient, hvp, bundle(f, grad(x)))]
            pub(crate) fn state(x: &[$scalar; 3]) -> $scalar {
                let mut y = *x;
                let mut cost = 0.0;
                for k in 0..20 {
                    y = [
                        y[0] + RATE * y[1].sin(),
                        y[1] * 0.9 - y[2] / (k + 1) as $scalar,
                        (y[2] * y[0]).tanh(),
                    ];
                    if y[0] > 0.1 {
                        cost += y[0] * y[2].abs();
                    }
                }
                cost + y.iter().map(|v| v.powi(3)).sum::<$scalar>()
                    + y.iter().copied().fold(0.0, $scalar::max)
            }

            #[gradgen(gradient, hvp, bundle(f, grad(x)))]
            pub(crate) fn root(x: &[$scalar; 3]) -> $scalar {
                let a = x[0] * x[0] + 1.0;
                let mut r = a;
                for _ in 0..12 {
                    r = 0.5 * (r + a / r);
                }
                r.mul_add(x[1], $scalar::from(2 as $scalar))
                    + <$scalar>::exp(-x[2] * x[2])
                    + Float::hypot(r, x[2])
                    + if x[1].is_sign_negative() && x[2].is_finite() { x[1] * r } else { $scalar::EPSILON }
            }

            #[gradgen(gradient, hvp, jvp)]
            pub(crate) fn slices(x: &[$scalar], y: &[$scalar]) -> $scalar {
                let mut s = 1.0;
                for (a, b) in x.iter().zip(y) {
                    s = (s * a + b).sin();
                }
                s * x.iter().zip(y).map(|(a, b)| a * b).sum::<$scalar>()
            }
        }
    };
}

functions!(in_f32, f32);
functions!(in_f64, f64);

macro_rules! compare {
    ($($name:ident)+) => {
        $(#[test]
        fn $name() {
            for x in &crate::POINTS {
                let near = x.map(|x| x as f32);
                let at = near.map(f64::from);
                pastey::paste! {
                    let mut value = 0.0_f32;
                    in_f32::[<$name _into>](&near, &mut value, &mut []).expect("nothing is refused");
                    assert_eq!(value.to_bits(), in_f32::$name(&near).to_bits());
                    assert_eq!(in_f32::[<$name _f_grad>](&near).0.to_bits(), value.to_bits());
                    assert_near(&in_f32::[<$name _grad>](&near), &in_f64::[<$name _grad>](&at));
                    assert_near(
                        &in_f32::[<$name _hvp>](&near, &[0.5, -1.0, 0.25]),
                        &in_f64::[<$name _hvp>](&at, &[0.5, -1.0, 0.25]),
                    );
                }
            }
        })+
    };
}

compare!(state root);

#[test]
fn slices() {
    let (x, y) = ([0.3, -1.2, 0.7], [0.1, 0.9, -0.4]);
    let (near, of) = (x.map(|x| x as f32), y.map(|y| y as f32));
    let (mut gradient, mut expected) = ([0.0; 3], [0.0; 3]);
    let mut work = vec![0.0; in_f32::slices_grad_x_workspace(3, 3)];
    in_f32::slices_grad_x_into(&near, &of, &mut gradient, &mut work).expect("lengths fit");
    let mut work = vec![0.0; in_f64::slices_grad_x_workspace(3, 3)];
    in_f64::slices_grad_x_into(&x, &y, &mut expected, &mut work).expect("lengths fit");
    assert_near(&gradient, &expected);
    let v = [0.5, -1.0, 0.25];
    let (mut along, mut expected) = ([0.0; 3], [0.0; 3]);
    let mut work = vec![0.0; in_f32::slices_hvp_x_workspace(3, 3)];
    in_f32::slices_hvp_x_into(&near, &of, &v.map(|v| v as f32), &mut along, &mut work).expect("lengths fit");
    let mut work = vec![0.0; in_f64::slices_hvp_x_workspace(3, 3)];
    in_f64::slices_hvp_x_into(&x, &y, &v, &mut expected, &mut work).expect("lengths fit");
    assert_near(&along, &expected);
}
