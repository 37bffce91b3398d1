//! Derivatives of functions that can refuse a call, where several stand in one graph.

use gradgen_compiler::diagnostics::Diagnostics;
use gradgen_compiler::ir::{Op, verify};
use gradgen_compiler::{Outcome, compile};

/// The columns of a Jacobian are a loop here, and there is a check in it. That check is not what
/// the next column is differentiated through.
#[test]
fn checks_in_one_derivative_are_of_no_interest_to_the_next() {
    let attribute = "jacobian(w, q)".parse().expect("tokens");
    let function = "
        fn subject(w: [f64; N], q: f64, k: usize) -> (f64, [f64; M]) {
            (callee(&(if k < 2 { [q; 4] } else { [w[k]; 4] })), [q; M])
        }";
    let mut diagnostics = Diagnostics::default();
    let outcome = compile(attribute, function.parse().expect("tokens"), &mut diagnostics);
    assert_eq!(diagnostics.messages().collect::<Vec<_>>(), Vec::<&str>::new());
    let Outcome::Understood(function) = outcome else { panic!("the function is understood") };
    let graph = &function.siblings[0].graph;
    assert_eq!(verify(graph), Ok(()));
    let loops =
        (0..graph.len()).filter(|&place| matches!(graph.node(graph.value(place)).op, Op::For(_))).count();
    assert!(loops > 0, "the lengths are constants, so the columns are loops:\n{graph}");
}
