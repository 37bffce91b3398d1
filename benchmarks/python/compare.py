"""What a call from Python costs: gradgen-py beside PyO3 by hand, CasADi, numba, JAX and NumPy, in one run.

All opponents of a contest are checked to agree, then take turns; what counts is the best of many rounds, for
a round can be disturbed but not hurried. `compare.py [--write PAGE]` prints a table, or writes the page.
"""

import argparse
import importlib.machinery
import importlib.util
import platform
import statistics
import sys
import time

import casadi
import jax
import numba
import numpy as np
import speed

jax.config.update("jax_enable_x64", True)
jax.config.update("jax_platforms", "cpu")

ROUNDS = 60
SECONDS_PER_ROUND = 0.004


def load_hand():
    """The module `hand` of the same library."""
    path = sys.modules[speed.twice.__module__].__file__
    loader = importlib.machinery.ExtensionFileLoader("hand", path)
    module = importlib.util.module_from_spec(importlib.machinery.ModuleSpec("hand", loader, origin=path))
    loader.exec_module(module)
    return module


HAND = load_hand()
RNG = np.random.default_rng(1)
X8, W2 = RNG.normal(size=8), RNG.normal(size=2)
A, B = RNG.normal(size=(2, 2)), RNG.normal(size=(2, 2))
X, W = RNG.normal(size=2), RNG.normal(size=1)
ROWS = RNG.normal(size=(10_000, 2))


def buffered(function, inputs):
    """CasADi's interface without objects: memory that the function reads and writes."""
    buffer, call = function.buffer()
    arrays = [np.ravel(np.array(value, dtype=float), order="F") for value in inputs]
    outputs = [np.zeros(function.nnz_out(k)) for k in range(function.n_out())]
    for k, array in enumerate(arrays):
        buffer.set_arg(k, memoryview(array))
    for k, array in enumerate(outputs):
        buffer.set_res(k, memoryview(array))

    def result():
        call()
        return outputs

    result.keep = (buffer, arrays, outputs)
    result.timed = call
    return result


def casadi_magic():
    x, w = casadi.SX.sym("x", 2), casadi.SX.sym("w", 1)
    a = (casadi.sin(x[0]) ** 2 + casadi.sin(x[1]) ** 2) * w
    return casadi.Function("magic", [x, w], [a, casadi.gradient(a, x)])


def casadi_split():
    x, w = casadi.SX.sym("x", 8), casadi.SX.sym("w", 2)
    return casadi.Function("split", [x, w], [x[:4] * w[0], x[4:] * w[1]])


def casadi_twice():
    x = casadi.SX.sym("x")
    return casadi.Function("twice", [x], [2 * x])


def casadi_matrices():
    a, b = casadi.SX.sym("a", 2, 2), casadi.SX.sym("b", 2, 2)
    return casadi.Function("matrices", [a, b], [a @ b, a + b, a - b])


@numba.njit
def numba_twice(x):
    return 2.0 * x


@numba.njit
def numba_split(x, w):
    return x[:4] * w[0], x[4:] * w[1]


@numba.njit
def numba_matrices(a, b):
    product = np.empty((2, 2))
    for i in range(2):
        for j in range(2):
            product[i, j] = a[i, 0] * b[0, j] + a[i, 1] * b[1, j]
    return product, a + b, a - b


@numba.njit
def numba_magic(x, w):
    s, c = np.sin(x), np.cos(x)
    return (s[0] * s[0] + s[1] * s[1]) * w[0], 2.0 * s * c * w[0]


@numba.guvectorize(["(f8[:], f8[:], f8[:], f8[:])"], "(n),(m)->(),(n)", nopython=True)
def numba_rows(x, w, a, gradient):
    s0, s1 = np.sin(x[0]), np.sin(x[1])
    a[0] = (s0 * s0 + s1 * s1) * w[0]
    gradient[0] = 2.0 * s0 * np.cos(x[0]) * w[0]
    gradient[1] = 2.0 * s1 * np.cos(x[1]) * w[0]


