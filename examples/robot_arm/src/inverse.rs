//! Inverse kinematics: damped least squares with the generated Jacobian.

use crate::kinematics::{Joints, pose, pose_f_jf};
use crate::matrix::solve;

/// A position and a rotation, as [`pose`] gives them.
pub type Pose = ([f64; 3], [[f64; 3]; 3]);

/// Position and orientation count as solved below this, in metres and radians.
pub const TOLERANCE: f64 = 1e-11;

/// No more steps than this are tried.
pub const MAX_ITERATIONS: usize = 100;

/// An error of one radian weighs as much as one of this many metres.
const METRES_PER_RADIAN: f64 = 0.5;

/// What the solver found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Solution {
    /// The joint angles.
    pub q: Joints,
    /// How many steps were tried.
    pub iterations: usize,
    /// The distance from the wanted position, metres.
    pub position_error: f64,
    /// The angle between the wanted and the found orientation, radians.
    pub orientation_error: f64,
}

impl Solution {
    /// Whether both errors are below [`TOLERANCE`].
    #[must_use]
    pub fn is_solved(&self) -> bool {
        self.position_error <= TOLERANCE && self.orientation_error <= TOLERANCE
    }
}

/// Joint angles that put the tool at `target`, sought from `start`.
///
/// A Levenberg–Marquardt iteration on the twelve differences between found and wanted pose. Since
/// these vanish at the solution, steps converge quadratically once the damping has become small.
#[must_use]
pub fn solve_pose(target: &Pose, start: &Joints) -> Solution {
    let mut q = *start;
    let mut damping = 1e-3;
    let mut iterations = 0;
    let (mut normal, mut slope, mut cost) = normal_equations(target, &q);
    while iterations < MAX_ITERATIONS && !assess(target, q, iterations).is_solved() {
        iterations += 1;
        let mut damped = normal;
        for (i, row) in damped.iter_mut().enumerate() {
            row[i] += damping;
        }
        let Some(step) = solve(&damped, &slope) else {
            damping *= 10.0;
            continue;
        };
        let candidate = std::array::from_fn(|i| q[i] - step[i]);
        let next = normal_equations(target, &candidate);
        if next.2 < cost {
            q = candidate;
            (normal, slope, cost) = next;
            damping *= 0.1;
        } else {
            damping *= 10.0;
        }
    }
    assess(target, q, iterations)
}

/// `J^T J`, `J^T r` and `r^T r` of the residual `r` and its Jacobian.
fn normal_equations(target: &Pose, q: &Joints) -> ([[f64; 6]; 6], [f64; 6], f64) {
    let ((position, rotation), (of_position, of_rotation)) = pose_f_jf(q);
    let mut normal = [[0.0; 6]; 6];
    let mut slope = [0.0; 6];
    let mut cost = 0.0;
    let mut add = |residual: f64, row: &[f64; 6], weight: f64| {
        cost += weight * residual * residual;
        for i in 0..6 {
            slope[i] += weight * row[i] * residual;
            for j in 0..6 {
                normal[i][j] += weight * row[i] * row[j];
            }
        }
    };
    for i in 0..3 {
        add(position[i] - target.0[i], &of_position[i], 1.0);
        for j in 0..3 {
            // The nine differences count every angle twice.
            let weight = 0.5 * METRES_PER_RADIAN * METRES_PER_RADIAN;
            add(rotation[i][j] - target.1[i][j], &of_rotation[i][j], weight);
        }
    }
    (normal, slope, cost)
}

fn assess(target: &Pose, q: Joints, iterations: usize) -> Solution {
    let (position, rotation) = pose(&q);
    let distance = |a: &[f64; 3], b: &[f64; 3]| a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f64>();
    let position_error = distance(&position, &target.0).sqrt();
    // The Frobenius norm of the difference of two rotations is sqrt(8) sin(angle / 2).
    let difference: f64 = rotation.iter().zip(&target.1).map(|(a, b)| distance(a, b)).sum();
    let orientation_error = 2.0 * (difference / 8.0).sqrt().min(1.0).asin();
    Solution { q, iterations, position_error, orientation_error }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_solved_pose_needs_no_step() {
        let q = [-0.6, -1.2, 1.4, -1.8, -1.5, 0.3];
        let solution = solve_pose(&pose(&q), &q);
        assert_eq!((solution.q, solution.iterations), (q, 0));
        assert!(solution.is_solved());
    }

    #[test]
    fn converges_from_a_distance() {
        let q = [-0.6, -1.2, 1.4, -1.8, -1.5, 0.3];
        let target = pose(&q);
        let solution = solve_pose(&target, &q.map(|angle| angle + 0.3));
        assert!(solution.is_solved() && solution.iterations < 20, "{solution:?}");
        for (found, angle) in solution.q.iter().zip(q) {
            assert!((found - angle).abs() < 1e-9, "{solution:?}");
        }
    }

    /// Beyond its reach the arm stretches: the nearest pose, told as not solved.
    #[test]
    fn tells_what_it_cannot_reach() {
        let (_, rotation) = pose(&[0.0; 6]);
        let solution = solve_pose(&([2.0, 0.0, 0.0], rotation), &[0.1, -0.2, 0.3, 0.1, 0.2, 0.1]);
        assert!(!solution.is_solved() && solution.position_error > 1.0, "{solution:?}");
        assert!(solution.q.iter().all(|angle| angle.is_finite()));
    }

    #[test]
    fn an_orientation_error_is_an_angle() {
        let q = [0.3, -1.0, 1.2, -0.5, 0.4, 0.0];
        let mut turned = q;
        turned[5] += 0.25;
        let solution = assess(&pose(&q), turned, 0);
        assert!((solution.orientation_error - 0.25).abs() < 1e-14 && solution.position_error < 1e-15);
    }
}
