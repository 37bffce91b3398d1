//! Where kernels are evaluated: chosen points, and pseudo-random ones in a box.

use super::siblings::{Directions, Primal};
use super::typed::{Kind, Scalar};

/// How many random points a kernel gets per set of parameters.
const RANDOM: usize = 6;

/// Points of one kernel. All differentiable inputs are one list of scalars, in order.
#[derive(Clone, Debug)]
pub(crate) struct Points {
    /// The interval of each scalar; the last stands for all that follow.
    intervals: Vec<(f64, f64)>,
    chosen: Vec<Vec<f64>>,
    parameters: Vec<Vec<i32>>,
}

impl Points {
    /// Random points with every scalar in the same interval.
    pub(crate) fn within(low: f64, high: f64) -> Self {
        Self::in_box(&[(low, high)])
    }

    /// Random points in a box; the last interval stands for all scalars that follow.
    pub(crate) fn in_box(intervals: &[(f64, f64)]) -> Self {
        Self { intervals: intervals.to_vec(), chosen: Vec::new(), parameters: vec![Vec::new()] }
    }

    /// This point too.
    pub(crate) fn and(mut self, point: &[f64]) -> Self {
        self.chosen.push(point.to_vec());
        self
    }

    /// All points with each of these values of the integer and boolean inputs (1 is `true`).
    pub(crate) fn with_parameters(mut self, parameters: &[&[i32]]) -> Self {
        self.parameters = parameters.iter().map(|values| values.to_vec()).collect();
        self
    }

    /// All points with their parameters.
    pub(crate) fn of(&self, primal: &Primal) -> Vec<(Vec<f64>, Vec<i32>)> {
        let size = primal.differentiable().iter().map(|input| input.range().len()).sum();
        let integers = primal.inputs.len() - primal.differentiable().len();
        let mut random = Random(1);
        let mut points = Vec::new();
        for parameters in &self.parameters {
            assert_eq!(parameters.len(), integers, "a value for each of {:?}", primal.inputs);
            assert!(primal.inputs.iter().all(|input| !matches!(input.kind, Kind::Output(_))));
            for x in &self.chosen {
                assert_eq!(x.len(), size, "a scalar for each of {:?}", primal.inputs);
                points.push((x.clone(), parameters.clone()));
            }
            for _ in 0..RANDOM {
                let x = (0..size).map(|at| {
                    let (low, high) = self.intervals[at.min(self.intervals.len() - 1)];
                    random.between(low, high)
                });
                points.push((x.collect(), parameters.clone()));
            }
        }
        points
    }

    /// The parameters of all points, and the largest and smallest that there are.
    pub(crate) fn extreme_parameters(&self, primal: &Primal) -> Vec<Vec<i32>> {
        let mut parameters = self.parameters.clone();
        let extreme = |value: i32, kind: &Kind| match kind {
            Kind::Usize => Some(value.max(0)),
            Kind::I32 => Some(value),
            Kind::Bool => Some(i32::from(value > 0)),
            _ => None,
        };
        for value in [i32::MIN, i32::MAX] {
            parameters.push(primal.inputs.iter().filter_map(|input| extreme(value, &input.kind)).collect());
        }
        parameters.dedup();
        parameters
    }

    /// Directions for products with this many inputs and outputs, of values that `T` has.
    pub(crate) fn directions<T: Scalar>(&self, inputs: usize, outputs: usize) -> Directions {
        let mut random = Random(2);
        let mut list = |n: usize| (0..n).map(|_| T::from_f64(random.between(-1.5, 1.5)).to_f64()).collect();
        Directions { tangent: list(inputs), cotangent: list(outputs) }
    }
}

/// A linear congruential generator: the same numbers in every run, on every machine.
#[derive(Clone, Debug)]
struct Random(u64);

impl Random {
    fn between(&mut self, low: f64, high: f64) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        low + (high - low) * ((self.0 >> 11) as f64 / (1_u64 << 53) as f64)
    }
}
