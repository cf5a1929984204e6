"""`flat`: one amount per period, whatever the quantity."""

from typing import Literal

from planql.entity import Amount, Entity


class Flat(Entity):
    """One amount, always due."""

    type: Literal["flat"]
    amount: Amount
    """Due once per period."""
