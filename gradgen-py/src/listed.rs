//! The functions of a module as a type, so that code can be compiled for each of them.

use std::marker::PhantomData;

use gradgen_runtime::FunctionInfo;

use crate::address::{self, Address};
use crate::lanes::{self, Loop};

/// The functions of a module, without their siblings, in lists; what
/// [`PythonModule`](macro@crate::PythonModule) implements for its struct.
pub trait Functions {
    /// The lists, one after the other.
    const LISTS: &'static [&'static [&'static FunctionInfo]];
}

/// The function with this number, where each is followed by its siblings.
pub(crate) const fn at(
    lists: &[&'static [&'static FunctionInfo]],
    high: usize,
    low: usize,
) -> Option<&'static FunctionInfo> {
    let mut left = high * WIDTH + low;
    let mut list = 0;
    while list < lists.len() {
        let mut index = 0;
        while index < lists[list].len() {
            let function = lists[list][index];
            if left == 0 {
                return Some(function);
            }
            if left <= function.siblings.len() {
                return Some(&function.siblings[left - 1]);
            }
            left -= 1 + function.siblings.len();
            index += 1;
        }
        list += 1;
    }
    None
}

/// The numbers are two digits, of which each is below this: constants cannot be calculated from parameters.
const WIDTH: usize = 16;

/// What is compiled for one function.
#[derive(Clone, Copy, Default)]
pub(crate) struct Own {
    /// The loop over rows, if it is a function of a few numbers.
    pub(crate) rows: Option<Loop>,
    /// The function for C, if all sizes are known.
    pub(crate) address: Option<Address>,
}

/// What is compiled for the functions of a list.
pub(crate) struct Compiled<L>(PhantomData<L>);

macro_rules! digits {
    ($act:ident) => {
        [
            $act!(0),
            $act!(1),
            $act!(2),
            $act!(3),
            $act!(4),
            $act!(5),
            $act!(6),
            $act!(7),
            $act!(8),
            $act!(9),
            $act!(10),
            $act!(11),
            $act!(12),
            $act!(13),
            $act!(14),
            $act!(15),
        ]
    };
}

impl<L: Functions> Compiled<L> {
    const ALL: [[Own; WIDTH]; WIDTH] = {
        macro_rules! row {
            ($high:literal) => {
                Self::row::<$high>()
            };
        }
        digits!(row)
    };

    const fn row<const HIGH: usize>() -> [Own; WIDTH] {
        macro_rules! one {
            ($low:literal) => {
                Own { rows: lanes::own::<L, HIGH, $low>(), address: address::own::<L, HIGH, $low>() }
            };
        }
        digits!(one)
    }

    /// What is compiled for the function with this number. Functions at the end of a very long list have
    /// nothing, and use what all have in common.
    pub(crate) fn own(number: usize) -> Own {
        Self::ALL.get(number / WIDTH).map_or_else(Own::default, |row| row[number % WIDTH])
    }
}

#[cfg(test)]
mod tests {
    use gradgen_runtime::{ArgInfo, Call, Dim, Dtype, Error, FunctionInfo, Role, Value};

    use super::{Compiled, Functions, at};
    use crate::lanes::{Lane, Rows, run};
    use crate::sizes::Sizes;

    /// `y = [x0 + s, x1 + s]`, refused for negative `s`.
    fn shift(inputs: &[Value<'_>], outputs: &mut [&mut [f64]], _: &mut [f64]) -> Result<(), Error> {
        let [x, s] = inputs else { return Err(Error::count("inputs", 2, inputs.len())) };
        let [y] = outputs else { return Err(Error::count("outputs", 1, outputs.len())) };
        let (x, s) = (x.real::<[f64; 2]>("x")?, s.real::<f64>("s")?);
        if *s < 0.0 {
            return Err(Error::kind("s", "a length", "less"));
        }
        y.copy_from_slice(&[x[0] + s, x[1] + s]);
        Ok(())
    }

    const TWO: &[Dim] = &[Dim::Fixed(2)];
    const fn table(name: &'static str, call: Call) -> FunctionInfo {
        const INPUTS: &[ArgInfo] = &[
            ArgInfo::new("x", TWO, Dtype::F64, Role::Input),
            ArgInfo::new("s", &[], Dtype::F64, Role::Input),
        ];
        const OUTPUTS: &[ArgInfo] = &[ArgInfo::new("y", TWO, Dtype::F64, Role::Output)];
        FunctionInfo::new(name, name, INPUTS, OUTPUTS, |_| 0, call)
    }
    const A: FunctionInfo = table("a", Call::F64(|_, _, _| Ok(())));
    const B: FunctionInfo = table("b", Call::F64(shift));
    const C: FunctionInfo = A.with_siblings(&[A, B]);

    struct Module;
    impl Functions for Module {
        const LISTS: &'static [&'static [&'static FunctionInfo]] = &[&[&C, &A], &[], &[&B]];
    }

    #[test]
    fn functions_are_numbered_with_their_siblings() {
        let names = (0..6).map(|number| at(Module::LISTS, 0, number).map(|info| info.name));
        assert_eq!(
            names.collect::<Vec<_>>(),
            ["a", "a", "b", "a", "b"].map(Some).into_iter().chain([None]).collect::<Vec<_>>()
        );
        assert!(at(Module::LISTS, 1, 0).is_none());
        assert!(Compiled::<Module>::own(4).rows.is_some());
        assert!([5, 255, 256, usize::MAX].map(Compiled::<Module>::own).iter().all(|own| own.rows.is_none()));
    }

    #[test]
    fn the_own_loop_and_the_common_one_compute_the_same() {
        let sizes = Sizes::of(&B).expect("a function of a few numbers");
        let own = Compiled::<Module>::own(4).rows.expect("one of the list");
        for refuse in [None, Some(2)] {
            let mut x: Vec<f64> = (0..10).map(f64::from).collect();
            let mut s = vec![10.0, 20.0, 30.0, 40.0, 50.0];
            if let Some(row) = refuse {
                s[row] = -1.0;
            }
            let mut results = vec![];
            for common in [false, true] {
                let mut y = vec![0.0; 15];
                // From the last row to the first, and to every third number.
                let lanes = [
                    Lane { start: x[8..].as_mut_ptr().cast(), step: -16 },
                    Lane { start: s.as_mut_ptr().cast(), step: 8 },
                    Lane { start: y.as_mut_ptr().cast(), step: 24 },
                ];
                let rows = Rows { lanes: &lanes, count: 5, work: 0 };
                // SAFETY: five rows of two, one and two elements lie at these places.
                let outcome = unsafe { if common { run::<f64>(shift, &sizes, &rows) } else { own(&rows) } };
                assert_eq!(outcome.err().map(|refused| refused.row), refuse);
                results.push(y);
            }
            let until = refuse.unwrap_or(5);
            for (row, y) in results[0].chunks(3).enumerate() {
                let first = 8.0 - 2.0 * row as f64;
                let expected = [first + s[row], first + 1.0 + s[row], 0.0];
                assert_eq!(y, if row < until { expected } else { [0.0; 3] });
            }
            assert_eq!(results[0], results[1]);
        }
    }
}
