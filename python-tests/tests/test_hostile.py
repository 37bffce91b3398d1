"""Objects made to break a reader: what they get is an exception, and soon."""

import sys

import numpy as np
import pytest
import samples

GOOD = [[1, 2, 3], [4, 5, 6]]


class Endless:
    """A sequence without a length never ends."""

    def __getitem__(self, index):
        return 1.0


class Lying:
    """Claims a length, has another."""

    def __init__(self, claim, items):
        self.claim, self.items, self.reads = claim, items, 0

    def __len__(self):
        return self.claim

    def __getitem__(self, index):
        self.reads += 1
        return self.items[index]


class Growing:
    """Is a sequence of itself."""

    def __len__(self):
        return 2

    def __getitem__(self, index):
        return self


class Raising:
    def __init__(self, error):
        self.error = error

    def __float__(self):
        raise self.error


def test_no_length():
    with pytest.raises(TypeError, match="is an Endless, expected numbers"):
        samples.transpose(Endless())
    with pytest.raises(TypeError, match="is an Endless, expected numbers"):
        samples.running(Endless())


def test_a_wrong_length():
    short = Lying(2, [1.0])
    with pytest.raises(ValueError, match=r"argument 'x' ends after 1 elements, but its length was 2$"):
        samples.narrow(short, 1)
    long = Lying(2, [1.0, 2.0, 3.0])
    assert list(samples.narrow(long, 1)["y"]) == [1.0, 2.0]
    assert long.reads == 2
    wrong = Lying(10**12, [])
    with pytest.raises(
        ValueError, match=r"has shape \(1000000000000,\), expected \(2,\)|has 1000000000000 elements"
    ):
        samples.narrow(wrong, 1)
    for claim in [-1, 2**70, "2", None, 2.0]:
        with pytest.raises((TypeError, ValueError)):
            samples.narrow(Lying(claim, [1.0, 2.0]), 1)


def test_no_end_in_depth():
    own = []
    own += [own, own]
    for endless in (own, Growing()):
        with pytest.raises(ValueError, match=r"argument 'm' has shape \(2, 2, 2, 2\), expected \(..., 2, 3\)"):
            samples.transpose(endless)
        with pytest.raises(ValueError, match=r"argument 'x' has shape \(2, 2, 2\), expected \(..., 2\)"):
            samples.narrow(endless, 1)
        with pytest.raises(ValueError, match=r"argument 'workspace' has shape \(2, 2\), expected \(...\)"):
            samples.named(endless)
    deep = 1.0
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(ValueError, match=r"has shape \(1, 1, 1\), expected \(..., 1\)"):
        samples.scale(1, deep, 1)
    while isinstance(deep, list):
        deep = deep[0]


@pytest.mark.parametrize(
    "error", [ZeroDivisionError, KeyError, KeyboardInterrupt, RecursionError, StopIteration]
)
def test_what_the_users_code_raises_passes_through(error):
    raised = error("mine")
    with pytest.raises(error) as caught:
        samples.transpose([[1, Raising(raised), 3], [4, 5, 6]])
    assert caught.value is raised

    class Broken:
        def __len__(self):
            raise raised

        def __getitem__(self, index):
            raise raised

    with pytest.raises(error):
        samples.transpose(Broken())
    with pytest.raises(error):
        samples.transpose([Broken(), 1])


def test_conversions_that_lie():
    class Text:
        def __float__(self):
            return "1"

    class Index:
        def __index__(self):
            return 2.5

    with pytest.raises(TypeError):
        samples.transpose([[Text(), 2, 3], [4, 5, 6]])
    with pytest.raises(TypeError):
        samples.mixed(1, Index(), 0, False)

    class Array:
        def __array__(self, dtype=None, copy=None):
            return "no array"

    with pytest.raises((TypeError, ValueError)):
        samples.transpose(Array())

    class Objects:
        def __array__(self, dtype=None, copy=None):
            return np.array(GOOD, object)

    with pytest.raises(TypeError, match="expected numbers of shape"):
        samples.transpose(Objects())


def test_lists_that_change_while_they_are_read():
    rows = [[1, 2, 3], [4, 5, 6]]

    class Clears:
        def __float__(self):
            rows.clear()
            return 1.0

    rows[0][0] = Clears()
    with pytest.raises(ValueError, match=r"argument 'm' ends after 1 elements, but its length was 2$"):
        samples.transpose(rows)

    row = [0, 2, 3]

    class Grows:
        def __float__(self):
            row.extend(range(1000))
            return 1.0

    row[0] = Grows()
    assert samples.transpose([row, [4, 5, 6]])["sum"] == 21.0


def test_arrays_that_change_while_they_are_read():
    vector = np.ones(3)

    class Shrinks:
        def __float__(self):
            vector.resize((1,), refcheck=False)
            return 1.0

    with pytest.raises(ValueError, match=r"argument 'm'\[1\] has shape \(1,\), expected \(3,\)"):
        samples.transpose([[Shrinks(), 2, 3], vector])


def test_classes_that_fail_when_they_are_looked_at():
    class Meta(type):
        def __getattribute__(cls, name):
            raise RuntimeError(name)

    class Hidden(metaclass=Meta):
        pass

    for argument in (Hidden(), [Hidden(), 2], [[Hidden(), 2, 3], [4, 5, 6]]):
        with pytest.raises((RuntimeError, TypeError, ValueError)):
            samples.transpose(argument)


def test_names_that_compare_strangely():
    class Name(str):
        def __eq__(self, other):
            raise RuntimeError

        def __hash__(self):
            return hash(str(self))

    with pytest.raises((TypeError, RuntimeError)):
        samples.scale(1, 2, **{Name("m"): 3, Name("q"): 4})


def test_the_table_cannot_be_replaced_by_nonsense():
    inner = sys.modules[samples.transpose.__module__]
    table = inner.__gradgen__
    try:
        inner.__gradgen__ = 3
        with pytest.raises(RuntimeError, match="was replaced"):
            samples.all_functions()
        del inner.__gradgen__
        with pytest.raises(AttributeError):
            samples.call("scale", 1, 2, 3)
        assert samples.scale(1, 2, 3) == {"y": 6.0}
    finally:
        inner.__gradgen__ = table
