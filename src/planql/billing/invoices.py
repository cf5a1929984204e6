"""Invoices and their lines: what is computed, before anyone prints or stores it.

Owns: the records and their sums.
Does not own: their JSON (`billing.documents`), numbers and storage (`planql.stores`).

Amounts are in major units. Those called `amount` are at the currency's digits, unrounded ones say
so.

Source: RULES 8; INTERFACES, stories (docs/rules/invoices.md).
"""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal

from msgspec import Struct

from planql.billing.proration import Portion
from planql.metering.measured import Group
from planql.metering.spans import Span
from planql.money import added_up
from planql.rating.lines import Step

LineKind = Literal["charge", "credit", "minimum", "adjustment", "late_usage"]
ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class LineDiscount:
    """What one discount took from a line; above 0."""

    discount: str
    amount: Fraction


class Source(Struct, frozen=True, gc=False):
    """Where the price of a line is written.

    Attributes:
        path: File inside the repository, or a JSON pointer into the story that gave it inline.
        line: From 1; None where the text was not read from a file.
        rate_plan: Key of the plan.
        version: Version of the plan.
        commit: The catalog's git commit; None when it was read from a directory.
    """

    path: str
    line: int | None
    rate_plan: str
    version: int
    commit: str | None


class Line(Struct, frozen=True, gc=False):
    """One line of an invoice.

    Attributes:
        id: Stable: subscription, charge, plan and version, period, kind.
        subscription: Key of the subscription it belongs to.
        charge: Key of the charge; "minimum_commitment" and "adjustment" are no charge's.
        name: Of the charge, for people.
        kind: What the line is.
        span: What it is for; half-open.
        in_days: Whether its bounds are local days; else they are instants.
        quantity: Before included units; None is no value, or nothing to count.
        unrounded_amount: Before rounding and cap.
        amount: Before discounts; below 0 on a credit.
        portion: Part of the full period; None where none was taken.
        steps: They sum to `amount`.
        discounts: In the order they acted.
        source: Where the price is written; None for an adjustment.
        group: Property and value of a charge with `group_by`.
        note: What a reader should know: why a quantity counts as 0, an adjustment's reason.
    """

    id: str
    subscription: str
    charge: str
    name: str
    kind: LineKind
    span: Span
    in_days: bool
    quantity: Fraction | None
    unrounded_amount: Fraction
    amount: Fraction
    portion: Portion | None
    steps: tuple[Step, ...]
    discounts: tuple[LineDiscount, ...] = ()
    source: Source | None = None
    group: Group = ()
    note: str = ""

    @property
    def discount_total(self) -> Fraction:
        """What all discounts took; 0 or more, never above a positive amount."""
        return added_up(each.amount for each in self.discounts)

    @property
    def net(self) -> Fraction:
        """What the line adds to the invoice's total."""
        return self.amount - self.discount_total if self.discounts else self.amount


@dataclass(frozen=True, slots=True)
class Invoice:
    """What is due at one time in one currency.

    Attributes:
        issued_on: Local day of the customer.
        currency: Of every amount.
        lines: At least one.
        opening_balance: Credit before this invoice, 0 or more.
        subtotal: Sum of the lines, credits included, before discounts.
        discount_total: Sum of the discounts.
    """

    issued_on: date
    currency: str
    lines: tuple[Line, ...]
    opening_balance: Fraction
    subtotal: Fraction = field(init=False)
    discount_total: Fraction = field(init=False)

    def __post_init__(self) -> None:
        subtotal = added_up(line.amount for line in self.lines)
        discounts = added_up(line.discount_total for line in self.lines if line.discounts)
        object.__setattr__(self, "subtotal", subtotal)
        object.__setattr__(self, "discount_total", discounts)

    @property
    def total(self) -> Fraction:
        """What the lines come to; below 0 it becomes credit."""
        return self.subtotal - self.discount_total

    @property
    def balance_applied(self) -> Fraction:
        """Credit that is used up, never more than the total or than there is."""
        return max(min(self.total, self.opening_balance), ZERO)

    @property
    def amount_due(self) -> Fraction:
        """What is left to pay; never below 0."""
        return max(self.total - self.balance_applied, ZERO)

    @property
    def balance(self) -> Fraction:
        """Credit that is left after this invoice."""
        return max(self.opening_balance - self.total, ZERO)
