"""Every message, in full."""

import re

import numpy as np
import pytest
import samples


def refused(error, text, call, *args, **kwargs):
    with pytest.raises(error) as caught:
        call(*args, **kwargs)
    assert str(caught.value) == text


@pytest.mark.parametrize(
    ("args", "kwargs", "text"),
    [
        ((), {}, "scale() missing 3 required positional arguments: 'x', 'w', and 'm'"),
        ((1,), {}, "scale() missing 2 required positional arguments: 'w' and 'm'"),
        ((1, 2), {}, "scale() missing 1 required positional argument: 'm'"),
        ((1,), {"m": 1}, "scale() missing 1 required positional argument: 'w'"),
        ((1, 2, 3, None, 5), {}, "scale() takes from 3 to 4 positional arguments but 5 were given"),
        ((1, 2, 3), {"x": 1}, "scale() got multiple values for argument 'x'"),
        ((1, 2, 3, None), {"workspace": None}, "scale() got multiple values for argument 'workspace'"),
        ((1, 2), {"M": 3}, "scale() got an unexpected keyword argument 'M'. Did you mean 'm'?"),
        (
            (1, 2, 3),
            {"workspaec": None},
            "scale() got an unexpected keyword argument 'workspaec'. Did you mean 'workspace'?",
        ),
        (
            (1, 2),
            {"q": 3},
            "scale() got an unexpected keyword argument 'q'. The arguments are 'x', 'w', 'm', 'workspace', 'out', 'casting', 'strict', and 'nan'",
        ),
        (
            (1, 2),
            {"q" * 1000: 3},
            f"scale() got an unexpected keyword argument '{'q' * 100}…'. "
            "The arguments are 'x', 'w', 'm', 'workspace', 'out', 'casting', 'strict', and 'nan'",
        ),
        (
            (1, 2, 3, 4),
            {},
            "scale(): argument 'workspace' is an int, expected what workspace_for_function('scale') returns",
        ),
    ],
)
def test_the_wrong_arguments(args, kwargs, text):
    refused(TypeError, text, samples.scale, *args, **kwargs)


def test_keywords_that_are_no_text():
    with pytest.raises(TypeError, match="keywords must be strings"):
        samples.scale(1, 2, **{3: 4})
    with pytest.raises(TypeError, match="unexpected keyword argument"):
        samples.scale(1, 2, **{"\ud800": 4})


def test_a_default_lowers_the_count():
    refused(
        TypeError,
        "tangent() takes from 2 to 4 positional arguments but 5 were given",
        samples.tangent,
        *range(5),
    )


MATRIX = [[1, 2, 3], [4, 5, 6]]


@pytest.mark.parametrize(
    ("argument", "text"),
    [
        (1.0, "has shape (), expected (2, 3)"),
        ([], "has shape (0,), expected (2, 3)"),
        ([1, 2], "has shape (2,), expected (2, 3)"),
        ([[1, 2], [3, 4]], "has shape (2, 2), expected (2, 3)"),
        ([[[1], [2], [3]], [[4], [5], [6]]], "has shape (2, 3, 1), expected (..., 2, 3)"),
        (np.zeros((3, 2)), "has shape (3, 2), expected (2, 3)"),
        (np.zeros(6), "has shape (6,), expected (2, 3)"),
        (np.zeros(()), "has shape (), expected (2, 3)"),
        ([np.zeros(2), np.zeros(2)], "has shape (2, 2), expected (2, 3)"),
        (range(10**13), "has shape (10000000000000,), expected (2, 3)"),
        (range(10**30), "has more elements than memory can hold"),
        ([[1, 2, 3], [4, 5]], "[1] has 2 elements, expected 3"),
        ([[1, 2, 3], np.zeros(2)], "[1] has shape (2,), expected (3,)"),
        ([[1, 2, 3], 4], "[1] is a number, expected 3 elements"),
        ([[1, 2, 3], [4, [5], 6]], "[1][1] is a list, expected a number"),
        ([[1, 2, 3], [4, np.zeros(1), 6]], "[1][1] has 1 axes, expected a number"),
        ([[1, 2, 3], [4, 10**400, 6]], "[1][1] is an integer too large for a float"),
        (10**400, "has shape (), expected (2, 3)"),
    ],
)
def test_the_wrong_shape_or_value(argument, text):
    dot = "" if text.startswith("[") else " "
    refused(ValueError, f"transpose(): argument 'm'{dot}{text}", samples.transpose, argument)


