//! Sums over samples of run-time number; a camera that sees a point.

use gradgen::{Differentiable, Value, gradgen};
use gradgen_benchmarks::hand::{lstm::Network, mixture::Model};
use gradgen_benchmarks::inputs::Numbers;
use gradgen_benchmarks::{dual, kernels};

use crate::check::Subject;
use crate::oracle::oracle;

#[test]
fn k_means() {
    for [n, d, k] in [[0, 2, 2], [1, 1, 1], [9, 3, 4]] {
        let mut numbers = Numbers::new(1);
        let (centres, points) = (numbers.vector(k * d, -1.0, 1.0), numbers.vector(n * d, -1.0, 1.0));
        let sizes = [n, d, k].map(Value::Usize);
        Subject {
            info: <kernels::k_means::k_means as Differentiable>::INFO,
            inputs: [&[Value::F64(&centres), Value::F64(&points)][..], &sizes].concat(),
            wrt: &["centres"],
            values: vec![kernels::k_means::k_means(&centres, &points, n, d, k)],
        }
        .check(&oracle!([points: Vec<f64>, d: usize], |x: D| vec![dual::k_means::k_means(x, points, *d)]));
    }
}

#[test]
fn least_squares() {
    for [n, d] in [[0, 2], [1, 1], [7, 3]] {
        let mut numbers = Numbers::new(2);
        let (a, b) = (numbers.vector(n * d, -1.0, 1.0), numbers.vector(n, -1.0, 1.0));
        let x = numbers.vector(d, -1.0, 1.0);
        Subject {
            info: <kernels::least_squares::least_squares as Differentiable>::INFO,
            inputs: vec![Value::F64(&a), Value::F64(&b), Value::F64(&x), Value::Usize(n), Value::Usize(d)],
            wrt: &["x"],
            values: vec![kernels::least_squares::least_squares(&a, &b, &x, n, d)],
        }
        .check(
            &oracle!([a: Vec<f64>, b: Vec<f64>], |x: D| vec![dual::least_squares::least_squares(x, a, b)]),
        );
    }
}

#[test]
fn log_sum_exp() {
    for n in [1, 2, 8] {
        let x = Numbers::new(3).vector(n, -3.0, 3.0);
        Subject {
            info: <kernels::log_sum_exp::log_sum_exp as Differentiable>::INFO,
            inputs: vec![Value::F64(&x)],
            wrt: &["x"],
            values: vec![kernels::log_sum_exp::log_sum_exp(&x)],
        }
        .check(&oracle!([], |x: D| vec![dual::log_sum_exp::log_sum_exp(x)]));
    }
}

#[test]
fn logistic_regression() {
    for [n, d] in [[0, 2], [1, 1], [8, 3]] {
        let mut numbers = Numbers::new(4);
        let (weights, features) = (numbers.vector(d, -1.0, 1.0), numbers.vector(n * d, -1.0, 1.0));
        let labels: Vec<f64> = (0..n).map(|i| if i % 3 == 0 { 1.0 } else { -1.0 }).collect();
        let lists = [&weights[..], &features, &labels, &[0.3]];
        Subject {
            info: <kernels::logistic::logistic as Differentiable>::INFO,
            inputs: lists.map(Value::F64).to_vec(),
            wrt: &["weights"],
            values: vec![kernels::logistic::logistic(&weights, &features, &labels, 0.3)],
        }
        .check(&oracle!([features: Vec<f64>, labels: Vec<f64>], |x: D| {
            vec![dual::logistic::logistic(x, features, labels, 0.3)]
        }));
    }
}

const FEATURE: [f64; 2] = [0.2, -0.1];

/// The kernel with more requests.
#[gradgen(jacobian(*), jacobian(camera), jvp(*), vjp(*), bundle(f, jf(point), vjp(point)))]
fn seen(camera: &[f64; 11], point: &[f64; 3], weight: f64) -> [f64; 2] {
    kernels::bundle_adjustment::reprojection(camera, point, weight, &FEATURE)
}

/// A sum of squares, for second order.
#[gradgen(gradient(*), hessian(camera), hvp(*))]
fn misfit(camera: &[f64; 11], point: &[f64; 3]) -> f64 {
    let distance = kernels::bundle_adjustment::reprojection(camera, point, 0.8, &FEATURE);
    distance[0] * distance[0] + distance[1] * distance[1]
}

