"""An event that a meter counts but cannot read is refused when it arrives."""

from datetime import UTC, datetime

import pytest

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
