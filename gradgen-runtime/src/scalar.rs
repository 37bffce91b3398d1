//! The two scalar types as one: what code that is generic over them calculates with.
//!
//! Functions stand here by name, `scalar::sin(x)`, and the trait's own methods have names that nobody
//! else uses: where a type parameter has bounds of another crate too, `x.sin()` and `T::zero()` are then
//! that crate's.

mod functions;

use core::fmt::Debug;
use core::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Rem, RemAssign, Sub, SubAssign};

use crate::call::Entry;
use crate::chain::Tangent;
use crate::{Call, Dtype, Error, Flat, Value};

pub use functions::*;

mod sealed {
    pub trait Sealed {}

    impl Sealed for f64 {}
    impl Sealed for f32 {}
}

/// The scalar types: `f64` and `f32`, and no other.
///
/// A function that is generic over its scalar type has siblings that are generic too, with this trait
/// among their bounds. So has a function that calls them for any `T`:
///
/// ```
/// use gradgen_runtime::{Scalar, scalar};
///
/// fn mean<T: Scalar>(a: T, b: T) -> T {
///     (a + b) / scalar::number(2.0)
/// }
///
/// assert_eq!(mean(1.0_f32, 2.0), 1.5);
/// assert_eq!(mean(1.0_f64, 2.0), 1.5);
/// ```
pub trait Scalar:
    sealed::Sealed
    + Flat<Scalar = Self>
    + Tangent<Tangent = Self>
    + Copy
    + Debug
    + Default
    + PartialOrd
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Rem<Output = Self>
    + Neg<Output = Self>
    + AddAssign
    + SubAssign
    + MulAssign
    + DivAssign
    + RemAssign
    + Send
    + Sync
    + 'static
{
    /// What a message calls data of this type.
    const NAME: &'static str;

    /// What a table calls it.
    const DTYPE: Dtype;

    /// The data, if it is of this type.
    fn data(value: Value<'_>) -> Option<&[Self]>;

    /// The one of two numbers that is of this type.
    #[doc(hidden)]
    fn __either(in_f64: f64, in_f32: f32) -> Self;

    /// The one of two functions that is of this type.
    #[doc(hidden)]
    fn __unary(self, in_f64: impl Fn(f64) -> f64, in_f32: impl Fn(f32) -> f32) -> Self;

    #[doc(hidden)]
    fn __binary(self, b: Self, in_f64: impl Fn(f64, f64) -> f64, in_f32: impl Fn(f32, f32) -> f32) -> Self;

    #[doc(hidden)]
    fn __ternary(
        self,
        b: Self,
        c: Self,
        in_f64: impl Fn(f64, f64, f64) -> f64,
        in_f32: impl Fn(f32, f32, f32) -> f32,
    ) -> Self;

    #[doc(hidden)]
    fn __usize(self) -> usize;

    #[doc(hidden)]
    fn __i32(self) -> i32;

    /// Calls a function of this type on data of another, if it is the same one.
    #[doc(hidden)]
    fn __call_f64(
        entry: Entry<Self>,
        inputs: &[Value<'_>],
        outputs: &mut [&mut [f64]],
        work: &mut [f64],
    ) -> Result<(), Error>;

    #[doc(hidden)]
    fn __call_f32(
        entry: Entry<Self>,
        inputs: &[Value<'_>],
        outputs: &mut [&mut [f32]],
        work: &mut [f32],
    ) -> Result<(), Error>;
}

impl Scalar for f64 {
    const NAME: &'static str = "f64 data";
    const DTYPE: Dtype = Dtype::F64;

    #[inline]
    fn data(value: Value<'_>) -> Option<&[Self]> {
        match value {
            Value::F64(data) => Some(data),
            _ => None,
        }
    }

    #[inline]
    fn __either(in_f64: f64, _: f32) -> Self {
        in_f64
    }

    #[inline]
    fn __unary(self, in_f64: impl Fn(f64) -> f64, _: impl Fn(f32) -> f32) -> Self {
        in_f64(self)
    }

    #[inline]
    fn __binary(self, b: Self, in_f64: impl Fn(f64, f64) -> f64, _: impl Fn(f32, f32) -> f32) -> Self {
        in_f64(self, b)
    }

    #[inline]
    fn __ternary(
        self,
        b: Self,
        c: Self,
        in_f64: impl Fn(f64, f64, f64) -> f64,
        _: impl Fn(f32, f32, f32) -> f32,
    ) -> Self {
        in_f64(self, b, c)
    }

    #[inline]
    fn __usize(self) -> usize {
        self as usize
    }

    #[inline]
    fn __i32(self) -> i32 {
        self as i32
    }

    #[inline]
    fn __call_f64(
        entry: Entry<Self>,
        inputs: &[Value<'_>],
        outputs: &mut [&mut [f64]],
        work: &mut [f64],
    ) -> Result<(), Error> {
        entry(inputs, outputs, work)
    }

    #[inline]
    fn __call_f32(_: Entry<Self>, _: &[Value<'_>], _: &mut [&mut [f32]], _: &mut [f32]) -> Result<(), Error> {
        Err(Error::kind("function", "a function of f64", "called with f32"))
    }
}

impl Scalar for f32 {
    const NAME: &'static str = "f32 data";
    const DTYPE: Dtype = Dtype::F32;

    #[inline]
    fn data(value: Value<'_>) -> Option<&[Self]> {
        match value {
            Value::F32(data) => Some(data),
            _ => None,
        }
    }

    #[inline]
    fn __either(_: f64, in_f32: f32) -> Self {
        in_f32
    }

    #[inline]
    fn __unary(self, _: impl Fn(f64) -> f64, in_f32: impl Fn(f32) -> f32) -> Self {
        in_f32(self)
    }

    #[inline]
    fn __binary(self, b: Self, _: impl Fn(f64, f64) -> f64, in_f32: impl Fn(f32, f32) -> f32) -> Self {
        in_f32(self, b)
    }

    #[inline]
    fn __ternary(
        self,
        b: Self,
        c: Self,
        _: impl Fn(f64, f64, f64) -> f64,
        in_f32: impl Fn(f32, f32, f32) -> f32,
    ) -> Self {
        in_f32(self, b, c)
    }

    #[inline]
    fn __usize(self) -> usize {
        self as usize
    }

    #[inline]
    fn __i32(self) -> i32 {
        self as i32
    }

    #[inline]
    fn __call_f64(_: Entry<Self>, _: &[Value<'_>], _: &mut [&mut [f64]], _: &mut [f64]) -> Result<(), Error> {
        Err(Error::kind("function", "a function of f32", "called with f64"))
    }

    #[inline]
    fn __call_f32(
        entry: Entry<Self>,
        inputs: &[Value<'_>],
        outputs: &mut [&mut [f32]],
        work: &mut [f32],
    ) -> Result<(), Error> {
        entry(inputs, outputs, work)
    }
}

/// The entry point of a function of `T`, from adapters that take data of the one type and of the other.
#[inline]
#[must_use]
pub const fn call<T: Scalar>(in_f64: Entry<f64>, in_f32: Entry<f32>) -> Call {
    match T::DTYPE {
        Dtype::F32 => Call::F32(in_f32),
        _ => Call::F64(in_f64),
    }
}

/// A number that has a value in both scalar types, rounded as by `as`.
pub trait Number: Copy {
    #[doc(hidden)]
    fn __f64(self) -> f64;

    #[doc(hidden)]
    fn __f32(self) -> f32;
}

macro_rules! number {
    ($($kind:ty)+) => {
        $(impl Number for $kind {
            #[inline]
            fn __f64(self) -> f64 {
                self as f64
            }

            #[inline]
            fn __f32(self) -> f32 {
                self as f32
            }
        }

        impl<T: Scalar> Numbers<T> for $kind {
            type Scalars = T;

            #[inline]
            fn __scalars(self) -> T {
                cast(self)
            }
        })+
    };
}

number!(f64 f32 usize isize u8 u16 u32 u64 u128 i8 i16 i32 i64 i128);

/// A number as a scalar.
#[inline]
pub fn cast<T: Scalar, N: Number>(number: N) -> T {
    T::__either(number.__f64(), number.__f32())
}

/// Numbers that become scalars: one, or an array of them.
pub trait Numbers<T> {
    #[doc(hidden)]
    type Scalars;

    #[doc(hidden)]
    fn __scalars(self) -> Self::Scalars;
}

/// An array of numbers as an array of scalars.
#[inline]
pub fn cast_array<T: Scalar, A: Numbers<T>>(numbers: A) -> A::Scalars {
    numbers.__scalars()
}

impl<T, A: Numbers<T>, const N: usize> Numbers<T> for [A; N] {
    type Scalars = [A::Scalars; N];

    #[inline]
    fn __scalars(self) -> Self::Scalars {
        self.map(Numbers::__scalars)
    }
}

/// The scalar nearest to a number.
#[inline]
#[must_use]
pub fn number<T: Scalar>(number: f64) -> T {
    cast(number)
}

/// 0.
#[inline]
#[must_use]
pub fn zero<T: Scalar>() -> T {
    T::__either(0.0, 0.0)
}

/// 1.
#[inline]
#[must_use]
pub fn one<T: Scalar>() -> T {
    T::__either(1.0, 1.0)
}

/// The value, which derivatives take for a constant.
#[inline]
pub fn stop<T: Scalar>(x: T) -> T {
    x
}

/// A scalar as a `usize`, as by `as`.
#[inline]
pub fn to_usize<T: Scalar>(x: T) -> usize {
    x.__usize()
}

/// A scalar as an `i32`, as by `as`.
#[inline]
pub fn to_i32<T: Scalar>(x: T) -> i32 {
    x.__i32()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rounded_once() {
        assert_eq!(number::<f32>(0.1), 0.1);
        assert_eq!(number::<f64>(0.1), 0.1);
        assert_eq!(cast::<f32, _>(16_777_217_usize), 16_777_216.0);
        assert_eq!(cast::<f64, _>(0.1_f32), f64::from(0.1_f32));
        assert_eq!((to_usize(-1.5_f32), to_i32(-1.5_f64)), (0, -1));
        assert_eq!(cast_array::<f32, _>([[0.1, 2.0], [0.5, 0.2]]), [[0.1_f32, 2.0], [0.5, 0.2]]);
        assert_eq!((zero::<f32>(), one::<f64>(), epsilon::<f32>()), (0.0, 1.0, f32::EPSILON));
    }

    #[test]
    fn a_call_takes_data_of_its_own_type_only() {
        fn double<T: Scalar>(
            inputs: &[Value<'_>],
            outputs: &mut [&mut [T]],
            _: &mut [T],
        ) -> Result<(), Error> {
            for (to, from) in outputs[0].iter_mut().zip(inputs[0].slice::<T>("x")?) {
                *to = *from + *from;
            }
            Ok(())
        }

        const fn entry<T: Scalar>() -> Call {
            call::<T>(
                |inputs, outputs, work| T::__call_f64(double::<T>, inputs, outputs, work),
                |inputs, outputs, work| T::__call_f32(double::<T>, inputs, outputs, work),
            )
        }

        let mut y = [0.0_f32];
        let Call::F32(of_f32) = entry::<f32>() else { panic!("a function of f32") };
        of_f32(&[Value::F32(&[1.5])], &mut [&mut y], &mut []).expect("data of f32");
        assert_eq!(y, [3.0]);
        assert!(matches!(entry::<f64>(), Call::F64(_)));
        assert!(f32::__call_f64(double::<f32>, &[], &mut [], &mut []).is_err());
    }
}
