"""What reduces an invoice: the open set of discounts, one module each.

Owns: each discount's parameters and its own arithmetic.
Does not own: the order in which discounts act and how they are split over lines
(`planql.rating`), or who redeemed them (`planql.billing`).
"""

from typing import Annotated

from pydantic import Discriminator

from planql.discounts.base import DiscountBase, Duration, Forever, Once, Repeating, Scope
from planql.discounts.fixed_amount import FixedAmountDiscount
from planql.discounts.free_units import FreeUnitsDiscount
from planql.discounts.percentage import PercentageDiscount

Discount = Annotated[
    PercentageDiscount | FixedAmountDiscount | FreeUnitsDiscount, Discriminator("type")
]
"""Any discount, told apart by `type`."""

__all__ = [
    "Discount",
    "DiscountBase",
    "Duration",
    "FixedAmountDiscount",
    "Forever",
    "FreeUnitsDiscount",
    "Once",
    "PercentageDiscount",
    "Repeating",
    "Scope",
]
