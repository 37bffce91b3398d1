//! A function's table as calls from Python need it: checked once, when the module is built.

use std::borrow::Cow;

use gradgen_runtime::{ArgInfo, Default, Dim, Dtype, FunctionInfo};
use pyo3::exceptions::PyImportError;
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::listed::Own;
use crate::sizes::{MUCH, Sizes};

/// A function's inputs and outputs.
pub(crate) struct Signature {
    pub(crate) info: &'static FunctionInfo,
    pub(crate) inputs: Box<[Input]>,
    pub(crate) outputs: Box<[Output]>,
    /// The names of the parameters that every function has, in the order of [`EXTRAS`].
    pub(crate) extras: [Py<PyString>; EXTRAS.len()],
    /// How many run-time lengths there are.
    pub(crate) lengths: usize,
    /// How the call goes where all sizes are known and small.
    pub(crate) quick: Option<Quick>,
    /// What was compiled for this very function.
    pub(crate) own: Own,
}

/// The parameters after the inputs: the first by position or keyword, the others by keyword only.
/// Where an input has the name, a `_` is put behind it.
pub(crate) const EXTRAS: [&str; 5] = ["workspace", "out", "casting", "strict", "nan"];
/// Places in [`EXTRAS`].
pub(crate) const WORKSPACE: usize = 0;
pub(crate) const OUT: usize = 1;
pub(crate) const CASTING: usize = 2;
pub(crate) const STRICT: usize = 3;
pub(crate) const NAN: usize = 4;

/// So many arguments need no memory of their own.
pub(crate) const FEW: usize = 8;

/// What has to be known for a call on the stack.
pub(crate) struct Quick {
    pub(crate) sizes: Sizes,
    /// Scalars of workspace.
    pub(crate) work: usize,
}

/// One input.
pub(crate) struct Input {
    pub(crate) name: Py<PyString>,
    pub(crate) info: &'static ArgInfo,
    pub(crate) kind: Kind,
    pub(crate) shape: Shape,
    /// How many elements there are; 0 where that comes with the call.
    pub(crate) size: usize,
    /// The run-time length that the value of this `usize` is.
    pub(crate) length: Option<usize>,
}

/// One output.
pub(crate) struct Output {
    pub(crate) name: Py<PyString>,
    pub(crate) info: &'static ArgInfo,
    pub(crate) shape: Shape,
    /// How many elements there are; 0 where that comes with the call.
    pub(crate) size: usize,
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
pub(crate) const MAX_AXES: usize = 32;

/// The lengths of all axes.
pub(crate) enum Shape {
    /// Known when Rust compiles.
    Fixed(Box<[usize]>),
    /// Some of them come with the call.
    Open(&'static [Dim]),
}

impl Signature {
    pub(crate) fn new(py: Python<'_>, info: &'static FunctionInfo, own: Own) -> PyResult<Self> {
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
        let extras = EXTRAS.map(|name| {
            let mut name = name.to_owned();
            while info.inputs.iter().any(|input| input.name == name) {
                name.push('_');
            }
            PyString::intern(py, &name).unbind()
        });
        let mut signature = Self { info, inputs, outputs, extras, lengths, quick: None, own };
        signature.quick = signature.quick();
        Ok(signature)
    }

    /// The call on the stack, if there is one.
    fn quick(&self) -> Option<Quick> {
        let sizes = Sizes::of(self.info)?;
        let work = self.workspace_size()?;
        let room = MUCH - sizes.inputs.total - sizes.outputs.total;
        (work <= room).then_some(Quick { sizes, work })
    }

    /// How many scalars of workspace a call needs, if that does not depend on the call.
    pub(crate) fn workspace_size(&self) -> Option<usize> {
        (self.lengths == 0).then(|| (self.info.workspace_size)(&[]))
    }

    /// The name of one of the [`EXTRAS`].
    pub(crate) fn extra(&self, which: usize) -> String {
        let mut name = EXTRAS[which].to_owned();
        while self.inputs.iter().any(|input| input.info.name == name) {
            name.push('_');
        }
        name
    }

    /// The position of the input of this name.
    pub(crate) fn input(&self, name: &str) -> Option<usize> {
        self.inputs.iter().position(|input| input.info.name == name)
    }

    /// The position of the output of this name.
    pub(crate) fn output(&self, name: &str) -> Option<usize> {
        self.outputs.iter().position(|output| output.info.name == name)
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
        let size = shape.size().unwrap_or(0);
        Ok(Self { name: PyString::intern(py, info.name).unbind(), info, kind, shape, size, length })
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
        let size = shape.size().unwrap_or(0);
        Ok(Self { name: PyString::intern(py, info.name).unbind(), info, shape, size })
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
