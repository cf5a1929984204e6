"""`percentage`: a share of the amounts measured, with optional parts per event.

2.9 % of $100.00 are $2.90; with $0.30 per event, two events of $50 are $3.50.

Source: RULES 4; INTERFACES, `rate -` (docs/rules/charge-models.md).
"""

from typing import Literal

from planql.charge_models.curve import Curve, straight
from planql.charge_models.scales import scaled_percentage
from planql.entity import Amount, Entity, Percentage, Quantity


class PercentageModel(Entity):
    """Quantity x percentage / 100, plus what each event adds."""

    type: Literal["percentage"]
    percentage: Percentage
    """Percent of the quantity, which is itself an amount of money."""
    flat_amount_per_event: Amount | None = None
    """Added for each event that is charged."""
    minimum_per_event: Amount | None = None
    """Least amount of an event that is charged."""
    maximum_per_event: Amount | None = None
    """Greatest amount of an event."""
    included_events: Quantity | None = None
    """How many events are free, the first ones; a whole number."""

    @property
    def is_per_event(self) -> bool:
        """Whether it prices events one by one, so that their sum alone has no price."""
        parts = (
            self.flat_amount_per_event,
            self.minimum_per_event,
            self.maximum_per_event,
            self.included_events,
        )
        return any(part is not None for part in parts)

    def prepared(self) -> Curve:
        """The share of the quantity at the static scales, without the parts per event."""
        return straight("percentage", slope=scaled_percentage(self.percentage))
