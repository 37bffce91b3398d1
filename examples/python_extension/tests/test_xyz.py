"""The example: its functions by name, by position and by keyword, their values, their errors."""

import math
import pathlib
import subprocess
import sys

import numpy as np
import pytest
import xyz

X, W, V = [1.0, 2.0], [3.0], [0.5, -0.1]
FUNCTIONS = [
    "energy",
    "magic",
    "magic_grad_x",
    "magic_grad_w",
    "magic_hessian_x",
    "magic_hessian_w",
    "magic_f_jf_hvp_x",
]


def test_functions():
    assert xyz.all_functions() == FUNCTIONS
    assert set(FUNCTIONS) < set(xyz.__all__)
    assert xyz.__version__
    assert xyz.__doc__ == "Two functions and their derivatives, compiled from Rust."
    assert xyz.magic.__doc__.startswith("Weighted energy of `sin x`.")
    assert "`magic`" in xyz.magic_grad_x.__doc__ and "fn@" not in xyz.magic_grad_x.__doc__
    assert xyz.function_info("magic")["siblings"] == FUNCTIONS[2:]


def test_energy():
    assert xyz.energy(X, [0.0]) == {"cost": 6.0, "state": 3.0}
    assert xyz.energy(X, W) == {"cost": 5.0 + math.exp(3.0), "state": 3.0}


@pytest.mark.parametrize("workspace", [None, xyz.workspace_for_function("magic_f_jf_hvp_x")])
def test_the_bundle(workspace):
    result = xyz.magic_f_jf_hvp_x(X, W, V, workspace)
    assert list(result) == ["a", "jacobian_a", "hvp_a"]
    assert type(result["a"]) is float
    assert math.isclose(result["a"], 4.604685686116132, rel_tol=1e-15)
    np.testing.assert_allclose(result["jacobian_a"], [2.727892280477045, -2.270407485923785], rtol=1e-14)
    np.testing.assert_allclose(result["hvp_a"], [-1.2484405096414266, 0.3921861725181672], rtol=1e-13)
    assert xyz.magic(X, W)["a"] == result["a"]


def test_derivatives_agree():
    bundle = xyz.magic_f_jf_hvp_x(X, W, V)
    np.testing.assert_allclose(xyz.magic_grad_x(X, W)["gradient_a"], bundle["jacobian_a"], rtol=1e-14)
    hessian = xyz.magic_hessian_x(X, W)["hessian_a"]
    assert hessian.shape == (2, 2)
    np.testing.assert_allclose(hessian @ V, bundle["hvp_a"], rtol=1e-13)
    # Linear in w: the gradient is a / w, the second derivative is zero. One element is a float.
    assert math.isclose(xyz.magic_grad_w(X, W)["gradient_a"], bundle["a"] / 3.0, rel_tol=1e-14)
    assert xyz.magic_hessian_w(X, W) == {"hessian_a": 0.0}


def test_values_agree_with_numpy_on_many_points():
    rng = np.random.default_rng(7)
    workspace = xyz.workspace_for_function("magic_f_jf_hvp_x")
    for _ in range(200):
        x, w, v = rng.normal(size=2), rng.normal(size=1), rng.normal(size=2)
        result = xyz.magic_f_jf_hvp_x(x, w, v, workspace)
        assert math.isclose(result["a"], (np.sin(x) ** 2).sum() * w[0], rel_tol=1e-13)
        np.testing.assert_allclose(result["jacobian_a"], np.sin(2 * x) * w, rtol=1e-12)
        np.testing.assert_allclose(result["hvp_a"], 2 * np.cos(2 * x) * w * v, rtol=1e-12)


def test_metadata():
    info = xyz.function_info("energy")
    assert info["input_names"] == ["x", "w"]
    assert info["input_sizes"] == [2, 1]
    assert info["output_names"] == ["cost", "state"]
    assert info["output_sizes"] == [1, 1]
    info = xyz.function_info("magic_f_jf_hvp_x")
    assert info["input_names"] == ["x", "w", "v_x"]
    assert info["input_roles"] == ["input", "input", "direction"]
    assert info["output_shapes"] == [(), (2,), (2,)]
    assert info["workspace_size"] == xyz.workspace_for_function("magic_f_jf_hvp_x").size
    hashes = {xyz.function_info(name)["signature_hash"] for name in FUNCTIONS}
    assert len(hashes) == len(FUNCTIONS)


@pytest.mark.parametrize(
    ("args", "error", "text"),
    [
        (([1.0], W), ValueError, "energy(): argument 'x' has shape (1,), expected (2,)"),
        ((X,), TypeError, "energy() missing 1 required positional argument: 'w'"),
        (([1.0, "a"], W), TypeError, "energy(): argument 'x'[1] is a str, expected a number"),
        ((range(10**13), W), ValueError, "energy(): argument 'x' has shape (10000000000000,), expected (2,)"),
        ((X, [3.0, 4.0]), ValueError, "energy(): argument 'w' has shape (2,), expected (1,)"),
        (
            (X, W, xyz.workspace_for_function("magic")),
            ValueError,
            "energy(): argument 'workspace' was made for magic(), "
            "expected what workspace_for_function('energy') returns",
        ),
    ],
)
def test_errors(args, error, text):
    for call in (xyz.energy, lambda *args: xyz.call("energy", *args)):
        with pytest.raises(error) as caught:
            call(*args)
        assert str(caught.value) == text


def test_the_demo_prints_a_table():
    demo = pathlib.Path(__file__).parents[1] / "demo.py"
    done = subprocess.run([sys.executable, demo], capture_output=True, text=True, check=True)
    assert "magic_f_jf_hvp_x(x, w, v_x)" in done.stdout
    assert "4.604685686116" in done.stdout
