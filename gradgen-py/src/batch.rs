//! Many calls at once: axes before the function's own, broadcast as NumPy does it.

use std::mem::MaybeUninit;

use gradgen_runtime::{Dim, Error, Value};
use pyo3::exceptions::{PyMemoryError, PyValueError};
use pyo3::prelude::*;

use crate::call::{Columns, Read, is_long, refused, written};
use crate::lanes::Lane;
use crate::real::Real;
use crate::signature::{FEW, MAX_AXES, Quick, Signature};
use crate::wording;

/// The rows of a call.
pub(crate) struct Batch {
    /// The lengths of the common axes; none for a single call.
    shape: Vec<usize>,
    rows: usize,
    /// How many inputs there are.
    inputs: usize,
    /// For every axis and every input, the rows from one index to the next: 0 where it is broadcast.
    strides: Vec<usize>,
    /// The axis along which rows are neighbours: the last one with more than one of them.
    inner: usize,
}

/// The shapes of all outputs, and how many elements they have.
pub(crate) struct Shapes {
    pub(crate) shapes: Vec<Vec<usize>>,
    pub(crate) sizes: Vec<usize>,
}

impl Shapes {
    pub(crate) fn new(signature: &Signature, batch: &Batch, lengths: &[usize]) -> PyResult<Self> {
        let (mut shapes, mut sizes) = (Vec::new(), Vec::new());
        for output in &signature.outputs {
            let mut shape = batch.shape.clone();
            shape.extend_from_slice(&output.shape.resolved(lengths));
            let size = shape.iter().try_fold(1_usize, |size, length| size.checked_mul(*length));
            let fits = size.filter(|size| *size <= isize::MAX as usize / size_of::<f64>());
            sizes.push(fits.ok_or_else(|| {
                PyMemoryError::new_err(format!(
                    "{}(): output '{}' has more elements than memory can hold",
                    signature.info.name, output.info.name
                ))
            })?);
            shapes.push(shape);
        }
        Ok(Self { shapes, sizes })
    }
}

impl Batch {
    /// The common axes of all inputs.
    pub(crate) fn new(signature: &Signature, inputs: &[Read]) -> PyResult<Self> {
        let axes = inputs.iter().map(|input| input.batch.len()).max().unwrap_or(0);
        let mut shape = vec![1; axes];
        let mut from = vec![None; axes];
        for (index, input) in inputs.iter().enumerate() {
            let skipped = axes - input.batch.len();
            for (axis, &length) in input.batch.iter().enumerate() {
                let common = &mut shape[skipped + axis];
                if length != 1 && *common == 1 {
                    (*common, from[skipped + axis]) = (length, Some(index));
                } else if length != 1 && length != *common {
                    return Err(clash(signature, inputs, from[skipped + axis].unwrap_or(0), index));
                }
            }
        }
        let own = signature.outputs.iter().map(|output| output.info.shape.len()).max().unwrap_or(0);
        if axes + own > MAX_AXES {
            let function = signature.info.name;
            return Err(PyValueError::new_err(format!(
                "{function}(): results would have more than {MAX_AXES} axes"
            )));
        }
        let by_input: Vec<Vec<usize>> = inputs.iter().map(|input| strides(&input.batch, axes)).collect();
        let strides = (0..axes).flat_map(|axis| by_input.iter().map(move |strides| strides[axis])).collect();
        let rows = shape.iter().fold(1_usize, |rows, length| rows.saturating_mul(*length));
        let inner = shape.iter().rposition(|length| *length != 1).unwrap_or(0);
        let batch = Self { shape, rows, inputs: inputs.len(), strides, inner };
        batch.check_lengths(signature, inputs)?;
        Ok(batch)
    }

    /// Whether it is one call without further axes.
    pub(crate) fn is_single(&self) -> bool {
        self.shape.is_empty()
    }

    /// A `usize` that is the length of something cannot differ between rows.
    fn check_lengths(&self, signature: &Signature, inputs: &[Read]) -> PyResult<()> {
        for (input, read) in signature.inputs.iter().zip(inputs).filter(|(_, read)| !read.batch.is_empty()) {
            let Some(position) = input.length else { continue };
            let dims = signature
                .info
                .inputs
                .iter()
                .chain(signature.info.outputs)
                .flat_map(|argument| argument.shape);
            if dims.into_iter().any(|dim| *dim == Dim::Length(position)) {
                return Err(PyValueError::new_err(format!(
                    "{}(): argument '{}' has shape {}, expected (): it is the length of an array",
                    signature.info.name,
                    input.info.name,
                    wording::shape(read.batch.iter().copied().map(Some))
                )));
            }
        }
        Ok(())
    }

