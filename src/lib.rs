//! Derivatives of plain Rust functions, written by a macro when the function is compiled.
//!
//! [`#[gradgen(...)]`](macro@gradgen) stands on a function of floats and arrays. It reads the
//! function, leaves it as it is, and puts functions beside it that compute the derivatives asked
//! for. What it does not understand is an error at the place where it stands: there is no input
//! for which a derivative is silently wrong because a part of the function was skipped.
//!
//! ```
//! use gradgen::gradgen;
//!
//! /// Squared distance of a point to a circle of radius `r`.
//! #[gradgen(gradient)]
//! fn distance(p: &[f64; 2], r: f64) -> f64 {
//!     let d = p[0].hypot(p[1]) - r;
//!     d * d
//! }
//!
//! // ∂/∂p = 2 d p / |p|, ∂/∂r = -2 d, and d = 3 here.
//! let [x, y] = distance_grad_p(&[3.0, 4.0], 2.0);
//! assert!((x - 3.6).abs() < 1e-14 && (y - 4.8).abs() < 1e-14);
//! assert_eq!(distance_grad_r(&[3.0, 4.0], 2.0), -6.0);
//! ```
//!
//! When this is the right tool: the function can be written in the Rust described
//! [below](#what-is-understood), its derivatives are needed exactly and often, or on a target without
//! an allocator, or from Python. When it is not: the function is only known at run time, or calls code
//! that has no derivative and cannot be given one.
//!
//! # Requests
//!
//! In the attribute stand requests, separated by commas; each makes one function or more. `x` and `w`
//! are names of inputs.
//!
//! | request | functions beside `f` | result |
//! |---|---|---|
//! | `gradient`, `gradient(x)`, `gradient(x, w)`, `gradient(*)` | `f_grad_x`, … | an array in the shape of the input |
//! | `jacobian`, … | `f_jf_x`, … | the output's axes, then the input's, row-major |
//! | `hessian`, `hessian(x)`, `hessian(x, w)` | `f_hessian_x`, …; with two names the mixed block | the first input's axes, then the second's |
//! | `jvp`, … | `f_jvp_x`, …: takes a tangent `v_x` | the output's shape |
//! | `vjp`, … | `f_vjp_x`, …: takes a cotangent for each output | the input's shape |
//! | `hvp`, … | `f_hvp_x`, …: takes a direction `v_x` | the input's shape |
//! | `bundle(f, grad(x), …)` | the words joined: `f_f_grad_x` | a tuple in the order of the words |
//!
//! A word without parentheses makes a function for each differentiable input, which are those of
//! floats. Several names make one function that yields all of them from one sweep; `(*)` means all
//! differentiable inputs, and adds no suffix. A function with one differentiable input has no
//! suffixes: `f_grad`. Gradient, Hessian and Hessian–vector product are of functions with one scalar
//! output.
//!
//! ```
//! use gradgen::gradgen;
//!
//! #[gradgen(gradient(x, w), hessian, hessian(x, w), hvp(x))]
//! fn f(x: &[f64; 2], w: f64) -> f64 {
//!     w * x[0] * x[0] * x[1]
//! }
//!
//! let (x, w) = ([2.0, 3.0], 0.5);
//! let (by_x, by_w) = f_grad_x_w(&x, w);
//! assert_eq!((by_x, by_w), ([6.0, 2.0], 12.0));
//! assert_eq!(f_hessian_x(&x, w), [[3.0, 2.0], [2.0, 0.0]]);
//! assert_eq!(f_hessian_w(&x, w), 0.0);
//! assert_eq!(f_hessian_x_w(&x, w), [12.0, 4.0]); // ∂²f/∂x∂w
//! assert_eq!(f_hvp_x(&x, w, &[1.0, 0.0]), [3.0, 2.0]);
//! ```
//!
//! Outputs are a scalar, an array, a tuple of those, or `&mut` parameters. A derivative of several
//! outputs is a tuple, one element for each:
//!
//! ```
//! use gradgen::gradgen;
//!
//! #[gradgen(jacobian, jvp, vjp, outputs(area, sides))]
//! fn rectangle(q: &[f64; 2]) -> (f64, [f64; 2]) {
//!     (q[0] * q[1], [q[0], 2.0 * q[1]])
//! }
//!
//! let q = [3.0, 4.0];
//! let (by_area, by_sides): ([f64; 2], [[f64; 2]; 2]) = rectangle_jf(&q);
//! assert_eq!((by_area, by_sides), ([4.0, 3.0], [[1.0, 0.0], [0.0, 2.0]]));
//! assert_eq!(rectangle_jvp(&q, &[1.0, 0.0]), (4.0, [1.0, 0.0]));
//! // Cotangents: one for each output. Scalars pass by value, arrays by reference.
//! assert_eq!(rectangle_vjp(&q, 1.0, &[0.0, 1.0]), [4.0, 5.0]);
//! ```
//!
//! A bundle computes what its parts have in common once:
//!
//! ```
//! use gradgen::gradgen;
//!
//! #[gradgen(bundle(f, grad(x), hvp(x)))]
//! fn energy(x: &[f64; 2]) -> f64 {
//!     (x[0] * x[1]).exp()
//! }
//!
//! let (value, gradient, along) = energy_f_grad_hvp(&[0.0, 2.0], &[1.0, 0.0]);
//! assert_eq!((value, gradient, along), (1.0, [2.0, 0.0], [4.0, 1.0]));
//! ```
//!
//! # Options
//!
//! | option | meaning |
//! |---|---|
//! | `outputs(cost, state)` | names of the outputs; else `y`, or `y0`, `y1`, … |
//! | `default(w = 1.0)` | a value that callers from Python may leave out |
//! | `rename(w = "weight")` | the input's name for Python |
//! | `state(total)` | Python keeps this `&mut` parameter between calls: `acc(10)`, `acc.state["total"]` |
//! | `unused = "allow"` | what to do about an input that no output depends on: `"allow"` (it is told in the table), `"warn"`, `"error"` |
//! | `checkpoint = "sqrt"` | a tape that grows with the root of the number of turns ([below](#loops)) |
//! | `limit = 50_000` | how many operations the function may have, with its short loops written out; 20 000 otherwise |
//! | `custom(gradient = slope)` | derivatives of your own, of a function that is not read ([below](#derivatives-of-your-own)) |
//! | `fallible` | the siblings return a `Result`, because a callee's do ([below](#calls)) |
//! | `crate = path` | where this crate is found, if not at `::gradgen` |
//!
//! # Derivatives of your own
//!
//! With `custom(...)` in its attribute a function is not read: it may be anything that compiles, also what is
//! refused elsewhere. Its derivatives are functions of yours. For its siblings and for its callers, in any
//! module or crate, it is a function like others.
//!
//! ```
//! use gradgen::gradgen;
//!
//! /// The solution of `y + y⁵ = x`.
//! #[gradgen(hvp, custom(gradient = slope, hvp = curvature))]
//! fn root(x: f64) -> f64 {
//!     let halve = |(low, high): (f64, f64)| {
//!         let y = 0.5 * (low + high);
//!         if y + y.powi(5) > x { (low, y) } else { (y, high) }
//!     };
//!     std::iter::successors(Some((-10.0, 10.0)), |&range| Some(halve(range))).nth(60).unwrap().0
//! }
//!
//! fn slope(x: f64) -> f64 {
//!     1.0 / (1.0 + 5.0 * root(x).powi(4))
//! }
//!
//! fn curvature(x: f64, v_x: f64) -> f64 {
//!     -20.0 * root(x).powi(3) * slope(x).powi(3) * v_x
//! }
//!
//! #[gradgen(gradient, hessian)]
//! fn product(x: &[f64; 2]) -> f64 {
//!     root(x[0]) * root(x[1])
//! }
//!
//! // A line in a test: what is given is compared with differences, at a point.
//! root_check(0.7)?;
//! let [by_first, _] = product_grad(&[2.0, 34.0]);
//! assert!((by_first - 2.0 / 6.0).abs() < 1e-12);
//! # Ok::<(), gradgen::Mismatch>(())
//! ```
//!
//! Each function that is given takes the function's own inputs in the function's own way, and then what the
//! sibling of that name takes: scalars by value, arrays by reference. Where there are several inputs of floats,
//! it is of all of them, as a sibling with `(*)` is; so a sibling of another function can be given.
//!
//! | word | takes, beside the inputs | yields |
//! |---|---|---|
//! | `gradient` | | an array, or a number, for each input of floats; a tuple if there are several |
//! | `vjp` | a cotangent for each output | the same |
//! | `hvp` | a direction in each input of floats | the same |
//! | `jvp` | a tangent of each input of floats | what the function yields |
//! | `jacobian` | | for each output, for each input, a block with the axes of the output and then of the input |
//!
//! `gradient` and `hvp` are of functions with one scalar output. One word is enough; what is missing is made of
//! what is there:
//!
//! | for | what is taken, the first that is given |
//! |---|---|
//! | forward mode (`jvp`) | `jvp`, `gradient`, `jacobian`, `vjp` of one scalar output |
//! | reverse mode (`gradient`, `vjp`) | `vjp`, `gradient`, `jacobian` |
//! | second order (`hessian`, `hvp`) | `hvp`, with the gradient from reverse mode; or the tangent of what reverse mode takes |
//!
//! The last needs the word `differentiable`, which says that the functions that are given have `#[gradgen]`
//! themselves:
//!
//! ```
//! use gradgen::gradgen;
//!
//! #[gradgen(hessian, custom(gradient = slope, differentiable))]
//! fn magnitude(x: &[f64; 2]) -> f64 {
//!     x.iter().map(|x| x * x).sum::<f64>().sqrt()
//! }
//!
//! #[gradgen]
//! fn slope(x: &[f64; 2]) -> [f64; 2] {
//!     let r = x[0].hypot(x[1]);
//!     [x[0] / r, x[1] / r]
//! }
//!
//! let [[by_first, mixed], _] = magnitude_hessian(&[3.0, 4.0]);
//! assert!((by_first - 0.128).abs() < 1e-15 && (mixed + 0.096).abs() < 1e-15);
//! ```
//!
//! A request, or a caller, that needs what does not follow from what is given is an error. Nothing here knows
//! whether a derivative is right but the check: `f_check(x, …)` takes the function's inputs, compares everything
//! that is given with differences that are extrapolated to a step of zero, and returns the worst entry that does
//! not agree as a [`Mismatch`]. It finds errors of more than about one in ten million (`f32`: two in a thousand).
//!
//! Such a function takes numbers and arrays, and no slices and no `&mut` parameters. Its panics are its own: the
//! siblings call it, and what is given.
//!
//! [`stop_gradient(x)`](fn@stop_gradient) is `x`, a number or an array, and counts as a constant: no derivative
//! goes through it.
//!
//! ```
//! use gradgen::{gradgen, stop_gradient};
//!
//! /// A weighted square, whose weight follows the residual.
//! #[gradgen(gradient, hessian)]
//! fn reweighted(r: f64) -> f64 {
//!     let weight = 1.0 / (1.0 + stop_gradient(r).abs());
//!     weight * r * r
//! }
//!
//! assert_eq!((reweighted_grad(3.0), reweighted_hessian(3.0)), (1.5, 0.5));
//! ```
//!
//! # Three forms of each function
//!
//! ```
//! use gradgen::gradgen;
//!
//! #[gradgen(gradient, outputs(a))]
//! fn f(x: &[f64; 2], w: f64) -> f64 {
//!     x[0] * x[1] * w
//! }
//!
//! // The value form.
//! let value: [f64; 2] = f_grad_x(&[2.0, 3.0], 0.5);
//!
//! // The caller owns everything: outputs, then the workspace.
//! let mut gradient = [0.0; 2];
//! let mut work = [0.0; f_grad_x_workspace()];
//! f_grad_x_into(&[2.0, 3.0], 0.5, &mut gradient, &mut work)?;
//! assert_eq!(gradient, value);
//!
//! // The function itself has the same two.
//! let (mut a, mut work) = (0.0, [0.0; f_workspace()]);
//! f_into(&[2.0, 3.0], 0.5, &mut a, &mut work)?;
//! assert_eq!(a, 3.0);
//! # Ok::<(), gradgen::Error>(())
//! ```
//!
//! The arguments of the `_into` form are the function's inputs, then tangents, cotangents or
//! directions, then one `&mut` for each output, then `work`. Nothing is written when it returns an
//! [`Error`]. There is no value form where its result and its workspace would be larger than 64 KiB, or
//! where a length is known at run time only ([below](#loops)).
//!
//! A `&mut` parameter is an output. Where it is read before it is written it is an input as well: then
//! the siblings take `x: &[..]`, the value before.
//!
//! ```
//! use gradgen::gradgen;
//!
//! #[gradgen(jacobian)]
//! fn step(x: &mut [f64; 2], dt: f64) {
//!     x[0] += dt * x[1];
//! }
//!
//! let mut after = [0.0; 2];
//! step_into(&[1.0, 2.0], 0.5, &mut after, &mut [])?;
//! assert_eq!(after, [2.0, 2.0]);
//! assert_eq!(step_jf_x(&[1.0, 2.0], 0.5), [[1.0, 0.5], [0.0, 1.0]]);
//! # Ok::<(), gradgen::Error>(())
//! ```
//!
//! # Loops
//!
//! A loop in the function is a loop in every derivative, of first and second order, so what is emitted
//! does not grow with the number of iterations. Only loops of up to six iterations, known as literals,
//! are written out where little comes of it.
//!
//! Reverse mode keeps on a *tape* what its backward loop needs of the forward one: the values that an
//! iteration started from, the elements that it replaced, and what is expensive to compute again, as
//! `exp`, a division or a call. Inner loops are run again when the backward loop reaches them, so their
//! tapes are reused; but where that takes long, and the tapes for all iterations need no more room than what
//! is there anyway, they are kept. A loop that only adds up, as a sum over samples, needs no tape: each
//! iteration and its adjoint stand in one loop. Nor does an array that a loop fills from one end to the other,
//! as a trajectory or the rows of a Cholesky factor: it is its own tape. The tape is the workspace: its size in
//! scalars, with a formula, is in the documentation of `…_workspace`; the value form has it on the stack.
//!
//! ```
//! use gradgen::gradgen;
//!
//! const STEPS: usize = 1000;
//!
//! /// Half the squared distance from the origin after a fall with drag.
//! #[gradgen(gradient(x0), hvp(x0))]
//! fn fall(x0: &[f64; 2], drag: f64) -> f64 {
//!     let mut x = *x0;
//!     for _ in 0..STEPS {
//!         x = [x[0] + 1e-3 * x[1], x[1] - 1e-3 * (9.81 + drag * x[1] * x[1].abs())];
//!     }
//!     0.5 * (x[0] * x[0] + x[1] * x[1])
//! }
//!
//! let slope = fall_grad_x0(&[2.0, 0.0], 0.1);
//! let change = fall(&[2.0 + 1e-6, 0.0], 0.1) - fall(&[2.0 - 1e-6, 0.0], 0.1);
//! assert!((slope[0] - change / 2e-6).abs() < 1e-6);
//! // Two scalars for each step.
//! assert_eq!(fall_grad_x0_workspace(), 2 * STEPS);
//! ```
//!
//! With `checkpoint = "sqrt"` the outermost long loops (of more than 16 turns, or as many as run time says) are
//! run in about √n parts of about √n turns: the tape has a record for each part and one for each turn of a
//! part, and reverse mode runs the function's loop once more. Loops over ranges without `step_by` or `break`
//! are divided so. The derivative has the same bits. Where a const generic says how often the loop runs, there is
//! but the `_into` form.
//!
//! ```
//! use gradgen::gradgen;
//!
//! #[gradgen(gradient, checkpoint = "sqrt")]
//! fn swing(x0: &[f64; 2], steps: usize) -> f64 {
//!     let mut x = *x0;
//!     for _ in 0..steps {
//!         x = [x[0] + 1e-3 * x[1], x[1] - 1e-3 * x[0].sin()];
//!     }
//!     x[0]
//! }
//!
//! // Two scalars for each of at most 1001 parts, and for each of 1001 turns.
//! assert_eq!(swing_grad_workspace(1_000_000), 2 * 2 * 1001);
//! ```
//!
//! Lengths can be const generics, and slices can have any length. Where a slice is among the parameters,
//! or a tape's length is known at run time only, there is but the `_into` form, and `_workspace` takes
//! one `usize` for each slice (its length) and each `usize` parameter (its value), in order:
//!
//! ```
//! use gradgen::gradgen;
//!
//! /// Half the sum of squared residuals of `m` equations.
//! #[gradgen(gradient(x))]
//! fn residuals(a: &[f64], b: &[f64], x: &[f64]) -> f64 {
//!     let mut sum = 0.0;
//!     for i in 0..b.len() {
//!         let mut residual = -b[i];
//!         for j in 0..x.len() {
//!             residual += a[i * x.len() + j] * x[j];
//!         }
//!         sum += 0.5 * residual * residual;
//!     }
//!     sum
//! }
//!
//! let (a, b, x) = ([1.0, 2.0, 3.0, 4.0], [1.0, 1.0], [0.5, 0.5]);
//! let mut work = vec![0.0; residuals_grad_x_workspace(a.len(), b.len(), x.len())];
//! let mut gradient = [0.0; 2];
//! residuals_grad_x_into(&a, &b, &x, &mut gradient, &mut work)?;
//! assert_eq!(gradient, [8.0, 11.0]);
//! // What is indexed has to be long enough; this is found out before anything is written.
//! let refused = residuals_grad_x_into(&a[1..], &b, &x, &mut gradient, &mut work);
//! assert_eq!(refused, Err(gradgen::Error::length("a", 4, 3)));
//! # Ok::<(), gradgen::Error>(())
//! ```
//!
//! An index that the sizes decide about is checked once, before the loops; one that the data decides
//! about, as `x[index[k]]`, in a loop of its own before anything is written. What only const generics
//! decide about is an assertion when Rust compiles. Nothing that is emitted panics or allocates.
//! `vec![0.0; n]` in the function is memory of the workspace in its siblings; its length follows from the
//! sizes of the arguments.
//!
//! `while` and `loop` have no number of iterations. Reverse mode needs one, to know the length of its
//! tape: say how often the loop runs at most. A call in which that is not enough is refused.
//!
//! ```
//! use gradgen::gradgen;
//!
//! /// The square root, by Newton's iteration.
//! #[gradgen(gradient)]
//! fn root(a: f64) -> f64 {
//!     let mut x = a;
//!     #[gradgen::bound(60)]
//!     while (x * x - a).abs() > 1e-12 * a {
//!         x = 0.5 * (x + a / x);
//!     }
//!     x
//! }
//!
//! assert!((root_grad(4.0)? - 0.25).abs() < 1e-9);
//! # Ok::<(), gradgen::Error>(())
//! ```
//!
//! A slice that is only written, from its first element up to the length of another argument, is an
//! output and no input, and has to have that length:
//!
//! ```
//! use gradgen::gradgen;
//!
//! #[gradgen(jvp)]
//! fn squares(x: &[f64], y: &mut [f64]) {
//!     for i in 0..x.len() {
//!         y[i] = x[i] * x[i];
//!     }
//! }
//!
//! let mut along = [0.0; 2];
//! squares_jvp_into(&[1.0, 2.0], &[1.0, 10.0], &mut along, &mut [])?;
//! assert_eq!(along, [2.0, 40.0]);
//! # Ok::<(), gradgen::Error>(())
//! ```
//!
//! # Leaving early, options and errors
//!
//! `return` may stand anywhere. Where the text shows that a branch leaves, what follows is the other branch in the
//! derivatives too; values of a path that is not run have no part in them.
//!
//! A function may yield an `Option` or a `Result`, and use `?`. The value forms of its siblings yield the same:
//! `None`, or the user's own error, where the function does. An error is made by the text that stands in the
//! function, so it has constants and inputs in it, and no other variables. The `_into` forms return [`Error::Undefined`] there, and write nothing.
//!
//! ```
//! use gradgen::gradgen;
//!
//! #[derive(Debug, PartialEq)]
//! enum Refused {
//!     Negative,
//!     Large,
//! }
//!
//! #[gradgen(gradient)]
//! fn energy(x: &[f64; 2]) -> Result<f64, Refused> {
//!     if x[0] < 0.0 {
//!         return Err(Refused::Negative);
//!     }
//!     let root = |v: f64| if v < 9.0 { Some(v.sqrt()) } else { None };
//!     let y = root(x[0]).ok_or(Refused::Large)?;
//!     Ok(match x[1] {
//!         z if z > 1.0 => y * z,
//!         z => y + z * z,
//!     })
//! }
//!
//! assert_eq!(energy_grad(&[4.0, 3.0]), Ok([0.75, 2.0]));
//! assert_eq!(energy_grad(&[-4.0, 3.0]), Err(Refused::Negative));
//! let mut gradient = [0.0; 2];
//! let refused = energy_grad_into(&[9.5, 3.0], &mut gradient, &mut []);
//! assert!(matches!(refused, Err(gradgen::Error::Undefined { .. })));
//! ```
//!
//! What the function takes for granted, its siblings do not: where it would panic in `panic!`, `unreachable!`,
//! `todo!`, or `unwrap` and `expect` of an option, they return [`Error::Undefined`], so their value forms return a
//! [`Result`] (around the function's own, if it has one). Assertions (`assert!`, `assert_eq!`, `assert_ne!` and
//! the `debug_` forms) and messages (`print!`, `println!`, `eprint!`, `eprintln!`; `trace!`, `debug!`, `info!`,
//! `warn!`, `error!`, `log!` and `event!`, also by their paths in `log` and `tracing`) stay in the function and are
//! left out of its siblings; in their arguments nothing may be assigned to. Macros of these names are taken to be
//! those. Only above them is `#[cfg(…)]` understood inside of a function.
//!
//! # Iterators and closures
//!
//! Iterators of arrays, slices and ranges are the loops that they stand for, and stay loops in derivatives;
//! closures, and functions inside of the body, are run where they are called. Parts of arrays, `&x[1..]`, are read
//! where the array has them.
//!
//! ```
//! use gradgen::gradgen;
//!
//! /// Rosenbrock's function, of as many numbers as there are.
//! #[gradgen(gradient, hvp)]
//! pub fn valley(x: &[f64]) -> f64 {
//!     let square = |a: f64| a * a;
//!     x.windows(2).map(|w| 100.0 * square(w[1] - square(w[0])) + square(1.0 - w[0])).sum()
//! }
//!
//! let (x, mut gradient) = ([1.2, 1.0, 0.8], [0.0; 3]);
//! valley_grad_into(&x, &mut gradient, &mut vec![0.0; valley_grad_workspace(3)])?;
//! assert!((gradient[1] + 8.0).abs() < 1e-9);
//! # Ok::<(), gradgen::Error>(())
//! ```
//!
//! A `move` closure keeps what it captured, so it does not assign to that. Where items are skipped, paired or
//! reversed after a closure, that closure assigns to nothing: whether it is called for items that nobody meets
//! would decide about the value.
//!
//! # Structs and methods
//!
//! A struct of floats, arrays of floats and other such structs is an argument and a result like an array, and so
//! is a tuple: `#[derive(Gradgen)]` on the struct says how many scalars it has. A gradient by a struct is a struct
//! of the same type, with zeros in the fields that the function does not read; so are tangents, cotangents and
//! directions. There is no Hessian by a struct, and no Jacobian of one: their products, `hvp`, `jvp` and `vjp`,
//! are structs. In a block with `#[gradgen]`, siblings of methods are methods, and `self` is an input.
//!
//! ```
//! use gradgen::{Gradgen, gradgen};
//!
//! #[derive(Gradgen, Clone, Copy, Debug, PartialEq)]
//! pub struct Pendulum {
//!     pub mass: f64,
//!     pub length: f64,
//! }
//!
//! #[gradgen]
//! impl Pendulum {
//!     fn inertia(&self) -> f64 {
//!         self.mass * self.length * self.length
//!     }
//!
//!     /// Kinetic energy.
//!     #[gradgen(gradient(self), gradient(v))]
//!     pub fn kinetic(&self, v: f64) -> f64 {
//!         0.5 * self.inertia() * v * v
//!     }
//! }
//!
//! let pendulum = Pendulum { mass: 2.0, length: 3.0 };
//! assert_eq!(pendulum.kinetic_grad_v(1.0), 18.0);
//! assert_eq!(pendulum.kinetic_grad_self(1.0), Pendulum { mass: 4.5, length: 6.0 });
//! ```
//!
//! The macro does not see the struct. What a field is follows from what is done with it; where that does not say
//! it, a variable with a type does, `let table: [f64; 3] = p.table;`. Outside of Rust a struct is a list of its
//! scalars, fields in the order of their declaration, and methods have no table.
//!
//! Structs have parameters, lengths and the scalar type: `fn f<const N: usize>(p: &Params<N>) -> f64`,
//! `fn f<T: Float>(p: &Point<T>) -> T`. Siblings of the latter ask that `Point<T>` is a `Structure` of `T`.
//!
//! A struct that is written to, `state: &mut State`, is an input and an output: siblings take `state` as it was before,
//! and yield a struct of the tangents or cotangents. Where no module shows the struct, the function writes to its
//! fields one by one; those that it does not mention stay as they are.
//!
//! ```
//! use gradgen::{Gradgen, gradgen};
//!
//! #[derive(Gradgen, Clone, Copy, Debug, PartialEq)]
//! pub struct State {
//!     pub position: f64,
//!     pub speed: f64,
//!     pub drag: f64,
//! }
//!
//! #[gradgen(jvp(state), vjp(state))]
//! pub fn step(state: &mut State, force: f64) {
//!     state.speed += 0.1 * force;
//!     state.position += 0.1 * state.speed;
//! }
//!
//! let state = State { position: 0.0, speed: 1.0, drag: 0.5 };
//! let after = State { position: 1.0, speed: 0.0, drag: 2.0 };
//! assert_eq!(step_vjp_state(&state, 3.0, &after), State { position: 1.0, speed: 0.1, drag: 2.0 });
//! ```
//!
//! An enum without data is a parameter, `fn f(mode: Mode, x: f64)`, with the same derive. Functions `match` on it,
//! compare it with its variants by their paths, and cast it to an integer; rustc decides what these mean, since they
//! stand in the siblings as they were written. One cannot differentiate by it. Outside of Rust it is an `i32`, the
//! number of a variant, and another number is refused. As the field of a struct it stands behind
//! `#[structure(parameter)]`, as integers and truth values do there: in the struct's list of scalars it is a number, and
//! in a derivative it is the first variant, or zero, and means nothing.
//!
//! ```
//! use gradgen::{Gradgen, gradgen};
//!
//! #[derive(Gradgen, Clone, Copy)]
//! pub enum Spring {
//!     Linear,
//!     Duffing,
//! }
//!
//! #[gradgen(gradient)]
//! pub fn energy(spring: Spring, x: f64) -> f64 {
//!     match spring {
//!         Spring::Linear => 0.5 * x * x,
//!         Spring::Duffing => 0.5 * x * x + 0.25 * x.powi(4),
//!     }
//! }
//!
//! assert_eq!(energy_grad(Spring::Duffing, 2.0), 10.0);
//! ```
//!
//! Types of other crates, as a `Vector3` of `nalgebra`, are refused: by their text alone a product of matrices and
//! one of numbers look alike, and a type of that name may be any. Arrays are the common ground, and the conversion
//! is free of cost: `energy_grad(v.as_ref())` takes a `&[f64; 3]` of a `Vector3<f64>`, and
//! `Vector3::from(gradient)` makes one of a gradient.
//!
//! # Modules
//!
//! One function is all that `#[gradgen]` sees. `#[gradgen::module]` on a module sees what stands in it: constants
//! and tables with their lengths, other names of types, the fields of structs, and what the functions beside a
//! function do. These are run where they are called, also if they take slices, closures or structs, so that what
//! they compute is shared; functions with derivatives of their own as well, if they are short. The results are
//! those of the functions by themselves. The constant `GRADGEN` lists the functions' tables.
//!
//! ```
//! #[gradgen::module]
//! mod kernels {
//!     use gradgen::gradgen;
//!
//!     const N: usize = 2;
//!     const WEIGHTS: [f64; N] = [0.5, 2.0];
//!     type State = [f64; N];
//!
//!     fn dot(a: &[f64], b: &[f64]) -> f64 {
//!         a.iter().zip(b).map(|(a, b)| a * b).sum()
//!     }
//!
//!     /// Weighted, and squared.
//!     #[gradgen(gradient)]
//!     pub fn energy(x: &State) -> f64 {
//!         dot(x, &WEIGHTS) * dot(x, x)
//!     }
//! }
//!
//! assert_eq!(kernels::energy_grad(&[1.0, 1.0]), [6.0, 9.0]);
//! assert_eq!(kernels::GRADGEN.len(), 1);
//! ```
//!
//! Without a module, `types(State = [f64; 2])` in the attribute says what another name of a type stands for.
//!
//! # Special functions, vectors, sets
//!
//! [`math`] has what the standard library lacks: the error function, the gamma function and its family, the
//! normal distribution, logistic functions, Bessel functions; `dot`, norms, `softmax`, `log_sum_exp`, forms and
//! products; half the squared distances to balls, boxes, halfspaces, the second-order cone and the simplex. By
//! their full path, `gradgen::math::dot(x, y)`, they take slices of any length.
//!
//! # Functions over any float
//!
//! One type parameter may be the scalar type. The siblings are generic too, with the function's own bounds and
//! [`Scalar`], which `f64` and `f32` implement; their values have the bits of the function for either.
//!
//! ```
//! use gradgen::{Scalar, gradgen};
//! use num_traits::{Float, FloatConst};
//!
//! /// The mean energy of `N` oscillators.
//! #[gradgen(gradient, hvp)]
//! fn energy<T: Float + FloatConst, const N: usize>(x: &[T; N]) -> T {
//!     let mut sum = T::zero();
//!     for i in 0..N {
//!         sum = sum + T::from(0.5).unwrap() * x[i].powi(2) + (T::PI() * x[i]).cos();
//!     }
//!     sum / T::from(N).unwrap()
//! }
//!
//! let [a, b] = energy_grad(&[0.0_f32, 1.0]);
//! assert!(a == 0.0 && (b - 0.5).abs() < 1e-6);
//! let [a]: [f64; 1] = energy_grad(&[1.0]);
//! assert!((a - 1.0).abs() < 1e-14);
//!
//! /// What calls siblings for any float says so.
//! fn descend<T: Float + FloatConst + Scalar, const N: usize>(x: &mut [T; N]) {
//!     let slopes = energy_grad(x);
//!     for (x, slope) in x.iter_mut().zip(slopes) {
//!         *x = *x - T::from(0.1).unwrap() * slope;
//!     }
//! }
//! ```
//!
//! Bounds are the traits of `num_traits` (`Float`, `Real`, `FloatCore`, `FloatConst`, `FromPrimitive`, `NumCast`,
//! `Num`, `NumAssign`, `Zero`, `One`, `Signed`, …) and those of the standard library (operators, `Copy`, `Debug`,
//! `Sum`, `From<f32>`, `'static`, …), also behind `where`. Any other trait is an error, for its methods could
//! compute anything; a bundle of traits, `trait Number: Float + Debug {}`, is understood where `#[gradgen::module]`
//! sees it, and has to be written out elsewhere. That a trait
//! called `Float` is the one of `num_traits`, rustc checks: it reports that a trait of another crate has no
//! `integer_decode`. For the same reason a method is understood only if a bound has it.
//!
//! Numbers enter by `T::from(2.0).unwrap()`, `T::from(n).unwrap()` with an integer, `NumCast::from`,
//! `num_traits::cast`, `T::from_f64(..).unwrap()`, `T::from_usize(..).unwrap()`, and where `T: From<f32>` by
//! `T::from(2.0)` and `2.0.into()`. What is converted may be a variable, an element of a table of `f64` or
//! arithmetic on literals and constants, and keeps the bits that it has in `f64`; arithmetic in `f64` on what
//! only run time knows is refused. Constants are `T::zero()`, `T::one()`, `T::epsilon()`, `T::PI()` and their
//! like. There is no way out of the scalar type but to an index, `x.to_usize().unwrap()`: `x.to_f64()` is refused.
//!
//! The companion is generic as well: `<energy<f64, 3> as Differentiable>::INFO`; a generic function can be called
//! from functions of `f64`, of `f32`, and of any float.
//!
//! # Calls
//!
//! A function with `#[gradgen]` can call others, from any module or crate, also under another name.
//! The derivative goes through the callee by the chain rule; the callee needs no request for that.
//!
//! ```
//! use gradgen::gradgen;
//!
//! mod kernels {
//!     use gradgen::gradgen;
//!
//!     #[gradgen]
//!     pub fn softplus(x: f64) -> f64 {
//!         x.exp().ln_1p()
//!     }
//! }
//!
//! use kernels::softplus as smooth;
//!
//! #[gradgen(gradient)]
//! fn barrier(x: &[f64; 2]) -> f64 {
//!     smooth(-x[0]) + smooth(-x[1])
//! }
//!
//! assert_eq!(barrier_grad(&[0.0, 0.0]), [-0.5, -0.5]);
//! ```
//!
//! A const generic of the callee follows from the arguments, or is said: `iterate::<12>(x)`. A callee that takes
//! slices is called with arrays whose lengths are literals, constants or const generics; an array whose length
//! only run time knows can't be passed. Nor can reverse mode go through a function whose loops run as often as an
//! argument says: its tape would have a length that no caller knows. Both are errors at the call; in a
//! [module](macro@module) of which everything is seen such functions are run where they are called.
//!
//! ```
//! use gradgen::gradgen;
//!
//! #[gradgen]
//! fn dot(a: &[f64], b: &[f64]) -> f64 {
//!     a.iter().zip(b).map(|(a, b)| a * b).sum()
//! }
//!
//! #[gradgen(gradient)]
//! fn power(force: &[f64; 3]) -> f64 {
//!     dot(force, &[1.0, 2.0, 3.0]) * dot(force, force)
//! }
//!
//! assert_eq!(power_grad(&[1.0, 0.0, 0.0]), [3.0, 2.0, 3.0]);
//! ```
//!
//! This is possible because a type of the function's name stands beside it, the *companion*, which
//! carries the function's derivatives and its [table](#the-table). An import brings both. It also
//! means that no type or module of that name can stand in the same scope: with `mod f; pub use f::f;`
//! rustc reports E0255; call the module or the function something else. And import functions by name:
//! where a glob import brings a companion beside another function of the same name, value and derivative
//! would be of two functions. Debug builds notice that when the caller is run.
//!
//! A callee without `#[gradgen]` has no companion. Only rustc can see that; it says at the call that it
//! cannot find a module or crate of that name (E0433). Put `#[gradgen]` on the callee, with `custom(...)` if it
//! is not understood.
//!
//! An index or an integer divisor that follows from the arguments can be out of range. Where the
//! function itself would panic, its siblings return an [`Error`]; so the value form of such a function
//! returns a `Result`. A function that calls one says `fallible`:
//!
//! ```
//! use gradgen::{Error, gradgen};
//!
//! #[gradgen(gradient)]
//! fn entry(x: &[f64; 3], i: usize) -> f64 {
//!     x[i] * x[i]
//! }
//!
//! #[gradgen(gradient, fallible)]
//! fn scaled(x: &[f64; 3], i: usize, by: f64) -> f64 {
//!     by * entry(x, i)
//! }
//!
//! assert_eq!(entry_grad(&[1.0, 2.0, 3.0], 1), Ok([0.0, 4.0, 0.0]));
//! assert_eq!(scaled_grad_x(&[1.0, 2.0, 3.0], 1, 3.0), Ok([0.0, 12.0, 0.0]));
//! assert!(matches!(scaled_grad_x(&[1.0, 2.0, 3.0], 3, 3.0), Err(Error::Index { index: 3, .. })));
//! ```
//!
//! # The table
//!
//! What a function is called, takes and yields is a constant of its companion, through
//! [`Differentiable`]. Everything outside Rust is made from this table.
//!
//! ```
//! use gradgen::{Differentiable, FunctionInfo, gradgen};
//!
//! #[gradgen(gradient, outputs(a))]
//! fn f(x: &[f64; 2], w: f64) -> f64 {
//!     x[0] * x[1] * w
//! }
//!
//! const INFO: &FunctionInfo = <f as Differentiable>::INFO;
//! let names: Vec<_> = INFO.siblings.iter().map(|sibling| sibling.name).collect();
//! assert_eq!(names, ["f_grad_x", "f_grad_w"]);
//! assert_eq!(INFO.siblings[0].outputs[0].name, "gradient_a");
//! assert_eq!(INFO.inputs[0].size(), Some(2));
//! ```
//!
//! The crate `gradgen-py` makes a Python extension module of it.
//!
//! # What is understood
//!
//! | | understood | refused today |
//! |---|---|---|
//! | types | `f64`, or `f32` throughout, or one type parameter ([below](#functions-over-any-float)); `[T; N]` of any depth, `N` a literal, a constant or a const generic; slices `&[T]` and `&[[T; 3]]`; integers, `bool`, `&[usize]`; structs of floats and tuples ([below](#structs-and-methods)); by value or reference | two type parameters, enums, types of other crates |
//! | results | a scalar, an array, a struct, a tuple of those, `&mut` parameters, `Option` and `Result` of these | integers, references |
//! | `let` | with or without a type, `mut`, shadowed, with a value later; patterns of tuples, arrays and structs | `ref`, `..` in array patterns |
//! | assignment | `=`, `+=` and the like, to variables, elements, fields, parts of arrays, and through `&mut` | to what a `move` closure captured |
//! | branches | `if`, `else if`, `else` as statement and expression, on any condition; `&&`, `\|\|`, `!`; `match` and `matches!` on numbers, truth values, ranges, tuples, arrays and options, with `\|`, `@` and guards; `if let` with `&&`, `let … else`, `while let`; `return`, `?`, labelled blocks | names in `\|` of a pattern; names in capitals that are not known to be constants, in patterns |
//! | loops | `for` over a range, also `..=`, `.rev()` and `.step_by(2)`; `while` and `loop`; `break`, `continue`, labels ([below](#loops)); iterators ([below](#iterators-and-closures)) | `scan`, `peekable`, `cycle` and what else decides by its own state how long it is |
//! | expressions | `+ - * / %`, comparisons, casts with `as`, array literals, `[v; N]`, `vec![v; n]`, `x.len()`, closures, `&x[a..b]`, struct literals | bit operations on what is no literal |
//! | constants | by path: `std::f64::consts::PI`, your own | |
//! | methods | the [elementary functions](functions), as `x.sin()`, `f64::sin(x)` and `Float::sin(x)`, `sin_cos`, `clamp`, `is_nan`, `is_finite`, `is_infinite`, `is_sign_negative`, `is_sign_positive` | all others |
//! | calls | of functions with `#[gradgen]`, of all that stand in the body or the [module](#modules) | of others, with arrays whose length only run time knows, recursion, with `&mut` arguments |
//!
//! Values that are not floats — indices, conditions — are not differentiated; a cast from an integer to
//! a float is a constant. Where a type cannot be known from the text, as that of a call's result, the
//! message asks for `let y: f64 = …;`.
//!
//! # Floating point
//!
//! The value that a sibling computes has the bits that the function itself computes: operations are
//! shared and constants folded where the rounding is the same, but nothing is reordered, and no
//! identity is used that fails for some float (`0 * x` is not `0`, `x - x` is not `0`, `x + 0` is not
//! `x`). The exceptions are the bits of a NaN.
//!
//! In derivatives, what is zero whatever the inputs are is not computed. So a NaN or an infinity in a
//! part of the function that an input has no influence on does not reach the derivative by that input.
//!
//! Where a function has no derivative, or more than one candidate, this holds:
//!
//! | at | derivative |
//! |---|---|
//! | a condition of `if` that changes | that of the branch that is taken |
//! | `abs` at 0 | 0 |
//! | `max`, `min` at a tie | 1 for the first argument, 0 for the second |
//! | `max`, `min` of a NaN | 1 for the other argument |
//! | `clamp` at a bound | 1 for the value, 0 for the bound |
//! | `floor`, `ceil`, `round`, `trunc`, `signum` | 0, at the jumps too |
//! | `fract`, and `%` by its first argument | 1, at the jumps too |
//! | `copysign` at 0 | 0 |
//! | `sqrt`, `ln` and others at the edge of their domain | what IEEE arithmetic gives, mostly an infinity |
//! | `powf` by the exponent at a base of 0 and a positive exponent | 0 |
//! | `powf` at an exponent of 0, `powi` at 0, by the base | 0 |
//!
//! Integers in siblings wrap where the function itself would panic in a debug build; in a release
//! build the function wraps too.
//!
//! # Without `std`
//!
//! The code that is emitted needs neither `std` nor an allocator. `sin` and the like are methods of
//! `std`, though; the feature `libm` takes them from the crate of that name instead:
//!
//! ```toml
//! [dependencies]
//! gradgen = { version = "0.1", default-features = false, features = ["libm"] }
//! ```
//!
//! The function itself has to be Rust that compiles there: `x.sin()` is then the method of a trait of
//! yours, or of a crate's. It must compute what `libm` computes, for that is what the siblings call.
//! With both features on, `std` is used.
#![no_std]
#![forbid(unsafe_code)]

pub use gradgen_macros::{Gradgen, gradgen, module};
pub use gradgen_runtime::{
    ArgInfo, Default, Differentiable, Dim, Dtype, Error, FunctionInfo, Mismatch, Parameter, Place, Role,
    Scalar, Structure, stop_gradient,
};
#[doc(hidden)]
pub use gradgen_runtime::{
    Call, Entry, Flat, Value, chain, check, elements, flatten, memory, place, places, read_parameter, room,
    scalar, structure, variant, write_parameter,
};
#[cfg(feature = "libm")]
#[doc(hidden)]
pub use gradgen_runtime::{core_math, libm};

#[cfg(any(feature = "std", feature = "libm"))]
pub mod math;

#[cfg(doc)]
#[doc = include_str!("../docs/functions.md")]
pub mod functions {}

/// The README's example runs.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
