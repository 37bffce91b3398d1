"""Axes before an argument's own: broadcast as NumPy does it."""

import numpy as np
import pytest
import samples
import xyz
from hypothesis import given, settings
from hypothesis import strategies as st

RNG = np.random.default_rng(11)


def refused(error, text, call, *args, **kwargs):
    with pytest.raises(error) as caught:
        call(*args, **kwargs)
    assert str(caught.value) == text


SHAPES = st.lists(st.sampled_from([1, 1, 2, 3, 0]), max_size=3).map(tuple)


@settings(max_examples=200, deadline=None)
@given(first=SHAPES, second=SHAPES, fortran=st.booleans(), dtype=st.sampled_from(["f8", "f4", "i4", ">f8"]))
def test_every_row_is_a_call(first, second, fortran, dtype):
    x = (4 * RNG.normal(size=(*first, 2))).astype(dtype)
    w = RNG.normal(size=(*second, 1))
    if fortran:
        x, w = np.asfortranarray(x), w[..., ::-1]
    try:
        shape = np.broadcast_shapes(first, second)
    except ValueError:
        with pytest.raises(ValueError, match=r"^magic_f_jf_hvp_x\(\): arguments 'x' and 'w' cannot be broadcast: "):
            xyz.magic_f_jf_hvp_x(x, w, [0.5, -0.1])
        return
    result = xyz.magic_f_jf_hvp_x(x, w, [0.5, -0.1])
    xs, ws = np.broadcast_to(x, (*shape, 2)), np.broadcast_to(w, (*shape, 1))
    if shape == ():
        assert type(result["a"]) is float
    else:
        assert result["a"].shape == shape
    assert result["jacobian_a"].shape == (*shape, 2)
    for index in np.ndindex(shape):
        row = xyz.magic_f_jf_hvp_x(xs[index], ws[index], [0.5, -0.1])
        assert np.asarray(result["a"])[index] == row["a"]
        np.testing.assert_array_equal(result["jacobian_a"][index], row["jacobian_a"])
        np.testing.assert_array_equal(result["hvp_a"][index], row["hvp_a"])


def test_lists_and_parameters():
    assert xyz.energy([[1, 2], [3, 4]], [0])["state"].tolist() == [3.0, 7.0]
    assert samples.keyword([1, 2, 3])["y"].tolist() == [1.0, 2.0, 3.0]
    got = samples.mixed([1, 2], [[2], [3]], 1, [True, False])["y"]
    np.testing.assert_array_equal(got, [[-2, 5], [-2, 9]])
    got = samples.mixed(0.0, 1, np.arange(3), False)["y"]
    np.testing.assert_array_equal(got, [0, 1, 2])
    np.testing.assert_array_equal(samples.pick([5, 6, 7], [[0, 1], [2, 2]])["y"], [[5, 6], [7, 7]])
    assert samples.narrow(np.ones((3, 2), "f4"), np.ones((2, 1), "f4"))["y"].shape == (2, 3, 2)


def test_lengths_of_the_call():
    x = RNG.normal(size=(4, 5))
    result = samples.running(x)
    np.testing.assert_array_equal(result["sums"], np.cumsum(x, axis=1))
    np.testing.assert_array_equal(result["total"], result["sums"][:, -1])
    # A different scratch for every row: `k` is no length of an array.
    got = samples.outer(np.ones((2, 2)), np.array([0, 7, 3]), [1.0])["y"]
    assert got.shape == (3, 2, 2, 1)
    workspace = samples.running.workspace()
    for count in (3, 1, 6):
        assert samples.running(np.ones((count, 2)), workspace)["total"].tolist() == [2.0] * count


def test_messages():
    refused(
        ValueError,
        "energy(): argument 'x' has shape (5, 3), expected (..., 2)",
        xyz.energy,
        np.ones((5, 3)),
        [1],
    )
    refused(
        ValueError,
        "energy(): arguments 'x' and 'w' cannot be broadcast: their axes before the function's own are (3,) and (2,)",
        xyz.energy,
        np.ones((3, 2)),
        np.ones((2, 1)),
    )
    refused(
        ValueError,
        "pick(): in the call [1]: index 9 is outside of 'x', which has 3 elements",
        samples.pick,
        [1, 2, 3],
        [[0], [9]],
    )


