"""`stairstep`: the flat amount of the tier that holds the quantity."""

from typing import Literal

from planql.charge_models.tiers import FlatTier
from planql.entity import Entity, Items


class Stairstep(Entity):
    """One flat amount, chosen by the quantity."""

    type: Literal["stairstep"]
    tiers: Items[FlatTier]
    """In ascending order of `up_to`; the last one is open."""
    flat_amount_at_zero: bool = False
    """Whether the first tier's flat amount is due without any usage."""
