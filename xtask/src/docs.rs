//! `cargo xtask docs`: pages that are made from the code.

use crate::project::Project;
use crate::steps::Steps;

/// Writes docs/functions.md. The test that compares it with the table is what knows how.
pub(crate) fn run(project: &Project) -> Result<(), String> {
    let mut test = project.cargo(["test", "--quiet", "--package", "gradgen-compiler", "--test", "functions"]);
    Steps::start().run("docs/functions.md", test.env("UPDATE_EXPECT", "1"))
}
