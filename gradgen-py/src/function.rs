//! A function, as Python sees it.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use pyo3::exceptions::PyAttributeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};

use crate::arguments::Arguments;
use crate::call::call;
use crate::core::Core;
use crate::derivatives::{self, Derivative};
use crate::describe;
use crate::gufunc;
use crate::lowlevel;
use crate::pickle;
use crate::settings::{Options, Selection, Settings};
use crate::stateful::stateful;
use crate::tools;
use crate::vary;
use crate::vectorcall;
use crate::workspace::Workspace;

// A function compiled from Rust: it takes its inputs by position or by keyword, and returns a dict
// of its outputs. (No doc comment: it would hide the getter `__doc__` of the single functions.)
#[pyclass(frozen, subclass, weakref, module = "gradgen", name = "FunctionBase")]
pub(crate) struct Function {
    pub(crate) core: Arc<Core>,
    pub(crate) settings: Settings,
}

impl Function {
    /// Whether it is as its module has it.
    pub(crate) fn is_plain(&self) -> bool {
        self.settings.selection == Selection::All && self.reads_plainly()
    }

    /// Whether it reads its arguments as its module's does.
    pub(crate) fn reads_plainly(&self) -> bool {
        self.settings.presets.is_empty() && self.settings.options == Options::default()
    }

    /// How many inputs go by position.
    pub(crate) fn visible(&self) -> usize {
        let hidden = self.settings.presets.iter().flatten().filter(|preset| preset.hidden).count();
        self.core.signature.inputs.len() - hidden
    }

    /// Whether a call need not give this input.
    pub(crate) fn may_be_left_out(&self, input: usize) -> bool {
        self.core.signature.inputs[input].info.default.is_some() || self.settings.preset(input).is_some()
    }
}

#[pymethods]
impl Function {
    #[new]
    fn new() -> PyResult<Self> {
        vectorcall::pending()
    }

