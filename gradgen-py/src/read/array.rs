//! NumPy arrays: any dtype that is real, any strides, any alignment, any byte order.

use numpy::{PyArrayDescrMethods as _, PyArrayDyn, PyArrayMethods as _};
use numpy::{PyUntypedArray, PyUntypedArrayMethods as _};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;

use super::{Element, nested};
use crate::problem::Problem;
use crate::wording;

/// Appends the elements of an array, which must have this shape, row-major.
pub(super) fn elements<T: Element>(
    array: &Bound<'_, PyUntypedArray>,
    shape: &[usize],
    into: &mut Vec<T>,
) -> Result<(), Problem> {
    if array.shape() != shape {
        let got = wording::shape(array.shape().iter().copied().map(Some));
        let expected = wording::shape(shape.iter().copied().map(Some));
        return Err(Problem::shape(format!("has shape {got}, expected {expected}")));
    }
    match array.cast::<PyArrayDyn<T>>() {
        Ok(array) => copy(array, into),
        Err(_) => nested(&list(array)?, shape, into),
    }
}

/// The array as Python numbers in nested lists, or one number: for every dtype that is not the
/// function's own, so that NumPy does the conversion and its elements are checked like any others.
pub(super) fn list<'py>(array: &Bound<'py, PyUntypedArray>) -> Result<Bound<'py, PyAny>, Problem> {
    // The method of `ndarray` itself: a subclass could answer with one more array.
    static TOLIST: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let py = array.py();
    let tolist = TOLIST.get_or_try_init(py, || {
        py.import("numpy")?.getattr("ndarray")?.getattr("tolist").map(Bound::unbind)
    })?;
    Ok(tolist.bind(py).call1((array,))?)
}

/// Whether the dtype is one of real numbers. Objects, text, dates and complex numbers are not.
pub(super) fn is_real(array: &Bound<'_, PyUntypedArray>) -> bool {
    matches!(array.dtype().kind(), b'f' | b'i' | b'u' | b'b')
}

/// Appends all elements of an array, row-major.
fn copy<T: numpy::Element + Copy>(
    array: &Bound<'_, PyArrayDyn<T>>,
    into: &mut Vec<T>,
) -> Result<(), Problem> {
    into.try_reserve(array.len()).map_err(|_| Problem::memory(array.len()))?;
    // SAFETY: pointer, shape and strides are NumPy's own and belong together, and `T` is the
    // array's dtype (by the cast to `PyArrayDyn<T>`). `array` keeps the memory alive, and nobody
    // can resize or write it meanwhile: this thread holds the interpreter's lock (`build` declares
    // that the module needs it) and runs no Python code before `gather` returns.
    unsafe { gather(array.data(), array.shape(), array.strides(), into) };
    Ok(())
}

/// Appends the elements of a strided array, row-major.
///
/// # Safety
/// The element at every index within `shape`, that many times `strides` bytes from `start`, is
/// memory that can be read and holds a `T`, at any alignment.
unsafe fn gather<T: Copy>(start: *const T, shape: &[usize], strides: &[isize], into: &mut Vec<T>) {
    let (Some((&length, shape)), Some((&stride, strides))) = (shape.split_first(), strides.split_first())
    else {
        // SAFETY: the caller vouches for the element; the read needs no alignment and makes no
        // reference into memory that is Python's.
        into.push(unsafe { start.read_unaligned() });
        return;
    };
    let mut at = start;
    for _ in 0..length {
        // SAFETY: one index is fixed, the others remain within their lengths.
        unsafe { gather(at, shape, strides, into) };
        // Past the last element the pointer may leave the array; it is not read there.
        at = at.wrapping_byte_offset(stride);
    }
}

#[cfg(test)]
mod tests {
    use super::gather;

    #[test]
    fn strides_may_be_negative_odd_and_zero() {
        let bytes: Vec<u8> =
            [1.0_f64, 2.0, 3.0].iter().flat_map(|x| std::iter::once(0).chain(x.to_ne_bytes())).collect();
        let mut into = Vec::<f64>::new();
        // SAFETY: elements at bytes 1, 10 and 19, read backwards, twice.
        unsafe {
            gather(bytes.as_ptr().wrapping_add(19).cast(), &[2, 3], &[0, -9], &mut into);
        }
        assert_eq!(into, [3.0, 2.0, 1.0, 3.0, 2.0, 1.0]);
        // SAFETY: an empty array has no elements.
        unsafe { gather(std::ptr::dangling(), &[2, 0], &[8, 8], &mut into) };
        assert_eq!(into.len(), 6);
    }
}
