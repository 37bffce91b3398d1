//! Functions of a few numbers: how many scalars every argument has, known when Rust compiles.

use std::mem::MaybeUninit;

use gradgen_runtime::{ArgInfo, Dim, Dtype, FunctionInfo};

use crate::signature::FEW;

/// As many scalars have a place on the stack.
pub(crate) const MUCH: usize = 128;

/// From this many operations on, other threads of Python run while Rust computes.
pub(crate) const LONG: usize = 10_000;

/// The sizes of a function that takes nothing but floats, few of them, and of known number.
#[derive(Clone, Copy)]
pub(crate) struct Sizes {
    pub(crate) inputs: Few,
    pub(crate) outputs: Few,
}

/// The sizes of a few arguments.
#[derive(Clone, Copy)]
pub(crate) struct Few {
    sizes: [usize; FEW],
    count: usize,
    /// The sum of all.
    pub(crate) total: usize,
}

impl Sizes {
    /// The sizes; `None` for any other function. Workspace comes on top.
    pub(crate) const fn of(info: &FunctionInfo) -> Option<Self> {
        let (Some(inputs), Some(outputs)) =
            (Few::of(info.inputs, info.dtype()), Few::of(info.outputs, info.dtype()))
        else {
            return None;
        };
        if inputs.total + outputs.total > MUCH || info.operations >= LONG {
            return None;
        }
        Some(Self { inputs, outputs })
    }
}

impl Few {
    /// Each of them.
    #[inline(always)]
    pub(crate) fn each(&self) -> &[usize] {
        &self.sizes[..self.count]
    }

    const fn of(arguments: &[ArgInfo], dtype: Dtype) -> Option<Self> {
        if arguments.len() > FEW {
            return None;
        }
        let mut few = Self { sizes: [0; FEW], count: arguments.len(), total: 0 };
        let mut index = 0;
        while index < arguments.len() {
            let argument = &arguments[index];
            let Some(size) = size(argument) else { return None };
            // Variants without fields, which `==` cannot compare in a constant.
            if argument.dtype as u8 != dtype as u8 {
                return None;
            }
            few.sizes[index] = size;
            few.total += size;
            index += 1;
        }
        Some(few)
    }
}

/// How many scalars an argument has, if these are known and few.
const fn size(argument: &ArgInfo) -> Option<usize> {
    let (mut size, mut axis) = (1, 0);
    while axis < argument.shape.len() {
        let Dim::Fixed(length) = argument.shape[axis] else { return None };
        if length > MUCH {
            return None;
        }
        size *= length;
        if size > MUCH {
            return None;
        }
        axis += 1;
    }
    Some(size)
}

/// Memory on the stack for [`MUCH`] scalars.
pub(crate) struct Stack<T>([MaybeUninit<T>; MUCH]);

impl<T: Copy + Default> Stack<T> {
    #[inline(always)]
    pub(crate) const fn new() -> Self {
        Self([const { MaybeUninit::uninit() }; MUCH])
    }

    /// The first of them, which are zeros.
    #[inline(always)]
    pub(crate) fn zeros(&mut self, count: usize) -> &mut [T] {
        let memory = &mut self.0[..count];
        memory.fill(MaybeUninit::new(T::default()));
        // SAFETY: all of them were initialised, and the layout is the same.
        unsafe { &mut *(std::ptr::from_mut(memory) as *mut [T]) }
    }
}

#[cfg(test)]
mod tests {
    use gradgen_runtime::{ArgInfo, Call, Dim, Dtype, Error, FunctionInfo, Role, Value};

    use super::Sizes;

    fn nothing(_: &[Value<'_>], _: &mut [&mut [f64]], _: &mut [f64]) -> Result<(), Error> {
        Ok(())
    }

    /// The sizes of a function with one input.
    fn sizes(shape: &'static [Dim], dtype: Dtype) -> Option<Vec<usize>> {
        let inputs = Box::leak(Box::new([ArgInfo::new("x", shape, dtype, Role::Input)]));
        let outputs = &[const { ArgInfo::new("y", &[Dim::Fixed(3)], Dtype::F64, Role::Output) }];
        let info = FunctionInfo::new("f", "f", inputs, outputs, |_| 0, Call::F64(nothing));
        let sizes = Sizes::of(&info)?;
        assert_eq!(sizes.outputs.each(), [3]);
        Some(sizes.inputs.each().to_vec())
    }

    #[test]
    fn sizes_are_those_of_few_floats_of_known_number() {
        assert_eq!(sizes(&[], Dtype::F64), Some(vec![1]));
        assert_eq!(sizes(&[Dim::Fixed(5), Dim::Fixed(4)], Dtype::F64), Some(vec![20]));
        assert_eq!(sizes(&[Dim::Fixed(5), Dim::Fixed(0)], Dtype::F64), Some(vec![0]));
        assert_eq!(sizes(&[Dim::Fixed(126)], Dtype::F64), None);
        assert_eq!(sizes(&[Dim::Fixed(0), Dim::Fixed(usize::MAX)], Dtype::F64), None);
        assert_eq!(sizes(&[Dim::Length(0)], Dtype::F64), None);
        assert_eq!(sizes(&[], Dtype::F32), None);
        assert_eq!(sizes(&[], Dtype::Usize), None);
    }
}
