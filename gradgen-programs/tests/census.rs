//! What the generator makes: everything that it promises, and mostly points that can be compared.

use gradgen_programs::{
    Method,
    cases::cases,
    generate::{self, Features},
    print, requests, seeds,
};
use std::collections::BTreeMap;

const PROGRAMS: u64 = 2000;

/// Texts that only these constructs have.
const CONSTRUCTS: [(&str, &str); 58] = [
    ("array parameter by reference", ": &[f64;"),
    ("scalar parameter by reference", ": &f64"),
    ("nested array parameter", ": &[[f64;"),
    ("array parameter by value", ": [f64;"),
    ("overwritten parameter", "mut x: "),
    ("usize parameter", ": usize"),
    ("i32 parameter", ": i32"),
    ("bool parameter", ": bool"),
    ("output parameter", ": &mut ["),
    ("scalar result", "-> f64 {"),
    ("array result", "-> [f64;"),
    ("nested array result", "-> [[f64;"),
    ("tuple result", "-> ("),
    ("typed let", ": f64 = "),
    ("let mut", "let mut "),
    ("tuple pattern", "let ("),
    ("array pattern", "let ["),
    ("wildcard", "_, "),
    ("compound assignment", " += "),
    ("compound assignment to an element", "] *= "),
    ("compound remainder", " %= "),
    ("assignment to an element", "] = "),
    ("assignment to a nested element", "][0] = "),
    ("assignment through a reference", "\n    *"),
    ("array pattern of a parameter", "0, "),
    ("assignment to a tuple", ") = ("),
    ("i32 as usize", " + 3) as usize"),
    ("block as an expression", " = {\n"),
    ("if as an expression", " = if "),
    ("else if", "} else if "),
    ("and", " && "),
    ("or", " || "),
    ("not", "if !"),
    ("loop", "for i in 0.."),
    ("nested loop", "for j in "),
    ("inclusive loop", "..="),
    ("reversed loop", ").rev()"),
    ("loop up to a variable", "0..i"),
    ("cast", " as f64"),
    ("constant", "consts::PI"),
    ("remainder", " % "),
    ("repeated element", "; 3]"),
    ("field", ".0"),
    ("const parameter", "<const LENGTH_"),
    ("loop up to a constant", "..LENGTH_"),
    ("slice", ": &[f64]"),
    ("slice of indices", ": &[usize]"),
    ("loop through a slice", ".len() {"),
    ("slice from its end", ".len() - 1 - "),
    ("long loop", "0..12 {"),
    ("long array", "; 12]"),
    ("while", "while turn"),
    ("condition that counts", "while {\n"),
    ("endless loop", "    loop {"),
    ("break", "break;"),
    ("continue", "continue;"),
    ("steps", ").step_by(2)"),
    ("steps from the end", ".rev().step_by("),
];

#[test]
fn every_construct_occurs() {
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    for seed in 0..PROGRAMS {
        let program = seeds::make(seed, 1500, |bytes| generate::program(bytes, Features::all())).unwrap();
        let text = print::program(&program, |_| String::new());
        for (construct, sign) in CONSTRUCTS {
            *found.entry(construct).or_default() += usize::from(text.contains(sign));
        }
        for method in Method::ALL {
            let (after, before) = (format!(".{}(", method.name()), format!("f64::{}(", method.name()));
            *found.entry(method.name()).or_default() +=
                usize::from(text.contains(&after) || text.contains(&before));
        }
        let called = text.matches("callee0(").count();
        *found.entry("call").or_default() += usize::from(called > 1);
    }
    println!("programs that have each construct, of {PROGRAMS}: {found:#?}");
    for (construct, count) in found {
        assert!(count >= PROGRAMS as usize / 200, "{construct}: {count}");
    }
}

#[test]
fn most_points_can_be_compared() {
    let (mut compared, mut skipped) = (0, 0);
    for seed in 0..PROGRAMS / 10 {
        let (program, requests) = seeds::make(seed, 1500, |bytes| {
            let program = generate::program(bytes, Features::all())?;
            let requests = requests::requests(bytes, program.main(), 4)?;
            Ok((program, requests))
        })
        .unwrap();
        let cases = cases(&program, &requests, seed, 2).unwrap();
        compared += cases.calls.len();
        skipped += cases.skipped;
    }
    println!("{compared} calls compared, {skipped} skipped");
    assert!(compared > 5 * skipped, "{compared} calls compared, {skipped} skipped");
}
