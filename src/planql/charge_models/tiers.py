"""Tiers: prices that depend on how much was used.

A tier ends at `up_to`, inclusive, and begins right above the end of the tier before it, so tiers
have neither gaps nor overlaps::

    0        100        500
    |---------]---------]----------->
      tier 1    tier 2     tier 3 (open: "up_to": null)

Source: RULES 4.1 (docs/rules/charge-models.md).
"""

from decimal import Decimal

from planql.charge_models.curve import Segment
from planql.charge_models.scales import (
    scaled_amount,
    scaled_bound,
    scaled_percentage,
    scaled_price,
)
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

    def segment(self) -> Segment:
        """The tier at the static scales."""
        return Segment(
            _bound(self.up_to), scaled_price(self.unit_amount), scaled_amount(self.flat_amount)
        )


class FlatTier(TierBase):
    """A tier with one price for all of it."""

    flat_amount: Amount
    """Due when the quantity falls in this tier."""

    def segment(self) -> Segment:
        """The tier at the static scales."""
        return Segment(_bound(self.up_to), 0, scaled_amount(self.flat_amount))


class PercentageTier(TierBase):
    """A tier priced as a percentage of the amount in it."""

    percentage: Percentage
    """Percent of the amount that falls in the tier."""

    def segment(self) -> Segment:
        """The tier at the static scales."""
        return Segment(
            _bound(self.up_to), scaled_percentage(self.percentage), scaled_amount(self.flat_amount)
        )


def _bound(up_to: Decimal | None) -> int | None:
    return None if up_to is None else scaled_bound(up_to)
