//! Many programs as one crate: a module for each, and a `main` that prints every difference.

use crate::{
    Program,
    derivatives::{Point, values},
    evaluate::Fault,
    print,
};
use std::fmt::Write as _;

/// What the modules share: the text of a module `harness`.
pub const HARNESS: &str = include_str!("batch/harness.rs");

/// What stands before everything else in a batch.
pub const HEAD: &str = "\
#![allow(warnings, arithmetic_overflow, unconditional_panic)]
mod harness;
";

/// Numbers as a call that restores every bit.
#[must_use]
pub fn bits(numbers: &[f64]) -> String {
    let list: Vec<String> = numbers.iter().map(|number| format!("{:#x}", number.to_bits())).collect();
    format!("bits(&[{}])", list.join(", "))
}

/// A module with a program and a function `check` that compares its values.
///
/// # Errors
/// An ill-formed program.
pub fn plain_module(name: &str, program: &Program, points: &[Point]) -> Result<String, Fault> {
    let mut text = format!("mod {name} {{\nuse crate::harness::*;\n\n");
    text += &print::program(program, |_| String::new());
    text += "\npub fn check() {\n";
    for point in points {
        let want = values(program, point)?.concat();
        let call = print::call(program.main(), point);
        let _ = writeln!(text, "    same_bits({name:?}, &flat({call}), &{});", bits(&want));
    }
    text += "}\n}\n";
    Ok(text)
}

/// The `main` that runs the checks of these modules.
#[must_use]
pub fn main(modules: &[String]) -> String {
    let mut text = "fn main() {\n    std::panic::set_hook(Box::new(|_| {}));\n".to_owned();
    for module in modules {
        let _ = writeln!(text, "    harness::guarded({module:?}, {module}::check);");
    }
    text += "    println!(\"done\");\n}\n";
    text
}
