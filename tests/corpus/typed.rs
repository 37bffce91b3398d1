//! Typed Rust functions, called with flat data.
//!
//! What a function takes and returns is read off its Rust type, so that the checks need no list of
//! shapes: [`kinds`] tells the arguments of any function of floats, arrays and integers, [`call`]
//! calls it with one [`Slot`] per argument, and [`Results`] takes the result apart.

use gradgen::{Call, Error, Flat, FunctionInfo, Value};

/// A scalar type that functions compute in.
pub(crate) trait Scalar: Flat<Scalar = Self> + PartialEq + std::fmt::Debug + 'static {
    /// The error against the exact derivative that is still rounding: `TOLERANCE * (1 + |exact|)`.
    const TOLERANCE: f64;

    const NAN: Self;

    /// A value that no kernel computes, to see whether a buffer has been written to.
    const UNTOUCHED: Self;

    fn from_f64(value: f64) -> Self;

    fn to_f64(self) -> f64;

    /// The bits, so that 0 and -0 differ and NaN equals itself.
    fn bits(self) -> u64;

    fn value(data: &[Self]) -> Value<'_>;

    /// Calls through the table.
    fn call_info(
        info: &FunctionInfo,
        inputs: &[Value<'_>],
        outputs: &mut [&mut [Self]],
        work: &mut [Self],
    ) -> Result<(), Error>;
}

macro_rules! scalar {
    ($scalar:ident, $variant:ident, $tolerance:expr) => {
        impl Scalar for $scalar {
            const TOLERANCE: f64 = $tolerance;

            const NAN: Self = $scalar::NAN;

            const UNTOUCHED: Self = 6.02e23;

            fn from_f64(value: f64) -> Self {
                value as $scalar
            }

            fn to_f64(self) -> f64 {
                f64::from(self)
            }

            fn bits(self) -> u64 {
                u64::from(self.to_bits())
            }

            fn value(data: &[Self]) -> Value<'_> {
                Value::$variant(data)
            }

            fn call_info(
                info: &FunctionInfo,
                inputs: &[Value<'_>],
                outputs: &mut [&mut [Self]],
                work: &mut [Self],
            ) -> Result<(), Error> {
                match info.call {
                    Call::$variant(call) => call(inputs, outputs, work),
                    _ => panic!("{} computes in another scalar type", info.name),
                }
            }
        }

        impl<'a> Argument<'a, $scalar> for $scalar {
            fn kind() -> Kind {
                Kind::Real(Vec::new())
            }

            fn take(slot: Slot<'a, $scalar>) -> Self {
                *<&$scalar as Argument<'a, $scalar>>::take(slot)
            }
        }

        impl Shaped for $scalar {
            fn shape() -> Vec<usize> {
                Vec::new()
            }
        }

        impl Results<$scalar> for $scalar {
            fn leaves(self, leaves: &mut Vec<Leaf<$scalar>>) {
                leaves.push(Leaf { shape: Vec::new(), data: vec![self] });
            }
        }
    };
}

scalar!(f64, F64, 1e-12);
scalar!(f32, F32, 1e-5);

/// A scalar, an array or a nested array, with its lengths from the outermost inwards.
pub(crate) trait Shaped {
    fn shape() -> Vec<usize>;
}

impl<U: Shaped, const N: usize> Shaped for [U; N] {
    fn shape() -> Vec<usize> {
        let mut shape = vec![N];
        shape.extend(U::shape());
        shape
    }
}

/// What an argument is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    /// A float or an array of floats, by value or by reference, of this shape.
    Real(Vec<usize>),
    Usize,
    I32,
    Bool,
    /// `&mut` to a float or an array of floats, of this shape.
    Output(Vec<usize>),
    /// `&mut [T]`.
    Work,
}

/// The value of an input.
#[derive(Clone, Debug)]
pub(crate) enum Datum<T> {
    Real(Vec<T>),
    Usize(usize),
    I32(i32),
    Bool(bool),
}

/// What is passed for an argument.
pub(crate) enum Slot<'a, T> {
    Input(&'a Datum<T>),
    Output(&'a mut [T]),
}

/// The type of an argument.
pub(crate) trait Argument<'a, T> {
    fn kind() -> Kind;

    fn take(slot: Slot<'a, T>) -> Self;
}

impl<'a, T: Scalar, U: Flat<Scalar = T> + Shaped> Argument<'a, T> for &'a U {
    fn kind() -> Kind {
        Kind::Real(U::shape())
    }

    fn take(slot: Slot<'a, T>) -> Self {
        match slot {
            Slot::Input(Datum::Real(data)) => U::view(data).expect("as many scalars as the type has"),
            _ => panic!("not data to read"),
        }
    }
}

impl<'a, T: Scalar, U: Flat<Scalar = T> + Shaped, const N: usize> Argument<'a, T> for [U; N] {
    fn kind() -> Kind {
        Kind::Real(Self::shape())
    }

    fn take(slot: Slot<'a, T>) -> Self {
        *<&Self as Argument<'a, T>>::take(slot)
    }
}

