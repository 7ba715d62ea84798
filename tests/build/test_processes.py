"""Maps over tasks: the same results in the same order, a bounded window, and what becomes of a process that
dies.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.build.processes import AHEAD, Crash, Mapper, ProcessPool, in_process


def double(number: int) -> int:
    return 2 * number


def die_of_three(number: int) -> int:
    if number == 3:
        os._exit(9)
    return number


def fail_of_three(number: int) -> int:
    if number == 3:
        raise ValueError("three")
    return number


@pytest.fixture(scope="module")
def pool() -> Iterator[ProcessPool]:
    with ProcessPool(2) as pool:
        yield pool


@pytest.fixture(params=["in process", "processes"])
def mapper(request: pytest.FixtureRequest, pool: ProcessPool) -> Mapper:
    return pool if request.param == "processes" else in_process


def test_results_come_in_the_order_of_the_tasks(mapper: Mapper) -> None:
    assert list(mapper(double, range(20))) == [2 * number for number in range(20)]


def test_tasks_are_taken_only_as_they_are_needed(mapper: Mapper) -> None:
    taken = []

    def tasks() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    results = iter(mapper(double, tasks()))
    for _ in range(5):
        next(results)
    assert len(taken) <= 5 + AHEAD * 2


def test_an_exception_of_the_job_comes_out(mapper: Mapper) -> None:
    with pytest.raises(ValueError, match="three"):
        list(mapper(fail_of_three, range(5)))


def test_a_process_that_dies_costs_its_own_task_alone() -> None:
    with ProcessPool(2) as pool:
        assert list(pool(die_of_three, range(7))) == [0, 1, 2, Crash(3), 4, 5, 6]


ORPHAN = """
import os, sys, time
from kg.build.processes import ProcessPool
from tests.build.test_processes import identify
if __name__ == "__main__":
    with ProcessPool(1) as pool:
        print(*pool(identify, [0]), flush=True)
        time.sleep(60)
"""


def identify(_task: int) -> int:
    return os.getpid()


def test_processes_end_when_the_parent_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "orphan.py"
    script.write_text(ORPHAN)
    root = Path(__file__).parents[2]
    environment = os.environ | {"PYTHONPATH": str(root)}
    parent = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, env=environment)
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    assert any(_is_gone(worker) for _ in range(100))


def _is_gone(process: int) -> bool:
    """Whether the process has ended; waits a little if not. A zombie has ended: its parent has just not
    looked.
    """
    time.sleep(0.1)
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return True
    return state == "Z"
