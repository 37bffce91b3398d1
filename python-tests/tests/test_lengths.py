"""Functions of arrays whose lengths come with the call."""

import numpy as np
import pytest
import samples


def test_a_gradient_by_a_slice():
    a = np.array([[1.0, 2.0], [3.0, 4.0], [0.5, -1.0]])
    b = np.array([1.0, -2.0, 0.25])
    x = np.array([0.5, 0.75])
    residual = a @ x - b
    result = samples.residuals_f_grad_x(a.ravel(), b, x)
    assert result["y"] == pytest.approx(0.5 * residual @ residual, rel=1e-14)
    np.testing.assert_allclose(result["gradient_y"], a.T @ residual, rtol=1e-14)


def test_slices_without_elements():
    assert samples.residuals_f_grad_x([], [], [])["y"] == 0.0
    assert samples.residuals_grad_x([], [], [])["gradient_y"].shape == (0,)
    assert samples.squares([])["y"].shape == (0,)


def test_slices_that_do_not_fit_together():
    with pytest.raises(ValueError, match=r"argument 'a' has 3 elements, expected 4"):
        samples.residuals_grad_x([1.0, 2.0, 3.0], [1.0, 1.0], [0.5, 0.5])


def test_a_workspace_that_an_argument_sizes():
    x = np.array([0.3, 0.8, 0.5])
    workspace = samples.workspace_for_function("iterated_grad")
    for n in [0, 1, 20, 300]:
        gradient = samples.iterated_grad(x, n, workspace)["gradient_y"]
        for place in range(3):
            step = np.zeros(3)
            step[place] = 1e-6
            slope = (samples.iterated(x + step, n)["y"] - samples.iterated(x - step, n)["y"]) / 2e-6
            assert gradient[place] == pytest.approx(slope, abs=1e-8)


def test_an_output_that_is_as_long_as_the_input():
    x = np.array([1.0, 2.0, 3.0])
    assert samples.function_info("squares")["input_names"] == ["x"]
    np.testing.assert_array_equal(samples.squares(x)["y"], x * x)
    np.testing.assert_array_equal(samples.squares_vjp(x, [1.0, 10.0, 100.0])["vjp_x"], [2.0, 40.0, 600.0])
    np.testing.assert_array_equal(samples.squares_jf(x)["jacobian_y"], np.diag(2 * x))
    with pytest.raises(ValueError, match=r"argument 'cotangent_y' has shape \(2,\), expected \(3,\)"):
        samples.squares_vjp(x, [1.0, 10.0])


def test_a_function_over_any_float_with_its_type_and_length():
    x = np.array([0.5, -1.0, 2.0], dtype=np.float32)
    assert samples.function_info("energy")["input_names"] == ["x", "stiffness"]
    gradient = samples.energy_grad_x(x, 2.0)["gradient_y"]
    assert gradient.dtype == np.float32
    np.testing.assert_allclose(gradient, 0.6 * x * x, rtol=1e-6)
    np.testing.assert_allclose(samples.energy_hessian_x(x, 2.0)["hessian_y"], np.diag(1.2 * x), rtol=1e-6)
