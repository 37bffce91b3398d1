//! A value that counts as a constant.

use crate::chain::{Callable, CannotFail, Forward, Reversible, Stops, Tangent, Twice};
use crate::elements::Elements;

/// The value itself; derivatives take it for a constant, in both modes and at any order.
///
/// It is of numbers and arrays, by value or by reference.
///
/// ```
/// // In a function with `#[gradgen(gradient)]`, the derivative of this by `x` is `stop_gradient(x)`.
/// # use gradgen_runtime::stop_gradient;
/// # let x = 3.0;
/// let y = x * stop_gradient(x);
/// assert_eq!(y, 9.0);
/// ```
#[inline]
pub const fn stop_gradient<T: Copy>(x: T) -> T {
    x
}

/// The companion of [`stop_gradient`](fn@stop_gradient), for imports under another name.
#[doc(hidden)]
#[allow(non_camel_case_types, reason = "a companion has the name of its function")]
#[derive(Clone, Copy, Debug)]
pub struct stop_gradient {}

/// What a derivative is stopped at: a number or an array, or a reference to one.
#[doc(hidden)]
pub trait Held: Copy {
    /// The number or array.
    type Value: Elements + Tangent<Tangent = Self::Value>;

    /// The value.
    fn held(self) -> Self::Value;
}

macro_rules! held {
    ($scalar:ty) => {
        impl Held for $scalar {
            type Value = $scalar;

            #[inline]
            fn held(self) -> $scalar {
                self
            }
        }
    };
}

held!(f64);
held!(f32);

impl<T: Elements + Tangent<Tangent = T>, const N: usize> Held for [T; N] {
    type Value = Self;

    #[inline]
    fn held(self) -> Self {
        self
    }
}

impl<T: Elements + Tangent<Tangent = T>> Held for &T {
    type Value = T;

    #[inline]
    fn held(self) -> T {
        *self
    }
}

/// The tape of a value: nothing is on it.
type Tape<T> = [<<T as Held>::Value as Elements>::Scalar; 1];

fn tape<T: Held>() -> Tape<T> {
    [Default::default()]
}

#[doc(hidden)]
#[allow(missing_docs, reason = "as the hidden functions of every companion")]
impl stop_gradient {
    pub const __TAPE: usize = 1;

    #[inline]
    pub fn __is<T>(_: fn(T) -> T, _: T) {}

    #[inline]
    pub fn __primal<T: Held>(x: T) -> Result<T::Value, CannotFail> {
        Ok(x.held())
    }

    #[inline]
    pub fn __jvp<T: Held>(_: T, _: &T::Value) -> Result<T::Value, CannotFail> {
        Ok(T::Value::ZERO)
    }

    #[inline]
    pub fn __forward<T: Held>(x: T) -> Result<(T::Value, Tape<T>), CannotFail> {
        Ok((x.held(), tape::<T>()))
    }

    #[inline]
    pub fn __forward_jvp<T: Held>(_: T, _: &T::Value) -> Result<(T::Value, Tape<T>), CannotFail> {
        Ok((T::Value::ZERO, tape::<T>()))
    }

    #[inline]
    pub fn __reverse<T: Held>(_: T, _: &Tape<T>, _: &T::Value) -> Result<T::Value, CannotFail> {
        Ok(T::Value::ZERO)
    }

    #[inline]
    pub fn __reverse_jvp<T: Held>(
        _: T,
        _: &Tape<T>,
        _: &T::Value,
        _: &T::Value,
        _: &Tape<T>,
        _: &T::Value,
    ) -> Result<T::Value, CannotFail> {
        Ok(T::Value::ZERO)
    }
}

impl<L> Callable<L> for stop_gradient {}
impl<L> Forward<L> for stop_gradient {}
impl<L> Reversible<L> for stop_gradient {}
impl<L> Twice<L> for stop_gradient {}
impl Stops for stop_gradient {}
