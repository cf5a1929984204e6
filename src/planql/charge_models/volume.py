"""`volume`: all units at the price of the tier that holds the quantity."""

from typing import Literal

from planql.charge_models.tiers import Tier
from planql.entity import Entity, Items


class Volume(Entity):
    """Quantity x unit amount of one tier, plus that tier's flat amount."""

    type: Literal["volume"]
    tiers: Items[Tier]
    """In ascending order of `up_to`; the last one is open."""
    flat_amount_at_zero: bool = False
    """Whether the first tier's flat amount is due without any usage."""
