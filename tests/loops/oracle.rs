//! Exact derivatives by hyper-dual numbers, of another text of the same function.

use gradgen_benchmarks::dual::Number;
use num_dual::HyperDual64;

/// A function over any number: all inputs that it is differentiated by in one list, all outputs in one.
pub trait Oracle {
    fn evaluate<D: Number>(&self, x: &[D]) -> Vec<D>;
}

/// A closure over any number: `oracle!([a: f64], |x: D| vec![x[0] * a])`.
macro_rules! oracle {
    ([$($field:ident: $kind:ty),*], |$x:ident: $number:ident| $body:expr) => {{
        struct Local {
            $($field: $kind,)*
        }
        impl crate::oracle::Oracle for Local {
            fn evaluate<$number: gradgen_benchmarks::dual::Number>(&self, $x: &[$number]) -> Vec<$number> {
                let Self { $($field),* } = self;
                $body
            }
        }
        Local { $($field: $field.clone()),* }
    }};
}

pub(crate) use oracle;

/// What an oracle says at a point.
pub struct Reference {
    /// One for each output.
    pub values: Vec<f64>,
    /// `[output][input]`.
    pub jacobian: Vec<Vec<f64>>,
    /// `[input][input]`, of the first output.
    pub hessian: Vec<Vec<f64>>,
}

impl Reference {
    pub fn of(oracle: &impl Oracle, x: &[f64]) -> Self {
        let values = oracle.evaluate(x);
        let mut jacobian = vec![vec![0.0; x.len()]; values.len()];
        let mut hessian = vec![vec![0.0; x.len()]; x.len()];
        for i in 0..x.len() {
            for j in i..x.len() {
                let mut seeded: Vec<HyperDual64> = x.iter().map(|x| HyperDual64::from_re(*x)).collect();
                seeded[i] = seeded[i].derivative1();
                seeded[j] = seeded[j].derivative2();
                let found = oracle.evaluate(&seeded);
                for (row, y) in jacobian.iter_mut().zip(&found) {
                    (row[i], row[j]) = (y.eps1, y.eps2);
                }
                if let Some(y) = found.first() {
                    (hessian[i][j], hessian[j][i]) = (y.eps1eps2, y.eps1eps2);
                }
            }
        }
        Self { values, jacobian, hessian }
    }
}
