"""Results in arrays of the caller's, and calls that are bound to them."""

import gc
import tracemalloc
import weakref

import numpy as np
import pytest
import samples
import xyz

X, W, V = np.array([1.0, 2.0]), np.array([3.0]), np.array([0.5, -0.1])
EXPECTED = xyz.magic_grad_x(X, W)["gradient_a"]


def refused(error, text, call, *args, **kwargs):
    with pytest.raises(error) as caught:
        call(*args, **kwargs)
    assert str(caught.value) == text


def places():
    return {"a": np.zeros(()), "jacobian_a": np.zeros(2), "hvp_a": np.zeros(2)}


@pytest.mark.parametrize(
    "out",
    [
        np.zeros(2),
        np.zeros(4)[::2],
        np.zeros(2)[::-1],
        np.zeros(17, "u1")[1:].view("f8"),
        np.zeros(2).view(np.recarray),
    ],
)
def test_an_array(out):
    result = xyz.magic_grad_x(X, W, out=out)
    assert list(result) == ["gradient_a"] and result["gradient_a"] is out
    np.testing.assert_array_equal(np.asarray(out), EXPECTED)


def test_a_dict():
    out = places()
    assert xyz.magic_f_jf_hvp_x(X, W, V, out=out) is out
    expected = xyz.magic_f_jf_hvp_x(X, W, V)
    for name, value in expected.items():
        np.testing.assert_array_equal(out[name], value)
    part = {"hvp_a": np.zeros(2)}
    result = xyz.magic_f_jf_hvp_x(X, W, V, out=part)
    assert result["hvp_a"] is part["hvp_a"] and list(result) == ["a", "jacobian_a", "hvp_a"]
    assert type(result["a"]) is float and list(part) == ["hvp_a"]
    assert xyz.magic_f_jf_hvp_x(X, W, V, out=None)["a"] == expected["a"]


def frozen():
    array = np.zeros(2)
    array.setflags(write=False)
    return array


BOTH = np.zeros(3)


@pytest.mark.parametrize(
    ("out", "error", "text"),
    [
        (np.zeros(3), ValueError, "argument 'out' has shape (3,), expected (2,)"),
        (np.zeros((1, 2)), ValueError, "argument 'out' has shape (1, 2), expected (2,)"),
        (np.zeros(2, "f4"), TypeError, "argument 'out' is an array of dtype float32, expected an array of dtype float64"),
        (np.zeros(2, ">f8"), TypeError, "argument 'out' is an array of dtype >f8, expected an array of dtype float64"),
        (frozen(), ValueError, "argument 'out' is read-only"),
        ([0, 0], TypeError, "argument 'out' is a list, expected an array of dtype float64"),
        (np.ma.zeros(2), TypeError, "argument 'out' is a masked array, expected an array of dtype float64"),
        ({"gradient_a": 3}, TypeError, "out['gradient_a'] is an int, expected an array of dtype float64"),
        (
            {"gradient_b": np.zeros(2)},
            ValueError,
            "'out' has a place for 'gradient_b', which is no output. Did you mean 'gradient_a'?",
        ),
        ({1: np.zeros(2)}, TypeError, "the keys of 'out' must be names of outputs"),
        (X, ValueError, "argument 'out' shares memory with argument 'x'"),
        (X[::-1], ValueError, "argument 'out' shares memory with argument 'x'"),
    ],
)
def test_what_is_refused(out, error, text):
    before = X.copy()
    refused(error, f"magic_grad_x(): {text}", xyz.magic_grad_x, X, W, out=out)
    np.testing.assert_array_equal(X, before)


def test_outputs_that_share_memory():
    out = {"jacobian_a": BOTH[:2], "hvp_a": BOTH[1:]}
    refused(
        ValueError,
        "magic_f_jf_hvp_x(): out['hvp_a'] shares memory with out['jacobian_a']",
        xyz.magic_f_jf_hvp_x,
        X,
        W,
        V,
        out=out,
    )
    assert not BOTH.any()
    refused(
        TypeError,
        "energy(): argument 'out' is an array, expected a dict of arrays: there are 2 outputs",
        xyz.energy,
        X,
        W,
        out=np.zeros(2),
    )


def test_nothing_is_written_by_a_call_that_fails():
    out = {"y": np.full(2, 7.0)}
    with pytest.raises(ValueError, match="index 9"):
        samples.pick([1, 2, 3], [0, 9], out=out)
    assert out["y"].tolist() == [7.0, 7.0]


