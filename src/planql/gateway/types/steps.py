"""`Step`: one term of the sum that makes a line."""

from collections.abc import Iterable
from fractions import Fraction

import strawberry

from planql.gateway.types.enums import StepKind
from planql.gateway.types.money import Money, money, optional_money
from planql.rating import lines


@strawberry.type(description="One term of the sum that makes a line.")
class Step:
    """A step of a line.

    Attributes:
        is_lasting: Whether it lives as long as the snapshot, so that its JSON may be kept.
    """

    is_lasting: strawberry.Private[bool]
    kind: StepKind = strawberry.field(description="What it stands for.")
    amount: Money = strawberry.field(description="What it adds, unrounded; it may be negative.")
    quantity: Fraction | None = strawberry.field(
        description="Units that it prices; null where it prices none."
    )
    unit_amount: Money | None = strawberry.field(
        description="Price of each of them; null where there is none."
    )
    flat_amount: Money | None = strawberry.field(
        description="The flat part inside the amount; null where there is none."
    )
    percentage: Fraction | None = strawberry.field(
        description="Percent of the quantity; null where there is none."
    )
    tier: int | None = strawberry.field(description="Number of the tier, from 1; of a tier only.")
    event: str | None = strawberry.field(description="Id of the event; of an event only.")
    discount: str | None = strawberry.field(description="Key of the discount; of a discount only.")


def step_of(step: lines.Step, currency: str, *, is_lasting: bool = False) -> Step:
    """A step as the schema shows it."""
    return Step(
        is_lasting=is_lasting,
        kind=StepKind(step.kind),
        amount=money(step.amount, currency),
        quantity=step.quantity,
        unit_amount=optional_money(step.unit_amount, currency),
        flat_amount=optional_money(step.flat_amount, currency),
        percentage=step.percentage,
        tier=step.tier,
        event=step.event,
        discount=step.discount,
    )


class StepViews:
    """The steps of a charge as the schema shows them.

    Those that ratings of the charge have in common, such as a tier that is filled, are made once.

    Attributes:
        currency: Of their amounts.
    """

    def __init__(self, currency: str, common: Iterable[lines.Step] = ()) -> None:
        self.currency = currency
        # Each is held, so that its identity stays its own.
        self._common = [*common]
        self._views = {id(each): step_of(each, currency, is_lasting=True) for each in self._common}

    def of(self, steps: Iterable[lines.Step]) -> list[Step]:
        """Steps as the schema shows them."""
        known, currency = self._views, self.currency
        return [known.get(id(each)) or step_of(each, currency) for each in steps]
