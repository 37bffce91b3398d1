//! `cargo xtask bench`: generated derivatives against hand-written ones, num-dual and CasADi.

use std::process::{Command, Stdio};

use crate::casadi;
use crate::project::{Project, answer};

/// The table of a run that is kept.
const RESULTS: &str = "benchmarks/RESULTS.md";
/// The column of the table whose times are compared between builds.
const GRADGEN: &str = "gradgen, ns";
/// What one build is allowed to be slower than the other, by noise.
const NOISE: f64 = 1.05;

/// What is asked for.
#[derive(Default)]
pub(crate) struct Options {
    native: bool,
    casadi: bool,
    write: bool,
    filter: String,
}

impl Options {
    /// The words after `bench`, if they are understood.
    pub(crate) fn read(words: &[String]) -> Option<Self> {
        let mut options = Self::default();
        for word in words {
            match word.as_str() {
                "--native" => options.native = true,
                "--casadi" => options.casadi = true,
                "--write" => options.write = true,
                kernel if options.filter.is_empty() && !kernel.starts_with('-') => {
                    options.filter = kernel.to_owned();
                }
                _ => return None,
            }
        }
        // The file has both builds, and all kernels.
        let whole = !options.native && options.filter.is_empty();
        (whole || !options.write).then_some(options)
    }
}

/// Measures and prints a table, or writes two of them: of the default processor, and of this one.
pub(crate) fn run(project: &Project, options: &Options) -> Result<(), String> {
    if !options.write {
        print!("{}", measure(project, options, options.native)?);
        return Ok(());
    }
    let [default, native] = [measure(project, options, false)?, measure(project, options, true)?];
    let slower = slower(&default, &native);
    let slower = if slower.is_empty() { "nowhere".to_owned() } else { slower.join("; ") };
    let text = format!(
        "# Results\n\n{}\n{METHOD}\n\
         ## For any processor of this kind\n\n{default}\n\
         ## For this processor\n\n`-C target-cpu=native`, and `-march=native` for CasADi's C.\n\n{native}\n\
         gradgen's code is slower than the one for any processor (by more than 5 %): {slower}.\n",
        machine(project, options)?
    );
    let path = project.path(RESULTS);
    std::fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    println!("{RESULTS}");
    Ok(())
}

const METHOD: &str = "\
Times are nanoseconds of a call: medians over rounds in which the opponents take turns. Before that, all
of them are checked to agree to 1e-9.

* *primal*: the function itself, without derivatives.
* *hand*: derivatives as well as they can be written by hand, with the value's bits and the kernel's loops.
* *gradgen*: what the macro writes, in the form with the caller's buffers.
* *num-dual*: the kernel over `Dual64`, once for each input; `HyperDual64` for products with Hessians.
* *CasADi*: C that CasADi generates from expressions of scalars, by `gcc -O3`.
";

/// Builds, runs, and yields the table.
fn measure(project: &Project, options: &Options, native: bool) -> Result<String, String> {
    let programs = options.casadi.then(|| casadi::programs(project, native));
    let mut cargo = project.cargo(["run", "--release", "--package", "gradgen-benchmarks"]);
    if native {
        // In a folder of its own, so that the other build stays.
        cargo.arg("--target-dir").arg(project.target().join("native"));
        cargo.env("RUSTFLAGS", "-C target-cpu=native");
    }
    cargo.arg("--");
    match programs {
        Some(Ok(folder)) => {
            cargo.arg("--casadi").arg(folder);
        }
        Some(Err(reason)) => eprintln!("CasADi is missing: {reason}"),
        None => {}
    }
    if !options.filter.is_empty() {
        cargo.arg(&options.filter);
    }
    let output = cargo.stderr(Stdio::inherit()).output().map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err("the benchmarks failed".to_owned());
    }
    String::from_utf8(output.stdout).map_err(|error| error.to_string())
}

/// What it was measured on.
fn machine(project: &Project, options: &Options) -> Result<String, String> {
    let processors = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let names = processors.lines().filter(|line| line.starts_with("model name"));
    let name = names.filter_map(|line| line.split(": ").nth(1)).next().unwrap_or("a processor");
    let count = std::thread::available_parallelism().map_or(1, usize::from);
    let system = answer(Command::new("uname").arg("-srm")).unwrap_or_else(|| std::env::consts::OS.to_owned());
    let rustc = answer(project.command("rustc").arg("-V")).unwrap_or_default();
    let mut lines = vec![
        "`cargo xtask bench --write` measures all of this anew and writes this page.\n".to_owned(),
        format!("* {name}, {count} cores; {system}"),
        format!("* {rustc}; Cargo's profile `release`"),
    ];
    if options.casadi {
        let casadi = casadi::requirement(project)?;
        let compiler = casadi::compiler().unwrap_or_else(|| "no gcc".to_owned());
        lines.push(format!("* {}; {compiler}", casadi.trim().replace("==", " ")));
    }
    lines.push(String::new());
    Ok(lines.join("\n"))
}

/// The rows where gradgen's time in the second table is above that in the first.
fn slower(first: &str, second: &str) -> Vec<String> {
    let pairs = first.lines().zip(second.lines());
    let Some(column) = cells(first.lines().next().unwrap_or_default()).position(|cell| cell == GRADGEN)
    else {
        return vec![];
    };
    let time = |line: &str| cells(line).nth(column)?.parse::<f64>().ok();
    pairs
        .filter_map(|(first, second)| {
            let (a, b) = (time(first)?, time(second)?);
            let name: Vec<_> = cells(first).take(2).collect();
            (b > NOISE * a).then(|| format!("{} by {:.2}", name.join(", "), b / a))
        })
        .collect()
}

/// The cells of a line.
fn cells(line: &str) -> impl Iterator<Item = &str> {
    line.trim_matches('|').split('|').map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::{Options, slower};

    fn read(words: &str) -> Option<Options> {
        Options::read(&words.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn words_are_understood_in_any_order() {
        let options = read("control --native --casadi").unwrap();
        assert!(options.native && options.casadi && !options.write && options.filter == "control");
        assert!(read("--write --casadi").is_some());
        for wrong in ["--fast", "control lstm", "--write control", "--write --native"] {
            assert!(read(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn what_became_slower_is_told() {
        let table = |a: &str, b: &str| {
            format!(
                "| kernel | size | gradgen, ns |\n|---|---|--:|\n| k | n = 1 | {a} |\n| k | n = 2 | {b} |\n"
            )
        };
        assert_eq!(slower(&table("10.0", "20.0"), &table("9.0", "30.0")), ["k, n = 2 by 1.50"]);
        assert!(slower(&table("–", "20.0"), &table("–", "20.5")).is_empty());
    }
}
