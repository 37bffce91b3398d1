//! Functions that fail, wait and panic.
#![allow(non_camel_case_types, reason = "a companion is called as its function")]

use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

use gradgen_runtime::{ArgInfo, Call, Differentiable, Dtype, Error, FunctionInfo, Role, place};

const X: ArgInfo = ArgInfo::new("x", &[], Dtype::F64, Role::Input);
const Y: ArgInfo = ArgInfo::new("y", &[], Dtype::F64, Role::Output);

/// Refuses its input.
pub(crate) struct out_of_range {}

impl Differentiable for out_of_range {
    const INFO: &'static FunctionInfo = &FunctionInfo::new(
        "out_of_range",
        "samples::out_of_range",
        &[ArgInfo::new("index", &[], Dtype::Usize, Role::Parameter)],
        &[Y],
        |_| 0,
        Call::F64(|inputs, _, _| {
            let [index] = inputs else { return Err(Error::count("inputs", 1, inputs.len())) };
            Err(Error::index("table", 3, index.usize("index")?))
        }),
    );
}

/// The half of a number, if that is not negative: a small function that refuses some rows of a batch.
pub(crate) struct half {}

impl Differentiable for half {
    const INFO: &'static FunctionInfo = &FunctionInfo::new(
        "half",
        "samples::half",
        &[X],
        &[Y],
        |_| 0,
        Call::F64(|inputs, outputs, _| {
            let [x] = inputs else { return Err(Error::count("inputs", 1, inputs.len())) };
            let [y] = outputs else { return Err(Error::count("outputs", 1, outputs.len())) };
            let x = *x.real::<f64>("x")?;
            if x < 0.0 {
                return Err(Error::kind("x", "a number from 0 on", "a negative one"));
            }
            *place::<f64>(y, "y")? = 0.5 * x;
            Ok(())
        }),
    );
}

/// 0 before `wait` runs, 1 while it waits, 2 when `signal` was called.
static STATE: AtomicU32 = AtomicU32::new(0);

/// Does not return before another thread has called [`signal`]: long enough for the interpreter's
/// lock to be released.
pub(crate) struct wait {}

impl Differentiable for wait {
    const INFO: &'static FunctionInfo = &FunctionInfo::new(
        "wait",
        "samples::wait",
        &[X],
        &[Y],
        |_| 1,
        Call::F64(|inputs, outputs, _| {
            let [x] = inputs else { return Err(Error::count("inputs", 1, inputs.len())) };
            let [y] = outputs else { return Err(Error::count("outputs", 1, outputs.len())) };
            let x = x.real::<f64>("x")?;
            if *x > 0.0 {
                STATE.store(1, Ordering::SeqCst);
                while STATE.load(Ordering::SeqCst) != 2 {
                    thread::yield_now();
                }
                STATE.store(0, Ordering::SeqCst);
            }
            *place::<f64>(y, "y")? = *x;
            Ok(())
        }),
    )
    .with_facts(1_000_000, 1);
}

/// Lets a waiting [`wait`] return; `y` is 1 if there was one.
pub(crate) struct signal {}

impl Differentiable for signal {
    const INFO: &'static FunctionInfo = &FunctionInfo::new(
        "signal",
        "samples::signal",
        &[X],
        &[Y],
        |_| 0,
        Call::F64(|inputs, outputs, _| {
            let [x] = inputs else { return Err(Error::count("inputs", 1, inputs.len())) };
            let [y] = outputs else { return Err(Error::count("outputs", 1, outputs.len())) };
            let waits = STATE.load(Ordering::SeqCst) == 1;
            if waits && *x.real::<f64>("x")? > 0.0 {
                STATE.store(2, Ordering::SeqCst);
            }
            *place::<f64>(y, "y")? = f64::from(waits);
            Ok(())
        }),
    );
}

/// Panics, if its input is not 0.
pub(crate) struct panics {}

impl Differentiable for panics {
    const INFO: &'static FunctionInfo = &FunctionInfo::new(
        "panics",
        "samples::panics",
        &[X],
        &[Y],
        |_| 0,
        Call::F64(|inputs, outputs, _| {
            let [x] = inputs else { return Err(Error::count("inputs", 1, inputs.len())) };
            let [y] = outputs else { return Err(Error::count("outputs", 1, outputs.len())) };
            assert!(*x.real::<f64>("x")? == 0.0, "as asked");
            *place::<f64>(y, "y")? = 0.0;
            Ok(())
        }),
    );
}
