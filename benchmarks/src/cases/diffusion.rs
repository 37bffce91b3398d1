//! [`diffusion`](crate::kernels::diffusion).

use std::hint::black_box;

use crate::dual::{self, duals};
use crate::hand::diffusion::{Point, gradient};
use crate::harness::{Bench, Contest};
use crate::inputs::Numbers;
use crate::kernels::diffusion as kernel;

const N: usize = 100;

pub(super) fn run(bench: &mut Bench) {
    let mut numbers = Numbers::new(5);
    let (u0, conductivity) = black_box((numbers.array::<N>(0.0, 1.0), numbers.array::<N>(0.5, 1.5)));
    let (target, h, steps) = black_box((numbers.array::<N>(0.0, 1.0), 0.3, 20));
    let mut tape = vec![[Point::default(); N]; steps];
    let mut inputs = duals(&[u0, conductivity].concat());
    let mut slopes = [0.0; 2 * N];
    bench.run(
        Contest::new("diffusion", format!("n = {N}, {steps} steps"), (0.0, [0.0; N], [0.0; N]))
            .primal(|| kernel::diffusion(&u0, &conductivity, &target, h, steps))
            .hand(|(y, d_u0, d_c)| *y = gradient(&u0, &conductivity, &target, h, d_u0, d_c, &mut tape))
            .gradgen({
                let mut work = vec![0.0; kernel::diffusion_f_grad_u0_conductivity_workspace::<N>(steps)];
                move |(y, d_u0, d_c)| {
                    kernel::diffusion_f_grad_u0_conductivity_into::<N>(
                        &u0,
                        &conductivity,
                        &target,
                        h,
                        steps,
                        y,
                        d_u0,
                        d_c,
                        &mut work,
                    )
                    .unwrap()
                }
            })
            .dual(|(y, d_u0, d_c)| {
                let f = |x: &[_]| dual::diffusion::diffusion(x, &target, h, steps);
                *y = dual::gradient(f, &mut inputs, &mut slopes);
                d_u0.copy_from_slice(&slopes[..N]);
                d_c.copy_from_slice(&slopes[N..]);
            }),
    );
}
