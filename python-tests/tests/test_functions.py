"""Functions as objects: what they say of themselves, their derivatives, and variations of them."""

import inspect
import pickle
import subprocess
import sys
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import multiprocessing
import numpy as np
import pytest
import samples
import xyz

X, W = [1.0, 2.0], [3.0]


def refused(error, text, call, *args, **kwargs):
    with pytest.raises(error) as caught:
        call(*args, **kwargs)
    assert str(caught.value) == text


def test_what_a_function_says():
    assert repr(xyz.energy) == "<gradgen energy(x[2], w[1]) -> (cost, state)>"
    assert repr(xyz.magic_hessian_x) == "<gradgen magic_hessian_x(x[2], w[1]) -> hessian_a[2, 2]>"
    assert repr(samples.outer) == "<gradgen outer(a[n, 2], k, b[n2]) -> y[n, 2, n2]>"
    assert xyz.energy.inputs == {"x": (2,), "w": (1,)}
    assert xyz.energy.outputs == {"cost": (), "state": ()}
    assert (xyz.energy.n_in, xyz.energy.n_out) == (2, 2)
    assert samples.running.inputs == {"x": (None,)}
    assert xyz.energy.dtype == np.dtype("float64")
    assert samples.narrow.dtype == "float32"
    assert xyz.energy.workspace_size == 0
    assert samples.running.workspace_size is None
    assert xyz.energy.signature == "(2),(1)->(),()"
    assert samples.outer.signature == "(n,2),(),(n2)->(n,2,n2)"
    assert samples.defaults.defaults == {"x": 1.5, "n": 3, "k": -1, "on": True}
    assert str(inspect.signature(xyz.energy)) == "(x, w, workspace=None, *, out=None)"
    assert "See Also\n--------\nmagic_grad_x, " in xyz.magic.__doc__
    assert "derivative magic_f_jf_hvp_x (" in xyz.magic.dump()


def test_equality_and_hash():
    assert xyz.magic == xyz.magic and xyz.magic != xyz.energy and xyz.magic != "magic"
    assert xyz.magic.partial(w=W) == xyz.magic.partial(w=3.0)
    assert xyz.magic.partial(w=W) != xyz.magic.partial(w=2.0)
    assert hash(xyz.magic.partial(w=W)) == hash(xyz.magic.partial(w=3.0))
    assert len({xyz.magic, xyz.magic, xyz.energy, xyz.energy.select("cost")}) == 3
    assert xyz.magic.with_options() is xyz.magic


def test_derivatives_by_what_they_are():
    assert xyz.magic.grad("x") is xyz.magic_grad_x
    assert xyz.magic.grad("w") is xyz.magic_grad_w
    assert xyz.magic.hessian("x") is xyz.magic_hessian_x
    assert samples.squares.jacobian() is samples.squares.jacobian("x") is samples.squares_jf
    assert samples.iterated.grad() is samples.iterated_grad
    assert samples.residuals.value_and_grad("x") is samples.residuals_f_grad_x
    refused(
        AttributeError,
        "magic has no JVP by x: #[gradgen(jvp(x))] on the function in Rust would emit it",
        xyz.magic.jvp,
        "x",
    )
    refused(
        AttributeError,
        "magic has no value with gradient by x: #[gradgen(bundle(f, grad(x)))] on the function in Rust would emit it",
        xyz.magic.value_and_grad,
        "x",
    )
    refused(
        AttributeError,
        "energy has no gradient by *: #[gradgen(gradient(*))] on the function in Rust would emit it",
        xyz.energy.grad,
    )
    refused(ValueError, "magic has no input 'X'. Did you mean 'x'?", xyz.magic.grad, "X")
    refused(ValueError, "mixed: 'count' is an input without derivatives", samples.mixed.grad, "count")
    refused(TypeError, "magic: an int is no name of an input", xyz.magic.grad, 1)


def test_a_derivative_of_a_variation_is_told_the_same():
    gradient = xyz.magic.partial(w=W).grad("x")
    np.testing.assert_array_equal(gradient(X)["gradient_a"], xyz.magic_grad_x(X, W)["gradient_a"])


