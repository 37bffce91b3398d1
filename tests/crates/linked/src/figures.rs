//! What the program computes when it runs: figures of derivatives that are known from elsewhere, all to 50 digits
//! before they were rounded.

use crate::kernels::benchmarks::rosenbrock::rosenbrock_grad;
use crate::kernels::library::{erf_grad, gamma_grad};
use crate::kernels::linked::chains::{
    chain_grad_into, chain_grad_workspace, chain_hvp_x_into, chain_hvp_x_workspace, picked_grad,
    single_grad_x, single_grad_y, single_hessian_x,
};

/// How many results are not what they should be.
pub(crate) extern "C" fn wrong() -> i32 {
    let x = core::hint::black_box([0.5, -1.25, 0.75, 2.0]);
    let mut count = Count(0);
    arrays(&mut count);
    functions(&mut count);
    workspaces(&mut count, &x);
    count.0
}

/// Results that are wrong.
struct Count(i32);

impl Count {
    fn demand(&mut self, is_right: bool) {
        self.0 += i32::from(!is_right);
    }

    fn close(&mut self, found: f64, right: f64, tolerance: f64) {
        self.demand((found - right).abs() <= tolerance * right.abs());
    }
}

fn arrays(count: &mut Count) {
    let gradient = rosenbrock_grad(&core::hint::black_box([1.0, 2.0, -1.0, 0.5, 0.25, 3.0]));
    for (found, right) in gradient.iter().zip([-400.0, 4202.0, -1204.0, -101.0, -295.25, 587.5]) {
        count.close(*found, right, 1e-15);
    }
}

fn functions(count: &mut Count) {
    count.close(gamma_grad(core::hint::black_box(4.5)), 16.154_969_393_303_071, 1e-14);
    count.close(erf_grad(core::hint::black_box(0.5)), 0.878_782_578_935_444_8, 1e-15);
    let (x, y) = core::hint::black_box((0.75_f32, 1.5_f32));
    count.close(single_grad_x(x, y).into(), 5.386_030_046, 1e-6);
    count.close(single_grad_y(x, y).into(), 2.389_974_316, 1e-6);
    count.close(single_hessian_x(x, y).into(), 8.080_957_758, 1e-6);
}

fn workspaces(count: &mut Count, x: &[f64; 4]) {
    const GRADIENT: [f64; 4] =
        [-0.484_508_580_157_654_6, 0.548_004_950_651_124_7, -0.457_890_954_152_444, 0.072_334_353_084_908_08];
    const PRODUCT: [f64; 4] =
        [0.360_937_560_346_703, -0.788_487_405_199_868_3, -1.000_986_933_373_541_3, -1.122_840_409_341_855_2];
    let mut work = [0.0; 64];
    let (mut gradient, mut slope, mut product) = ([7.0; 4], 0.0, [0.0; 4]);
    // What is too short is refused, and nothing is written.
    let needed = chain_grad_workspace(4);
    let refused = match work.get_mut(..needed - 1) {
        Some(short) => chain_grad_into(x, 0.375, &mut gradient, &mut slope, short).is_err(),
        None => false,
    };
    count.demand(refused && gradient == [7.0; 4]);
    count.demand(chain_grad_into(x, 0.375, &mut gradient, &mut slope, &mut work).is_ok());
    count.close(slope, -0.646_011_440_210_206_1, 1e-14);
    count.demand(chain_hvp_x_workspace(4) <= 64);
    let along = [1.0, -2.0, 0.5, 1.0];
    count.demand(chain_hvp_x_into(x, 0.375, &along, &mut product, &mut work).is_ok());
    for i in 0..4 {
        count.close(gradient[i], GRADIENT[i], 1e-14);
        count.close(product[i], PRODUCT[i], 1e-13);
    }
    // So is an index that is outside.
    count.demand(picked_grad(x, 1) == Ok([0.0, -2.5, 0.0, 0.0]));
    count.demand(picked_grad(x, core::hint::black_box(4)).is_err());
}
