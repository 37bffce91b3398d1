"""Functions with a memory."""

import copy
import gc
import inspect
import pickle
import threading

import numpy as np
import pytest
import samples


def test_a_function_that_only_updates():
    acc = samples.accumulate.stateful(total=[1.0])
    assert acc(10) is None and acc(x=5) is None
    np.testing.assert_array_equal(acc.state["total"], [16.0])
    assert acc.function is samples.accumulate
    assert repr(acc) == "<gradgen accumulate with state of accumulate: {'total': array([16.])}>"
    assert samples.accumulate.stateful().state["total"] == 0.0


def test_outputs_come_from_the_old_state():
    smooth = samples.smooth.stateful(level=[2.0, 4.0])
    assert smooth.peek([0, 0]) == {"before": 6.0}
    assert smooth([0, 0]) == {"before": 6.0}
    assert smooth([0, 0]) == {"before": 3.0}
    smooth.frozen = True
    assert smooth([0, 0]) == smooth([0, 0]) == {"before": 1.5}
    assert smooth.frozen and repr(smooth).endswith(", frozen>")


def test_the_state_is_checked():
    smooth = samples.smooth.stateful()
    smooth.state["level"] = [1, 2]
    with pytest.raises(ValueError, match=r"argument 'level' has shape \(3,\), expected \(2,\)"):
        smooth.state["level"] = [1, 2, 3]
    with pytest.raises(KeyError, match="the state of smooth has no 'x': it has 'level'"):
        smooth.state["x"] = [1, 2]
    with pytest.raises(ValueError):
        smooth.state = {"level": [1, 2, 3]}
    with pytest.raises(TypeError, match="a state is a State or a dict of values, not an int"):
        smooth.state = 3
    with pytest.raises(TypeError, match="the state is one of accumulate, expected one of smooth"):
        smooth.state = samples.accumulate.stateful().state
    with pytest.raises(ValueError, match=r"smooth\(\): argument 'x' has shape"):
        smooth([1, 2, 3])
    np.testing.assert_array_equal(smooth.state["level"], [1.0, 2.0])
    smooth.state["level"][0] = 7.0
    np.testing.assert_array_equal(smooth.state["level"], [1.0, 2.0])
    assert list(smooth.state) == ["level"] and len(smooth.state) == 1
    with pytest.raises(TypeError, match="scale keeps no state"):
        samples.scale.stateful()
    with pytest.raises(KeyError):
        samples.smooth.stateful(total=1.0)


def test_copies_and_shared_states():
    first = samples.accumulate.stateful(total=[1.0])
    second, third = copy.copy(first), first.copy(state={"total": [100.0]})
    shared = first.copy(state=first.state)
    first(1)
    assert [acc.state["total"][0] for acc in (first, second, third, shared)] == [2.0, 1.0, 100.0, 2.0]
    shared(5)
    assert first.state["total"] == 7.0


@pytest.fixture
def tally():
    samples.tally.state = {"total": 1.5}
    return samples.tally


def test_a_declared_state(tally):
    assert tally(2.0) is None and tally.state["total"] == 5.5
    assert tally(np.float64(1.0)) is None and tally(x=1) is None and samples.call("tally", 1) is None
    assert tally.state["total"] == 8.5
    assert tally.peek(10) is None and tally.state["total"] == 8.5
    own = tally.copy(state={"total": 0.0})
    own(3)
    assert own.state["total"] == 9.0 and tally.state["total"] == 8.5
    assert tally.function(1.0, 2.0) == {"total_out": 5.0}
    assert tally.function(x=2.0) == {"total_out": 5.5}
    assert tally.grad("x")(1.0, 3.0) == {"gradient_total_out": 6.0}
    assert samples.tally_grad_x(total=0.0, x=1.0) == {"gradient_total_out": 2.0}
    assert samples.function_info("tally")["state_inputs"] == ["total"]


def test_a_declared_state_is_no_parameter(tally):
    assert str(inspect.signature(tally)) == "(x)" and tally.__name__ == "tally" and callable(tally)
    assert tally.__module__ == "samples.samples" and tally.__doc__.startswith("Adds to a total")
    assert repr(tally) == "<gradgen tally with state of tally: {'total': 1.5}>"
    for args, kwargs, message in [
        ((1, 2, 3), {}, r"tally\(\) takes from 1 to 2 positional arguments but 3 were given"),
        ((), {}, r"tally\(\) missing 1 required positional argument: 'x'"),
        ((1,), {"total": 1}, r"tally\(\) got an unexpected keyword argument 'total', which is the state"),
        (([1, 2],), {}, r"tally\(\): axes before an argument's own make a batch, and a call with a state has none"),
        (("x",), {}, r"tally\(\): argument 'x' is a str, expected a number"),
    ]:
        with pytest.raises((TypeError, ValueError), match=message):
            tally(*args, **kwargs)
    with pytest.raises(AttributeError):
        tally.quatsch
    assert tally.state["total"] == 1.5


def test_several_states_and_other_outputs():
    mean = samples.mean.copy(state={"average": [0, 0], "count": 0})
    assert list(mean.state) == ["average", "count"]
    assert str(inspect.signature(mean)) == "(x, scale)"
    points = np.random.default_rng(3).normal(size=(20, 2))
    for k, point in enumerate(points):
        expected = {"before": float(k), "scale_out": 6.0}
        assert mean(point, 3.0) == mean.peek(point, 3.0) | {"before": float(k)} == expected
        np.testing.assert_allclose(mean.state["average"], 3.0 * points[: k + 1].mean(axis=0), atol=1e-14)
    mean.frozen = True
    assert mean(points[0], 1.0)["before"] == 20.0 == mean(points[0], 1.0)["before"]
    mean.frozen = False
    before = dict(mean.state)
    for wrong in ([1.0], "x", None, [1, None], np.ones((3, 3))):
        with pytest.raises((TypeError, ValueError)):
            mean(wrong, 1.0)
    assert all(np.array_equal(before[name], mean.state[name]) for name in before)


def test_a_state_and_the_collector():
    """Results can have Python's collector run code, which looks at the state in the middle of a call."""
    mean, seen = samples.mean.copy(state={"count": 0}), []

    class Cycle:
        def __init__(self):
            self.itself = self

        def __del__(self):
            seen.append(mean.state["count"])
            mean.peek([1, 1], 1.0)

    previous = gc.get_threshold()
    gc.set_threshold(1)
    try:
        for _ in range(100):
            Cycle()
            mean([1.0, 2.0], 1.0)
    finally:
        gc.set_threshold(*previous)
    gc.collect()
    assert mean.state["count"] == 100.0 and len(seen) == 100


def test_threads_and_a_state():
    tally = samples.tally.copy(state={"total": 0.0})
    threads = [threading.Thread(target=lambda: [tally(1.0) for _ in range(20_000)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert tally.state["total"] == 80_000.0


def test_pickling():
    acc = samples.smooth.stateful(level=[1.0, 2.0])
    text = pickle.dumps(acc)
    assert len(text) < 500
    tally = pickle.loads(pickle.dumps(samples.tally.copy(state={"total": 7.0})))
    assert tally.state["total"] == 7.0 and tally.function is samples.tally.function
    again = pickle.loads(text)
    assert again([0, 0]) == acc([0, 0]) == {"before": 3.0}


def test_a_call_within_a_call():
    acc = samples.accumulate.stateful()

    class Calls:
        def __float__(self):
            acc(1.0)
            return 1.0

    with pytest.raises(RuntimeError, match="the state is in use by another call"):
        acc(Calls())
    acc(1.0)
    assert acc.state["total"] == 1.0
