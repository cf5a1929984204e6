"""`avg`: the mean of a property over the events."""

from typing import Literal

from planql.entity import Entity, Text


class Avg(Entity):
    """The mean of a property over the events."""

    type: Literal["avg"]
    property: Text
    """Dotted path into the event's data."""