def test_results_in_arrays_of_the_callers():
    x = RNG.normal(size=(10, 2))
    out = {"cost": np.zeros(10), "state": np.zeros(20)[::2]}
    assert xyz.energy(x, [0.0], out=out) is out
    expected = xyz.energy(x, [0.0])
    np.testing.assert_array_equal(out["cost"], expected["cost"])
    np.testing.assert_array_equal(out["state"], expected["state"])


def laid_out(rng, values):
    """The same numbers at another place: strided, reversed, transposed, misaligned, broadcast."""
    values = np.asarray(values)
    for _ in range(2):
        kind = rng.integers(6)
        if kind == 0 and values.ndim:
            values = np.repeat(values, 2, axis=-1)[..., ::2]
        elif kind == 1 and values.ndim:
            values = np.ascontiguousarray(values[::-1])[::-1]
        elif kind == 2:
            values = np.asfortranarray(values)
        elif kind == 3:
            record = np.zeros(values.shape, [("pad", "u1"), ("x", values.dtype)])
            record["x"] = values
            values = record["x"]
        elif kind == 4:
            values = np.ascontiguousarray(np.swapaxes(values, 0, -1)).swapaxes(0, -1) if values.ndim else values
    return values


@pytest.mark.parametrize("seed", range(60))
def test_rows_from_memory_of_any_layout(seed):
    rng = np.random.default_rng(seed)
    first = [(), (7,), (1,), (3, 1), (3, 4), (5, 1, 1), (0, 2)][rng.integers(7)]
    x, w = rng.normal(size=(*first, 2)), rng.normal(size=(*[(), (1,), first][rng.integers(3)], 1))
    shape = np.broadcast_shapes(x.shape[:-1], w.shape[:-1])
    xs, ws = np.broadcast_to(x, (*shape, 2)), np.broadcast_to(w, (*shape, 1))
    expected = np.zeros((*shape, 2, 2))
    for index in np.ndindex(shape):
        expected[index] = xyz.magic_hessian_x(xs[index].tolist(), ws[index].tolist())["hessian_a"]
    x, w = laid_out(rng, x), laid_out(rng, w)
    np.testing.assert_array_equal(xyz.magic_hessian_x(x, w)["hessian_a"], expected)
    np.testing.assert_array_equal(xyz.magic_hessian_x.ufunc(x, w), expected)
    np.testing.assert_array_equal(xyz.magic_hessian_x.ufunc(xs, ws), expected)
    into = laid_out(rng, np.zeros(expected.shape))
    if into.flags.writeable:
        xyz.magic_hessian_x.ufunc(x, w, out=into)
        np.testing.assert_array_equal(into, expected)
        into[...] = 0.0
        xyz.magic_hessian_x(x, w, out=into)
        np.testing.assert_array_equal(into, expected)


def test_rows_that_are_written_where_they_are_read():
    x = RNG.normal(size=(50, 2))
    expected = xyz.magic_grad_x(x, [2.0])["gradient_a"]
    for shift in (0, 1):
        memory = np.zeros((51, 2))
        memory[:50] = x
        xyz.magic_grad_x.ufunc(memory[:50], [2.0], out=memory[shift : 50 + shift])
        np.testing.assert_array_equal(memory[shift : 50 + shift], expected)


def test_small_functions_that_refuse_a_row():
    x = np.array([[1.0, 2.0, 3.0], [4.0, -5.0, 6.0]])
    refused(ValueError, "half(): in the call [1][1]: argument 'x' is a negative one, expected a number from 0 on", samples.half, x)
    refused(
        ValueError,
        "half(): in the call [1][1][0]: argument 'x' is a negative one, expected a number from 0 on",
        samples.half,
        x[:, :, None],
    )
    out = np.full((2, 3), 7.0)
    with pytest.raises(ValueError, match="negative"):
        samples.half(x, out=out)
    assert (out == 7.0).all()
    for rows in (x, x.T, x[::-1, ::-1], x.ravel()):
        with np.errstate(invalid="ignore"):
            got = samples.half.ufunc(rows)
        np.testing.assert_array_equal(got, np.where(rows < 0, np.nan, 0.5 * rows))
    with np.errstate(invalid="ignore"):
        np.testing.assert_array_equal(samples.half.ufunc(-x), np.where(-x < 0, np.nan, -0.5 * x))
    with np.errstate(invalid="raise"), pytest.raises(FloatingPointError, match="invalid value encountered in half"):
        samples.half.ufunc(x)


