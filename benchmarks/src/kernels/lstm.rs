//! A recurrent network with long short-term memory, with diagonal weights, that predicts the next vector of
//! a sequence.

use gradgen::gradgen;

/// The logistic function.
#[gradgen]
pub fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// The mean negative log-likelihood of a sequence of `length` vectors of `width` numbers.
///
/// `gates` has eight vectors for each layer: the weights of the forget, input, output and change gates, then
/// their biases. `ends` has three: the weights of the input, the weights of the output and its bias. `state`
/// has the hidden vectors of all layers, then their cells.
#[gradgen(gradient(gates, ends), bundle(f, grad(gates, ends)))]
pub fn lstm(
    gates: &[f64],
    ends: &[f64],
    state: &[f64],
    sequence: &[f64],
    layers: usize,
    width: usize,
    length: usize,
) -> f64 {
    let mut hidden = vec![0.0; layers * width];
    let mut cell = vec![0.0; layers * width];
    for i in 0..layers * width {
        hidden[i] = state[i];
        cell[i] = state[layers * width + i];
    }
    let mut total = 0.0;
    for t in 1..length {
        let mut signal = vec![0.0; width];
        for j in 0..width {
            signal[j] = sequence[(t - 1) * width + j] * ends[j];
        }
        for l in 0..layers {
            let w = 8 * l * width;
            let b = (8 * l + 4) * width;
            for j in 0..width {
                let before = hidden[l * width + j];
                let forget = sigmoid(signal[j] * gates[w + j] + gates[b + j]);
                let admit = sigmoid(before * gates[w + width + j] + gates[b + width + j]);
                let emit = sigmoid(signal[j] * gates[w + 2 * width + j] + gates[b + 2 * width + j]);
                let change = (before * gates[w + 3 * width + j] + gates[b + 3 * width + j]).tanh();
                cell[l * width + j] = cell[l * width + j] * forget + admit * change;
                hidden[l * width + j] = emit * cell[l * width + j].tanh();
                signal[j] = hidden[l * width + j];
            }
        }
        let mut sum = 0.0;
        let mut hit = 0.0;
        let mut mass = 0.0;
        for j in 0..width {
            let prediction = signal[j] * ends[width + j] + ends[2 * width + j];
            sum += prediction.exp();
            hit += sequence[t * width + j] * prediction;
            mass += sequence[t * width + j];
        }
        total += hit - mass * sum.ln();
    }
    -total / ((length as f64 - 1.0) * width as f64)
}
