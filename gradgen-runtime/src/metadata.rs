//! The table that describes a function to everything outside Rust.

use crate::{Call, Error, Value};

/// A function that has derivatives, as a type.
///
/// `#[gradgen] fn f(..)` puts a type `f` beside the function and implements this trait for it.
pub trait Differentiable {
    /// The function's table, with those of its siblings inside.
    const INFO: &'static FunctionInfo;
}

/// What a function computes, its arguments in calling order, and how to call it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct FunctionInfo {
    /// The name to show: that of the Rust function.
    pub name: &'static str,
    /// The path of the Rust function, `crate::module::name`.
    pub rust_name: &'static str,
    /// The inputs, in the order in which [`call`](Self::call) takes them.
    pub inputs: &'static [ArgInfo],
    /// The outputs, in the order in which [`call`](Self::call) writes them.
    pub outputs: &'static [ArgInfo],
    /// How many scalars of workspace a call needs, from the run-time lengths: one for every
    /// slice input (its length) and every `usize` input (its value), in order.
    pub workspace_size: fn(&[usize]) -> usize,
    /// The function itself.
    pub call: Call,
    /// The derivatives that stand beside the function, in the order in which they were requested.
    pub siblings: &'static [FunctionInfo],
    /// The documentation, Markdown.
    pub doc: &'static str,
    /// Scalar operations of one call, counted in the graph.
    pub operations: usize,
    /// A hash of name, inputs and outputs: equal for equal signatures, in every build.
    pub signature_hash: u64,
}

impl FunctionInfo {
    /// A function without siblings; the rest follows through the `with_…` methods.
    #[must_use]
    pub const fn new(
        name: &'static str,
        rust_name: &'static str,
        inputs: &'static [ArgInfo],
        outputs: &'static [ArgInfo],
        workspace_size: fn(&[usize]) -> usize,
        call: Call,
    ) -> Self {
        Self {
            name,
            rust_name,
            inputs,
            outputs,
            workspace_size,
            call,
            siblings: &[],
            doc: "",
            operations: 0,
            signature_hash: 0,
        }
    }

    /// With these derivatives.
    #[must_use]
    pub const fn with_siblings(mut self, siblings: &'static [FunctionInfo]) -> Self {
        self.siblings = siblings;
        self
    }

    /// With this documentation.
    #[must_use]
    pub const fn with_doc(mut self, doc: &'static str) -> Self {
        self.doc = doc;
        self
    }

    /// With this cost and this signature hash.
    #[must_use]
    pub const fn with_facts(mut self, operations: usize, signature_hash: u64) -> Self {
        self.operations = operations;
        self.signature_hash = signature_hash;
        self
    }

    /// The scalar type of all floating-point arguments.
    #[must_use]
    pub const fn dtype(&self) -> Dtype {
        match self.call {
            Call::F64(_) => Dtype::F64,
            Call::F32(_) => Dtype::F32,
        }
    }

    /// Calls the function on `f64` data: inputs and outputs flat, row-major, in table order.
    ///
    /// # Errors
    /// A wrong count, kind or length of arguments, a workspace that is too short, what the
    /// function itself refuses, or a function of another scalar type. Nothing is written then.
    pub fn call_f64(
        &self,
        inputs: &[Value<'_>],
        outputs: &mut [&mut [f64]],
        work: &mut [f64],
    ) -> Result<(), Error> {
        match self.call {
            Call::F64(call) => call(inputs, outputs, work),
            Call::F32(_) => Err(Error::kind(self.name, "a function of f32", "called with f64")),
        }
    }

    /// Calls the function on `f32` data; see [`call_f64`](Self::call_f64).
    ///
    /// # Errors
    /// As for [`call_f64`](Self::call_f64).
    pub fn call_f32(
        &self,
        inputs: &[Value<'_>],
        outputs: &mut [&mut [f32]],
        work: &mut [f32],
    ) -> Result<(), Error> {
        match self.call {
            Call::F32(call) => call(inputs, outputs, work),
            Call::F64(_) => Err(Error::kind(self.name, "a function of f64", "called with f32")),
        }
    }
}

/// One input or output.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct ArgInfo {
    /// The name to show; unique among the function's inputs, and among its outputs.
    pub name: &'static str,
    /// The name of the Rust parameter.
    pub rust_name: &'static str,
    /// The lengths from the outermost to the innermost; empty for a scalar.
    pub shape: &'static [Dim],
    /// The type of an element.
    pub dtype: Dtype,
    /// What it is for.
    pub role: Role,
    /// The value that callers outside Rust may leave out.
    pub default: Option<Default>,
    /// An input that no output depends on.
    pub unused: bool,
    /// An input that callers outside Rust keep between calls: the output of the same Rust name, with `_out`
    /// behind it, is what it becomes.
    pub state: bool,
}

impl ArgInfo {
    /// An argument without a default.
    #[must_use]
    pub const fn new(name: &'static str, shape: &'static [Dim], dtype: Dtype, role: Role) -> Self {
        Self { name, rust_name: name, shape, dtype, role, default: None, unused: false, state: false }
    }

    /// Shown under another name than the Rust parameter has.
    #[must_use]
    pub const fn renamed(mut self, name: &'static str) -> Self {
        self.name = name;
        self
    }

    /// With a default.
    #[must_use]
    pub const fn with_default(mut self, default: Default) -> Self {
        self.default = Some(default);
        self
    }

    /// Marked as an input that no output depends on.
    #[must_use]
    pub const fn without_use(mut self) -> Self {
        self.unused = true;
        self
    }

    /// Marked as an input that is kept between calls.
    #[must_use]
    pub const fn kept(mut self) -> Self {
        self.state = true;
        self
    }

    /// How many scalars it has, `None` where a length is known only at run time.
    #[must_use]
    pub fn size(&self) -> Option<usize> {
        self.shape.iter().try_fold(1_usize, |size, dim| match dim {
            Dim::Fixed(length) => size.checked_mul(*length),
            Dim::Length(_) => None,
        })
    }
}

/// The length of one axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Dim {
    /// Known when Rust compiles.
    Fixed(usize),
    /// The run-time length with this position among the arguments of
    /// [`FunctionInfo::workspace_size`].
    Length(usize),
}

/// The type of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Dtype {
    /// `f64`.
    F64,
    /// `f32`.
    F32,
    /// `usize`.
    Usize,
    /// `i32`.
    I32,
    /// `bool`.
    Bool,
}

/// What an argument is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Role {
    /// An input that can be differentiated.
    Input,
    /// An integer or boolean input.
    Parameter,
    /// A tangent: the direction of a JVP.
    Tangent,
    /// A cotangent: the weights of a VJP.
    Cotangent,
    /// The direction of a Hessian–vector product.
    Direction,
    /// An output.
    Output,
}

/// A default value.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Default {
    /// Of a floating-point input; every element of an array takes it.
    Real(f64),
    /// Of an integer input.
    Integer(i64),
    /// Of a boolean input.
    Bool(bool),
}
