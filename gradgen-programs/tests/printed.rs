//! The printer and the oracle agree: rustc compiles the printed programs, and they compute to the
//! bit what the oracle says.

use gradgen_programs::{
    Program, batch, check,
    derivatives::point,
    generate::{self, Features},
    seeds,
};
use std::{fs, path::Path, process::Command};

const PROGRAMS: u64 = 300;

fn program(seed: u64) -> Program {
    seeds::make(seed, 1500, |bytes| generate::program(bytes, Features::all())).expect("bytes never run out")
}

#[test]
fn generated_programs_are_well_typed() {
    for seed in 0..2000 {
        let program = program(seed);
        if let Err(error) = check(&program) {
            let text = gradgen_programs::print::program(&program, |_| String::new());
            panic!("program {seed}: {error}\n{text}");
        }
    }
}

#[test]
fn compiled_programs_compute_what_the_oracle_says() {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("printed");
    fs::create_dir_all(&directory).unwrap();
    let mut text = batch::HEAD.to_owned();
    let mut modules = Vec::new();
    for seed in 0..PROGRAMS {
        let program = program(seed);
        let points: Vec<_> = (0..3).map(|at| point(&program, 3 * seed + at).unwrap()).collect();
        let name = format!("program{seed}");
        text += &batch::plain_module(&name, &program, &points).unwrap();
        modules.push(name);
    }
    text += &batch::main(&modules);
    fs::write(directory.join("main.rs"), text).unwrap();
    fs::write(directory.join("harness.rs"), batch::HARNESS).unwrap();
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let compiled = Command::new(rustc)
        .current_dir(&directory)
        .args(["--edition", "2024", "-C", "debuginfo=0", "-C", "codegen-units=16", "main.rs"])
        .output()
        .unwrap();
    assert!(compiled.status.success(), "{}", String::from_utf8_lossy(&compiled.stderr));
    let run = Command::new(directory.join("main")).output().unwrap();
    let printed = String::from_utf8_lossy(&run.stdout);
    assert_eq!(printed, "done\n", "programs: {}", directory.join("main.rs").display());
}
