"""The rounding of a measured quantity, before included units and price."""

from fractions import Fraction
from math import ceil, floor
from typing import assert_never

from planql.catalog.meters import QuantityRounding
from planql.money import round_half_away


def round_quantity(quantity: Fraction, rounding: QuantityRounding | None) -> Fraction:
    """`quantity` rounded as its meter says; as it is when the meter says nothing.

    `up` is to the greater number and `down` to the lesser, below zero too: -2.5 is -2 up and -3
    down; `half_up` is half away from zero: -3. Negative digits round to tens, hundreds and so on.

    Source: INTERFACES, `rate -`; Lago (ceil, floor, round).
    """
    if rounding is None:
        return quantity
    scale = Fraction(10) ** rounding.digits
    match rounding.mode:
        case "up":
            return ceil(quantity * scale) / scale
        case "down":
            return floor(quantity * scale) / scale
        case "half_up":
            return round_half_away(quantity, rounding.digits)
        case _:
            assert_never(rounding.mode)
