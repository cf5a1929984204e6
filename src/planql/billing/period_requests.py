"""What `periods -` is asked, and what it answers.

Source: INTERFACES, `periods -` (docs/rules/time.md).
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from planql.billing.places import located
from planql.billing.subscriptions import AnchorName
from planql.catalog.fields import TimeZone
from planql.entity import (
    Entity,
    LocalDate,
    describe,
    parse_date,
    parse_instant,
    read_entity,
    refusal,
)
from planql.errors import InvalidInput
from planql.periods import Interval, IntervalUnit, Period, grid, list_periods, local_day, zone


def _read_start(value: object) -> object:
    if isinstance(value, str):
        found = parse_instant(value) or parse_date(value)
        if found is not None:
            return found
    raise refusal(
        "not-a-date",
        f"{describe(value)} is neither a date nor an instant",
        'write "2026-03-01" or "2026-03-01T10:00:00Z"',
    )


class PeriodsRequest(Entity):
    """A cycle, where it starts, and how many of its periods are wanted."""

    start: Annotated[datetime | date, BeforeValidator(_read_start)]
    """A local day, or an instant whose local day counts."""
    interval: Literal["day", "week", "month", "year"]
    interval_count: Annotated[int, Field(ge=1, le=100_000)] = 1
    anchor: AnchorName = "subscription"
    time_zone: TimeZone = "UTC"
    count: Annotated[int, Field(ge=0)] | None = None
    """How many periods."""
    until: LocalDate | None = None
    """The periods that begin before this local day."""


def periods_asked(request: PeriodsRequest) -> tuple[Period, ...]:
    """The periods that a request asks for.

    Raises:
        InvalidInput: `count-or-until`, without exactly one of the two; `calendar-interval`;
            `too-many-periods`; `date-out-of-range`.
    """
    if (request.count is None) == (request.until is None):
        raise InvalidInput(
            "count-or-until", 'give either "count" or "until"', hint='add "count": 12'
        )
    start = request.start
    if isinstance(start, datetime):
        start = local_day(start, zone(request.time_zone))
    interval = Interval(IntervalUnit(request.interval), request.interval_count)
    with located("/interval_count"):
        cycles = grid(start, interval, request.anchor)
    return list_periods(start, cycles, count=request.count, until=request.until)


def answer_periods(document: object) -> Mapping[str, object]:
    """The answer to a request as a value read from JSON.

    Raises:
        InvalidInput: the request's first mistake, with its pointer.
    """
    periods = periods_asked(read_entity(PeriodsRequest, document))
    return {"periods": [period_document(period) for period in periods]}


def period_document(period: Period) -> dict[str, object]:
    """A period: local dates, the end exclusive, and its actual length."""
    return {"start": str(period.start), "end": str(period.end), "days": period.days}