def jax_magic(x, w):
    s = jax.numpy.sin(x)
    return (s @ s) * w[0]


JAX_MAGIC = jax.jit(jax.value_and_grad(jax_magic))
JAX_ROWS = jax.jit(jax.vmap(jax.value_and_grad(jax_magic), (0, None)))
JAX_TWICE = jax.jit(lambda x: 2.0 * x)
JAX_SPLIT = jax.jit(lambda x, w: (x[:4] * w[0], x[4:] * w[1]))
JAX_MATRICES = jax.jit(lambda a, b: (a @ b, a + b, a - b))


def numpy_rows(x, w):
    s = np.sin(x)
    return (s * s).sum(axis=1) * w, 2 * s * np.cos(x) * w


def ready(function):
    """JAX returns before it has computed."""
    return lambda *args: jax.block_until_ready(function(*args))


MAGIC = speed.magic.value_and_grad("x")
BOUND = MAGIC.bind(X, W, out={"a": np.zeros(()), "gradient_a": np.zeros(2)})
ROWS_OUT = {"a": np.zeros(len(ROWS)), "gradient_a": np.zeros(ROWS.shape)}
BOUND_ROWS = MAGIC.bind(ROWS, W, out=ROWS_OUT)


# Title, bound in µs, opponents.
CONTESTS = [
    (
        "`2 x`, a float",
        0.06,
        {
            "gradgen": (speed.twice, 3.0),
            "gradgen, one output": (speed.twice.select("y"), 3.0),
            "PyO3 by hand": (HAND.twice, 3.0),
            "CasADi": buffered(casadi_twice(), [[[3.0]]]),
            "numba": (numba_twice, 3.0),
            "jax.jit": (ready(JAX_TWICE), 3.0),
        },
    ),
    (
        "8 + 2 inputs, two arrays",
        0.15,
        {
            "gradgen": (speed.split, X8, W2),
            "gradgen, lists": (speed.split, X8.tolist(), W2.tolist()),
            "PyO3 by hand": (HAND.split, X8, W2),
            "CasADi": buffered(casadi_split(), [X8, W2]),
            "numba": (numba_split, X8, W2),
            "jax.jit": (ready(JAX_SPLIT), X8, W2),
        },
    ),
    (
        "three 2 × 2 matrices",
        0.5,
        {
            "gradgen": (speed.matrices, A, B),
            "PyO3 by hand": (HAND.matrices, A, B),
            "CasADi": buffered(casadi_matrices(), [A, B]),
            "numba": (numba_matrices, A, B),
            "jax.jit": (ready(JAX_MATRICES), A, B),
        },
    ),
    (
        "value and gradient of `magic`",
        0.35,
        {
            "gradgen": (MAGIC, X, W),
            "PyO3 by hand": (HAND.magic_f_grad, X, W),
            "numba": (numba_magic, X, W),
            "jax.jit": (ready(JAX_MAGIC), X, W),
        },
    ),
    (
        "the same into given arrays",
        0.12,
        {"gradgen, bound": (BOUND,), "CasADi": buffered(casadi_magic(), [X, W])},
    ),
    (
        "an accumulator",
        0.1,
        {"gradgen, state": (speed.accumulate, 3.0), "PyO3 by hand": (HAND.Accumulator(), 3.0)},
    ),
    (
        "value and gradient of `magic`, 10,000 rows",
        250,
        {
            "gradgen": (MAGIC, ROWS, W),
            "gradgen, bound": (BOUND_ROWS,),
            "gradgen, ufunc": (MAGIC.ufunc, ROWS, W),
            "PyO3 by hand": (HAND.magic_batch, ROWS, W),
            "numba": (numba_rows, ROWS, W),
            "jax.jit": (ready(JAX_ROWS), ROWS, W),
            "NumPy": (numpy_rows, ROWS, W),
        },
    ),
]


def timed(opponent):
    """The function to time, its arguments, and its result."""
    if isinstance(opponent, tuple):
        function, *args = opponent
        return function, args, function(*args)
    return opponent.timed, [], opponent()


