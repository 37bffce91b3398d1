"""Functions with a memory."""

import copy
import pickle

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


def test_pickling():
    acc = samples.smooth.stateful(level=[1.0, 2.0])
    text = pickle.dumps(acc)
    assert len(text) < 500
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
