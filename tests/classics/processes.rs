//! Chemistry, epidemics and orbits: equations that are integrated or solved.

use gradgen::{Differentiable, Value, gradgen};

use crate::check;
use crate::check::Subject;
use crate::oracle::oracle;

/// How many are infected in the end, by the model of Kermack and McKendrick (1927), with Heun's rule.
#[gradgen(gradient(params), hessian(params), hvp(params), outputs(infected))]
pub fn sir(params: &[f64; 2], start: &[f64; 3], days: usize) -> f64 {
    let [beta, gamma] = *params;
    let rates = |[s, i, r]: [f64; 3]| {
        let (infections, recoveries) = (beta * s * i / (s + i + r), gamma * i);
        [-infections, infections - recoveries, recoveries]
    };
    let dt = 0.5;
    let mut state = *start;
    for _ in 0..days * 2 {
        let k1 = rates(state);
        let mut ahead = state;
        for (x, k) in ahead.iter_mut().zip(&k1) {
            *x += dt * k;
        }
        let k2 = rates(ahead);
        for j in 0..3 {
            state[j] += 0.5 * dt * (k1[j] + k2[j]);
        }
    }
    state[1]
}

#[test]
fn sir_is_the_same() {
    let (params, start) = ([0.4, 0.15], [990.0, 10.0, 0.0]);
    let oracle = oracle!([], |x: D| {
        let rates = |s: D, i: D| (-(x[0] * s * i) / 1000.0, x[0] * s * i / 1000.0 - x[1] * i);
        let (mut s, mut i) = (D::constant(990.0), D::constant(10.0));
        for _ in 0..24 {
            let (a, b) = rates(s, i);
            let (c, d) = rates(s + a * 0.5, i + b * 0.5);
            (s, i) = (s + (a + c) * 0.25, i + (b + d) * 0.25);
        }
        vec![i]
    });
    Subject {
        info: <sir as Differentiable>::INFO,
        inputs: vec![Value::F64(&params), Value::F64(&start), Value::Usize(12)],
        wrt: &["params"],
        values: vec![sir(&params, &start, 12)],
    }
    .check(&oracle);
}

/// The stiff kinetics of Robertson (1966): three species, rates that are orders of magnitude apart.
#[gradgen(jacobian(*), vjp(*), outputs(rates))]
pub fn robertson(y: &[f64; 3], k: &[f64; 3]) -> [f64; 3] {
    let slow = k[0] * y[0];
    let fast = k[1] * y[1].powi(2);
    let cross = k[2] * y[1] * y[2];
    [cross - slow, slow - cross - fast, fast]
}

/// One implicit step, by Newton's iteration on the generated Jacobian's own formula, squared.
#[gradgen(gradient(*), hessian, hessian(y, k), hvp(*))]
pub fn robertson_defect(y: &[f64; 3], k: &[f64; 3], before: &[f64; 3], dt: f64) -> f64 {
    let rates: [f64; 3] = robertson(y, k);
    y.iter().zip(before).zip(&rates).map(|((y, b), f)| (y - b - dt * f).powi(2)).sum()
}

#[test]
fn robertson_is_the_same() {
    let (y, k, before) = ([0.9, 2.1e-2, 0.07], [0.04, 30.0, 10.0], [0.95, 1e-2, 0.03]);
    let oracle = oracle!([], |x: D| {
        let (a, b, c) = (x[3] * x[0], x[4] * x[1] * x[1], x[5] * x[1] * x[2]);
        vec![c - a, a - b - c, b]
    });
    check(<robertson as Differentiable>::INFO, &[&y, &k], robertson(&y, &k), &oracle);
    let oracle = oracle!([], |x: D| {
        let (a, b, c) = (x[3] * x[0], x[4] * x[1] * x[1], x[5] * x[1] * x[2]);
        let (dt, rates) = (x[9], [c - a, a - b - c, b]);
        let defect = |i: usize| x[i] - x[6 + i] - dt * rates[i];
        vec![defect(0).powi(2) + defect(1).powi(2) + defect(2).powi(2)]
    });
    let value = robertson_defect(&y, &k, &before, 0.3);
    let inputs: [&[f64]; 4] = [&y, &k, &before, &[0.3]];
    check(<robertson_defect as Differentiable>::INFO, &inputs, value, &oracle);
}

