//! Memory that calls of one function can use again and again.

use std::sync::{Mutex, MutexGuard, TryLockError};

use gradgen_runtime::{Call, FunctionInfo};
use pyo3::exceptions::{PyMemoryError, PyRuntimeError, PyTypeError, PyValueError};
use pyo3::prelude::*;

use crate::read::Element;
use crate::signature::{Signature, WORKSPACE};
use crate::wording;

/// Memory for calls of one function, made by `workspace_for_function`.
///
/// It serves one call at a time: threads that compute at the same time need one each.
#[pyclass(frozen, module = "gradgen")]
pub(crate) struct Workspace {
    info: &'static FunctionInfo,
    size: Option<usize>,
    pub(crate) memory: Memory,
}

/// The buffers, of the function's scalar type.
pub(crate) enum Memory {
    F64(Mutex<Buffers<f64>>),
    F32(Mutex<Buffers<f32>>),
}

/// Where the arguments of a call lie in Rust.
#[derive(Default)]
pub(crate) struct Buffers<T> {
    /// The elements of all inputs, one after the other.
    pub(crate) inputs: Vec<T>,
    /// The elements of all index inputs, one after the other.
    pub(crate) indices: Vec<usize>,
    /// The elements of all outputs, one after the other.
    pub(crate) outputs: Vec<T>,
    /// The function's scratch.
    pub(crate) work: Vec<T>,
}

#[pymethods]
impl Workspace {
    /// The name of the function that it was made for.
    #[getter]
    fn function(&self) -> &'static str {
        self.info.name
    }

    /// How many scalars of scratch the function needs; None if that depends on the call.
    #[getter]
    fn size(&self) -> Option<usize> {
        self.size
    }

    fn __repr__(&self) -> String {
        format!("<workspace for {}()>", self.info.name)
    }
}

impl Workspace {
    pub(crate) fn new(signature: &Signature) -> PyResult<Self> {
        let memory = match signature.info.call {
            Call::F64(_) => Memory::F64(Mutex::new(Buffers::new(signature)?)),
            Call::F32(_) => Memory::F32(Mutex::new(Buffers::new(signature)?)),
            _ => return Err(PyTypeError::new_err("a function of an unknown scalar type")),
        };
        Ok(Self { info: signature.info, size: signature.workspace_size(), memory })
    }

    /// The workspace that a call got, if it is one of this function.
    pub(crate) fn of<'a, 'py>(
        signature: &Signature,
        object: &'a Bound<'py, PyAny>,
    ) -> PyResult<&'a Bound<'py, Self>> {
        let function = signature.info.name;
        let workspace = object.cast::<Self>().map_err(|_| {
            PyTypeError::new_err(format!(
                "{function}(): argument '{}' is {}, expected \
                 what workspace_for_function('{function}') returns",
                signature.extra(WORKSPACE),
                wording::article(object)
            ))
        })?;
        let made_for = workspace.get().info;
        if !std::ptr::eq(made_for, signature.info) {
            return Err(PyValueError::new_err(format!(
                "{function}(): argument '{}' was made for {}(), expected \
                 what workspace_for_function('{function}') returns",
                signature.extra(WORKSPACE),
                made_for.name
            )));
        }
        Ok(workspace)
    }
}

impl<T: Element + Default> Buffers<T> {
    /// Room for everything whose size is known before the call.
    pub(crate) fn new(signature: &Signature) -> PyResult<Self> {
        let mut buffers = Self::default();
        buffers.make_room(signature).map_err(|length| {
            PyMemoryError::new_err(format!("{}(): no memory for {length} scalars", signature.info.name))
        })?;
        Ok(buffers)
    }

    fn make_room(&mut self, signature: &Signature) -> Result<(), usize> {
        let inputs = signature.inputs.iter().filter_map(|input| input.shape.size()).sum();
        reserve(&mut self.inputs, inputs)?;
        let outputs = signature.outputs.iter().filter_map(|output| output.shape.size()).sum();
        resize(&mut self.outputs, outputs)?;
        resize(&mut self.work, signature.workspace_size().unwrap_or(0))
    }
}

/// Gives the buffer this length; what it holds has no meaning afterwards. Without memory for it
/// the length is given back.
pub(crate) fn resize<T: Default + Copy>(buffer: &mut Vec<T>, length: usize) -> Result<(), usize> {
    reserve(buffer, length)?;
    buffer.resize(length, T::default());
    Ok(())
}

fn reserve<T>(buffer: &mut Vec<T>, length: usize) -> Result<(), usize> {
    buffer.try_reserve_exact(length.saturating_sub(buffer.len())).map_err(|_| length)
}

/// The buffers of a workspace, for one call.
pub(crate) fn lock<'a, T>(
    signature: &Signature,
    buffers: &'a Mutex<Buffers<T>>,
) -> PyResult<MutexGuard<'a, Buffers<T>>> {
    match buffers.try_lock() {
        Ok(buffers) => Ok(buffers),
        // A panic in the function left numbers behind, and numbers is all that buffers hold.
        Err(TryLockError::Poisoned(poisoned)) => Ok(poisoned.into_inner()),
        Err(TryLockError::WouldBlock) => Err(PyRuntimeError::new_err(format!(
            "{}(): argument '{}' is in use by another call; every thread needs a workspace of its own",
            signature.info.name,
            signature.extra(WORKSPACE)
        ))),
    }
}
