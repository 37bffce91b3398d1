"""Every kind of object that an argument may be."""

import array
import collections
import decimal
import fractions

import numpy as np
import pytest
import samples

MATRIX = np.arange(6.0).reshape(2, 3)


def transposed(argument):
    result = samples.transpose(argument)
    assert result["t"].dtype == np.float64
    assert result["sum"] == 15.0
    np.testing.assert_array_equal(result["t"], MATRIX.T)


def structured():
    record = np.zeros((2, 3), dtype=[("byte", "u1"), ("value", "f8")])
    record["value"] = MATRIX
    return record["value"]


def misaligned():
    memory = np.zeros(49, "u1")
    view = memory[1:].view("f8").reshape(2, 3)
    view[...] = MATRIX
    assert not view.flags.aligned
    return view


def read_only():
    copy = MATRIX.copy()
    copy.setflags(write=False)
    return copy


class Indexed:
    """The least that is a sequence."""

    def __init__(self, items):
        self.items = items

    def __len__(self):
        return len(self.items)

    def __getitem__(self, index):
        return self.items[index]


class Arraylike:
    def __array__(self, dtype=None, copy=None):
        return MATRIX.astype("f4")


class Subclass(np.ndarray):
    def tolist(self):
        return self

    def __getitem__(self, index):
        raise RuntimeError