/// The eccentric anomaly, from Kepler's equation by a Newton loop that stops.
#[gradgen(gradient, hessian, hessian(mean, eccentricity), hvp(*))]
pub fn eccentric_anomaly(mean: f64, eccentricity: f64) -> f64 {
    let mut anomaly = if eccentricity < 0.8 { mean } else { std::f64::consts::PI };
    for _ in 0..30 {
        let error = anomaly - eccentricity * anomaly.sin() - mean;
        anomaly -= error / (1.0 - eccentricity * anomaly.cos());
        if error.abs() < 1e-14 {
            break;
        }
    }
    anomaly
}

/// The derivatives that the equation itself implies: E_M = 1 / d, E_e = sin E / d, with d = 1 - e cos E.
#[test]
fn kepler_follows_from_its_equation() {
    for (m, e) in [(0.4, 0.1), (1.9, 0.6), (2.8, 0.9), (5.1, 0.3)] {
        let x = eccentric_anomaly(m, e);
        let (sin, cos) = x.sin_cos();
        let d = 1.0 - e * cos;
        let close = |got: f64, want: f64| {
            assert!((got - want).abs() < 1e-10 * (1.0 + want.abs()), "{got} is not {want} at {m}, {e}");
        };
        close(eccentric_anomaly_grad_mean(m, e), 1.0 / d);
        close(eccentric_anomaly_grad_eccentricity(m, e), sin / d);
        close(eccentric_anomaly_hessian_mean(m, e), -e * sin / d.powi(3));
        close(eccentric_anomaly_hessian_mean_eccentricity(m, e), cos / d.powi(2) - e * sin * sin / d.powi(3));
        close(
            eccentric_anomaly_hessian_eccentricity(m, e),
            2.0 * sin * cos / d.powi(2) - e * sin.powi(3) / d.powi(3),
        );
    }
}

/// The pressure of a fluid after Peng and Robinson (1976), from its temperature and molar volume.
#[gradgen(gradient, hessian, hessian(t, v), hvp(*))]
pub fn peng_robinson(t: f64, v: f64, critical: &[f64; 2], omega: f64) -> f64 {
    const R: f64 = 8.314_462_618;
    let [tc, pc] = *critical;
    let kappa = 0.37464 + 1.54226 * omega - 0.26992 * omega.powi(2);
    let alpha = (1.0 + kappa * (1.0 - (t / tc).sqrt())).powi(2);
    let a = 0.45724 * (R * tc).powi(2) / pc * alpha;
    let b = 0.07780 * R * tc / pc;
    R * t / (v - b) - a / (v * v + 2.0 * b * v - b * b)
}

#[test]
fn peng_robinson_is_the_same() {
    // Carbon dioxide, in units in which nothing is large: bar, litres.
    for (t, v) in [(310.0, 0.9), (280.0, 4.0), (400.0, 22.0)] {
        let (critical, omega) = ([304.13, 73.77], 0.225);
        let oracle = oracle!([], |x: D| {
            let (t, v, tc, pc, omega) = (x[0], x[1], x[2], x[3], x[4]);
            let r = 8.314_462_618;
            let m = omega * (omega * -0.26992 + 1.54226) + 0.37464;
            let b = tc / pc * (0.0778 * r);
            let root = m + 1.0 - m * (t / tc).sqrt();
            let a = root * root * tc * tc / pc * (0.45724 * r * r);
            // v² + 2 b v - b² = (v + b)² - 2 b².
            vec![t * r / (v - b) - a / ((v + b).powi(2) - b * b * 2.0)]
        });
        let value = peng_robinson(t, v, &critical, omega);
        let inputs: [&[f64]; 4] = [&[t], &[v], &critical, &[omega]];
        check(<peng_robinson as Differentiable>::INFO, &inputs, value, &oracle);
    }
}
