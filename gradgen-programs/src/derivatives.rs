//! Derivatives of a program at a point, and how far they can be trusted.

use crate::{
    Arithmetic, Dual, LONGEST_SLICE, Parts, Plain, Program, Type,
    evaluate::{Fault, Value, run},
    seeds::Uniform,
};
use num_dual::{Dual64, HyperDual64};

/// Inputs of a function, one for every parameter. Those of pure outputs are there as well.
pub type Point = Vec<Value<f64>>;

/// A derivative and how much another evaluation of it differs.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Entry {
    /// The derivative.
    pub value: f64,
    /// How far an evaluation with noise of `1e-13` comes out from it.
    pub spread: f64,
}

/// What the oracle says of a program at a point.
#[derive(Clone, Debug)]
pub struct Derivatives {
    /// The floats of every input, from the first scalar to the last: for inputs that can't be
    /// differentiated there are none.
    pub inputs: Vec<Vec<f64>>,
    /// The floats of every output.
    pub values: Vec<Vec<f64>>,
    /// `[output scalar][input scalar]`, over all outputs and all inputs in order.
    pub jacobian: Vec<Vec<Entry>>,
    /// `[input scalar][input scalar]` of the first output scalar.
    pub hessian: Vec<Vec<Entry>>,
    /// Whether first derivatives can be compared here.
    pub first: bool,
    /// Whether second derivatives can be compared here.
    pub second: bool,
}

/// A point for the main function: floats in `[-2, 2]`, now and then round, equal or zero.
///
/// # Errors
/// None for a well-typed program.
pub fn point(program: &Program, seed: u64) -> Result<Point, Fault> {
    let mut uniform = Uniform::new(seed);
    let special = uniform.draw() < 0.15;
    program
        .main()
        .parameters
        .iter()
        .map(|parameter| {
            let kind = match &parameter.kind {
                Type::Slice(element) => element,
                kind => kind,
            };
            let longest = if let Type::Slice(_) = parameter.kind { LONGEST_SLICE as i64 } else { 0 };
            let length = if longest > 0 { uniform.integer(0, longest) as usize } else { usize::MAX };
            let mut scalars = std::iter::repeat_with(|| match kind {
                Type::Index | Type::Int => {
                    Value::Integer(uniform.integer(parameter.range.0, parameter.range.1))
                }
                Type::Bool => Value::Bool(uniform.draw() < 0.5),
                _ if special && uniform.draw() < 0.5 => Value::Real(uniform.integer(-1, 2) as f64),
                _ => Value::Real(4.0 * uniform.draw() - 2.0),
            });
            Value::from_scalars(&parameter.kind, &mut scalars.by_ref().take(length))
        })
        .collect()
}

/// The program's outputs, bit for bit what Rust computes.
///
/// # Errors
/// An ill-formed program.
pub fn values(program: &Program, point: &Point) -> Result<Vec<Vec<f64>>, Fault> {
    Ok(run(program, &mut Plain, point)?.iter().map(Value::reals).collect())
}

/// Values and first derivatives; second ones as well if `second` is set.
///
/// # Errors
/// An ill-formed program.
pub fn derivatives(program: &Program, point: &Point, second: bool) -> Result<Derivatives, Fault> {
    let inputs: Vec<Vec<f64>> = point.iter().map(Value::reals).collect();
    let count = inputs.iter().map(Vec::len).sum();
    let values = values(program, point)?;
    let mut first = true;
    let mut columns = Vec::new();
    for variable in 0..count {
        let (column, usable) = compared(
            program,
            point,
            |position| Dual64::new(0.0, f64::from(u8::from(position == variable))),
            |number: &Dual64| number.eps,
        )?;
        first &= usable;
        columns.push(column);
    }
    let outputs = values.iter().map(Vec::len).sum();
    let jacobian = (0..outputs).map(|row| columns.iter().map(|column| column[row]).collect()).collect();
    let (hessian, usable) =
        if first && second { second_derivatives(program, point, count)? } else { (Vec::new(), false) };
    Ok(Derivatives { inputs, values, jacobian, hessian, first, second: usable })
}

fn second_derivatives(
    program: &Program,
    point: &Point,
    count: usize,
) -> Result<(Vec<Vec<Entry>>, bool), Fault> {
    let mut hessian = vec![vec![Entry::default(); count]; count];
    let mut usable = true;
    for (row, column) in (0..count).flat_map(|row| (0..=row).map(move |column| (row, column))) {
        let seed = |position: usize| {
            let seed = |chosen: usize| f64::from(u8::from(position == chosen));
            HyperDual64::new(0.0, seed(row), seed(column), 0.0)
        };
        let (entries, here) = compared(program, point, seed, |number| number.eps1eps2)?;
        usable &= here;
        hessian[row][column] = entries[0];
        hessian[column][row] = entries[0];
    }
    Ok((hessian, usable))
}

/// One derivative of every output scalar, evaluated without and with noise.
fn compared<D: Parts>(
    program: &Program,
    point: &Point,
    seed: impl Fn(usize) -> D,
    part: impl Fn(&D) -> f64,
) -> Result<(Vec<Entry>, bool), Fault> {
    let (exact, usable) = swept(program, point, None, &seed)?;
    let mut entries: Vec<Entry> =
        exact.iter().map(|number| Entry { value: part(number), spread: 0.0 }).collect();
    if usable {
        for noise in [1, 2] {
            let (noisy, _) = swept(program, point, Some(noise), &seed)?;
            for (entry, number) in entries.iter_mut().zip(&noisy) {
                entry.spread = entry.spread.max((part(number) - entry.value).abs());
            }
        }
    }
    Ok((entries, usable))
}

fn swept<D: Parts>(
    program: &Program,
    point: &Point,
    noise: Option<u64>,
    seed: &impl Fn(usize) -> D,
) -> Result<(Vec<D>, bool), Fault> {
    let mut arithmetic = Dual::<D>::new(noise);
    let mut position = 0;
    let inputs: Vec<Value<D>> = point.iter().map(|value| lifted(value, &mut position, seed)).collect();
    let outputs = run(program, &mut arithmetic, &inputs)?;
    let numbers: Vec<D> = outputs.iter().flat_map(Value::reals).collect();
    let finite = numbers.iter().all(|number| arithmetic.value(*number).is_finite());
    Ok((numbers, finite && !arithmetic.unusable))
}

fn lifted<D: Parts>(value: &Value<f64>, position: &mut usize, seed: &impl Fn(usize) -> D) -> Value<D> {
    match value {
        Value::Real(real) => {
            let number = seed(*position).at(*real);
            *position += 1;
            Value::Real(number)
        }
        Value::Integer(value) => Value::Integer(*value),
        Value::Bool(value) => Value::Bool(*value),
        Value::Array(elements) => {
            Value::Array(elements.iter().map(|element| lifted(element, position, seed)).collect())
        }
        Value::Tuple(elements) => {
            Value::Tuple(elements.iter().map(|element| lifted(element, position, seed)).collect())
        }
    }
}
