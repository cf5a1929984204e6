"""Meters: how usage events become a quantity."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from planql.aggregations import Aggregation
from planql.catalog.filters import Filter
from planql.entity import Entity, Key, PositiveQuantity, SchemaReference, Text, refusal


class DisplayUnit(Entity):
    """A larger unit for people: prices are shown per `per` units."""

    name: Text
    """What people call it: "1M tokens"."""
    per: PositiveQuantity
    """How many single units it holds."""


class Unit(Entity):
    """What is counted, and how it is shown; prices are always per single unit."""

    name: Text
    """One of what is counted: "token"."""
    display: DisplayUnit | None = None
    """A larger unit in which prices are shown."""


class Measures(Entity):
    """What of an agent type the meter measures."""

    agent_type: Key
    """The agent type."""
    action: Key | None = None
    """One of its actions."""
    outcome: Key | None = None
    """One of its outcomes."""


class QuantityRounding(Entity):
    """Rounding of the aggregated quantity, before included units and price."""

    mode: Literal["up", "down", "half_up"]
    """`up` to the greater number, `down` to the lesser, `half_up` half away from zero."""
    digits: Annotated[int, Field(ge=-30, le=30)]
    """Decimals kept; negative rounds to tens, hundreds and so on."""


def _read_unit(value: object) -> object:
    if not isinstance(value, str):
        return value
    if not value.strip():
        # Refused here, the place is the unit itself, not a name that nobody wrote.
        raise refusal("blank-text", f'"{value}" is blank; it needs at least one character')
    return {"name": value}


class Meter(Entity):
    """Which events count, and how they become a quantity."""

    schema_reference: SchemaReference = None
    key: Key
    """Stable name; the file is called `<key>.json`."""
    name: Text | None = None
    """Shown to people."""
    description: Text | None = None
    """Says more, in a sentence or two."""
    event: Text
    """Type of the events it reads."""
    filter: Filter | None = None
    """Which of them count; all, when left out."""
    aggregation: Aggregation
    """How the events become a quantity."""
    rounding: QuantityRounding | None = None
    """Rounding of the quantity; none, when left out."""
    unit: Annotated[Unit, BeforeValidator(_read_unit, json_schema_input_type=Text | Unit)]
    """What is counted: a name, or a name and how it is shown."""
    measures: Measures | None = None
    """What of an agent type it measures."""
    metadata: dict[str, str] = Field(default_factory=dict)
    """Anything the company wants to keep beside it."""
