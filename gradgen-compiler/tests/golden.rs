//! What is emitted, for reading: `tests/golden` has a file for each function here, with the function
//! and what stands beside it. Two of them are whole, the others show chosen functions.
//!
//! `UPDATE_EXPECT=1 cargo test -p gradgen-compiler --test golden` writes the files anew.

use expect_test::{ExpectFile, expect_file};
use gradgen_compiler::{Math, Target, expand};
use quote::ToTokens;
use syn::{ImplItem, Item, ItemFn, Signature};

/// Compares everything that becomes of a function with a file.
fn check_whole(source: &str, golden: &ExpectFile) {
    check(source, |_| true, Target::default(), golden);
}

/// Compares functions that become of a function with a file.
fn check_functions(source: &str, names: &[&str], golden: &ExpectFile) {
    check_target(source, names, Target::default(), golden);
}

fn check_target(source: &str, names: &[&str], target: Target, golden: &ExpectFile) {
    let named = |function: &Signature| names.iter().any(|name| function.ident == name);
    let chosen = |item: &Item| match item {
        Item::Fn(function) => named(&function.sig),
        Item::Impl(block) => {
            block.items.iter().any(|item| matches!(item, ImplItem::Fn(function) if named(&function.sig)))
        }
        _ => false,
    };
    check(source, chosen, target, golden);
}

fn check(source: &str, chosen: impl Fn(&Item) -> bool, target: Target, golden: &ExpectFile) {
    let function: ItemFn = syn::parse_str(source).expect("the source is a function");
    let mut bare = function.clone();
    let place = bare.attrs.iter().position(|attribute| attribute.path().is_ident("gradgen"));
    let attribute = bare.attrs.remove(place.expect("an attribute"));
    let syn::Meta::List(list) = attribute.meta else { panic!("the attribute has requests") };
    let code = expand(list.tokens, bare.to_token_stream(), target);
    let file: syn::File = syn::parse2(code).expect("what is emitted is Rust");
    let [user, beside @ ..] = &file.items[..] else { panic!("nothing is emitted") };
    assert_eq!(
        user.to_token_stream().to_string(),
        bare.to_token_stream().to_string(),
        "the user's function changed"
    );
    let mut text = format(vec![Item::Fn(function)]);
    text.push_str("\n// Beside it:\n");
    for item in beside.iter().filter(|item| chosen(item)) {
        text.push('\n');
        text.push_str(&format(vec![item.clone()]));
    }
    golden.assert_eq(&text);
}

fn format(items: Vec<Item>) -> String {
    prettyplease::unparse(&syn::File { shebang: None, frontmatter: None, attrs: vec![], items })
}

#[test]
fn everything_beside_a_function() {
    check_whole(
        "
        /// Kinetic and potential energy.
        #[gradgen(gradient)]
        pub fn energy(x: &[f64; 2], mass: f64) -> f64 {
            0.5 * mass * x[1] * x[1] + mass * 9.81 * x[0].sin()
        }
        ",
        &expect_file!["golden/energy.rs"],
    );
}

#[test]
fn everything_beside_a_function_that_writes_to_its_argument() {
    check_whole(
        "
        #[gradgen(vjp(*))]
        fn step(state: &mut [f64; 2], force: f64) {
            state[1] += 0.01 * force;
            state[0] += 0.01 * state[1];
        }
        ",
        &expect_file!["golden/step.rs"],
    );
}

// The exponential, the residual and the products of the two are computed once for the value, the
// gradient and the Hessian.
#[test]
fn a_bundle_shares_its_work() {
    check_functions(
        "
        #[gradgen(bundle(f, grad(x), hessian(x)), outputs(loss))]
        fn fit(x: &[f64; 2], t: f64, measured: f64) -> f64 {
            let decay = (-x[1] * t).exp();
            let residual = x[0] * decay - measured;
            residual * residual
        }
        ",
        &["fit_f_grad_hessian_x", "fit_f_grad_hessian_x_into"],
        &expect_file!["golden/fit.rs"],
    );
}

// The derivative is that of the branch that the function takes; the branch is taken once.
#[test]
fn a_branch() {
    check_functions(
        "
        #[gradgen(bundle(f, grad(x)))]
        fn huber(x: &[f64; 2], width: f64) -> f64 {
            let r = x[0] - x[1];
            let size = r.abs();
            if size <= width { 0.5 * r * r } else { width * (size - 0.5 * width) }
        }
        ",
        &["huber_f_grad_x"],
        &expect_file!["golden/huber.rs"],
    );
}

// The callee's derivatives come from its companion.
#[test]
fn a_call() {
    check_functions(
        "
        #[gradgen(gradient, hvp)]
        fn chain(x: &[f64; 2]) -> f64 {
            let spring = potential(x[1] - x[0], 2.0);
            spring * spring
        }
        ",
        &["chain_grad", "chain_hvp"],
        &expect_file!["golden/chain.rs"],
    );
}

