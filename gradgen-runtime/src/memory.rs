//! Memory that generated code takes from its workspace, and how it fills it. Nothing here panics:
//! lengths that do not fit are checked by the caller, before.

use crate::Flat;

/// Takes an array off the front of what is left of a workspace.
#[inline]
pub fn array<'a, T: Flat>(rest: &mut &'a mut [T::Scalar]) -> Option<&'a mut T> {
    let (taken, left) = core::mem::take(rest).split_at_mut_checked(T::SIZE)?;
    *rest = left;
    T::view_mut(taken)
}

/// Takes `count` values off the front of what is left of a workspace.
#[inline]
pub fn slice<'a, T: Flat>(rest: &mut &'a mut [T::Scalar], count: usize) -> Option<&'a mut [T]> {
    let (taken, left) = core::mem::take(rest).split_at_mut_checked(count.checked_mul(T::SIZE)?)?;
    *rest = left;
    // Said once more, so that rustc sees how many there are.
    T::slice_mut(taken)?.get_mut(..count)
}

/// A part of a slice; an empty one where the slice ends before.
#[inline]
#[must_use]
pub fn row<T>(slice: &[T], start: usize, count: usize) -> &[T] {
    slice.get(start..).and_then(|rest| rest.get(..count)).unwrap_or_default()
}

/// As [`row`], to write to.
#[inline]
#[must_use]
pub fn row_mut<T>(slice: &mut [T], start: usize, count: usize) -> &mut [T] {
    slice.get_mut(start..).and_then(|rest| rest.get_mut(..count)).unwrap_or_default()
}

/// A part of a slice of as many elements as a loop has turns; none where the slice ends before.
#[inline]
#[must_use]
pub fn window<T>(slice: &[T], start: usize, count: usize) -> Option<&[T]> {
    if count == 0 { Some(&[]) } else { slice.get(start..)?.get(..count) }
}

/// As [`window`], to write to.
#[inline]
#[must_use]
pub fn window_mut<T>(slice: &mut [T], start: usize, count: usize) -> Option<&mut [T]> {
    if count == 0 { Some(&mut []) } else { slice.get_mut(start..)?.get_mut(..count) }
}

/// The elements of one slice into another.
#[inline]
pub fn copy<T: Copy>(to: &mut [T], from: &[T]) {
    for (to, from) in to.iter_mut().zip(from) {
        *to = *from;
    }
}

/// The elements of two slices change places.
#[inline]
pub fn swap<T>(a: &mut [T], b: &mut [T]) {
    for (a, b) in a.iter_mut().zip(b) {
        core::mem::swap(a, b);
    }
}

/// The elements of one slice to those of another.
#[inline]
pub fn add<T: crate::chain::Tangent<Tangent = T>>(to: &mut [T], from: &[T]) {
    for (to, from) in to.iter_mut().zip(from) {
        *to = T::sum_of_tangents(*to, *from);
    }
}
