//! One line per kernel.

/// A test of one kernel: where it is, its inputs, its outputs, its points. In front stands what
/// siblings it has: `scalar` and `vector` for those of a function of one differentiable input with
/// a scalar or another result, or a list of what follows `name_` in their names. A function that
/// writes to `&mut` parameters is wrapped: `via |x: &[f64; 3]| ...` returns the outputs.
macro_rules! kernel {
    (scalar $($rest:tt)*) => {
        kernel! { [grad hessian hvp jvp vjp f_grad_hessian_hvp] $($rest)* }
    };
    (vector $($rest:tt)*) => {
        kernel! { [jf jvp vjp f_jf_jvp_vjp] $($rest)* }
    };
    ([$($suffix:ident)*] f32 $($rest:tt)*) => {
        kernel! { @f32 [$($suffix)*] $($rest)* }
    };
    ([$($suffix:ident)*] $($rest:tt)*) => {
        kernel! { @f64 [$($suffix)*] $($rest)* }
    };
    (
        @$scalar:ident $list:tt $theme:ident::$name:ident($($input:ident),*) -> ($($output:ident),*),
        $points:expr
    ) => {
        kernel! {
            @$scalar $list $theme::$name($($input),*) -> ($($output),*), $points,
            via $crate::corpus::kernels::$theme::$name
        }
    };
    (
        @$scalar:ident [$($suffix:ident)*]
        $theme:ident::$name:ident($($input:ident),*) -> ($($output:ident),*),
        $points:expr, via $primal:expr
    ) => {
        #[test]
        fn $name() {
            struct Oracle;
            impl $crate::corpus::reference::Oracle for Oracle {
                fn evaluate<D: $crate::corpus::oracles::number::Number>(
                    &self,
                    x: &[D],
                    parameters: &[i32],
                ) -> Vec<D> {
                    $crate::corpus::oracles::$theme::$name(x, parameters)
                }
            }
            pastey::paste! {
                $crate::corpus::check::Kernel::<$scalar, Oracle> {
                    name: stringify!($name),
                    inputs: vec![$(stringify!($input)),*],
                    outputs: vec![$(stringify!($output)),*],
                    info: <$crate::corpus::kernels::$theme::$name as gradgen::Differentiable>::INFO,
                    primal: forms!(
                        $scalar, "", $primal,
                        $crate::corpus::kernels::$theme::[<$name _into>],
                        $crate::corpus::kernels::$theme::[<$name _workspace>]
                    ),
                    siblings: vec![$(forms!(
                        $scalar, stringify!($suffix),
                        $crate::corpus::kernels::$theme::[<$name _ $suffix>],
                        $crate::corpus::kernels::$theme::[<$name _ $suffix _into>],
                        $crate::corpus::kernels::$theme::[<$name _ $suffix _workspace>]
                    )),*],
                    oracle: Oracle,
                    points: $points,
                }
                .check();
            }
        }
    };
}

/// The three parts of a function with their types forgotten.
macro_rules! forms {
    ($scalar:ident, $suffix:expr, $value:expr, $into:expr, $workspace:expr) => {
        $crate::corpus::forms::Forms::<$scalar> {
            suffix: $suffix,
            value: Box::new(|slots| {
                $crate::corpus::typed::outputs::<$scalar, _>($crate::corpus::typed::call(&$value, slots))
            }),
            value_kinds: $crate::corpus::typed::kinds::<$scalar, _, _>(&$value),
            into: Box::new(|slots| $crate::corpus::typed::call(&$into, slots)),
            into_kinds: $crate::corpus::typed::kinds::<$scalar, _, _>(&$into),
            workspace: Box::new(|slots| $crate::corpus::typed::call(&$workspace, slots)),
        }
    };
}
