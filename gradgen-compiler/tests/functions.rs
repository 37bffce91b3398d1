//! `docs/functions.md` is what the table of elementary functions says.
//!
//! `cargo xtask docs` writes it anew.

use std::fmt::Write as _;

use expect_test::expect_file;
use gradgen_compiler::ir::elementary::{Core, Elementary, Row};

const HEAD: &str = "\
# Elementary functions

The methods of `f64` and `f32` that have a derivative, as `x.sin()` and as `f64::sin(x)`. `x` is the
first argument, `a` and `b` (and `c`) are the arguments of functions of several, `y` is the result.
Beside them `sin_cos` and `clamp` are understood; they are made of these and of comparisons.

This page is made from the table in `gradgen-compiler/src/ir/elementary` by `cargo xtask docs`.

| method | what it is | where it is differentiable | partial derivatives |
|---|---|---|---|
";

const SPECIAL: &str = "
# Special functions

What the functions of `gradgen::math` are made of. These are no methods of floats.

| function | what it is | where it is differentiable | partial derivatives |
|---|---|---|---|
";

#[test]
fn the_page_is_the_table() {
    let mut page = HEAD.to_owned();
    let rows = || Elementary::all().map(Elementary::row);
    for Row { name, doc, domain, formula, .. } in rows().filter(|row| row.core != Core::Special) {
        let doc = doc.trim_end_matches('.');
        writeln!(page, "| `{name}` | {doc} | {domain} | {formula} |").expect("a string takes everything");
    }
    page.push_str(SPECIAL);
    for Row { name, doc, domain, formula, .. } in rows().filter(|row| row.core == Core::Special) {
        let doc = doc.trim_end_matches('.');
        writeln!(page, "| `{name}` | {doc} | {domain} | {formula} |").expect("a string takes everything");
    }
    expect_file!["../../docs/functions.md"].assert_eq(&page);
}
