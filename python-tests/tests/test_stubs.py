"""The stubs: as the modules write them, and as type checkers read them."""

import importlib
import pathlib
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).parents[2]
STUBS = {"xyz": "examples/python_extension", "samples": "python-tests", "ur5": "examples/robot_arm"}


def run(*args):
    done = subprocess.run([sys.executable, "-m", *args], capture_output=True, text=True, cwd=ROOT / "python-tests")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("module", STUBS)
def test_the_stubs_are_those_of_the_tables(module):
    inner = importlib.import_module(f"{module}.{module}")
    path = ROOT / STUBS[module] / f"{module}.pyi"
    assert path.read_text(encoding="utf-8") == inner.__stubs__(), "`cargo xtask stubs` writes them anew"


@pytest.mark.parametrize("module", STUBS)
def test_the_stubs_are_installed(module):
    folder = pathlib.Path(importlib.import_module(module).__file__).parent
    assert (folder / "__init__.pyi").exists() and (folder / "py.typed").exists()


def test_mypy_finds_nothing():
    run("mypy", "--strict", "--no-error-summary", "tests/typed.py")


def test_mypy_finds_mistakes(tmp_path):
    program = tmp_path / "mistakes.py"
    program.write_text('import xyz\nxyz.energy([1.0])\nxyz.energy([1], [2])["kost"]\nxyz.energy([1], [2], casting="x")\n')
    done = subprocess.run([sys.executable, "-m", "mypy", "--strict", program], capture_output=True, text=True, cwd=tmp_path)
    assert done.stdout.count("error:") == 3, done.stdout


def test_the_stubs_say_what_is_there():
    # The library inside of a package has no stub of its own.
    run("mypy.stubtest", "--allowlist", "stubtest-allowlist.txt", *STUBS)
