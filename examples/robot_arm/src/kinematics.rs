//! Forward kinematics.

use gradgen::gradgen;

/// Joint angles, radians.
pub type Joints = [f64; 6];

/// Where the tool flange of a UR5 arm is: its position in metres and its axes (the columns of the
/// rotation), in the frame of the base, for six joint angles in radians.
///
/// The links are those of the manufacturer's Denavit–Hartenberg table: a joint turns about `z` by
/// its angle and moves along `z` by `d`; the link moves along the new `x` by `a` and turns about
/// it by `alpha`, here a multiple of a right angle and so given by its sine and cosine.
#[gradgen(jacobian, bundle(f, jf(q)), outputs(position, rotation))]
pub fn pose(q: &[f64; 6]) -> ([f64; 3], [[f64; 3]; 3]) {
    let d = [0.089159, 0.0, 0.0, 0.10915, 0.09465, 0.0823];
    let a = [0.0, -0.42500, -0.39225, 0.0, 0.0, 0.0];
    let sin_alpha = [1.0, 0.0, 0.0, 1.0, -1.0, 0.0];
    let cos_alpha = [0.0, 1.0, 1.0, 0.0, 0.0, 1.0];

    let mut position = [0.0; 3];
    let mut rotation = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
    for joint in 0..6 {
        let (sin, cos) = q[joint].sin_cos();
        for row in 0..3 {
            let [x, y, z] = rotation[row];
            let along = cos * x + sin * y;
            let across = cos * y - sin * x;
            position[row] += d[joint] * z + a[joint] * along;
            rotation[row] = [
                along,
                cos_alpha[joint] * across + sin_alpha[joint] * z,
                cos_alpha[joint] * z - sin_alpha[joint] * across,
            ];
        }
    }
    (position, rotation)
}

/// How the tool moves per unit of joint speed: three rows of metres, three of radians about the
/// base's axes; one column per joint.
#[must_use]
pub fn geometric_jacobian(q: &Joints) -> [[f64; 6]; 6] {
    let ((_, rotation), (of_position, of_rotation)) = pose_f_jf(q);
    let mut jacobian = [[0.0; 6]; 6];
    jacobian[..3].copy_from_slice(&of_position);
    for joint in 0..6 {
        // dR/dq R^T is skew: its entries are the angular velocity.
        let skew = |i: usize, j: usize| (0..3).map(|k| of_rotation[i][k][joint] * rotation[j][k]).sum();
        jacobian[3][joint] = skew(2, 1);
        jacobian[4][joint] = skew(0, 2);
        jacobian[5][joint] = skew(1, 0);
    }
    jacobian
}

#[cfg(test)]
#[allow(clippy::needless_range_loop, reason = "several arrays are indexed alike")]
mod tests {
    use super::*;
    use std::f64::consts::FRAC_PI_2;

    const POSES: [Joints; 4] = [
        [0.0; 6],
        [-0.6, -1.2, 1.4, -1.8, -1.5, 0.3],
        [0.3, 0.4, -0.5, 0.6, 0.7, -0.8],
        [3.0, -2.0, 1.0, 5.0, -4.0, 6.0],
    ];

    type Transform = [[f64; 4]; 4];

    fn product(a: &Transform, b: &Transform) -> Transform {
        std::array::from_fn(|i| std::array::from_fn(|j| (0..4).map(|k| a[i][k] * b[k][j]).sum()))
    }

    /// The product of the homogeneous matrices of the first links, from the table as published.
    fn links(q: &Joints, count: usize) -> Transform {
        let table = [
            (0.089159, 0.0, FRAC_PI_2),
            (0.0, -0.42500, 0.0),
            (0.0, -0.39225, 0.0),
            (0.10915, 0.0, FRAC_PI_2),
            (0.09465, 0.0, -FRAC_PI_2),
            (0.0823, 0.0, 0.0),
        ];
        let mut transform: Transform = std::array::from_fn(|i| std::array::from_fn(|j| f64::from(i == j)));
        for (theta, (d, a, alpha)) in q.iter().zip(table).take(count) {
            let (st, ct) = theta.sin_cos();
            let (sa, ca) = f64::sin_cos(alpha);
            let turn = [[ct, -st, 0.0, 0.0], [st, ct, 0.0, 0.0], [0.0, 0.0, 1.0, d], [0.0, 0.0, 0.0, 1.0]];
            let link = [[1.0, 0.0, 0.0, a], [0.0, ca, -sa, 0.0], [0.0, sa, ca, 0.0], [0.0, 0.0, 0.0, 1.0]];
            transform = product(&product(&transform, &turn), &link);
        }
        transform
    }

    #[test]
    fn pose_is_the_product_of_the_links() {
        for q in POSES {
            let (position, rotation) = pose(&q);
            let expected = links(&q, 6);
            for i in 0..3 {
                assert!((position[i] - expected[i][3]).abs() < 1e-15, "{q:?}");
                for j in 0..3 {
                    assert!((rotation[i][j] - expected[i][j]).abs() < 4e-15, "{q:?}");
                }
            }
        }
    }

    /// Stretched out along the base's -x axis: sums of the published lengths.
    #[test]
    fn pose_at_zero() {
        let (position, rotation) = pose(&[0.0; 6]);
        for (got, want) in position.iter().zip([-0.42500 - 0.39225, -0.10915 - 0.0823, 0.089159 - 0.09465]) {
            assert!((got - want).abs() < 1e-15);
        }
        assert_eq!(rotation, [[1.0, 0.0, 0.0], [0.0, 0.0, -1.0], [0.0, 1.0, 0.0]]);
    }

    #[test]
    fn jacobian_is_that_of_differences() {
        let h = 1e-6;
        for q in POSES {
            let (of_position, of_rotation) = pose_jf(&q);
            let (value, derivatives) = pose_f_jf(&q);
            assert_eq!((value, derivatives), (pose(&q), (of_position, of_rotation)));
            for joint in 0..6 {
                let at = |step: f64| {
                    let mut q = q;
                    q[joint] += step;
                    links(&q, 6)
                };
                let (above, below) = (at(h), at(-h));
                let close = |got: f64, i: usize, j: usize| {
                    let want = (above[i][j] - below[i][j]) / (2.0 * h);
                    assert!((got - want).abs() < 1e-9, "{q:?}: joint {joint}, entry {i} {j}: {got}, {want}");
                };
                for i in 0..3 {
                    close(of_position[i][joint], i, 3);
                    for j in 0..3 {
                        close(of_rotation[i][j][joint], i, j);
                    }
                }
            }
        }
    }

    /// The textbook's Jacobian: axis and lever of each joint.
    #[test]
    fn geometric_jacobian_is_axes_and_levers() {
        for q in POSES {
            let jacobian = geometric_jacobian(&q);
            let tool = links(&q, 6);
            for joint in 0..6 {
                // The frame that the joint turns in.
                let frame = links(&q, joint);
                let axis = [frame[0][2], frame[1][2], frame[2][2]];
                let lever: [f64; 3] = std::array::from_fn(|i| tool[i][3] - frame[i][3]);
                for i in 0..3 {
                    let (j, k) = ((i + 1) % 3, (i + 2) % 3);
                    let speed = axis[j] * lever[k] - axis[k] * lever[j];
                    assert!((jacobian[i][joint] - speed).abs() < 1e-14, "{q:?}, joint {joint}");
                    assert!((jacobian[3 + i][joint] - axis[i]).abs() < 1e-14, "{q:?}, joint {joint}");
                }
            }
        }
    }
}
