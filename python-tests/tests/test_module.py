"""The module and its functions as Python objects: names, documentation, metadata, pickling."""

import copy
import functools
import importlib.machinery
import importlib.util
import inspect
import pickle
import pydoc
import subprocess
import sys

import numpy as np
import pytest
import samples

HELPERS = ["all_functions", "function_info", "workspace_for_function", "call", "__version__"]


def load(name):
    """Another module of the same library."""
    path = samples.transpose.__module__
    path = sys.modules[path].__file__
    loader = importlib.machinery.ExtensionFileLoader(name, path)
    module = importlib.util.module_from_spec(importlib.machinery.ModuleSpec(name, loader, origin=path))
    loader.exec_module(module)
    return module


def test_functions_stand_in_the_order_of_the_list():
    names = samples.all_functions()
    assert names[:3] == ["transpose", "scale", "empty"]
    assert samples.__all__ == names + HELPERS
    assert all(getattr(samples, name).__name__ == name for name in names)


def test_the_list_is_a_new_one_each_time():
    samples.all_functions().clear()
    assert samples.all_functions()


def test_version_and_documentation():
    assert samples.__version__ == "0.1.0"
    assert samples.__doc__ == "Functions of every kind."
    assert samples.transpose.__doc__.startswith(
        "The transpose of `m` and the sum of its elements.\n\nParameters\n"
    )
    assert "m : array of float64, shape (2, 3)\n" in samples.transpose.__doc__
    assert "'sum' : float\n" in samples.transpose.__doc__
    assert "weight : float, default 2.0 (unused)\n" in samples.tangent.__doc__
    assert "indices : array of uintp, shape (n,)\n" in samples.pick.__doc__
    assert all(getattr(samples, name).__doc__ for name in HELPERS[:4])
    pydoc.render_doc(samples)
    pydoc.render_doc(samples.transpose)
    pydoc.render_doc(type(samples.transpose))


def test_functions_look_like_functions():
    function = samples.transpose
    assert callable(function)
    assert function.__qualname__ == "transpose"
    assert function.__module__.startswith("samples")
    assert repr(function) == "<gradgen transpose(m[2, 3]) -> (t[3, 2], sum)>"
    assert functools.wraps(function)(lambda: None).__wrapped__ is function
    with pytest.raises(AttributeError):
        function.extra = 1
    with pytest.raises(TypeError):
        type(function)()


def test_signatures():
    assert str(inspect.signature(samples.transpose)) == "(m, workspace=None, *, out=None)"
    assert str(inspect.signature(samples.defaults)) == "(x=1.5, n=3, k=-1, on=True, workspace=None, *, out=None)"
    assert samples.defaults.__text_signature__ == "(x=1.5, n=3, k=-1, on=True, workspace=None, *, out=None)"
    # Python's syntax has no default before a parameter without one.
    assert str(inspect.signature(samples.tangent)) == "(x, weight, v_x, workspace=None, *, out=None)"
    assert str(inspect.signature(samples.named)) == "(workspace, workspace_=None, *, out=None)"
    assert str(inspect.signature(samples.call)) == "(name, /, *args, **kwargs)"
    inspect.signature(samples.scale).bind(1, 2, m=3)
    # A keyword of Python is no name for a parameter; before 3.11 `inspect` did not mind.
    assert hasattr(samples.keyword, "__signature__") == (sys.version_info < (3, 11))


def test_functions_pickle_and_copy_by_name():
    function = samples.transpose
    assert pickle.loads(pickle.dumps(function)) is function
    assert len(pickle.dumps(function)) < 120
    assert copy.copy(function) is function
    assert copy.deepcopy(function) is function


def test_functions_of_a_whole_module():
    assert samples.all_functions()[-5:] == ["spiral", "spiral_grad", "steps", "steps_jf_a", "steps_jf_b"]
    assert samples.spiral(2.0) == {"y": 36.0} and samples.spiral.grad("t")(2.0) == {"gradient_y": 36.0}
    assert samples.spiral.__doc__.startswith("How far a point of a spiral is from the centre.")
    np.testing.assert_array_equal(samples.spiral(np.arange(3.0))["y"], [0.0, 9.0, 36.0])
    assert samples.steps([3, 4], [5, 12]) == {"length": 18.0}
    np.testing.assert_allclose(samples.steps_jf_b([3, 4], [5, 12])["jacobian_length"], [5 / 13, 12 / 13])
    assert pickle.loads(pickle.dumps(samples.steps)) is samples.steps
    assert not hasattr(samples, "square")


