"""`graduated`: each unit at the price of the tier it falls in, plus the flat amounts entered.

12 units, 10 of them at $10 + $2 flat and the rest at $5 + $3 flat: $102 + $13 = $115.

Source: RULES 4, 4.2 (docs/rules/charge-models.md); Zuora calls it tiered.
"""

from typing import Literal

from planql.charge_models.curve import Curve, tiered
from planql.charge_models.tiers import Tier
from planql.entity import Entity, Items


class Graduated(Entity):
    """Units fill the tiers in order; each tier entered adds its flat amount."""

    type: Literal["graduated"]
    tiers: Items[Tier]
    """In ascending order of `up_to`; the last one is open."""
    flat_amount_at_zero: bool = False
    """Whether the first tier's flat amount is due without any usage."""

    def prepared(self) -> Curve:
        """The model at the static scales: prefix sums over the tiers."""
        segments = [tier.segment() for tier in self.tiers]
        return tiered(segments, fills=True, flat_at_zero=self.flat_amount_at_zero)
