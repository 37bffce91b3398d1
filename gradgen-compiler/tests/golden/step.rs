#[gradgen(vjp(*))]
fn step(state: &mut [f64; 2], force: f64) {
    state[1] += 0.01 * force;
    state[0] += 0.01 * state[1];
}

// Beside it:

/// [`step`](fn@step) into the caller's places.
///
/// Writes:
/// * `state_out`: `[f64; 2]`, row-major.
///
/// `work` has at least [`step_workspace`] scalars.
///
/// # Errors
/// The workspace is too short, or a length is not what it must be. Nothing is written then.
#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
#[inline]
fn step_into(
    state: &[f64; 2],
    force: f64,
    state_out: &mut [f64; 2],
    work: &mut [f64],
) -> ::core::result::Result<(), ::gradgen::Error> {
    let _ = &work;
    *state_out = ::gradgen::chain::value(step::__primal(state, force));
    ::core::result::Result::Ok(())
}

/// Scalars of workspace that [`step_into`] needs: none.
#[must_use]
#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
const fn step_workspace() -> usize {
    0
}

/// A cotangent times the Jacobian by `state` and `force` (VJP) of [`step`](fn@step).
///
/// Beside the function's own arguments:
/// * `cotangent_state_out`: cotangent of the output `state_out`, `[f64; 2]`, row-major.
///
/// Returns, in order:
/// * `vjp_state`: `[f64; 2]`, row-major.
/// * `vjp_force`: `f64`.
///
/// 3 scalar operations; no allocation.
#[must_use]
#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
#[inline]
fn step_vjp(
    state: &[f64; 2],
    force: f64,
    cotangent_state_out: &[f64; 2],
) -> ([f64; 2], f64) {
    let _ = (state, force);
    let __d_state_1 = cotangent_state_out[1] + 0.01 * cotangent_state_out[0];
    ([cotangent_state_out[0], __d_state_1], 0.01 * __d_state_1)
}

/// A cotangent times the Jacobian by `state` and `force` (VJP) of [`step`](fn@step).
///
/// Writes:
/// * `vjp_state`: `[f64; 2]`, row-major.
/// * `vjp_force`: `f64`.
///
/// `work` has at least [`step_vjp_workspace`] scalars.
///
/// # Errors
/// The workspace is too short, or a length is not what it must be. Nothing is written then.
#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
#[inline]
fn step_vjp_into(
    state: &[f64; 2],
    force: f64,
    cotangent_state_out: &[f64; 2],
    vjp_state: &mut [f64; 2],
    vjp_force: &mut f64,
    work: &mut [f64],
) -> ::core::result::Result<(), ::gradgen::Error> {
    let _ = &work;
    (*vjp_state, *vjp_force) = step_vjp(state, force, cotangent_state_out);
    ::core::result::Result::Ok(())
}

/// Scalars of workspace that [`step_vjp_into`] needs: none.
#[must_use]
#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
const fn step_vjp_workspace() -> usize {
    0
}

#[doc(hidden)]
#[allow(non_camel_case_types)]
#[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
struct step {}

