//! `cargo xtask test`: everything that has to hold.

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
    // gradgen-py and what depends on it are tested from Python, as they are used.
    let tests =
        "test --workspace --no-fail-fast --exclude gradgen-py --exclude gradgen-python-tests -- --quiet";
    steps.tests("Rust tests", &mut cargo(tests));
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
