"""Derivatives against differences, and what a call costs: `f.check(…)`, `f.profile(…)`, `check_derivatives`.

It needs nothing but NumPy and the function, which it calls as anyone would.
"""

import timeit
import zlib
from typing import Any, Iterable, NamedTuple

import numpy as np

_LABELS = ("f", "grad", "jf", "hessian", "jvp", "vjp", "hvp")
_KINDS = ("gradient", "jacobian", "hessian", "jvp", "hvp")


class Entry(NamedTuple):
    """One output of one derivative, and its element that differs most."""

    function: str
    output: str
    index: tuple[int, ...]
    value: float
    difference: float
    error: float


class Report(NamedTuple):
    """What a check found, the worst first, and what it could not check."""

    entries: list[Entry]
    skipped: list[str]

    @property
    def worst(self) -> float:
        """The largest error, relative to the largest element of what is compared."""
        return self.entries[0].error if self.entries else 0.0

    def __str__(self) -> str:
        lines = [
            f"{entry.function}: {entry.output}{list(entry.index) or ''} is {entry.value!r}, "
            f"by differences {entry.difference!r}: error {entry.error:.1e}"
            for entry in self.entries
        ]
        lines += [f"{name}: not checked" for name in self.skipped]
        return "\n".join(lines)


def check(function: Any, siblings: Iterable[Any], info: dict[str, Any], args: Any, kwargs: Any) -> Report:
    """Compares the function's value and its derivatives with differences, at one point."""
    point = dict(function.defaults)
    point.update(zip(info["input_names"], args, strict=False))
    point.update(kwargs)
    dtypes = dict(zip(info["input_names"], info["input_dtypes"], strict=True))
    real = [name for name, role in zip(info["input_names"], info["input_roles"], strict=True) if role == "input"]
    for name in real:
        point[name] = np.array(point[name], dtype=dtypes[name])
    values = {name: np.asarray(value, dtype=float) for name, value in function(**point).items()}
    entries: list[Entry] = []
    skipped: list[str] = []
    for sibling in siblings:
        name = sibling.__name__
        by = _inputs(name[len(function.__name__) + 1 :], real)
        # Directions are drawn by lot, the same ones each time.
        rng = np.random.default_rng(zlib.crc32(name.encode()))
        extra = {
            argument: rng.normal(size=_shape(argument, point, values))
            for argument in sibling.inputs
            if argument not in point
        }
        results = sibling(**point, **extra)
        for output, got in results.items():
            expected = _expected(function, point, values, real, by, extra, output)
            if expected is None:
                skipped.append(f"{name}, {output}")
            else:
                entries.append(_worst(name, output, np.asarray(got, dtype=float), expected))
    entries.sort(key=lambda entry: (-1.0 if np.isnan(entry.error) else 0.0, -entry.error))
    return Report(entries, skipped)


def check_derivatives(function: Any, points: Iterable[Any], tolerance: float = 1e-5) -> None:
    """Checks all derivatives of a function at these points; each is a tuple or a dict of its inputs.

    Raises an `AssertionError` that says which element differs most, if one does by more than the tolerance.
    """
    for point in points:
        report = function.check(**point) if isinstance(point, dict) else function.check(*point)
        if not report.worst <= tolerance:
            raise AssertionError(f"{function.__name__} at {point}:\n{report}")


