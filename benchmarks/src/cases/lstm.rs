//! [`lstm`](crate::kernels::lstm).

use std::hint::black_box;

use crate::dual::{self, duals};
use crate::hand::lstm::{Network, gradient};
use crate::harness::{Bench, Contest};
use crate::inputs::Numbers;
use crate::kernels::lstm as kernel;

pub(super) fn run(bench: &mut Bench) {
    of(bench, [2, 14, 64]);
    of(bench, [2, 14, 1024]);
    of(bench, [4, 14, 1024]);
}

fn of(bench: &mut Bench, size: [usize; 3]) {
    let [layers, width, length] = black_box(size);
    let mut numbers = Numbers::new(7);
    let state = numbers.vector(2 * layers * width, -1.0, 1.0);
    let sequence = numbers.vector(length * width, 0.0, 1.0);
    let gates = numbers.vector(8 * layers * width, -1.0, 1.0);
    let ends = numbers.vector(3 * width, -1.0, 1.0);
    let network = Network { state: &state, sequence: &sequence, layers, width };
    let mut work = vec![0.0; network.workspace()];
    let mut inputs = duals(&[&gates[..], &ends].concat());
    let mut slopes = vec![0.0; inputs.len()];
    let out = (0.0, vec![0.0; gates.len()], vec![0.0; ends.len()]);
    let contest = Contest::new("lstm", format!("{layers} layers, width {width}, length {length}"), out)
        .primal(|| kernel::lstm(&gates, &ends, &state, &sequence, layers, width, length))
        .hand(|(y, d_gates, d_ends)| *y = gradient(&gates, &ends, &network, d_gates, d_ends, &mut work))
        .gradgen({
            let size = kernel::lstm_f_grad_gates_ends_workspace(
                gates.len(),
                ends.len(),
                state.len(),
                sequence.len(),
                layers,
                width,
                length,
            );
            let mut work = vec![0.0; size];
            let (gates, ends, state, sequence) = (&gates, &ends, &state, &sequence);
            move |(y, d_gates, d_ends)| {
                kernel::lstm_f_grad_gates_ends_into(
                    gates, ends, state, sequence, layers, width, length, y, d_gates, d_ends, &mut work,
                )
                .unwrap()
            }
        });
    bench.run(if length < 100 {
        contest.dual(|(y, d_gates, d_ends)| {
            *y = dual::gradient(|x| dual::lstm::lstm(x, &network), &mut inputs, &mut slopes);
            d_gates.copy_from_slice(&slopes[..gates.len()]);
            d_ends.copy_from_slice(&slopes[gates.len()..]);
        })
    } else {
        contest
    });
}
