/// Kinetic and potential energy.
#[gradgen(gradient)]
pub fn energy(x: &[f64; 2], mass: f64) -> f64 {
    0.5 * mass * x[1] * x[1] + mass * 9.81 * x[0].sin()
}

// Beside it:

/// [`energy`](fn@energy) into the caller's places.
///
/// Writes:
/// * `y`: `f64`.
///
/// `work` has at least [`energy_workspace`] scalars.
///
/// # Errors
/// The workspace is too short, or a length is not what it must be. Nothing is written then.
#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
#[inline]
pub fn energy_into(
    x: &[f64; 2],
    mass: f64,
    y: &mut f64,
    work: &mut [f64],
) -> ::core::result::Result<(), ::gradgen::Error> {
    let _ = &work;
    *y = ::gradgen::chain::value(energy::__primal(x, mass));
    ::core::result::Result::Ok(())
}

/// Scalars of workspace that [`energy_into`] needs: none.
#[must_use]
#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
pub const fn energy_workspace() -> usize {
    0
}

/// The gradient by `x` of [`energy`](fn@energy).
///
/// Returns:
/// * `gradient_y`: `[f64; 2]`, row-major.
///
/// 6 scalar operations; no allocation.
#[must_use]
#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
#[inline]
pub fn energy_grad_x(x: &[f64; 2], mass: f64) -> [f64; 2] {
    let __t_1 = 0.5 * mass * x[1];
    let __t_2 = mass * 9.81 * x[0].cos();
    [__t_2, __t_1 + __t_1]
}

/// The gradient by `x` of [`energy`](fn@energy).
///
/// Writes:
/// * `gradient_y`: `[f64; 2]`, row-major.
///
/// `work` has at least [`energy_grad_x_workspace`] scalars.
///
/// # Errors
/// The workspace is too short, or a length is not what it must be. Nothing is written then.
#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
#[inline]
pub fn energy_grad_x_into(
    x: &[f64; 2],
    mass: f64,
    gradient_y: &mut [f64; 2],
    work: &mut [f64],
) -> ::core::result::Result<(), ::gradgen::Error> {
    let _ = &work;
    *gradient_y = energy_grad_x(x, mass);
    ::core::result::Result::Ok(())
}

/// Scalars of workspace that [`energy_grad_x_into`] needs: none.
#[must_use]
#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
pub const fn energy_grad_x_workspace() -> usize {
    0
}

/// The gradient by `mass` of [`energy`](fn@energy).
///
/// Returns:
/// * `gradient_y`: `f64`.
///
/// 5 scalar operations; no allocation.
#[must_use]
#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
#[inline]
pub fn energy_grad_mass(x: &[f64; 2], mass: f64) -> f64 {
    let _ = mass;
    9.81 * x[0].sin() + 0.5 * (x[1] * x[1])
}

/// The gradient by `mass` of [`energy`](fn@energy).
///
/// Writes:
/// * `gradient_y`: `f64`.
///
/// `work` has at least [`energy_grad_mass_workspace`] scalars.
///
/// # Errors
/// The workspace is too short, or a length is not what it must be. Nothing is written then.
#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
#[inline]
pub fn energy_grad_mass_into(
    x: &[f64; 2],
    mass: f64,
    gradient_y: &mut f64,
    work: &mut [f64],
) -> ::core::result::Result<(), ::gradgen::Error> {
    let _ = &work;
    *gradient_y = energy_grad_mass(x, mass);
    ::core::result::Result::Ok(())
}

/// Scalars of workspace that [`energy_grad_mass_into`] needs: none.
#[must_use]
#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
pub const fn energy_grad_mass_workspace() -> usize {
    0
}

#[doc(hidden)]
#[allow(non_camel_case_types)]
#[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
pub struct energy {}

