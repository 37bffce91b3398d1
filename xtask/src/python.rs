//! The project's own Python environment, `.venv`.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::project::{Project, answer};

/// Packages with their versions.
const REQUIREMENTS: &str = "python-tests/requirements.txt";
/// The file in `.venv` that says what is installed there.
const RECORD: &str = "installed-by-xtask.txt";
/// The oldest minor version of Python 3.
const OLDEST: u32 = 10;
/// Looked for in this order.
const NAMES: [&str; 7] =
    ["python3", "python", "python3.14", "python3.13", "python3.12", "python3.11", "python3.10"];

/// An environment with everything in it.
pub(crate) struct Environment {
    folder: PathBuf,
}

impl Environment {
    /// The environment of the project: the one that is there if it has what the requirements say,
    /// else a new one.
    pub(crate) fn prepare(project: &Project) -> Result<Self, String> {
        let environment = Self { folder: project.path(".venv") };
        let path = project.path(REQUIREMENTS);
        let requirements =
            std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        if !environment.has(&requirements) {
            let python = environment.create(project, &path)?;
            let record = environment.folder.join(RECORD);
            std::fs::write(&record, format!("{requirements}# made with {python}\n"))
                .map_err(|error| format!("{}: {error}", record.display()))?;
        }
        Ok(environment)
    }

    /// Whether all of this was installed, by the interpreter that is asked for if there is one, and
    /// the interpreter is still there.
    fn has(&self, requirements: &str) -> bool {
        let record = std::fs::read_to_string(self.folder.join(RECORD)).unwrap_or_default();
        let Some(python) = record.strip_prefix(requirements) else { return false };
        let wanted = chosen().is_none_or(|chosen| python == format!("# made with {chosen}\n"));
        wanted && version(self.python()).is_some()
    }

    /// Makes it anew; yields the name of the interpreter.
    fn create(&self, project: &Project, requirements: &Path) -> Result<String, String> {
        let python = interpreter()?;
        if answer(Command::new(&python).args(["-c", "import venv, ensurepip; print(1)"])).is_none() {
            return Err(format!(
                "{python} has no module `venv`: install it (Debian and Ubuntu: `apt install python3-venv`)"
            ));
        }
        let mut make = project.command(&python);
        make.args(["-m", "venv", "--clear"]).arg(&self.folder);
        succeed(&mut make, "the virtual environment could not be made")?;
        let mut install = self.command(project);
        install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]);
        succeed(
            install.arg(requirements),
            "pip could not install the packages that python-tests/requirements.txt lists (the first run needs \
             the network)",
        )?;
        Ok(python)
    }

    /// The interpreter.
    pub(crate) fn python(&self) -> PathBuf {
        let place = if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" };
        self.folder.join(place)
    }

    /// The folder of the library that programs with Python inside are linked with, where it is
    /// installed.
    pub(crate) fn library(&self) -> Option<PathBuf> {
        let code =
            "import sysconfig as s; print(s.get_config_var('LIBDIR')); print(s.get_config_var('LDLIBRARY'))";
        let answer = answer(Command::new(self.python()).args(["-c", code]))?;
        let (folder, file) = answer.split_once('\n')?;
        let folder = PathBuf::from(folder.trim());
        folder.join(file.trim()).is_file().then_some(folder)
    }

    /// The interpreter, to be run in the project's folder as if the environment was activated.
    pub(crate) fn command(&self, project: &Project) -> Command {
        let mut command = project.command(self.python());
        command.env("VIRTUAL_ENV", &self.folder);
        for variable in ["CONDA_PREFIX", "PYTHONHOME", "PYTHONPATH", "__PYVENV_LAUNCHER__"] {
            command.env_remove(variable);
        }
        command
    }
}

fn succeed(command: &mut Command, otherwise: &str) -> Result<(), String> {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        _ => Err(otherwise.to_owned()),
    }
}

/// The interpreter that the variable `PYTHON` names.
fn chosen() -> Option<String> {
    let chosen = std::env::var_os("PYTHON").filter(|chosen| !chosen.is_empty())?;
    Some(chosen.to_string_lossy().into_owned())
}

/// An interpreter that is new enough.
pub(crate) fn interpreter() -> Result<String, String> {
    let needed = format!("Python 3.{OLDEST} or newer is needed");
    if let Some(chosen) = chosen() {
        return match version(&chosen) {
            Some(minor) if minor >= OLDEST => Ok(chosen),
            Some(minor) => Err(format!("PYTHON={chosen} is Python 3.{minor}: {needed}")),
            None => Err(format!("PYTHON={chosen} is not a Python 3 that can be run: {needed}")),
        };
    }
    let found: Vec<_> = NAMES.into_iter().filter_map(|name| Some((name, version(name)?))).collect();
    match (found.iter().find(|(_, minor)| *minor >= OLDEST), found.first()) {
        (Some((name, _)), _) => Ok((*name).to_owned()),
        (None, Some((name, minor))) => Err(format!(
            "{name} is Python 3.{minor}: {needed}; install it, or set the variable PYTHON to where it is"
        )),
        (None, None) => Err(format!(
            "there is no `python3`: {needed} (Debian and Ubuntu: `apt install python3 python3-venv`); or set \
             the variable PYTHON to where it is"
        )),
    }
}

/// The minor version of a Python 3.
fn version(python: impl AsRef<OsStr>) -> Option<u32> {
    let code = "import sys; print(sys.version_info[1] if sys.version_info[0] == 3 else '')";
    answer(Command::new(python).args(["-c", code]))?.parse().ok()
}
