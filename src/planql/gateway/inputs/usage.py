"""The inputs of usage: events, and totals already summed per day."""

import datetime as dt
from decimal import Decimal

import strawberry
from strawberry import UNSET

from planql.gateway.inputs.documents import DocumentInput
from planql.gateway.scalars import Json


@strawberry.input(description="Something that happened: a CloudEvent in substance.")
class UsageEventInput(DocumentInput):
    """A usage event."""

    id: str = strawberry.field(description="Its name; the same source and id are counted once.")
    type: str = strawberry.field(description="What happened; meters choose events by it.")
    time: dt.datetime = strawberry.field(description="When it happened.")
    data: Json | None = strawberry.field(
        default=UNSET, description="What meters read: a JSON object, numbers exact."
    )
    source: str | None = strawberry.field(default=UNSET, description="Who says so.")
    subject: str | None = strawberry.field(default=UNSET, description="Key of the customer.")
    recorded_at: dt.datetime | None = strawberry.field(
        default=UNSET, description="When it became known; at its time, when left out."
    )


@strawberry.input(description="Something that happened, to be recorded: a CloudEvent in substance.")
class NewUsageEventInput(DocumentInput):
    """A usage event that is sent to be stored."""

    id: str = strawberry.field(
        description="Its name; the same source and id are recorded once, however often they come."
    )
    source: str | None = strawberry.field(default=UNSET, description="Who says so.")
    type: str = strawberry.field(description="What happened; meters choose events by it.")
    subject: str = strawberry.field(description="Key of the customer.")
    time: dt.datetime = strawberry.field(description="When it happened.")
    data: Json | None = strawberry.field(
        default=UNSET, description="What meters read: a JSON object, numbers exact."
    )


@strawberry.input(description="What a count or sum meter measured on one local day.")
class UsageTotalInput(DocumentInput):
    """A daily total."""

    meter: str = strawberry.field(description="Key of the meter.")
    date: dt.date = strawberry.field(description="The local day, in the customer's zone.")
    quantity: Decimal = strawberry.field(description="What was measured.")
    recorded_at: dt.datetime | None = strawberry.field(
        default=UNSET, description="When it became known; on its day, when left out."
    )


@strawberry.input(description="From an instant, inclusive, to an instant, exclusive.")
class PeriodInput(DocumentInput):
    """A half-open period."""

    start: dt.datetime = strawberry.field(description="First instant.")
    end: dt.datetime = strawberry.field(description="First instant after it.")
