//! NumPy arrays of the function's own dtype: new ones, and the memory of those that are there.

use std::ffi::c_int;
use std::mem::MaybeUninit;

use numpy::npyffi::array::PY_ARRAY_API;
use numpy::npyffi::{NPY_ARRAY_ALIGNED, NPY_ARRAY_C_CONTIGUOUS, NPY_ARRAY_WRITEABLE, PyArrayObject};
use numpy::{PyArrayDescrMethods as _, PyArrayDyn, PyArrayMethods as _};
use numpy::{PyUntypedArray, PyUntypedArrayMethods as _};
use pyo3::prelude::*;

use crate::known::Known;
use crate::problem::Problem;
use crate::read::Element;
use crate::real::Real;

/// Shorter arrays are cleared here, longer ones by the allocator, which often need not do anything.
const SHORT: usize = 512;

/// A new array, row-major, whose elements mean nothing yet.
pub(crate) fn empty<'py, T: Real>(py: Python<'py>, shape: &[usize]) -> PyResult<Bound<'py, PyArrayDyn<T>>> {
    Ok(uncleared::<T>(py, Known::get(py)?, shape)?.0)
}

/// A new array, row-major, of zeros.
pub(crate) fn zeros<'py, T: Real>(py: Python<'py>, shape: &[usize]) -> PyResult<Bound<'py, PyArrayDyn<T>>> {
    let known = Known::get(py)?;
    let size: usize = shape.iter().product();
    if size > SHORT {
        let dtype = T::dtype(known).clone_ref(py).into_bound(py).into_dtype_ptr();
        // SAFETY: the dtype's reference is handed over, there are as many lengths as axes, and they are not
        // written to; `usize` has the size of `npy_intp` and a shape that memory can hold fits.
        return unsafe {
            let (axes, lengths) = (shape.len() as i32, shape.as_ptr().cast_mut().cast());
            let array = PY_ARRAY_API.PyArray_Zeros(py, axes, lengths, dtype, 0);
            Ok(Bound::from_owned_ptr_or_err(py, array)?.cast_into_unchecked())
        };
    }
    let (array, data) = uncleared::<T>(py, known, shape)?;
    // SAFETY: the array has so many elements, all bytes zero are the float 0, and nobody else has the array.
    unsafe { data.write_bytes(0, size) };
    Ok(array)
}

/// A new array, row-major, of these elements, of which there are as many as the shape says.
pub(crate) fn filled<'py, T: Real>(
    py: Python<'py>,
    known: &Known,
    shape: &[usize],
    elements: &[T],
) -> PyResult<Bound<'py, PyArrayDyn<T>>> {
    debug_assert_eq!(shape.iter().product::<usize>(), elements.len());
    let (array, data) = uncleared::<T>(py, known, shape)?;
    // SAFETY: the array has so many elements, and nobody else has it yet.
    unsafe { data.copy_from_nonoverlapping(elements.as_ptr(), elements.len()) };
    Ok(array)
}

/// A new array, row-major, whose elements are to be written before anybody sees it, and where they are.
#[inline]
fn uncleared<'py, T: Real>(
    py: Python<'py>,
    known: &Known,
    shape: &[usize],
) -> PyResult<(Bound<'py, PyArrayDyn<T>>, *mut T)> {
    let (axes, lengths) = (shape.len() as i32, shape.as_ptr().cast_mut().cast());
    let dtype = T::dtype(known).clone_ref(py).into_bound(py).into_dtype_ptr();
    let none = std::ptr::null_mut();
    // SAFETY: the dtype's reference is handed over, there are as many lengths as axes, and they are not
    // written to; `usize` has the size of `npy_intp` and a shape that memory can hold fits. Strides and data
    // are left to NumPy, so the array is row-major and its own. A dtype of floats has no destructor.
    unsafe {
        let array = PY_ARRAY_API.PyArray_NewFromDescr(
            py,
            known.array(),
            dtype,
            axes,
            lengths,
            none,
            none.cast(),
            0,
            none.cast(),
        );
        let array = Bound::from_owned_ptr_or_err(py, array)?;
        let data = (*array.as_ptr().cast::<PyArrayObject>()).fields.data.cast();
        Ok((array.cast_into_unchecked(), data))
    }
}

/// The elements of an array that this call has made and nobody else has seen.
///
/// # Safety
/// `array` comes from [`zeros`] or [`empty`], no Python code has seen it since, and there is one such slice at a time.
#[expect(clippy::mut_from_ref, reason = "what is borrowed is NumPy's memory, not the reference to it")]
pub(crate) unsafe fn contents<'a, T: Element>(
    array: &'a Bound<'_, PyArrayDyn<T>>,
) -> &'a mut [MaybeUninit<T>] {
    // SAFETY: the array is contiguous, aligned and of dtype `T`, and has `len` elements; nobody else reads or writes it, by the caller's promise.
    unsafe { std::slice::from_raw_parts_mut(array.data().cast(), array.len()) }
}

/// An array of NumPy's own class, of the dtype of `T` and of this shape.
#[inline]
fn very<'a, 'py, T: Real>(
    known: &Known,
    object: &'a Bound<'py, PyAny>,
    shape: &[usize],
) -> Option<&'a Bound<'py, PyArrayDyn<T>>> {
    if object.get_type_ptr() != known.array() {
        return None;
    }
    // SAFETY: the class is `ndarray`, so this is one of its objects; of which dtype, is looked at next.
    let array = unsafe { object.cast_unchecked::<PyArrayDyn<T>>() };
    // SAFETY: as above, and nothing changes the fields while this thread reads them.
    let dtype = unsafe { (*array.as_array_ptr()).fields.descr };
    (std::ptr::eq(dtype.cast(), T::dtype(known).as_ptr()) && same(array.shape(), shape)).then_some(array)
}

/// The flags of an array.
fn flags<T: Element>(array: &Bound<'_, PyArrayDyn<T>>) -> c_int {
    // SAFETY: the object is an array, as its type says.
    unsafe { (*array.as_array_ptr()).fields.flags }
}

/// The elements of an array of NumPy's own class, of the dtype of `T` and of this shape, if they are
/// neighbours, in order, and aligned, and if `write` can be written.
#[inline]
pub(crate) fn plain<T: Real>(
    known: &Known,
    object: &Bound<'_, PyAny>,
    shape: &[usize],
    write: bool,
) -> Option<*mut T> {
    let array = very::<T>(known, object, shape)?;
    let wanted = PLAIN | if write { NPY_ARRAY_WRITEABLE } else { 0 };
    (flags(array) & wanted == wanted).then(|| array.data())
}

const PLAIN: c_int = NPY_ARRAY_C_CONTIGUOUS | NPY_ARRAY_ALIGNED;

/// Copies all elements of an array of this very dtype and shape; false if it is of another.
#[inline]
pub(crate) fn copy_to<T: Real>(
    known: &Known,
    object: &Bound<'_, PyAny>,
    shape: &[usize],
    into: &mut [T],
) -> bool {
    let Some(array) = very::<T>(known, object, shape) else { return false };
    if flags(array) & PLAIN == PLAIN {
        // SAFETY: the array has as many elements as its shape says, one after the other, of type `T` by its
        // dtype, and `into`, which is ours, has as many.
        unsafe { array.data().copy_to_nonoverlapping(into.as_mut_ptr(), into.len()) };
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
pub(crate) fn takes<T: Real>(known: &Known, object: &Bound<'_, PyAny>, shape: &[usize]) -> bool {
    very::<T>(known, object, shape).is_some_and(|array| flags(array) & NPY_ARRAY_WRITEABLE != 0)
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
