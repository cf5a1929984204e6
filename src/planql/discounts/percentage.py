"""`percentage`: a share of what is left."""

from typing import Literal

from planql.discounts.base import DiscountBase
from planql.entity import Share


class PercentageDiscount(DiscountBase):
    """Takes a percentage of the total it applies to."""

    type: Literal["percentage"]
    percentage: Share
    """Above 0, at most 100."""
