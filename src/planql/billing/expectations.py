"""The invoices that a story expects: any part of them, compared member by member."""

from typing import Annotated, Any

from pydantic import Field

from planql.entity import Entity, Items, SignedAmount, SignedQuantity, Text

Rest = Annotated[Any, Field(description="compared as it is written")]


class ExpectedPeriod(Entity):
    """Bounds of a line: local dates, or UTC instants under the basis `second`."""

    start: Text
    end: Text


class ExpectedDiscount(Entity):
    """What a discount takes from a line."""

    discount: Text
    amount: SignedAmount


class ExpectedLine(Entity):
    """A line, matched by subscription, charge, kind, period and sign."""

    id: Text | None = None
    subscription: Text | None = None
    charge: Text | None = None
    kind: Text | None = None
    period: ExpectedPeriod | None = None
    group: Rest = None
    quantity: SignedQuantity | None = None
    unrounded_amount: SignedAmount | None = None
    amount: SignedAmount | None = None
    fraction: Rest = None
    steps: Rest = None
    discounts: Items[ExpectedDiscount] | None = None
    source: Rest = None


class ExpectedInvoice(Entity):
    """An invoice; what is not given is not compared."""

    issued_on: Text | None = None
    currency: Text | None = None
    lines: Items[ExpectedLine] | None = None
    subtotal: SignedAmount | None = None
    discount_total: SignedAmount | None = None
    total: SignedAmount | None = None
    balance_applied: SignedAmount | None = None
    amount_due: SignedAmount | None = None
    balance: SignedAmount | None = None
