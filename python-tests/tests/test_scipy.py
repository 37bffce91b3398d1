"""SciPy: recipes with functions as they are, and integrators that call them without Python."""

import numpy as np
import pytest
import samples
import xyz
from scipy import integrate, optimize

W = [3.0]


def test_minimize_with_gradient_and_hessian():
    value = xyz.magic.select("a")
    gradient = xyz.magic.grad("x").select("gradient_a")
    hessian = xyz.magic.hessian("x").select("hessian_a")
    for method in ["BFGS", "L-BFGS-B", "Newton-CG", "trust-exact", "trust-ncg"]:
        options = {"hess": hessian} if method.startswith(("Newton", "trust")) else {}
        found = optimize.minimize(value, [1.0, 0.6], args=(W,), jac=gradient, method=method, tol=1e-9, **options)
        assert found.success and found.fun < 1e-12
    # Products with the Hessian instead of the Hessian: SciPy passes the direction second.
    product = xyz.magic_f_jf_hvp_x.select("hvp_a")
    found = optimize.minimize(
        value,
        [1.0, 0.6],
        args=(W,),
        jac=gradient,
        hessp=lambda x, v, w: product(x, w, v),
        method="trust-krylov",
        tol=1e-9,
    )
    assert found.success and found.fun < 1e-12


def test_minimize_with_value_and_gradient_in_one_call():
    bundle = samples.residuals.value_and_grad("x")
    a, x = np.array([[2.0, 0.0], [1.0, 3.0]]).ravel(), np.zeros(2)

    def both(x):
        result = bundle(a, [1.0, 2.0], x)
        return result["y"], result["gradient_y"]

    found = optimize.minimize(both, x, jac=True, tol=1e-8)
    np.testing.assert_allclose(found.x, [0.5, 0.5], rtol=1e-6)


def test_solve_ivp_with_a_jacobian():
    # The gradient flow of `magic`: its Jacobian is the Hessian, with the sign of the flow.
    gradient = xyz.magic.grad("x").select("gradient_a")
    hessian = xyz.magic.hessian("x").select("hessian_a")
    solution = integrate.solve_ivp(
        lambda t, x: -gradient(x, W),
        (0.0, 3.0),
        [1.0, 0.6],
        method="Radau",
        jac=lambda t, x: -hessian(x, W),
        rtol=1e-9,
        atol=1e-12,
    )
    # tan x falls as exp(-2 w t), by the equation x' = -w sin(2 x).
    expected = np.arctan(np.tan([1.0, 0.6]) * np.exp(-2 * 3.0 * 3.0))
    np.testing.assert_allclose(solution.y[:, -1], expected, rtol=1e-5)


def test_quad_without_python():
    callable = samples.keyword.lowlevel("double (double)")
    np.testing.assert_allclose(integrate.quad(callable, 0, 2)[0], 2.0, rtol=1e-12)
    callable = xyz.magic.partial(w=W).lowlevel("double (int, double *)")
    got, _ = integrate.nquad(callable, [(0, 1), (0, 2)])
    expected, _ = integrate.nquad(lambda x, y: 3 * (np.sin(x) ** 2 + np.sin(y) ** 2), [(0, 1), (0, 2)])
    np.testing.assert_allclose(got, expected, rtol=1e-10)
    # Further numbers are SciPy's `args`; the callable outlives the function's other objects.
    callable = xyz.energy.select("cost").lowlevel("double (int, double *, void *)")
    got, _ = integrate.quad(callable, 0, 1, args=(2.0, 0.0))
    np.testing.assert_allclose(got, 1 / 3 + 4 + 1, rtol=1e-12)
    # Too few numbers are no crash.
    with pytest.warns(integrate.IntegrationWarning):
        assert np.isnan(integrate.quad(callable, 0, 1)[0])


def test_what_has_no_c_function():
    for function, form, error, text in [
        (xyz.magic, "int (int)", ValueError, r"magic.lowlevel\(\): 'int \(int\)' is none of 'double \(double\)', "),
        (xyz.magic, "double (double)", ValueError, "there are 3 numbers to pass, expected 1"),
        (xyz.energy, "double (int, double *)", TypeError, r"there are 2 outputs; select\(\) takes one"),
        (xyz.magic_grad_x, "double (int, double *)", TypeError, "output 'gradient_a' is not one number"),
        (samples.narrow, "double (int, double *)", TypeError, "not one of float64"),
        (samples.mixed, "double (int, double *)", TypeError, "input 'power' is no numbers of known count"),
    ]:
        with pytest.raises(error, match=text):
            function.lowlevel(form)


def test_check():
    for function, args in [
        (xyz.magic, ([1.0, 2.0], W)),
        (xyz.energy, ([1.0, 2.0], [0.5])),
        (samples.squares, ([1.0, 2.0, -3.0],)),
    ]:
        report = function.check(*args)
        assert report.worst < 1e-5, str(report)
        assert not report.skipped
        assert all(entry.error <= report.worst for entry in report.entries)
    report = xyz.magic.check(x=[1.0, 2.0], w=3)
    assert {entry.function for entry in report.entries} == set(xyz.function_info("magic")["siblings"])
    assert "magic_hessian_x: hessian_a[" in str(report)


def test_check_finds_what_is_wrong():
    # `tangent` has no derivatives, so give `check` one that is wrong: another function's.
    from gradgen_py.testing import check, check_derivatives

    class Wrong:
        __name__ = "magic_grad_x"
        inputs = xyz.magic_grad_x.inputs

        def __call__(self, **point):
            result = xyz.magic_grad_x(**point)
            result["gradient_a"][1] += 0.5
            return result

    report = check(xyz.magic, [Wrong()], xyz.function_info("magic"), ([1.0, 2.0], W), {})
    assert report.entries[0].index == (1,) and abs(report.worst * abs(report.entries[0].difference) - 0.5) < 0.9
    assert report.worst > 0.1
    check_derivatives(xyz.magic, [([1.0, 2.0], W), {"x": [0.1, 0.2], "w": [1.0]}])
    with pytest.raises(AssertionError, match=r"^magic at "):
        check_derivatives(xyz.magic, [([1.0, 2.0], W)], tolerance=-1.0)


def test_profile():
    costs = xyz.magic_f_jf_hvp_x.profile([1.0, 2.0], W, [0.5, -0.1])
    assert 0 < costs["compute"] <= costs["call"] < 1000
    assert costs["operations"] == xyz.function_info("magic_f_jf_hvp_x")["operations"]