    /// The call by other ways than an expression: `functools.partial`, `map`, `f(*args, **kwargs)`.
    #[pyo3(signature = (*args, **kwargs))]
    pub(crate) fn __call__<'py>(
        &self,
        py: Python<'py>,
        args: &Bound<'py, PyTuple>,
        kwargs: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        // The dict may be another's, who can change it meanwhile.
        let pairs: Vec<_> = kwargs.into_iter().flatten().collect();
        let keywords = pairs.iter().map(|(key, value)| (key.as_borrowed(), value.as_borrowed()));
        Arguments::bind(self, args.iter_borrowed(), keywords, |arguments| call(py, self, arguments))
    }

    #[getter]
    fn __name__(&self) -> &'static str {
        self.core.signature.info.name
    }

    #[getter]
    fn __qualname__(&self) -> &'static str {
        self.core.signature.info.name
    }

    #[getter]
    fn __module__<'py>(&self, py: Python<'py>) -> &Bound<'py, PyString> {
        self.core.module.bind(py)
    }

    /// Becomes `__doc__` in `vectorcall`: PyO3 gives every class with a constructor one of its own.
    #[getter(_doc)]
    fn __doc__(&self) -> String {
        describe::docstring(self)
    }

    #[getter]
    fn __text_signature__(&self) -> String {
        describe::text_signature(self)
    }

    #[getter]
    fn __signature__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        // An input may have a name that is a keyword of Python; then there is no such signature.
        describe::inspect_signature(py, self)
            .map_err(|error| PyAttributeError::new_err(error.value(py).to_string()))
    }

    fn __repr__(&self) -> String {
        describe::repr(self)
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Self>().is_ok_and(|other| {
            let other = other.get();
            Arc::ptr_eq(&self.core, &other.core) && self.settings == other.settings
        })
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        std::ptr::hash(Arc::as_ptr(&self.core), &mut hasher);
        self.settings.selection.hash(&mut hasher);
        self.settings.options.hash(&mut hasher);
        hasher.finish()
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        pickle::reduce(py, self)
    }

    fn __copy__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        slf
    }

    fn __deepcopy__<'py>(slf: Bound<'py, Self>, _memo: &Bound<'py, PyAny>) -> Bound<'py, Self> {
        slf
    }

    /// The shapes of the inputs by name; None stands for a length that comes with the call.
    #[getter]
    fn inputs<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        describe::inputs(py, self)
    }

    /// The shapes of the outputs by name; None stands for a length that comes with the call.
    #[getter]
    fn outputs<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        describe::outputs(py, self)
    }

    /// How many inputs there are.
    #[getter]
    fn n_in(&self) -> usize {
        self.core.signature.inputs.len()
    }

    /// How many outputs a call returns.
    #[getter]
    fn n_out(&self) -> usize {
        (0..self.core.signature.outputs.len()).filter(|output| self.settings.selection.has(*output)).count()
    }

    /// The values of inputs that may be left out, by name.
    #[getter]
    fn defaults<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        describe::defaults(py, self)
    }

    /// The dtype of all floats.
    #[getter]
    fn dtype<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        describe::dtype_object(py, self)
    }

    /// How many scalars of scratch a call needs; None if that depends on the call.
    #[getter]
    fn workspace_size(&self) -> Option<usize> {
        self.core.signature.workspace_size()
    }

    /// The shapes of inputs and outputs as NumPy writes them for its generalised ufuncs.
    #[getter]
    fn signature(&self) -> String {
        describe::gufunc_signature(&self.core.signature)
    }

    /// The function as one of NumPy's generalised ufuncs, with `axes=`, `where=` and all that; it returns a
    /// tuple of outputs. A row that the function refuses is NaN.
    #[getter]
    fn ufunc<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        gufunc::ufunc(py, self)
    }

    /// Memory that calls can share, one after the other.
    fn workspace(&self) -> PyResult<Workspace> {
        Workspace::new(&self.core.signature)
    }

    /// The function that computes the gradient by these inputs.
    #[pyo3(signature = (*inputs))]
    fn grad<'py>(&self, inputs: &Bound<'py, PyTuple>) -> PyResult<Bound<'py, PyAny>> {
        derivatives::find(self, Derivative::Grad, inputs)
    }

    /// The function that computes the Jacobian by these inputs.
    #[pyo3(signature = (*inputs))]
    fn jacobian<'py>(&self, inputs: &Bound<'py, PyTuple>) -> PyResult<Bound<'py, PyAny>> {
        derivatives::find(self, Derivative::Jacobian, inputs)
    }

    /// The function that computes the Hessian by this input, or the mixed block of two.
    #[pyo3(signature = (*inputs))]
    fn hessian<'py>(&self, inputs: &Bound<'py, PyTuple>) -> PyResult<Bound<'py, PyAny>> {
        derivatives::find(self, Derivative::Hessian, inputs)
    }

    /// The function that computes products of the Jacobian with a tangent.
    #[pyo3(signature = (*inputs))]
    fn jvp<'py>(&self, inputs: &Bound<'py, PyTuple>) -> PyResult<Bound<'py, PyAny>> {
        derivatives::find(self, Derivative::Jvp, inputs)
    }

    /// The function that computes products of a cotangent with the Jacobian.
    #[pyo3(signature = (*inputs))]
    fn vjp<'py>(&self, inputs: &Bound<'py, PyTuple>) -> PyResult<Bound<'py, PyAny>> {
        derivatives::find(self, Derivative::Vjp, inputs)
    }

    /// The function that computes products of the Hessian with a direction.
    #[pyo3(signature = (*inputs))]
    fn hvp<'py>(&self, inputs: &Bound<'py, PyTuple>) -> PyResult<Bound<'py, PyAny>> {
        derivatives::find(self, Derivative::Hvp, inputs)
    }

    /// The function that computes the value and the gradient.
    #[pyo3(signature = (*inputs))]
    fn value_and_grad<'py>(&self, inputs: &Bound<'py, PyTuple>) -> PyResult<Bound<'py, PyAny>> {
        derivatives::find(self, Derivative::ValueAndGrad, inputs)
    }

    /// The same function with fewer outputs: a dict of these, or, for one name, the output itself.
    #[pyo3(signature = (*outputs))]
    fn select<'py>(&self, outputs: &Bound<'py, PyTuple>) -> PyResult<Bound<'py, PyAny>> {
        vary::select(self, outputs)
    }

    /// The same function with these inputs given: they no longer count among the positions.
    #[pyo3(signature = (**inputs))]
    fn partial<'py>(
        &self,
        py: Python<'py>,
        inputs: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        vary::preset(py, self, inputs, true)
    }

    /// The same function with other defaults.
    #[pyo3(signature = (**inputs))]
    fn with_defaults<'py>(
        &self,
        py: Python<'py>,
        inputs: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        vary::preset(py, self, inputs, false)
    }

    /// The same function with other rules for its arguments and results.
    #[pyo3(signature = (*, casting=None, strict=None, nan=None))]
    fn with_options<'py>(
        &self,
        py: Python<'py>,
        casting: Option<&Bound<'py, PyAny>>,
        strict: Option<&Bound<'py, PyAny>>,
        nan: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let mut settings = self.settings.clone();
        settings.options = settings.options.with(
            &self.core.signature,
            casting.map(Bound::as_borrowed),
            strict.map(Bound::as_borrowed),
            nan.map(Bound::as_borrowed),
        )?;
        vectorcall::with_settings(py, self, settings)
    }

    /// A callable without arguments: the call with these.
    #[pyo3(signature = (*args, **kwargs))]
    fn bind<'py>(
        slf: &Bound<'py, Self>,
        args: &Bound<'py, PyTuple>,
        kwargs: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        crate::bound::bind(slf, args, kwargs)
    }

    /// The function with a memory: what it reads and then overwrites is kept between calls, and begins with
    /// these values.
    #[pyo3(signature = (**initial))]
    #[pyo3(name = "stateful")]
    fn with_state<'py>(
        slf: &Bound<'py, Self>,
        initial: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        stateful(slf, initial)
    }

    /// A `scipy.LowLevelCallable`: `"double (double)"` or `"double (int, double *)"`, with `void *` if wanted.
    #[pyo3(signature = (signature="double (int, double *)"))]
    fn lowlevel<'py>(&self, py: Python<'py>, signature: &str) -> PyResult<Bound<'py, PyAny>> {
        lowlevel::callable(py, self, signature)
    }

    /// The address of the function for C: `int f(const void *const *inputs, void *const *outputs, void *work)`.
    #[getter]
    fn address(&self) -> PyResult<usize> {
        let name = self.core.signature.info.name;
        let refuse = |reason: &str| PyAttributeError::new_err(format!("{name} has no address: {reason}"));
        if !self.is_plain() {
            return Err(refuse("a variation is not one function of C; the function itself takes all inputs"));
        }
        let address = self.core.signature.own.address;
        let address =
            address.ok_or_else(|| refuse("a length comes with the call, or it has too many arguments"))?;
        Ok((address as *const ()).addr())
    }

    /// Compares the value and all derivatives with differences at these inputs; the report says which element
    /// differs most.
    #[pyo3(signature = (*args, **kwargs))]
    fn check<'py>(
        slf: &Bound<'py, Self>,
        args: &Bound<'py, PyTuple>,
        kwargs: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        tools::check(slf, args, kwargs)
    }

    /// What the call with these arguments costs, in microseconds: all of it, and Rust's part.
    #[pyo3(signature = (*args, **kwargs))]
    fn profile<'py>(
        slf: &Bound<'py, Self>,
        args: &Bound<'py, PyTuple>,
        kwargs: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        tools::profile(slf, args, kwargs)
    }

    /// What the function is, as text, for a report of a mistake.
    fn dump(&self) -> String {
        describe::dump(self)
    }
}
