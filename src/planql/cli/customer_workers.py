"""Customers compared one by one: in this process, or in several beside it.

::

    read, 20 at a time  ->  [ worker | worker | ... ]  ->  lines, in the order of the customers

What a customer pays on two versions depends on nobody else, so any number of processes can work on
it. Each gets both catalogs once. A few batches are on their way at a time, so that the usage of all
customers is never in memory together.
"""

import copyreg
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from multiprocessing import get_context
from types import MappingProxyType
from typing import Any, ClassVar, Final, Protocol, TypeVar

from planql.cli.progress_bars import bars
from planql.errors import SourceError
from planql.impact.customer_results import CustomerImpact
from planql.impact.results import PlanPair

MOST_WORKERS: Final = 60
"""Processes; Windows can wait for no more than these at once."""

_AT_A_TIME: Final = 20
"""Customers of one batch."""
_ON_THEIR_WAY: Final = 3
"""Batches for each worker, so that none waits for the next one to be read."""
_WORTH_PROCESSES: Final = 200
"""Customers who take longer to compare than processes to start."""

T = TypeVar("T")
T_contra = TypeVar("T_contra", contravariant=True)
ReadOnly = MappingProxyType[Any, Any]
Answer = tuple[int, Sequence[CustomerImpact]]
"""The size of a batch, and its lines."""


class Comparing(Protocol[T_contra]):
    """Whoever knows how a customer is compared; it is sent to every worker."""

    def impacts(self, one: T_contra, /) -> Iterable[CustomerImpact]:
        """What a change does to one customer."""


class _Worker:
    """What a worker process keeps between batches."""

    comparing: ClassVar[Comparing[Any]]


def compared(
    customers: Iterable[T], comparing: Comparing[T], total: int, workers: int
) -> list[CustomerImpact]:
    """What a change does to each of `customers`, in their order; with a bar on a terminal.

    Args:
        customers: Read while others are compared.
        comparing: Compares one of them, whoever the others are.
        total: How many there are, for the bar.
        workers: Processes; 1 is this one alone.

    Raises:
        SourceError: `worker-ended`.
    """
    batches = _batches(customers)
    found = _elsewhere(batches, comparing, workers) if workers > 1 else _here(batches, comparing)
    lines: list[CustomerImpact] = []
    plans: dict[str, PlanPair] = {}  # one record of each plan, whichever process it came from
    with bars() as progress:
        task = progress.add_task("Comparing customers", total=total)
        for size, some in found:
            lines += (
                replace(each, plan=plans.setdefault(each.plan.key, each.plan)) for each in some
            )
            progress.advance(task, size)
    return lines


def workers_for(customers: int, asked: int | None) -> int:
    """How many processes compare so many customers: as asked, else one for each processor.

    Few customers are compared sooner than processes are started.
    """
    if asked is not None:
        return asked
    return min(os.cpu_count() or 1, MOST_WORKERS) if customers >= _WORTH_PROCESSES else 1


def _batches(customers: Iterable[T]) -> Iterator[Sequence[T]]:
    rest = iter(customers)
    while batch := list(islice(rest, _AT_A_TIME)):
        yield batch


def _here(batches: Iterable[Sequence[T]], comparing: Comparing[T]) -> Iterator[Answer]:
    for batch in batches:
        yield len(batch), _lines(batch, comparing)


def _lines(batch: Iterable[T], comparing: Comparing[T]) -> Sequence[CustomerImpact]:
    return [line for each in batch for line in comparing.impacts(each)]


def _elsewhere(
    batches: Iterable[Sequence[T]], comparing: Comparing[T], workers: int
) -> Iterator[Answer]:
    copyreg.pickle(MappingProxyType, _as_sent)
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _begin, (comparing,))
    waiting: deque[Future[Answer]] = deque()
    try:
        for batch in batches:
            with _undisturbed():
                waiting.append(pool.submit(_answer, batch))
            if len(waiting) == workers * _ON_THEIR_WAY:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool:
        message = "a process that compared customers was ended by the system"
        hint = "it may have had too little memory: --workers 1 needs least"
        raise SourceError("worker-ended", message, hint=hint) from None
    finally:
        pool.shutdown(cancel_futures=True)


def _as_sent(read_only: ReadOnly) -> tuple[Callable[[dict[Any, Any]], ReadOnly], tuple[Any, ...]]:
    """How the mappings of a catalog, which nobody may change, are sent to another process."""
    return _as_received, (dict(read_only),)


def _as_received(sent: dict[Any, Any]) -> ReadOnly:
    return MappingProxyType(sent)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Processes that begin here never see Ctrl-C; whoever begins them does, a moment later."""
    if sys.platform == "win32":
        yield  # they ignore it as soon as they can
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(comparing: Comparing[Any]) -> None:
    """Begin a worker; Ctrl-C is for the process that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _Worker.comparing = comparing


def _answer(batch: Sequence[Any]) -> Answer:
    return len(batch), _lines(batch, _Worker.comparing)
