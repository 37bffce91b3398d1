//! The functions as one writes them with PyO3: for exactly these arguments, without names of parameters in
//! messages, casts, batches or `out`.

use numpy::{PyArray1, PyArray2, PyArrayMethods as _, PyReadonlyArray1, PyReadonlyArray2};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyDict;

#[pyfunction]
fn twice(x: f64) -> f64 {
    super::twice(x)
}

fn vector<const N: usize>(array: &PyReadonlyArray1<'_, f64>) -> PyResult<[f64; N]> {
    let array = array.as_slice()?;
    array.try_into().map_err(|_| PyValueError::new_err("an array has another length"))
}

fn matrix(array: &PyReadonlyArray2<'_, f64>) -> PyResult<[[f64; 2]; 2]> {
    match array.as_slice()? {
        [a, b, c, d] => Ok([[*a, *b], [*c, *d]]),
        _ => Err(PyValueError::new_err("an array has another length")),
    }
}

#[pyfunction]
fn split<'py>(
    py: Python<'py>,
    x: PyReadonlyArray1<'py, f64>,
    w: PyReadonlyArray1<'py, f64>,
) -> PyResult<Bound<'py, PyDict>> {
    let (state, rest) = super::split(&vector(&x)?, &vector(&w)?);
    let results = PyDict::new(py);
    results.set_item("state", PyArray1::from_slice(py, &state))?;
    results.set_item("rest", PyArray1::from_slice(py, &rest))?;
    Ok(results)
}

#[pyfunction]
fn matrices<'py>(
    py: Python<'py>,
    a: PyReadonlyArray2<'py, f64>,
    b: PyReadonlyArray2<'py, f64>,
) -> PyResult<Bound<'py, PyDict>> {
    let (product, sum, difference) = super::matrices(&matrix(&a)?, &matrix(&b)?);
    let results = PyDict::new(py);
    for (name, value) in [("product", product), ("sum", sum), ("difference", difference)] {
        results.set_item(name, PyArray1::from_slice(py, value.as_flattened()).reshape([2, 2])?)?;
    }
    Ok(results)
}

#[pyfunction]
fn magic_f_grad<'py>(
    py: Python<'py>,
    x: PyReadonlyArray1<'py, f64>,
    w: PyReadonlyArray1<'py, f64>,
) -> PyResult<Bound<'py, PyDict>> {
    let (a, gradient) = super::magic_f_grad_x(&vector(&x)?, &vector(&w)?);
    let results = PyDict::new(py);
    results.set_item("a", a)?;
    results.set_item("gradient_a", PyArray1::from_slice(py, &gradient))?;
    Ok(results)
}

/// A total that is kept.
#[pyclass]
struct Accumulator {
    total: f64,
}

#[pymethods]
impl Accumulator {
    #[new]
    fn new() -> Self {
        Self { total: 0.0 }
    }

    fn __call__(&mut self, x: f64) {
        super::accumulate(&mut self.total, x);
    }
}

type Rows<'py> = (Bound<'py, PyArray1<f64>>, Bound<'py, PyArray2<f64>>);

/// A loop over the rows of a batch.
#[pyfunction]
fn magic_batch<'py>(
    py: Python<'py>,
    x: PyReadonlyArray2<'py, f64>,
    w: PyReadonlyArray1<'py, f64>,
) -> PyResult<Rows<'py>> {
    let (rows, rest) = x.as_slice()?.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(PyValueError::new_err("an array has another shape"));
    }
    let w = vector(&w)?;
    let (values, gradients): (Vec<f64>, Vec<[f64; 2]>) =
        rows.iter().map(|x| super::magic_f_grad_x(x, &w)).unzip();
    let gradients = PyArray1::from_slice(py, gradients.as_flattened()).reshape([rows.len(), 2])?;
    Ok((PyArray1::from_slice(py, &values), gradients))
}

/// The functions, written by hand.
#[pymodule(name = "hand")]
fn hand(module: &Bound<'_, PyModule>) -> PyResult<()> {
    for function in [
        wrap_pyfunction!(twice, module)?,
        wrap_pyfunction!(split, module)?,
        wrap_pyfunction!(matrices, module)?,
        wrap_pyfunction!(magic_f_grad, module)?,
        wrap_pyfunction!(magic_batch, module)?,
    ] {
        module.add_function(function)?;
    }
    module.add_class::<Accumulator>()
}
