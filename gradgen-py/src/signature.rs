//! A function's table as calls from Python need it: checked once, when the module is built.

use std::borrow::Cow;

use gradgen_runtime::{ArgInfo, Default, Dim, Dtype, FunctionInfo};
use pyo3::exceptions::{PyImportError, PyMemoryError};
use pyo3::prelude::*;
use pyo3::types::PyString;

/// A function's inputs and outputs.
pub(crate) struct Signature {
    pub(crate) info: &'static FunctionInfo,
    pub(crate) inputs: Box<[Input]>,
    pub(crate) outputs: Box<[Output]>,
    /// The name of the last parameter: `workspace`, or `workspace_` beside an input of that name.
    pub(crate) workspace: Py<PyString>,
    /// How many run-time lengths there are.
    pub(crate) lengths: usize,
}

/// One input.
pub(crate) struct Input {
    pub(crate) name: Py<PyString>,
    pub(crate) info: &'static ArgInfo,
    pub(crate) kind: Kind,
    pub(crate) shape: Shape,
    /// The run-time length that the value of this `usize` is.
    pub(crate) length: Option<usize>,
}

/// One output.
pub(crate) struct Output {
    pub(crate) name: Py<PyString>,
    pub(crate) info: &'static ArgInfo,
    pub(crate) shape: Shape,
}

/// How an input is handed over.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Floats of the function's type.
    Real,
    /// `&[usize]`.
    Indices,
    Usize,
    I32,
    Bool,
}

/// As many axes as every version of NumPy allows.
const MAX_AXES: usize = 32;

/// The lengths of all axes.
pub(crate) enum Shape {
    /// Known when Rust compiles.
    Fixed(Box<[usize]>),
    /// Some of them come with the call.
    Open(&'static [Dim]),
}

impl Signature {
    pub(crate) fn new(py: Python<'_>, info: &'static FunctionInfo) -> PyResult<Self> {
        let mut lengths = 0;
        let inputs = info
            .inputs
            .iter()
            .map(|input| Input::new(py, info, input, &mut lengths))
            .collect::<PyResult<Box<[Input]>>>()?;
        let outputs = info
            .outputs
            .iter()
            .map(|output| Output::new(py, info, output, lengths))
            .collect::<PyResult<Box<[Output]>>>()?;
        unique(info, info.inputs, "inputs")?;
        unique(info, info.outputs, "outputs")?;
        let mut workspace = "workspace".to_owned();
        while info.inputs.iter().any(|input| input.name == workspace) {
            workspace.push('_');
        }
        let workspace = PyString::intern(py, &workspace).unbind();
        Ok(Self { info, inputs, outputs, workspace, lengths })
    }

    /// How many scalars of workspace a call needs, if that does not depend on the call.
    pub(crate) fn workspace_size(&self) -> Option<usize> {
        (self.lengths == 0).then(|| (self.info.workspace_size)(&[]))
    }

    /// The names of all parameters, the workspace's last.
    pub(crate) fn parameters<'a>(&'a self, workspace: &'a str) -> Vec<&'a str> {
        self.inputs.iter().map(|input| input.info.name).chain([workspace]).collect()
    }

    /// The names of the siblings, for the module's order and for [`FunctionInfo`]'s reader.
    pub(crate) fn siblings(&self) -> Vec<&'static str> {
        self.info.siblings.iter().map(|sibling| sibling.name).collect()
    }
}

impl Input {
    fn new(
        py: Python<'_>,
        function: &FunctionInfo,
        info: &'static ArgInfo,
        lengths: &mut usize,
    ) -> PyResult<Self> {
        let shape = Shape::new(function, info)?;
        for dim in info.shape {
            if let Dim::Length(position) = dim {
                *lengths = (*lengths).max(position + 1);
            }
        }
        let kind = match (info.dtype, info.shape) {
            (Dtype::F64 | Dtype::F32, _) if info.dtype == function.dtype() => Kind::Real,
            (Dtype::Usize, []) => Kind::Usize,
            (Dtype::I32, []) => Kind::I32,
            (Dtype::Bool, []) => Kind::Bool,
            (Dtype::Usize, _) => Kind::Indices,
            _ => return Err(refuse(function, info, "has a type that Python cannot pass")),
        };
        let fits = match info.default {
            None => true,
            Some(_) if matches!(shape, Shape::Open(_)) => false,
            Some(Default::Real(_)) => kind == Kind::Real,
            Some(Default::Integer(value)) => match kind {
                Kind::Usize | Kind::Indices => usize::try_from(value).is_ok(),
                Kind::I32 => i32::try_from(value).is_ok(),
                Kind::Real | Kind::Bool => false,
            },
            Some(Default::Bool(_)) => kind == Kind::Bool,
            Some(_) => false,
        };
        if !fits {
            return Err(refuse(function, info, "has a default that is not a value of its type"));
        }
        let length = (kind == Kind::Usize).then(|| {
            *lengths += 1;
            *lengths - 1
        });
        Ok(Self { name: PyString::intern(py, info.name).unbind(), info, kind, shape, length })
    }
}