def test_a_panic_in_a_row():
    with pytest.raises(BaseException, match="as asked"):
        samples.panics(np.array([0.0, 1.0, 0.0]))
    assert samples.panics(np.zeros(3))["y"].tolist() == [0.0] * 3


def test_a_million_rows():
    x = RNG.normal(size=(1000, 1000, 2))
    gradient = xyz.magic_grad_x(x, [3.0])["gradient_a"]
    np.testing.assert_allclose(gradient, 3 * np.sin(2 * x), rtol=1e-12, atol=1e-14)


@pytest.mark.filterwarnings("error")
def test_ufuncs():
    x, w = RNG.normal(size=(4, 1, 2)), RNG.normal(size=(3, 1))
    assert isinstance(xyz.energy.ufunc, np.ufunc) and xyz.energy.ufunc is xyz.energy.ufunc
    assert xyz.energy.ufunc.signature == xyz.energy.signature
    assert xyz.magic.ufunc.__doc__.startswith("magic(")
    cost, state = xyz.energy.ufunc(x, w)
    expected = xyz.energy(x, w)
    np.testing.assert_array_equal(cost, expected["cost"])
    np.testing.assert_array_equal(state, expected["state"])
    hessian = xyz.magic_hessian_x.ufunc(np.asfortranarray(x[::-1]), w.astype("f4"))
    np.testing.assert_array_equal(hessian, xyz.magic_hessian_x(x[::-1], w.astype("f4"))["hessian_a"])
    gradient = xyz.magic_grad_x.ufunc(x[:, 0].T.copy(), [3.0], axes=[0, 0, 0])
    np.testing.assert_array_equal(gradient.T, xyz.magic_grad_x(x[:, 0], [3.0])["gradient_a"])
    into = np.zeros((4, 2, 2))[..., 0]
    xyz.magic_grad_x.ufunc(x[:, 0], [3.0], out=into)
    np.testing.assert_array_equal(into, gradient.T)
    sums, total = samples.running.ufunc(RNG.normal(size=(5, 3)))
    np.testing.assert_array_equal(sums[:, -1], total)
    got = samples.outer.ufunc(np.ones((2, 2)), np.array([0, 7, 3], "u8"), [1.0, 2.0])
    np.testing.assert_array_equal(got, samples.outer(np.ones((2, 2)), [0, 7, 3], [1.0, 2.0])["y"])
    got = samples.mixed.ufunc([1.0, 2.0], np.int32(2), np.uintp(1), [True, False])
    np.testing.assert_array_equal(got, [-2, 5])
    got = samples.narrow.ufunc(np.ones(2, "f4"), np.ones((7, 1), "f4"))[0]
    assert got.dtype == "f4" and got.shape == (7, 1, 2)
    with pytest.raises(ValueError, match="mismatch in its core dimension"):
        xyz.energy.ufunc(np.ones((2, 3)), w)
    with pytest.raises(TypeError, match="could not be safely coerced"):
        samples.narrow.ufunc(np.ones(2), np.ones(1, "f4"), casting="safe")


def test_ufuncs_of_functions_that_refuse():
    with np.errstate(invalid="ignore"):
        got = samples.pick.ufunc([1.0, 2.0, 3.0], np.array([[0], [9], [2]], np.uintp))
    np.testing.assert_array_equal(got, [[1.0], [np.nan], [3.0]])
    with np.errstate(invalid="raise"), pytest.raises(FloatingPointError, match="invalid value encountered in pick"):
        samples.pick.ufunc([1.0, 2.0, 3.0], np.array([9], np.uintp))
    with pytest.raises(AttributeError, match="empty has no ufunc: NumPy has none with an axis of length 0"):
        samples.empty.ufunc
    with pytest.raises(AttributeError, match="a variation of magic has no ufunc"):
        xyz.magic.partial(w=[3.0]).ufunc
