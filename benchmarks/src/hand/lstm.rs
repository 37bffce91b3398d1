//! [`lstm`](crate::kernels::lstm) by hand.

/// What is not differentiated by.
#[derive(Clone, Copy, Debug)]
pub struct Network<'a> {
    /// Hidden vectors of all layers, then their cells.
    pub state: &'a [f64],
    /// The vectors, one after the other.
    pub sequence: &'a [f64],
    /// How many layers there are.
    pub layers: usize,
    /// The length of a vector.
    pub width: usize,
}

impl Network<'_> {
    fn steps(&self) -> usize {
        self.sequence.len() / self.width - 1
    }

    /// Numbers of a layer in a step: the four gates, the cell before, and the cell squashed.
    fn record(&self) -> usize {
        6 * self.width
    }

    /// Numbers of a step: the layers, and the cotangent of what the last of them yields.
    fn step(&self) -> usize {
        self.layers * self.record() + self.width
    }

    /// How many numbers `work` has to hold.
    pub fn workspace(&self) -> usize {
        self.steps() * self.step() + 2 * self.layers * self.width + self.width
    }
}

/// Value and gradient.
pub fn gradient(
    gates: &[f64],
    ends: &[f64],
    network: &Network<'_>,
    d_gates: &mut [f64],
    d_ends: &mut [f64],
    work: &mut [f64],
) -> f64 {
    let Network { sequence, layers, width, .. } = *network;
    let (state, work) = work.split_at_mut(2 * layers * width);
    let (signal, tape) = work.split_at_mut(width);
    d_gates.fill(0.0);
    d_ends.fill(0.0);

    state.copy_from_slice(network.state);
    let (hidden, cell) = state.split_at_mut(layers * width);
    let count = network.steps() as f64 * width as f64;
    let mut total = 0.0;
    let vectors = sequence.chunks_exact(width);
    for ((vector, target), record) in
        vectors.clone().zip(vectors.skip(1)).zip(tape.chunks_exact_mut(network.step()))
    {
        for ((signal, x), weight) in signal.iter_mut().zip(vector).zip(ends) {
            *signal = x * weight;
        }
        let (records, d_signal) = record.split_at_mut(layers * network.record());
        let state = hidden.chunks_exact_mut(width).zip(cell.chunks_exact_mut(width));
        for ((gates, state), record) in
            gates.chunks_exact(8 * width).zip(state).zip(records.chunks_exact_mut(6 * width))
        {
            layer(gates, state, signal, record);
        }
        total += predict(ends, signal, target, -1.0 / count, d_signal, d_ends);
    }

    // From here on `hidden` and `cell` are cotangents.
    hidden.fill(0.0);
    cell.fill(0.0);
    for (t, vector) in sequence.chunks_exact(width).take(network.steps()).enumerate().rev() {
        let (earlier, record) = tape.split_at_mut(t * network.step());
        let (records, d_signal) = record.split_at_mut(layers * network.record());
        let d_signal = &mut d_signal[..width];
        for l in (0..layers).rev() {
            let at = l * network.record();
            let own = &records[at..at + network.record()];
            // What came in is what the layers below and before gave out.
            match l {
                0 => ends.iter().zip(vector).zip(signal.iter_mut()).for_each(|((w, x), s)| *s = w * x),
                _ => given_out(&records[at - network.record()..at], signal),
            }
            let before = Before {
                record: earlier.len().checked_sub(network.step()).map(|step| &earlier[step + at..]),
                start: &network.state[l * width..(l + 1) * width],
            };
            let span = 8 * l * width..8 * (l + 1) * width;
            let state = (&mut hidden[l * width..(l + 1) * width], &mut cell[l * width..(l + 1) * width]);
            layer_adjoint(&gates[span.clone()], own, signal, &before, state, d_signal, &mut d_gates[span]);
        }
        for ((d_end, d_signal), x) in d_ends.iter_mut().zip(d_signal.iter()).zip(vector) {
            *d_end += d_signal * x;
        }
    }
    -total / count
}

fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

fn rows<const R: usize>(data: &[f64], width: usize) -> [&[f64]; R] {
    std::array::from_fn(|r| &data[r * width..(r + 1) * width])
}

