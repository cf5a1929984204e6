"""`per_unit`: every unit at one price."""

from typing import Literal

from planql.entity import Amount, Entity


class PerUnit(Entity):
    """Quantity x unit amount."""

    type: Literal["per_unit"]
    unit_amount: Amount
    """Price of one unit."""