#[test]
fn a_mixed_block_of_the_hessian() {
    check_functions(
        "
        #[gradgen(hessian(x, w))]
        fn coupled(x: &[f64; 2], w: &[f64; 3]) -> f64 {
            (x[0] * w[0] + x[1] * w[1]).sin() + w[2] * w[2]
        }
        ",
        &["coupled_hessian_x_w"],
        &expect_file!["golden/coupled.rs"],
    );
}

#[test]
fn single_precision() {
    check_functions(
        "
        #[gradgen(gradient)]
        fn sigmoid(x: f32, slope: f32) -> f32 {
            1.0 / (1.0 + (-slope * x).exp())
        }
        ",
        &["sigmoid_grad_x"],
        &expect_file!["golden/sigmoid.rs"],
    );
}

#[test]
fn several_outputs() {
    check_functions(
        "
        #[gradgen(jacobian(x), vjp(*), outputs(cost, end))]
        fn polar(x: &[f64; 2], scale: f64) -> (f64, [f64; 2]) {
            let radius = x[0].hypot(x[1]);
            (scale * radius, [radius, x[1].atan2(x[0])])
        }
        ",
        &["polar_jf_x", "polar_vjp"],
        &expect_file!["golden/polar.rs"],
    );
}

// What the arguments decide can be refused; the index is checked before anything is computed from it.
#[test]
fn an_index_among_the_arguments() {
    check_functions(
        "
        #[gradgen(gradient)]
        fn pick(x: &[f64; 4], place: usize) -> f64 {
            let chosen = x[place];
            chosen * chosen + x[0]
        }
        ",
        &["pick_grad", "pick_grad_into"],
        &expect_file!["golden/pick.rs"],
    );
}

#[test]
fn a_loop_with_a_state() {
    check_functions(
        "
        #[gradgen(jvp)]
        fn newton(a: f64) -> f64 {
            let mut root = 1.0;
            for _ in 0..3 {
                root = 0.5 * (root + a / root);
            }
            root
        }
        ",
        &["newton_jvp"],
        &expect_file!["golden/newton.rs"],
    );
}

// The states that the reverse sweep needs are on a tape; the derivative of the callee comes from its
// companion.
#[test]
fn a_call_in_a_loop() {
    check_functions(
        "
        #[gradgen(gradient(u))]
        fn rollout(x0: &[f64; 2], u: &[f64; N]) -> f64 {
            let mut x = *x0;
            let mut cost = 0.0;
            for k in 0..N {
                x = step(&x, u[k]);
                cost += x[0] * x[0] + 0.1 * u[k] * u[k];
            }
            cost
        }
        ",
        &["__rollout_grad_u", "rollout_grad_u", "rollout_grad_u_into"],
        &expect_file!["golden/rollout.rs"],
    );
}

// An element that is updated from its neighbour is put back by the reverse sweep.
#[test]
fn an_array_updated_in_place() {
    check_functions(
        "
        #[gradgen(gradient)]
        fn scan<const M: usize>(x: &[f64; M]) -> f64 {
            let mut y = *x;
            for i in 1..M {
                y[i] += y[i - 1] * x[i];
            }
            y[M - 1]
        }
        ",
        &["__scan_grad", "scan_grad"],
        &expect_file!["golden/scan.rs"],
    );
}

// Lengths are checked first; a sum needs no tape, and an iteration and its adjoint are one.
#[test]
fn run_time_lengths() {
    check_functions(
        "
        #[gradgen(gradient(*))]
        fn squares(a: &[f64], b: &[f64], m: usize) -> f64 {
            let mut s = 0.0;
            for i in 0..b.len() {
                let mut r = -b[i];
                for j in 0..m {
                    r += a[i * m + j] * a[i * m + j];
                }
                s += r * r;
            }
            s
        }
        ",
        &["squares_grad_into", "squares_grad_workspace"],
        &expect_file!["golden/squares.rs"],
    );
}

// Functions of the runtime by name: methods of the type would be ambiguous beside the bounds.
#[test]
fn over_any_float() {
    check_functions(
        "
        #[gradgen(gradient)]
        fn swing<T: Float + FloatConst, const N: usize>(x: &[T; N], damping: T) -> T
        where
            T: AddAssign,
        {
            let mut sum = T::zero();
            for i in 0..N {
                sum += T::from(0.5).unwrap() * x[i].powi(2) + (T::PI() * x[i]).cos();
            }
            sum * damping / T::from(N).unwrap()
        }
        ",
        &["swing_grad_x", "swing_grad_damping", "swing_grad_damping_into", "__traits"],
        &expect_file!["golden/swing.rs"],
    );
}

// Where there is no standard library: functions of the runtime instead of methods.
#[test]
fn without_the_standard_library() {
    check_target(
        "
        #[gradgen(gradient)]
        fn wave(x: f64, t: f64) -> f64 {
            (x - t).sin() * (-t).exp()
        }
        ",
        &["wave_grad_x", "wave_grad_t"],
        Target { math: Math::Libm },
        &expect_file!["golden/wave.rs"],
    );
}
