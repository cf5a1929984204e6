"""The lines of invoices, gathered as they are spread over days.

Source: RULES 9.3 (docs/rules/simulation.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from msgspec import Struct

from planql.billing.drafts import Draft
from planql.billing.invoices import Line
from planql.billing.measurements import Measurement
from planql.billing.runs import Commitment
from planql.billing.terms import Offer, UsageOffer
from planql.money import currency_digits
from planql.simulation.rows import RowKind

_KINDS: Final[dict[str, RowKind]] = {
    "one_time": "one_time",
    "recurring": "recurring",
    "usage": "usage",
}


class RowKey(Struct, frozen=True, gc=False):
    """What makes lines belong to one row."""

    subscription: str
    charge: str | None
    kind: RowKind
    currency: str
    meter: str | None = None
    cost: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """The lines of one piece on one invoice: of usage one per group, else nearly always one.

    Attributes:
        drafts: At least one; charge, kind and span are the same.
        row: The row they belong to.
    """

    drafts: tuple[Draft, ...]
    row: RowKey

    @property
    def line(self) -> Line:
        """The first line, for what all of them share."""
        return self.drafts[0].line

    @property
    def measured(self) -> Measurement | None:
        """How its usage was measured; None where there is no usage."""
        return self.drafts[0].measured

    @property
    def stands_on_last_day(self) -> bool:
        """Whether it tops something up."""
        is_commitment = isinstance(self.drafts[0].held, Commitment)
        return is_commitment or self.line.kind == "minimum"

    @property
    def amount(self) -> int:
        """Before discounts, in minor units."""
        return sum(_minor_units(draft.line.amount, draft.currency) for draft in self.drafts)

    @property
    def net(self) -> int:
        """After all discounts, in minor units."""
        return self.amount - self.discounts

    @property
    def discounts(self) -> int:
        """What all discounts took, in minor units."""
        taken = [each for draft in self.drafts for each in draft.line.discounts]
        currency = self.drafts[0].currency
        return sum(_minor_units(each.amount, currency) for each in taken)

    @property
    def own_discounts(self) -> int:
        """What discounts of charges took, in minor units; those of plan and invoice come later."""
        return sum(
            _minor_units(draft.line.amount - draft.counted, draft.currency)
            for draft in self.drafts
            if draft.line.discounts
        )


def _row_of(draft: Draft) -> RowKey:
    held, line = draft.held, draft.line
    kind: RowKind = "adjustment" if held is None else "minimum_commitment"
    if isinstance(held, Offer):
        kind = _KINDS[held.charge.type]
    meter = held.charge.meter if isinstance(held, UsageOffer) else None
    return RowKey(line.subscription, line.charge, kind, draft.currency, meter)


def _minor_units(amount: Fraction, currency: str) -> int:
    scale: int = 10 ** currency_digits(currency)
    return amount.numerator * scale // amount.denominator


def entries_of(drafts: Sequence[Draft]) -> list[Entry]:
    """The entries of one invoice's lines, in the order of their first lines."""
    gathered: dict[object, list[Draft]] = {}
    for draft in drafts:
        line = draft.line
        key = (line.subscription, line.charge, line.kind, line.span.start, line.span.end)
        gathered.setdefault(key, []).append(draft)
    return [Entry(tuple(same), _row_of(same[0])) for same in gathered.values()]
