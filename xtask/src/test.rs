//! `cargo xtask test`: everything that has to hold.

use std::ffi::OsString;
use std::path::PathBuf;

use crate::demo::examples;
use crate::extension::{SAMPLES, UR5, XYZ};
use crate::project::Project;
use crate::python::Environment;
use crate::steps::Steps;

/// Runs all checks, also after one that failed, and closes with the number of tests.
pub(crate) fn run(project: &Project) -> Result<(), String> {
    let mut steps = Steps::start();
    // First, because PyO3 looks for an interpreter whenever its package is built.
    let environment = steps.work("Python environment", || Environment::prepare(project))?;
    rust(project, &environment, &mut steps);
    python(project, &environment, &mut steps);
    steps.finish()
}

fn rust(project: &Project, environment: &Environment, steps: &mut Steps) {
    let cargo = |arguments: &str| {
        let mut command = project.cargo(arguments.split(' '));
        command.env("PYO3_PYTHON", environment.python());
        command
    };
    steps.check("format", &mut cargo("fmt --all --check"));
    steps.check("lints", &mut cargo("clippy --workspace --all-targets -- --deny warnings"));
    // gradgen-py and what depends on it are tested from Python, as they are used; its documentation's
    // examples are programs with Python inside.
    let tests =
        "test --workspace --no-fail-fast --exclude gradgen-py --exclude gradgen-python-tests -- --quiet";
    steps.tests("Rust tests", &mut cargo(tests));
    match environment.library() {
        Some(folder) => {
            let mut examples = cargo("test --doc --package gradgen-py -- --quiet");
            steps.tests("examples of gradgen-py", examples.env("LD_LIBRARY_PATH", search_path(folder)));
        }
        None => steps.skip("examples of gradgen-py", "Python's library is not installed"),
    }
    let core =
        "clippy -p gradgen -p gradgen-runtime --no-default-features --features libm -- --deny warnings";
    steps.check("without std", &mut cargo(core));
    let mut documentation = cargo("doc --workspace --no-deps");
    steps.check("documentation", documentation.env("RUSTDOCFLAGS", "--deny warnings"));
}

fn python(project: &Project, environment: &Environment, steps: &mut Steps) {
    let mut built = true;
    for extension in [XYZ, UR5, SAMPLES] {
        built &= extension.install(project, environment, steps).is_ok();
    }
    if !built {
        return;
    }
    let mut pytest = environment.command(project);
    pytest.args(["-m", "pytest", "--color=no"]).env("PYTHONUNBUFFERED", "1");
    steps.tests("Python tests", pytest.current_dir(project.path("python-tests")));
    for (name, mut command) in examples(project, environment) {
        steps.check(name, &mut command);
    }
}

/// Where the loader looks for libraries, with this folder before the others.
fn search_path(folder: PathBuf) -> OsString {
    let others = std::env::var_os("LD_LIBRARY_PATH").unwrap_or_default();
    let folders = std::iter::once(folder).chain(std::env::split_paths(&others));
    std::env::join_paths(folders).unwrap_or_else(|_| others.clone())
}