def test_select():
    assert xyz.energy.select("cost")(X, [0.0]) == 6.0
    assert xyz.energy.select("state", "cost")(X, [0.0]) == {"cost": 6.0, "state": 3.0}
    assert xyz.energy.select("cost").n_out == 1
    gradient = xyz.magic_grad_x.select("gradient_a")(X, W)
    np.testing.assert_array_equal(gradient, xyz.magic_grad_x(X, W)["gradient_a"])
    out = np.zeros(2)
    assert xyz.magic_grad_x.select("gradient_a")(X, W, out=out) is out
    np.testing.assert_array_equal(out, gradient)
    refused(ValueError, "energy has no output 'kost'. Did you mean 'cost'?", xyz.energy.select, "kost")
    refused(TypeError, "energy.select() needs the name of an output", xyz.energy.select)
    refused(ValueError, "energy.select(): 'cost' is given twice", xyz.energy.select, "cost", "cost")


def test_partial():
    weight = np.array([3.0])
    function = xyz.magic.partial(w=weight)
    weight[0] = 7.0
    assert function(X) == xyz.magic(X, W)
    assert function(X, w=[2.0]) == xyz.magic(X, [2.0])
    assert repr(function) == "<gradgen magic(x[2]) -> a>"
    assert str(inspect.signature(xyz.energy.partial(x=X))) == "(w, workspace=None, *, x=array([1., 2.]), out=None)"
    assert xyz.energy.partial(x=X)([0.0]) == {"cost": 6.0, "state": 3.0}
    refused(TypeError, "magic() missing 1 required positional argument: 'x'", function)
    refused(TypeError, "magic() takes from 1 to 2 positional arguments but 3 were given", function, X, None, 3)
    refused(TypeError, "magic has no input 'z'. The inputs are 'x' and 'w'", xyz.magic.partial, z=3)
    refused(ValueError, "magic(): argument 'w' has shape (2,), expected (1,)", xyz.magic.partial, w=[1, 2])
    with pytest.raises(ValueError, match="which is for calls only"):
        xyz.magic.partial(w=[[1.0], [2.0]])
    assert samples.running.partial(x=[1, 2])()["total"] == 3.0
    assert samples.mixed.partial(power=2, negate=True)(3, 1) == {"y": -10.0}


def test_with_defaults():
    function = xyz.magic.with_defaults(w=3)
    assert function(X) == function(X, W) == xyz.magic(X, W)
    assert str(inspect.signature(function)) == "(x, w=array([3.]), workspace=None, *, out=None)"
    assert "w : array of float64, shape (1,), default [3.0]" in function.__doc__
    with pytest.raises(ValueError, match="'w' has no default and follows 'x', which would have one"):
        xyz.magic.with_defaults(x=X)


def test_casting_and_strict():
    wide = np.array([1.0, 2.0])
    text = "narrow(): argument 'x' has dtype float64, which cannot be cast to float32 according to the rule '%s'"
    for rule in ["no", "equiv", "safe"]:
        refused(TypeError, text % rule, samples.narrow, wide, 1.0, casting=rule)
    refused(TypeError, text % "safe", samples.narrow, wide, 1.0)
    refused(TypeError, text.replace("'x'", "'w'") % "safe", samples.narrow, wide.astype("f4"), np.float64(1))
    for rule in ["same_kind", "unsafe"]:
        assert samples.narrow(wide, 1.0, casting=rule)["y"].dtype == "f4"
    assert samples.narrow.with_options(casting="unsafe")(wide, 1)["w"] == 1.0
    with pytest.raises(TypeError, match="float128, which cannot be cast to float64"):
        samples.transpose(np.ones((2, 3), "g"))
    assert samples.transpose(np.ones((2, 3), "g"), casting="same_kind")["sum"] == 6.0
    with pytest.raises(TypeError, match="int64, which cannot be cast to float64 according to the rule 'no'"):
        samples.transpose(np.ones((2, 3), "i8"), casting="no")
    with pytest.raises(TypeError, match=">f8, which cannot be cast to float64 according to the rule 'no'"):
        samples.transpose(np.ones((2, 3), ">f8"), casting="no")
    assert samples.transpose(np.ones((2, 3), ">f8"), casting="equiv")["sum"] == 6.0
    words = "expected 'no', 'equiv', 'safe', 'same_kind' or 'unsafe'"
    refused(ValueError, f"energy(): argument 'casting' is 'sfae', {words}", xyz.energy, X, W, casting="sfae")
    refused(TypeError, f"energy(): argument 'casting' is an int, {words}", xyz.energy, X, W, casting=3)

    strict = xyz.energy.with_options(strict=True)
    x, w = np.array(X), np.array(W)
    assert strict(x, w) == xyz.energy(x, w) == xyz.energy(x, w, strict=True)
    for argument in [X, tuple(X), x.astype("f4"), x.astype("i8"), x.astype(">f8"), 1]:
        with pytest.raises(TypeError, match=r"\(strict\)$"):
            strict(argument, w)
    with pytest.raises(TypeError, match=r"'w' is a float, expected an array of dtype float64 \(strict\)"):
        strict(x, 3.0)
    assert samples.mixed(2.0, 3, 4, False, strict=True) == {"y": 12.0}
    with pytest.raises(TypeError, match=r"'x' is an int, expected a number of dtype float64 \(strict\)"):
        samples.mixed(2, 3, 4, False, strict=True)


