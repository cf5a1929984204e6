"""`percentage`: a share of the amounts measured, with optional parts per event."""

from typing import Literal

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