#[doc(hidden)]
#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
#[allow(dead_code)]
impl step {
    #[doc(hidden)]
    #[allow(dead_code, deprecated)]
    #[inline]
    fn __is<F>(function: F, _: &[f64; 2], _: f64) {
        ::core::debug_assert!(
            ::core::any::type_name_of_val(& function) == ::core::any::type_name_of_val(&
            step),
            "`step` is one function as a value and another one as a type: import the one that is meant by its name"
        );
    }
    #[doc(hidden)]
    const __TAPE: usize = 1;
    #[doc(hidden)]
    #[inline]
    fn __primal(
        state: &[f64; 2],
        force: f64,
    ) -> ::core::result::Result<[f64; 2], ::gradgen::chain::CannotFail> {
        let __state_1 = state[1] + 0.01 * force;
        let __state_0 = state[0] + 0.01 * __state_1;
        let __state = [__state_0, __state_1];
        ::core::result::Result::Ok(__state)
    }
    #[doc(hidden)]
    #[inline]
    fn __jvp(
        state: &[f64; 2],
        force: f64,
        __v_state: &[f64; 2],
        __v_force: &f64,
    ) -> ::core::result::Result<[f64; 2], ::gradgen::chain::CannotFail> {
        let _ = (state, force);
        let __t_1 = __v_state[1] + 0.01 * *__v_force;
        ::core::result::Result::Ok([__v_state[0] + 0.01 * __t_1, __t_1])
    }
    #[doc(hidden)]
    #[inline]
    fn __forward(
        state: &[f64; 2],
        force: f64,
    ) -> ::core::result::Result<([f64; 2], [f64; 1]), ::gradgen::chain::CannotFail> {
        let __state_1 = state[1] + 0.01 * force;
        let __state_0 = state[0] + 0.01 * __state_1;
        let __state = [__state_0, __state_1];
        let __tape: [f64; 1] = [0.0];
        ::core::result::Result::Ok((__state, __tape))
    }
    #[doc(hidden)]
    #[inline]
    fn __forward_jvp(
        state: &[f64; 2],
        force: f64,
        __v_state: &[f64; 2],
        __v_force: &f64,
    ) -> ::core::result::Result<([f64; 2], [f64; 1]), ::gradgen::chain::CannotFail> {
        let _ = (state, force);
        let __t_1 = __v_state[1] + 0.01 * *__v_force;
        let __tape: [f64; 1] = [0.0];
        ::core::result::Result::Ok(([__v_state[0] + 0.01 * __t_1, __t_1], __tape))
    }
    #[doc(hidden)]
    #[inline]
    fn __reverse(
        state: &[f64; 2],
        force: f64,
        __tape: &[f64; 1],
        __c_state: &[f64; 2],
    ) -> ::core::result::Result<([f64; 2], f64), ::gradgen::chain::CannotFail> {
        let _ = (state, force, __tape);
        let __d_state_1 = __c_state[1] + 0.01 * __c_state[0];
        ::core::result::Result::Ok(([__c_state[0], __d_state_1], 0.01 * __d_state_1))
    }
    #[doc(hidden)]
    #[inline]
    fn __reverse_jvp(
        state: &[f64; 2],
        force: f64,
        __tape: &[f64; 1],
        __c_state: &[f64; 2],
        __v_state: &[f64; 2],
        __v_force: &f64,
        __v_tape: &[f64; 1],
        __v_c_state: &[f64; 2],
    ) -> ::core::result::Result<([f64; 2], f64), ::gradgen::chain::CannotFail> {
        let _ = (state, force, __tape, __c_state, __v_state, __v_force, __v_tape);
        let __t_1 = __v_c_state[1] + 0.01 * __v_c_state[0];
        ::core::result::Result::Ok(([__v_c_state[0], __t_1], 0.01 * __t_1))
    }
}