def profile(function: Any, args: Any, kwargs: Any, operations: int) -> dict[str, float]:
    """What a call costs, in microseconds, and how much of that is Rust's: a row of a batch of the same."""
    rows = max(2, min(4096, 10**7 // (operations + 1)))
    named = dict(zip(function.inputs, args, strict=False)) | kwargs
    batch = {
        name: np.broadcast_to(value, (rows, *np.shape(value)))
        if name in function.inputs and np.asarray(value).dtype.kind == "f"
        else value
        for name, value in named.items()
    }

    def best(call: Any) -> float:
        timer = timeit.Timer(call)
        count = 1
        while timer.timeit(count) < 1e-3:
            count *= 2
        return min(timer.repeat(7, count)) / count * 1e6

    call = best(lambda: function(*args, **kwargs))
    compute = best(lambda: function(**batch)) / rows if "workspace" not in named else float("nan")
    return {"call": call, "compute": min(call, compute), "operations": operations}


def _shape(argument: str, point: dict[str, Any], values: dict[str, Any]) -> tuple[int, ...]:
    """The shape of a tangent, a direction or a cotangent."""
    if argument.startswith("cotangent_"):
        return np.shape(values[argument.removeprefix("cotangent_")])
    return np.shape(point[argument.removeprefix("v_")])


def _inputs(rest: str, real: list[str]) -> list[str]:
    """By which inputs: what follows the labels in a sibling's name, or all."""
    words = rest.split("_")
    while words and words[0] in _LABELS:
        words.pop(0)
    rest, found = "_".join(words), []
    while rest:
        known = [name for name in sorted(real, key=len, reverse=True) if f"{rest}_".startswith(f"{name}_")]
        if not known:
            return []
        found.append(known[0])
        rest = rest[len(known[0]) + 1 :]
    return found or real


def _expected(
    function: Any,
    point: dict[str, Any],
    values: dict[str, Any],
    real: list[str],
    by: list[str],
    extra: dict[str, Any],
    output: str,
) -> Any:
    """What an output of a derivative should be; `None` if its name does not tell what it is."""
    if output in values:
        return values[output]
    if output.startswith("vjp_"):
        name = output.removeprefix("vjp_")
        if name not in real or any(f"cotangent_{other}" not in extra for other in values):
            return None
        total = np.zeros(point[name].shape)
        for other in values:
            jacobian = _jacobian(function, point, name, other)
            cotangent = extra[f"cotangent_{other}"]
            total += np.tensordot(cotangent, jacobian, axes=np.ndim(cotangent))
        return total
    kind = next((kind for kind in _KINDS if output.startswith(f"{kind}_")), None)
    if kind is None:
        return None
    rest = output[len(kind) + 1 :]
    name = next((name for name in sorted(values, key=len, reverse=True) if f"{rest}_".startswith(f"{name}_")), None)
    if name is None:
        return None
    named = _inputs(rest[len(name) + 1 :], real) if len(rest) > len(name) else by
    if kind == "jvp":
        directions = [argument for argument in extra if argument.startswith("v_")]
        return sum(
            np.tensordot(_jacobian(function, point, other.removeprefix("v_"), name), extra[other], np.ndim(extra[other]))
            for other in directions
        )
    if len(named) == 1 and kind in ("gradient", "jacobian"):
        return _jacobian(function, point, named[0], name)
    if kind == "hessian" and len(named) in (1, 2):
        return _hessian(function, point, named[0], named[-1], name)
    if kind == "hvp" and len(named) == 1 and list(extra) == [f"v_{named[0]}"]:
        direction = extra[f"v_{named[0]}"]
        return np.tensordot(_hessian(function, point, named[0], named[0], name), direction, np.ndim(direction))
    return None


def _steps(value: Any, root: float) -> Any:
    """A step for every element, that is exact in its floating-point type."""
    epsilon = float(np.finfo(value.dtype).eps)
    wide = value.astype(value.dtype)
    return (wide + np.asarray(epsilon**root * np.maximum(1.0, np.abs(wide)), dtype=value.dtype)) - wide


def _jacobian(function: Any, point: dict[str, Any], name: str, output: str) -> Any:
    """Differences of fourth order: the output's shape, then the input's."""
    value = point[name]
    steps = _steps(value, 0.2)

    def at(index: Any, times: float) -> Any:
        moved = value.copy()
        moved[index] += times * steps[index]
        return np.asarray(function(**{**point, name: moved})[output], dtype=float)

    columns = [
        (8.0 * (at(index, 1) - at(index, -1)) - (at(index, 2) - at(index, -2))) / (12.0 * float(steps[index]))
        for index in np.ndindex(value.shape)
    ]
    shape = np.shape(function(**point)[output])
    if not columns:
        return np.zeros((*shape, *value.shape))
    return np.moveaxis(np.array(columns), 0, -1).reshape((*shape, *value.shape))


def _hessian(function: Any, point: dict[str, Any], first: str, second: str, output: str) -> Any:
    """Differences of differences, with steps that are larger."""
    value = point[first]
    steps = _steps(value, 0.15)
    rows = []

    def at(index: Any, times: float) -> Any:
        moved = value.copy()
        moved[index] += times * steps[index]
        return _jacobian(function, {**point, first: moved}, second, output)

    for index in np.ndindex(value.shape):
        difference = 8.0 * (at(index, 1) - at(index, -1)) - (at(index, 2) - at(index, -2))
        rows.append(difference / (12.0 * float(steps[index])))
    return np.array(rows).reshape((*value.shape, *point[second].shape))


def _worst(function: str, output: str, got: Any, expected: Any) -> Entry:
    """The element that differs most, relative to the largest of all."""
    expected = np.asarray(expected, dtype=float).reshape(got.shape)
    scale = max(1.0, float(np.max(np.abs(expected), initial=0.0)))
    errors = np.abs(got - expected) / scale
    if errors.size == 0:
        return Entry(function, output, (), 0.0, 0.0, 0.0)
    place = int(np.argmax(np.where(np.isnan(errors), np.inf, errors)))
    index = tuple(int(at) for at in np.unravel_index(place, errors.shape))
    return Entry(function, output, index, float(got[index]), float(expected[index]), float(errors[index]))
