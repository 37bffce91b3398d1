//! [`bundle_adjustment`](crate::kernels::bundle_adjustment).

use std::hint::black_box;

use crate::dual::{self, duals};
use crate::hand::bundle_adjustment::jacobian;
use crate::harness::{Bench, Contest};
use crate::kernels::bundle_adjustment as kernel;

pub(super) fn run(bench: &mut Bench) {
    of(bench, "2 × 15 Jacobian", [0.3, -0.5, 0.2]);
    of(bench, "2 × 15 Jacobian, no rotation", [0.0; 3]);
}

type Out = ([f64; 2], [[f64; 11]; 2], [[f64; 3]; 2], [f64; 2]);

fn of(bench: &mut Bench, size: &str, rotation: [f64; 3]) {
    let rest = [0.3, -0.2, -4.0, 500.0, 320.0, 240.0, 0.02, -0.003];
    let camera = black_box(std::array::from_fn(|i| if i < 3 { rotation[i] } else { rest[i - 3] }));
    let (point, weight, feature) = black_box(([0.4, -0.3, 0.5], 0.8, [300.0, 250.0]));
    let mut inputs = duals(&[&camera[..], &point, &[weight]].concat());
    let mut seen = duals(&[0.0; 2]);
    let mut rows = [[0.0; 15]; 2];
    bench.run(
        Contest::new("bundle_adjustment", size, Out::default())
            .primal(|| kernel::reprojection(&camera, &point, weight, &feature))
            .hand(|(y, d_camera, d_point, d_weight)| {
                jacobian(&camera, &point, weight, &feature, y, d_camera, d_point, d_weight);
            })
            .gradgen({
                let mut work = vec![0.0; kernel::reprojection_f_jf_camera_point_weight_workspace()];
                move |(y, d_camera, d_point, d_weight)| {
                    kernel::reprojection_f_jf_camera_point_weight_into(
                        &camera, &point, weight, &feature, y, d_camera, d_point, d_weight, &mut work,
                    )
                    .unwrap()
                }
            })
            .dual(|(y, d_camera, d_point, d_weight)| {
                let f = |x: &[_], y: &mut [_]| dual::bundle_adjustment::reprojection(x, &feature, y);
                dual::jacobian(f, &mut inputs, &mut seen, rows.as_flattened_mut());
                for i in 0..2 {
                    y[i] = seen[i].re;
                    d_camera[i].copy_from_slice(&rows[i][..11]);
                    d_point[i].copy_from_slice(&rows[i][11..14]);
                    d_weight[i] = rows[i][14];
                }
            })
            .casadi("bundle_adjustment", &[&camera, &point, &[weight], &feature]),
    );
}