def test_function_info():
    info = samples.function_info("transpose")
    assert info == {
        "name": "transpose",
        "rust_name": "samples::transpose",
        "doc": "The transpose of `m` and the sum of its elements.",
        "signature": "(m, workspace=None, *, out=None)",
        "dtype": "float64",
        "workspace_size": 0,
        "operations": 5,
        "signature_hash": 0x5EED,
        "siblings": [],
        "input_names": ["m"],
        "input_sizes": [6],
        "input_shapes": [(2, 3)],
        "input_dtypes": ["float64"],
        "input_roles": ["input"],
        "output_names": ["t", "sum"],
        "output_sizes": [6, 1],
        "output_shapes": [(3, 2), ()],
        "output_dtypes": ["float64", "float64"],
        "output_roles": ["output", "output"],
        "defaults": {},
        "unused_inputs": [],
        "state_inputs": [],
    }
    info["input_names"].append("y")
    assert samples.function_info("transpose")["input_names"] == ["m"]


def test_function_info_of_other_kinds():
    info = samples.function_info("outer")
    assert info["workspace_size"] is None
    assert info["input_sizes"] == [None, 1, None]
    assert info["output_shapes"] == [(None, 2, None)]
    info = samples.function_info("defaults")
    assert info["defaults"] == {"x": 1.5, "n": 3, "k": -1, "on": True}
    assert [type(value) for value in info["defaults"].values()] == [float, int, int, bool]
    assert info["input_dtypes"] == ["float64", "uintp", "int32", "bool"]
    assert info["input_roles"] == ["input", "parameter", "parameter", "parameter"]
    info = samples.function_info("tangent")
    assert info["unused_inputs"] == ["weight"]
    assert info["input_roles"][2] == "tangent"
    assert samples.function_info("narrow")["dtype"] == "float32"


@pytest.mark.parametrize(
    "helper",
    [samples.function_info, samples.workspace_for_function, samples.call],
    ids=lambda helper: helper.__name__,
)
def test_unknown_names(helper):
    with pytest.raises(ValueError, match=r"^samples has no function 'transpse'. Did you mean 'transpose'\?$"):
        helper("transpse")
    with pytest.raises(ValueError, match=r"^samples has no function 'é'. all_functions\(\) lists them$"):
        helper("é")
    with pytest.raises(ValueError, match="^samples has no function 'x{100}…'"):
        helper("x" * 10**6)
    with pytest.raises(ValueError, match="has no function"):
        helper("\ud800")
    with pytest.raises(TypeError, match="^argument 'name' is None, expected the name of a function$"):
        helper(None)
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'name'"):
        helper()


def test_call_by_name():
    assert samples.call("scale", 2, w=[3], m=4) == {"y": 24.0}
    # `name` belongs to the function, not to `call`.
    with pytest.raises(TypeError, match="^scale.. got an unexpected keyword argument 'name'"):
        samples.call("scale", 2, 3, 4, name="scale")


def test_the_derive_needs_no_names_of_its_surroundings():
    module = load("bare_module")
    assert module.all_functions() == ["named", "keyword", "many"]
    assert module.__doc__ == "A module where `pyo3` and `module` are functions."
    assert module.named(2.0) == {"y": 2.0}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("two_of_one_name", "two functions are called 'named': samples::named and samples::named"),
        ("name_taken", "a function of a Python module cannot be called 'call': the module has its own"),
        ("type_unknown", "f(): argument 'b' has a type that Python cannot pass"),
        ("type_mixed", "f(): argument 'x' has a type that Python cannot pass"),
        ("default_mixed", "f(): argument 'x' has a default that is not a value of its type"),
        ("default_large", "f(): argument 'k' has a default that is not a value of its type"),
        ("too_large", "f(): argument 'x' has more elements than memory can hold"),
    ],
)
def test_tables_that_make_no_module(name, text):
    with pytest.raises(ImportError) as caught:
        load(name)
    assert str(caught.value) == text


def test_a_missing_numpy_is_an_import_error():
    script = "import sys; sys.modules['numpy'] = None\ntry:\n  import samples\nexcept ImportError: print('missing')"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "missing\n"
