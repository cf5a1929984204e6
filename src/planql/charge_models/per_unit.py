"""`per_unit`: every unit at one price.

1,500,000 tokens at $0.000002 are $3.00.

Source: RULES 4 (docs/rules/charge-models.md).
"""

from typing import Literal

from planql.charge_models.curve import Curve, straight
from planql.charge_models.scales import scaled_price
from planql.entity import Amount, Entity


class PerUnit(Entity):
    """Quantity x unit amount."""

    type: Literal["per_unit"]
    unit_amount: Amount
    """Price of one unit."""

    def prepared(self) -> Curve:
        """The model at the static scales: no intercept."""
        return straight("unit", slope=scaled_price(self.unit_amount))
