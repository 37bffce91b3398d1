//! Calls without a tuple and a dict around the arguments.
//!
//! CPython's protocol for that is *vectorcall*: an object has a pointer to a function in it, and its class
//! says where. A class of PyO3's cannot say that, so functions are objects of a class derived from it,
//! with room for the pointer behind. The stable ABI has all that is needed since 3.9, but for the name
//! of one flag, whose value is fixed; so one wheel serves all versions.

use std::cell::Cell;
use std::ffi::{CStr, c_int};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread::LocalKey;

use gradgen_runtime::Call;
use pyo3::PyClass;
use pyo3::exceptions::PyTypeError;
use pyo3::ffi;
use pyo3::panic::PanicException;
use pyo3::prelude::*;
use pyo3::pyclass::boolean_struct::True;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyTuple, PyType};

use crate::arguments::Arguments;
use crate::call;
use crate::function::Function;
use crate::quick::{self, To};
use crate::settings::Settings;
use crate::signature::FEW;

/// `Py_TPFLAGS_HAVE_VECTORCALL`, which headers of the stable ABI name since 3.12.
const HAVE_VECTORCALL: u32 = 1 << 11;

/// A class derived from `T`, and where its objects have the pointer.
pub(crate) struct Class {
    class: Py<PyType>,
    offset: usize,
}

/// Objects of Python that are called this way.
pub(crate) trait Callable: PyClass<Frozen = True> + Sync {
    /// The name of the class, with its module.
    const CLASS_NAME: &'static CStr;

    /// Attributes of single objects whose names every class has, too, and the names of the getters that
    /// become theirs.
    const OWN: &'static [(&'static str, &'static str)];

    /// The place where the class is kept.
    fn class() -> &'static PyOnceLock<Class>;

    /// The place through which a new object gets its contents. Users, who have no way to it, cannot make
    /// objects.
    fn pending() -> &'static LocalKey<Cell<Option<Self>>>;

    /// A call with so many positional arguments, and others that have names.
    fn call<'a, 'py: 'a>(
        &self,
        py: Python<'py>,
        count: usize,
        argument: impl Fn(usize) -> Borrowed<'a, 'py, PyAny> + Copy,
        named: usize,
        name: impl Fn(usize) -> Borrowed<'a, 'py, PyAny> + Copy,
    ) -> PyResult<Bound<'py, PyAny>>;
}

/// A new object.
pub(crate) fn object<T: Callable>(py: Python<'_>, contents: T) -> PyResult<Bound<'_, PyAny>> {
    let Class { class, offset } = T::class().get_or_try_init(py, || make_class::<T>(py))?;
    T::pending().set(Some(contents));
    let object = class.bind(py).call0();
    T::pending().set(None);
    let object = object?;
    // SAFETY: objects of the class have room for one pointer there, by its size, which nobody else uses. It
    // was zero, which means that there is none.
    unsafe {
        let place = object.as_ptr().cast::<u8>().add(*offset).cast::<ffi::vectorcallfunc>();
        place.write(vectorcall::<T>);
    }
    Ok(object)
}

/// What a new object is made of.
pub(crate) fn pending<T: Callable>() -> PyResult<T> {
    T::pending().take().ok_or_else(|| PyTypeError::new_err("functions are made by their modules"))
}

fn make_class<T: Callable>(py: Python<'_>) -> PyResult<Class> {
    let base = py.get_type::<T>();
    let size: usize = base.getattr("__basicsize__")?.extract()?;
    let offset = size.next_multiple_of(align_of::<ffi::vectorcallfunc>());
    let member = ffi::PyMemberDef {
        name: c"__vectorcalloffset__".as_ptr(),
        type_code: ffi::Py_T_PYSSIZET,
        offset: offset as ffi::Py_ssize_t,
        flags: ffi::Py_READONLY,
        doc: std::ptr::null(),
    };
    // SAFETY: zeros end a list of members.
    let members = Box::leak(Box::new([member, unsafe { std::mem::zeroed() }]));
    let members = ffi::PyType_Slot { slot: ffi::Py_tp_members, pfunc: members.as_mut_ptr().cast() };
    let mut slots = [members, ffi::PyType_Slot::default()];
    let mut spec = ffi::PyType_Spec {
        name: T::CLASS_NAME.as_ptr(),
        basicsize: (offset + size_of::<ffi::vectorcallfunc>()) as c_int,
        itemsize: 0,
        flags: ffi::Py_TPFLAGS_DEFAULT as u32 | HAVE_VECTORCALL,
        slots: slots.as_mut_ptr(),
    };
    // SAFETY: the specification is complete; members and name, which the class may keep, live forever. The
    // base's objects begin objects of this class, and its destructor copes with derived classes, as those
    // that are written in Python. `tp_call`, which the flag asks for, is the base's.
    let class = unsafe {
        let class = ffi::PyType_FromSpecWithBases(&mut spec, PyTuple::new(py, [&base])?.as_ptr());
        Bound::from_owned_ptr_or_err(py, class)?.cast_into::<PyType>()?
    };
    let inherited = base.getattr("__dict__")?;
    for (name, getter) in T::OWN {
        class.setattr(*name, inherited.get_item(*getter)?)?;
    }
    for (_, getter) in T::OWN {
        // Tools ask the base class, too, and want a text there.
        match *getter {
            "__module__" => base.setattr("__module__", "gradgen")?,
            getter => base.delattr(getter)?,
        }
    }
    Ok(Class { class: class.unbind(), offset })
}

/// A call, as CPython makes it.
///
/// # Safety
/// CPython's: `callable` is an object of the class, `args` has as many objects as `nargsf` says and
/// `kwnames`, a tuple or null, names, all of them alive until the call returns; the thread is attached.
unsafe extern "C" fn vectorcall<T: Callable>(
    callable: *mut ffi::PyObject,
    args: *const *mut ffi::PyObject,
    nargsf: usize,
    kwnames: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: CPython calls from a thread that is attached. Attaching it again would cost as much as the
    // call itself; where PyO3 must know, in `Callable::call`, it is done.
    let py = unsafe { Python::assume_attached() };
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        // SAFETY: the class is derived from `T`'s, and its objects are made by `object`.
        let callable = unsafe { Borrowed::from_ptr(py, callable).cast_unchecked::<T>() };
        // The bit that lets callees borrow the place before the arguments is no part of the count.
        let count = nargsf & (usize::MAX >> 1);
        // SAFETY: there are so many arguments, which the caller keeps alive.
        let argument = |index: usize| unsafe { Borrowed::from_ptr(py, *args.add(index)) };
        let name = |index: usize| {
            // SAFETY: a tuple of names, one for each argument after the positional ones, by the protocol.
            unsafe { Borrowed::from_ptr(py, ffi::PyTuple_GetItem(kwnames, index as ffi::Py_ssize_t)) }
        };
        // SAFETY: as above.
        let named = if kwnames.is_null() { 0 } else { unsafe { ffi::PyTuple_Size(kwnames) as usize } };
        callable.get().call(py, count, argument, named, name).map(Bound::into_ptr)
    }));
    match outcome {
        Ok(Ok(result)) => result,
        Ok(Err(error)) => raise(py, error),
        Err(payload) => raise(py, panicked(payload.as_ref())),
    }
}

