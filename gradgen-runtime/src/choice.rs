//! Enums without data as parameters.

use crate::{Error, Value};

/// An enum whose variants have no data, as a parameter of functions with `#[gradgen]`.
///
/// `#[derive(gradgen::Gradgen)]` implements it. One cannot differentiate by it. Outside of Rust it is an `i32`, the
/// number of the variant: `mode as i32`.
///
/// ```
/// use gradgen_runtime::Choice;
///
/// #[derive(Debug, PartialEq)]
/// enum Mode {
///     Linear,
///     Quadratic,
/// }
///
/// impl Choice for Mode {
///     fn of(number: i32) -> Option<Self> {
///         match number {
///             0 => Some(Self::Linear),
///             1 => Some(Self::Quadratic),
///             _ => None,
///         }
///     }
/// }
///
/// assert_eq!(Mode::of(1), Some(Mode::Quadratic));
/// assert_eq!(Mode::of(2), None);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not known as an enum without data",
    label = "outside of Rust it has no value",
    note = "put `#[derive(gradgen::Gradgen)]` on the enum; its variants have no data"
)]
pub trait Choice: Sized {
    /// The variant that has a number.
    fn of(number: i32) -> Option<Self>;
}

/// The variant that an input is.
///
/// # Errors
/// Another kind of value, or a number that no variant has.
#[doc(hidden)]
pub fn choice<T: Choice>(value: Value<'_>, argument: &'static str) -> Result<T, Error> {
    let wrong = Error::kind(argument, "the number of a variant", "an integer that no variant has");
    T::of(value.i32(argument)?).ok_or(wrong)
}
