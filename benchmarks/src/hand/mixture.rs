//! [`mixture`](crate::kernels::mixture) by hand: a sample and its adjoint at a time.

use super::{add_scaled, log_sum_exp};

/// What is not differentiated by.
#[derive(Clone, Copy, Debug)]
pub struct Model<'a> {
    /// A row for each sample.
    pub samples: &'a [f64],
    /// The dimension.
    pub d: usize,
    /// How many components there are.
    pub k: usize,
    /// The scale of the prior.
    pub gamma: f64,
    /// The degrees of freedom that the prior has beyond the dimension.
    pub freedom: f64,
}

/// What the value is differentiated by, or the derivatives.
#[derive(Clone, Copy, Debug)]
pub struct Parameters<S> {
    /// Logarithms of the components' weights.
    pub weights: S,
    /// Rows: their means.
    pub means: S,
    /// Squares: the factors of their precisions.
    pub factors: S,
}

/// How many numbers `work` has to hold.
pub const fn workspace(d: usize, k: usize) -> usize {
    3 * k * d + 2 * k
}

/// Value and gradient.
pub fn gradient(
    p: Parameters<&[f64]>,
    model: &Model<'_>,
    out: Parameters<&mut [f64]>,
    work: &mut [f64],
) -> f64 {
    let Model { d, k, gamma, freedom, .. } = *model;
    let (diagonals, work) = work.split_at_mut(k * d);
    let (determinants, work) = work.split_at_mut(k);
    prepare(p.factors, d, diagonals, determinants);

    let Parameters { weights: d_weights, means: d_means, factors: d_factors } = out;
    d_weights.fill(0.0);
    d_means.fill(0.0);
    // Until the end, on their diagonals stand the cotangents of exponentials, and in place of the means'
    // those of the vectors `y`: these are products with the same factor for all samples.
    d_factors.fill(0.0);
    let (terms, work) = work.split_at_mut(k);
    let (centred, y) = work.split_at_mut(k * d);
    let mut likelihood = 0.0;
    for sample in model.samples.chunks_exact(d) {
        let factors = p.factors.chunks_exact(d * d).zip(diagonals.chunks_exact(d));
        let rows = centred.chunks_exact_mut(d).zip(y.chunks_exact_mut(d));
        for (j, ((factor, (centred, y)), mean)) in factors.zip(rows).zip(p.means.chunks_exact(d)).enumerate()
        {
            let distance = distance(sample, mean, factor, centred, y);
            terms[j] = p.weights[j] + determinants[j] - 0.5 * distance;
        }
        likelihood += to_shares(terms);
        let rows = centred.chunks_exact(d).zip(y.chunks_exact(d));
        let outs = d_means.chunks_exact_mut(d).zip(d_factors.chunks_exact_mut(d * d));
        for ((share, d_weight), (rows, out)) in terms.iter().zip(d_weights.iter_mut()).zip(rows.zip(outs)) {
            *d_weight += share;
            distance_adjoint(*share, rows, out);
        }
    }

    let n = (model.samples.len() / d) as f64;
    let normalizer = log_sum_exp::gradient(p.weights, terms);
    let mut prior = 0.0;
    let components = p.factors.chunks_exact(d * d).zip(diagonals.chunks_exact(d)).zip(determinants.iter());
    let outs = d_factors.chunks_exact_mut(d * d).zip(d_means.chunks_exact_mut(d)).zip(d_weights.iter_mut());
    for ((((factor, diagonal), determinant), ((d_factor, d_mean), d_weight)), share) in
        components.zip(outs).zip(terms.iter())
    {
        pull_back(factor, diagonal, d_mean);
        let d_determinant = *d_weight + freedom;
        let squares = component(factor, diagonal, d_factor, gamma * gamma, d_determinant);
        prior += freedom * determinant - 0.5 * gamma * gamma * squares;
        *d_weight -= n * share;
    }
    likelihood - n * normalizer + prior
}

fn prepare(factors: &[f64], d: usize, diagonals: &mut [f64], determinants: &mut [f64]) {
    let components = factors.chunks_exact(d * d).zip(diagonals.chunks_exact_mut(d));
    for ((factor, diagonal), determinant) in components.zip(determinants) {
        *determinant = 0.0;
        for ((row, diagonal), a) in factor.chunks_exact(d).zip(diagonal).zip(0..) {
            *diagonal = f64::exp(row[a]);
            *determinant += row[a];
        }
    }
}

/// The squared distance of a sample from a component.
#[inline]
fn distance(
    sample: &[f64],
    mean: &[f64],
    (factor, diagonal): (&[f64], &[f64]),
    centred: &mut [f64],
    y: &mut [f64],
) -> f64 {
    for ((centred, sample), mean) in centred.iter_mut().zip(sample).zip(mean) {
        *centred = sample - mean;
    }
    let mut distance = 0.0;
    for (a, ((row, diagonal), y)) in factor.chunks_exact(sample.len()).zip(diagonal).zip(y).enumerate() {
        let mut sum = diagonal * centred[a];
        for (factor, centred) in row[..a].iter().zip(centred.iter()) {
            sum += factor * centred;
        }
        distance += sum * sum;
        *y = sum;
    }
    distance
}

#[inline]
fn distance_adjoint(share: f64, (centred, y): (&[f64], &[f64]), (d_y, d_factor): (&mut [f64], &mut [f64])) {
    let rows = d_factor.chunks_exact_mut(y.len()).zip(d_y);
    for (a, ((d_row, d_y), y)) in rows.zip(y).enumerate() {
        let along = share * y;
        *d_y += along;
        add_scaled(&mut d_row[..=a], -along, centred);
    }
}

/// The logarithm of the sum of the exponentials of terms, which become the shares of that sum.
#[inline]
fn to_shares(terms: &mut [f64]) -> f64 {
    let largest = terms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut sum = 0.0;
    for term in terms.iter_mut() {
        *term = (*term - largest).exp();
        sum += *term;
    }
    let scale = 1.0 / sum;
    for term in terms.iter_mut() {
        *term *= scale;
    }
    largest + sum.ln()
}

/// From the cotangent of the products with a factor to that of what it was multiplied with.
fn pull_back(factor: &[f64], diagonal: &[f64], d: &mut [f64]) {
    for (a, (row, diagonal)) in factor.chunks_exact(d.len()).zip(diagonal).enumerate() {
        let along = d[a];
        add_scaled(&mut d[..a], along, row);
        d[a] = along * diagonal;
    }
}

/// The squares of a factor; its cotangent gets what the prior adds, and the diagonal its exponentials.
fn component(factor: &[f64], diagonal: &[f64], d_factor: &mut [f64], square: f64, d_determinant: f64) -> f64 {
    let d = diagonal.len();
    let mut squares = 0.0;
    for (a, ((row, d_row), diagonal)) in
        factor.chunks_exact(d).zip(d_factor.chunks_exact_mut(d)).zip(diagonal).enumerate()
    {
        squares += diagonal * diagonal;
        for l in &row[..a] {
            squares += l * l;
        }
        add_scaled(&mut d_row[..a], -square, row);
        d_row[a] = (d_row[a] - square * diagonal) * diagonal + d_determinant;
    }
    squares
}
