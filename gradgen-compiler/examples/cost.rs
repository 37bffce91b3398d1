//! What straight-line functions cost to expand: `cargo xtask cost` runs this and then gives what
//! it writes to rustc.
//!
//! ```text
//! cargo run --release -p gradgen-compiler --example cost -- FOLDER
//! ```
//!
//! For every function a line: its name, the nodes of its graph, the nodes of all graphs that are
//! emitted, the operations that are emitted, and the seconds of the expansion. The folder gets the
//! function as written (`NAME_plain.rs`) and with what stands beside it (`NAME.rs`).

use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use gradgen_compiler::diagnostics::Diagnostics;
use gradgen_compiler::ir::Graph;
use gradgen_compiler::model::Function;
use gradgen_compiler::passes::operations;
use gradgen_compiler::{Outcome, Target, compile, expand};
use proc_macro2::TokenStream;

/// About as many nodes have the functions.
const SIZES: [usize; 3] = [1_000, 3_000, 10_000];
/// The attributes, with a word for each, and whether there are branches in the function.
const CASES: [(&str, &str, bool); 4] = [
    ("primal", "", false),
    ("gradient", "gradient", false),
    ("gradient_hvp", "gradient, hvp", false),
    ("branches", "gradient, hvp", true),
];
/// The shortest time of as many expansions counts.
const REPEATS: usize = 3;

/// Statements that are repeated, as they read the three newest variables and an input, with the
/// number of nodes that each adds.
const STATEMENTS: [(&str, usize); 6] = [
    ("A * X + B", 2),
    ("(A - C).sin()", 2),
    ("A / (B * B + 1.5)", 3),
    ("A.max(C) - 0.75 * C", 3),
    ("(A * A + X * X + 1.0).sqrt()", 5),
    ("A * (-B * B).exp() - 0.5 * C", 6),
];
/// Instead of the fourth where there are branches: condition, branch and what it yields.
const BRANCH: (&str, usize) = ("if A > C { A * 0.75 } else { C + 0.25 }", 5);

fn main() {
    let Some(folder) = std::env::args().nth(1) else {
        eprintln!("usage: cost FOLDER");
        std::process::exit(2);
    };
    for (word, attribute, branches) in CASES {
        for size in SIZES {
            let text = function(size, branches);
            let name = format!("{word}_{size}");
            let measured = measure(&text, &format!("{attribute}, limit = 100_000"));
            write(Path::new(&folder), &name, &text, &measured.code);
            let Measured { graph, nodes, operations, seconds, .. } = measured;
            println!("{name} {graph} {nodes} {operations} {seconds}");
        }
    }
}

/// A function of about as many nodes.
fn function(nodes: usize, branches: bool) -> String {
    let mut text =
        "pub fn long(x: &[f64; 8]) -> f64 {\n    let v0 = x[0];\n    let v1 = x[1];\n    let v2 = x[2];\n"
            .to_owned();
    let mut statements = STATEMENTS;
    if branches {
        statements[3] = BRANCH;
    }
    let (mut last, mut made) = (2, 0);
    while made < nodes {
        let (statement, more) = statements[last % statements.len()];
        let expression = statement
            .replace('A', &format!("v{last}"))
            .replace('B', &format!("v{}", last - 1))
            .replace('C', &format!("v{}", last - 2))
            .replace('X', &format!("x[{}]", last % 8));
        last += 1;
        made += more;
        writeln!(text, "    let v{last} = {expression};").expect("a string takes everything");
    }
    text + &format!("    v{last}\n}}\n")
}

struct Measured {
    code: TokenStream,
    graph: usize,
    nodes: usize,
    operations: usize,
    seconds: f64,
}

fn measure(function: &str, attribute: &str) -> Measured {
    let tokens =
        |text: &str| text.trim_start_matches(", ").parse::<TokenStream>().expect("text that is Rust");
    let (attribute, item) = (tokens(attribute), tokens(function));
    let mut diagnostics = Diagnostics::default();
    let outcome = compile(attribute.clone(), item.clone(), &mut diagnostics);
    let Outcome::Understood(model) = outcome else { panic!("the function is not understood") };
    assert!(diagnostics.is_empty(), "{:?}", diagnostics.messages().collect::<Vec<_>>());
    let expansion = || {
        let arguments = (attribute.clone(), item.clone());
        let started = Instant::now();
        let code = expand(arguments.0, arguments.1, Target::default());
        (started.elapsed().as_secs_f64(), code)
    };
    let (mut seconds, code) = expansion();
    for _ in 1..REPEATS {
        seconds = seconds.min(expansion().0);
    }
    let graphs = graphs(&model);
    Measured {
        code,
        graph: model.primal.graph.len(),
        nodes: graphs.iter().map(|graph| graph.len()).sum(),
        operations: graphs.iter().map(|graph| operations(graph)).sum(),
        seconds,
    }
}

/// The graphs of everything that is emitted.
fn graphs(model: &Function) -> Vec<&Graph> {
    let mut graphs = vec![&model.primal.graph];
    if let Some(chain) = &model.chain {
        graphs.push(&chain.jvp);
        if let Some(reverse) = &chain.reverse {
            graphs.extend([&reverse.forward, &reverse.forward_jvp, &reverse.reverse, &reverse.reverse_jvp]);
        }
    }
    graphs.extend(model.siblings.iter().map(|sibling| &sibling.graph));
    graphs
}

fn write(folder: &Path, name: &str, plain: &str, code: &TokenStream) {
    let head = "//! Made by `cargo xtask cost`.\n#![allow(clippy::all)]\n";
    for (file, text) in [(format!("{name}_plain.rs"), plain), (format!("{name}.rs"), &*code.to_string())] {
        let path = folder.join(file);
        if let Err(error) = std::fs::write(&path, format!("{head}{text}")) {
            eprintln!("{}: {error}", path.display());
            std::process::exit(1);
        }
    }
}
