"""The inputs of simulations: how what is sold is used."""

from decimal import Decimal

import strawberry
from strawberry import UNSET

from planql.gateway.inputs.documents import DocumentInput, OneOfInput, given
from planql.gateway.inputs.subscriptions import DeclaredQuantityInput, QuantitiesInput
from planql.gateway.scalars import Json

INLINE = "inline"
"""Key of a scenario that is given inline."""


@strawberry.input(description="A total per calendar month, spread over its days.")
class MonthlyTotalInput(DocumentInput):
    """`monthly`."""

    total: Decimal = strawberry.field(
        description="Quantity of the first calendar month, were it simulated whole."
    )
    growth_percentage: Decimal | None = strawberry.field(
        default=UNSET,
        description="Change from each calendar month to the next, compounding; none, when left "
        "out.",
    )
    weekdays: list[Decimal] | None = strawberry.field(
        default=UNSET,
        description="Weights of Monday to Sunday; all days weigh the same, when left out.",
    )


@strawberry.input(description="A quantity for each day, one by one.")
class DailySeriesInput(DocumentInput):
    """`daily`."""

    quantities: list[Decimal] = strawberry.field(
        description="The quantities of the first days; nothing after the last one."
    )


@strawberry.input(description="The same quantity on every day, such as storage.")
class LevelInput(DocumentInput):
    """`level`."""

    quantity: Decimal = strawberry.field(
        description="Quantity on each day of the first calendar month."
    )
    growth_percentage: Decimal | None = strawberry.field(
        default=UNSET,
        description="Change from each calendar month to the next, compounding; none, when left "
        "out.",
    )


@strawberry.input(one_of=True, description="How much is used on which days: exactly one of these.")
class AssumedQuantityInput(OneOfInput):
    """Any shape of assumed usage; the member's name is its type."""

    monthly: MonthlyTotalInput | None = strawberry.field(
        default=UNSET, description="A total per calendar month."
    )
    daily: DailySeriesInput | None = strawberry.field(
        default=UNSET, description="A quantity for each day."
    )
    level: LevelInput | None = strawberry.field(
        default=UNSET, description="The same quantity on every day."
    )

    def as_value(self) -> object:
        """The quantity with its type."""
        name, shape = self.chosen
        return {"type": name, **given(shape)}


@strawberry.input(description="How much a meter is assumed to measure.")
class AssumedUsageInput(DocumentInput):
    """Assumed usage of one meter."""

    meter: str = strawberry.field(description="Key of the meter.")
    quantity: AssumedQuantityInput = strawberry.field(
        description="How much it measures, and on which days."
    )
    properties: Json | None = strawberry.field(
        default=UNSET,
        description="What the events' data would say, for filters and groups: a JSON object.",
    )
    event_value: Decimal | None = strawberry.field(
        default=UNSET, description="What one event adds to the quantity, for prices per event."
    )


@strawberry.input(description="A scenario that is in no catalog.")
class AssumedScenarioInput(QuantitiesInput):
    """A scenario, as its file would write it."""

    key: str | None = strawberry.field(
        default=UNSET, description=f"What the answer calls it; `{INLINE}`, when left out."
    )
    name: str | None = strawberry.field(
        default=UNSET, description="For people; `As given`, when left out."
    )
    customers: int | None = strawberry.field(
        default=UNSET, description="How many such customers it stands for; 1, when left out."
    )
    quantities: list[DeclaredQuantityInput] | None = strawberry.field(
        default=UNSET, description="The quantities that the plan's charges declare."
    )
    usage: list[AssumedUsageInput] = strawberry.field(
        description="What each of them uses; empty for no usage."
    )

    def as_document(self) -> dict[str, object]:
        """The scenario, which has a key and a name."""
        name = "As given" if self.usage else "Without usage"
        return {"key": INLINE, "name": name, **super().as_document()}


@strawberry.input(one_of=True, description="How it is used: exactly one of these.")
class SimulatedUsageInput(OneOfInput):
    """A scenario of the catalog, assumptions, or what a customer really used."""

    scenario: str | None = strawberry.field(
        default=UNSET, description="Key of a scenario of the plan's catalog."
    )
    assumed: AssumedScenarioInput | None = strawberry.field(
        default=UNSET, description="Assumptions that are in no catalog."
    )
    customer: str | None = strawberry.field(
        default=UNSET,
        description="Key of a stored customer, whose recorded usage is taken, in their time zone.",
    )
