//! NumPy arrays of the function's own dtype: new ones, and the memory of those that are there.

use numpy::npyffi::array::PY_ARRAY_API;
use numpy::npyffi::{
    NPY_ARRAY_ALIGNED, NPY_ARRAY_C_CONTIGUOUS, NPY_ARRAY_WRITEABLE, NpyTypes, PyArrayObject, get_type_object,
};
use numpy::{PyArrayDescr, PyArrayDescrMethods as _, PyArrayDyn, PyArrayMethods as _};
use numpy::{PyUntypedArray, PyUntypedArrayMethods as _};
use pyo3::ffi::PyTypeObject;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyType;

use crate::problem::Problem;
use crate::read::Element;

/// Shorter arrays are cleared here, longer ones by the allocator, which often need not do anything.
const SHORT: usize = 512;

/// A new array, row-major, of zeros.
pub(crate) fn zeros<'py, T: Element>(
    py: Python<'py>,
    shape: &[usize],
) -> PyResult<Bound<'py, PyArrayDyn<T>>> {
    let size: usize = shape.iter().product();
    let (axes, lengths) = (shape.len() as i32, shape.as_ptr().cast_mut().cast());
    let dtype = dtype::<T>(py)?.clone_ref(py).into_bound(py).into_dtype_ptr();
    if size > SHORT {
        // SAFETY: the dtype's reference is handed over, `lengths` has `axes` entries, and they are not
        // written to; `usize` has the size of `npy_intp` and a shape that memory can hold fits.
        return unsafe {
            let array = PY_ARRAY_API.PyArray_Zeros(py, axes, lengths, dtype, 0);
            Ok(Bound::from_owned_ptr_or_err(py, array)?.cast_into_unchecked())
        };
    }
    // SAFETY: as above; strides and data are left to NumPy, so the array is row-major and its own. A dtype
    // of floats has no destructor, and all bytes zero are the float 0. Nobody else has the array yet.
    unsafe {
        let class = class(py);
        let none = std::ptr::null_mut();
        let array = PY_ARRAY_API.PyArray_NewFromDescr(
            py,
            class,
            dtype,
            axes,
            lengths,
            none,
            none.cast(),
            0,
            none.cast(),
        );
        let array = Bound::from_owned_ptr_or_err(py, array)?;
        let data: *mut T = (*array.as_ptr().cast::<PyArrayObject>()).fields.data.cast();
        data.write_bytes(0, size);
        Ok(array.cast_into_unchecked())
    }
}

/// `numpy.ndarray`, to be compared with.
pub(crate) fn class(py: Python<'_>) -> *mut PyTypeObject {
    // SAFETY: NumPy's table has the class, which is never freed.
    unsafe { get_type_object(py, NpyTypes::PyArray_Type) }
}

/// `numpy.float64`, to be compared with.
pub(crate) fn float64_class(py: Python<'_>) -> *mut PyTypeObject {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    CLASS.import(py, "numpy", "float64").map_or(std::ptr::null_mut(), |class| class.as_type_ptr())
}