impl Output {
    fn new(
        py: Python<'_>,
        function: &FunctionInfo,
        info: &'static ArgInfo,
        lengths: usize,
    ) -> PyResult<Self> {
        if info.dtype != function.dtype() {
            return Err(refuse(function, info, "has a type that Python cannot receive"));
        }
        if info.shape.iter().any(|dim| matches!(dim, Dim::Length(position) if *position >= lengths)) {
            return Err(refuse(function, info, "has a length that no input has"));
        }
        let shape = Shape::new(function, info)?;
        Ok(Self { name: PyString::intern(py, info.name).unbind(), info, shape })
    }
}

impl Shape {
    fn new(function: &FunctionInfo, info: &'static ArgInfo) -> PyResult<Self> {
        if info.shape.len() > MAX_AXES {
            return Err(refuse(function, info, "has more axes than an array of NumPy"));
        }
        let mut fixed = Vec::with_capacity(info.shape.len());
        for dim in info.shape {
            match dim {
                Dim::Fixed(length) => fixed.push(*length),
                Dim::Length(_) => return Ok(Self::Open(info.shape)),
                _ => return Err(refuse(function, info, "has a length of an unknown kind")),
            }
        }
        match info.size() {
            Some(size) if size <= isize::MAX as usize / size_of::<f64>() => Ok(Self::Fixed(fixed.into())),
            _ => Err(refuse(function, info, "has more elements than memory can hold")),
        }
    }

    /// One entry per axis, `None` for a length that comes with the call.
    pub(crate) fn known(&self) -> Vec<Option<usize>> {
        match self {
            Self::Fixed(lengths) => lengths.iter().copied().map(Some).collect(),
            Self::Open(dims) => dims
                .iter()
                .map(|dim| match dim {
                    Dim::Fixed(length) => Some(*length),
                    _ => None,
                })
                .collect(),
        }
    }

    /// All lengths, in a call with these run-time lengths.
    pub(crate) fn resolved(&self, lengths: &[usize]) -> Cow<'_, [usize]> {
        match self {
            Self::Fixed(shape) => Cow::Borrowed(shape),
            Self::Open(dims) => dims
                .iter()
                .map(|dim| match dim {
                    Dim::Fixed(length) => *length,
                    Dim::Length(position) => lengths.get(*position).copied().unwrap_or_default(),
                    _ => 0,
                })
                .collect(),
        }
    }

    /// How many elements there are, in a call with these run-time lengths.
    pub(crate) fn resolved_size(&self, lengths: &[usize]) -> PyResult<usize> {
        self.resolved(lengths)
            .iter()
            .try_fold(1_usize, |size, length| size.checked_mul(*length))
            .ok_or_else(|| PyMemoryError::new_err("an output has more elements than memory can hold"))
    }

    /// How many elements there are, if that is known.
    pub(crate) fn size(&self) -> Option<usize> {
        match self {
            Self::Fixed(lengths) => Some(lengths.iter().product()),
            Self::Open(_) => None,
        }
    }
}

fn unique(function: &FunctionInfo, arguments: &'static [ArgInfo], what: &str) -> PyResult<()> {
    for (index, argument) in arguments.iter().enumerate() {
        if arguments[..index].iter().any(|other| other.name == argument.name) {
            return Err(refuse(function, argument, &format!("is the name of two {what}")));
        }
    }
    Ok(())
}

fn refuse(function: &FunctionInfo, argument: &ArgInfo, reason: &str) -> PyErr {
    PyImportError::new_err(format!("{}(): argument '{}' {reason}", function.name, argument.name))
}
