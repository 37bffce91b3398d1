//! Inputs and outputs of every shape: scalars, nested, empty, of run-time length, many.
#![allow(non_camel_case_types, reason = "a companion is called as its function")]

use gradgen_runtime::{ArgInfo, Call, Differentiable, Dim, Dtype, Error, FunctionInfo, Role, Value, place};

const fn input(name: &'static str, shape: &'static [Dim]) -> ArgInfo {
    ArgInfo::new(name, shape, Dtype::F64, Role::Input)
}

const fn output(name: &'static str, shape: &'static [Dim]) -> ArgInfo {
    ArgInfo::new(name, shape, Dtype::F64, Role::Output)
}

fn floats(value: Value<'_>) -> Result<&[f64], Error> {
    match value {
        Value::F64(data) => Ok(data),
        _ => Err(Error::kind("x", "f64 data", "something else")),
    }
}

/// The transpose of a matrix and the sum of its elements.
pub(crate) struct transpose {}

impl Differentiable for transpose {
    const INFO: &'static FunctionInfo = &FunctionInfo::new(
        "transpose",
        "samples::transpose",
        &[input("m", &[Dim::Fixed(2), Dim::Fixed(3)])],
        &[output("t", &[Dim::Fixed(3), Dim::Fixed(2)]), output("sum", &[])],
        |_| 0,
        Call::F64(|inputs, outputs, _| {
            let [m] = inputs else { return Err(Error::count("inputs", 1, inputs.len())) };
            let [t, sum] = outputs else { return Err(Error::count("outputs", 2, outputs.len())) };
            let m = m.real::<[[f64; 3]; 2]>("m")?;
            let (t, sum) = (place::<[[f64; 2]; 3]>(t, "t")?, place::<f64>(sum, "sum")?);
            for (i, row) in m.iter().enumerate() {
                for (column, value) in t.iter_mut().zip(row) {
                    column[i] = *value;
                }
            }
            *sum = m.iter().flatten().sum();
            Ok(())
        }),
    )
    .with_doc("The transpose of `m` and the sum of its elements.")
    .with_facts(5, 0x5eed);
}

/// A scalar times an array of one element: the shapes `()`, `(1,)` and `(1, 1)`.
pub(crate) struct scale {}

impl Differentiable for scale {
    const INFO: &'static FunctionInfo = &FunctionInfo::new(
        "scale",
        "samples::scale",
        &[input("x", &[]), input("w", &[Dim::Fixed(1)]), input("m", &[Dim::Fixed(1), Dim::Fixed(1)])],
        &[output("y", &[Dim::Fixed(1), Dim::Fixed(1)])],
        |_| 1,
        Call::F64(|inputs, outputs, work| {
            let [x, w, m] = inputs else { return Err(Error::count("inputs", 3, inputs.len())) };
            let [y] = outputs else { return Err(Error::count("outputs", 1, outputs.len())) };
            let [product, ..] = work else { return Err(Error::workspace(1, 0)) };
            *product = x.real::<f64>("x")? * w.real::<[f64; 1]>("w")?[0];
            place::<[[f64; 1]; 1]>(y, "y")?[0][0] = *product * m.real::<[[f64; 1]; 1]>("m")?[0][0];
            Ok(())
        }),
    );
}

/// Nothing from nothing.
pub(crate) struct empty {}

impl Differentiable for empty {
    const INFO: &'static FunctionInfo = &FunctionInfo::new(
        "empty",
        "samples::empty",
        &[input("x", &[Dim::Fixed(0)])],
        &[output("y", &[Dim::Fixed(2), Dim::Fixed(0)])],
        |_| 0,
        Call::F64(|_, _, _| Ok(())),
    );
}

/// Running sums, kept in the workspace: lengths known at run time only.
pub(crate) struct running {}

impl Differentiable for running {
    const INFO: &'static FunctionInfo = &FunctionInfo::new(
        "running",
        "samples::running",
        &[input("x", &[Dim::Length(0)])],
        &[output("sums", &[Dim::Length(0)]), output("total", &[])],
        |lengths| lengths.first().copied().unwrap_or(usize::MAX),
        Call::F64(|inputs, outputs, work| {
            let [x] = inputs else { return Err(Error::count("inputs", 1, inputs.len())) };
            let [sums, total] = outputs else { return Err(Error::count("outputs", 2, outputs.len())) };
            let x = floats(*x)?;
            if work.len() < x.len() {
                return Err(Error::workspace(x.len(), work.len()));
            }
            if sums.len() != x.len() {
                return Err(Error::length("sums", x.len(), sums.len()));
            }
            let mut sum = 0.0;
            for ((x, work), out) in x.iter().zip(work).zip(sums.iter_mut()) {
                sum += x;
                *work = sum;
                *out = *work;
            }
            *place::<f64>(total, "total")? = sum;
            Ok(())
        }),
    );
}

/// The outer product of a slice of pairs with a slice, and a `usize` between them.
pub(crate) struct outer {}

impl Differentiable for outer {
    const INFO: &'static FunctionInfo = &FunctionInfo::new(
        "outer",
        "samples::outer",
        &[
            input("a", &[Dim::Length(0), Dim::Fixed(2)]),
            ArgInfo::new("k", &[], Dtype::Usize, Role::Parameter),
            input("b", &[Dim::Length(2)]),
        ],
        &[output("y", &[Dim::Length(0), Dim::Fixed(2), Dim::Length(2)])],
        |lengths| match lengths {
            [_, k, _] => *k,
            _ => usize::MAX,
        },
        Call::F64(|inputs, outputs, work| {
            let [a, k, b] = inputs else { return Err(Error::count("inputs", 3, inputs.len())) };
            let [y] = outputs else { return Err(Error::count("outputs", 1, outputs.len())) };
            let (a, b) = (floats(*a)?, floats(*b)?);
            if work.len() < k.usize("k")? {
                return Err(Error::workspace(k.usize("k")?, work.len()));
            }
            if y.len() != a.len() * b.len() {
                return Err(Error::length("y", a.len() * b.len(), y.len()));
            }
            let products = a.iter().flat_map(|a| b.iter().map(move |b| a * b));
            for (y, product) in y.iter_mut().zip(products) {
                *y = product;
            }
            Ok(())
        }),
    );
}

/// Ten inputs and ten outputs: more than have a place on the stack.
pub(crate) struct many {}

impl Differentiable for many {
    const INFO: &'static FunctionInfo = &FunctionInfo::new(
        "many",
        "samples::many",
        &[
            input("x0", &[]),
            input("x1", &[]),
            input("x2", &[]),
            input("x3", &[]),
            input("x4", &[]),
            input("x5", &[]),
            input("x6", &[]),
            input("x7", &[]),
            input("x8", &[]),
            input("x9", &[]),
        ],
        &[
            output("y0", &[]),
            output("y1", &[]),
            output("y2", &[]),
            output("y3", &[]),
            output("y4", &[]),
            output("y5", &[]),
            output("y6", &[]),
            output("y7", &[]),
            output("y8", &[]),
            output("y9", &[]),
        ],
        |_| 0,
        Call::F64(|inputs, outputs, _| {
            for (x, y) in inputs.iter().zip(outputs) {
                *place::<f64>(y, "y")? = -*x.real::<f64>("x")?;
            }
            Ok(())
        }),
    );
}
