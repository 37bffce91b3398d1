//! [`lstm`](crate::kernels::lstm) over any number.

use super::Number;
use crate::hand::lstm::Network;

fn sigmoid<D: Number>(x: D) -> D {
    ((-x).exp() + 1.0).recip()
}

/// `[gates, ends]`.
pub fn lstm<D: Number>(inputs: &[D], network: &Network<'_>) -> D {
    let Network { state, sequence, layers, width } = *network;
    let (gates, ends) = inputs.split_at(8 * layers * width);
    let (hidden, cell) = state.split_at(layers * width);
    let mut hidden: Vec<D> = hidden.iter().map(|h| D::constant(*h)).collect();
    let mut cell: Vec<D> = cell.iter().map(|c| D::constant(*c)).collect();
    let mut signal = vec![D::constant(0.0); width];
    let mut total = D::constant(0.0);
    for (vector, target) in sequence.chunks_exact(width).zip(sequence.chunks_exact(width).skip(1)) {
        for j in 0..width {
            signal[j] = ends[j] * vector[j];
        }
        for l in 0..layers {
            let gate = |kind: usize, j: usize, x: D| {
                x * gates[(8 * l + kind) * width + j] + gates[(8 * l + 4 + kind) * width + j]
            };
            for j in 0..width {
                let at = l * width + j;
                let forget = sigmoid(gate(0, j, signal[j]));
                let admit = sigmoid(gate(1, j, hidden[at]));
                let emit = sigmoid(gate(2, j, signal[j]));
                let change = gate(3, j, hidden[at]).tanh();
                cell[at] = cell[at] * forget + admit * change;
                hidden[at] = emit * cell[at].tanh();
                signal[j] = hidden[at];
            }
        }
        let mut sum = D::constant(0.0);
        let mut mass = 0.0;
        for j in 0..width {
            let prediction = signal[j] * ends[width + j] + ends[2 * width + j];
            sum += prediction.exp();
            total += prediction * target[j];
            mass += target[j];
        }
        total -= sum.ln() * mass;
    }
    -total / ((sequence.len() / width - 1) * width) as f64
}
