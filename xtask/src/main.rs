//! Development tasks: `cargo xtask demo`, `cargo xtask test` and what else [`USAGE`] lists.
//!
//! Plain `std`, so that the first run compiles nothing but this.

mod bench;
mod bench_python;
mod casadi;
mod cost;
mod demo;
mod docs;
mod extension;
mod project;
mod proof;
mod python;
mod steps;
mod stubs;
mod tally;
mod test;

use std::process::ExitCode;

use project::Project;

const USAGE: &str = "\
usage: cargo xtask COMMAND

  demo   build the Python extensions of the examples and run them
  test   everything that has to hold: format, lints, Rust tests, documentation, Python tests
  proof  what takes longer, or needs more tools: see docs/trust.md
  cost   measure what a function costs to compile, in the macro and in rustc
  docs   write docs/functions.md from the table of elementary functions
  stubs  write the .pyi files of the Python extensions from their tables
  bench-python [--write]
         measure calls from Python against PyO3 by hand, CasADi, numba and JAX; into benchmarks/PYTHON.md
  bench  [--native] [--casadi] [--write] [KERNEL]
         measure generated derivatives against hand-written ones and num-dual; for this processor;
         against CasADi's C, too; into benchmarks/RESULTS.md; of the kernels with this in their name

PYTHON=path chooses the interpreter that .venv is made with.";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(command) = arguments.next() else { return usage() };
    let rest: Vec<_> = arguments.collect();
    if !command.starts_with("bench") && !rest.is_empty() {
        return usage();
    }
    let project = Project::here();
    let outcome = match command.as_str() {
        "bench" => match bench::Options::read(&rest) {
            Some(options) => bench::run(&project, &options),
            None => return usage(),
        },
        "bench-python" => match rest.as_slice() {
            [] => bench_python::run(&project, false),
            [write] if write == "--write" => bench_python::run(&project, true),
            _ => return usage(),
        },

        "stubs" => stubs::run(&project),
        "demo" => demo::run(&project),
        "proof" => proof::run(&project),
        "test" => test::run(&project),
        "cost" => cost::run(&project),
        "docs" => docs::run(&project),
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(())
        }
        _ => return usage(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> ExitCode {
    eprintln!("{USAGE}");
    ExitCode::from(2)
}
