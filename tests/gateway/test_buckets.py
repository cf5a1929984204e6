"""The leaky buckets of cost."""

import pytest

from planql.gateway.buckets import Buckets, Empty, Rate

SECOND = 1_000_000_000
RATE = Rate(capacity=100, restored=10)


class Clock:
    """A clock that can be set, in nanoseconds."""

    now = 5 * SECOND

    def __call__(self) -> int:
        """What it says."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still."""
    return Clock()


@pytest.fixture
def buckets(clock: Clock) -> Buckets:
    """Buckets by that clock."""
    return Buckets(clock)


def test_a_bucket_is_full_at_first(buckets: Buckets) -> None:
    """All of it may be taken at once, and no more."""
    assert buckets.take("a", 100, RATE) == 0
    with pytest.raises(Empty) as empty:
        buckets.take("a", 1, RATE)
    assert (empty.value.available, empty.value.wait_seconds) == (0, 1)


def test_a_refused_request_takes_nothing(buckets: Buckets) -> None:
    """What does not fit leaves the bucket as it was."""
    assert buckets.take("a", 60, RATE) == 40
    with pytest.raises(Empty) as empty:
        buckets.take("a", 41, RATE)
    assert empty.value.available == 40
    assert buckets.take("a", 40, RATE) == 0


@pytest.mark.parametrize(("units", "seconds"), [(10, 1), (11, 2), (95, 10), (100, 10)])
def test_the_wait_is_long_enough(buckets: Buckets, clock: Clock, units: int, seconds: int) -> None:
    """After the seconds that are named there is enough: 10 flow in each second, rounded up."""
    buckets.take("a", 100, RATE)
    with pytest.raises(Empty) as empty:
        buckets.take("a", units, RATE)
    assert empty.value.wait_seconds == seconds
    clock.now += seconds * SECOND
    buckets.take("a", units, RATE)


def test_it_is_refilled_exactly(buckets: Buckets, clock: Clock) -> None:
    """A tenth of a second restores 1; a nanosecond less restores none."""
    buckets.take("a", 100, RATE)
    clock.now += SECOND // 10 - 1
    with pytest.raises(Empty):
        buckets.take("a", 1, RATE)
    clock.now += 1
    assert buckets.take("a", 1, RATE) == 0


def test_it_never_holds_more_than_its_capacity(buckets: Buckets, clock: Clock) -> None:
    """A year of rest is no credit."""
    buckets.take("a", 1, RATE)
    clock.now += 365 * 86_400 * SECOND
    assert buckets.take("a", 0, RATE) == 100


def test_everyone_has_a_bucket(buckets: Buckets) -> None:
    """What one takes, another still has."""
    buckets.take("a", 100, RATE)
    assert buckets.take("b", 1, RATE) == 99


def test_the_bucket_used_longest_ago_is_forgotten_first(clock: Clock) -> None:
    """The number of buckets is bounded."""
    buckets = Buckets(clock, most=2)
    for name in ("a", "b", "a", "c"):
        buckets.take(name, 10, RATE)
    assert buckets.take("a", 10, RATE) == 70
    assert buckets.take("b", 10, RATE) == 90