@pytest.mark.parametrize(
    ("argument", "text"),
    [
        (None, "None"),
        ("ab", "a str"),
        (b"ab", "a bytes"),
        (bytearray(b"ab"), "a bytearray"),
        (1j, "a complex"),
        ({0: MATRIX[0], 1: MATRIX[1]}, "a dict"),
        ({1, 2}, "a set"),
        ((row for row in MATRIX), "a generator"),
        (iter(MATRIX), "a list_iterator"),
        (object(), "an object"),
        (object, "a type"),
        (len, "a builtin_function_or_method"),
        (np.zeros((2, 3), complex), "an array of dtype complex128"),
        (np.zeros((2, 3), object), "an array of dtype object"),
        (np.zeros((2, 3), "U3"), "an array of dtype <U3"),
        (np.zeros((2, 3), "S3"), "an array of dtype |S3"),
        (np.zeros((2, 3), "M8[s]"), "an array of dtype datetime64[s]"),
        (np.zeros((2, 3), "m8[s]"), "an array of dtype timedelta64[s]"),
        (np.zeros((2, 3), [("x", "f8")]), "an array of dtype [('x', '<f8')]"),
        (np.complex64(1), "a complex64"),
        (np.datetime64(1, "s"), "a datetime64"),
        (np.timedelta64(1, "s"), "a timedelta64"),
        (type("Named" * 50, (), {})(), "a " + "Named" * 20 + "…"),
    ],
)
def test_the_wrong_kind(argument, text):
    text = f"transpose(): argument 'm' is {text}, expected numbers of shape (2, 3)"
    refused(TypeError, text, samples.transpose, argument)


@pytest.mark.parametrize("element", ["5", None, b"5", 5j, {}, np.complex64(5), np.str_("5"), object()])
def test_the_wrong_kind_of_element(element):
    with pytest.raises(
        TypeError, match=r"^transpose\(\): argument 'm'\[1\]\[0\] is an? .*|None, expected a number$"
    ):
        samples.transpose([[1, 2, 3], [element, 5, 6]])


def test_scalars():
    refused(ValueError, "scale(): argument 'w' has shape (1, 2), expected (..., 1)", samples.scale, 1, [[1, 2]], 3)
    refused(ValueError, "scale(): argument 'w' has shape (2,), expected (1,)", samples.scale, 1, [2, 2], 3)
    refused(ValueError, "scale(): argument 'm' has shape (1,), expected (1, 1)", samples.scale, 1, 2, [3])
    refused(TypeError, "scale(): argument 'x' is a str, expected a number", samples.scale, "1", 2, 3)
    refused(
        TypeError, "scale(): argument 'w' is None, expected numbers of shape (1,)", samples.scale, 1, None, 3
    )


def test_single_precision():
    refused(
        ValueError,
        "narrow(): argument 'x'[1] is 1e300, which is too large for a float32",
        samples.narrow,
        [1, 1e300],
        1,
    )
    refused(
        ValueError,
        "narrow(): argument 'x'[0] is -1e39, which is too large for a float32",
        samples.narrow,
        np.array([-1e39, 0]),
        1,
        casting="same_kind",
    )
    refused(
        ValueError,
        "narrow(): argument 'w' is 1e39, which is too large for a float32",
        samples.narrow,
        [1, 2],
        10**39,
    )


