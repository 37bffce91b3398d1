//! How a chain rule crosses from one function into another.
//!
//! Generated code knows neither the result type of a function that it calls nor which of that
//! function's inputs are floats. What it needs of such values comes from the traits here.

use crate::Error;

/// A value that an input or output of a differentiable function can have, with the type of its
/// tangents: floats have floats, arrays have arrays, integers and booleans have `()`. Where a type parameter
/// has this among its bounds, `T::zero()` and `T::sum(…)` are of other traits.
pub trait Tangent: Copy {
    /// The type of tangents and cotangents.
    type Tangent: Copy;

    /// The zero tangent of the shape of this value.
    fn zero_tangent(self) -> Self::Tangent;

    /// The sum of two tangents.
    fn sum_of_tangents(a: Self::Tangent, b: Self::Tangent) -> Self::Tangent;
}

/// The zero tangent of the shape of `value`.
#[inline]
pub fn zero<T: Tangent>(value: &T) -> T::Tangent {
    value.zero_tangent()
}

/// The element-wise sum of two values of one type.
#[inline]
pub fn sum<T: Tangent<Tangent = T>>(a: &T, b: &T) -> T {
    T::sum_of_tangents(*a, *b)
}

macro_rules! float {
    ($scalar:ty) => {
        impl Tangent for $scalar {
            type Tangent = $scalar;

            #[inline]
            fn zero_tangent(self) -> $scalar {
                0.0
            }

            #[inline]
            fn sum_of_tangents(a: $scalar, b: $scalar) -> $scalar {
                a + b
            }
        }
    };
}

macro_rules! discrete {
    ($kind:ty) => {
        impl Tangent for $kind {
            type Tangent = ();

            #[inline]
            fn zero_tangent(self) {}

            #[inline]
            fn sum_of_tangents((): (), (): ()) {}
        }
    };
}

float!(f64);
float!(f32);
discrete!(usize);
discrete!(isize);
discrete!(u8);
discrete!(u16);
discrete!(u32);
discrete!(u64);
discrete!(i8);
discrete!(i16);
discrete!(i32);
discrete!(i64);
discrete!(bool);

impl<T: Tangent, const N: usize> Tangent for [T; N] {
    type Tangent = [T::Tangent; N];

    #[inline]
    fn zero_tangent(self) -> Self::Tangent {
        self.map(Tangent::zero_tangent)
    }

    #[inline]
    fn sum_of_tangents(mut a: Self::Tangent, b: Self::Tangent) -> Self::Tangent {
        for (a, b) in a.iter_mut().zip(b) {
            *a = T::sum_of_tangents(*a, b);
        }
        a
    }
}

/// The error of a function that cannot fail.
#[derive(Clone, Copy, Debug)]
pub enum CannotFail {}

impl From<CannotFail> for Error {
    #[inline]
    fn from(never: CannotFail) -> Self {
        match never {}
    }
}

/// What no argument is: a function that takes slices may have no chain rule for callers.
#[diagnostic::on_unimplemented(
    message = "this function of slices cannot be called from one with `#[gradgen]`",
    label = "of this function there is no other form",
    note = "write its loop where it is called, or put both functions into a `#[gradgen::module]`"
)]
pub trait TakesNoSlices {
    /// Never called.
    fn never(&self) -> CannotFail;
}

/// A function that others with derivatives can call. One is not that needs memory of a size that only run time
/// knows.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be called from a function with `#[gradgen]`: it needs memory of a length that its \
               callers cannot know",
    label = "how much memory this function needs follows from its arguments",
    note = "make the length a literal or a const generic, write the function where it is called, or put both into \
            a `#[gradgen::module]`"
)]
pub trait Callable<L> {}

/// A function that callers can use in reverse mode. One is not that keeps as much for it as only run time
/// knows: a caller has no room for that. Nor is one whose derivatives are given, where those of reverse mode
/// do not follow. The parameter makes bounds on types without parameters count only where they are used.
#[diagnostic::on_unimplemented(
    message = "reverse mode cannot go through a call of `{Self}`: how often its loops run is known at run time \
               only, or its derivatives are its own and `vjp` is not among them",
    label = "this function has no reverse mode that its caller could use",
    note = "if it has loops: make their length a literal or a const generic, state `#[gradgen::bound(50)]` above \
            a loop that has no end, or write the loop where the function is called; forward mode (`jvp`) works",
    note = "if it has `custom(...)`: add `vjp = ...`, or `gradient = ...`, to that"
)]
pub trait Reversible<L> {}

/// A function that callers can use in forward mode. One is not whose derivatives are given, where those of
/// forward mode do not follow.
#[diagnostic::on_unimplemented(
    message = "forward mode cannot go through a call of `{Self}`",
    label = "this function has no tangents that its caller could use",
    note = "its `custom(...)` has only `vjp`: add `jvp = ...`, or `jacobian = ...`"
)]
pub trait Forward<L> {}

/// A function that callers can differentiate twice. One is not whose derivatives are given without second
/// ones.
#[diagnostic::on_unimplemented(
    message = "second derivatives cannot go through a call of `{Self}`",
    label = "this function has first derivatives only",
    note = "its `custom(...)` has no second ones: add `hvp = ...`, or the word `differentiable` if what is given there has \
            `#[gradgen]` itself"
)]
pub trait Twice<L> {}

/// Whether two companions are those of one function, when Rust compiles.
pub const fn same<T: SameAs<U>, U>() {}

/// The type itself.
#[diagnostic::on_unimplemented(
    message = "this path looks like that of a function of `gradgen::math`, and is another one",
    label = "not the function of `gradgen::math`",
    note = "import yours under another name than `gradgen::math`"
)]
pub trait SameAs<T> {}

impl<T> SameAs<T> for T {}

/// The companion of [`stop_gradient`](crate::stop_gradient), and no other type.
#[diagnostic::on_unimplemented(
    message = "`stop_gradient` is a function of gradgen's, and this is another one",
    label = "not `gradgen::stop_gradient`",
    note = "a function of yours is understood under any other name"
)]
pub trait Stops {}

/// Whether a companion is that of [`stop_gradient`](crate::stop_gradient), when Rust compiles.
pub const fn stops<T: Stops>() {}

/// The result of a call that cannot be refused.
#[diagnostic::on_unimplemented(
    message = "this function can refuse a call (an index or a divisor that follows from its arguments), its caller cannot",
    label = "called from a function that always has a value",
    note = "add `fallible` to the caller's attribute: `#[gradgen(…, fallible)]`; its siblings then return a `Result`"
)]
pub trait Certain {
    /// The value.
    type Value;

    /// The value.
    fn certain(self) -> Self::Value;
}

impl<T> Certain for Result<T, CannotFail> {
    type Value = T;

    #[inline]
    fn certain(self) -> T {
        match self {
            Ok(value) => value,
            Err(never) => match never {},
        }
    }
}

/// The value of a call that cannot be refused.
#[inline]
pub fn value<R: Certain>(result: R) -> R::Value {
    result.certain()
}

/// A part of a tape.
#[inline]
pub fn part<T: Copy + Default, const N: usize, const K: usize>(tape: &[T; N], at: usize) -> [T; K] {
    let mut part = [T::default(); K];
    for (to, from) in part.iter_mut().zip(tape.iter().skip(at)) {
        *to = *from;
    }
    part
}

/// A part of a tape is written.
#[inline]
pub fn put<T: Copy, const N: usize, const K: usize>(tape: &mut [T; N], at: usize, part: &[T; K]) {
    for (to, from) in tape.iter_mut().skip(at).zip(part) {
        *to = *from;
    }
}
