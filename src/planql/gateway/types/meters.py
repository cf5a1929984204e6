"""Meters: how usage becomes a quantity."""

from fractions import Fraction

import strawberry

from planql.catalog import meters
from planql.catalog.documents import Document
from planql.gateway.numerals import numeral
from planql.gateway.principals import TRUSTED
from planql.gateway.types.enums import AggregationType, RoundingMode
from planql.gateway.types.filters import Filter, event_filter
from planql.gateway.types.metadata import MetadataEntry, metadata_entries
from planql.gateway.types.sources import Source, source_of
from planql.gateway.visibility import visible_to


@strawberry.type(description="How a meter turns events into a quantity.")
class Aggregation:
    """A meter's aggregation."""

    type: AggregationType = strawberry.field(description="Which aggregation it is.")
    property: str | None = strawberry.field(
        description="Dotted path into the event's data; null for a count."
    )
    operation_property: str | None = strawberry.field(
        description="For unique counts: path to what the event does; `remove` takes a value out."
    )
    carry_over: bool = strawberry.field(
        description="Whether events before the period set what it opens with."
    )


@strawberry.type(description="A larger unit in which prices are shown to people.")
class DisplayUnit:
    """A unit for people."""

    name: str = strawberry.field(description="What people call it: `1M tokens`.")
    per: Fraction = strawberry.field(description="How many single units it holds.")


@strawberry.type(description="What is counted. Prices are always per single unit.")
class Unit:
    """A meter's unit."""

    name: str = strawberry.field(description="One of what is counted: `token`.")
    display: DisplayUnit | None = strawberry.field(
        description="A larger unit for people; null when single units are shown."
    )


@strawberry.type(description="Rounding of the measured quantity, before it is priced.")
class QuantityRounding:
    """A meter's rounding."""

    mode: RoundingMode = strawberry.field(description="In which direction it is rounded.")
    digits: int = strawberry.field(description="Decimals kept; negative rounds to tens and so on.")


@strawberry.type(description="What of a kind of agent a meter measures.")
class Measures:
    """What a meter measures."""

    agent_type: str = strawberry.field(description="Key of the agent type.")
    action: str | None = strawberry.field(
        description="Key of the action; null when it measures none."
    )
    outcome: str | None = strawberry.field(
        description="Key of the outcome; null when it measures none."
    )


@strawberry.type(description="Which usage events count, and how they become a quantity.")
class Meter:
    """A meter."""

    key: str = strawberry.field(description="Stable name.")
    name: str | None = strawberry.field(description="Shown to people; null when it has no name.")
    description: str | None = strawberry.field(description="What it measures, in words.")
    event: str = strawberry.field(description="Type of the events it reads.")
    filter: Filter | None = strawberry.field(description="Which of them count; null is all.")
    aggregation: Aggregation = strawberry.field(description="How they become a quantity.")
    rounding: QuantityRounding | None = strawberry.field(
        description="How the quantity is rounded; null when it is not."
    )
    unit: Unit = strawberry.field(description="What is counted.")
    measures: Measures | None = strawberry.field(
        description="What of a kind of agent it measures; null when it is for any."
    )
    metadata: list[MetadataEntry] = strawberry.field(
        description="What the company keeps with it.", metadata=visible_to(*TRUSTED)
    )
    source: Source = strawberry.field(description="Where it is written.")


def meter(document: Document[meters.Meter], commit: str | None) -> Meter:
    """A meter of the catalog."""
    found = document.entity
    return Meter(
        key=found.key,
        name=found.name,
        description=found.description,
        event=found.event,
        filter=None if found.filter is None else event_filter(found.filter),
        aggregation=_aggregation(found),
        rounding=_rounding(found.rounding),
        unit=_unit(found.unit),
        measures=_measures(found.measures),
        metadata=metadata_entries(found.metadata),
        source=source_of(document, commit),
    )


def _aggregation(found: meters.Meter) -> Aggregation:
    aggregation = found.aggregation
    return Aggregation(
        type=AggregationType(aggregation.type),
        property=getattr(aggregation, "property", None),
        operation_property=getattr(aggregation, "operation_property", None),
        carry_over=getattr(aggregation, "carry_over", False),
    )


def _rounding(found: meters.QuantityRounding | None) -> QuantityRounding | None:
    if found is None:
        return None
    return QuantityRounding(mode=RoundingMode(found.mode), digits=found.digits)


def _unit(found: meters.Unit) -> Unit:
    shown = found.display
    display = None if shown is None else DisplayUnit(name=shown.name, per=numeral(shown.per))
    return Unit(name=found.name, display=display)


def _measures(found: meters.Measures | None) -> Measures | None:
    if found is None:
        return None
    return Measures(agent_type=found.agent_type, action=found.action, outcome=found.outcome)