@pytest.mark.parametrize(
    ("power", "count", "negate", "error", "text"),
    [
        (
            2**31,
            0,
            True,
            ValueError,
            "'power' is 2147483648, expected an integer of 32 bits, from -2147483648 to 2147483647",
        ),
        (
            10**400,
            0,
            True,
            ValueError,
            "'power' is an integer of more than 128 bits, expected an integer of 32 bits, from -2147483648 to 2147483647",
        ),
        (1.0, 0, True, TypeError, "'power' is a float, expected an integer"),
        (np.float64(1), 0, True, TypeError, "'power' is a float64, expected an integer"),
        ("1", 0, True, TypeError, "'power' is a str, expected an integer"),
        (["1"], 0, True, TypeError, "'power'[0] is a str, expected an integer"),
        (0, -1, True, ValueError, "'count' is -1, expected an index, 0 or more"),
        (0, np.int8(-1), True, ValueError, "'count' is -1, expected an index, 0 or more"),
        (0, 2**64, True, ValueError, "'count' is 18446744073709551616, expected an index, 0 or more"),
        (0, None, True, TypeError, "'count' is None, expected an integer"),
        (0, 0, 1, TypeError, "'negate' is an int, expected a bool"),
        (0, 0, 1.0, TypeError, "'negate' is a float, expected a bool"),
        (0, 0, "yes", TypeError, "'negate' is a str, expected a bool"),
        (0, 0, [1], TypeError, "'negate'[0] is an int, expected a bool"),
    ],
)
def test_parameters(power, count, negate, error, text):
    refused(error, f"mixed(): argument {text}", samples.mixed, 1.0, power, count, negate)


def test_indices():
    refused(
        ValueError,
        "pick(): argument 'indices'[1] is -1, expected an index, 0 or more",
        samples.pick,
        [1, 2, 3],
        [0, -1],
    )
    refused(
        TypeError,
        "pick(): argument 'indices'[0] is a float, expected an integer",
        samples.pick,
        [1, 2, 3],
        np.array([0.0]),
    )
    refused(ValueError, "pick(): argument 'indices' has shape (), expected (n,)", samples.pick, [1, 2, 3], 0)
    refused(
        ValueError, "pick(): index 3 is outside of 'x', which has 3 elements", samples.pick, [1, 2, 3], [3]
    )


def test_lengths_of_the_call():
    refused(ValueError, "running(): argument 'x' has shape (), expected (n,)", samples.running, 1.0)
    refused(
        TypeError, "running(): argument 'x' is a str, expected numbers of shape (n,)", samples.running, "123"
    )
    refused(ValueError, "running(): argument 'x'[1] has 2 elements, expected 1", samples.running, [[1], [2, 3]])
    refused(
        ValueError,
        "outer(): argument 'a' has shape (2, 3), expected (2, 2)",
        samples.outer,
        np.zeros((2, 3)),
        0,
        [1],
    )
    refused(
        ValueError, "outer(): argument 'a' has shape (2,), expected (2, 2)", samples.outer, [1, 2], 0, [1]
    )
    refused(
        ValueError,
        "running(): argument 'x' has 1000000000000000000 elements, for which there is no memory",
        samples.running,
        range(10**18),
    )
    refused(
        ValueError,
        "outer(): needs 1000000000000000000 scalars, for which there is no memory",
        samples.outer,
        [[1, 2]],
        10**18,
        [1],
    )


def test_the_functions_own_errors_name_it():
    refused(
        ValueError,
        "out_of_range(): index 7 is outside of 'table', which has 3 elements",
        samples.out_of_range,
        7,
    )


def test_foreign_workspaces():
    other = samples.workspace_for_function("many")
    text = "scale(): argument 'workspace' was made for many(), expected what workspace_for_function('scale') returns"
    refused(ValueError, text, samples.scale, 1, 2, 3, other)
    for thing in [0, [], "scale", samples.scale, np.zeros(10), type(other)]:
        with pytest.raises(TypeError, match=re.escape("scale(): argument 'workspace' is ")):
            samples.scale(1, 2, 3, thing)
