"""A leaky bucket of cost for everyone who asks: full at first, refilled all the time.

::

    capacity  |####                ####
              |    ##          ####            a request takes what it costs
    available |      ####   ###                and waits for nothing: it is refused
              |          ###                   when the bucket holds less
              +-------------------------> time

Each process has buckets of its own, and forgets them when it ends.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

_SECOND: Final = 1_000_000_000
"""In the clock's nanoseconds."""
MOST_HOLDERS: Final = 10_000
"""How many buckets are kept; the one that was used longest ago goes first."""


@dataclass(frozen=True, slots=True)
class Rate:
    """The size of a bucket.

    Attributes:
        capacity: What it holds when it is full.
        restored: What flows in each second; at least 1.
    """

    capacity: int
    restored: int


class Empty(Exception):
    """A bucket holds less than what is to be taken; nothing was taken.

    Attributes:
        available: What it holds, rounded down.
        wait_seconds: When it will hold enough, rounded up; at least 1.
    """

    def __init__(self, available: int, wait_seconds: int) -> None:
        super().__init__(f"{available} available, enough in {wait_seconds} s")
        self.available = available
        self.wait_seconds = wait_seconds


class Buckets:
    """The buckets of one process.

    Args:
        clock: Nanoseconds of a clock that never goes back.
        most: How many buckets are kept.
    """

    def __init__(
        self, clock: Callable[[], int] = time.monotonic_ns, most: int = MOST_HOLDERS
    ) -> None:
        self._clock = clock
        self._most = most
        self._levels: OrderedDict[str, tuple[int, int]] = OrderedDict()

    def take(self, holder: str, units: int, rate: Rate) -> int:
        """Take units out of a holder's bucket; the result is what is left, rounded down.

        Raises:
            Empty: it does not hold as many.
        """
        now = self._clock()
        full = rate.capacity * _SECOND
        level, since = self._levels.get(holder, (full, now))
        level = min(full, level + (now - since) * rate.restored)
        missing = units * _SECOND - level
        self._keep(holder, level if missing > 0 else -missing, now)
        if missing > 0:
            wait_seconds = -(-missing // (rate.restored * _SECOND))
            raise Empty(level // _SECOND, wait_seconds)
        return -missing // _SECOND

    def _keep(self, holder: str, level: int, now: int) -> None:
        self._levels[holder] = (level, now)
        self._levels.move_to_end(holder)
        if len(self._levels) > self._most:
            self._levels.popitem(last=False)
