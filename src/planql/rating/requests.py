"""What `rate -` is asked: a charge with a quantity, or with a meter and events.

Owns: the shape of the request, reading it, answering it.
Does not own: the order of rating (`planql.rating.pipeline`), the answer's JSON
(`planql.rating.documents`).

Source: INTERFACES, `rate -` (docs/rules/rating.md).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, TypeVar

from pydantic import BeforeValidator

from planql.catalog.checks import require_valid_charge
from planql.catalog.meters import Meter
from planql.catalog.rate_plans import Charge, UsageCharge
from planql.discounts import Discount
from planql.entity import (
    CurrencyCode,
    Entity,
    Items,
    SignedQuantity,
    describe,
    parse_instant,
    read_entity,
    refusal,
)
from planql.errors import InvalidInput
from planql.metering.events import UsageEvent, read_event
from planql.metering.measure import measure
from planql.metering.spans import Span
from planql.metering.usage import Usage
from planql.problems import escape_pointer
from planql.rating.discounts import free_units
from planql.rating.lines import Rating
from planql.rating.pipeline import rate_measured
from planql.rating.prepared import prepare
from planql.rating.ready import ready, require_amounts
from planql.rating.totals import RatedCharge, settle

T = TypeVar("T")


def _read_bound(value: object) -> datetime:
    """An instant; a date is its midnight in UTC."""
    if isinstance(value, str):
        instant = parse_instant(value) or parse_instant(f"{value}T00:00:00Z")
        if instant is not None:
            return instant
    raise refusal(
        "not-an-instant",
        f"{describe(value)} is neither a date nor an instant with a time zone",
        'write "2026-03-01" or "2026-03-01T00:00:00Z"',
    )


def _with_name(value: object) -> object:
    """A charge on its own needs no name: its key stands for it."""
    if isinstance(value, Mapping) and "name" not in value and isinstance(value.get("key"), str):
        return {**value, "name": value["key"]}
    return value


class RequestPeriod(Entity):
    """From `start`, inclusive, to `end`, exclusive."""

    start: Annotated[datetime, BeforeValidator(_read_bound)]
    """First instant."""
    end: Annotated[datetime, BeforeValidator(_read_bound)]
    """First instant after it."""

    def span(self, pointer: str) -> Span:
        """The span between its ends; `pointer` says where it stands in the request.

        Raises:
            InvalidInput: `period-order`, when it does not end after it starts.
        """
        span = Span(self.start, self.end)
        if span.end <= span.start:
            raise InvalidInput(
                "period-order",
                f"the period ends at {span.end.isoformat()}, not after its start, "
                f"which is {span.start.isoformat()}",
                pointer=f"{pointer}/end",
            )
        return span


class RateRequest(Entity):
    """One document of `rate -`."""

    currency: CurrencyCode
    """Of every amount."""
    charge: Annotated[Charge, BeforeValidator(_with_name)]
    """As in a rate plan; its meter key is not looked up."""
    quantity: SignedQuantity | None = None
    """What to rate; of a one-time or recurring charge without a declared quantity: 1."""
    meter: Meter | None = None
    """How `events` become a quantity."""
    period: RequestPeriod | None = None
    """In which events count."""
    full_period: RequestPeriod | None = None
    """The denominator of `time_weighted_sum`; the period, when left out."""
    events: Items[object] | None = None
    """Usage events."""
    discounts: Items[Discount] = ()
    """All of them apply to the charge."""

    @property
    def is_grouped(self) -> bool:
        """Whether the answer has a line for each group of the usage."""
        has_groups = isinstance(self.charge, UsageCharge) and bool(self.charge.group_by)
        return has_groups and self.events is not None


def rate_request(document: object) -> tuple[RateRequest, RatedCharge]:
    """A request, a value read by `planql.entity.parse_json`, and what its charge comes to.

    Raises:
        InvalidInput: the first mistake, with its pointer into the request.
    """
    request = read_entity(RateRequest, document)
    require_valid_charge(request.charge, request.currency, "/charge")
    return request, _rated(request)


def _rated(request: RateRequest) -> RatedCharge:
    charge, currency, discounts = request.charge, request.currency, request.discounts
    if request.events is None:
        return ready(charge, currency).rate(request.quantity, discounts)
    require_amounts(discounts, currency)
    return settle(charge, currency, _rate_events(request), discounts)


def _rate_events(request: RateRequest) -> Rating:
    charge = request.charge
    if not isinstance(charge, UsageCharge):
        message = f'a "{charge.type}" charge is not rated from events'
        raise InvalidInput("events-not-usage", message, pointer="/events")
    if request.quantity is not None:
        message = "both a quantity and events are given; which of them to rate is unclear"
        raise InvalidInput("quantity-and-events", message, pointer="/quantity")
    meter = _given(request.meter, "meter")
    span = _given(request.period, "period").span("/period")
    full = span if request.full_period is None else request.full_period.span("/full_period")
    measured = measure(charge, meter, Usage(_events(request)), span, full)
    units = free_units(request.discounts)
    prepared = prepare(charge, request.currency, free_units=units)
    return rate_measured(charge, prepared, measured, meter)


def _given(value: T | None, member: str) -> T:
    if value is None:
        message = f'"{member}" is missing; events are measured by a meter in a period'
        raise InvalidInput("missing-member", message, hint=f'add "{member}" to this object')
    return value


def _events(request: RateRequest) -> list[UsageEvent]:
    return [_event(index, event) for index, event in enumerate(request.events or ())]


def _event(index: int, event: object) -> UsageEvent:
    try:
        return read_event(event)
    except InvalidInput as error:
        error.pointer = escape_pointer("events", index) + error.pointer
        raise
