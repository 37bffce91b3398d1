//! `cargo xtask cost`: what a function costs to compile, in the macro and in rustc.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use crate::project::{Project, answer};

/// The shortest time of as many compilations counts.
const REPEATS: usize = 2;
const HEAD: [&str; 2] = [
    "                  nodes of the  nodes of  operations      macro, µs     rustc, CPU s per 1,000 operations",
    "function              function       all     emitted       per node       optimised     not optimised",
];

/// Measures and prints a table.
pub(crate) fn run(project: &Project) -> Result<(), String> {
    let folder = project.target();
    let built = folder.join("release");
    let folder = folder.join("cost");
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let built_all = project.cargo(["build", "--release", "--package", "gradgen"]).status();
    if !built_all.is_ok_and(|status| status.success()) {
        return Err("gradgen could not be built".to_owned());
    }
    let mut example = project.cargo(["run", "--release", "--package", "gradgen-compiler"]);
    example.args(["--example", "cost", "--"]).arg(&folder);
    let lines = answer(&mut example).ok_or("the functions could not be expanded")?;
    println!("{}", HEAD.join("\n"));
    for line in lines.lines() {
        let fields: Vec<_> = line.split(' ').collect();
        let [name, graph, nodes, operations, seconds] = fields[..] else {
            return Err(format!("a line that says nothing: {line}"));
        };
        let number = |text: &str| text.parse::<f64>().map_err(|error| format!("{text}: {error}"));
        let (all, operations_count, seconds) = (number(nodes)?, number(operations)?, number(seconds)?);
        let micros = seconds * 1e6 / all;
        print!("{name:<19} {graph:>10} {nodes:>9} {operations:>11} {micros:>14.2}");
        for level in ["3", "0"] {
            let with = compile(&built, &folder, name, level)?;
            let without = compile(&built, &folder, &format!("{name}_plain"), level)?;
            print!(" {:>16.3}", (with - without) * 1e3 / operations_count);
        }
        println!();
    }
    Ok(())
}

/// The seconds that rustc takes for a file.
fn compile(built: &Path, folder: &Path, name: &str, level: &str) -> Result<f64, String> {
    let mut shortest = f64::INFINITY;
    for _ in 0..REPEATS {
        let mut rustc = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
        rustc.args(["--edition", "2024", "--crate-type", "lib", "--cap-lints", "allow"]);
        rustc.args(["-C", &format!("opt-level={level}"), "-L"]).arg(built.join("deps")).arg("--extern");
        rustc.arg(format!("gradgen={}", built.join("libgradgen.rlib").display()));
        rustc.arg("--out-dir").arg(folder).arg(folder.join(format!("{name}.rs")));
        let (started, before) = (Instant::now(), children());
        let status = rustc.status().map_err(|error| format!("rustc: {error}"))?;
        if !status.success() {
            return Err(format!("rustc refuses {name}.rs"));
        }
        let wall = started.elapsed().as_secs_f64();
        let seconds = before.zip(children()).map_or(wall, |(before, after)| after - before);
        shortest = shortest.min(seconds);
    }
    Ok(shortest)
}

/// The CPU seconds of the programs that this one has run, where the system tells: on Linux.
fn children() -> Option<f64> {
    let line = std::fs::read_to_string("/proc/self/stat").ok()?;
    // After the name in parentheses: fields 16 and 17 of proc_pid_stat(5), counted from 3.
    let fields: Vec<_> = line.rsplit_once(") ")?.1.split(' ').collect();
    let ticks = fields.get(13)?.parse::<f64>().ok()? + fields.get(14)?.parse::<f64>().ok()?;
    // USER_HZ is 100 on every Linux that rustc runs on.
    Some(ticks / 100.0)
}