def flat(result):
    """The numbers of a result, whatever form it has."""
    if isinstance(result, dict):
        result = tuple(result.values())
    if isinstance(result, (tuple, list)):
        return np.concatenate([flat(value) for value in result])
    return np.asarray(result, dtype=float).ravel()


def repeat(function, args, count):
    """Seconds of so many calls."""
    if not args:
        start = time.perf_counter()
        for _ in range(count):
            function()
        return time.perf_counter() - start
    if len(args) == 1:
        (x,) = args
        start = time.perf_counter()
        for _ in range(count):
            function(x)
        return time.perf_counter() - start
    x, y = args
    start = time.perf_counter()
    for _ in range(count):
        function(x, y)
    return time.perf_counter() - start


def contest(opponents):
    """Microseconds of a call, by opponent."""
    opponents = {name: timed(opponent) for name, opponent in opponents.items()}
    (_, _, expected), *others = opponents.values()
    for _, _, result in others:
        got = flat(result)
        # Orders and numbers of outputs differ, the numbers do not.
        if got.size == flat(expected).size:
            np.testing.assert_allclose(np.sort(got), np.sort(flat(expected)), rtol=1e-12, atol=1e-14)
    counts = {}
    for name, (function, args, _) in opponents.items():
        count = 1
        while repeat(function, args, count) < SECONDS_PER_ROUND / 2:
            count *= 2
        counts[name] = count
    times = {name: [] for name in opponents}
    for _ in range(ROUNDS):
        for name, (function, args, _) in opponents.items():
            times[name].append(repeat(function, args, counts[name]) / counts[name] * 1e6)
    return {name: (min(values), statistics.median(values)) for name, values in times.items()}


def processor():
    """The processor's name, where Linux tells it."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            names = {line.split(":")[1].strip() for line in lines if line.startswith("model name")}
        return ", ".join(sorted(names))
    except OSError:
        return platform.processor()


def table():
    """The lines of the page's table."""
    yield "| call | limit, µs | who | best, µs | median, µs |"
    yield "|---|---:|---|---:|---:|"
    for title, limit, opponents in CONTESTS:
        for name, (best, median) in contest(opponents).items():
            yield f"| {title} | {limit:g} | {name} | {best:.3f} | {median:.3f} |"
            title, limit = "", float("nan")


PAGE = """# Calls from Python

`cargo xtask bench-python --write` measures all of this anew and writes this page.

* {processor}; {system}
* Python {python}, NumPy {numpy}, CasADi {casadi}, numba {numba}, JAX {jax}

Times are microseconds of a call, with the loop around it: the best of {rounds} rounds in which the opponents
take turns, and their median. Before that, all of them are checked to agree. The limit is what a call of
gradgen's may cost.

* *gradgen*: a call with arrays, which returns a dict of floats and new arrays. *bound*: `f.bind(…, out=…)`.
  *one output*: `f.select("y")`, which returns the output itself. *ufunc*: `f.ufunc`, called by NumPy.
  *state*: a parameter that the attribute declares as state.
* *PyO3 by hand*: the same Rust function behind a `#[pyfunction]` for these very arguments.
* *CasADi*: `Function.buffer()`, which reads and writes memory that was given before; interpreted.
* *numba*: `@njit`, for rows `@guvectorize`. *jax.jit*: with `block_until_ready`.

{table}
"""


def main():
    """Prints the table, or writes the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", metavar="PAGE")
    page = parser.parse_args().write
    lines = []
    for line in table():
        line = line.replace("| nan |", "|  |")
        lines.append(line)
        print(line, flush=True)
    if page:
        text = PAGE.format(
            processor=processor(),
            system=f"{platform.system()} {platform.release()} {platform.machine()}",
            python=platform.python_version(),
            numpy=np.__version__,
            casadi=casadi.__version__,
            numba=numba.__version__,
            jax=jax.__version__,
            rounds=ROUNDS,
            table="\n".join(lines),
        )
        with open(page, "w", encoding="utf-8") as file:
            file.write(text)


if __name__ == "__main__":
    main()