#[test]
fn bundle_adjustment() {
    for turned in [1.0, 0.0] {
        let mut camera: [f64; 11] = Numbers::new(5).array(-0.4, 0.4);
        camera[..3].iter_mut().for_each(|turn| *turn *= turned);
        let (point, weight) = ([0.3, -0.5, 4.0], [0.8]);
        let oracle = oracle!([], |x: D| {
            let mut y = [D::constant(0.0); 2];
            dual::bundle_adjustment::reprojection(x, &FEATURE, &mut y);
            y.to_vec()
        });
        let values = kernels::bundle_adjustment::reprojection(&camera, &point, weight[0], &FEATURE).to_vec();
        let inputs = [&camera[..], &point, &weight, &FEATURE].map(Value::F64);
        Subject {
            info: <kernels::bundle_adjustment::reprojection as Differentiable>::INFO,
            inputs: inputs.to_vec(),
            wrt: &["camera", "point", "weight"],
            values: values.clone(),
        }
        .check(&oracle);
        Subject {
            info: <seen as Differentiable>::INFO,
            inputs: inputs[..3].to_vec(),
            wrt: &["camera", "point", "weight"],
            values,
        }
        .check(&oracle);
        Subject {
            info: <misfit as Differentiable>::INFO,
            inputs: inputs[..2].to_vec(),
            wrt: &["camera", "point"],
            values: vec![misfit(&camera, &point)],
        }
        .check(&oracle!([], |x: D| {
            let mut y = [D::constant(0.0); 2];
            let inputs = [x, &[D::constant(0.8)]].concat();
            dual::bundle_adjustment::reprojection(&inputs, &FEATURE, &mut y);
            vec![y[0] * y[0] + y[1] * y[1]]
        }));
    }
}

#[test]
fn mixture_of_gaussians() {
    for [n, d, k] in [[0, 1, 1], [1, 1, 1], [4, 2, 3], [2, 3, 2]] {
        let mut numbers = Numbers::new(6);
        let (samples, weights) = (numbers.vector(n * d, -1.0, 1.0), numbers.vector(k, -0.8, 0.8));
        let (means, factors) = (numbers.vector(k * d, -0.8, 0.8), numbers.vector(k * d * d, -0.5, 0.5));
        let (gamma, freedom) = ([1.3], [2.0]);
        let lists = [&weights[..], &means, &factors, &samples].map(Value::F64);
        let sizes = [n, d, k].map(Value::Usize);
        let prior = [&gamma, &freedom].map(|number| Value::F64(number));
        let value =
            kernels::mixture::mixture(&weights, &means, &factors, &samples, n, d, k, gamma[0], freedom[0]);
        Subject {
            info: <kernels::mixture::mixture as Differentiable>::INFO,
            inputs: [&lists[..], &sizes, &prior].concat(),
            wrt: &["weights", "means", "factors"],
            values: vec![value],
        }
        .check(&oracle!([samples: Vec<f64>, d: usize, k: usize], |x: D| {
            let model = Model { samples, d: *d, k: *k, gamma: 1.3, freedom: 2.0 };
            vec![dual::mixture::mixture(x, &model)]
        }));
    }
}

#[test]
fn long_short_term_memory() {
    for [layers, width, length] in [[1, 1, 2], [1, 2, 5], [2, 2, 4]] {
        let mut numbers = Numbers::new(7);
        let state = numbers.vector(2 * layers * width, -1.0, 1.0);
        let sequence = numbers.vector(length * width, 0.0, 1.0);
        let (gates, ends) =
            (numbers.vector(8 * layers * width, -1.0, 1.0), numbers.vector(3 * width, -1.0, 1.0));
        let lists = [&gates[..], &ends, &state, &sequence].map(Value::F64);
        let sizes = [layers, width, length].map(Value::Usize);
        Subject {
            info: <kernels::lstm::lstm as Differentiable>::INFO,
            inputs: [&lists[..], &sizes].concat(),
            wrt: &["gates", "ends"],
            values: vec![kernels::lstm::lstm(&gates, &ends, &state, &sequence, layers, width, length)],
        }
        .check(&oracle!([state: Vec<f64>, sequence: Vec<f64>, layers: usize, width: usize], |x: D| {
            let network = Network { state, sequence, layers: *layers, width: *width };
            vec![dual::lstm::lstm(x, &network)]
        }));
    }
}
