//! The loop over the rows of a batch, for functions of a few numbers.
//!
//! A row of such a function costs as little as the loop around it. So every function that the derive lists
//! has a loop of its own, in which rustc sees what is called and how long everything is: the call can be
//! inlined, and what lies between is registers. Longer functions take rows from where they lie (`batch.rs`,
//! `gufunc.rs`).

use gradgen_runtime::{Call, Error, FunctionInfo, Value};

use crate::listed::{Functions, at};
use crate::real::{Entry, Real};
use crate::signature::{FEW, Quick, Signature};
use crate::sizes::{Sizes, Stack};

/// Where the rows of an argument lie.
#[derive(Clone, Copy)]
pub(crate) struct Lane {
    /// The first row: its elements stand one after the other, at any alignment.
    pub(crate) start: *mut u8,
    /// The bytes from one row to the next; 0 where all rows are the same.
    pub(crate) step: isize,
}

/// The rows of all arguments, inputs first, which the function is called for.
pub(crate) struct Rows<'a> {
    pub(crate) lanes: &'a [Lane],
    pub(crate) count: usize,
    /// The scalars of workspace that the function needs.
    pub(crate) work: usize,
}

/// A row that the function refused.
pub(crate) struct Refused {
    pub(crate) row: usize,
    pub(crate) error: Error,
}

/// A loop over rows.
///
/// # Safety
/// There is a lane for every argument of the function. In all rows, the elements of the inputs can be read,
/// and those of the outputs can be written.
pub(crate) type Loop = unsafe fn(&Rows<'_>) -> Result<(), Refused>;

/// The loop of a function from the list `L`, if it is one of a few numbers.
pub(crate) const fn own<L: Functions, const HIGH: usize, const LOW: usize>() -> Option<Loop> {
    let Some(info) = at(L::LISTS, HIGH, LOW) else { return None };
    if Sizes::of(info).is_none() {
        return None;
    }
    match info.call {
        Call::F64(_) => Some(own_f64::<L, HIGH, LOW>),
        Call::F32(_) => Some(own_f32::<L, HIGH, LOW>),
        _ => None,
    }
}

macro_rules! own {
    ($name:ident, $scalar:ty, $variant:ident) => {
        /// The loop of this very function.
        ///
        /// # Safety
        /// As for [`Loop`].
        unsafe fn $name<L: Functions, const HIGH: usize, const LOW: usize>(
            rows: &Rows<'_>,
        ) -> Result<(), Refused> {
            let known = const {
                match at(L::LISTS, HIGH, LOW) {
                    Some(FunctionInfo { call: Call::$variant(entry), .. }) => {
                        Some((*entry, Sizes::of(at(L::LISTS, HIGH, LOW).unwrap())))
                    }
                    _ => None,
                }
            };
            let Some((entry, Some(sizes))) = known else { return Ok(()) };
            // SAFETY: by the caller.
            unsafe { run::<$scalar>(entry, &sizes, rows) }
        }
    };
}

own!(own_f64, f64, F64);
own!(own_f32, f32, F32);

/// Calls the function for every row.
///
/// # Safety
/// As for [`Loop`], of the function with this entry and these sizes.
#[inline(always)]
pub(crate) unsafe fn run<T: Real>(entry: Entry<T>, sizes: &Sizes, rows: &Rows<'_>) -> Result<(), Refused> {
    let mut starts = [std::ptr::null_mut::<u8>(); 2 * FEW];
    for (start, lane) in starts.iter_mut().zip(rows.lanes) {
        *start = lane.start;
    }
    let (inputs, outputs) = (sizes.inputs.each(), sizes.outputs.each());
    // By itself, since its length is not known when Rust compiles: what is, becomes registers.
    let mut work = Stack::<T>::new();
    let work = work.zeros(rows.work);
    let mut memory = Stack::<T>::new();
    let memory = memory.zeros(sizes.inputs.total + sizes.outputs.total);
    for row in 0..rows.count {
        let (mut data, mut results) = memory.split_at_mut(sizes.inputs.total);
        let mut values = [Value::Bool(false); FEW];
        for (index, size) in inputs.iter().enumerate() {
            let (place, others) = data.split_at_mut(*size);
            let bytes = size_of_val(place);
            // SAFETY: these are the input's elements in this row, which can be read, by the caller; the place
            // is ours and has as many, and any bytes are a float.
            unsafe { place.as_mut_ptr().cast::<u8>().copy_from_nonoverlapping(starts[index], bytes) };
            values[index] = T::value(place);
            data = others;
        }
        let mut places = <[&mut [T]; FEW]>::default();
        for (index, size) in outputs.iter().enumerate() {
            let (place, others) = results.split_at_mut(*size);
            places[index] = place;
            results = others;
        }
        entry(&values[..inputs.len()], &mut places[..outputs.len()], work)
            .map_err(|error| Refused { row, error })?;
        for (index, place) in places[..outputs.len()].iter().enumerate() {
            let bytes = size_of_val(&**place);
            // SAFETY: these are the output's elements in this row, which can be written, by the caller.
            unsafe { starts[inputs.len() + index].copy_from_nonoverlapping(place.as_ptr().cast(), bytes) };
        }
        for (start, lane) in starts.iter_mut().zip(rows.lanes) {
            // The last one may be outside, where nobody goes.
            *start = start.wrapping_offset(lane.step);
        }
    }
    Ok(())
}

impl Signature {
    /// Calls a function of a few numbers for every row.
    ///
    /// # Safety
    /// As for [`Loop`].
    pub(crate) unsafe fn run<T: Real>(
        &self,
        quick: &Quick,
        lanes: &[Lane],
        count: usize,
    ) -> Result<(), Refused> {
        debug_assert_eq!(lanes.len(), self.inputs.len() + self.outputs.len());
        let rows = Rows { lanes, count, work: quick.work };
        // SAFETY: by the caller; the loop is this function's.
        unsafe {
            match (self.own.rows, T::entry(self.info)) {
                (Some(own), _) => own(&rows),
                (None, Some(entry)) => run(entry, &quick.sizes, &rows),
                (None, None) => {
                    let error = Error::kind(self.info.name, T::NAME, "another scalar type");
                    Err(Refused { row: 0, error })
                }
            }
        }
    }
}
