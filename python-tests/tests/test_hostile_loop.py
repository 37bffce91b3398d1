"""A hundred thousand calls with arguments that no one would think of; `GRADGEN_HOSTILE=1000000` makes more.

Whatever comes, a call returns, or raises an exception of the right class that names the function, and outputs are
as before then. The process survives, and its memory does not grow.
"""

import os
import random
import signal
import sys
import threading
import time

import numpy as np
import pytest
import samples
import xyz

COUNT = int(os.environ.get("GRADGEN_HOSTILE", "100000"))
FUNCTIONS = [
    getattr(module, name)
    for module in (xyz, samples)
    for name in module.all_functions()
    # These wait for another thread, or panic as asked.
    if name not in ("wait", "signal", "panics", "iterated", "iterated_grad")
]
# Not every function has one.
UFUNCS = {function: function.ufunc for function in FUNCTIONS if hasattr(function, "ufunc")}
WORKSPACES = [function.workspace() for function in FUNCTIONS]
SHARED = np.arange(12.0)


class Mine(Exception):
    """Raised by hostile objects: it must arrive as it is."""


class Liar:
    """Every method that a reader may call answers with something drawn by lot."""

    made = 0

    def __init__(self, rng):
        self.rng = rng
        Liar.made += 1

    def answer(self):
        roll = self.rng.random()
        if roll < 0.1:
            raise Mine
        if roll < 0.2:
            # As large as it was: a reader that keeps a pointer would read what is gone.
            SHARED.setflags(write=True)
            SHARED[:] = self.rng.random()
        if roll < 0.25 and self.rng.random() < 0.3:
            self.rng.choice(FUNCTIONS)(self, SHARED)
        return self.rng.choice([0, 1, 2, 3, -1, 2**70, None, "x", 1.5, float("nan"), [], self, SHARED, object()])

    def __len__(self):
        return self.answer()

    def __getitem__(self, index):
        return self.answer()

    def __float__(self):
        return self.answer()

    def __index__(self):
        return self.answer()


class Array(Liar):
    """And so does this one's `__array__`."""

    def __array__(self, dtype=None, copy=None):
        return self.answer()


class List(list):
    """A list that says of itself what is not true."""

    def __len__(self):
        return 10**12

    def __getitem__(self, index):
        raise Mine


DTYPES = ["f8", "f4", "f2", "g", "i1", "i8", "u8", "?", ">f8", "c16", "O", "U3", "S2", "M8[s]", "m8[s]", "V4"]


def array(rng):
    shape = [rng.choice([0, 1, 2, 2, 3]) for _ in range(rng.choice([0, 1, 1, 2, 3]))]
    value = np.zeros(shape, rng.choice(DTYPES))
    if value.ndim and rng.random() < 0.3:
        value = value[::-1]
    if rng.random() < 0.2:
        value = np.asfortranarray(value)
    if rng.random() < 0.1:
        value.setflags(write=False)
    return value


def fitting(rng, shape):
    """Something of the right shape."""
    shape = [rng.choice([0, 1, 3]) if length is None else length for length in shape]
    if rng.random() < 0.2:
        shape.insert(0, rng.choice([0, 1, 2, 3]))
    value = np.full(shape, rng.choice([0.0, 1.0, -2.5, np.nan, np.inf]))
    roll = rng.random()
    if roll < 0.3:
        return value.tolist()
    return value.astype("f4") if roll < 0.5 else value


def thing(rng, depth=0):
    roll = rng.random()
    if roll < 0.2:
        return array(rng)
    if roll < 0.3:
        return rng.choice([Liar, Array])(rng)
    if roll < 0.5 and depth < 3:
        kind = rng.choice([list, tuple, List])
        Liar.made += kind is List
        return kind(thing(rng, depth + 1) for _ in range(rng.choice([0, 1, 2, 2, 3])))
    if roll < 0.55:
        return SHARED[rng.choice([0, 1]) : rng.choice([2, 3])]
    return rng.choice(
        [
            None, True, 0, 1, -1, 2**40, 10**400, 1.5, float("nan"), 1j, "x", b"xy", bytearray(3), {}, {"x": 1},
            {1, 2}, range(2), range(10**13), range(10**40), iter([1, 2]), (k for k in range(2)), object(), object,
            len, lambda: 1, rng, FUNCTIONS[0], rng.choice(WORKSPACES), memoryview(b"abcd"), np.float64(2), np.int8(3),
            np.datetime64(1, "s"), np.ma.zeros(2), np.zeros(2).view(np.recarray), Ellipsis, NotImplemented, np,
        ]
    )  # fmt: skip


