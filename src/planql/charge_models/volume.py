"""`volume`: all units at the price of the tier that holds the quantity.

25 units, $50 up to 10, $40 up to 20, $30 above: 25 x $30 = $750. The total may fall as the
quantity rises: 20 units are $800.

Source: RULES 4 (docs/rules/charge-models.md).
"""

from typing import Literal

from planql.charge_models.curve import Curve, tiered
from planql.charge_models.tiers import Tier
from planql.entity import Entity, Items


class Volume(Entity):
    """Quantity x unit amount of one tier, plus that tier's flat amount."""

    type: Literal["volume"]
    tiers: Items[Tier]
    """In ascending order of `up_to`; the last one is open."""
    flat_amount_at_zero: bool = False
    """Whether the first tier's flat amount is due without any usage."""

    def prepared(self) -> Curve:
        """The model at the static scales: one tier prices everything."""
        segments = [tier.segment() for tier in self.tiers]
        return tiered(segments, fills=False, flat_at_zero=self.flat_amount_at_zero)
