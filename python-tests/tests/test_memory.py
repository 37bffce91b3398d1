"""Nothing is kept: neither objects nor memory."""

import gc
import sys

import numpy as np
import pytest
import samples


def refused(argument, workspace):
    try:
        samples.transpose(argument, workspace)
    except (TypeError, ValueError):
        return
    raise AssertionError


def test_arguments_are_let_go():
    matrix = np.ones((2, 3))
    rows = [[1, 2, 3], [4.5, 5.5, 6.5]]
    integers = np.ones((2, 3), int)
    workspace = samples.workspace_for_function("transpose")
    arguments = [matrix, rows, integers, workspace, rows[1], samples.transpose]
    before = [sys.getrefcount(argument) for argument in arguments]
    for _ in range(100):
        samples.transpose(matrix)
        samples.transpose(rows, workspace)
        samples.transpose(m=integers, workspace=workspace)
        samples.call("transpose", m=matrix)
        samples.transpose([rows], workspace)
        refused([[rows[1]]], workspace)
        refused([rows[1], "x"], workspace)
        refused({1: matrix}, workspace)
    assert [sys.getrefcount(argument) for argument in arguments] == before


def repeat(action, times):
    for _ in range(times):
        action()
    gc.collect()
    return sys.getallocatedblocks()


@pytest.mark.parametrize(
    "action",
    [
        lambda: samples.transpose([[1, 2, 3], [4, 5, 6]]),
        lambda: samples.transpose(np.ones((2, 3), "f4")),
        lambda: samples.scale(1, w=2, m=3),
        lambda: samples.call("running", range(100)),
        lambda: samples.workspace_for_function("running"),
        lambda: samples.function_info("transpose"),
        lambda: (samples.transpose.__doc__, samples.transpose.__signature__, repr(samples.transpose)),
        lambda: pytest.raises(ValueError, samples.transpose, [[1, 2], [3, 4]]),
        lambda: pytest.raises(TypeError, samples.scale, 1, q=2),
    ],
)
def test_calls_leave_nothing_behind(action):
    first = repeat(action, 2000)
    second = repeat(action, 2000)
    assert second - first < 200


def test_results_are_let_go():
    result = samples.transpose(np.ones((2, 3)))
    assert sys.getrefcount(result["t"]) == sys.getrefcount(np.ones(3)) + 1
    assert not gc.is_tracked(result["sum"])
