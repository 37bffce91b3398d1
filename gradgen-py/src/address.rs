//! Functions as C sees them: a pointer to one C function for each function that the derive lists.
//!
//! ```c
//! int f(const void *const *inputs, void *const *outputs, void *work);
//! ```
//!
//! `inputs` and `outputs` have a pointer for every argument, to its elements, row-major, of the argument's
//! dtype; `work` points to as many scalars as the workspace has, and may be null where that is none. It returns 0;
//! 1 if the function refuses the call, and nothing is written then; −1 for a null pointer or a panic.

use std::ffi::{c_int, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind};

use gradgen_runtime::{ArgInfo, Call, Dim, Dtype, FunctionInfo, Value};

use crate::listed::{Functions, at};
use crate::real::{Entry, Real};

/// The C function.
///
/// # Safety
/// The pointers are as the module describes: aligned, to as many elements as the arguments have; outputs and
/// work overlap nothing, and nobody else uses any of it meanwhile. A `bool` is 0 or another byte.
pub(crate) type Address =
    unsafe extern "C" fn(*const *const c_void, *const *mut c_void, *mut c_void) -> c_int;

/// As many inputs, and as many outputs, C functions have.
const MOST: usize = 16;

/// What a function takes, known when Rust compiles.
#[derive(Clone, Copy)]
struct Plan {
    inputs: [Argument; MOST],
    outputs: [usize; MOST],
    /// How many of these there are.
    counts: (usize, usize),
}

/// What a pointer points to.
#[derive(Clone, Copy)]
enum Argument {
    Reals(usize),
    Indices(usize),
    I32,
    Bool,
}

impl Plan {
    /// The plan; `None` if a length comes with the call, or there are too many arguments.
    const fn of(info: &FunctionInfo) -> Option<Self> {
        let counts = (info.inputs.len(), info.outputs.len());
        if counts.0 > MOST || counts.1 > MOST {
            return None;
        }
        let mut plan = Self { inputs: [Argument::Bool; MOST], outputs: [0; MOST], counts };
        let mut index = 0;
        while index < counts.0 {
            let input = &info.inputs[index];
            let Some(size) = size(input) else { return None };
            plan.inputs[index] = match input.dtype {
                Dtype::F64 | Dtype::F32 => Argument::Reals(size),
                // A `usize` by itself is a length of the call's.
                Dtype::Usize if !input.shape.is_empty() => Argument::Indices(size),
                Dtype::I32 if input.shape.is_empty() => Argument::I32,
                Dtype::Bool if input.shape.is_empty() => Argument::Bool,
                _ => return None,
            };
            index += 1;
        }
        index = 0;
        while index < counts.1 {
            let Some(size) = size(&info.outputs[index]) else { return None };
            plan.outputs[index] = size;
            index += 1;
        }
        Some(plan)
    }
}

/// How many elements an argument has, if that is known and memory can hold them.
const fn size(argument: &ArgInfo) -> Option<usize> {
    let (mut size, mut axis) = (1_usize, 0);
    while axis < argument.shape.len() {
        let Dim::Fixed(length) = argument.shape[axis] else { return None };
        match size.checked_mul(length) {
            Some(product) if product <= isize::MAX as usize / 8 => size = product,
            _ => return None,
        }
        axis += 1;
    }
    Some(size)
}

/// The C function of one from the list `L`, if it has one.
pub(crate) const fn own<L: Functions, const HIGH: usize, const LOW: usize>() -> Option<Address> {
    let Some(info) = at(L::LISTS, HIGH, LOW) else { return None };
    if Plan::of(info).is_none() {
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
        /// # Safety
        /// As for [`Address`].
        unsafe extern "C" fn $name<L: Functions, const HIGH: usize, const LOW: usize>(
            inputs: *const *const c_void,
            outputs: *const *mut c_void,
            work: *mut c_void,
        ) -> c_int {
            let known = const {
                match at(L::LISTS, HIGH, LOW) {
                    Some(info) => match (info.call, Plan::of(info)) {
                        (Call::$variant(entry), Some(plan)) => Some((entry, plan, info.workspace_size)),
                        _ => None,
                    },
                    None => None,
                }
            };
            let Some((entry, plan, workspace_size)) = known else { return FAULT };
            // C cannot unwind.
            let outcome = catch_unwind(AssertUnwindSafe(|| {
                // SAFETY: by the caller.
                unsafe { call::<$scalar>(entry, &plan, workspace_size(&[]), inputs, outputs, work) }
            }));
            outcome.unwrap_or(FAULT)
        }
    };
}

own!(own_f64, f64, F64);
own!(own_f32, f32, F32);

/// A null pointer, or a panic.
const FAULT: c_int = -1;

/// # Safety
/// As for [`Address`], of a function with this entry, plan and size of the workspace.
#[inline(always)]
unsafe fn call<T: Real>(
    entry: Entry<T>,
    plan: &Plan,
    size: usize,
    inputs: *const *const c_void,
    outputs: *const *mut c_void,
    work: *mut c_void,
) -> c_int {
    let missing = inputs.is_null() && plan.counts.0 > 0 || outputs.is_null() && plan.counts.1 > 0;
    if missing || work.is_null() && size > 0 {
        return FAULT;
    }
    let mut values = [Value::Bool(false); MOST];
    for (index, (value, argument)) in values.iter_mut().zip(&plan.inputs).enumerate().take(plan.counts.0) {
        // SAFETY: there are as many pointers as inputs, by the caller.
        let data = unsafe { *inputs.add(index) };
        if data.is_null() {
            return FAULT;
        }
        // SAFETY: it points to as many elements of this type, by the caller.
        *value = unsafe {
            match *argument {
                Argument::Reals(size) => T::value(std::slice::from_raw_parts(data.cast(), size)),
                Argument::Indices(size) => Value::Indices(std::slice::from_raw_parts(data.cast(), size)),
                Argument::I32 => Value::I32(data.cast::<i32>().read()),
                Argument::Bool => Value::Bool(data.cast::<u8>().read() != 0),
            }
        };
    }
    let mut places = <[&mut [T]; MOST]>::default();
    for (index, (place, size)) in places.iter_mut().zip(&plan.outputs).enumerate().take(plan.counts.1) {
        // SAFETY: as above.
        let data = unsafe { *outputs.add(index) };
        if data.is_null() {
            return FAULT;
        }
        // SAFETY: as above; nobody else has these elements, by the caller.
        *place = unsafe { std::slice::from_raw_parts_mut(data.cast(), *size) };
    }
    let work = if size == 0 {
        &mut []
    } else {
        // SAFETY: it points to as many scalars, which nobody else has, by the caller.
        unsafe { std::slice::from_raw_parts_mut(work.cast(), size) }
    };
    match entry(&values[..plan.counts.0], &mut places[..plan.counts.1], work) {
        Ok(()) => 0,
        Err(_) => 1,
    }
}
