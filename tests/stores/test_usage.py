"""Usage is recorded exactly once and read back to the digit."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from planql.metering.events import UsageEvent
from planql.stores.database import Database
from planql.stores.usage import Recorded, read_events, record_events

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=40)


def event(number: int, **members: object) -> UsageEvent:
    """An event of customer acme, `number` seconds after noon."""
    defaults: dict[str, object] = {
        "id": str(number),
        "source": "api",
        "type": "tokens",
        "subject": "acme",
        "time": NOON + timedelta(seconds=number),
        "data": {"tokens": number},
    }
    return UsageEvent(**{**defaults, **members})  # type: ignore[arg-type]


def read(database: Database, **members: object) -> list[UsageEvent]:
    """What is stored of acme's tokens."""
    return read_events(database, ["acme"], ["tokens"], LATER, **members)["acme"]  # type: ignore[arg-type]


def test_nothing_is_recorded_of_no_events(database: Database) -> None:
    """An empty batch stores nothing and reports nothing."""
    assert record_events(database, [], NOON) == Recorded(0)


def test_recording_again_is_a_duplicate(database: Database) -> None:
    """The same source and id count once; the second time they are reported."""
    first = [event(1), event(2)]
    assert record_events(database, first, NOON) == Recorded(2)
    assert record_events(database, [event(3), *first], NOON) == Recorded(1, tuple(first))
    assert [stored.id for stored in read(database)] == ["1", "2", "3"]


def test_an_event_repeated_in_its_batch_counts_once(database: Database) -> None:
    """Of two events with one identity in a batch, the second is the duplicate."""
    again = event(1, data={"tokens": 99})
    assert record_events(database, [event(1), again], NOON) == Recorded(1, (again,))


def test_identities_do_not_run_into_each_other(database: Database) -> None:
    """Source "a" with id "bc" is another event than source "ab" with id "c"."""
    batch = [event(1, source="a", id="bc"), event(2, source="ab", id="c")]
    assert record_events(database, batch, NOON).stored == 2


def test_data_comes_back_to_the_digit(database: Database) -> None:
    """Numbers, nested values and any text survive storage unchanged."""
    data = {
        "small": Decimal("0.000000000000000000000000000001"),
        "large": 123456789012345678901234567890,
        "nested": {"list": [True, None, "ü\n\u0001"]},
    }
    record_events(database, [event(1, data=data)], NOON)
    assert read(database)[0].data == data


def test_times_come_back_to_the_microsecond(database: Database) -> None:
    """Both ends of a range are read, and nothing a microsecond beyond them."""
    microsecond = timedelta(microseconds=1)
    times = [NOON - microsecond, NOON, LATER, LATER + microsecond]
    record_events(database, [event(number, time=at) for number, at in enumerate(times)], NOON)
    assert [stored.time for stored in read(database, since=NOON)] == [NOON, LATER]
    assert [stored.time for stored in read(database)] == times[:3]


def test_ties_keep_the_order_in_which_they_came(database: Database) -> None:
    """Events of one instant are read in the order of their recording."""
    record_events(database, [event(number, time=NOON) for number in (5, 3, 4)], NOON)
    record_events(database, [event(1, time=NOON)], NOON + timedelta(seconds=1))
    assert [stored.id for stored in read(database)] == ["5", "3", "4", "1"]


def test_recorded_at_is_the_batch_s_unless_the_event_says(database: Database) -> None:
    """An event that knows when it was recorded keeps that instant."""
    early = NOON - timedelta(days=1)
    record_events(database, [event(1), event(2, recorded_at=early)], NOON)
    assert [stored.recorded_at for stored in read(database)] == [NOON, early]


def test_customers_and_types_are_kept_apart(database: Database) -> None:
    """Only the events asked for are read, and every customer stands in the answer."""
    batch = [event(1), event(2, subject="other"), event(3, type="calls")]
    record_events(database, batch, NOON)
    found = read_events(database, ["acme", "nobody"], ["tokens"], LATER)
    assert {key: [stored.id for stored in events] for key, events in found.items()} == {
        "acme": ["1"],
        "nobody": [],
    }


@pytest.mark.parametrize("size", [50, 1000])
def test_concurrent_writers_store_each_event_once(database: Database, size: int) -> None:
    """Four writers that record the same events at once store each of them once."""
    batch = [event(number) for number in range(size)]
    with ThreadPoolExecutor(4) as pool:
        orders = [random.Random(seed).sample(batch, size) for seed in range(4)]  # noqa: S311 - an order, not a secret
        results = list(pool.map(lambda order: record_events(database, order, NOON), orders))
    assert sum(result.stored for result in results) == len(batch)
    assert len(read(database)) == len(batch)
