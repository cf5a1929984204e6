"""`time_weighted_sum`: a running total, weighted by the seconds it stood."""

from typing import Literal

from planql.entity import Entity, Text


class TimeWeightedSum(Entity):
    """Each value counts for the share of the full period from its time to the period's end."""

    type: Literal["time_weighted_sum"]
    property: Text
    """Dotted path to the change of the running total."""
    carry_over: bool = False
    """Whether events before the period set the running total at its opening."""