def out(rng, function):
    roll = rng.random()
    if roll < 0.3:
        return thing(rng)
    shapes = function.outputs
    arrays = {
        name: np.full([2 if length is None else length for length in shape], 7.0, function.dtype)
        for name, shape in shapes.items()
    }
    if roll < 0.6:
        arrays[rng.choice(list(arrays))] = thing(rng)
    if roll < 0.7:
        arrays[rng.choice(["x", "", 3, None])] = np.zeros(2)
    return arrays if roll < 0.9 else next(iter(arrays.values()))


def arguments(rng, function):
    args = [fitting(rng, shape) if rng.random() < 0.6 else thing(rng) for shape in function.inputs.values()]
    kwargs = {}
    roll = rng.random()
    if roll < 0.1:
        args = args[: rng.randrange(len(args) + 1)]
    elif roll < 0.2:
        args.append(thing(rng))
    elif roll < 0.4:
        names = list(function.inputs)[1:]
        kwargs = dict(zip(names, args[1:], strict=False))
        args = args[:1]
    if rng.random() < 0.1:
        kwargs[rng.choice(["x", "w", "workspace", "casting", "strict", "nan", "quatsch", "é", "\ud800"])] = thing(rng)
    if rng.random() < 0.2:
        kwargs["out"] = out(rng, function)
    if rng.random() < 0.1:
        kwargs["workspace"] = rng.choice(WORKSPACES)
    return args, kwargs


def snapshot(value):
    """What an output holds, to see later that it still does."""
    if isinstance(value, dict):
        return [snapshot(array) for array in value.values()]
    if isinstance(value, np.ndarray) and not np.may_share_memory(value, SHARED):
        return value.tobytes()
    return None


def call(rng, function, kind):
    made = Liar.made
    args, kwargs = arguments(rng, function)
    before = snapshot(kwargs.get("out"))
    try:
        if kind < 0.85:
            function(*args, **kwargs)
        elif kind < 0.9:
            function.bind(*args, **kwargs)()
        elif kind < 0.92 and function in UFUNCS:
            # What NumPy makes of other objects is its own affair.
            UFUNCS[function](*(arg if isinstance(arg, np.ndarray) else array(rng) for arg in args))
        elif kind < 0.95:
            function.partial(**{name: thing(rng) for name in rng.sample(list(function.inputs), 1)})(*args[1:])
        else:
            function.select(rng.choice([*function.outputs, "x", 3, None]))(*args, **kwargs)
    except Mine:
        pass
    except (TypeError, ValueError, RuntimeError, RecursionError, OverflowError, IndexError) as error:
        text = str(error)
        assert "panicked" not in text
        # Without objects of this file's, every word is ours.
        if kind < 0.85 and Liar.made == made:
            assert type(error) in (TypeError, ValueError), text
            assert text.startswith(f"{function.__name__}()"), text
        assert snapshot(kwargs.get("out")) == before


def resident():
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.filterwarnings("ignore")
def test_whatever_comes():
    rng = random.Random(int(os.environ.get("GRADGEN_SEED", "5")))
    for _ in range(COUNT):
        call(rng, rng.choice(FUNCTIONS), rng.random())
    assert xyz.energy([1.0, 2.0], [0.0]) == {"cost": 6.0, "state": 3.0}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
@pytest.mark.filterwarnings("ignore")
def test_memory_does_not_grow():
    rng = random.Random(6)
    x, w, points = np.ones(2), np.ones(1), np.ones((50, 2))
    buffer = {"gradient_a": np.zeros(2)}

    def turn(count):
        for k in range(count):
            xyz.magic_f_jf_hvp_x(x, w, x)
            xyz.magic_grad_x(x, w=w, out=buffer)
            if k % 10 == 0:
                xyz.magic_hessian_x(points, w)
                call(rng, xyz.energy, 0)

    turn(20_000)
    before = resident()
    turn(200_000)
    assert resident() - before < 2_000_000


def test_a_signal_interrupts_a_batch():
    points = np.ones((3_000_000, 2))

    class Stop(Exception):
        pass

    def stop(number, frame):
        raise Stop

    previous = signal.signal(signal.SIGALRM, stop)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.05)
        with pytest.raises(Stop):
            while True:
                xyz.magic_f_jf_hvp_x(points, [1.0], [1.0, 1.0])
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


def test_other_threads_run_during_a_batch():
    points = np.ones((2_000_000, 2))
    done = threading.Event()
    turns = []

    def count():
        while not done.is_set():
            turns.append(time.perf_counter())
            time.sleep(0.001)

    thread = threading.Thread(target=count)
    thread.start()
    start = time.perf_counter()
    xyz.magic_f_jf_hvp_x(points, [1.0], [1.0, 1.0])
    end = time.perf_counter()
    done.set()
    thread.join()
    assert sum(start < turn < end for turn in turns) > 10
