//! CasADi's C for the benchmarks: generated and compiled under the target folder.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::SystemTime;

use crate::project::{Project, answer};
use crate::python::interpreter;

/// Where its sources are.
const SOURCES: &str = "benchmarks/casadi";

/// The version of `gcc`, if it is there.
pub(crate) fn compiler() -> Option<String> {
    let versions = answer(Command::new("gcc").arg("--version"))?;
    versions.lines().next().map(str::to_owned)
}

/// What is installed: `casadi==1.2.3`.
pub(crate) fn requirement(project: &Project) -> Result<String, String> {
    read(&project.path(SOURCES).join("requirements.txt"))
}

/// The folder with a program for each function, compiled for this processor or for any.
pub(crate) fn programs(project: &Project, native: bool) -> Result<PathBuf, String> {
    let folder = project.target().join("casadi");
    let (sources, programs) = (folder.join("c"), folder.join(if native { "native" } else { "default" }));
    for folder in [&sources, &programs] {
        std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    compiler().ok_or("there is no `gcc`")?;
    let python = environment(project, SOURCES, &folder.join("venv"))?;
    let mut generate = project.command(python);
    generate.arg(project.path(SOURCES).join("generate.py")).arg(&sources);
    let names = answer(generate.stderr(Stdio::inherit())).ok_or("generate.py failed")?;
    for name in names.lines() {
        compile(project, name, &sources, &programs, native)?;
    }
    Ok(programs)
}

/// The interpreter of an environment, apart from the project's own, with what these sources require.
pub(crate) fn environment(project: &Project, sources: &str, folder: &Path) -> Result<PathBuf, String> {
    let python = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let requirements = project.path(sources).join("requirements.txt");
    let (required, record) = (read(&requirements)?, folder.join("installed.txt"));
    if read(&record).is_ok_and(|installed| installed == required) {
        return Ok(python);
    }
    let mut make = project.command(interpreter()?);
    make.args(["-m", "venv", "--clear"]).arg(folder);
    succeed(&mut make, "the virtual environment could not be made")?;
    let mut install = project.command(&python);
    install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]);
    install.arg(&requirements);
    succeed(&mut install, "pip could not install it")?;
    std::fs::write(&record, required).map_err(|error| format!("{}: {error}", record.display()))?;
    Ok(python)
}

/// Makes a program, unless the one that is there was made of the same text.
fn compile(
    project: &Project,
    name: &str,
    sources: &Path,
    programs: &Path,
    native: bool,
) -> Result<(), String> {
    let (source, program) = (sources.join(format!("{name}.c")), programs.join(name));
    let (timer, copy) = (project.path(SOURCES).join("timer.c"), programs.join(format!("{name}.c")));
    let text = read(&source)?;
    let same = read(&copy).is_ok_and(|compiled| compiled == text);
    if same && changed(&program) > changed(&timer) {
        return Ok(());
    }
    eprintln!("gcc: {name}");
    let mut gcc = Command::new("gcc");
    gcc.arg("-O3").args(native.then_some("-march=native")).arg(format!("-DFUNCTION={name}"));
    gcc.args([&source, &timer]).arg("-o").arg(&program).arg("-lm");
    succeed(&mut gcc, &format!("gcc refuses {name}.c"))?;
    std::fs::write(&copy, text).map_err(|error| format!("{}: {error}", copy.display()))
}

/// When a file was changed, if it is there.
fn changed(path: &Path) -> Option<SystemTime> {
    path.metadata().and_then(|data| data.modified()).ok()
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn succeed(command: &mut Command, otherwise: &str) -> Result<(), String> {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        _ => Err(otherwise.to_owned()),
    }
}
