"""Whatever the arguments are: a result of the right form, or an exception of the right kind."""

import math

import numpy as np
import samples
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

NUMBERS = st.one_of(st.floats(), st.integers(), st.booleans(), st.integers(-(10**400), 10**400))
OBJECTS = st.one_of(
    NUMBERS,
    st.none(),
    st.text(max_size=3),
    st.binary(max_size=3),
    st.complex_numbers(),
    st.decimals(),
    st.fractions(),
    st.just(object()),
    st.sampled_from(
        [range(2), range(10**13), range(0), np.float32(1.5), np.int8(3), np.bool_(True), np.str_("x")]
    ),
    arrays.arrays(
        arrays.scalar_dtypes() | arrays.nested_dtypes(),
        arrays.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3),
    ),
)
ARGUMENTS = st.recursive(
    OBJECTS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.integers(0, 3), inner, max_size=3)
    ),
    max_leaves=8,
)
NAMES = samples.all_functions()
KEYWORDS = st.sampled_from(
    ["x", "w", "m", "a", "b", "k", "n", "on", "power", "count", "negate", "indices", "workspace", "q"]
)
# These wait for another thread, or panic as asked.
CALLABLE = [name for name in NAMES if name not in ("wait", "signal", "panics")]


@settings(max_examples=1500, deadline=None)
@given(
    name=st.sampled_from(CALLABLE),
    args=st.lists(ARGUMENTS, max_size=5),
    kwargs=st.dictionaries(KEYWORDS, ARGUMENTS, max_size=3),
    with_workspace=st.booleans(),
)
def test_any_arguments(name, args, kwargs, with_workspace):
    if with_workspace:
        kwargs["workspace"] = samples.workspace_for_function(name)
    try:
        result = samples.call(name, *args, **kwargs)
    except (TypeError, ValueError) as error:
        assert str(error).startswith(f"{name}()")
        return
    info = samples.function_info(name)
    if info["state_inputs"]:
        assert result is None or list(result) == ["before", "scale_out"]
        return
    assert list(result) == info["output_names"]
    for output, shape, dtype in zip(
        result.values(), info["output_shapes"], info["output_dtypes"], strict=True
    ):
        if type(output) is float:
            assert math.prod(length if length is not None else 2 for length in shape) == 1
        else:
            assert output.dtype == dtype
            # Axes of a batch stand before the output's own.
            own = output.shape[output.ndim - len(shape) :]
            assert all(length in (None, got) for length, got in zip(shape, own, strict=True))


@settings(max_examples=500, deadline=None)
@given(
    matrix=arrays.arrays(
        arrays.floating_dtypes(endianness="?")
        | arrays.integer_dtypes(endianness="?")
        | arrays.unsigned_integer_dtypes(endianness="?")
        | arrays.boolean_dtypes(),
        (5, 7),
    ),
    rows=st.sampled_from(
        [slice(0, 2), slice(4, None, -3), slice(None, None, 3), slice(-1, -3, -1), slice(1, 5, 2)]
    ),
    columns=st.sampled_from(
        [slice(0, 3), slice(None, None, 3), slice(6, None, -3), slice(-1, -4, -1), slice(1, 6, 2)]
    ),
    swap=st.booleans(),
)
def test_every_view_is_read_as_numpy_reads_it(matrix, rows, columns, swap):
    view = matrix[rows, columns]
    if swap:
        view = np.asfortranarray(view)
    with np.errstate(all="ignore"):
        expected = view.astype("f8")
    got = samples.transpose(view)["t"]
    np.testing.assert_array_equal(got, expected.T)
    np.testing.assert_array_equal(samples.transpose(view.tolist())["t"], expected.T)


@settings(max_examples=300, deadline=None)
@given(name=st.text() | st.sampled_from(NAMES) | ARGUMENTS)
def test_any_name(name):
    for helper in (samples.function_info, samples.workspace_for_function):
        try:
            helper(name)
        except (TypeError, ValueError):
            assert not isinstance(name, str) or name not in NAMES