thread_local! {
    static PENDING: Cell<Option<Function>> = const { Cell::new(None) };
}

impl Callable for Function {
    const CLASS_NAME: &'static CStr = c"gradgen.Function";
    const OWN: &'static [(&'static str, &'static str)] = &[("__doc__", "_doc"), ("__module__", "__module__")];

    fn class() -> &'static PyOnceLock<Class> {
        static CLASS: PyOnceLock<Class> = PyOnceLock::new();
        &CLASS
    }

    fn pending() -> &'static LocalKey<Cell<Option<Self>>> {
        &PENDING
    }

    fn call<'a, 'py: 'a>(
        &self,
        py: Python<'py>,
        count: usize,
        argument: impl Fn(usize) -> Borrowed<'a, 'py, PyAny> + Copy,
        named: usize,
        name: impl Fn(usize) -> Borrowed<'a, 'py, PyAny> + Copy,
    ) -> PyResult<Bound<'py, PyAny>> {
        if named == 0
            && let Some(results) = simple(py, self, count, argument)?
        {
            return Ok(results);
        }
        // From here on Python code may run, and PyO3 asks whether the thread is attached.
        Python::attach(|_| {
            let keywords = (0..named).map(|index| (name(index), argument(count + index)));
            Arguments::bind(self, (0..count).map(argument), keywords, |arguments| {
                call::call(py, self, arguments)
            })
        })
    }
}

/// The call with nothing but as many arguments as there are inputs.
fn simple<'a, 'py>(
    py: Python<'py>,
    function: &Function,
    count: usize,
    argument: impl Fn(usize) -> Borrowed<'a, 'py, PyAny>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let signature = &function.core.signature;
    if count != signature.inputs.len() || count > FEW || !function.reads_plainly() {
        return Ok(None);
    }
    let to = To::New(&function.settings.selection);
    let mut inputs = [None; FEW];
    for (index, input) in inputs.iter_mut().enumerate().take(count) {
        *input = Some(argument(index));
    }
    match signature.info.call {
        Call::F64(_) => quick::call::<f64>(py, signature, &inputs[..count], to),
        Call::F32(_) => quick::call::<f32>(py, signature, &inputs[..count], to),
        _ => Ok(None),
    }
}

fn raise(py: Python<'_>, error: PyErr) -> *mut ffi::PyObject {
    error.restore(py);
    std::ptr::null_mut()
}

/// A panic of the function's as the exception that PyO3 makes of it.
fn panicked(payload: &(dyn std::any::Any + Send)) -> PyErr {
    let text = payload
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| payload.downcast_ref::<String>().cloned());
    PanicException::new_err((text.unwrap_or_else(|| "panic from Rust code".to_owned()),))
}

/// A function as its module has it, with other settings.
pub(crate) fn with_settings<'py>(
    py: Python<'py>,
    function: &Function,
    settings: Settings,
) -> PyResult<Bound<'py, PyAny>> {
    if settings == Settings::default() {
        return function.core.object(py);
    }
    object(py, Function { core: function.core.clone(), settings })
}
