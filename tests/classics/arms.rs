//! An arm of six joints, from a table of Denavit–Hartenberg parameters (those of the Puma 560).

use std::f64::consts::FRAC_PI_2;

use gradgen::Differentiable;

use crate::check;
use crate::oracle::oracle;

/// The arm.
#[gradgen::module]
pub mod puma {
    use std::f64::consts::FRAC_PI_2;

    use gradgen::gradgen;

    /// Length, twist and offset of each joint.
    const DH: [[f64; 3]; 6] = [
        [0.0, FRAC_PI_2, 0.0],
        [0.4318, 0.0, 0.0],
        [0.0203, -FRAC_PI_2, 0.15005],
        [0.0, FRAC_PI_2, 0.4318],
        [0.0, -FRAC_PI_2, 0.0],
        [0.0, 0.0, 0.0625],
    ];

    type Frame = [[f64; 4]; 3];

    /// A frame moved by a joint.
    fn moved(frame: &Frame, angle: f64, length: f64, twist: f64, offset: f64) -> Frame {
        let (st, ct) = angle.sin_cos();
        let (sa, ca) = twist.sin_cos();
        let joint = [
            [ct, -st * ca, st * sa, length * ct],
            [st, ct * ca, -ct * sa, length * st],
            [0.0, sa, ca, offset],
        ];
        let mut product = [[0.0; 4]; 3];
        for (row, of) in product.iter_mut().zip(frame) {
            for (j, entry) in row.iter_mut().enumerate() {
                *entry = (0..3).map(|k| of[k] * joint[k][j]).sum();
            }
            row[3] += of[3];
        }
        product
    }

    /// Where the tool is, and the axis that it points along.
    #[gradgen(jacobian, jvp, vjp, outputs(place, axis))]
    pub fn tool(q: &[f64; 6]) -> ([f64; 3], [f64; 3]) {
        let mut frame = [[1.0, 0.0, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0], [0.0, 0.0, 1.0, 0.0]];
        for (&angle, &[length, twist, offset]) in q.iter().zip(&DH) {
            frame = moved(&frame, angle, length, twist, offset);
        }
        (frame.map(|row| row[3]), frame.map(|row| row[2]))
    }

    /// Squared distance of the tool from a target.
    #[gradgen(gradient(q), hessian(q), hvp(q))]
    pub fn distance(q: &[f64; 6], target: &[f64; 3]) -> f64 {
        let (place, _) = tool(q);
        place.iter().zip(target).map(|(p, t)| (p - t).powi(2)).sum()
    }
}

/// The tool, by turning a point and an axis back through the joints.
fn tool_of<D: gradgen_benchmarks::dual::Number>(q: &[D]) -> Vec<D> {
    const TABLE: [(f64, f64, f64); 6] = [
        (0.0, FRAC_PI_2, 0.0),
        (0.4318, 0.0, 0.0),
        (0.0203, -FRAC_PI_2, 0.15005),
        (0.0, FRAC_PI_2, 0.4318),
        (0.0, -FRAC_PI_2, 0.0),
        (0.0, 0.0, 0.0625),
    ];
    let zero = D::constant(0.0);
    let (mut p, mut a) = ([zero; 3], [zero, zero, D::constant(1.0)]);
    for (angle, (length, twist, offset)) in q.iter().zip(TABLE).rev() {
        // Along x and about x, then along z and about z.
        let about_x = |v: [D; 3]| {
            [v[0], v[1] * twist.cos() - v[2] * twist.sin(), v[1] * twist.sin() + v[2] * twist.cos()]
        };
        let about_z = |v: [D; 3]| {
            [v[0] * angle.cos() - v[1] * angle.sin(), v[0] * angle.sin() + v[1] * angle.cos(), v[2]]
        };
        let turned = about_x(p);
        p = about_z([turned[0] + length, turned[1], turned[2] + offset]);
        a = about_z(about_x(a));
    }
    [p, a].concat()
}

#[test]
fn the_arm_is_the_same() {
    for q in [[0.1, -0.4, 0.7, 0.3, -0.8, 1.9], [1.2, 0.5, -1.1, 2.0, 0.6, -0.3]] {
        let oracle = oracle!([], |q: D| tool_of(q));
        check(<puma::tool as Differentiable>::INFO, &[&q], puma::tool(&q), &oracle);
        let target = [0.3, -0.2, 0.5];
        let oracle = oracle!([], |x: D| {
            let p = tool_of(&x[..6]);
            vec![(p[0] - x[6]).powi(2) + (p[1] - x[7]).powi(2) + (p[2] - x[8]).powi(2)]
        });
        let value = puma::distance(&q, &target);
        check(<puma::distance as Differentiable>::INFO, &[&q, &target], value, &oracle);
    }
}