#[doc(hidden)]
#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
#[allow(dead_code)]
impl energy {
    #[doc(hidden)]
    #[allow(dead_code, deprecated)]
    #[inline]
    pub fn __is<F>(function: F, _: &[f64; 2], _: f64) {
        ::core::debug_assert!(
            ::core::any::type_name_of_val(& function) == ::core::any::type_name_of_val(&
            energy),
            "`energy` is one function as a value and another one as a type: import the one that is meant by its name"
        );
    }
    #[doc(hidden)]
    pub const __TAPE: usize = 1 + 1;
    #[doc(hidden)]
    #[inline]
    pub fn __primal(
        x: &[f64; 2],
        mass: f64,
    ) -> ::core::result::Result<f64, ::gradgen::chain::CannotFail> {
        let __t_1 = 0.5 * mass * x[1] * x[1];
        let __t_2 = mass * 9.81 * x[0].sin();
        ::core::result::Result::Ok(__t_1 + __t_2)
    }
    #[doc(hidden)]
    #[inline]
    pub fn __jvp(
        x: &[f64; 2],
        mass: f64,
        __v_x: &[f64; 2],
        __v_mass: &f64,
    ) -> ::core::result::Result<f64, ::gradgen::chain::CannotFail> {
        let __t_1 = 0.5 * mass;
        let __t_2 = 0.5 * *__v_mass * x[1] + __v_x[1] * __t_1;
        let __t_3 = __t_2 * x[1] + __v_x[1] * (__t_1 * x[1]);
        let __t_4 = 9.81 * *__v_mass * x[0].sin();
        let __t_5 = __v_x[0] * x[0].cos() * (mass * 9.81);
        ::core::result::Result::Ok(__t_3 + (__t_4 + __t_5))
    }
    #[doc(hidden)]
    #[inline]
    pub fn __forward(
        x: &[f64; 2],
        mass: f64,
    ) -> ::core::result::Result<
        (f64, [f64; <energy>::__TAPE]),
        ::gradgen::chain::CannotFail,
    > {
        let __t_1 = 0.5 * mass * x[1] * x[1];
        let __t_2 = x[0].sin();
        let __tape: [f64; <energy>::__TAPE] = [__t_2, x[0].cos()];
        ::core::result::Result::Ok((__t_1 + mass * 9.81 * __t_2, __tape))
    }
    #[doc(hidden)]
    #[inline]
    pub fn __forward_jvp(
        x: &[f64; 2],
        mass: f64,
        __v_x: &[f64; 2],
        __v_mass: &f64,
    ) -> ::core::result::Result<
        (f64, [f64; <energy>::__TAPE]),
        ::gradgen::chain::CannotFail,
    > {
        let __t_1 = 0.5 * mass;
        let __t_2 = x[0].sin();
        let __t_3 = 0.5 * *__v_mass * x[1] + __v_x[1] * __t_1;
        let __t_4 = __t_3 * x[1] + __v_x[1] * (__t_1 * x[1]);
        let __t_5 = __v_x[0] * x[0].cos();
        let __t_6 = 9.81 * *__v_mass * __t_2 + __t_5 * (mass * 9.81);
        let __tape: [f64; <energy>::__TAPE] = [__t_5, -(__v_x[0] * __t_2)];
        ::core::result::Result::Ok((__t_4 + __t_6, __tape))
    }
    #[doc(hidden)]
    #[inline]
    pub fn __reverse(
        x: &[f64; 2],
        mass: f64,
        __tape: &[f64; <energy>::__TAPE],
        __c_y: &f64,
    ) -> ::core::result::Result<([f64; 2], f64), ::gradgen::chain::CannotFail> {
        let __s_0 = __tape[0];
        let __s_1 = __tape[0 + 1];
        let __t_1 = 0.5 * mass;
        let __t_2 = *__c_y * (mass * 9.81) * __s_1;
        let __t_3 = *__c_y * x[1];
        let __t_4 = *__c_y * (__t_1 * x[1]) + __t_3 * __t_1;
        ::core::result::Result::Ok((
            [__t_2, __t_4],
            9.81 * (*__c_y * __s_0) + 0.5 * (__t_3 * x[1]),
        ))
    }
    #[doc(hidden)]
    #[inline]
    pub fn __reverse_jvp(
        x: &[f64; 2],
        mass: f64,
        __tape: &[f64; <energy>::__TAPE],
        __c_y: &f64,
        __v_x: &[f64; 2],
        __v_mass: &f64,
        __v_tape: &[f64; <energy>::__TAPE],
        __v_c_y: &f64,
    ) -> ::core::result::Result<([f64; 2], f64), ::gradgen::chain::CannotFail> {
        let __s_0 = __tape[0];
        let __s_1 = __tape[0 + 1];
        let __v_s_0 = __v_tape[0];
        let __v_s_1 = __v_tape[0 + 1];
        let __t_1 = 0.5 * mass;
        let __t_2 = mass * 9.81;
        let __t_3 = *__c_y * x[1];
        let __t_4 = 0.5 * *__v_mass;
        let __t_5 = __t_4 * x[1] + __v_x[1] * __t_1;
        let __t_6 = *__v_c_y * __s_0 + __v_s_0 * *__c_y;
        let __t_7 = *__v_c_y * __t_2 + 9.81 * *__v_mass * *__c_y;
        let __t_8 = __t_7 * __s_1 + __v_s_1 * (*__c_y * __t_2);
        let __t_9 = *__v_c_y * x[1] + __v_x[1] * *__c_y;
        let __t_10 = *__v_c_y * (__t_1 * x[1]) + __t_5 * *__c_y;
        let __t_11 = __t_9 * x[1] + __v_x[1] * __t_3;
        let __t_12 = __t_9 * __t_1 + __t_4 * __t_3;
        ::core::result::Result::Ok((
            [__t_8, __t_10 + __t_12],
            9.81 * __t_6 + 0.5 * __t_11,
        ))
    }
}

