"""An event that a meter counts but cannot read is refused when it arrives."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from planql.catalog.meters import Meter
from planql.entity import read_entity
from planql.metering.acceptance import Acceptance
from planql.metering.events import UsageEvent

TOKENS = read_entity(
    Meter,
    {
        "key": "tokens",
        "name": "Tokens",
        "event": "completion",
        "filter": {"property": "model", "operator": "eq", "value": "large"},
        "aggregation": {"type": "sum", "property": "usage.tokens"},
        "unit": "token",
    },
)
CALLS = read_entity(
    Meter,
    {
        "key": "calls",
        "name": "Calls",
        "event": "call",
        "aggregation": {"type": "count"},
        "unit": "call",
    },
)
ACCEPTANCE = Acceptance([TOKENS, CALLS])


def event(type_: str, data: dict[str, object], subject: str = "acme") -> UsageEvent:
    """An event of a customer."""
    return UsageEvent("1", type_, datetime(2026, 3, 1, tzinfo=UTC), data, subject=subject)


@pytest.mark.parametrize(
    ("type_", "data"),
    [
        ("completion", {"model": "large", "usage": {"tokens": "12.5"}}),
        ("completion", {"model": "small", "usage": {"tokens": "many"}}),
        ("call", {}),
        ("unheard-of", {"anything": None}),
    ],
)
def test_what_every_meter_can_read_is_accepted(type_: str, data: dict[str, object]) -> None:
    """Events that a meter reads, does not count or does not know may be recorded."""
    assert ACCEPTANCE.refusal(event(type_, data), 1) is None


def test_an_unreadable_value_names_its_place_and_its_meter() -> None:
    """The refusal quotes the value and says which meter would have read it."""
    bad = ACCEPTANCE.refusal(event("completion", {"model": "large", "usage": {"tokens": "x"}}), 7)
    assert bad is not None
    assert (bad.position, bad.pointer, bad.code) == (7, "/data/usage/tokens", "unreadable-value")
    assert '"x"' in bad.reason
    assert '"tokens"' in bad.reason


def test_an_event_of_nobody_is_refused() -> None:
    """Usage without a customer could never be billed."""
    bad = ACCEPTANCE.refusal(event("call", {}, subject=" "), 3)
    assert bad is not None
    assert bad.pointer == "/subject"


@pytest.mark.parametrize("name", ["id", "source", "type", "subject"])
@pytest.mark.parametrize(
    ("value", "code"), [("a\0b", "nul-character"), ("\0", "nul-character"), ("a" * 301, "too-long")]
)
def test_names_that_a_database_cannot_keep_are_refused(name: str, value: str, code: str) -> None:
    """PostgreSQL keeps no NUL in text, and an index no name of any length."""
    named = replace(event("call", {}), **{name: value})
    bad = ACCEPTANCE.refusal(named, 3)
    assert bad is not None
    assert (bad.position, bad.pointer, bad.code) == (3, f"/{name}", code)


def test_a_name_of_the_greatest_length_is_kept() -> None:
    """300 characters are kept."""
    assert ACCEPTANCE.refusal(replace(event("call", {}), id="a" * 300), 1) is None


@pytest.mark.parametrize("year", [1, 1969, 9000, 9999])
def test_times_without_local_days_are_refused(year: int) -> None:
    """An event of the year 1 has no day in every zone: it would break every later computation."""
    bad = ACCEPTANCE.refusal(replace(event("call", {}), time=datetime(year, 1, 1, tzinfo=UTC)), 1)
    assert bad is not None
    assert (bad.pointer, bad.code) == ("/time", "time-out-of-range")
