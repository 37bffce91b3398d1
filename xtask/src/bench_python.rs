//! `cargo xtask bench-python`: what a call from Python costs, beside others.

use crate::casadi::environment;
use crate::extension::Extension;
use crate::project::Project;
use crate::steps::Steps;

/// Where the extension, the opponents and the requirements are.
const SOURCES: &str = "benchmarks/python";
/// `speed`: the functions that are called.
const SPEED: Extension = Extension { module: "speed", folder: SOURCES };

/// Builds the extension into an environment of its own, and runs the contests there.
pub(crate) fn run(project: &Project, write: bool) -> Result<(), String> {
    let mut steps = Steps::start();
    let folder = project.target().join("bench-python");
    let python = steps.work("opponents", || environment(project, SOURCES, &folder))?;
    SPEED.install_with(project, project.command(&python).env("VIRTUAL_ENV", &folder), &mut steps)?;
    let mut compare = project.command(&python);
    compare.arg(project.path(SOURCES).join("compare.py"));
    if write {
        compare.arg("--write").arg(project.path("benchmarks/PYTHON.md"));
    }
    steps.run("contests", &mut compare)
}
