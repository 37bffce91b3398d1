"""Functions as C sees them."""

import ctypes
import threading

import numpy as np
import pytest
import samples
import xyz

POINTERS = ctypes.POINTER(ctypes.c_void_p)
TYPE = ctypes.CFUNCTYPE(ctypes.c_int, POINTERS, POINTERS, ctypes.c_void_p)
RNG = np.random.default_rng(4)


def pointers(arrays):
    return (ctypes.c_void_p * max(len(arrays), 1))(*(array.ctypes.data for array in arrays))


def call(function, *inputs):
    """The outputs, by C."""
    outputs = [np.full(shape, 7.0, function.dtype) for shape in function.outputs.values()]
    work = np.zeros(function.workspace_size, function.dtype)
    address = work.ctypes.data if work.size else None
    code = TYPE(function.address)(pointers(inputs), pointers(outputs), address)
    return code, dict(zip(function.outputs, outputs, strict=True))


@pytest.mark.parametrize("name", [name for name in xyz.all_functions() if hasattr(getattr(xyz, name), "address")])
def test_the_same_as_from_python(name):
    function = getattr(xyz, name)
    inputs = [RNG.normal(size=shape) for shape in function.inputs.values()]
    code, results = call(function, *inputs)
    assert code == 0
    for output, value in function(*inputs).items():
        np.testing.assert_array_equal(results[output], value)


def test_most_functions_have_one():
    assert all(hasattr(getattr(xyz, name), "address") for name in xyz.all_functions())


def test_other_types():
    code, results = call(samples.narrow, np.ones(2, "f4"), np.array(3.0, "f4"))
    expected = samples.narrow(np.ones(2, "f4"), np.array(3.0, "f4"))
    assert code == 0 and results["y"].dtype == "f4"
    np.testing.assert_array_equal(results["y"], expected["y"])


def test_calls_that_are_refused():
    code, results = call(samples.half, np.array(-1.0))
    assert code == 1 and results["y"] == 7.0
    code, results = call(samples.half, np.array(3.0))
    assert code == 0 and results["y"] == 1.5
    code, results = call(samples.panics, np.array(1.0))
    assert code == -1
    function = TYPE(samples.half.address)
    x, y = pointers([np.array(1.0)]), pointers([np.array(1.0)])
    nothing = (ctypes.c_void_p * 1)(None)
    assert function(None, y, None) == function(x, None, None) == -1
    assert function(nothing, y, None) == function(x, nothing, None) == -1


def test_functions_without_one():
    with pytest.raises(AttributeError, match="running has no address: a length comes with the call"):
        samples.running.address
    with pytest.raises(AttributeError, match="energy has no address: a variation is not one function of C"):
        xyz.energy.select("cost").address


def test_threads_without_a_lock():
    function = xyz.magic_f_jf_hvp_x
    points = RNG.normal(size=(4, 500, 2))
    expected = function(points, [3.0], [0.5, -0.1])["hvp_a"]
    got = np.zeros_like(expected)

    def rows(k):
        for i, x in enumerate(points[k]):
            code, results = call(function, x, np.array([3.0]), np.array([0.5, -0.1]))
            assert code == 0
            got[k, i] = results["hvp_a"]

    threads = [threading.Thread(target=rows, args=(k,)) for k in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    np.testing.assert_array_equal(got, expected)


def test_numba():
    numba = pytest.importorskip("numba")
    function = ctypes.CFUNCTYPE(ctypes.c_int, *[ctypes.c_void_p] * 3)(samples.half.address)

    @numba.njit
    def halves(x, y):
        inputs, outputs, work = np.empty(1, np.uintp), np.empty(1, np.uintp), np.empty(0)
        for i in range(len(x)):
            inputs[0], outputs[0] = x[i:].ctypes.data, y[i:].ctypes.data
            if function(inputs.ctypes, outputs.ctypes, work.ctypes) != 0:
                return i
        return len(x)

    x, y = np.arange(5.0), np.zeros(5)
    assert halves(x, y) == 5
    np.testing.assert_array_equal(y, 0.5 * x)


def test_cffi():
    cffi = pytest.importorskip("cffi")
    ffi = cffi.FFI()
    function = ffi.cast("int (*)(const void *const *, void *const *, void *)", samples.half.address)
    x, y = ffi.new("double *", 3.0), ffi.new("double *")
    assert function(ffi.new("void *[]", [x]), ffi.new("void *[]", [y]), ffi.NULL) == 0
    assert y[0] == 1.5
