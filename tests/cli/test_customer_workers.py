"""Customers compared in several processes."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import pytest
from tests.servers.environments import unmeasured

from planql.cli.customer_workers import compared, workers_for
from planql.errors import InvalidInput, SourceError
from planql.impact.comparisons import Comparison, Outcome, PlanPair
from planql.impact.customer_results import CustomerImpact


@dataclass(frozen=True)
class Naming:
    """Compares nothing: each customer has a line that says what plan it is on."""

    plans: MappingProxyType[str, str]

    def impacts(self, one: str) -> Iterator[CustomerImpact]:
        """A line."""
        comparison = Comparison((), Outcome(1), Outcome(2))
        yield CustomerImpact(one, "main", PlanPair(self.plans[one], None, None), comparison)


class Dying:
    """Ends its process."""

    def impacts(self, one: str) -> Iterator[CustomerImpact]:
        """Never comes back."""
        os._exit(int(one))


class Refusing:
    """Can compare nobody."""

    def impacts(self, one: str) -> Iterator[CustomerImpact]:
        """Never has a line."""
        raise InvalidInput("unknown", f"{one} cannot be followed", pointer="/changes/0")


CUSTOMERS = [f"c-{number:03}" for number in range(130)]
NAMING = Naming(MappingProxyType({key: f"plan-{key[-1]}" for key in CUSTOMERS}))


@pytest.mark.parametrize("workers", [1, 2])
def test_lines_come_in_the_order_of_customers(workers: int) -> None:
    """All customers are compared once, in order, and each plan is one record."""
    found = compared(iter(CUSTOMERS), NAMING, len(CUSTOMERS), workers)
    assert [line.customer for line in found] == CUSTOMERS
    assert [line.plan.key for line in found] == [NAMING.plans[key] for key in CUSTOMERS]
    assert len({id(line.plan) for line in found}) == 10


def test_a_worker_that_is_ended_is_said() -> None:
    """A process that the system ends is no defect: the message says what needs less memory."""
    with pytest.raises(SourceError, match="ended by the system") as failure:
        compared(["1"], Dying(), 1, 2)
    assert "--workers 1" in failure.value.hint


@pytest.mark.parametrize("workers", [1, 2])
def test_a_mistake_is_told_by_its_own_words(workers: int) -> None:
    """Whichever process finds it; it is not taken for one that was ended."""
    with pytest.raises(InvalidInput, match="1 cannot be followed") as failure:
        compared(["1"], Refusing(), 1, workers)
    assert failure.value.pointer == "/changes/0"


INTERRUPTED = """
import os, signal, threading
from planql.cli.customer_workers import compared

class Idle:
    def impacts(self, one):
        return ()

if __name__ == "__main__":
    # What a shell starts in the background would ignore it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        threading.Timer(0.2, os.killpg, (0, signal.SIGINT)).start()
        compared(iter(int, 1), Idle(), 1, 2)
    except KeyboardInterrupt:
        print("stopped")
"""


def test_ctrl_c_ends_workers_without_a_word(tmp_path: Path) -> None:
    """It reaches all processes of a terminal at once, also those that only begin."""
    script = tmp_path / "interrupted.py"
    script.write_text(INTERRUPTED, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, script],
        env=unmeasured(),
        capture_output=True,
        check=False,
        start_new_session=True,
        timeout=60,
    )
    assert (done.stdout, done.stderr) == (b"stopped\n", b"")


def test_few_customers_need_no_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """From 200 customers on there is a process for each processor, unless somebody says."""
    monkeypatch.setattr(os, "cpu_count", lambda: 8)
    assert workers_for(199, None) == 1
    assert workers_for(200, None) == 8
    assert workers_for(10_000, 3) == 3
    monkeypatch.setattr(os, "cpu_count", lambda: 128)
    assert workers_for(10_000, None) == 60