#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
impl ::gradgen::Differentiable for step {
    const INFO: &'static ::gradgen::FunctionInfo = &::gradgen::FunctionInfo::new(
            "step",
            ::core::concat!(::core::module_path!(), "::", "step"),
            &[
                ::gradgen::ArgInfo::new(
                    "state",
                    &[::gradgen::Dim::Fixed(2)],
                    ::gradgen::Dtype::F64,
                    ::gradgen::Role::Input,
                ),
                ::gradgen::ArgInfo::new(
                    "force",
                    &[],
                    ::gradgen::Dtype::F64,
                    ::gradgen::Role::Input,
                ),
            ],
            &[
                ::gradgen::ArgInfo::new(
                    "state_out",
                    &[::gradgen::Dim::Fixed(2)],
                    ::gradgen::Dtype::F64,
                    ::gradgen::Role::Output,
                ),
            ],
            |_| step_workspace(),
            ::gradgen::Call::F64(|__inputs, __outputs, __work| {
                let &[__input_0, __input_1] = __inputs else {
                    return ::core::result::Result::Err(
                        ::gradgen::Error::count("inputs", 2usize, __inputs.len()),
                    );
                };
                let __input_0 = __input_0.real::<[f64; 2]>("state")?;
                let __input_1 = *__input_1.real::<f64>("force")?;
                let __given = __outputs.len();
                let [__output_0] = __outputs else {
                    return ::core::result::Result::Err(
                        ::gradgen::Error::count("outputs", 1usize, __given),
                    );
                };
                let __output_0 = ::gradgen::place::<[f64; 2]>(__output_0, "state_out")?;
                step_into(__input_0, __input_1, __output_0, __work)
            }),
        )
        .with_siblings(
            &[
                ::gradgen::FunctionInfo::new(
                        "step_vjp",
                        ::core::concat!(::core::module_path!(), "::", "step_vjp"),
                        &[
                            ::gradgen::ArgInfo::new(
                                "state",
                                &[::gradgen::Dim::Fixed(2)],
                                ::gradgen::Dtype::F64,
                                ::gradgen::Role::Input,
                            ),
                            ::gradgen::ArgInfo::new(
                                "force",
                                &[],
                                ::gradgen::Dtype::F64,
                                ::gradgen::Role::Input,
                            ),
                            ::gradgen::ArgInfo::new(
                                "cotangent_state_out",
                                &[::gradgen::Dim::Fixed(2)],
                                ::gradgen::Dtype::F64,
                                ::gradgen::Role::Cotangent,
                            ),
                        ],
                        &[
                            ::gradgen::ArgInfo::new(
                                "vjp_state",
                                &[::gradgen::Dim::Fixed(2)],
                                ::gradgen::Dtype::F64,
                                ::gradgen::Role::Output,
                            ),
                            ::gradgen::ArgInfo::new(
                                "vjp_force",
                                &[],
                                ::gradgen::Dtype::F64,
                                ::gradgen::Role::Output,
                            ),
                        ],
                        |_| step_vjp_workspace(),
                        ::gradgen::Call::F64(|__inputs, __outputs, __work| {
                            let &[__input_0, __input_1, __input_2] = __inputs else {
                                return ::core::result::Result::Err(
                                    ::gradgen::Error::count("inputs", 3usize, __inputs.len()),
                                );
                            };
                            let __input_0 = __input_0.real::<[f64; 2]>("state")?;
                            let __input_1 = *__input_1.real::<f64>("force")?;
                            let __input_2 = __input_2
                                .real::<[f64; 2]>("cotangent_state_out")?;
                            let __given = __outputs.len();
                            let [__output_0, __output_1] = __outputs else {
                                return ::core::result::Result::Err(
                                    ::gradgen::Error::count("outputs", 2usize, __given),
                                );
                            };
                            let __output_0 = ::gradgen::place::<
                                [f64; 2],
                            >(__output_0, "vjp_state")?;
                            let __output_1 = ::gradgen::place::<
                                f64,
                            >(__output_1, "vjp_force")?;
                            step_vjp_into(
                                __input_0,
                                __input_1,
                                __input_2,
                                __output_0,
                                __output_1,
                                __work,
                            )
                        }),
                    )
                    .with_doc(
                        "A cotangent times the Jacobian by `state` and `force` (VJP) of [`step`](fn@step).",
                    )
                    .with_facts(3usize, 9959758003800562051),
            ],
        )
        .with_doc("")
        .with_facts(4usize, 17501221421956680499);
}

#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
impl<__L> ::gradgen::chain::Callable<__L> for step {}

#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
impl<__L> ::gradgen::chain::Forward<__L> for step {}

#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
impl<__L> ::gradgen::chain::Reversible<__L> for step {}

#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
impl<__L> ::gradgen::chain::Twice<__L> for step {}

#[allow(deprecated)]
const _: () = {
    let _ = step;
    let _ = <step as ::gradgen::Differentiable>::INFO;
    let _ = step::__primal;
    let _ = step::__jvp;
    let _ = step::__forward;
    let _ = step::__forward_jvp;
    let _ = step::__reverse;
    let _ = step::__reverse_jvp;
};
