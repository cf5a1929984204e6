"""`stairstep`: the flat amount of the tier that holds the quantity.

$100 up to 10, $180 up to 20, $250 above: 10 units are $100, 11 units are $180.

Source: RULES 4 (docs/rules/charge-models.md).
"""

from typing import Literal

from planql.charge_models.curve import Curve, tiered
from planql.charge_models.tiers import FlatTier
from planql.entity import Entity, Items


class Stairstep(Entity):
    """One flat amount, chosen by the quantity."""

    type: Literal["stairstep"]
    tiers: Items[FlatTier]
    """In ascending order of `up_to`; the last one is open."""
    flat_amount_at_zero: bool = False
    """Whether the first tier's flat amount is due without any usage."""

    def prepared(self) -> Curve:
        """The model at the static scales: one tier's flat amount is all there is."""
        segments = [tier.segment() for tier in self.tiers]
        return tiered(segments, fills=False, flat_at_zero=self.flat_amount_at_zero)
