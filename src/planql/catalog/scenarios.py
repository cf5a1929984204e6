"""Scenarios: named assumptions about the usage of customers who do not exist.

Owns: the shape of scenarios.
Does not own: spreading assumed usage over days (`planql.simulation`), rules about scenarios
(`planql.catalog.checks`).

Source: RULES 9.1 (docs/rules/costs-and-scenarios.md).
"""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Discriminator, Field

from planql.entity import (
    Entity,
    GrowthPercentage,
    Items,
    Key,
    PositiveQuantity,
    Quantity,
    SchemaReference,
    Text,
)


class MonthlyTotal(Entity):
    """A total per calendar month, spread over its days."""

    type: Literal["monthly"]
    total: Quantity
    """Quantity of the first calendar month, were it simulated whole."""
    growth_percentage: GrowthPercentage = Decimal(0)
    """Change from each calendar month to the next, compounding; none, when left out."""
    weekdays: Items[Quantity] | None = None
    """Weights of Monday to Sunday; all days weigh the same, when left out."""


class DailySeries(Entity):
    """A quantity for each day, one by one."""

    type: Literal["daily"]
    quantities: Items[Quantity]
    """The quantities of the first days simulated; nothing after the last one."""


class Level(Entity):
    """The same quantity on every day: of what is there rather than used up, such as storage."""

    type: Literal["level"]
    quantity: Quantity
    """Quantity on each day of the first calendar month."""
    growth_percentage: GrowthPercentage = Decimal(0)
    """Change from each calendar month to the next, compounding; none, when left out."""


AssumedQuantity = Annotated[MonthlyTotal | DailySeries | Level, Discriminator("type")]
"""How much is used when, told apart by `type`."""


class AssumedUsage(Entity):
    """How much a meter is assumed to measure."""

    meter: Key
    """The meter."""
    quantity: AssumedQuantity
    """How much it measures, and on which days."""
    properties: dict[str, object] | None = None
    """What the events' `data` would say, for filters and groups; what is left out, nobody asks."""
    event_value: PositiveQuantity | None = None
    """What one event adds to the quantity, for prices per event."""


class Scenario(Entity):
    """What one customer of a kind is assumed to subscribe to and to use."""

    schema_reference: SchemaReference = None
    key: Key
    """Stable name; the file is called `<key>.json`."""
    name: Text
    """Shown to people."""
    description: Text | None = None
    """Says more, in a sentence or two."""
    rate_plans: Items[Key] = ()
    """The rate plans it is for; empty means all."""
    customers: Annotated[int, Field(ge=1)] = 1
    """How many such customers it stands for."""
    quantities: dict[Text, Quantity] = Field(default_factory=dict)
    """Quantities that the subscription declares, such as seats, by name."""
    usage: Items[AssumedUsage] = ()
    """What the customer uses; nothing, when left out."""
    metadata: dict[str, str] = Field(default_factory=dict)
    """Anything the company wants to keep beside it."""
