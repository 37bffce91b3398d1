"""Workspaces, threads, processes, panics."""

import multiprocessing
import subprocess
import sys
import threading

import numpy as np
import pytest
import samples


def test_a_workspace_says_what_it_is_for():
    workspace = samples.workspace_for_function("scale")
    assert workspace.function == "scale"
    assert workspace.size == 1
    assert repr(workspace) == "<workspace for scale()>"
    assert samples.workspace_for_function("running").size is None
    with pytest.raises(TypeError):
        type(workspace)()
    with pytest.raises(AttributeError):
        workspace.size = 2


def test_a_workspace_serves_many_calls():
    workspace = samples.workspace_for_function("transpose")
    for k in range(100):
        assert samples.transpose(np.full((2, 3), k), workspace)["sum"] == 6.0 * k
    with pytest.raises(ValueError):
        samples.transpose([1], workspace)
    assert samples.transpose(np.ones((2, 3)), workspace)["sum"] == 6.0


def test_a_workspace_outlives_a_panic():
    workspace = samples.workspace_for_function("panics")
    with pytest.raises(BaseException, match="as asked") as caught:
        samples.panics(1.0, workspace)
    assert type(caught.value).__name__ == "PanicException"
    assert samples.panics(0.0, workspace) == {"y": 0.0}


def test_a_call_within_a_call_gets_another_workspace_or_none():
    workspace = samples.workspace_for_function("scale")
    seen = []

    class Calls:
        def __float__(self):
            seen.append(samples.scale(1, 2, 3))
            samples.scale(1, 2, 3, workspace)

    with pytest.raises(RuntimeError, match=r"^scale\(\): argument 'workspace' is in use by another call"):
        samples.scale(Calls(), 2, 3, workspace)
    assert seen == [{"y": 6.0}]
    assert samples.scale(1, 2, 3, workspace) == {"y": 6.0}


def test_a_long_call_lets_other_threads_run_but_not_with_its_workspace():
    workspace = samples.workspace_for_function("wait")
    results = []
    thread = threading.Thread(target=lambda: results.append(samples.wait(1.0, workspace)))
    thread.start()
    while samples.signal(0.0)["y"] == 0.0:
        pass
    with pytest.raises(RuntimeError, match=r"^wait\(\): argument 'workspace' is in use by another call"):
        samples.wait(0.0, workspace)
    assert samples.wait(0.0) == {"y": 0.0}
    assert samples.signal(1.0) == {"y": 1.0}
    thread.join()
    assert results == [{"y": 1.0}]
    assert samples.wait(0.0, workspace) == {"y": 0.0}


def test_threads_agree():
    matrix = np.arange(6.0).reshape(2, 3)
    failures = []

    def work(offset):
        workspace = samples.workspace_for_function("transpose")
        for k in range(2000):
            result = samples.transpose(matrix + offset + k, workspace if k % 2 else None)
            if result["sum"] != 15.0 + 6 * (offset + k) or result["t"][2, 1] != 5.0 + offset + k:
                failures.append(result)

    threads = [threading.Thread(target=work, args=(10_000 * index,)) for index in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures


def summed(matrix):
    return samples.transpose(matrix)["sum"]


@pytest.mark.skipif(sys.platform == "win32", reason="has no fork")
def test_forked_processes():
    with multiprocessing.get_context("fork").Pool(2) as pool:
        assert pool.map(summed, [[[k] * 3] * 2 for k in range(20)]) == [6.0 * k for k in range(20)]


def test_spawned_processes():
    script = "import samples; print(samples.scale(2, 3, 4))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "{'y': 24.0}\n"
