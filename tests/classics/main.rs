//! Functions that many have differentiated before, written as a Rust programmer writes them, against
//! num-dual to second order. The oracle of each is another text of its formula.
#![allow(unreachable_pub, reason = "functions are written as in a library")]

#[path = "../loops/check.rs"]
mod check;
#[path = "../loops/oracle.rs"]
mod oracle;
#[path = "../loops/sibling.rs"]
mod sibling;

mod arms;
mod estimation;
mod finance;
mod landscapes;
mod mechanics;
mod processes;
mod sums;

use gradgen::{FunctionInfo, Value};

/// Whatever a function returns, as a list.
pub trait Numbers {
    /// All numbers, in order.
    fn list(&self) -> Vec<f64>;
}

impl Numbers for f64 {
    fn list(&self) -> Vec<f64> {
        vec![*self]
    }
}

impl<T: Numbers, const N: usize> Numbers for [T; N] {
    fn list(&self) -> Vec<f64> {
        self.iter().flat_map(Numbers::list).collect()
    }
}

impl<A: Numbers, B: Numbers> Numbers for (A, B) {
    fn list(&self) -> Vec<f64> {
        [self.0.list(), self.1.list()].concat()
    }
}

impl<A: Numbers, B: Numbers, C: Numbers> Numbers for (A, B, C) {
    fn list(&self) -> Vec<f64> {
        [self.0.list(), self.1.list(), self.2.list()].concat()
    }
}

/// A function, what it was called with, and what it returned: all its siblings agree with the oracle, which
/// has all inputs in one list.
fn check(info: &'static FunctionInfo, inputs: &[&[f64]], values: impl Numbers, oracle: &impl oracle::Oracle) {
    let names: Vec<&str> = info.inputs.iter().map(|input| input.name).collect();
    let inputs = inputs.iter().map(|input| Value::F64(input)).collect();
    check::Subject { info, inputs, wrt: &names, values: values.list() }.check(oracle);
}