def test_masked_arrays_are_refused_by_name():
    masked = np.ma.masked_array([1.0, 2.0], [False, True])
    refused(TypeError, "energy(): argument 'x' is a masked array, expected numbers of shape (2,)", xyz.energy, masked, W)


def test_not_a_number():
    function = xyz.energy.with_options(nan="raise")
    assert function(X, [0.0]) == xyz.energy(X, [0.0])
    refused(FloatingPointError, "energy(): output 'cost' is not a number", function, [np.nan, 1], W)
    refused(
        FloatingPointError,
        "energy(): output 'state'[1] is not a number",
        xyz.energy.select("state"),
        [[1, 2], [np.inf, -np.inf]],
        W,
        nan="raise",
    )
    out = {"cost": np.zeros(())}
    with pytest.raises(FloatingPointError):
        function([np.nan, 1], W, out=out)
    assert out["cost"] == 0.0


VARIATIONS = [
    xyz.magic,
    xyz.magic_grad_x.select("gradient_a"),
    xyz.energy.select("state", "cost"),
    xyz.magic.partial(w=W),
    xyz.magic.with_defaults(w=W),
    xyz.energy.with_options(casting="unsafe", nan="raise"),
    xyz.energy.partial(x=X).with_options(strict=True).select("cost"),
    samples.mixed.partial(power=2, negate=True),
]


@pytest.mark.parametrize("function", VARIATIONS, ids=repr)
@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_pickling(function, protocol):
    text = pickle.dumps(function, protocol)
    assert pickle.loads(text) == function
    if protocol > 1:
        # An array of NumPy's takes 150 bytes alone.
        assert len(text) < 300 + 200 * ("w" in function.defaults or "x" in function.defaults)


def test_another_signature_is_refused():
    restore, (name, signature_hash, state) = xyz.magic.__reduce__()
    assert restore(name, signature_hash, state) is xyz.magic
    with pytest.raises(ValueError, match=r"^magic was pickled with another signature \(0{15}1\) than it has now"):
        restore(name, 1, state)
    with pytest.raises(ValueError, match="xyz has no function 'gone'"):
        restore("gone", signature_hash, state)


def test_processes():
    points = [[float(k), 1.0] for k in range(8)]
    function = xyz.magic.partial(w=W).select("a")
    expected = [function(point) for point in points]
    for method in ["fork", "spawn"] if sys.platform != "win32" else ["spawn"]:
        context = multiprocessing.get_context(method)
        with ProcessPoolExecutor(2, mp_context=context) as pool:
            assert list(pool.map(function, points)) == expected


def test_threads_are_bit_equal():
    rng = np.random.default_rng(3)
    points = rng.normal(size=(200, 2))
    function = xyz.magic_f_jf_hvp_x
    expected = [function(point, W, X) for point in points]
    barrier = threading.Barrier(4)

    def work(_):
        barrier.wait()
        for _ in range(100):
            for point, result in zip(points, expected, strict=True):
                got = function(point, W, X)
                if any(np.any(np.asarray(got[name]) != value) for name, value in result.items()):
                    return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(work, range(4)))


def test_import_is_quick():
    script = (
        "import time, numpy\nbefore = time.perf_counter()\nimport xyz\nprint(time.perf_counter() - before)"
    )
    run = lambda: float(subprocess.run([sys.executable, "-c", script], capture_output=True, check=True).stdout)
    assert min(run() for _ in range(5)) < 0.005
