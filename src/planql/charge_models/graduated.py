"""`graduated`: each unit at the price of the tier it falls in, plus the flat amounts entered."""

from typing import Literal

from planql.charge_models.tiers import Tier
from planql.entity import Entity, Items


class Graduated(Entity):
    """Units fill the tiers in order; each tier entered adds its flat amount."""

    type: Literal["graduated"]
    tiers: Items[Tier]
    """In ascending order of `up_to`; the last one is open."""
    flat_amount_at_zero: bool = False
    """Whether the first tier's flat amount is due without any usage."""
