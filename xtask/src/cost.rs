//! placeholder
use crate::project::Project;
pub(crate) fn run(_: &Project) -> Result<(), String> {
    Ok(())
}
