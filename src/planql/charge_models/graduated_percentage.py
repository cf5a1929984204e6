"""`graduated_percentage`: as graduated, with a percentage in each tier.

5 EUR, 10 % + 10 EUR up to 2 and 20 % + 20 EUR above: 10.20 + 20.60 = 30.80 EUR.

Source: RULES 4 (docs/rules/charge-models.md); Lago.
"""

from typing import Literal

from planql.charge_models.curve import Curve, tiered
from planql.charge_models.tiers import PercentageTier
from planql.entity import Entity, Items


class GraduatedPercentage(Entity):
    """Amounts fill the tiers in order; each tier takes its percentage and its flat amount."""

    type: Literal["graduated_percentage"]
    tiers: Items[PercentageTier]
    """In ascending order of `up_to`; the last one is open."""
    flat_amount_at_zero: bool = False
    """Whether the first tier's flat amount is due without any usage."""

    def prepared(self) -> Curve:
        """The model at the static scales: a percentage is a slope."""
        segments = [tier.segment() for tier in self.tiers]
        return tiered(segments, fills=True, flat_at_zero=self.flat_amount_at_zero, shares=True)
