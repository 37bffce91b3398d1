//! Runs the contests and prints their table: `gradgen-benchmarks [--casadi FOLDER] [KERNEL]`.

#![forbid(unsafe_code)]

use std::process::ExitCode;

use gradgen_benchmarks::cases::CASES;
use gradgen_benchmarks::harness::Bench;

fn main() -> ExitCode {
    let mut bench = Bench::default();
    let mut filter = String::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--casadi" => bench.casadi = arguments.next().map(Into::into),
            _ => filter = argument,
        }
    }
    for (name, run) in CASES {
        if name.contains(&filter) {
            run(&mut bench);
        }
    }
    if bench.rows.is_empty() {
        let names = CASES.map(|(name, _)| name).join(", ");
        eprintln!("no kernel is called `{filter}`: there are {names}");
        return ExitCode::FAILURE;
    }
    print!("{}", bench.table());
    ExitCode::SUCCESS
}