impl<'a, T: Scalar, U: Flat<Scalar = T> + Shaped> Argument<'a, T> for &'a mut U {
    fn kind() -> Kind {
        Kind::Output(U::shape())
    }

    fn take(slot: Slot<'a, T>) -> Self {
        match slot {
            Slot::Output(data) => U::view_mut(data).expect("as many scalars as the type has"),
            Slot::Input(_) => panic!("not a place to write to"),
        }
    }
}

impl<'a, T: Scalar> Argument<'a, T> for &'a mut [T] {
    fn kind() -> Kind {
        Kind::Work
    }

    fn take(slot: Slot<'a, T>) -> Self {
        match slot {
            Slot::Output(data) => data,
            Slot::Input(_) => panic!("not a place to write to"),
        }
    }
}

macro_rules! parameter {
    ($type:ty, $variant:ident) => {
        impl<'a, T> Argument<'a, T> for $type {
            fn kind() -> Kind {
                Kind::$variant
            }

            fn take(slot: Slot<'a, T>) -> Self {
                match slot {
                    Slot::Input(Datum::$variant(value)) => *value,
                    _ => panic!("not {}", stringify!($type)),
                }
            }
        }
    };
}

parameter!(usize, Usize);
parameter!(i32, I32);
parameter!(bool, Bool);

/// A function of arguments of the types `A`.
pub(crate) trait Function<'a, T, A> {
    type Result;

    fn kinds() -> Vec<Kind>;

    fn call(&self, slots: Vec<Slot<'a, T>>) -> Self::Result;
}

macro_rules! function {
    ($($argument:ident)*) => {
        impl<'a, T, F, R, $($argument,)*> Function<'a, T, ($($argument,)*)> for F
        where
            F: Fn($($argument),*) -> R,
            $($argument: Argument<'a, T>,)*
        {
            type Result = R;

            fn kinds() -> Vec<Kind> {
                vec![$($argument::kind()),*]
            }

            fn call(&self, slots: Vec<Slot<'a, T>>) -> R {
                let mut slots = slots.into_iter();
                let result = self($($argument::take(slots.next().expect("a slot per argument"))),*);
                assert!(slots.next().is_none(), "more slots than arguments");
                result
            }
        }
    };
}

function!();
function!(A);
function!(A B);
function!(A B C);
function!(A B C D);
function!(A B C D E);
function!(A B C D E G);
function!(A B C D E G H);
function!(A B C D E G H I);
function!(A B C D E G H I J);
function!(A B C D E G H I J K);
function!(A B C D E G H I J K L);
function!(A B C D E G H I J K L M);
function!(A B C D E G H I J K L M N);
function!(A B C D E G H I J K L M N O);
function!(A B C D E G H I J K L M N O P);
function!(A B C D E G H I J K L M N O P Q);
function!(A B C D E G H I J K L M N O P Q S);
function!(A B C D E G H I J K L M N O P Q S U);

/// The arguments of a function.
pub(crate) fn kinds<'a, T, A, F: Function<'a, T, A>>(_: &F) -> Vec<Kind> {
    F::kinds()
}

/// Calls a function.
pub(crate) fn call<'a, T, A, F: Function<'a, T, A>>(function: &F, slots: Vec<Slot<'a, T>>) -> F::Result {
    function.call(slots)
}

/// An output: row-major.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Leaf<T> {
    pub(crate) shape: Vec<usize>,
    pub(crate) data: Vec<T>,
}

/// The result of a value form: its outputs in order, whatever tuples hold them.
pub(crate) trait Results<T> {
    fn leaves(self, leaves: &mut Vec<Leaf<T>>);
}

impl<T: Scalar, U: Flat<Scalar = T> + Shaped, const N: usize> Results<T> for [U; N] {
    fn leaves(self, leaves: &mut Vec<Leaf<T>>) {
        let mut data = vec![T::NAN; Self::SIZE];
        *Self::view_mut(&mut data).expect("as many scalars as the type has") = self;
        leaves.push(Leaf { shape: Self::shape(), data });
    }
}

impl<T, R: Results<T>> Results<T> for Result<R, Error> {
    fn leaves(self, leaves: &mut Vec<Leaf<T>>) {
        self.expect("valid arguments").leaves(leaves);
    }
}

macro_rules! tuple {
    ($($field:ident)*) => {
        impl<T, $($field: Results<T>),*> Results<T> for ($($field,)*) {
            fn leaves(self, leaves: &mut Vec<Leaf<T>>) {
                #[allow(non_snake_case, reason = "type parameters name the fields")]
                let ($($field,)*) = self;
                $($field.leaves(leaves);)*
            }
        }
    };
}

tuple!(A B);
tuple!(A B C);
tuple!(A B C D);
tuple!(A B C D E);
tuple!(A B C D E F);
tuple!(A B C D E F G);
tuple!(A B C D E F G H);

/// The outputs of a result.
pub(crate) fn outputs<T, R: Results<T>>(result: R) -> Vec<Leaf<T>> {
    let mut leaves = Vec::new();
    result.leaves(&mut leaves);
    leaves
}
