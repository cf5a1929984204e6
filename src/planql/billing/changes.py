"""What happens to a subscription after its start, as documents.

A change is told apart by the member that names it: `cancel`, `uncancel`, `pause`, `resume`;
without one of these it changes the terms.

Source: INTERFACES, stories (docs/rules/subscriptions.md).
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from planql.catalog.moments import read_word_or_date, word_or_date_schema
from planql.charge_models import ChargeModel
from planql.entity import Entity, Instant, Items, Key, Quantity

Effective = Annotated[
    Literal["now", "period_end"] | date,
    read_word_or_date("now", "period_end"),
    word_or_date_schema(
        "now", "period_end", description="at once, at the end of the running period, or a date"
    ),
]
"""When a change takes effect."""


def _read_redemption(value: object) -> object:
    return {"discount": value} if isinstance(value, str) else value


class RedeemedDiscount(Entity):
    """A discount that the subscription uses."""

    discount: Key
    """Key of the discount."""
    redeemed_at: Instant | None = None
    """When; at the start or the change that lists it, when left out."""


Redemption = Annotated[
    RedeemedDiscount,
    BeforeValidator(_read_redemption, json_schema_input_type=Key | RedeemedDiscount),
]
"""A redeemed discount: its key, or its key and when."""


class PriceOverride(Entity):
    """A price of this subscription alone."""

    charge: Key
    """The charge of the plan whose price it replaces."""
    model: ChargeModel
    """What replaces it."""


class TermsChange(Entity):
    """Changes plan, version, quantities, discounts or prices; what is left out stays."""

    at: Instant
    """When it is asked for."""
    rate_plan: Key | None = None
    version: Annotated[int, Field(ge=1)] | None = None
    """The newest in force on that day, when a plan is given without one."""
    quantities: dict[str, Quantity] = Field(default_factory=dict)
    """Replace the quantities of these names."""
    discounts: Items[Redemption] | None = None
    """Replace the whole list."""
    overrides: Items[PriceOverride] | None = None
    """Replace the whole list."""
    effective: Effective = "now"
    anchor: Literal["keep", "reset"] | None = None
    """`keep` for the same cycle and `reset` otherwise, when left out."""
    invoice: Literal["now", "next"] = "now"
    """Whether its lines are invoiced at once or with the next invoice."""


class Cancellation(Entity):
    """Ends the subscription, at once or at the end of the running period."""

    at: Instant
    cancel: Literal["now", "period_end"]


class Uncancellation(Entity):
    """Takes a cancellation at period end back, before it takes effect."""

    at: Instant
    uncancel: Literal[True]


class Pause(Entity):
    """Stops recurring charges; boundaries and usage go on."""

    at: Instant
    pause: Literal[True]


class Resumption(Entity):
    """Starts recurring charges again."""

    at: Instant
    resume: Literal[True]


def _kind(value: object) -> str:
    kinds = ("cancel", "uncancel", "pause", "resume")
    if isinstance(value, Mapping):
        return next((kind for kind in kinds if kind in value), "terms")
    return next((kind for kind in kinds if hasattr(value, kind)), "terms")


Change = Annotated[
    Annotated[Cancellation, Tag("cancel")]
    | Annotated[Uncancellation, Tag("uncancel")]
    | Annotated[Pause, Tag("pause")]
    | Annotated[Resumption, Tag("resume")]
    | Annotated[TermsChange, Tag("terms")],
    Discriminator(_kind),
]
"""Anything that happens to a subscription after its start."""
