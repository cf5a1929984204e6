"""`Step`: one term of the sum that makes a line."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final, get_args

import strawberry

from planql.gateway.numerals import numeral
from planql.gateway.scalars import CurrencyCode
from planql.gateway.types.enums import StepKind
from planql.gateway.types.money import Money, money
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


_KINDS: Final = {kind: StepKind(kind) for kind in get_args(lines.StepKind)}


class StepViews:
    """The steps of a charge as the schema shows them.

    What ratings of the charge have in common, such as a tier that is filled, is made once.

    Attributes:
        currency: Of their amounts.
    """

    def __init__(
        self, currency: str, common: Sequence[lines.Step] = (), prices: Sequence[Fraction] = ()
    ) -> None:
        self.currency = CurrencyCode(currency)
        # Each is held, so that its identity stays its own.
        self._held = (common, prices)
        self._prices = {id(each): money(numeral(each), currency) for each in prices}
        self._views = {id(each): self._view(each, is_lasting=True) for each in common}

    def of(self, steps: Sequence[lines.Step]) -> list[Step]:
        """Steps as the schema shows them."""
        known = map(self._views.get, map(id, steps))
        return [view or self._view(step) for step, view in zip(steps, known, strict=True)]

    def _view(self, step: lines.Step, *, is_lasting: bool = False) -> Step:
        currency, known = self.currency, self._prices.get
        unit, flat = step.unit_amount, step.flat_amount
        return Step(
            is_lasting=is_lasting,
            kind=_KINDS[step.kind],
            amount=Money(amount=step.amount, currency=currency),
            quantity=step.quantity,
            unit_amount=None if unit is None else known(id(unit)) or money(unit, currency),
            flat_amount=None if flat is None else known(id(flat)) or money(flat, currency),
            percentage=step.percentage,
            tier=step.tier,
            event=step.event,
            discount=step.discount,
        )
