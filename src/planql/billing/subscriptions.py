"""A subscription as a document: what it starts with, and all that happens to it."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from planql.billing.changes import Change, PriceOverride, Redemption
from planql.catalog.moments import read_word_or_date, word_or_date_schema
from planql.entity import Entity, Instant, Items, Key, Quantity, SignedAmount, Text

AnchorName = Annotated[
    Literal["subscription", "calendar"] | date,
    read_word_or_date("subscription", "calendar"),
    word_or_date_schema(
        "subscription", "calendar", description="where billing periods are counted from"
    ),
]
"""Where billing periods are counted from: the start (or the trial's end), the calendar, a date."""


class Adjustment(Entity):
    """A credit (below 0) or a debit given by hand."""

    at: Instant
    amount: SignedAmount
    """In major units of the currency of the plan then in force; below 0 is a credit."""
    reason: Text


class Subscription(Entity):
    """A customer's use of a rate plan, from its start on."""

    key: Key
    """Stable name, unique in the story."""
    rate_plan: Key
    version: Annotated[int, Field(ge=1)] | None = None
    """The newest published one in force on the day of the start, when left out."""
    started_at: Instant
    anchor: AnchorName = "subscription"
    quantities: dict[str, Quantity] = Field(default_factory=dict)
    """By the names that charges declare."""
    discounts: Items[Redemption] = ()
    """Redeemed at the start, or when they say."""
    overrides: Items[PriceOverride] = ()
    changes: Items[Change] = ()
    adjustments: Items[Adjustment] = ()
