//! Exact values and derivatives of an oracle, which shares no code with what is tested: first and
//! second order by hyper-dual numbers. And differences of the user's own function, which would
//! show an oracle that has been derived from a misread kernel.

use num_dual::HyperDual64;

use super::oracles::number::Number;

/// A re-implementation of a kernel for any kind of number: all inputs in one list, all outputs in
/// one list, integers and booleans aside.
pub(crate) trait Oracle {
    fn evaluate<D: Number>(&self, x: &[D], parameters: &[i32]) -> Vec<D>;
}

/// What an oracle says at a point.
#[derive(Clone, Debug)]
pub(crate) struct Reference {
    /// One per output scalar.
    pub(crate) value: Vec<f64>,
    /// `[output][input]`.
    pub(crate) jacobian: Vec<Vec<f64>>,
    /// `[output][input][input]`.
    pub(crate) hessian: Vec<Vec<Vec<f64>>>,
}

impl Reference {
    pub(crate) fn of(oracle: &impl Oracle, x: &[f64], parameters: &[i32]) -> Self {
        let n = x.len();
        let value = oracle.evaluate(x, parameters);
        let mut jacobian = vec![vec![0.0; n]; value.len()];
        let mut hessian = vec![vec![vec![0.0; n]; n]; value.len()];
        for i in 0..n {
            for j in i..n {
                let mut seeded: Vec<HyperDual64> = x.iter().map(|x| HyperDual64::from_re(*x)).collect();
                seeded[i] = seeded[i].derivative1();
                seeded[j] = seeded[j].derivative2();
                for (o, y) in oracle.evaluate(&seeded, parameters).into_iter().enumerate() {
                    jacobian[o][i] = y.eps1;
                    jacobian[o][j] = y.eps2;
                    hessian[o][i][j] = y.eps1eps2;
                    hessian[o][j][i] = y.eps1eps2;
                }
            }
        }
        Self { value, jacobian, hessian }
    }

    /// Compares with central differences: the first order of `f`, the second of the oracle's own
    /// first. Good to about eight digits in well-scaled functions; wrong formulas are off by more.
    pub(crate) fn check_by_differences(
        &self,
        name: &str,
        oracle: &impl Oracle,
        f: impl Fn(&[f64]) -> Vec<f64>,
        x: &[f64],
        parameters: &[i32],
    ) {
        const STEP: f64 = 1e-5;
        for i in 0..x.len() {
            let at = |step: f64| {
                let mut moved = x.to_vec();
                moved[i] += step;
                moved
            };
            let (forth, back) = (at(STEP), at(-STEP));
            let (above, below) = (f(&forth), f(&back));
            for (o, row) in self.jacobian.iter().enumerate() {
                let difference = (above[o] - below[o]) / (2.0 * STEP);
                assert_close(difference, row[i], 1e-6, || format!("{name}: oracle's d{o}/d{i} at {x:?}"));
            }
            let (above, below) =
                (first_order(oracle, &forth, parameters), first_order(oracle, &back, parameters));
            for (o, block) in self.hessian.iter().enumerate() {
                for j in 0..x.len() {
                    let difference = (above[o][j] - below[o][j]) / (2.0 * STEP);
                    assert_close(difference, block[i][j], 1e-6, || {
                        format!("{name}: oracle's d{o}/d{i}d{j} at {x:?}")
                    });
                }
            }
        }
    }
}

fn first_order(oracle: &impl Oracle, x: &[f64], parameters: &[i32]) -> Vec<Vec<f64>> {
    let mut jacobian = vec![Vec::new(); oracle.evaluate(x, parameters).len()];
    for i in 0..x.len() {
        let mut seeded: Vec<num_dual::Dual64> = x.iter().map(|x| num_dual::Dual64::from_re(*x)).collect();
        seeded[i] = seeded[i].derivative();
        for (row, y) in jacobian.iter_mut().zip(oracle.evaluate(&seeded, parameters)) {
            row.push(y.eps);
        }
    }
    jacobian
}

/// Fails unless `got` is `want` up to `tolerance * (1 + |want|)`; NaN is never close.
pub(crate) fn assert_close(got: f64, want: f64, tolerance: f64, what: impl Fn() -> String) {
    let error = (got - want).abs();
    assert!(
        error <= tolerance * (1.0 + want.abs()),
        "{}: got {got:e}, want {want:e}, error {error:e}",
        what()
    );
}
