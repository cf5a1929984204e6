"""`free_units`: units that cost nothing, as more included units."""

from typing import Literal

from planql.discounts.base import DiscountBase
from planql.entity import PositiveQuantity


class FreeUnitsDiscount(DiscountBase):
    """Adds to the included units of the charges it is for."""

    type: Literal["free_units"]
    units: PositiveQuantity
    """How many units are free, per charge and period."""
