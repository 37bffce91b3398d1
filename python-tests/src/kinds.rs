//! Inputs of every element type, with defaults, with names that mean something to Python.
#![allow(non_camel_case_types, reason = "a companion is called as its function")]

use gradgen_runtime::{
    ArgInfo, Call, Default, Differentiable, Dim, Dtype, Error, FunctionInfo, Role, Value, place,
};

const fn float(name: &'static str, shape: &'static [Dim], role: Role) -> ArgInfo {
    ArgInfo::new(name, shape, Dtype::F64, role)
}

const fn parameter(name: &'static str, shape: &'static [Dim], dtype: Dtype) -> ArgInfo {
    ArgInfo::new(name, shape, dtype, Role::Parameter)
}

const Y: ArgInfo = float("y", &[], Role::Output);

/// A function of `f32`.
pub(crate) struct narrow {}

impl Differentiable for narrow {
    const INFO: &'static FunctionInfo = &FunctionInfo::new(
        "narrow",
        "samples::narrow",
        &[
            ArgInfo::new("x", &[Dim::Fixed(2)], Dtype::F32, Role::Input),
            ArgInfo::new("w", &[], Dtype::F32, Role::Input),
        ],
        &[
            ArgInfo::new("y", &[Dim::Fixed(2)], Dtype::F32, Role::Output),
            ArgInfo::new("w", &[], Dtype::F32, Role::Output),
        ],
        |_| 0,
        Call::F32(|inputs, outputs, _| {
            let [x, w] = inputs else { return Err(Error::count("inputs", 2, inputs.len())) };
            let [y, out] = outputs else { return Err(Error::count("outputs", 2, outputs.len())) };
            let (x, w) = (x.real::<[f32; 2]>("x")?, w.real::<f32>("w")?);
            *place::<[f32; 2]>(y, "y")? = [x[0] * w, x[1] * w];
            *place::<f32>(out, "w")? = *w;
            Ok(())
        }),
    );
}

/// Integers and a boolean beside floats.
pub(crate) struct mixed {}

impl Differentiable for mixed {
    const INFO: &'static FunctionInfo = &FunctionInfo::new(
        "mixed",
        "samples::mixed",
        &[
            float("x", &[], Role::Input),
            parameter("power", &[], Dtype::I32),
            parameter("count", &[], Dtype::Usize),
            parameter("negate", &[], Dtype::Bool),
        ],
        &[Y],
        |_| 0,
        Call::F64(|inputs, outputs, _| {
            let [x, power, count, negate] = inputs else {
                return Err(Error::count("inputs", 4, inputs.len()));
            };
            let [y] = outputs else { return Err(Error::count("outputs", 1, outputs.len())) };
            let value = x.real::<f64>("x")?.powi(power.i32("power")?) + count.usize("count")? as f64;
            *place::<f64>(y, "y")? = if negate.bool("negate")? { -value } else { value };
            Ok(())
        }),
    );
}

/// Elements by index.
pub(crate) struct pick {}

impl Differentiable for pick {
    const INFO: &'static FunctionInfo = &FunctionInfo::new(
        "pick",
        "samples::pick",
        &[float("x", &[Dim::Fixed(3)], Role::Input), parameter("indices", &[Dim::Length(0)], Dtype::Usize)],
        &[float("y", &[Dim::Length(0)], Role::Output)],
        |_| 0,
        Call::F64(|inputs, outputs, _| {
            let [x, indices] = inputs else { return Err(Error::count("inputs", 2, inputs.len())) };
            let [y] = outputs else { return Err(Error::count("outputs", 1, outputs.len())) };
            let x = x.real::<[f64; 3]>("x")?;
            let Value::Indices(indices) = indices else {
                return Err(Error::kind("indices", "indices", "something else"));
            };
            if let Some(index) = indices.iter().find(|index| **index >= x.len()) {
                return Err(Error::index("x", x.len(), *index));
            }
            for (y, index) in y.iter_mut().zip(*indices) {
                *y = x[*index];
            }
            Ok(())
        }),
    );
}

/// Everything may be left out.
pub(crate) struct defaults {}

impl Differentiable for defaults {
    const INFO: &'static FunctionInfo = &FunctionInfo::new(
        "defaults",
        "samples::defaults",
        &[
            float("x", &[Dim::Fixed(2)], Role::Input).with_default(Default::Real(1.5)),
            parameter("n", &[], Dtype::Usize).with_default(Default::Integer(3)),
            parameter("k", &[], Dtype::I32).with_default(Default::Integer(-1)),
            parameter("on", &[], Dtype::Bool).with_default(Default::Bool(true)),
        ],
        &[float("y", &[Dim::Fixed(5)], Role::Output)],
        |_| 0,
        Call::F64(|inputs, outputs, _| {
            let [x, n, k, on] = inputs else { return Err(Error::count("inputs", 4, inputs.len())) };
            let [y] = outputs else { return Err(Error::count("outputs", 1, outputs.len())) };
            let [a, b] = *x.real::<[f64; 2]>("x")?;
            let (n, k, on) = (n.usize("n")? as f64, f64::from(k.i32("k")?), f64::from(on.bool("on")?));
            *place::<[f64; 5]>(y, "y")? = [a, b, n, k, on];
            Ok(())
        }),
    );
}

/// A direction after an input that has a default.
pub(crate) struct tangent {}

impl Differentiable for tangent {
    const INFO: &'static FunctionInfo = &FunctionInfo::new(
        "tangent",
        "samples::tangent",
        &[
            float("x", &[], Role::Input),
            float("weight", &[], Role::Input).with_default(Default::Real(2.0)).without_use(),
            float("v_x", &[], Role::Tangent),
        ],
        &[Y],
        |_| 0,
        Call::F64(|inputs, outputs, _| {
            let [x, weight, v_x] = inputs else { return Err(Error::count("inputs", 3, inputs.len())) };
            let [y] = outputs else { return Err(Error::count("outputs", 1, outputs.len())) };
            let product = x.real::<f64>("x")? * weight.real::<f64>("weight")?;
            *place::<f64>(y, "y")? = product * v_x.real::<f64>("v_x")?;
            Ok(())
        }),
    );
}

fn same(inputs: &[Value<'_>], outputs: &mut [&mut [f64]], _: &mut [f64]) -> Result<(), Error> {
    let [x] = inputs else { return Err(Error::count("inputs", 1, inputs.len())) };
    let [y] = outputs else { return Err(Error::count("outputs", 1, outputs.len())) };
    *place::<f64>(y, "y")? = *x.real::<f64>("x")?;
    Ok(())
}

/// An input called `workspace`.
pub(crate) struct named {}

impl Differentiable for named {
    const INFO: &'static FunctionInfo = &FunctionInfo::new(
        "named",
        "samples::named",
        &[float("workspace", &[], Role::Input)],
        &[Y],
        |_| 0,
        Call::F64(same),
    );
}

/// An input whose name is a keyword of Python.
pub(crate) struct keyword {}

impl Differentiable for keyword {
    const INFO: &'static FunctionInfo = &FunctionInfo::new(
        "keyword",
        "samples::keyword",
        &[float("lambda", &[], Role::Input)],
        &[Y],
        |_| 0,
        Call::F64(same),
    );
}
