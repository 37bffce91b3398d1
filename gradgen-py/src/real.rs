//! The scalar types of functions.

use std::sync::Mutex;

use gradgen_runtime::{Call, Error, FunctionInfo, Scalar, Value};
use numpy::PyArrayDescr;
use pyo3::Py;

use crate::known::Known;
use crate::read::Element;
use crate::workspace::{Buffers, Memory};

/// A function: inputs, outputs, workspace.
pub(crate) type Entry<T> = fn(&[Value<'_>], &mut [&mut [T]], &mut [T]) -> Result<(), Error>;

/// A scalar type of functions.
pub(crate) trait Real: Element + Scalar + Default + Into<f64> + Send + Sync {
    /// The buffers of a workspace, if they are of this type.
    fn buffers(memory: &Memory) -> Option<&Mutex<Buffers<Self>>>;

    /// As an input of a call.
    fn value(data: &[Self]) -> Value<'_>;

    /// The dtype of its arrays.
    fn dtype(known: &Known) -> &Py<PyArrayDescr>;

    /// The nearest number of this type.
    fn nearest(value: f64) -> Self;

    /// The function itself, if it is of this type.
    fn entry(info: &FunctionInfo) -> Option<Entry<Self>>;

    /// Calls the function.
    fn call(
        info: &FunctionInfo,
        inputs: &[Value<'_>],
        outputs: &mut [&mut [Self]],
        work: &mut [Self],
    ) -> Result<(), Error>;
}

macro_rules! real {
    ($scalar:ty, $variant:ident, $call:ident, $dtype:ident) => {
        impl Real for $scalar {
            fn buffers(memory: &Memory) -> Option<&Mutex<Buffers<Self>>> {
                match memory {
                    Memory::$variant(buffers) => Some(buffers),
                    _ => None,
                }
            }

            fn value(data: &[Self]) -> Value<'_> {
                Value::$variant(data)
            }

            fn dtype(known: &Known) -> &Py<PyArrayDescr> {
                &known.$dtype
            }

            fn nearest(value: f64) -> Self {
                value as $scalar
            }

            fn entry(info: &FunctionInfo) -> Option<Entry<Self>> {
                match info.call {
                    Call::$variant(entry) => Some(entry),
                    _ => None,
                }
            }

            fn call(
                info: &FunctionInfo,
                inputs: &[Value<'_>],
                outputs: &mut [&mut [Self]],
                work: &mut [Self],
            ) -> Result<(), Error> {
                info.$call(inputs, outputs, work)
            }
        }
    };
}

real!(f64, F64, call_f64, f64);
real!(f32, F32, call_f32, f32);
