//! `cargo xtask stubs`: what type checkers know of the Python extensions.

use crate::extension::{SAMPLES, UR5, XYZ};
use crate::project::Project;
use crate::python::Environment;
use crate::steps::Steps;

/// Builds the extensions, writes the stubs that they have of themselves beside their sources, and builds
/// them again, with the stubs inside.
pub(crate) fn run(project: &Project) -> Result<(), String> {
    let mut steps = Steps::start();
    let environment = steps.work("Python environment", || Environment::prepare(project))?;
    for extension in [XYZ, UR5, SAMPLES] {
        extension.install(project, &environment, &mut steps)?;
        let (module, folder) = (extension.module, project.path(extension.folder));
        let path = folder.join(format!("{module}.pyi"));
        // The library stands in a package of its own name.
        let code = format!(
            "import sys; from {module} import {module} as inner; \
             open(sys.argv[1], 'w', encoding='utf-8').write(inner.__stubs__())"
        );
        steps.run(
            &format!("stubs of `{module}`"),
            environment.command(project).args(["-c", &code]).arg(path),
        )?;
        extension.install(project, &environment, &mut steps)?;
    }
    steps.finish()
}
