//! Building Python extensions with maturin, into the project's environment.

use std::process::Command;

use crate::project::Project;
use crate::python::Environment;
use crate::steps::Steps;

/// A package that maturin builds.
pub(crate) struct Extension {
    /// The module's name in Python.
    pub(crate) module: &'static str,
    /// The package's folder.
    pub(crate) folder: &'static str,
}

/// `xyz`: the example that the documentation shows.
pub(crate) const XYZ: Extension = Extension { module: "xyz", folder: "examples/python_extension" };
/// `ur5`: the kinematics of a robot arm.
pub(crate) const UR5: Extension = Extension { module: "ur5", folder: "examples/robot_arm" };
/// `samples`: every kind of argument, for the Python tests.
pub(crate) const SAMPLES: Extension = Extension { module: "samples", folder: "python-tests" };

impl Extension {
    /// Builds and installs it. What is still fresh is for Cargo to know, so this is done always.
    pub(crate) fn install(
        &self,
        project: &Project,
        environment: &Environment,
        steps: &mut Steps,
    ) -> Result<(), String> {
        self.install_with(project, &mut environment.command(project), steps)
    }

    /// The same with an interpreter that has maturin.
    pub(crate) fn install_with(
        &self,
        project: &Project,
        maturin: &mut Command,
        steps: &mut Steps,
    ) -> Result<(), String> {
        let manifest = project.path(self.folder).join("Cargo.toml");
        maturin.args(["-m", "maturin", "develop", "--release", "--manifest-path"]).arg(manifest);
        // Cargo's own variables describe this program, not the package that is built.
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("CARGO_PKG_") {
                maturin.env_remove(name);
            }
        }
        steps.run(&format!("extension `{}`", self.module), maturin)
    }
}
