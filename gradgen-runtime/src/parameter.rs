//! What one cannot differentiate by: enums without data, and integers and truth values as fields of structs.

use crate::{Dtype, Error, Scalar, Value};

/// A parameter: an enum whose variants have no data, an integer, or a truth value.
///
/// `#[derive(gradgen::Gradgen)]` implements it for enums. One cannot differentiate by it. Outside of Rust it is a
/// number, that of a variant is `mode as i32`.
///
/// ```
/// use gradgen_runtime::Parameter;
///
/// #[derive(Debug, PartialEq)]
/// enum Mode {
///     Linear,
///     Quadratic,
/// }
///
/// impl Parameter for Mode {
///     const FIRST: Self = Self::Linear;
///
///     fn of(number: i32) -> Option<Self> {
///         match number {
///             0 => Some(Self::Linear),
///             1 => Some(Self::Quadratic),
///             _ => None,
///         }
///     }
///
///     fn number(&self) -> Option<i32> {
///         match self {
///             Self::Linear => Some(0),
///             Self::Quadratic => Some(1),
///         }
///     }
/// }
///
/// assert_eq!(Mode::of(1), Some(Mode::Quadratic));
/// assert_eq!(Mode::of(2), None);
/// assert_eq!(u8::of(256), None);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not known as a parameter",
    label = "outside of Rust it has no value",
    note = "parameters are integers, truth values, and enums without data that have `#[derive(gradgen::Gradgen)]`"
)]
pub trait Parameter: Sized {
    /// The first variant, or zero: what stands in a derivative, where it means nothing.
    const FIRST: Self;

    /// The value that has a number.
    fn of(number: i32) -> Option<Self>;

    /// The number; `None` if it is too large for an `i32`.
    fn number(&self) -> Option<i32>;
}

macro_rules! integers {
    ($($integer:ty)*) => {
        $(
            impl Parameter for $integer {
                const FIRST: Self = 0;

                fn of(number: i32) -> Option<Self> {
                    number.try_into().ok()
                }

                fn number(&self) -> Option<i32> {
                    (*self).try_into().ok()
                }
            }
        )*
    };
}

integers!(i8 i16 i32 i64 u8 u16 u32 u64);

impl Parameter for bool {
    const FIRST: Self = false;

    fn of(number: i32) -> Option<Self> {
        match number {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }

    fn number(&self) -> Option<i32> {
        Some(i32::from(*self))
    }
}

/// The variant that an input is.
///
/// # Errors
/// Another kind of value, or a number that no variant has.
#[doc(hidden)]
pub fn variant<T: Parameter>(value: Value<'_>, argument: &'static str) -> Result<T, Error> {
    let wrong = Error::kind(argument, "the number of a variant", "an integer that no variant has");
    T::of(value.i32(argument)?).ok_or(wrong)
}

/// The scalar that is a number. An `f32` is not every one.
fn scalar<S: Scalar>(number: i32) -> Option<S> {
    let is_exact = S::DTYPE == Dtype::F64 || (number as f32) as i64 == i64::from(number);
    is_exact.then(|| S::__either(f64::from(number), number as f32))
}

/// Takes a parameter from the front of a list of scalars; `None` if the list is too short, or if the scalar is not
/// the number of one.
#[doc(hidden)]
pub fn read_parameter<S: Scalar, T: Parameter>(flat: &mut &[S]) -> Option<T> {
    let (&first, rest) = flat.split_first()?;
    *flat = rest;
    let number = first.__i32();
    if scalar::<S>(number)? == first { T::of(number) } else { None }
}

/// Writes a parameter to the front of a list of scalars; `None` if the list is too short, or if no scalar is its
/// number.
#[doc(hidden)]
pub fn write_parameter<S: Scalar, T: Parameter>(parameter: &T, flat: &mut &mut [S]) -> Option<()> {
    let number = scalar(parameter.number()?)?;
    let (first, rest) = core::mem::take(flat).split_first_mut()?;
    *first = number;
    *flat = rest;
    Some(())
}
