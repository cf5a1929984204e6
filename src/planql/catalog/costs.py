"""Costs: what a unit of usage, or a day of a subscription, costs the company, from a day on.

::

    2026-01-01               2026-07-01
    |---- first row ---------)[---- second row ------------------------>
    no row before: the cost is not known, which is not the same as 0

Owns: the shape of costs, and which row is in force on a day.
Does not own: what usage costs in the end (`planql.simulation`), rules about costs
(`planql.catalog.checks`).

Source: RULES 9.4 (docs/rules/costs-and-scenarios.md).
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import Discriminator, Field

from planql.catalog.filters import Filter
from planql.entity import (
    Amount,
    CurrencyCode,
    Entity,
    Items,
    Key,
    LocalDate,
    SchemaReference,
    Text,
)


class CostRow(Entity):
    """Unit costs from a day on, until the day of the next row."""

    effective_from: LocalDate
    """First local day on which they hold."""
    unit_costs: dict[CurrencyCode, Amount]
    """What one unit costs, per currency, unrounded; amounts are never converted."""
    note: Text | None = None
    """Where the figure is from, or why it changed."""


class CostBase(Entity):
    """What every cost has."""

    schema_reference: SchemaReference = None
    key: Key
    """Stable name; the file is called `<key>.json`."""
    name: Text | None = None
    """Shown to people."""
    description: Text | None = None
    """For the people who maintain the catalog."""
    rows: Items[CostRow]
    """At least one; each begins on a later day than the one before."""
    metadata: dict[str, str] = Field(default_factory=dict)
    """Anything the company wants to keep beside it."""


class UsageCost(CostBase):
    """What usage costs: per single unit of a meter's quantity."""

    type: Literal["usage"]
    meter: Key
    """The meter that measures the quantity."""
    filter: Filter | None = None
    """Which of the meter's usage costs this; all of it, when left out."""


class SubscriptionDayCost(CostBase):
    """What a subscription costs on each local day on which it is active."""

    type: Literal["subscription_day"]
    products: Items[Key] = ()
    """The products whose subscriptions cost this; empty means all."""


Cost = Annotated[UsageCost | SubscriptionDayCost, Discriminator("type")]
"""Any cost, told apart by `type`."""


def row_in_force(cost: Cost, on: date) -> CostRow | None:
    """The last row whose `effective_from` is not after the local day `on`.

    Returns:
        None on the days before the first row: what it cost then is not known.
    """
    started = (row for row in reversed(cost.rows) if row.effective_from <= on)
    return next(started, None)
