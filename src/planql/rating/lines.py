"""The result of rating: lines that explain themselves.

Owns: `Step`, `RatedLine`, `Rating`, and how a cap is shared over lines.
Does not own: computing them (`planql.rating.pipeline`).

Explanation and arithmetic are the same thing: the steps of a line add up to its amount.
Source: RULES 4.5 and 5 (docs/rules/rating.md).
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from planql.charge_models.scales import AMOUNT_SCALE, Scaled
from planql.metering.measured import Group, RejectedEvent
from planql.money import added_up, allocate

StepKind = Literal[
    "included_units",
    "flat",
    "unit",
    "tier",
    "package",
    "percentage",
    "event",
    "proration",
    "rounding",
    "cap",
    "discount",
    "minimum",
    "already_billed",
]


class Step(Struct, frozen=True, gc=False):
    """One term of the sum that makes a line.

    Attributes:
        kind: What the step stands for.
        amount: What it adds to the line, unrounded, in major units; may be negative (cap).
        quantity: Units it prices, or None where it prices none.
        unit_amount: Price of each of them, or None.
        flat_amount: The flat part inside `amount`, or None.
        percentage: Percent of the quantity, or None.
        tier: Number of the tier, from 1; only with kind `tier`.
        event: Identity of the event, or of an assumed day that stands for several alike; only with
            kind `event`.
        discount: Key of the discount; only with kind `discount`.
    """

    kind: StepKind
    amount: Fraction
    quantity: Fraction | None = None
    unit_amount: Fraction | None = None
    flat_amount: Fraction | None = None
    percentage: Fraction | None = None
    tier: int | None = None
    event: str | None = None
    discount: str | None = None


class RatedLine(Struct, frozen=True, gc=False):
    """What a charge costs for one period (and one group of its usage).

    Attributes:
        quantity: Measured, after the meter's rounding, before included units; None is no value.
        unrounded: The amount before rounding and cap, in units of 10**-26.
        amount: Rounded to the currency, after the cap.
        steps: The terms; with a rounding and a cap step they sum to `amount`.
        group: Property -> value (None when missing) for a charge with `group_by`; else empty.
        note: Why a quantity was rated as 0, or "".
    """

    quantity: Fraction | None
    unrounded: Scaled
    amount: Fraction
    steps: tuple[Step, ...]
    group: Group = ()
    note: str = ""

    @property
    def unrounded_amount(self) -> Fraction:
        """Before rounding and cap, in major units."""
        return Fraction(self.unrounded, AMOUNT_SCALE)


class Rating(Struct, frozen=True, gc=False):
    """A charge rated for one period: a line, or one line per group.

    Attributes:
        quantity: Of the line; with groups the sum for count and sum, else None.
        amount: Sum of the lines' amounts: rounded, capped, before discounts and minimum.
        lines: At least one.
    """

    quantity: Fraction | None
    amount: Fraction
    lines: tuple[RatedLine, ...]
    rejected_events: tuple[RejectedEvent, ...] = ()

    @property
    def unrounded_amount(self) -> Fraction:
        """Sum of the lines' unrounded amounts."""
        return added_up(line.unrounded_amount for line in self.lines)


def capped(lines: Sequence[RatedLine], cap: Fraction | None, digits: int) -> tuple[RatedLine, ...]:
    """`lines`, reduced to `cap` in all, each with its share of the cut as a step.

    The cap is split by the rounded amounts with the largest remainder. Capping twice changes
    nothing. None is no cap.

    Args:
        lines: The groups of one charge.
        cap: In major units, a multiple of 10**-digits.
        digits: Decimals of the currency.

    Source: RULES 5, step 6; INTERFACES, `group_by`.
    """
    if cap is None:
        return tuple(lines)
    amounts = [line.amount for line in lines]
    if added_up(amounts) <= cap:
        return tuple(lines)
    shares = allocate(cap, amounts, digits)
    return tuple(_cut(line, share) for line, share in zip(lines, shares, strict=True))


def _cut(line: RatedLine, share: Fraction) -> RatedLine:
    if share == line.amount:
        return line
    return replace(line, amount=share, steps=(*line.steps, Step("cap", amount=share - line.amount)))
