//! Option prices, and the likelihood of a model of volatility.

use std::f64::consts::PI;

use gradgen::{Differentiable, gradgen};

use crate::check;
use crate::oracle::oracle;

/// The normal distribution function by the series and the continued fraction of Abramowitz and Stegun,
/// "Handbook of Mathematical Functions", 26.2.10 and 26.2.14.
#[gradgen(gradient, hessian)]
pub fn normal_cdf(x: f64) -> f64 {
    let density = (-0.5 * x * x).exp() / (2.0 * PI).sqrt();
    let z = x.abs();
    if z < 3.0 {
        let (mut term, mut sum) = (x, x);
        for k in 1..60 {
            term *= x * x / (2 * k + 1) as f64;
            sum += term;
        }
        0.5 + density * sum
    } else {
        let mut fraction = z;
        for k in (1..40).rev() {
            fraction = z + k as f64 / fraction;
        }
        let tail = density / fraction;
        if x > 0.0 { 1.0 - tail } else { tail }
    }
}

/// The price of a European call, after Black and Scholes (1973).
#[gradgen(gradient, gradient(*), hessian, hessian(spot, vol), hvp(*), bundle(f, grad(spot, vol)))]
pub fn black_scholes_call(spot: f64, strike: f64, rate: f64, vol: f64, expiry: f64) -> f64 {
    let sigma = vol * expiry.sqrt();
    let d1 = ((spot / strike).ln() + (rate + 0.5 * vol.powi(2)) * expiry) / sigma;
    let d2 = d1 - sigma;
    spot * normal_cdf(d1) - strike * (-rate * expiry).exp() * normal_cdf(d2)
}

/// The greeks by the formulas of every textbook: delta, gamma, vega, theta, rho, vanna, volga.
fn greeks(s: f64, k: f64, r: f64, vol: f64, t: f64) -> [f64; 7] {
    let d1 = ((s / k).ln() + (r + vol * vol / 2.0) * t) / (vol * t.sqrt());
    let d2 = d1 - vol * t.sqrt();
    let n = |x: f64| (-x * x / 2.0).exp() / (2.0 * PI).sqrt();
    let discounted = k * (-r * t).exp();
    let vega = s * n(d1) * t.sqrt();
    [
        normal_cdf(d1),
        n(d1) / (s * vol * t.sqrt()),
        vega,
        s * n(d1) * vol / (2.0 * t.sqrt()) + r * discounted * normal_cdf(d2),
        t * discounted * normal_cdf(d2),
        -n(d1) * d2 / vol,
        vega * d1 * d2 / vol,
    ]
}

#[test]
fn black_scholes_has_the_greeks_of_the_textbook() {
    for [s, k, r, vol, t] in
        [[100.0, 105.0, 0.03, 0.2, 0.7], [5.0, 4.5, 0.05, 0.3, 1.0], [100.0, 40.0, 0.01, 0.25, 0.5]]
    {
        let (by_s, _, by_r, by_vol, by_t) = black_scholes_call_grad(s, k, r, vol, t);
        let second = [
            black_scholes_call_hessian_spot(s, k, r, vol, t),
            black_scholes_call_hessian_spot_vol(s, k, r, vol, t),
            black_scholes_call_hessian_vol(s, k, r, vol, t),
        ];
        let got = [by_s, second[0], by_vol, by_t, by_r, second[1], second[2]];
        for (got, want) in got.iter().zip(greeks(s, k, r, vol, t)) {
            assert!((got - want).abs() <= 1e-10 * (1.0 + want.abs()), "{got} is not {want}");
        }
    }
}

#[test]
fn black_scholes_is_the_same() {
    for x in [[100.0, 105.0, 0.03, 0.2, 0.7], [5.0, 4.5, 0.05, 0.3, 1.0], [100.0, 40.0, 0.01, 0.25, 0.5]] {
        let oracle = oracle!([], |x: D| {
            // Simpson's rule for the integral of the density from 0, where it is not far.
            let cdf = |z: D| {
                const N: i32 = 4000;
                let density = |t: D| (t * t / -2.0).exp() / (2.0 * PI).sqrt();
                let mut sum = density(D::constant(0.0)) + density(z);
                for i in 1..N {
                    let weight = if i % 2 == 1 { 4.0 } else { 2.0 };
                    sum += density(z * f64::from(i) / f64::from(N)) * weight;
                }
                sum * z / f64::from(3 * N) + 0.5
            };
            let [spot, strike, rate, vol, expiry] = x else { panic!("five numbers") };
            let total = *vol * *vol * *expiry;
            let forward = (*spot / *strike).ln() + *rate * *expiry;
            let (a, b) = ((forward + total / 2.0) / total.sqrt(), (forward - total / 2.0) / total.sqrt());
            vec![*spot * cdf(a) - *strike * (-*rate * *expiry).exp() * cdf(b)]
        });
        let inputs: Vec<&[f64]> = x.iter().map(std::slice::from_ref).collect();
        let value = black_scholes_call(x[0], x[1], x[2], x[3], x[4]);
        check(<black_scholes_call as Differentiable>::INFO, &inputs, value, &oracle);
    }
}

/// The negative log-likelihood of returns under GARCH(1, 1), after Bollerslev (1986).
#[gradgen(gradient(theta), hessian(theta), hvp(theta))]
pub fn garch(theta: &[f64; 4], returns: &[f64]) -> f64 {
    let [mu, omega, alpha, beta] = *theta;
    let n = returns.len() as f64;
    let mean = returns.iter().sum::<f64>() / n;
    let mut variance = returns.iter().map(|r| (r - mean).powi(2)).sum::<f64>() / n;
    let mut total = 0.0;
    for r in returns {
        let residual = r - mu;
        total += 0.5 * ((2.0 * PI).ln() + variance.ln() + residual.powi(2) / variance);
        variance = omega + alpha * residual.powi(2) + beta * variance;
    }
    total
}

#[test]
fn garch_is_the_same() {
    let returns = [0.013, -0.021, 0.004, 0.034, -0.041, 0.011, -0.007, 0.002, 0.019];
    let theta = [0.001, 0.0001, 0.12, 0.8];
    let oracle = oracle!([], |x: D| {
        let returns = &x[4..];
        let mut mean = D::constant(0.0);
        returns.iter().for_each(|r| mean += *r / returns.len() as f64);
        let mut spread = D::constant(0.0);
        returns.iter().for_each(|r| spread += (*r - mean) * (*r - mean) / returns.len() as f64);
        let mut sum = D::constant(0.5 * returns.len() as f64 * (2.0 * PI).ln());
        for r in returns {
            let square = (*r - x[0]) * (*r - x[0]);
            sum += (square / spread + spread.ln()) / 2.0;
            spread = x[1] + x[2] * square + x[3] * spread;
        }
        vec![sum]
    });
    check(<garch as Differentiable>::INFO, &[&theta, &returns], garch(&theta, &returns), &oracle);
}
