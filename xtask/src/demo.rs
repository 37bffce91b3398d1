//! `cargo xtask demo`: the examples, from Rust and from Python.

use std::process::Command;

use crate::extension::{UR5, XYZ};
use crate::project::Project;
use crate::python::Environment;
use crate::steps::Steps;

/// Builds the extensions and runs the examples.
pub(crate) fn run(project: &Project) -> Result<(), String> {
    let mut steps = Steps::start();
    let environment = steps.work("Python environment", || Environment::prepare(project))?;
    for extension in [XYZ, UR5] {
        extension.install(project, &environment, &mut steps)?;
    }
    for (name, mut command) in examples(project, &environment) {
        steps.run(name, &mut command)?;
    }
    Ok(())
}

/// What the examples run.
pub(crate) fn examples(project: &Project, environment: &Environment) -> [(&'static str, Command); 3] {
    let python = |script: &str| {
        let mut command = environment.command(project);
        command.arg(script);
        command
    };
    [
        ("extension, from Python", python("examples/python_extension/demo.py")),
        ("robot arm, from Rust", project.cargo(["run", "--release", "--package", "robot_arm"])),
        ("robot arm, from Python", python("examples/robot_arm/robot_arm.py")),
    ]
}