    /// The scratch that the most demanding row needs.
    pub(crate) fn workspace<T: Real>(
        &self,
        signature: &Signature,
        columns: &Columns<'_, T>,
        lengths: &[usize],
    ) -> usize {
        let size = signature.info.workspace_size;
        let varying: Vec<(usize, usize)> = signature
            .inputs
            .iter()
            .enumerate()
            .filter(|(index, _)| !columns.inputs[*index].batch.is_empty())
            .filter_map(|(index, input)| Some((index, input.length?)))
            .collect();
        if varying.is_empty() {
            return size(lengths);
        }
        let (mut lengths, mut most) = (lengths.to_vec(), 0);
        let mut at = Odometer::new(self);
        for _ in 0..self.rows {
            for (input, position) in &varying {
                if let Value::Usize(value) = columns.value(&columns.inputs[*input], at.offsets[*input]) {
                    lengths[*position] = value;
                }
            }
            most = most.max(size(&lengths));
            at.step(self);
        }
        most
    }

    /// Calls the function for every row. Other threads of Python run meanwhile, if it takes long.
    pub(crate) fn run<T: Real>(
        &self,
        py: Python<'_>,
        signature: &Signature,
        columns: &Columns<'_, T>,
        places: &mut [&mut [MaybeUninit<T>]],
        work: &mut [T],
    ) -> PyResult<()> {
        let mut at = Odometer::new(self);
        let mut rest: Vec<&mut [MaybeUninit<T>]> = places.iter_mut().map(|place| &mut **place).collect();
        let sizes: Vec<usize> =
            rest.iter().map(|place| place.len().checked_div(self.rows).unwrap_or(0)).collect();
        let mut left = self.rows;
        // So many rows that the user need not wait long to interrupt.
        let portion = (INTERRUPTIBLE / (signature.info.operations + 1)).max(1);
        while left > 0 {
            let count = left.min(portion);
            let mut turn = || match &signature.quick {
                Some(quick) => few(self, signature, quick, columns, &mut rest, &mut at, count),
                None => rows(self, signature, columns, &mut rest, &sizes, work, &mut at, count),
            };
            let done = if is_long(signature, self.rows) { py.detach(turn) } else { turn() };
            done.map_err(|error| self.refused(signature, &error, &at))?;
            left -= count;
            if left > 0 {
                py.check_signals()?;
            }
        }
        Ok(())
    }

    fn refused(&self, signature: &Signature, error: &Error, at: &Odometer) -> PyErr {
        if self.is_single() {
            return refused(signature, error);
        }
        let spot: String = at.index.iter().map(|index| format!("[{index}]")).collect();
        PyValueError::new_err(format!("{}(): in the call {spot}: {error}", signature.info.name))
    }
}

/// Operations between two looks whether the user wants to stop.
const INTERRUPTIBLE: usize = 50_000_000;

/// So many rows of a function of a few numbers, from where the odometer stands.
fn few<T: Real>(
    batch: &Batch,
    signature: &Signature,
    quick: &Quick,
    columns: &Columns<'_, T>,
    rest: &mut [&mut [MaybeUninit<T>]],
    at: &mut Odometer,
    count: usize,
) -> Result<(), Error> {
    let width = size_of::<T>() as isize;
    let mut lanes = [Lane { start: std::ptr::null_mut(), step: 0 }; 2 * FEW];
    let mut left = count;
    while left > 0 {
        let run = left.min(at.run(batch));
        let steps = at.steps(batch);
        for (index, (column, offset)) in columns.inputs.iter().zip(&at.offsets).enumerate() {
            let step = steps.get(index).map_or(0, |step| step * column.size);
            let start = column.range.start + offset * column.size;
            let rows = columns.data.get(start..start + (run - 1) * step + column.size).ok_or_else(missing)?;
            lanes[index] = Lane { start: rows.as_ptr().cast_mut().cast(), step: step as isize * width };
        }
        for (index, (rest, size)) in rest.iter_mut().zip(quick.sizes.outputs.each()).enumerate() {
            let rows = rest.split_off_mut(..run * size).ok_or_else(missing)?;
            lanes[columns.inputs.len() + index] =
                Lane { start: rows.as_mut_ptr().cast(), step: *size as isize * width };
        }
        let lanes = &lanes[..columns.inputs.len() + rest.len()];
        // SAFETY: every lane begins at a slice of all the elements that the rows have, and no other lane
        // writes to them.
        if let Err(refused) = unsafe { signature.run::<T>(quick, lanes, run) } {
            at.turn(batch, refused.row);
            return Err(refused.error);
        }
        at.turn(batch, run - 1);
        for (offset, step) in at.offsets.iter_mut().zip(steps) {
            *offset += (run - 1) * step;
        }
        at.step(batch);
        left -= run;
    }
    Ok(())
}

/// Never seen: all elements were counted before.
fn missing() -> Error {
    Error::kind("a batch", "all elements of its rows", "fewer")
}

