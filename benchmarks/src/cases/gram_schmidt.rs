//! [`gram_schmidt`](crate::kernels::gram_schmidt).

use std::hint::black_box;

use crate::dual::{self, duals};
use crate::hand;
use crate::harness::{Bench, Contest};
use crate::inputs::Numbers;
use crate::kernels::gram_schmidt as kernel;

pub(super) fn run(bench: &mut Bench) {
    of::<5>(bench);
    of::<50>(bench);
    of::<100>(bench);
}

fn of<const N: usize>(bench: &mut Bench) {
    let a = black_box(Numbers::new(18).matrix::<N, N>(-1.0, 1.0));
    let cotangent = black_box(Numbers::new(17).matrix::<N, N>(-1.0, 1.0));
    let zeros = Box::new([[0.0; N]; N]);
    let [mut overlaps, mut rows] = [zeros.clone(), zeros.clone()];
    let mut inputs = duals(a.as_flattened());
    let mut outputs = duals(a.as_flattened());
    let contest = Contest::new("gram_schmidt", format!("n = {N}, value and vjp"), (zeros.clone(), zeros))
        .primal(|| kernel::gram_schmidt(&a))
        .hand(|(q, d_a)| hand::gram_schmidt::vjp(&a, &cotangent, q, d_a, &mut overlaps, &mut rows))
        .gradgen({
            let mut work = vec![0.0; kernel::gram_schmidt_f_vjp_workspace::<N>()];
            let (a, cotangent) = (&a, &cotangent);
            move |(q, d_a)| kernel::gram_schmidt_f_vjp_into::<N>(a, cotangent, q, d_a, &mut work).unwrap()
        });
    bench.run(if N < 20 {
        contest.dual(|(q, d_a)| {
            let f = |a: &[_], q: &mut [_]| dual::gram_schmidt::gram_schmidt(a, q, N);
            dual::vjp(f, &mut inputs, &mut outputs, cotangent.as_flattened(), d_a.as_flattened_mut());
            for (q, output) in q.as_flattened_mut().iter_mut().zip(&outputs) {
                *q = output.re;
            }
        })
    } else {
        contest
    });
}