@pytest.mark.parametrize(
    "argument",
    [
        pytest.param([[0, 1, 2], [3, 4, 5]], id="lists"),
        pytest.param(((0.0, 1.0, 2.0), (3.0, 4.0, 5.0)), id="tuples"),
        pytest.param([(0, True, 2), range(3, 6)], id="mixed"),
        pytest.param([MATRIX[0], [3, np.float32(4), np.array(5)]], id="arrays in a list"),
        pytest.param(Indexed([Indexed([0, 1, 2]), [3, 4, 5]]), id="any sequence"),
        pytest.param([array.array("d", [0, 1, 2]), array.array("b", [3, 4, 5])], id="array.array"),
        pytest.param(
            [memoryview(array.array("f", [0, 1, 2])), collections.deque([3, 4, 5])], id="memoryview"
        ),
        pytest.param(memoryview(MATRIX[::-1].copy())[::-1], id="memoryview of two axes"),
        pytest.param([[decimal.Decimal(0), fractions.Fraction(1), 2], [3, 4, 5]], id="numbers"),
        pytest.param(MATRIX, id="contiguous"),
        pytest.param(MATRIX.T.copy().T, id="Fortran order"),
        pytest.param(MATRIX[::-1, ::-1].copy()[::-1, ::-1], id="reversed"),
        pytest.param(np.repeat(MATRIX, 3, axis=1)[:, ::3], id="strided"),
        pytest.param(structured(), id="field of a record"),
        pytest.param(misaligned(), id="misaligned"),
        pytest.param(read_only(), id="read-only"),
        pytest.param(MATRIX.astype(">f8"), id="big-endian"),
        pytest.param(MATRIX.astype("<f8"), id="little-endian"),
        pytest.param(MATRIX.view(Subclass), id="subclass"),
        pytest.param(MATRIX.astype("i4").view(Subclass), id="subclass of integers"),
        pytest.param(MATRIX.view(np.matrix), id="matrix"),
        pytest.param(Arraylike(), id="__array__"),
        pytest.param([Arraylike().__array__()[0], MATRIX[1].astype("i8")], id="rows of other dtypes"),
        *(
            pytest.param(MATRIX.astype(code), id=np.dtype(code).name)
            for code in ["f2", "f4", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", ">i4", ">f4"]
        ),
    ],
)
def test_matrices(argument):
    transposed(argument)


def test_booleans_and_broadcast_views():
    result = samples.transpose(np.array([[True, False, True], [False, True, False]]))
    assert result["sum"] == 3.0
    assert samples.transpose(np.broadcast_to(2.0, (2, 3)))["sum"] == 12.0
    assert samples.transpose(np.broadcast_to([[1], [2]], (2, 3)))["sum"] == 9.0


def test_one_element_needs_no_brackets():
    for scalar in [2, 2.0, True + 1, np.float64(2), np.float32(2), np.int8(2), np.array(2), np.array(2.0)]:
        assert samples.scale(scalar, scalar, scalar) == {"y": 8.0}
    assert samples.scale(2, [2], [[2]]) == {"y": 8.0}
    assert samples.scale(2, np.array([2]), np.array([[2]])) == {"y": 8.0}


def test_values_arrive_bit_by_bit():
    for value in [0.1, -0.0, 5e-324, np.inf, -np.inf, 1.7976931348623157e308]:
        for given in (value, np.array(value), np.float64(value)):
            got = samples.keyword(given)["y"]
            assert np.float64(got).tobytes() == np.float64(value).tobytes()
    assert np.isnan(samples.keyword(np.nan)["y"])
    assert samples.keyword(2**53 + 1)["y"] == 2.0**53


def test_position_and_keyword():
    expected = {"y": 24.0}
    workspace = samples.workspace_for_function("scale")
    assert samples.scale(2, 3, 4) == expected
    assert samples.scale(2, 3, m=4) == expected
    assert samples.scale(m=4, w=3, x=2) == expected
    assert samples.scale(2, 3, 4, workspace) == expected
    assert samples.scale(2, 3, 4, None) == expected
    assert samples.scale(2, 3, 4, workspace=workspace) == expected
    assert samples.scale(workspace=workspace, m=4, w=3, x=2) == expected
    assert samples.scale(*[2, 3], m=4) == expected


def test_defaults():
    assert list(samples.defaults()["y"]) == [1.5, 1.5, 3.0, -1.0, 1.0]
    assert list(samples.defaults([1, 2], on=False)["y"]) == [1.0, 2.0, 3.0, -1.0, 0.0]
    assert list(samples.defaults(k=7, n=0)["y"]) == [1.5, 1.5, 0.0, 7.0, 1.0]
    assert samples.tangent(3, v_x=1) == {"y": 6.0}
    assert samples.tangent(3, 1, 1) == {"y": 3.0}


def test_an_input_called_workspace():
    workspace = samples.workspace_for_function("named")
    assert samples.named(3, workspace) == {"y": 3.0}
    assert samples.named(workspace=3, workspace_=workspace) == {"y": 3.0}
    assert samples.keyword(**{"lambda": 3}) == {"y": 3.0}


def test_single_precision():
    tenth = float(np.float32(0.1))
    for x in [
        [1, 2],
        np.array([1, 2], "f4"),
        np.array([1, 2], "i2"),
        np.array([1, 2], ">f4"),
        np.array([1, 2], "f2"),
    ]:
        result = samples.narrow(x, 0.1)
        assert result["y"].dtype == np.float32
        np.testing.assert_array_equal(result["y"], np.array([1, 2], "f4") * np.float32(0.1))
        assert result["w"] == tenth
    assert samples.narrow([np.inf, np.nan], -np.inf)["w"] == -np.inf


def test_integers_and_booleans():
    assert samples.mixed(2, 3, 4, False) == {"y": 12.0}
    assert samples.mixed(2, -1, 0, True) == {"y": -0.5}
    assert samples.mixed(2, np.int64(3), np.uint8(4), np.bool_(True)) == {"y": -12.0}
    assert samples.mixed(2, np.array(3), True, np.array(True)) == {"y": -9.0}
    assert samples.mixed(1, -(2**31), 2**53, False) == {"y": 2.0**53 + 1}


def test_indices():
    for indices in [[2, 0, 2], (2, 0, 2), np.array([2, 0, 2]), np.array([2, 0, 2], "u1"), range(2, -1, -1)]:
        assert list(samples.pick([5, 6, 7], indices)["y"])[:2] == [7.0, 5.0 if 1 not in indices else 6.0]
    assert samples.pick([5, 6, 7], [])["y"].shape == (0,)


def test_lengths_of_the_call():
    workspace = samples.workspace_for_function("running")
    for count in [0, 1, 5, 1000, 2]:
        result = samples.running(np.ones(count), workspace)
        np.testing.assert_array_equal(result["sums"], np.arange(1.0, count + 1))
        assert result["total"] == count
    result = samples.outer([[1, 2], [3, 4]], 5, np.array([1, 10, 100]))
    assert result["y"].shape == (2, 2, 3)
    np.testing.assert_array_equal(result["y"][1, 0], [3, 30, 300])
    assert samples.outer([], 0, [1])["y"].shape == (0, 2, 1)
    assert samples.outer(np.zeros((0, 2)), 0, [1])["y"].shape == (0, 2, 1)


def test_many_arguments():
    assert list(samples.many(*range(10)).values()) == [-float(x) for x in range(10)]


def test_nothing():
    assert samples.empty([])["y"].shape == (2, 0)
    assert samples.empty(np.zeros(0))["y"].shape == (2, 0)


def test_results_are_the_callers_own():
    workspace = samples.workspace_for_function("transpose")
    first = samples.transpose(MATRIX, workspace)
    second = samples.transpose(MATRIX + 1, workspace)
    np.testing.assert_array_equal(first["t"], MATRIX.T)
    assert first["t"].flags.owndata and first["t"].flags.writeable and first["t"].flags.c_contiguous
    second["t"][...] = 0
    transposed(MATRIX)
    assert type(first["sum"]) is float
    assert list(first) == ["t", "sum"]