/// So many rows of the batch, from where the odometer stands.
fn rows<T: Real>(
    batch: &Batch,
    signature: &Signature,
    columns: &Columns<'_, T>,
    rest: &mut [&mut [MaybeUninit<T>]],
    sizes: &[usize],
    work: &mut [T],
    at: &mut Odometer,
    count: usize,
) -> Result<(), Error> {
    let (inputs, outputs) = (columns.inputs.len(), rest.len());
    let (mut few, mut many) = ([Value::Bool(false); FEW], Vec::new());
    let values = slots(&mut few, &mut many, inputs, || Value::Bool(false));
    let (mut few, mut many) = (<[&mut [T]; FEW]>::default(), Vec::new());
    let places = slots(&mut few, &mut many, outputs, Default::default);
    let Some(entry) = T::entry(signature.info) else {
        return Err(Error::kind(signature.info.name, T::NAME, "another scalar type"));
    };
    let mut left = count;
    while left > 0 {
        // Along the inner axis; inputs that are broadcast along it are looked up once.
        let run = left.min(at.run(batch));
        for ((value, column), row) in values.iter_mut().zip(columns.inputs).zip(&at.offsets) {
            *value = columns.value(column, *row);
        }
        let steps = at.steps(batch);
        for turn in 0..run {
            if turn > 0 {
                for (input, step) in steps.iter().enumerate().filter(|(_, step)| **step > 0) {
                    at.offsets[input] += step;
                    values[input] = columns.value(&columns.inputs[input], at.offsets[input]);
                }
                at.turn(batch, 1);
            }
            for ((place, rest), size) in places.iter_mut().zip(rest.iter_mut()).zip(sizes) {
                let row = rest.split_off_mut(..*size).unwrap_or_default();
                // SAFETY: of all but functions of a few numbers, for which `few` is there, outputs begin as
                // zeros.
                *place = unsafe { written(row) };
            }
            entry(values, places, work)?;
        }
        at.step(batch);
        left -= run;
    }
    Ok(())
}

/// One slot per argument, on the stack if they are few.
pub(crate) fn slots<'a, T>(
    few: &'a mut [T; FEW],
    many: &'a mut Vec<T>,
    count: usize,
    empty: impl FnMut() -> T,
) -> &'a mut [T] {
    if count <= FEW {
        return &mut few[..count];
    }
    many.resize_with(count, empty);
    many
}

/// The index of a row, and where it lies in every input.
struct Odometer {
    index: Vec<usize>,
    offsets: Vec<usize>,
}

impl Odometer {
    fn new(batch: &Batch) -> Self {
        Self { index: vec![0; batch.shape.len()], offsets: vec![0; batch.inputs] }
    }

    /// How many rows there are up to the end of the inner axis.
    fn run(&self, batch: &Batch) -> usize {
        match (self.index.get(batch.inner), batch.shape.get(batch.inner)) {
            (Some(index), Some(length)) => length - index,
            _ => 1,
        }
    }

    /// The rows of every input from one index of the inner axis to the next; none if there are no axes.
    fn steps<'a>(&self, batch: &'a Batch) -> &'a [usize] {
        let start = batch.inner * batch.inputs;
        batch.strides.get(start..start + batch.inputs).unwrap_or_default()
    }

    /// So much further along the inner axis, where its end is not reached; the caller moves the offsets.
    fn turn(&mut self, batch: &Batch, rows: usize) {
        if let Some(index) = self.index.get_mut(batch.inner) {
            *index += rows;
        }
    }

    /// The next row, row-major; after the last comes the first.
    fn step(&mut self, batch: &Batch) {
        for (axis, (index, length)) in self.index.iter_mut().zip(&batch.shape).enumerate().rev() {
            *index += 1;
            let strides = batch.strides.get(axis * batch.inputs..).unwrap_or_default();
            if *index < *length {
                for (offset, stride) in self.offsets.iter_mut().zip(strides) {
                    *offset += stride;
                }
                return;
            }
            for (offset, stride) in self.offsets.iter_mut().zip(strides) {
                *offset -= (*length - 1) * stride;
            }
            *index = 0;
        }
    }
}

/// The rows from one index to the next, of an input with these axes among so many.
fn strides(batch: &[usize], axes: usize) -> Vec<usize> {
    let mut strides = vec![0; axes];
    let mut step = 1;
    for (place, length) in strides.iter_mut().rev().zip(batch.iter().rev()) {
        *place = if *length == 1 { 0 } else { step };
        step *= length;
    }
    strides
}

fn clash(signature: &Signature, inputs: &[Read], first: usize, second: usize) -> PyErr {
    let batch = |index: usize| wording::shape(inputs[index].batch.iter().copied().map(Some));
    PyValueError::new_err(format!(
        "{}(): arguments '{}' and '{}' cannot be broadcast: their axes before the function's own are {} and {}",
        signature.info.name,
        signature.inputs[first].info.name,
        signature.inputs[second].info.name,
        batch(first),
        batch(second)
    ))
}