/// The dtype of `T`, made once.
pub(crate) fn dtype<T: Element>(py: Python<'_>) -> PyResult<&'static Py<PyArrayDescr>> {
    T::dtype_cell().get_or_try_init(py, || Ok(T::get_dtype(py).unbind()))
}

/// A place for the dtype of one type.
pub(crate) type DtypeCell = PyOnceLock<Py<PyArrayDescr>>;

/// The elements of an array that this call has made and nobody else has seen.
///
/// # Safety
/// `array` comes from [`zeros`], no Python code has seen it since, and there is one such slice at a time.
#[expect(clippy::mut_from_ref, reason = "what is borrowed is NumPy's memory, not the reference to it")]
pub(crate) unsafe fn contents<'a, T: Element>(array: &'a Bound<'_, PyArrayDyn<T>>) -> &'a mut [T] {
    // SAFETY: the array is contiguous, aligned and of dtype `T`, has `len` elements, all of them
    // initialised; nobody else reads or writes it, by the caller's promise.
    unsafe { std::slice::from_raw_parts_mut(array.data(), array.len()) }
}

/// Copies all elements of an array of this very dtype and shape; false if it is of another.
pub(crate) fn copy_to<T: Element>(object: &Bound<'_, PyAny>, shape: &[usize], into: &mut [T]) -> bool {
    let py = object.py();
    if object.get_type_ptr() != class(py) {
        return false;
    }
    let Ok(dtype) = dtype::<T>(py) else { return false };
    // SAFETY: the class is `ndarray`, so this is one of its objects.
    let array = unsafe { object.cast_unchecked::<PyArrayDyn<T>>() };
    // SAFETY: as above, and nothing changes the fields while this thread reads them.
    let fields = unsafe { &(*array.as_array_ptr()).fields };
    if !std::ptr::eq(fields.descr.cast(), dtype.as_ptr()) || !same(array.shape(), shape) {
        return false;
    }
    let plain = NPY_ARRAY_C_CONTIGUOUS | NPY_ARRAY_ALIGNED;
    if fields.flags & plain == plain {
        // SAFETY: the array has as many elements as its shape says, one after the other, of type `T` by its
        // dtype, and `into`, which is ours, has as many.
        unsafe { fields.data.cast::<T>().copy_to_nonoverlapping(into.as_mut_ptr(), into.len()) };
    } else {
        let mut into = into.iter_mut();
        // SAFETY: pointer, shape and strides are NumPy's own and belong together.
        unsafe {
            visit(array.data(), array.shape(), array.strides(), &mut |at| {
                if let Some(place) = into.next() {
                    *place = at.read_unaligned();
                }
            })
        };
    }
    true
}

/// Appends all elements of an array, row-major.
pub(crate) fn append<T: Element>(array: &Bound<'_, PyArrayDyn<T>>, into: &mut Vec<T>) -> Result<(), Problem> {
    let count = array.len();
    into.try_reserve(count).map_err(|_| Problem::memory(count))?;
    if array.is_c_contiguous() && array.data().is_aligned() {
        let data: *const T = array.data();
        if count > 0 {
            // SAFETY: as many elements as the shape says lie one after the other; `array` keeps the memory
            // alive, and no Python code runs before they are copied.
            into.extend_from_slice(unsafe { std::slice::from_raw_parts(data, count) });
        }
    } else {
        // SAFETY: pointer, shape and strides are NumPy's own and belong together, and `T` is the array's
        // dtype (by the cast to `PyArrayDyn<T>`). `array` keeps the memory alive.
        unsafe {
            visit(array.data(), array.shape(), array.strides(), &mut |at| into.push(at.read_unaligned()))
        };
    }
    Ok(())
}

/// Writes all elements of an array, row-major. The array is of this size and can be written.
pub(crate) fn fill<T: Element>(array: &Bound<'_, PyArrayDyn<T>>, data: &[T]) {
    debug_assert_eq!(array.len(), data.len());
    if array.is_c_contiguous() && array.data().is_aligned() {
        // SAFETY: as many elements as there are in `data` lie one after the other; `data` is not the array's
        // memory but the call's.
        unsafe { array.data().copy_from_nonoverlapping(data.as_ptr(), data.len().min(array.len())) };
        return;
    }
    let mut data = data.iter();
    // SAFETY: pointer, shape and strides are NumPy's own and belong together; `data` is not the array's
    // memory but the call's. Writing needs no alignment and makes no reference into Python's memory.
    unsafe {
        visit(array.data(), array.shape(), array.strides(), &mut |at| {
            if let Some(value) = data.next() {
                at.write_unaligned(*value);
            }
        })
    };
}

/// Whether results of this shape can be written to it as they are.
pub(crate) fn takes<T: Element>(object: &Bound<'_, PyAny>, shape: &[usize]) -> bool {
    let py = object.py();
    if object.get_type_ptr() != class(py) {
        return false;
    }
    let Ok(dtype) = dtype::<T>(py) else { return false };
    // SAFETY: the class is `ndarray`, so this is one of its objects.
    let array = unsafe { object.cast_unchecked::<PyArrayDyn<T>>() };
    // SAFETY: as above, and nothing changes the fields while this thread reads them.
    let fields = unsafe { &(*array.as_array_ptr()).fields };
    let writeable = fields.flags & NPY_ARRAY_WRITEABLE != 0;
    writeable && std::ptr::eq(fields.descr.cast(), dtype.as_ptr()) && same(array.shape(), shape)
}

/// Where the elements of an array begin, if it is one.
pub(crate) fn address(object: &Bound<'_, PyAny>) -> Option<usize> {
    let array = object.cast::<PyUntypedArray>().ok()?;
    // SAFETY: the object is an array, as its type says.
    Some(unsafe { (*array.as_array_ptr()).fields.data.addr() })
}

/// Whether two arrays may have memory in common: the ranges of their addresses overlap.
pub(crate) fn may_overlap(array: &Bound<'_, PyUntypedArray>, other: &Bound<'_, PyUntypedArray>) -> bool {
    let ((low, high), (other_low, other_high)) = (extent(array), extent(other));
    low < other_high && other_low < high
}

/// The first byte of an array's memory and the one after the last.
fn extent(array: &Bound<'_, PyUntypedArray>) -> (usize, usize) {
    // SAFETY: the object is an array, as its type says.
    let start = unsafe { (*array.as_array_ptr()).fields.data.addr() };
    let (mut low, mut high) = (start, start);
    for (&length, &stride) in array.shape().iter().zip(array.strides()) {
        if length == 0 {
            return (start, start);
        }
        let reach = stride.wrapping_mul(length as isize - 1);
        if reach < 0 {
            low = low.wrapping_add_signed(reach);
        } else {
            high = high.wrapping_add_signed(reach);
        }
    }
    (low, high + array.dtype().itemsize())
}

/// Goes through the elements of a strided array, row-major.
///
/// # Safety
/// The element at every index within `shape`, that many times `strides` bytes from `start`, is memory in
/// which `act` may do what it does, at any alignment.
#[inline(always)]
pub(crate) unsafe fn visit<T>(
    start: *mut T,
    shape: &[usize],
    strides: &[isize],
    act: &mut impl FnMut(*mut T),
) {
    match (shape, strides) {
        ([], []) => act(start),
        ([length], [stride]) => {
            for index in 0..*length {
                act(start.wrapping_byte_offset(index as isize * stride));
            }
        }
        // SAFETY: by the caller.
        _ => unsafe { visit_nested(start, shape, strides, act) },
    }
}

/// # Safety
/// As for [`visit`].
unsafe fn visit_nested<T>(start: *mut T, shape: &[usize], strides: &[isize], act: &mut impl FnMut(*mut T)) {
    let (Some((length, shape)), Some((stride, strides))) = (shape.split_first(), strides.split_first())
    else {
        return act(start);
    };
    for index in 0..*length {
        // SAFETY: one index is fixed, the others remain within their lengths.
        unsafe { visit_nested(start.wrapping_byte_offset(index as isize * stride), shape, strides, act) };
    }
}

/// Whether two shapes are the same. They are so short that a call of `memcmp` would take longer.
fn same(a: &[usize], b: &[usize]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a == b)
}

#[cfg(test)]
mod tests {
    use super::visit;

    #[test]
    fn strides_may_be_negative_odd_and_zero() {
        let mut bytes: Vec<u8> =
            [1.0_f64, 2.0, 3.0].iter().flat_map(|x| std::iter::once(0).chain(x.to_ne_bytes())).collect();
        let mut into = Vec::<f64>::new();
        // SAFETY: elements at bytes 1, 10 and 19, read backwards, twice.
        unsafe {
            let start: *mut f64 = bytes.as_mut_ptr().wrapping_add(19).cast();
            visit(start, &[2, 3], &[0, -9], &mut |at| into.push(at.read_unaligned()));
        }
        assert_eq!(into, [3.0, 2.0, 1.0, 3.0, 2.0, 1.0]);
        // SAFETY: an empty array has no elements.
        unsafe { visit(std::ptr::dangling_mut::<f64>(), &[2, 0], &[8, 8], &mut |_| unreachable!()) };
    }
}