def test_nothing_is_allocated():
    workspace, out = xyz.magic_f_jf_hvp_x.workspace(), places()
    bound = xyz.magic_f_jf_hvp_x.bind(X, W, V, out=out)

    def calls(count):
        for _ in range(count):
            xyz.magic_f_jf_hvp_x(X, W, V, workspace, out=out)
            bound()

    calls(1000)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    calls(100_000)
    after = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert after - before < 1000


def test_bound_calls():
    x, out = np.array([1.0, 2.0]), np.zeros(2)
    bound = xyz.magic_grad_x.bind(x, w=W, out=out)
    assert bound()["gradient_a"] is out
    np.testing.assert_array_equal(out, EXPECTED)
    x[:] = [2.0, 1.0]
    bound()
    np.testing.assert_array_equal(out, xyz.magic_grad_x(x, W)["gradient_a"])
    assert bound.function is xyz.magic_grad_x
    assert repr(bound) == "<gradgen call of magic_grad_x() into the caller's arrays>"
    with pytest.raises(TypeError):
        bound(1)
    fresh = xyz.magic_grad_x.bind(x, W)
    assert fresh()["gradient_a"] is not fresh()["gradient_a"]
    refused(TypeError, "magic_grad_x() missing 1 required positional argument: 'w'", xyz.magic_grad_x.bind, X)
    refused(ValueError, "magic_grad_x(): argument 'x' has shape (1,), expected (2,)", xyz.magic_grad_x.bind, [1.0], W)


def test_bound_calls_look_at_their_arrays_anew():
    x, out = np.array([1.0, 2.0]), np.zeros(2)
    bound = xyz.magic_grad_x.bind(x, W, out=out)
    x.resize((3,), refcheck=False)
    refused(ValueError, "magic_grad_x(): argument 'x' has shape (3,), expected (2,)", bound)
    x.resize((2,), refcheck=False)
    bound()
    out.setflags(write=False)
    refused(ValueError, "magic_grad_x(): argument 'out' is read-only", bound)


def change(rng, array):
    """Something that NumPy lets one do to an array in place; where it does not, nothing."""
    kind = rng.integers(9)
    try:
        if kind == 0:
            array.resize(rng.choice([0, 1, 2, 3, 1000]), refcheck=False)
        elif kind == 1:
            array.shape = [(2,), (2, 1), (1, 2), (1,), (4,)][rng.integers(5)]
        elif kind == 2:
            array.dtype = ["f8", "f4", "i8", ">f8", "c16"][rng.integers(5)]
        elif kind == 3:
            array.strides = [(8,), (0,), (4,)][rng.integers(3)]
        elif kind == 4:
            array.setflags(write=bool(rng.integers(2)))
        elif kind == 5:
            array.byteswap(inplace=True)
        else:
            array.resize(2, refcheck=False)
            array.dtype, array.shape = "f8", (2,)
            array.setflags(write=True)
            array[:] = rng.normal(size=2)
    except (ValueError, TypeError, AttributeError):
        pass


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("seed", range(20))
def test_bound_calls_and_arrays_that_change(seed):
    rng = np.random.default_rng(seed)
    x, w, out = rng.normal(size=2), rng.normal(size=1), np.zeros(2)
    bound = xyz.magic_grad_x.bind(x, w, out=out)
    for _ in range(300):
        change(rng, [x, out, x, out, w][rng.integers(5)])
        try:
            expected = xyz.magic_grad_x(x, w)["gradient_a"]
        except (ValueError, TypeError):
            expected = None
        before = out.tobytes()
        try:
            bound()
        except (ValueError, TypeError) as error:
            assert str(error).startswith("magic_grad_x(): argument")
            assert out.tobytes() == before
        else:
            # With steps of less than an element, the elements are not apart.
            if out.strides == (8,):
                np.testing.assert_array_equal(out, expected)


def test_bound_calls_that_are_refused():
    x, out = np.array(2.0), np.zeros(())
    bound = samples.half.bind(x, out=out)
    assert bound()["y"] is out and out == 1.0
    x[()] = -1.0
    refused(ValueError, "half(): argument 'x' is a negative one, expected a number from 0 on", bound)
    assert out == 1.0
    same = np.ones(2)
    refused(
        ValueError,
        "magic_grad_x(): argument 'out' shares memory with argument 'x'",
        xyz.magic_grad_x.bind,
        same,
        W,
        out=same,
    )


def test_bound_calls_keep_and_release():
    out = np.zeros(2)
    alive = weakref.ref(out)
    bound = xyz.magic_grad_x.bind(X, W, out=out)
    del out
    gc.collect()
    assert alive() is not None
    bound()
    del bound
    gc.collect()
    assert alive() is None
