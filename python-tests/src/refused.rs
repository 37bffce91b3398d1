//! Modules in places where names mean something else, and modules that cannot be imported.
//!
//! They are further entry points of the same library: the tests load them by their names.
#![allow(non_camel_case_types, reason = "a companion is called as its function")]

use gradgen_runtime::{ArgInfo, Call, Default, Differentiable, Dim, Dtype, FunctionInfo, Role};

use crate::kinds::named;

mod bare {
    //! Without the prelude, with names that the derive's own might meet.
    #![no_implicit_prelude]

    use crate::kinds::keyword as module;
    use crate::kinds::named as pyo3;

    /// A module where `pyo3` and `module` are functions.
    #[derive(::gradgen_py::PythonModule)]
    #[python(functions(pyo3, module, super::super::shapes::many))]
    struct BareModule;
}

/// The same function under two names in Rust, but one in Python.
#[derive(gradgen_py::PythonModule)]
#[python(functions(named, twin))]
struct TwoOfOneName;

type twin = named;

macro_rules! refused {
    ($(#[$doc:meta])* $module:ident: $function:ident($name:literal, $input:expr)) => {
        struct $function {}

        impl Differentiable for $function {
            const INFO: &'static FunctionInfo = &FunctionInfo::new(
                $name,
                "samples::refused",
                &[$input],
                &[ArgInfo::new("y", &[], Dtype::F64, Role::Output)],
                |_| 0,
                Call::F64(|_, _, _| Ok(())),
            );
        }

        $(#[$doc])*
        #[derive(gradgen_py::PythonModule)]
        #[python(functions($function))]
        struct $module;
    };
}

const X: ArgInfo = ArgInfo::new("x", &[], Dtype::F64, Role::Input);

refused! {
    /// A function that is called as one of the module's own.
    NameTaken: taken("call", X)
}

refused! {
    /// A type of input that no call can carry.
    TypeUnknown: array_of_bools("f", ArgInfo::new("b", &[Dim::Fixed(2)], Dtype::Bool, Role::Parameter))
}

refused! {
    /// A single-precision input of a double-precision function.
    TypeMixed: single("f", ArgInfo::new("x", &[], Dtype::F32, Role::Input))
}

refused! {
    /// A default of another type.
    DefaultMixed: default_bool("f", X.with_default(Default::Bool(true)))
}

refused! {
    /// A default outside of the type.
    DefaultLarge: default_large(
        "f",
        ArgInfo::new("k", &[], Dtype::I32, Role::Parameter).with_default(Default::Integer(1 << 40))
    )
}

refused! {
    /// More elements than there are addresses.
    TooLarge: large("f", ArgInfo::new("x", &[Dim::Fixed(1 << 40), Dim::Fixed(1 << 40)], Dtype::F64, Role::Input))
}