#[inline]
fn layer(gates: &[f64], (hidden, cell): (&mut [f64], &mut [f64]), signal: &mut [f64], record: &mut [f64]) {
    let width = signal.len();
    let (hidden, cell) = (&mut hidden[..width], &mut cell[..width]);
    let [w0, w1, w2, w3, b0, b1, b2, b3] = rows(gates, width);
    let (forgets, record) = record.split_at_mut(width);
    let (admits, record) = record.split_at_mut(width);
    let (emits, record) = record.split_at_mut(width);
    let (changes, record) = record.split_at_mut(width);
    let (cells, squashed) = record.split_at_mut(width);
    for j in 0..width {
        forgets[j] = sigmoid(signal[j] * w0[j] + b0[j]);
        admits[j] = sigmoid(hidden[j] * w1[j] + b1[j]);
        emits[j] = sigmoid(signal[j] * w2[j] + b2[j]);
        changes[j] = (hidden[j] * w3[j] + b3[j]).tanh();
        cells[j] = cell[j];
        cell[j] = cell[j] * forgets[j] + admits[j] * changes[j];
        squashed[j] = cell[j].tanh();
        hidden[j] = emits[j] * squashed[j];
        signal[j] = hidden[j];
    }
}

/// The likelihood of the next vector; the adjoint of this is known at once.
#[inline]
fn predict(
    ends: &[f64],
    signal: &[f64],
    target: &[f64],
    scale: f64,
    d_signal: &mut [f64],
    d_ends: &mut [f64],
) -> f64 {
    let width = signal.len();
    let [_, weights, biases] = rows(ends, width);
    let (mut sum, mut hit, mut mass) = (0.0, 0.0, 0.0);
    for j in 0..width {
        let prediction = signal[j] * weights[j] + biases[j];
        d_signal[j] = prediction.exp();
        sum += d_signal[j];
        hit += target[j] * prediction;
        mass += target[j];
    }
    let (_, d_ends) = d_ends.split_at_mut(width);
    let (d_weights, d_biases) = d_ends.split_at_mut(width);
    let share = mass / sum;
    for j in 0..width {
        let d_prediction = scale * (target[j] - share * d_signal[j]);
        d_biases[j] += d_prediction;
        d_weights[j] += d_prediction * signal[j];
        d_signal[j] = d_prediction * weights[j];
    }
    hit - mass * sum.ln()
}

fn given_out(record: &[f64], hidden: &mut [f64]) {
    let [_, _, emits, _, _, squashed] = rows(record, hidden.len());
    for ((hidden, emit), squashed) in hidden.iter_mut().zip(emits).zip(squashed) {
        *hidden = emit * squashed;
    }
}

/// Where the hidden vector before a step is had from.
struct Before<'a> {
    /// The layer's record in the step before, if there is one.
    record: Option<&'a [f64]>,
    start: &'a [f64],
}

#[inline]
fn layer_adjoint(
    gates: &[f64],
    record: &[f64],
    signal: &[f64],
    before: &Before<'_>,
    (d_hidden, d_cell): (&mut [f64], &mut [f64]),
    d_signal: &mut [f64],
    d_gates: &mut [f64],
) {
    let width = signal.len();
    let [w0, w1, w2, w3] = rows(gates, width);
    let [forgets, admits, emits, changes, cells, squashed] = rows(record, width);
    let (d_hidden, d_cell, d_signal) = (&mut d_hidden[..width], &mut d_cell[..width], &mut d_signal[..width]);
    let (d_weights, d_biases) = d_gates.split_at_mut(4 * width);
    for j in 0..width {
        let hidden = match before.record {
            Some(record) => record[2 * width + j] * record[5 * width + j],
            None => before.start[j],
        };
        let d_out = d_hidden[j] + d_signal[j];
        let d_emit = d_out * squashed[j] * emits[j] * (1.0 - emits[j]);
        let d_c = d_cell[j] + d_out * emits[j] * (1.0 - squashed[j] * squashed[j]);
        let d_forget = d_c * cells[j] * forgets[j] * (1.0 - forgets[j]);
        let d_admit = d_c * changes[j] * admits[j] * (1.0 - admits[j]);
        let d_change = d_c * admits[j] * (1.0 - changes[j] * changes[j]);
        d_cell[j] = d_c * forgets[j];
        d_signal[j] = d_forget * w0[j] + d_emit * w2[j];
        d_hidden[j] = d_admit * w1[j] + d_change * w3[j];
        for (r, (d, x)) in [(d_forget, signal[j]), (d_admit, hidden), (d_emit, signal[j]), (d_change, hidden)]
            .into_iter()
            .enumerate()
        {
            d_weights[r * width + j] += d * x;
            d_biases[r * width + j] += d;
        }
    }
}
