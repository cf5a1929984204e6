"""Tiers: prices that depend on how much was used.

A tier ends at `up_to`, inclusive, and begins right above the end of the tier before it, so tiers
have neither gaps nor overlaps::

    0        100        500
    |---------]---------]----------->
      tier 1    tier 2     tier 3 (open: "up_to": null)

Source: RULES 4.1 (docs/rules/charge-models.md).
"""

from planql.entity import Amount, Entity, Percentage, PositiveQuantity


class TierBase(Entity):
    """Where a tier ends, and what is due once it is entered."""

    up_to: PositiveQuantity | None
    """The last quantity in the tier, inclusive; null on the last tier, which is open."""
    flat_amount: Amount | None = None
    """Due once when the tier is entered."""


class Tier(TierBase):
    """A tier priced per unit, flat, or both."""

    unit_amount: Amount | None = None
    """Price of each unit in the tier."""


class FlatTier(TierBase):
    """A tier with one price for all of it."""

    flat_amount: Amount
    """Due when the quantity falls in this tier."""


class PercentageTier(TierBase):
    """A tier priced as a percentage of the amount in it."""

    percentage: Percentage
    """Percent of the amount that falls in the tier."""