#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
impl ::gradgen::Differentiable for energy {
    const INFO: &'static ::gradgen::FunctionInfo = &::gradgen::FunctionInfo::new(
            "energy",
            ::core::concat!(::core::module_path!(), "::", "energy"),
            &[
                ::gradgen::ArgInfo::new(
                    "x",
                    &[::gradgen::Dim::Fixed(2)],
                    ::gradgen::Dtype::F64,
                    ::gradgen::Role::Input,
                ),
                ::gradgen::ArgInfo::new(
                    "mass",
                    &[],
                    ::gradgen::Dtype::F64,
                    ::gradgen::Role::Input,
                ),
            ],
            &[
                ::gradgen::ArgInfo::new(
                    "y",
                    &[],
                    ::gradgen::Dtype::F64,
                    ::gradgen::Role::Output,
                ),
            ],
            |_| energy_workspace(),
            ::gradgen::Call::F64(|__inputs, __outputs, __work| {
                let &[__input_0, __input_1] = __inputs else {
                    return ::core::result::Result::Err(
                        ::gradgen::Error::count("inputs", 2usize, __inputs.len()),
                    );
                };
                let __input_0 = __input_0.real::<[f64; 2]>("x")?;
                let __input_1 = *__input_1.real::<f64>("mass")?;
                let __given = __outputs.len();
                let [__output_0] = __outputs else {
                    return ::core::result::Result::Err(
                        ::gradgen::Error::count("outputs", 1usize, __given),
                    );
                };
                let __output_0 = ::gradgen::place::<f64>(__output_0, "y")?;
                energy_into(__input_0, __input_1, __output_0, __work)
            }),
        )
        .with_siblings(
            &[
                ::gradgen::FunctionInfo::new(
                        "energy_grad_x",
                        ::core::concat!(::core::module_path!(), "::", "energy_grad_x"),
                        &[
                            ::gradgen::ArgInfo::new(
                                "x",
                                &[::gradgen::Dim::Fixed(2)],
                                ::gradgen::Dtype::F64,
                                ::gradgen::Role::Input,
                            ),
                            ::gradgen::ArgInfo::new(
                                "mass",
                                &[],
                                ::gradgen::Dtype::F64,
                                ::gradgen::Role::Input,
                            ),
                        ],
                        &[
                            ::gradgen::ArgInfo::new(
                                "gradient_y",
                                &[::gradgen::Dim::Fixed(2)],
                                ::gradgen::Dtype::F64,
                                ::gradgen::Role::Output,
                            ),
                        ],
                        |_| energy_grad_x_workspace(),
                        ::gradgen::Call::F64(|__inputs, __outputs, __work| {
                            let &[__input_0, __input_1] = __inputs else {
                                return ::core::result::Result::Err(
                                    ::gradgen::Error::count("inputs", 2usize, __inputs.len()),
                                );
                            };
                            let __input_0 = __input_0.real::<[f64; 2]>("x")?;
                            let __input_1 = *__input_1.real::<f64>("mass")?;
                            let __given = __outputs.len();
                            let [__output_0] = __outputs else {
                                return ::core::result::Result::Err(
                                    ::gradgen::Error::count("outputs", 1usize, __given),
                                );
                            };
                            let __output_0 = ::gradgen::place::<
                                [f64; 2],
                            >(__output_0, "gradient_y")?;
                            energy_grad_x_into(__input_0, __input_1, __output_0, __work)
                        }),
                    )
                    .with_doc("The gradient by `x` of [`energy`](fn@energy).")
                    .with_facts(6usize, 6911286345345021321),
                ::gradgen::FunctionInfo::new(
                        "energy_grad_mass",
                        ::core::concat!(
                            ::core::module_path!(), "::", "energy_grad_mass"
                        ),
                        &[
                            ::gradgen::ArgInfo::new(
                                "x",
                                &[::gradgen::Dim::Fixed(2)],
                                ::gradgen::Dtype::F64,
                                ::gradgen::Role::Input,
                            ),
                            ::gradgen::ArgInfo::new(
                                "mass",
                                &[],
                                ::gradgen::Dtype::F64,
                                ::gradgen::Role::Input,
                            ),
                        ],
                        &[
                            ::gradgen::ArgInfo::new(
                                "gradient_y",
                                &[],
                                ::gradgen::Dtype::F64,
                                ::gradgen::Role::Output,
                            ),
                        ],
                        |_| energy_grad_mass_workspace(),
                        ::gradgen::Call::F64(|__inputs, __outputs, __work| {
                            let &[__input_0, __input_1] = __inputs else {
                                return ::core::result::Result::Err(
                                    ::gradgen::Error::count("inputs", 2usize, __inputs.len()),
                                );
                            };
                            let __input_0 = __input_0.real::<[f64; 2]>("x")?;
                            let __input_1 = *__input_1.real::<f64>("mass")?;
                            let __given = __outputs.len();
                            let [__output_0] = __outputs else {
                                return ::core::result::Result::Err(
                                    ::gradgen::Error::count("outputs", 1usize, __given),
                                );
                            };
                            let __output_0 = ::gradgen::place::<
                                f64,
                            >(__output_0, "gradient_y")?;
                            energy_grad_mass_into(
                                __input_0,
                                __input_1,
                                __output_0,
                                __work,
                            )
                        }),
                    )
                    .with_doc("The gradient by `mass` of [`energy`](fn@energy).")
                    .with_facts(5usize, 4202242968984297290),
            ],
        )
        .with_doc("Kinetic and potential energy.")
        .with_facts(7usize, 5846931294067446651);
}

#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
impl<__L> ::gradgen::chain::Callable<__L> for energy {}

#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
impl<__L> ::gradgen::chain::Forward<__L> for energy {}

#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
impl<__L> ::gradgen::chain::Reversible<__L> for energy {}

#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
impl<__L> ::gradgen::chain::Twice<__L> for energy {}

#[allow(deprecated)]
const _: () = {
    let _ = energy;
    let _ = <energy as ::gradgen::Differentiable>::INFO;
    let _ = energy::__primal;
    let _ = energy::__jvp;
    let _ = energy::__forward;
    let _ = energy::__forward_jvp;
    let _ = energy::__reverse;
    let _ = energy::__reverse_jvp;
};
