//! Structs of floats as arguments and results: how many scalars they are, and where these stand.

use core::mem::take;

use crate::{Error, Scalar, Value};

/// A struct of floats, arrays of floats and other such structs; also these themselves, and tuples of them.
///
/// `#[derive(Gradgen)]` implements it. A gradient by such a struct is a struct of the same type, and so is a
/// tangent or a direction. Outside of Rust the struct is a list of [`SIZE`](Self::SIZE) scalars, its fields one
/// after the other in the order of their declaration, arrays row by row. A field with `#[structure(parameter)]` is a
/// number in that list; one does not differentiate by it, and in a derivative it is zero and means nothing.
///
/// ```
/// use gradgen_runtime::Structure;
///
/// assert_eq!(<(f64, [f64; 2])>::SIZE, 3);
/// let pair = <(f64, [f64; 2])>::read(&mut &[1.0, 2.0, 3.0][..]).unwrap();
/// assert_eq!(pair, (1.0, [2.0, 3.0]));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not known as a struct of floats",
    label = "its fields cannot be differentiated by",
    note = "put `#[derive(gradgen::Gradgen)]` on the struct; its fields are floats of one type, arrays of them, \
            and other such structs; a parameter that is an enum is known by its comparison with variants, \
            `Mode::Linear`"
)]
pub trait Structure: Sized {
    /// The type of the scalars.
    type Scalar: Scalar;

    /// How many scalars there are.
    const SIZE: usize;

    /// All scalars zero.
    const ZERO: Self;

    /// Takes a value from the front of a list; `None` if it is too short.
    fn read(flat: &mut &[Self::Scalar]) -> Option<Self>;

    /// Writes the value to the front of a list, which then begins behind it; `None` if it is too short.
    fn write(&self, flat: &mut &mut [Self::Scalar]) -> Option<()>;
}

macro_rules! scalar {
    ($scalar:ty) => {
        impl Structure for $scalar {
            type Scalar = $scalar;

            const SIZE: usize = 1;

            const ZERO: Self = 0.0;

            fn read(flat: &mut &[$scalar]) -> Option<Self> {
                let (&first, rest) = flat.split_first()?;
                *flat = rest;
                Some(first)
            }

            fn write(&self, flat: &mut &mut [$scalar]) -> Option<()> {
                let (first, rest) = take(flat).split_first_mut()?;
                *first = *self;
                *flat = rest;
                Some(())
            }
        }
    };
}

scalar!(f64);
scalar!(f32);

impl<T: Structure, const N: usize> Structure for [T; N] {
    type Scalar = T::Scalar;

    const SIZE: usize = N * T::SIZE;

    const ZERO: Self = [T::ZERO; N];

    fn read(flat: &mut &[T::Scalar]) -> Option<Self> {
        let mut array = Self::ZERO;
        for element in &mut array {
            *element = T::read(flat)?;
        }
        Some(array)
    }

    fn write(&self, flat: &mut &mut [T::Scalar]) -> Option<()> {
        self.iter().try_for_each(|element| element.write(flat))
    }
}

macro_rules! tuple {
    ($first:ident $($name:ident)*) => {
        impl<$first: Structure, $($name: Structure<Scalar = $first::Scalar>),*> Structure for ($first, $($name,)*) {
            type Scalar = $first::Scalar;

            const SIZE: usize = $first::SIZE $(+ $name::SIZE)*;

            const ZERO: Self = ($first::ZERO, $($name::ZERO,)*);

            fn read(flat: &mut &[Self::Scalar]) -> Option<Self> {
                Some(($first::read(flat)?, $($name::read(flat)?,)*))
            }

            fn write(&self, flat: &mut &mut [Self::Scalar]) -> Option<()> {
                #[allow(non_snake_case, reason = "the names of the types serve for the values")]
                let ($first, $($name,)*) = self;
                $first.write(flat)?;
                $($name.write(flat)?;)*
                Some(())
            }
        }
    };
}

tuple!(A);
tuple!(A B);
tuple!(A B C);
tuple!(A B C D);
tuple!(A B C D E);
tuple!(A B C D E F);
tuple!(A B C D E F G);
tuple!(A B C D E F G H);

/// What is said of a list that has the length of a struct and is none: a parameter in it has no such value.
const UNKNOWN: (&str, &str) =
    ("the scalars of a struct", "a list with a number that a parameter does not have");

/// The struct that a flat input is.
///
/// # Errors
/// Another kind of value, or another number of scalars.
#[doc(hidden)]
pub fn structure<T: Structure>(value: Value<'_>, argument: &'static str) -> Result<T, Error> {
    let data = value.slice::<T::Scalar>(argument)?;
    let wrong = Error::length(argument, T::SIZE, data.len());
    if data.len() != T::SIZE {
        return Err(wrong);
    }
    let unknown = Error::kind(argument, UNKNOWN.0, UNKNOWN.1);
    T::read(&mut &*data).ok_or(unknown)
}

/// Whether a flat output has the size of a struct.
///
/// # Errors
/// Another number of scalars.
#[doc(hidden)]
pub fn room<T: Structure>(data: &[T::Scalar], argument: &'static str) -> Result<(), Error> {
    if data.len() == T::SIZE { Ok(()) } else { Err(Error::length(argument, T::SIZE, data.len())) }
}

/// Writes a struct to a flat output of its size.
///
/// # Errors
/// Another number of scalars.
#[doc(hidden)]
pub fn flatten<T: Structure>(
    value: &T,
    mut data: &mut [T::Scalar],
    argument: &'static str,
) -> Result<(), Error> {
    let wrong = Error::length(argument, T::SIZE, data.len());
    if data.len() != T::SIZE {
        return Err(wrong);
    }
    value.write(&mut data).ok_or(Error::kind(argument, UNKNOWN.0, UNKNOWN.1))
}
