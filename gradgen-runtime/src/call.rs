//! One calling convention for every function, whatever its arguments: flat slices.

use crate::{Error, Flat, Scalar};

/// An input of a [`Call`]. A scalar is a slice of one element.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Value<'a> {
    /// `f64` data, row-major.
    F64(&'a [f64]),
    /// `f32` data, row-major.
    F32(&'a [f32]),
    /// A `usize`.
    Usize(usize),
    /// An `i32`.
    I32(i32),
    /// A `bool`.
    Bool(bool),
    /// A `&[usize]`.
    Indices(&'a [usize]),
}

/// Inputs, outputs, workspace.
pub type Entry<T> = fn(&[Value<'_>], &mut [&mut [T]], &mut [T]) -> Result<(), Error>;

/// A safe entry point: inputs, outputs, workspace. Lengths are checked before anything is written.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Call {
    /// Of a function of `f64`.
    F64(Entry<f64>),
    /// Of a function of `f32`.
    F32(Entry<f32>),
}

impl<'a> Value<'a> {
    /// A scalar, an array or a nested array of floats.
    ///
    /// # Errors
    /// Another kind of value, or another number of elements.
    pub fn real<T: Flat>(self, argument: &'static str) -> Result<&'a T, Error>
    where
        T::Scalar: Scalar,
    {
        let data = T::Scalar::data(self).ok_or(Error::kind(argument, T::Scalar::NAME, self.kind()))?;
        T::view(data).ok_or(Error::length(argument, T::SIZE, data.len()))
    }

    /// A slice of floats, or of arrays of them.
    ///
    /// # Errors
    /// Another kind of value, or a number of scalars that leaves some over.
    pub fn slice<T: Flat>(self, argument: &'static str) -> Result<&'a [T], Error>
    where
        T::Scalar: Scalar,
    {
        let data = T::Scalar::data(self).ok_or(Error::kind(argument, T::Scalar::NAME, self.kind()))?;
        T::slice(data).ok_or(Error::length(argument, data.len() / T::SIZE.max(1) * T::SIZE, data.len()))
    }

    /// A list of indices.
    ///
    /// # Errors
    /// Another kind of value.
    pub fn indices(self, argument: &'static str) -> Result<&'a [usize], Error> {
        match self {
            Self::Indices(indices) => Ok(indices),
            _ => Err(Error::kind(argument, "a list of indices", self.kind())),
        }
    }

    /// A list of as many indices as there must be.
    ///
    /// # Errors
    /// Another kind of value, or another number of indices.
    pub fn index_array<const N: usize>(self, argument: &'static str) -> Result<&'a [usize; N], Error> {
        let indices = self.indices(argument)?;
        indices.try_into().map_err(|_| Error::length(argument, N, indices.len()))
    }

    /// A `usize`.
    ///
    /// # Errors
    /// Another kind of value.
    pub fn usize(self, argument: &'static str) -> Result<usize, Error> {
        match self {
            Self::Usize(value) => Ok(value),
            _ => Err(Error::kind(argument, "a usize", self.kind())),
        }
    }

    /// An `i32`.
    ///
    /// # Errors
    /// Another kind of value.
    pub fn i32(self, argument: &'static str) -> Result<i32, Error> {
        match self {
            Self::I32(value) => Ok(value),
            _ => Err(Error::kind(argument, "an i32", self.kind())),
        }
    }

    /// A `bool`.
    ///
    /// # Errors
    /// Another kind of value.
    pub fn bool(self, argument: &'static str) -> Result<bool, Error> {
        match self {
            Self::Bool(value) => Ok(value),
            _ => Err(Error::kind(argument, "a bool", self.kind())),
        }
    }

    const fn kind(self) -> &'static str {
        match self {
            Self::F64(_) => "f64 data",
            Self::F32(_) => "f32 data",
            Self::Usize(_) => "a usize",
            Self::I32(_) => "an i32",
            Self::Bool(_) => "a bool",
            Self::Indices(_) => "a list of indices",
        }
    }
}

/// The place for an output.
///
/// # Errors
/// Another number of elements.
#[doc(hidden)]
pub fn place<'a, T: Flat>(data: &'a mut [T::Scalar], argument: &'static str) -> Result<&'a mut T, Error> {
    let got = data.len();
    T::view_mut(data).ok_or(Error::length(argument, T::SIZE, got))
}

/// The place for an output whose length is known at run time only.
///
/// # Errors
/// A number of scalars that leaves some over.
#[doc(hidden)]
pub fn places<'a, T: Flat>(data: &'a mut [T::Scalar], argument: &'static str) -> Result<&'a mut [T], Error> {
    let got = data.len();
    T::slice_mut(data).ok_or(Error::length(argument, got / T::SIZE.max(1) * T::SIZE, got))
}
