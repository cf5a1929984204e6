"""`flat`: one amount per period, whatever the quantity.

$99.00 is $99.00 at quantity 0, 1 and 1,000.

Source: RULES 4, 4.3 (docs/rules/charge-models.md).
"""

from typing import Literal

from planql.charge_models.curve import Curve, straight
from planql.charge_models.scales import scaled_amount
from planql.entity import Amount, Entity


class Flat(Entity):
    """One amount, always due."""

    type: Literal["flat"]
    amount: Amount
    """Due once per period."""

    def prepared(self) -> Curve:
        """The model at the static scales: no slope."""
        return straight("flat", flat=scaled_amount(self.amount))
