"""`graduated_percentage`: as graduated, with a percentage in each tier."""

from typing import Literal

from planql.charge_models.tiers import PercentageTier
from planql.entity import Entity, Items


class GraduatedPercentage(Entity):
    """Amounts fill the tiers in order; each tier takes its percentage and its flat amount."""

    type: Literal["graduated_percentage"]
    tiers: Items[PercentageTier]
    """In ascending order of `up_to`; the last one is open."""
    flat_amount_at_zero: bool = False
    """Whether the first tier's flat amount is due without any usage."""
