//! Hand-written derivatives of what is fitted to data.

use crate::check::{near, scalar};
use gradgen_benchmarks::dual;
use gradgen_benchmarks::hand::bundle_adjustment::jacobian;
use gradgen_benchmarks::hand::lstm::Network;
use gradgen_benchmarks::hand::mixture::{Model, Parameters};
use gradgen_benchmarks::hand::{self, mixture};
use gradgen_benchmarks::inputs::Numbers;
use gradgen_benchmarks::kernels;

#[test]
fn mixture() {
    for (n, d, k) in [(5, 3, 4), (3, 1, 1), (0, 2, 3)] {
        let mut numbers = Numbers::new(6);
        let samples = numbers.vector(n * d, -1.0, 1.0);
        let model = Model { samples: &samples, d, k, gamma: 0.7, freedom: 2.0 };
        scalar(
            &numbers.vector(k + k * d + k * d * d, -0.8, 0.8),
            |x| {
                let (weights, rest) = x.split_at(k);
                let (means, factors) = rest.split_at(k * d);
                kernels::mixture::mixture(weights, means, factors, &samples, n, d, k, 0.7, 2.0)
            },
            |x| dual::mixture::mixture(x, &model),
            |x| {
                let mut out = vec![f64::NAN; x.len()];
                let mut work = vec![f64::NAN; mixture::workspace(d, k)];
                let (weights, rest) = x.split_at(k);
                let (means, factors) = rest.split_at(k * d);
                let (d_weights, rest) = out.split_at_mut(k);
                let (d_means, d_factors) = rest.split_at_mut(k * d);
                let value = mixture::gradient(
                    Parameters { weights, means, factors },
                    &model,
                    Parameters { weights: d_weights, means: d_means, factors: d_factors },
                    &mut work,
                );
                (value, out)
            },
        );
    }
}

#[test]
fn lstm() {
    for (layers, width, length) in [(2, 3, 5), (1, 2, 2), (3, 1, 4)] {
        let mut numbers = Numbers::new(7);
        let state = numbers.vector(2 * layers * width, -1.0, 1.0);
        let sequence = numbers.vector(length * width, 0.0, 1.0);
        let network = Network { state: &state, sequence: &sequence, layers, width };
        scalar(
            &numbers.vector(8 * layers * width + 3 * width, -1.0, 1.0),
            |x| {
                let (gates, ends) = x.split_at(8 * layers * width);
                kernels::lstm::lstm(gates, ends, &state, &sequence, layers, width, length)
            },
            |x| dual::lstm::lstm(x, &network),
            |x| {
                let mut out = vec![f64::NAN; x.len()];
                let mut work = vec![f64::NAN; network.workspace()];
                let (gates, ends) = x.split_at(8 * layers * width);
                let (d_gates, d_ends) = out.split_at_mut(8 * layers * width);
                let value = hand::lstm::gradient(gates, ends, &network, d_gates, d_ends, &mut work);
                (value, out)
            },
        );
    }
}

#[test]
fn reprojection() {
    let common = [0.3, -0.2, 4.0, 500.0, 320.0, 240.0, 0.02, -0.003, 0.4, -0.3, 0.5, 0.8];
    for rotation in [[0.3, -0.5, 0.2], [0.0; 3], [1e-4, 0.0, -2e-4]] {
        let x = [&rotation[..], &common].concat();
        let feature = [300.0, 250.0];
        let kernel = |x: &[f64]| {
            let camera = x[..11].try_into().unwrap();
            kernels::bundle_adjustment::reprojection(camera, &[x[11], x[12], x[13]], x[14], &feature)
        };
        let (camera, point) = (x[..11].try_into().unwrap(), [x[11], x[12], x[13]]);
        let (mut y, mut d_camera, mut d_point, mut d_weight) =
            ([0.0; 2], [[0.0; 11]; 2], [[0.0; 3]; 2], [0.0; 2]);
        jacobian(camera, &point, x[14], &feature, &mut y, &mut d_camera, &mut d_point, &mut d_weight);
        assert_eq!(y, kernel(&x));
        let mut exact = [[0.0; 15]; 2];
        let f = |x: &[_], y: &mut [_]| dual::bundle_adjustment::reprojection(x, &feature, y);
        dual::jacobian(f, &mut dual::duals(&x), &mut dual::duals(&[0.0; 2]), exact.as_flattened_mut());
        for (i, exact) in exact.iter().enumerate() {
            let row = [&d_camera[i][..], &d_point[i], &[d_weight[i]]].concat();
            near("dual", &row, exact, 1e-11);
            // The branch of a rotation by 0 is left by every step.
            if rotation != [0.0; 3] {
                near("differences", &row, &crate::check::differences(&x, |x| kernel(x)[i]), 2e-6);
            }
        }
    }
}

#[test]
fn k_means() {
    let (n, d, k) = (13, 3, 4);
    let points = Numbers::new(8).vector(n * d, -1.0, 1.0);
    scalar(
        &Numbers::new(9).vector(k * d, -1.0, 1.0),
        |x| kernels::k_means::k_means(x, &points, n, d, k),
        |x| dual::k_means::k_means(x, &points, d),
        |x| {
            let mut out = vec![f64::NAN; x.len()];
            (hand::k_means::gradient(x, &points, d, &mut out), out)
        },
    );
}

#[test]
fn least_squares() {
    let (n, d) = (7, 4);
    let (a, b) = (Numbers::new(10).vector(n * d, -1.0, 1.0), Numbers::new(11).vector(n, -1.0, 1.0));
    scalar(
        &Numbers::new(12).vector(d, -1.0, 1.0),
        |x| kernels::least_squares::least_squares(&a, &b, x, n, d),
        |x| dual::least_squares::least_squares(x, &a, &b),
        |x| {
            let mut out = vec![f64::NAN; d];
            (hand::least_squares::gradient(&a, &b, x, &mut out), out)
        },
    );
}

#[test]
fn logistic() {
    let (n, d) = (9, 4);
    let features = Numbers::new(13).vector(n * d, -1.0, 1.0);
    let labels: Vec<f64> = (0..n).map(|i| if i % 3 == 0 { 1.0 } else { -1.0 }).collect();
    scalar(
        &Numbers::new(14).vector(d, -1.0, 1.0),
        |x| kernels::logistic::logistic(x, &features, &labels, 0.1),
        |x| dual::logistic::logistic(x, &features, &labels, 0.1),
        |x| {
            let mut out = vec![f64::NAN; d];
            (hand::logistic::gradient(x, &features, &labels, 0.1, &mut out), out)
        },
    );
}

#[test]
fn log_sum_exp() {
    for n in [1, 2, 17] {
        scalar(
            &Numbers::new(15).vector(n, -3.0, 3.0),
            kernels::log_sum_exp::log_sum_exp,
            dual::log_sum_exp::log_sum_exp,
            |x| {
                let mut out = vec![f64::NAN; n];
                (hand::log_sum_exp::gradient(x, &mut out), out)
            },
        );
    }
}
